"""Counting what a graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from kg import ontology
from kg.graph._sparql import answer
from kg.graph._store import Readable
from kg.ontology import KG, RDF

_TYPE = f"{RDF}type"
_PLURALS = {
    "talk": "talks", "person": "people", "organization": "institutions", "unit": "units", "award": "awards",
    "series": "series", "source": "sources",
}  # fmt: skip
_ORDER = (
    "talks",
    "speakers",
    "people",
    "institutions",
    "units",
    "awards",
    "topics",
    "series",
    "sources",
)


def _of_types(store: Readable) -> dict[str, int]:
    """How many things there are of each type."""
    text = "SELECT ?type (COUNT(?thing) AS ?n) WHERE { ?thing a ?type } GROUP BY ?type"
    return {row[0] or "": int(row[1] or 0) for row in answer(store, text).rows}


def _objects(store: Readable, term: str) -> int:
    """How many things a property leads to."""
    text = f"SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ ?any kg:{term} ?thing }}"
    return int(answer(store, text).rows[0][0] or 0)


def count(store: Readable) -> dict[str, Any]:
    """Counts by name; ``facts`` is a count for each kind of claim, ``years`` the first and last year of talks."""
    known = ontology.load()
    types = _of_types(store)
    facts = {c.label: n for c in known.claims.values() if (n := types.get(c.iri, 0))}
    of = {name: types.get(kind.iri, 0) for name, kind in known.kinds.items()}
    kinds = {plural: of[name] for name, plural in _PLURALS.items()}
    ends = {"speakers": _objects(store, "speaker"), "topics": _objects(store, "topic")}
    return {
        **{name: (kinds | ends)[name] for name in _ORDER},
        "facts": dict(sorted(facts.items(), key=lambda item: (-item[1], item[0]))),
        "triples": len(store),
        "years": _years(store),
    }


def changed(
    counts: Mapping[str, Any], gone: Iterable[Any], new: Iterable[Any], old: Store, now: Store
) -> dict[str, Any]:
    """The counts of a graph of which some statements go and others come.

    Parameters:
        counts: those of the graph before.
        old: its store.
        now: the store of the graph after.
    """
    gone, new = list(gone), list(new)
    of = _types(new)
    of.subtract(_types(gone))
    known = ontology.load()
    facts = Counter(counts["facts"]) + Counter()
    for claim in known.claims.values():
        facts[claim.label] += of[claim.iri]
    kinds = {
        _PLURALS[name]: counts[_PLURALS[name]] + of[k.iri]
        for name, k in known.kinds.items()
        if name in _PLURALS
    }
    ends = {
        plural: counts[plural] + _gained(term, new, old) - _gained(term, gone, now)
        for plural, term in (("speakers", "speaker"), ("topics", "topic"))
    }
    told = dict(counts) | kinds | ends
    told["facts"] = dict(
        sorted(((k, n) for k, n in facts.items() if n), key=lambda item: (-item[1], item[0]))
    )
    told["triples"] = counts["triples"] + len(new) - len(gone)
    told["years"] = _years_changed(counts["years"], _years_of(gone, old), _years_of(new, now), now)
    return told


def _types(statements: Iterable[Any]) -> Counter[str]:
    return Counter(t.object.value for t in statements if t.predicate.value == _TYPE)


def _gained(term: str, statements: Iterable[Any], other: Store) -> int:
    """How many objects of a property among some statements the other store lacks."""
    predicate = NamedNode(KG + term)
    found = {t.object for t in statements if t.predicate == predicate}
    return sum(1 for o in found if not any(other.quads_for_pattern(None, predicate, o, None)))


def _years_of(statements: Iterable[Any], store: Store) -> set[int]:
    """The years of talks among some statements; claims have years, too."""
    year, talk = NamedNode(f"{KG}year"), NamedNode(f"{KG}Talk")
    return {
        int(t.object.value)
        for t in statements
        if t.predicate == year and Quad(t.subject, NamedNode(_TYPE), talk) in store
    }


def _years_changed(
    before: Sequence[int] | None, lost: Set[int], won: Set[int], now: Store
) -> tuple[int, int] | None:
    ends = tuple(before or ())
    if lost & set(ends):
        return _years(now)
    every = [*ends, *won]
    return (min(every), max(every)) if every else None


def _years(store: Readable) -> tuple[int, int] | None:
    text = "SELECT (MIN(?year) AS ?first) (MAX(?year) AS ?last) WHERE { ?talk a kg:Talk ; kg:year ?year }"
    first, last = answer(store, text).rows[0]
    return (int(first), int(last)) if first and last else None


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
