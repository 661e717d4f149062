"""From sources to a graph: read, correct, resolve, assemble; in a folder only where something changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from logging import getLogger

from kg import graph as graphs
from kg import linking, proposals, readers, reading, vocabularies
from kg.corrections import Corrections
from kg.editing import Edited, edit
from kg.errors import KgError, NoTalks
from kg.graph import KnowledgeGraph
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

    def graph(self, sources: Sequence[readers.Location]) -> KnowledgeGraph:
        """The graph of the sources, in memory."""
        edited = self._edited(self._talks(self._found(sources)), ())
        return graphs.assemble(edited.talks, self._settings, edited.entities)

    def into(self, folder: Workspace, sources: Sequence[readers.Location]) -> None:
        """Write the graph of the sources into a folder, unless the one there is just that."""
        if self._settings.rebuild:
            self._cache.drop_others(())
        found = self._found(sources)
        inputs = self._inputs(found)
        if not self._settings.rebuild and not self._settings.llm and folder.holds(inputs=inputs):
            folder.tidy()
            _NOTES.info("%s is up to date: nothing changed since it was built", folder.path)
            return
        talks = self._talks(found)
        edited = self._edited(talks, folder.identities())
        _PROGRESS.info("writing the graph of %s talks", f"{len(talks):,}")
        corrected = self._wanted.told(edited.stale)
        folder.write(
            Build(
                edited.talks,
                edited.entities,
                self._settings,
                corrected,
                inputs,
                dropped=self._dropped,
            )
        )
        self._forget(found, talks, edited)

    def _found(self, sources: Sequence[readers.Location]) -> list[Found]:
        pages = readers.gather(sources, self._settings, self._left_out if self._on_error else None)
        by = fingerprint({name: getattr(self._settings, name) for name in _READING})
        return reading.read(pages, self._cache, by, self._settings.jobs, len(pages))

    def _left_out(self, name: str, error: KgError) -> None:
        self._dropped.append({"source": name, "reason": str(error)})
        if self._on_error:
            self._on_error(name, error)

    def _inputs(self, found: Iterable[Found]) -> str:
        """A hash of all that the graph is made of."""
        told = {
            "pages": [[f.name, f.key] for f in found],
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
