"""A graph that is there, brought to what changed sources make of it, by the work that the change asks for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from logging import getLogger
from pathlib import Path
from typing import Any

from kg import graph, increments, linking, readers, reading
from kg.errors import KgError
from kg.increments import Change, Given, Holding, Increment, Sheet, State, TooMuch
from kg.model import Page, Talk
from kg.settings import Settings
from kg.workspace import IDENTITIES, RECORDS, TEXT, Build, Cache, Hashed, Workspace, source_row

_PROGRESS, _LOG = getLogger("kg.progress"), getLogger("kg")
_FEW, _SHARE = 60, 20
"""Sources that may change, at least, and one of how many: where more do, doing all anew is no slower."""
_PAGES = 400


@dataclass(frozen=True)
class Growing:
    """What growing a graph needs.

    Parameters:
        by: the fingerprint of what reads pages.
        told: a hash of all that a graph is made of, together with a value.
    """

    folder: Workspace
    cache: Cache
    settings: Settings
    by: str
    told: Callable[[object], str]

    @property
    def _file(self) -> Path:
        return self.folder.path / increments.FILE

    def remember(
        self, build: Build, gathering: readers.Gathering, found: Sequence[reading.Found]
    ) -> None:
        """Keep what the next build needs to do only what changed; nothing where something was left out or corrected."""
        self._file.unlink(missing_ok=True)
        if build.dropped or build.is_corrected or self.settings.llm:
            return
        part = self._file.with_name(f".{self._file.name}.part")
        holdings = _holdings(gathering, found, self._sizes(build.talks))
        told = {
            "build": self.folder.manifest()["build"],
            "told": self.told(self.by),
            "twice": " ".join(sorted(gathering.twice)),
        }
        increments.remember(part, build.entities, holdings, told)
        part.replace(self._file)

    def _sizes(self, talks: Iterable[Talk]) -> dict[str, tuple[int, int]]:
        """For each page how many talks it has, and how many bytes their records take."""
        found: dict[str, tuple[int, int]] = {}
        with (self.folder.path / RECORDS).open("rb") as lines:
            for talk, line in zip(talks, lines, strict=True):
                number, size = found.get(talk.page.sha256, (0, 0))
                found[talk.page.sha256] = number + 1, size + len(line)
        return found

    def look_away(
        self, gathering: readers.Gathering, found: Sequence[reading.Found], seen: str
    ) -> None:
        """Note that sources which lie otherwise than before say the same, so that the next build need not read them."""
        self.folder.note(seen=seen)
        if not self._file.is_file():
            return
        try:
            with State(self._file) as state:
                if state.meta()["build"] == self.folder.manifest()["build"]:
                    old = state.holdings()
                    sizes = {s.sha256: (s.talks, s.bytes) for h in old.values() for s in h.sheets}
                    state.drop_holdings(old)
                    state.put_holdings(_holdings(gathering, found, sizes))
                    state.note({"twice": " ".join(sorted(gathering.twice))})
        except (LookupError, ValueError, sqlite3.Error):
            self._file.unlink(missing_ok=True)

    def grow(self, places: Sequence[readers.Place], seen: str) -> bool:
        """Bring the graph in the folder to what the sources say; False where all is to be done anew.

        Parameters:
            seen: a hash of the sources as they lie there.
        """
        if not self._file.is_file():
            return False
        try:
            with State(self._file) as state:
                self._grow(state, places, seen)
        except (TooMuch, KgError, LookupError, ValueError, sqlite3.Error) as error:
            _LOG.debug("building all anew: %s", error)
            return False
        return True

    def _grow(self, state: State, places: Sequence[readers.Place], seen: str) -> None:
        meta, manifest = state.meta(), self.folder.manifest()
        if meta["build"] != manifest["build"] or meta["told"] != self.told(self.by):
            raise TooMuch("it was kept by another build")
        old = state.holdings()
        fresh = [
            p for p in places if not (p.name in old and p.stamp and old[p.name].stamp == p.stamp)
        ]
        left = old.keys() - {p.name for p in places}
        if len(fresh) + len(left) > max(_FEW, len(places) // _SHARE):
            raise TooMuch(f"{len(fresh) + len(left):,} sources changed")
        read, pages = self._read(fresh)
        now = {p.name: read.get(p.name) or old[p.name] for p in places}
        moved = _Moved.of([old[n] for n in (*left, *read) if n in old], list(read.values()))
        moved.check(now.values(), frozenset(meta["twice"].split()))
        if moved.gone or moved.new:
            self._write(state, moved, now, (pages, seen))
        else:
            self.folder.note(seen=seen)
            state.put_holdings(read.values())

    def _read(self, places: Sequence[readers.Place]) -> tuple[dict[str, Holding], list[Page]]:
        """What is in some sources.

        Raises:
            KgError: one of them, or a part of it, cannot be used.
        """
        gathering = readers.Gathering(self.settings, None, _refuse)
        kept: list[Page] = []
        found = reading.read(_kept(gathering.pages(places), kept), self.cache, self.by)
        if gathering.twice:
            raise TooMuch("a text is there twice")
        sizes = {}
        for page, one in zip(kept, found, strict=True):
            talks = self.cache.talks(one.name, one.key)
            if not talks:
                raise TooMuch(f"no talk in {page.name}")
            sizes[page.sha256] = len(talks), len(increments.record_lines(talks))
        return {h.name: h for h in _holdings(gathering, found, sizes)}, kept

    def _write(
        self,
        state: State,
        moved: _Moved,
        now: Mapping[str, Holding],
        told: tuple[Sequence[Page], str],
    ) -> None:
        pages, seen = told
        sheets = [sheet for holding in now.values() for sheet in holding.sheets]
        if not sheets:
            raise TooMuch("nothing is left")
        by_hash = {sheet.sha256: sheet for sheet in sheets}
        whole = {graph.start_of(h): h for h in (*by_hash, *(s.sha256 for s in moved.gone))}
        _PROGRESS.info("placing %s new and %s gone pages", len(moved.new), len(moved.gone))
        change = Change(
            *(list(chain.from_iterable(map(self._talks, s))) for s in (moved.gone, moved.new))
        )
        manifest = self.folder.manifest()
        folder = self.folder.build_folder(manifest)
        increment = Increment.of(
            state,
            change,
            graph.told(folder, self.settings),
            lambda sha: self._talks(by_hash[sha]) if sha in by_hash else (),
            Given(self.settings, linking.registry(), whole.__getitem__, _PAGES),
        )
        records = list(self._records(manifest, moved, sheets))
        entries = {
            "sources": [source_row(s.name, s.sha256, s.characters, s.talks) for s in sheets],
            "counts": {"talks": sum(s.talks for s in sheets), "dropped": 0},
            "inputs": self.told([[s.name, s.key] for s in sheets]),
            "seen": seen,
        }

        def write(new: Path, hashed: Hashed) -> dict[str, Any]:
            pieces = {
                TEXT: increment.text(folder / TEXT),
                IDENTITIES: increment.identities(folder / IDENTITIES),
                RECORDS: records,
            }
            with ThreadPoolExecutor(1) as copying:
                copies = []
                for name, some in pieces.items():
                    hashed(name, partial(increments.digest, folder / name, some))
                    copies.append(
                        copying.submit(increments.assemble, folder / name, new / name, some)
                    )
                stats = graph.change(folder, new, increment.delta, manifest["stats"])
                for copy in copies:
                    copy.result()
            return entries | {"stats": stats}

        build = self.folder.write_next(write, pages)
        increment.keep(state, moved.holdings, moved.left)
        state.note({"build": build})
        self.cache.drop(s.key for s in moved.gone if s.key not in {n.key for n in sheets})

    def _talks(self, sheet: Sheet) -> tuple[Talk, ...]:
        return self.cache.talks(sheet.name, sheet.key)

    def _records(
        self, manifest: Mapping[str, Any], moved: _Moved, sheets: Iterable[Sheet]
    ) -> Iterator[increments.Piece]:
        """Where the records of each page stand in the old file, or what they are."""
        sizes = {s.sha256: s.bytes for s in (*sheets, *moved.gone)}
        at, places = 0, dict[str, tuple[int, int]]()
        for source in manifest["sources"]:
            end = at + sizes[source["sha256"]]
            places[source["sha256"]] = at, end
            at = end
        new = {s.sha256 for s in moved.new}
        for sheet in sheets:
            fresh = sheet.sha256 in new
            yield increments.record_lines(self._talks(sheet)) if fresh else places[sheet.sha256]


@dataclass(frozen=True)
class _Moved:
    """Pages that are no longer there and pages that are new; the sources they are of, and the names of those gone."""

    gone: tuple[Sheet, ...]
    new: tuple[Sheet, ...]
    holdings: tuple[Holding, ...]
    left: tuple[str, ...]

    @classmethod
    def of(cls, before: Sequence[Holding], after: Sequence[Holding]) -> _Moved:
        """What differs between sources before and after."""
        old, new = (
            {(s.name, s.key): s for h in some for s in h.sheets} for some in (before, after)
        )
        left = {h.name for h in before} - {h.name for h in after}
        return cls(
            tuple(s for key, s in old.items() if key not in new),
            tuple(s for key, s in new.items() if key not in old),
            tuple(after),
            tuple(sorted(left)),
        )

    def check(self, now: Iterable[Holding], twice: frozenset[str]) -> None:
        """Refuse what depends on other pages of the same text.

        Raises:
            TooMuch: a text is, or was, in several sources.
        """
        hashes = [s.sha256 for h in now for s in h.sheets]
        if len(set(hashes)) < len(hashes) or twice & {s.sha256 for s in (*self.gone, *self.new)}:
            raise TooMuch("a text is there twice")


def _kept(pages: Iterable[Page], kept: list[Page]) -> Iterator[Page]:
    for page in pages:
        kept.append(page)
        yield page


def _refuse(part: readers.Skipped) -> None:
    raise TooMuch(f"{part.source}, {part.place}: {part.reason}")


def _holdings(
    gathering: readers.Gathering,
    found: Iterable[reading.Found],
    sizes: Mapping[str, tuple[int, int]],
) -> Iterator[Holding]:
    """The sources that were read, with their pages."""
    rest = iter(found)
    for place, pages in gathering.held:
        sheets = (
            Sheet(one.name, one.key, sha, *_size(sizes, sha, length))
            for (sha, length), one in zip(pages, rest, strict=False)
        )
        yield Holding(place.name, place.stamp, tuple(sheets))


def _size(sizes: Mapping[str, tuple[int, int]], sha: str, length: int) -> tuple[int, int, int]:
    talks, size = sizes.get(sha, (0, 0))
    return talks, length, size
