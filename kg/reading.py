"""Pages to talks, each page once: what the workspace remembers is taken from there, the rest is read, many at once."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from threading import Thread

from kg.extraction import extract_all
from kg.model import Page
from kg.progress import Progress
from kg.workspace import Cache, Packed, key_of, packed

_BATCH = 100
"""Pages that are read, sent to another process and remembered at a time."""
_WORTH = 60
"""Pages from which further processes are quicker: each takes some seconds to start."""


@dataclass(frozen=True)
class Found:
    """A page by its name and its key in the cache."""

    name: str
    key: str


def read(
    pages: Iterable[Page], cache: Cache, by: str, jobs: int = 1, total: int = 0
) -> list[Found]:
    """Read pages, and leave their talks in the cache.

    Parameters:
        pages: taken batch by batch; no more of them are held at once than processes work on.
        by: the fingerprint of what reads (``workspace.fingerprint``).
        jobs: processes; each holds the models once. 1 reads in this process.
        total: pages, where that is known; for the progress and for whether processes are worth it.

    Returns:
        what was found, in the order of the pages.
    """
    found: list[Found] = []
    progress = Progress("reading", "pages", total)
    with ExitStack() as stack:
        many = jobs > 1 and not 0 < total < _WORTH
        pool = stack.enter_context(_Pool(jobs)) if many else None
        waiting: list[tuple[list[str], list[Page], Future[list[Packed]] | None]] = []
        for batch in _batches(pages):
            keys = [key_of(page, by) for page in batch]
            known = cache.known(keys)
            new = {k: p for k, p in zip(keys, batch, strict=True) if k not in known}
            todo = list(new.values())
            waiting.append((list(new), todo, pool.submit(todo) if pool and new else None))
            found += [Found(p.name, k) for p, k in zip(batch, keys, strict=True)]
            while waiting and (pool is None or len(waiting) > 2 * jobs):
                _keep(cache, *waiting.pop(0))
            progress.more(len(batch))
        for rest in waiting:
            _keep(cache, *rest)
    return found


def _batches(pages: Iterable[Page]) -> Iterator[list[Page]]:
    rest = iter(pages)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _keep(
    cache: Cache, keys: Sequence[str], pages: Sequence[Page], there: Future[list[Packed]] | None
) -> None:
    """Remember what was read of pages, here or in another process."""
    cache.put(zip(keys, there.result() if there else _read(pages), strict=True))


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for unreachable objects meanwhile: few are made, and all that is known would be searched."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@uncollected()
def _read(pages: Sequence[Page]) -> list[Packed]:
    return [packed(page, talks) for page, talks in zip(pages, extract_all(pages), strict=True)]


def _end_with_parent() -> None:
    """End this process when the one that started it does, also where that is killed: its pipes tell nothing, as its
    other processes hold their ends."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent:
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True, name="kg-parent").start()


class _Pool:
    """Processes that read. They start afresh: a copy of this one could hold threads and locks of its libraries."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def submit(self, pages: Sequence[Page]) -> Future[list[Packed]]:
        """Give pages to the next process that is free; the first ones start with the first pages."""
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._jobs, mp_context=context, initializer=_end_with_parent
            )
        return self._pool.submit(_read, list(pages))
