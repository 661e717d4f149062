"""Looking things up by any of their names."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from kg import authorities
from kg.errors import UnknownName
from kg.graph._index import Index, Thing, kinds
from kg.graph._store import Distant, Readable, objects
from kg.model import Entity
from kg.ontology import KG, RDF, RDFS
from kg.resolution import form

_TYPE, _ANY_NAME = f"{RDF}type", f"{KG}anyName"
_WORDS = {"institution": "organization"}
"""Words for kinds that people use beside the ontology's own."""
_SOME, _FEW = 200, 8


class Names:
    """The names of one graph, looked up in an index that is opened when first asked for."""

    def __init__(self, store: Readable, folder: Path | None = None) -> None:
        """Remember the store, and the folder it is in; nothing is read yet."""
        self._store, self.folder = store, folder
        self._entities: dict[str, Entity] = {}

    @cached_property
    def index(self) -> Index:
        """The names by forms, words and letters."""
        folder = self.folder
        if isinstance(self._store, Distant):
            folder = self._store.folder(NamedNode(_ANY_NAME))
        return Index.beside(folder, self._store) if folder else Index.of(self._store)

    def kind(self, word: str) -> str | None:
        """The kind that a word means ("institution", "Topic"), or None."""
        name = _WORDS.get(word.lower(), word.lower())
        return name if name in kinds() else None

    def words(self) -> list[str]:
        """The words for kinds."""
        return sorted({*kinds(), *_WORDS})

    def known(self, kind: str | None = None) -> list[str]:
        """Every name of a kind, or of all; ends of IRIs left out."""
        return list(self.index.names(kind))

    def exact(self, kind: str | None, name: str) -> tuple[str, ...]:
        """Stored names under which every thing of this name is found; case and accents do not matter.

        Raises:
            UnknownName: nothing of the kind has the name; carries the nearest.
        """
        stored: dict[str, list[str]] = {}
        for thing, own in self.matches(kind, name):
            stored.setdefault(thing.iri, []).append(own)
        if not stored:
            raise self._unknown(kind, name)
        return tuple(sorted({name if name in own else min(own) for own in stored.values()}))

    def _unknown(self, kind: str | None, name: str) -> UnknownName:
        """The nearest of all names; if none is near, some of the names things go by."""
        near = [hit.name for hit in self.index.near(name, kind)]
        near = near or [hit.thing.label for hit in self.index.search(name, kind, _FEW)]
        if near:
            return UnknownName(_word(kind), name, near)
        return UnknownName(_word(kind), name, [t.label for t in self.index.heaviest(kind, _SOME)])

    def matches(self, kind: str | None, name: str) -> list[tuple[Thing, str]]:
        """Things of a name, with their names as stored; of an institution also by the short names that all know."""
        found = self.index.by_form(kind, name)
        if found or kind not in {None, "organization"}:
            return found
        known = authorities.resolve(name)
        official = known.name if known else name
        asked = [
            ("organization", official),
            ("unit", official),
            ("unit", name),
        ]  # a school is a unit
        return next((m for k, n in asked if (m := self.index.by_form(k, n))), [])

    def find(self, kind: str | None, name: str) -> tuple[Entity, ...]:
        """Things of a name, those that have it as their own name first.

        Raises:
            UnknownName: nothing of the kind has the name; carries the nearest.
        """
        iris = {thing.iri for thing, _ in self.matches(kind, name)}
        whole = self.index.thing(name)
        if whole and kind in {None, whole.kind}:
            iris.add(name)
        if not iris:
            raise self._unknown(kind, name)
        found = [self.entity(iri) for iri in iris]
        return tuple(
            sorted(found, key=lambda e: (form(e.kind, e.name) != form(e.kind, name), e.kind, e.key))
        )

    def iri(self, entity: Entity) -> str:
        """The IRI of a thing of this graph.

        Raises:
            UnknownName: the graph has no such thing.
        """
        found = self.index.by_key(entity.kind, entity.key)
        if not found:
            raise self._unknown(entity.kind, entity.name)
        return found[0].iri

    def is_entity(self, iri: str) -> bool:
        """Whether an IRI names a thing of this graph."""
        return self._kind_of(iri) is not None

    def _kind_of(self, iri: str) -> str | None:
        types = objects(self._store, iri, _TYPE)
        return next((kind for kind, known in kinds().items() if known in types), None)

    def entity(self, iri: str) -> Entity:
        """The thing behind an IRI, with its names."""
        if iri not in self._entities:
            kind = self._kind_of(iri) or ""
            key = _end(iri)
            name = next(iter(objects(self._store, iri, f"{RDFS}label")), key)
            others = [n for n in objects(self._store, iri, _ANY_NAME) if n not in {name, key}]
            because = tuple(objects(self._store, iri, f"{KG}because"))
            self._entities[iri] = Entity(kind, key, name, (name, *others), because)
        return self._entities[iri]


def _end(iri: str) -> str:
    return iri.rpartition("/")[2]


def _word(kind: str | None) -> str:
    return {"organization": "institution", None: "person, institution, topic, award or talk"}.get(
        kind, kind or ""
    )
