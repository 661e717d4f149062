"""What the graph says of one thing: its attributes, and every claim it stands in, with the sentences."""

from __future__ import annotations

from dataclasses import dataclass

from kg import ontology
from kg.graph._reading import FROM, TYPE, Reader, Statement, order
from kg.model import Entity
from kg.ontology import KG, RDFS, SKOS

_NAMING = ("name", "anyName", "because", "evidence")
_NOT_ATTRIBUTES = frozenset(
    {TYPE, FROM, f"{RDFS}label", f"{SKOS}prefLabel", *(KG + name for name in _NAMING)}
)


@dataclass(frozen=True)
class Description:
    """A thing with its attributes and the statements about it: its own first, each group in order of time."""

    entity: Entity
    iri: str
    attributes: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]


def describe(reader: Reader, iri: str, entity: Entity) -> Description:
    """Attributes and statements of a thing of this graph."""
    claims = reader.claims(iri)
    reader.near(iri, [claim for claim, _ in claims])
    attributes = tuple((word, reader.word(value)) for word, value in attributes_of(reader, iri))
    statements = [reader.statement(claim, incoming) for claim, incoming in claims]
    return Description(entity, iri, attributes, tuple(sorted(statements, key=order)))


def attributes_of(reader: Reader, iri: str) -> tuple[tuple[str, str], ...]:
    """What a thing is said to have that no claim tells: a word and a value each."""
    own = frozenset(ontology.load().relations)
    return reader.worded(reader.fields(iri), _NOT_ATTRIBUTES | own)
