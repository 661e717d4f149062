"""Looking things up by any of their names."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from pyoxigraph import Store

from kg import authorities, ontology
from kg.errors import UnknownName
from kg.graph._store import objects, subjects
from kg.model import Entity
from kg.ontology import KG, RDF, RDFS
from kg.resolution import form

_TYPE, _ANY_NAME = f"{RDF}type", f"{KG}anyName"
WORDS = {"institution": "organization"}
"""Words for kinds that people use beside the ontology's own."""


class Names:
    """The names of one graph by kind and folded form; read once, when first asked for."""

    def __init__(self, store: Store) -> None:
        """Remember the store; nothing is read yet."""
        self._store = store
        self._entities: dict[str, Entity] = {}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {k.iri: name for name, k in ontology.load().kinds.items() if name != "source"}

    @cached_property
    def _index(self) -> dict[str, dict[str, dict[str, list[str]]]]:
        """Kind -> folded form -> IRI -> names as stored."""
        index: dict[str, dict[str, dict[str, list[str]]]] = {}
        for iri, kind in self._kinds.items():
            forms: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
            for thing in subjects(self._store, _TYPE, iri):
                for name in objects(self._store, thing, _ANY_NAME):
                    forms[form(kind, name)][thing].append(name)
            index[kind] = dict(forms)
        return index

    def kind(self, word: str) -> str | None:
        """The kind that a word means ("institution", "Topic"), or None."""
        name = WORDS.get(word.lower(), word.lower())
        return name if name in self._kinds.values() else None

    def words(self) -> list[str]:
        """The words for kinds."""
        return sorted({*self._kinds.values(), *WORDS})

    def known(self, kind: str | None = None) -> list[str]:
        """Every name of a kind, or of all; ends of IRIs left out."""
        return [
            name
            for found, forms in self._index.items()
            if kind in {None, found}
            for iris in forms.values()
            for iri, names in iris.items()
            for name in names
            if name != _end(iri)
        ]

    def exact(self, kind: str | None, name: str) -> tuple[str, ...]:
        """Stored names under which every thing of this name is found; case and accents do not matter.

        Raises:
            UnknownName: nothing of the kind has the name; carries the nearest.
        """
        found: dict[str, None] = {}
        for iris in self._matches(kind, name):
            for names in iris.values():
                found[name if name in names else min(names)] = None
        if not found:
            raise self._unknown(kind, name)
        return tuple(sorted(found))

    def _unknown(self, kind: str | None, name: str) -> UnknownName:
        """The nearest of all names; if none is near, some of the names things go by."""
        error = UnknownName(_word(kind), name, self.known(kind))
        if error.nearest:
            return error
        own = [self.entity(iri).name for iri, of in self._iris.items() if kind in {None, of}]
        return UnknownName(_word(kind), name, own)

    def _matches(self, kind: str | None, name: str) -> list[dict[str, list[str]]]:
        kinds = [kind] if kind else list(self._index)
        found = [m for k in kinds if (m := self._index[k].get(form(k, name)))]
        if found or "organization" not in kinds:
            return found
        known = authorities.resolve(name)
        official = known.name if known else name
        asked = [
            ("organization", official),
            ("unit", official),
            ("unit", name),
        ]  # a school is a unit
        return [m for k, n in asked if (m := self._index[k].get(form(k, n)))][:1]

    def find(self, kind: str | None, name: str) -> tuple[Entity, ...]:
        """Things of a name, those that have it as their own name first.

        Raises:
            UnknownName: nothing of the kind has the name; carries the nearest.
        """
        iris = {iri for match in self._matches(kind, name) for iri in match}
        if name in self._iris and kind in {None, self._iris[name]}:
            iris.add(name)
        if not iris:
            raise self._unknown(kind, name)
        found = [self.entity(iri) for iri in iris]
        return tuple(
            sorted(found, key=lambda e: (form(e.kind, e.name) != form(e.kind, name), e.kind, e.key))
        )

    @cached_property
    def _iris(self) -> dict[str, str]:
        return {
            iri: kind
            for kind, forms in self._index.items()
            for iris in forms.values()
            for iri in iris
        }

    def iri(self, entity: Entity) -> str:
        """The IRI of a thing of this graph.

        Raises:
            UnknownName: the graph has no such thing.
        """
        end = f"{entity.kind}/{entity.key}"
        found = [iri for iri in self._by_key.get(entity.key, ()) if iri.endswith(end)]
        if not found:
            raise UnknownName(_word(entity.kind), entity.name, self.known(entity.kind))
        return found[0]

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for iri in sorted(self._iris):
            index[_end(iri)].append(iri)
        return index

    def is_entity(self, iri: str) -> bool:
        """Whether an IRI names a thing of this graph."""
        return self._kind_of(iri) is not None

    def _kind_of(self, iri: str) -> str | None:
        types = objects(self._store, iri, _TYPE)
        return next((self._kinds[t] for t in types if t in self._kinds), None)

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
