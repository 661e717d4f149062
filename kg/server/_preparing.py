"""What is made of a graph before it is served, and again of each build that comes later: its maps."""

from __future__ import annotations

import multiprocessing
import os
from contextlib import suppress
from logging import getLogger
from pathlib import Path
from threading import Thread
from time import sleep

from kg import charts
from kg.errors import WorkspaceError
from kg.server._work import follow, opened
from kg.workspace import MANIFEST

_PROGRESS = getLogger("kg.progress")
_OFTEN = 2.0
"""Seconds between two looks at whether another build is there."""


def prepare(place: Path) -> None:
    """Lay out the maps of a graph folder that has none, in a process of its own: that takes memory for a while only.

    Raises:
        WorkspaceError: the folder holds no graph.
    """
    graph = opened(place)
    if charts.lie_there(graph) or not _is_possible(graph.folder):
        return
    _PROGRESS.info("laying out the maps of topics, speakers and institutions, once a build")
    if _laid_out(place):
        _PROGRESS.warning("the maps could not be laid out; all else is served")


def keep_prepared(place: Path) -> None:
    """Lay out the maps of each later build of a folder once it is there, beside all else, while this process lives."""
    if _is_possible(place):
        Thread(target=_watch, args=(place, _stamp(place)), daemon=True).start()


def _watch(place: Path, seen: object) -> None:
    while True:
        sleep(_OFTEN)
        if (now := _stamp(place)) != seen:
            seen = now
            with suppress(OSError):  # no process is to be had; a request says that maps are missing
                _laid_out(place, 10)


def _stamp(place: Path) -> object:
    """Tells one build of a folder from another."""
    with suppress(OSError):
        now = (place / MANIFEST).stat()
        return (now.st_ino, now.st_mtime_ns)
    return None


def _is_possible(folder: Path | None) -> bool:
    return folder is not None and charts.are_possible() and os.access(folder, os.W_OK)


def _laid_out(place: Path, behind: int = 0) -> int:
    """How a process ended that lays out the maps of a folder, if they do not lie there.

    Parameters:
        behind: how far it gives way to all else on the processors.
    """
    made = multiprocessing.get_context("spawn").Process(
        target=_made, args=(str(place), os.getpid(), behind), daemon=True
    )
    made.start()
    made.join()
    return made.exitcode or 0


def _made(place: str, server: int, behind: int) -> None:
    Thread(target=follow, args=(server,), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(behind)
    with suppress(WorkspaceError):  # a build took the place of this one meanwhile
        charts.of(opened(Path(place)))
