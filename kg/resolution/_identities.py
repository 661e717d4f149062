"""Why each thing is one: its names, where they stand, what was joined and what was kept apart, as plain values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from kg.model import Entity
from kg.resolution._clustering import Decision
from kg.resolution._entities import Entities
from kg.resolution._ledger import Seen
from kg.resolution._records import Record

Row = dict[str, Any]
KINDS = frozenset({"person", "organization", "award", "topic", "series"})


def identities(entities: Entities) -> Iterator[Row]:
    """A row for each person, organization, award, topic and series.

    It has ``kind``, ``key``, ``name``, ``names`` (form -> how often), ``pages`` (page -> how often), ``because``, and
    ``decisions``: of people the pairs that were looked at, each with its features in bits. What else may be one is
    found when it is asked for (``undecided``); ``apart`` are the names of what corrections keep from a thing.
    """
    decisions = _by_person(entities)
    for entity in entities.all():
        if entity.kind in KINDS:
            yield _row(entities, entity, decisions.get((entity.kind, entity.key), []))


def _row(entities: Entities, entity: Entity, decisions: list[Row]) -> Row:
    seen = entities.seen[entity.kind, entity.key]
    names = sum((s.names for s in seen), Counter[str]())
    printed = {p: 0 for s in seen for p in s.printed if p not in names}
    pages = sum((s.pages for s in seen), Counter[str]())
    return {
        "kind": entity.kind,
        "key": entity.key,
        "name": entity.name,
        "names": dict(sorted(names.items(), key=lambda item: (-item[1], item[0])))
        | dict(sorted(printed.items())),
        "pages": dict(sorted(pages.items(), key=lambda item: (-item[1], item[0]))),
        "because": [*entity.because, *_why(seen)],
        **_registered(entities, entity),
        **({"replaces": list(entity.replaces)} if entity.replaces else {}),
        **({"mentions": _mentions(entities, entity)} if entity.kind == "person" else {}),
        **(
            {"apart": list(apart)}
            if (apart := entities.apart.get((entity.kind, entity.key)))
            else {}
        ),
        "decisions": decisions,
    }


def _why(seen: Iterable[Seen]) -> list[str]:
    """Why printed forms were read as an institution: of each the commonest reason."""
    counts = sum((s.why for s in seen), Counter[tuple[str, str]]())
    found = dict[str, str]()
    for printed, why in sorted(counts, key=lambda told: (-counts[told], told)):
        found.setdefault(printed, why)
    return [f"{printed!r} was read so: {why}" for printed, why in sorted(found.items()) if why]


def _registered(entities: Entities, entity: Entity) -> Row:
    """What a registry knows of an organization: id, name, country, coordinates and Wikidata id."""
    if entity.kind != "organization" or entity.key not in entities.known:
        return {}
    known = entities.known[entity.key]
    record, linked = known.record, known.linked
    where = {"country": record.code, "city": record.city, "wikidata": record.wikidata}
    place = [record.latitude, record.longitude]
    signs = {"sure": linked.score, "because": list(linked.because)}
    return {
        "registry": {"id": record.id, "name": record.name, **where, "coordinates": place, **signs}
    }


def _mentions(entities: Entities, entity: Entity) -> list[dict[str, str]]:
    return [{"name": r.name, "page": r.where} for r in entities.records[entity.key]]


def _by_person(entities: Entities) -> dict[tuple[str, str], list[Row]]:
    """The decisions of each person, the surest first; one that joined stands once, all others at both ends."""
    records = {r.id: (r, key) for key, held in entities.records.items() for r in held}
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for decision in sorted(entities.decisions, key=_order):
        one, other = records[decision.comparison.one], records[decision.comparison.other]
        verdict = decision.verdict
        if verdict != "one" and one[1] == other[1]:
            continue
        row = _told(decision, one, other)
        for key in dict.fromkeys((one[1], other[1])):
            found["person", key].append(row)
    return found


def _order(decision: Decision) -> tuple[float, str, str]:
    return -decision.comparison.bits, decision.comparison.one, decision.comparison.other


def _told(decision: Decision, one: tuple[Record, str], other: tuple[Record, str]) -> Row:
    comparison = decision.comparison
    return {
        "kind": "person",
        "verdict": decision.verdict,
        "one": {"key": one[1], "name": one[0].name, "page": one[0].where},
        "other": {"key": other[1], "name": other[0].name, "page": other[0].where},
        "bits": comparison.bits,
        "sure": comparison.sure,
        "because": decision.because,
        "features": [[text, bits] for text, bits in comparison.features],
    }
