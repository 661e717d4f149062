"""From sources to a graph: read, correct, resolve, assemble; in a folder only where something changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from logging import getLogger

from kg import graph as graphs
from kg import linking, proposals, readers, reading, vocabularies
from kg.corrections import Corrections
from kg.editing import Edited, edit
from kg.errors import KgError, NoTalks, ReadError
from kg.graph import KnowledgeGraph
from kg.growing import Growing
from kg.model import Talk
from kg.reading import Found
from kg.resolution import Row
from kg.settings import Settings
from kg.workspace import Build, Cache, Workspace, fingerprint, settings_told

OnError = Callable[[str, KgError], None]
_PROGRESS = getLogger("kg.progress")
_NOTES = getLogger("kg.notes")
_LOG = getLogger("kg")
_READING = ("max_topics", "min_topic", "least_likely", "least_added", "max_page_chars")
"""The settings that decide what is read of a page."""


class Making:
    """One build."""

    def __init__(
        self, settings: Settings, wanted: Corrections, cache: Cache, on_error: OnError | None
    ) -> None:
        """Remember what is to be minded.

        Parameters:
            on_error: gets what had to be left out; without it the first such error is raised.
        """
        self._settings, self._wanted, self._cache = settings, wanted, cache
        self._on_error = on_error
        self._dropped: list[dict[str, str]] = []

    @reading.uncollected()
    def graph(self, sources: Sequence[readers.Location]) -> KnowledgeGraph:
        """The graph of the sources, in memory."""
        found = self._found(self._places(sources), self._gathering())
        edited = self._edited(self._talks(found), ())
        return graphs.assemble(edited.talks, self._settings, edited.entities)

    @reading.uncollected()
    def into(self, folder: Workspace, sources: Sequence[readers.Location]) -> None:
        """Write the graph of the sources into a folder, unless the one there is just that."""
        places = self._places(sources)
        seen = self._seen(places)
        if self._is_done(folder, seen=seen):
            return
        if self._settings.rebuild:
            self._cache.drop_others(())
        growing = Growing(folder, self._cache, self._settings, self._by, self._hash)
        if self._may_grow and growing.grow(places, seen):
            return
        gathering = self._gathering()
        found = self._found(places, gathering)
        talks = self._talks(found)
        inputs = self._inputs(found)
        if self._is_done(folder, inputs=inputs):
            if seen:
                growing.look_away(gathering, found, seen)
            return
        edited = self._edited(talks, folder.identities())
        _PROGRESS.info("writing the graph of %s talks", f"{len(talks):,}")
        corrected = self._wanted.told(edited.stale)
        build = Build(
            edited.talks,
            edited.entities,
            self._settings,
            corrected,
            inputs,
            seen,
            self._dropped,
        )
        folder.write(build)
        growing.remember(build, gathering, found)
        self._forget(found, talks, edited)

    @property
    def _may_grow(self) -> bool:
        anew = self._settings.rebuild or self._settings.llm is not None
        return not (anew or self._dropped or self._wanted.entries)

    def _is_done(self, folder: Workspace, **told: str) -> bool:
        """Whether the graph in the folder is of the same inputs; what was dropped from them is told again."""
        anew = self._settings.rebuild or self._settings.llm is not None
        if anew or not folder.holds(**told):
            return False
        folder.tidy()
        if not self._dropped:
            for row in folder.dropped():
                self._left_out(row["source"], ReadError(row["reason"]), row["place"])
        _NOTES.info("%s is up to date: nothing changed since it was built", folder.path)
        return True

    def _places(self, sources: Sequence[readers.Location]) -> list[readers.Place]:
        return readers.located(sources, self._settings, self._left_out if self._on_error else None)

    def _gathering(self) -> readers.Gathering:
        on_error = self._left_out if self._on_error else None
        return readers.Gathering(self._settings, on_error, self._skipped)

    def _found(self, places: Sequence[readers.Place], gathering: readers.Gathering) -> list[Found]:
        pages = gathering.pages(places)
        return reading.read(pages, self._cache, self._by, self._settings.jobs, len(places))

    @cached_property
    def _by(self) -> str:
        """What tells who reads pages."""
        return fingerprint({name: getattr(self._settings, name) for name in _READING})

    def _skipped(self, part: readers.Skipped) -> None:
        """A part of a source that could not be used."""
        error = ReadError(f"{part.source}, {part.place}: {part.reason}")
        if self._on_error is None:
            raise error
        self._left_out(part.source, error, part.place)

    def _left_out(self, name: str, error: KgError, place: str = "") -> None:
        self._dropped.append({"source": name, "place": place, "reason": str(error)})
        if self._on_error:
            self._on_error(name, error)

    def _seen(self, places: Iterable[readers.Place]) -> str:
        """A hash by which unchanged sources are told without reading them; "" where only reading tells."""
        stamps = [[p.name, p.stamp] for p in places]
        if self._dropped or not all(stamp for _, stamp in stamps):
            return ""
        return self._hash([self._by, stamps])

    def _inputs(self, found: Iterable[Found]) -> str:
        """A hash of all that the graph is made of."""
        return self._hash([[f.name, f.key] for f in found])

    def _hash(self, what: object) -> str:
        """A hash of what is read, with all else that the graph is made of."""
        told = {
            "read": what,
            "settings": settings_told(self._settings),
            "corrections": self._wanted.told(()),
            "registries": [
                [r["registry"], r["source"], r["organizations"]] for r in linking.imported()
            ],
            "vocabularies": vocabularies.told(),
        }
        return sha256(json.dumps(told, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()

    def _talks(self, found: Iterable[Found]) -> list[Talk]:
        """The talks of the pages; a page without any is left out.

        Raises:
            NoTalks: none is left, or a page has none and there is no ``on_error``.
        """
        model = proposals.Proposer(self._settings.llm) if self._settings.llm else None
        talks: list[Talk] = []
        for page in found:
            told = self._cache.talks(page.name, page.key)
            if not told and self._on_error is None:
                raise no_talks(page.name)
            if not told:
                self._left_out(page.name, no_talks(page.name))
            talks += model.read(told[0].page, told) if model and told else told
        if model:
            model.report()
        if not talks:
            raise NoTalks("no talk was found, so there is nothing to build")
        return talks

    def _edited(self, talks: Sequence[Talk], before: Sequence[Row]) -> Edited:
        _PROGRESS.info("finding out who and what is one in %s talks", f"{len(talks):,}")
        edited = edit(talks, self._wanted, before, linking.registry())
        for correction in edited.stale:
            lost = "nobody is hidden by it: " if correction.action == "hide" else ""
            _LOG.warning("a correction matches nothing any more: %s%s", lost, correction)
        return edited

    def _forget(self, found: Iterable[Found], talks: Iterable[Talk], edited: Edited) -> None:
        """Keep in the cache only the pages of this build, and of them none that somebody is hidden in."""
        shown = {talk.page.sha256 for talk in edited.talks}
        hidden = {talk.page.name for talk in talks if talk.page.sha256 not in shown}
        if self._wanted.of("hide"):
            hidden |= {f.name for f in found} - {talk.page.name for talk in talks}
        self._cache.drop_others(f.key for f in found if f.name not in hidden)


def no_talks(name: str) -> NoTalks:
    """That no talk stands on a page."""
    return NoTalks(
        f"{name}: no talk found; a talk has a title or a speaker's name on a line of its own"
    )
