"""Content negotiation (RFC 9110, section 12.5.1), and the media types that answers come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.workspace import RECORDS, TEXT

RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
"""SPARQL 1.1 results; the first is given where everything is welcome."""
GRAPHS = {
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
DUMPS = {TEXT: "application/n-triples", RECORDS: "application/jsonl"}
"""Files of a graph's folder that can be taken away."""
TERMS = ("talks.ttl", "shapes.ttl")
"""Files of the ontology, which say what the terms mean and what holds of them."""
PAGE = {"html": "text/html; charset=utf-8"}
_ALSO = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_ALSO_GRAPHS = {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
    "application/x-turtle": "text/turtle",
}
_MOST = 2_000
"""Characters of an Accept header that are read."""


class _Range(NamedTuple):
    kind: str
    quality: float
    place: int


def chosen(accept: str | None, offered: dict[str, str]) -> str | None:
    """The name of the offered type that a client likes best; None where it likes none.

    Parameters:
        accept: an Accept header; without one the first type is given.
        offered: names and media types, our favourite first.
    """
    if not (accept or "").strip():
        return next(iter(offered))
    ranges = _ranges(accept or "", _ALSO if "csv" in offered else _ALSO_GRAPHS)
    best: tuple[float, int, str] | None = None
    for place, (name, kind) in enumerate(offered.items()):
        liked = _quality(kind.partition(";")[0], ranges)
        if liked > 0 and (best is None or (liked, -place) > best[:2]):
            best = (liked, -place, name)
    return best[2] if best else None


def _ranges(accept: str, also: dict[str, str]) -> list[_Range]:
    found = []
    for place, part in enumerate(accept[:_MOST].split(",")):
        kind, *parameters = (p.strip().lower() for p in part.split(";"))
        if kind:
            found.append(_Range(kind, _weight(parameters), place))
    named = {r.kind for r in found}
    return [
        *found,
        *(r._replace(kind=also[r.kind]) for r in found if also.get(r.kind, r.kind) not in named),
    ]


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(kind: str, ranges: Sequence[_Range]) -> float:
    """What the most exact of the ranges that fit says."""
    fits = [(r.kind.count("*"), -r.quality) for r in ranges if _fits(kind, r.kind)]
    return -min(fits)[1] if fits else 0.0


def _fits(kind: str, wanted: str) -> bool:
    return wanted in {kind, "*/*", "*"} or (
        wanted.endswith("/*") and kind.startswith(wanted.removesuffix("*"))
    )
