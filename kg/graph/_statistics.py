"""Counting what a graph holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import NamedNode, Store

from kg import ontology
from kg.graph._store import objects, plain, subjects
from kg.ontology import KG, RDF

_TYPE = f"{RDF}type"


def _of(store: Store, iri: str) -> int:
    return sum(1 for _ in subjects(store, _TYPE, iri))


def _objects(store: Store, term: str) -> set[str]:
    return {
        plain(q.object) for q in store.quads_for_pattern(None, NamedNode(KG + term), None, None)
    }


def count(store: Store) -> dict[str, Any]:
    """Counts by name; ``facts`` is a count for each kind of claim, ``years`` the first and last year of talks."""
    known = ontology.load()
    facts = {c.label: n for c in known.claims.values() if (n := _of(store, c.iri))}
    of = {name: _of(store, kind.iri) for name, kind in known.kinds.items()}
    return {
        "talks": of["talk"],
        "speakers": len(_objects(store, "speaker")),
        "people": of["person"],
        "institutions": of["organization"],
        "units": of["unit"],
        "awards": of["award"],
        "topics": len(_objects(store, "topic")),
        "series": of["series"],
        "sources": of["source"],
        "facts": dict(sorted(facts.items(), key=lambda item: (-item[1], item[0]))),
        "triples": len(store),
        "years": _years(store),
    }


def _years(store: Store) -> tuple[int, int] | None:
    talks = subjects(store, _TYPE, f"{KG}Talk")
    years = [int(year) for talk in talks for year in objects(store, talk, f"{KG}year")]
    return (min(years), max(years)) if years else None


def lines(stats: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Counts as pairs of words, the empty ones left out."""
    for name, value in stats.items():
        if isinstance(value, dict):
            if value:
                yield (
                    name,
                    f"{sum(value.values()):,} ({', '.join(f'{n:,} {k}' for k, n in value.items())})",
                )
        elif isinstance(value, tuple):
            yield name, "–".join(dict.fromkeys(map(str, value)))
        elif value:
            yield name, f"{value:,}"
