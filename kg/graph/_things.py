"""Entities as nodes: people, organizations, units, awards, topics, series and talks with their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg import authorities, awards, concepts, ontology
from kg.graph._ntriples import TYPE, Lines, dated, decimal, integer, iri, kg, literal
from kg.model import Entity, Page, Talk
from kg.ontology import RDFS, SKOS
from kg.resolution import Entities, form

_WIKIDATA = "http://www.wikidata.org/entity/"
_REPLACED_BY = "<http://purl.org/dc/terms/isReplacedBy>"


class Things:
    """The entities of one graph, each written once, under its readable IRI."""

    def __init__(self, lines: Lines, base: str, entities: Entities) -> None:
        """Write every entity."""
        self._lines, self._base, self.entities = lines, base, entities
        self._nodes: dict[int, str] = {}
        for entity in entities.all():
            self._entity(entity)

    def node(self, entity: Entity) -> str:
        """The IRI of an entity."""
        known = self._nodes.get(id(entity))
        if known is None:
            known = self._nodes[id(entity)] = f"<{self._base}{entity.kind}/{entity.key}>"
        return known

    def named(self, kind: str, name: str, page: Page) -> str:
        """The IRI of what a name stands for on a page."""
        return self.node(self.entities.of(kind, name, page))

    def _entity(self, entity: Entity) -> None:
        """Type, label and names. A talk has a title in place of a name, and may have none."""
        node, name = self.node(entity), literal(entity.name)
        names = {*entity.aliases, entity.name, entity.key}
        if entity.kind == "organization":
            names.update(authorities.aliases(entity.name))
            self._parent(entity)
            names.update(self._registered(entity))
        kind = ontology.load().kinds[entity.kind]
        self._lines.add(node, (TYPE, f"<{kind.iri}>"), (f"<{RDFS}label>", name))
        self._of_kind(entity, node, name)
        self._lines.add(node, *((kg("anyName"), literal(other)) for other in names))
        self._lines.add(node, *((kg("because"), literal(reason)) for reason in entity.because))
        for old in entity.replaces:
            self._lines.add(f"<{self._base}{entity.kind}/{old}>", (_REPLACED_BY, node))
        for seen in self.entities.seen[entity.kind, entity.key]:
            self._told(entity, seen.said)

    def _of_kind(self, entity: Entity, node: str, name: str) -> None:
        """What only things of one kind have."""
        if entity.kind != "talk":
            self._lines.add(node, (kg("name"), name))
        if entity.kind == "award":
            self._giver(entity)
        if entity.kind == "topic":
            self._lines.add(node, (f"<{SKOS}prefLabel>", name))
            if elsewhere := concepts.iri(entity.name):
                self._lines.add(node, (f"<{SKOS}exactMatch>", iri(elsewhere)))
        if entity.kind == "unit":
            self._place(entity)

    def _told(self, entity: Entity, said: Iterable[tuple[str, str]]) -> None:
        """What facts told of it as their object."""
        for field, name in said:
            described = ontology.load().fields[field]
            other = self.entities.of(described.kind, name)
            if other != entity:
                self._lines.add(self.node(entity), (f"<{described.iri}>", self.node(other)))

    def _place(self, unit: Entity) -> None:
        """The organization of a unit, and the school that it is a part of there."""
        node, outer = self.node(unit), self.entities.outer.get(unit.key)
        self._lines.add(node, (kg("unitOf"), self.node(self.entities.units[unit.key])))
        if outer:
            self._lines.add(node, (kg("innerUnitOf"), self.node(outer)))

    def _parent(self, entity: Entity) -> None:
        """What the gazetteer knows an organization to be part of, if the graph has both."""
        known = authorities.resolve(entity.name)
        if known and known.parent and known.name == entity.name:
            parent = self.entities.by_form.get(("organization", form("organization", known.parent)))
            if parent and parent != entity:
                self._lines.add(self.node(entity), (kg("partOf"), self.node(parent)))

    def _giver(self, entity: Entity) -> None:
        """The organization that gives an award."""
        bodies = (body for name in entity.aliases if (body := awards.body(name)))
        key = self.entities.forms.of("organization", next(bodies, ""))
        if giver := self.entities.by_form.get(("organization", key)):
            self._lines.add(self.node(entity), (kg("givenBy"), self.node(giver)))

    def _registered(self, entity: Entity) -> tuple[str, ...]:
        """Where an organization is, and what a registry knows of it; gives its further names."""
        node, found = self.node(entity), self.entities.known.get(entity.key)
        bundled = authorities.institutions().get(entity.name)
        place = (
            (found.record.code, found.record.city)
            if found
            else (bundled.country, bundled.city)
            if bundled
            else ()
        )
        said = zip(("country", "city"), place, strict=False)
        self._lines.add(node, *((kg(term), literal(value)) for term, value in said if value))
        if found is None:
            return ()
        record = found.record
        ids = [record.id, *([f"{_WIKIDATA}{record.wikidata}"] if record.wikidata else [])]
        self._lines.add(node, *((f"<{SKOS}exactMatch>", iri(i)) for i in ids))
        for term, degrees in (("latitude", record.latitude), ("longitude", record.longitude)):
            if degrees is not None:
                self._lines.add(node, (kg(term), decimal(degrees)))
        for parent in map(self.entities.registered, record.parents):
            if parent and parent != entity:
                self._lines.add(node, (kg("partOf"), self.node(parent)))
        return tuple(n.value for n in record.names if n.kind != "acronym")

    def talks(self, talks: Sequence[Talk]) -> None:
        """Title, date, series and abstract. Of a talk listed twice the longest abstract stays."""
        abstracts: dict[str, set[str]] = defaultdict(set)
        for talk in talks:
            entity = self.entities.talk(talk)
            node = self.node(entity)
            if talk.title:
                self._lines.add(node, (kg("title"), literal(entity.name)))
            if when := dated(talk.date) if talk.date else None:
                self._lines.add(node, (kg("date"), when[0]), (kg("year"), integer(when[1])))
            if talk.series:
                self._lines.add(node, (kg("series"), self.named("series", talk.series, talk.page)))
            if talk.abstract:
                abstracts[node].add(talk.abstract)
        for node, found in abstracts.items():
            self._lines.add(node, (kg("abstract"), literal(max(found, key=lambda a: (len(a), a)))))
