"""What the networks and the facts table read from a graph: entities and claims, in a few streaming queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg import ontology

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TERMS = ontology.KG
TYPES = ("Person", "Organization", "Unit", "Award", "Topic", "Series", "Talk")
"""Kinds of entities, as the vocabulary names their classes; of two that one entity has the later counts."""

_BROADER = "http://www.w3.org/2004/02/skos/core#broader"
_PREFIXES = f"""PREFIX kg: <{TERMS}>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
_CLASSES = " ".join(f"kg:{name}" for name in TYPES)
_ENTITIES = f"""SELECT ?entity ?type ?name ?date WHERE {{
  VALUES ?type {{ {_CLASSES} }}
  ?entity a ?type .
  OPTIONAL {{ ?entity rdfs:label ?name }}
  OPTIONAL {{ ?entity kg:date ?date }}
}}"""
_ALIASES = f"""SELECT ?entity ?alias WHERE {{
  VALUES ?type {{ {_CLASSES} }}
  ?entity a ?type ; kg:anyName ?alias .
}}"""
_LINKS = f"""SELECT DISTINCT ?subject ?property ?object WHERE {{
  VALUES ?type {{ {_CLASSES} }}
  VALUES ?kind {{ {_CLASSES} }}
  ?subject a ?type ; ?property ?object .
  ?object a ?kind .
}}"""
_CLAIMS = """SELECT ?claim ?property ?value WHERE {
  ?claim kg:subject ?subject ; ?property ?value .
  FILTER NOT EXISTS { ?claim prov:invalidatedAtTime ?retracted }
}"""
_QUOTES = """SELECT ?span ?source ?text ?start ?end WHERE {
  ?span oa:hasSource ?source ; oa:hasSelector ?quote, ?position .
  ?quote oa:exact ?text .
  ?position oa:start ?start ; oa:end ?end .
}"""
_SOURCES = """SELECT ?source ?name WHERE { ?source a kg:Source ; kg:name ?name }"""
_LABELS = """SELECT ?concept ?label WHERE { ?concept a skos:Concept ; skos:prefLabel ?label }"""


@dataclass(frozen=True)
class Node:
    """An entity of the graph: a person, an organization, a topic, a talk ...

    Parameters:
        type: the local name of its class.
        date: of a talk, as far as known.
    """

    iri: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True)
class Quote:
    """A sentence of a source, and where it stands there in code points."""

    text: str
    source: str
    start: int
    end: int


@dataclass(frozen=True)
class Claim:
    """One statement by one source.

    Parameters:
        kind: the local name of its class ("Education").
        relations: the direct properties it backs, the general ones left out.
        values: its other fields by local name, as the graph writes them.
    """

    iri: str
    kind: str
    subject: str
    object: str
    relations: tuple[str, ...]
    confidence: float
    values: dict[str, str] = field(repr=False)
    quotes: tuple[Quote, ...] = field(default=(), repr=False)


def words(term: str) -> str:
    """A term as words: the last part of an IRI, ``educatedAt`` as "educated at"."""
    local = re.split(r"[/#]", term)[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).replace("-", " ").lower()


def specific(properties: Iterable[str]) -> tuple[str, ...]:
    """Properties that no other of them implies, sorted."""
    given = set(properties)
    general = ontology.load().closure
    implied = {broad for name in given for broad in general(TERMS + name) if broad != TERMS + name}
    return tuple(sorted(name for name in given if TERMS + name not in implied))


class Reading:
    """A graph as entities, links and claims; each part is read once, when first asked for."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        """Remember the graph; nothing is read yet."""
        self._graph = graph

    def _rows(self, sparql: str) -> list[tuple[str, ...]]:
        rows = self._graph.query(_PREFIXES + sparql).rows
        return sorted(tuple(cell or "" for cell in row) for row in rows)

    def _names(self, sparql: str) -> dict[str, str]:
        """Pairs of an IRI and a name, of several names the first."""
        return {row[0]: row[1] for row in reversed(self._rows(sparql))}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Entities by IRI, sorted."""
        aliases: dict[str, dict[str, None]] = defaultdict(dict)
        for entity, alias in self._rows(_ALIASES):
            aliases[entity][alias] = None
        found: dict[str, Node] = {}
        for entity, kind, name, date in self._rows(_ENTITIES):
            key = entity.rpartition("/")[2]
            others = tuple(a for a in aliases[entity] if a not in (name, key))
            node = Node(entity, kind.removeprefix(TERMS), name or words(entity), others, date)
            known = found.get(entity)
            if known is None or TYPES.index(node.type) > TYPES.index(known.type):
                found[entity] = node
        return found

    @cached_property
    def links(self) -> list[tuple[str, str, str]]:
        """Direct statements between entities: subject, local name of the property, object; broader topics too."""
        rows = self._rows(_LINKS)
        ours = ((s, p, o) for s, p, o in rows if p.startswith(TERMS) or p == _BROADER)
        return [(s, re.split(r"[/#]", p)[-1], o) for s, p, o in ours]

    @cached_property
    def claims(self) -> list[Claim]:
        """Claims that nobody retracted, sorted by IRI."""
        fields: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for claim, name, value in self._rows(_CLAIMS):
            fields[claim][re.split(r"[/#]", name)[-1]].append(value)
        return [self._claim(iri, values) for iri, values in fields.items()]

    def _claim(self, iri: str, fields: dict[str, list[str]]) -> Claim:
        kinds = [kind.removeprefix(TERMS) for kind in fields["type"] if kind.startswith(TERMS)]
        segment = iri.rpartition("/")[2].rpartition("-")[0].replace("-", "")
        kind = next((k for k in kinds if k.lower() == segment), kinds[0] if kinds else "")
        values = {name: "; ".join(found) for name, found in fields.items()}
        spans = (self._quotes.get(span) for span in fields["evidence"])
        return Claim(
            iri=iri,
            kind=kind,
            subject=values["subject"],
            object=values.get("object", ""),
            relations=specific(p.removeprefix(TERMS) for p in fields["states"]),
            confidence=round(float(values.get("confidence") or 1), 4),
            values=values,
            quotes=tuple(sorted((q for q in spans if q), key=lambda q: (q.source, q.start))),
        )

    @cached_property
    def _quotes(self) -> dict[str, Quote]:
        sources = self._names(_SOURCES)
        return {
            span: Quote(text, sources.get(source, source), int(start), int(end))
            for span, source, text, start, end in self._rows(_QUOTES)
        }

    @cached_property
    def _labels(self) -> dict[str, str]:
        return self._names(_LABELS)

    def word(self, value: str) -> str:
        """A field's value for a reader: the name of an entity or concept, else the value itself."""
        if value in self.nodes:
            return self.nodes[value].name
        if not re.match(r"https?://", value):
            return value
        return self._labels.get(value) or words(value)
