"""Things that a name may stand for: found by the index, compared name by name, judged by further signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import product

from kg import resources
from kg.graph import KnowledgeGraph, Thing
from kg.names import fold
from kg.operations import Value, summary
from kg.reconciliation import _properties, _types
from kg.reconciliation._asked import Asked
from kg.resolution import form, name_bits

_LOOKED_AT, _LEAST, _NEAR = 25, 0.5, 0.95
_INITIALS, _PART = 0.8, 0.85
"""What a name counts that may be somebody's by initials, and one of which only a part names the thing."""
_OTHER_KIND = 0.8
_UNKNOWN, _AGAINST = 0.1, 0.4
"""What a sign of which nothing is known takes away, and one that speaks against the thing."""
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")


@dataclass(frozen=True)
class Candidate:
    """A thing that a query may mean.

    Parameters:
        alike: how much its name is like the one asked for, from 0 to 1.
        is_whole: whether it has that name.
        is_sure: whether the name is enough: it is no name that many people have.
        signs: property -> how well it agrees, None where nothing is known.
    """

    thing: Thing
    alike: float
    is_whole: bool = False
    is_sure: bool = True
    signs: tuple[tuple[str, float | None], ...] = ()
    is_wanted: bool = True

    @property
    def score(self) -> float:
        """From 0 to 100."""
        taken = [_UNKNOWN if s is None else _AGAINST * (1 - s) for _, s in self.signs]
        less = sum(taken) / len(taken) if taken else 0.0
        return round(100 * self.alike * (1 - less) * (1.0 if self.is_wanted else _OTHER_KIND), 1)

    @property
    def agrees(self) -> bool:
        """Whether a sign speaks for it and none against it."""
        told = [s for _, s in self.signs if s is not None]
        return bool(told) and min(told) == 1.0

    @property
    def is_against(self) -> bool:
        """Whether a sign speaks against it."""
        return any(s is not None and s < 1.0 for _, s in self.signs)


def candidates(graph: KnowledgeGraph, asked: Asked) -> list[Candidate]:
    """Things that a query may mean, the best first."""
    if asked.query:
        thing = _types.by_id(graph, asked.query)
        if thing:
            return [Candidate(thing, 1.0, is_whole=True)]
        found = _by_name(graph, asked)
    else:
        found = {t.iri: Candidate(t, _PART, is_sure=False) for t in _by_signs(graph, asked)}
    judged = [_judged(graph, asked, one) for one in found.values()]
    kept = [c for c in judged if c.is_wanted or not asked.is_strict]
    return sorted(kept, key=lambda c: (-c.score, -c.thing.weight, c.thing.label, c.thing.iri))


def _judged(graph: KnowledgeGraph, asked: Asked, one: Candidate) -> Candidate:
    signs = tuple(
        (p.id, _properties.agree(graph, one.thing, p, values)) for p, values in asked.signs
    )
    return replace(one, signs=signs, is_wanted=not asked.kinds or one.thing.kind in asked.kinds)


def _by_signs(graph: KnowledgeGraph, asked: Asked) -> list[Thing]:
    """Things without a name that have the values asked for."""
    found: dict[str, None] = {}
    for wanted, values in asked.signs:
        for value in values:
            things = [value] if isinstance(value, Thing) else []
            if isinstance(value, str) and wanted.kind in _types.types():
                things = [thing for thing, _ in graph.named(value, wanted.kind)]
            for kind in asked.kinds or wanted.paths:
                for thing in things:
                    found.update(dict.fromkeys(_properties.back(graph, thing, wanted, kind)))
    return graph.reader.weightiest(list(found), 4 * _LOOKED_AT)


def _by_name(graph: KnowledgeGraph, asked: Asked) -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    kinds = asked.kinds if asked.kinds and asked.is_strict else (None,)
    for text, kind in product(dict.fromkeys((asked.query, _plain(asked.query))), kinds):
        for one in _of_kind(graph, text, kind):
            known = found.get(one.thing.iri)
            if known is None or (one.is_whole, one.alike) > (known.is_whole, known.alike):
                found[one.thing.iri] = one
    return found


