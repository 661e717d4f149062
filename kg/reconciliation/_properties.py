"""Properties of things as reconciliation sees them: where each is found in the graph, and whether it has a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import islice
from typing import Any

from kg import ontology
from kg.errors import UnknownName
from kg.graph import KnowledgeGraph, Thing, Tie
from kg.names import fold
from kg.ontology import KG, SKOS

Path = tuple[str, ...]
"""Relations to go along; "^" before one goes against it; the last may be a field."""
_WIDE = 500
_ALIKE, _HALF = 0.85, 0.5
_ELSEWHERE = {name: SKOS + name for name in ("exactMatch", "broader")}


@dataclass(frozen=True)
class Property:
    """Something that things have.

    Parameters:
        id: what it is asked for by.
        name: for people.
        kind: of its values: a kind of thing, or "text", "number", "date".
        paths: kind of thing -> the ways to its values.
    """

    id: str
    name: str
    kind: str
    paths: Mapping[str, tuple[Path, ...]]


def _all() -> Iterator[Property]:
    def of(id: str, name: str, kind: str, **paths: str) -> Property:
        ways = {k: tuple(tuple(p.split("/")) for p in v.split()) for k, v in paths.items()}
        return Property(id, name, kind, ways)

    organization, person, talk = "organization", "person", "talk"
    yield of(
        "affiliation",
        "affiliation",
        organization,
        person="affiliatedWith",
        talk="speaker/affiliatedWith",
    )
    yield of("trainedAt", "trained at", organization, person="trainedAt")
    yield of(
        "institution", "institution, of whatever kind of tie", organization, person="workedAt trainedAt memberOf",
        talk="speaker/affiliatedWith", unit="unitOf", award="givenBy", topic="^topic/speaker/affiliatedWith",
    )  # fmt: skip
    yield of("memberOf", "member of", organization, person="memberOf")
    yield of("partOf", "part of", organization, organization="partOf", unit="unitOf")
    yield of("advisor", "advisor", person, person="advisedBy")
    yield of("student", "student or postdoc", person, person="^advisedBy")
    yield of("award", "award", "award", person="received", organization="^givenBy")
    yield of("recipient", "recipient", person, award="^received")
    yield of(
        "topic", "topic", "topic", person="^speaker/topic", talk="topic", series="^series/topic",
        organization="^affiliatedWith/^speaker/topic",
    )  # fmt: skip
    yield of("broader", "broader topic", "topic", topic="broader")
    yield of("talk", "talk", talk, person="^speaker", topic="^topic", series="^series")
    yield of(
        "speaker",
        "speaker",
        person,
        talk="speaker",
        topic="^topic/speaker",
        series="^series/speaker",
    )
    yield of(
        "series", "series", "series", talk="series", person="^speaker/series", topic="^topic/series"
    )
    yield of(
        "person",
        "person with a post or training there",
        person,
        organization="^workedAt ^trainedAt",
    )
    yield of(
        "date",
        "date of a talk",
        "date",
        talk="date",
        person="^speaker/date",
        topic="^topic/date",
        series="^series/date",
    )
    yield of(
        "year",
        "year of a talk",
        "number",
        talk="year",
        person="^speaker/year",
        topic="^topic/year",
        series="^series/year",
    )
    yield of("title", "title", "text", talk="title", person="^speaker/title")
    yield of("abstract", "abstract", "text", talk="abstract")
    yield of("country", "country", "text", organization="country", person="affiliatedWith/country")
    yield of("city", "city", "text", organization="city", person="affiliatedWith/city")
    yield of(
        "name",
        "other name",
        "text",
        **{kind: "anyName" for kind in ontology.load().kinds if kind != "source"},
    )
    yield of("sameAs", "the same elsewhere", "text", organization="exactMatch", topic="exactMatch")


@cache
def properties() -> Mapping[str, Property]:
    """Every property by its id."""
    return {p.id: p for p in _all()}


def get(name: str) -> Property:
    """A property by its id.

    Raises:
        UnknownName: there is none.
    """
    if name not in properties():
        raise UnknownName("property", name, properties())
    return properties()[name]


def values(graph: KnowledgeGraph, thing: Thing, wanted: Property, most: int) -> list[str]:
    """The values of a property of a thing: IRIs of things, or texts, sorted; of very many some."""
    found: dict[str, None] = {}
    for path in wanted.paths.get(thing.kind, ()):
        found.update(_along(graph, thing, path))
    if wanted.id == "name":
        found.pop(thing.key, None)
        found.pop(thing.label, None)
    return sorted(found)[:most]


def _along(graph: KnowledgeGraph, thing: Thing, path: Sequence[str]) -> dict[str, None]:
    """Where a path leads from a thing, each once; of very many some."""
    nodes = {thing.iri: None}
    for step in path:
        after = (end for node in nodes for end in _step(graph, node, step))
        nodes = dict.fromkeys(islice(after, _WIDE))
    return nodes


def _turned(step: str) -> str:
    return step.removeprefix("^") if step.startswith("^") else f"^{step}"


def _step(graph: KnowledgeGraph, node: str, step: str) -> Sequence[str]:
    name = step.removeprefix("^")
    iri = _ELSEWHERE.get(name, KG + name)
    if step.startswith("^"):
        return graph.reader.ends(node, Tie(iri, incoming=True))
    return graph.reader.values(node, iri)


def back(graph: KnowledgeGraph, value: Thing, wanted: Property, kind: str) -> list[str]:
    """Things of a kind that have this thing as a value of a property; of very many some."""
    found: dict[str, None] = {}
    for path in wanted.paths.get(kind, ()):
        found.update(_along(graph, value, [_turned(step) for step in reversed(path)]))
    return list(found)


def agree(
    graph: KnowledgeGraph, thing: Thing, wanted: Property, given: Sequence[Any]
) -> float | None:
    """How well a thing has one of these values: 1 if it has it, 0 if others, between for one like it; None: not known.

    Parameters:
        given: texts, numbers, or things of the graph.
    """
    known = values(graph, thing, wanted, _WIDE)
    if not known:
        return None
    return max((_among(graph, wanted, known, value) for value in given), default=0.0)


def _among(graph: KnowledgeGraph, wanted: Property, known: Sequence[str], value: Any) -> float:
    if isinstance(value, Thing):
        return float(value.iri in known)
    text = str(value).strip()
    if wanted.kind in {"date", "number"}:
        return float(any(one.startswith(text) or text.startswith(one) for one in known))
    if wanted.kind == "text":
        return _alike(text, known)
    if {t.iri for t, _ in graph.named(text, wanted.kind)} & set(known):
        return 1.0
    return _HALF * _alike(text, [n for iri in known for n in graph.reader.entity(iri).aliases])


def _alike(text: str, known: Sequence[str]) -> float:
    plain = fold(text)
    best = max((SequenceMatcher(None, plain, fold(one)).ratio() for one in known), default=0.0)
    return best if best >= _ALIKE else 0.0