def _plain(query: str) -> str:
    """A name without what stands in brackets, and without titles before it."""
    words = (_BRACKETS.sub("", query) or query).split()
    while len(words) > 2 and fold(words[0]) in _titles():
        words = words[1:]
    return " ".join(words)


@cache
def _titles() -> frozenset[str]:
    return frozenset(fold(word) for word in resources.words("honorifics"))


def _of_kind(graph: KnowledgeGraph, text: str, kind: str | None) -> Iterator[Candidate]:
    for thing, name in graph.named(text, kind):
        yield _compared(thing, text, name, is_whole=True)
    for asked in dict.fromkeys((text, *_personal(text, kind))):
        for hit in graph.search(asked, kind, _LOOKED_AT, slips=asked == text):
            one = _compared(hit.thing, text, hit.name)
            if one.alike >= _LEAST:
                yield one
    if kind == "organization" and "," in text:
        for part in (p.strip() for p in text.split(",")):
            for thing, _ in graph.named(part, kind) if part else ():
                yield Candidate(thing, _PART, is_sure=False)


def _personal(text: str, kind: str | None) -> Iterator[str]:
    """The family name with the first letter of a given name: the last word of a search may be a beginning."""
    words = form("person", text).split()
    if kind in {None, "person"} and 1 < len(words) <= 5:
        yield f"{words[-1]} {words[0][:1]}"


def _compared(thing: Thing, text: str, name: str, is_whole: bool = False) -> Candidate:
    """A thing, by one of its names."""
    whole = is_whole or form(thing.kind, text) == form(thing.kind, name)
    alike = 1.0 if whole else min(_alike(fold(text), fold(name)), 0.99)
    if thing.kind != "person":
        return Candidate(thing, round(alike, 4), whole)
    told = name_bits(text, name)
    if told is None:
        return Candidate(thing, round(alike, 4), whole, is_sure=False)
    _, is_enough = told
    if not whole:
        alike = max(alike, 0.95 if is_enough else _INITIALS)
    return Candidate(thing, round(alike, 4), whole or is_enough, is_enough)


def _alike(one: str, other: str) -> float:
    """How much of two folded names is equal; words in another order count little less."""
    turned = [" ".join(sorted(name.split())) for name in (one, other)]
    same, moved = (SequenceMatcher(None, *pair).ratio() for pair in ((one, other), turned))
    return max(same, 0.97 * moved)


def result(graph: KnowledgeGraph, asked: Asked) -> list[Value]:
    """The answer to a query: candidates as version 0.2 has them."""
    found = candidates(graph, asked)
    sure = _sure(found)
    return [_told(graph, one, asked, one is sure) for one in found[: asked.limit]]


def _sure(found: Iterable[Candidate]) -> Candidate | None:
    """The candidate that is meant without doubt: the only one of its name, none near it, no sign against it.

    Of several of one name, or of a name that many people have, the one for which signs speak, if for no other.
    """
    wanted = [c for c in found if c.is_wanted]
    whole = [c for c in wanted if c.is_whole]
    near = [c for c in wanted if c.is_whole or c.alike >= _NEAR]
    agreeing = [c for c in whole if c.agrees]
    if len(agreeing) == 1 and all(c.agrees is False for c in near if c is not agreeing[0]):
        return agreeing[0]
    if len(whole) != 1 or len(near) != 1:
        return None
    return whole[0] if whole[0].is_sure and not whole[0].is_against else None


def _told(graph: KnowledgeGraph, one: Candidate, asked: Asked, is_match: bool) -> Value:
    features = [
        {"id": "name_similarity", "value": one.alike},
        {"id": "whole_name", "value": one.is_whole},
        {"id": "weight", "value": one.thing.weight},
        *({"id": "type", "value": one.is_wanted} for _ in asked.kinds[:1]),
        *({"id": f"property_{name}", "value": s} for name, s in one.signs if s is not None),
    ]
    told = {
        "id": _types.told_id(one.thing),
        "name": one.thing.label,
        "description": summary(graph, one.thing),
        "type": [dict(_types.types()[one.thing.kind])],
        "score": one.score,
        "match": is_match,
        "features": features,
    }
    return told if told["description"] else {k: v for k, v in told.items() if k != "description"}
