"""The signs that speak for or against an organization, each a number; what they count is learned."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.linking import _keys as keys
from kg.linking import _strings as strings
from kg.linking._asked import Asked, Span
from kg.linking._matches import SCHOOL, Match
from kg.linking._ror import Organization

_PART = re.compile(
    r"\b(?:laborator|lab\b|school|department|faculty|cent(?:er|re)|college of|division|program)",
    re.IGNORECASE,
)
_TAILS = frozenset(
    (
        "research laboratory lab inc incorporated corporation company ltd limited gmbh llc ag plc group"
    ).split()
)
_OF = frozenset("of de des du der dell della di do da of".split())
_MOST_WORDS, _MOST_PIECES, _MANY, _COMMON, _BARE = 5, 4, 50_000, 100, 2
_TIES = 100


@dataclass(frozen=True)
class Sign:
    """One sign.

    Parameters:
        name: by which its weight is kept.
        shown: the same for the reader of an answer, where there is more to say.
    """

    name: str
    value: float = 1.0
    shown: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What the signs of one match are read against.

    Parameters:
        named: all organizations whose names stand in the affiliation, with their parents.
        short: ids that a short form in it may mean.
        rare: by word, how many organizations bear it.
    """

    asked: Asked
    countries: frozenset[str]
    named: dict[str, tuple[str, ...]]
    short: frozenset[str]
    rare: dict[str, int]


def signs(match: Match, one: Organization, around: Surroundings) -> Iterator[Sign]:
    """All signs of a match, of a name of one organization."""
    yield Sign("a known name")
    yield Sign(f"{match.way} {match.rank}", 1.0, match.way)
    if not match.firm and match.way not in (keys.ACRONYM, keys.USUAL):
        yield Sign("not as it is called", 1.0, "loosely")
    if match.alike > 1:
        yield Sign("called alike", math.log(match.alike), f"{match.alike} are called alike")
    yield Sign("well known", math.log1p(min(one.ties, _TIES)) - 2)
    yield Sign(f"kind {one.kind}", 1.0, one.kind)
    yield from _of_words(match.span, around)
    yield from _of_place(match.span, one, around)
    yield from _of_others(match, one, around)


def says_nothing(match: Match, one: Organization, around: Surroundings) -> bool:
    """Whether a stretch is too little for an organization whose place is not named: two words that many bear
    ("Institute of Technology"), or what only a school of it may be called."""
    span = match.span
    city = strings.key(strings.words(one.city))
    if one.country in around.countries or strings.within(city, around.asked.key):
        return False
    if match.way in (keys.ACRONYM, keys.USUAL, keys.HOST):
        return False
    return match.way == SCHOOL or (span.size <= _BARE and _common(span, around))


def _of_words(span: Span, around: Surroundings) -> Iterator[Sign]:
    """Signs that how a stretch stands among the words gives."""
    if not span.key:
        return
    asked, size = around.asked, span.size
    yield Sign("words", min(size, _MOST_WORDS) - 1, f"{size} words")
    seldom = min(around.rare.get(w, 1) for w in span.key.split())
    yield Sign("rare", math.log(_MANY / max(seldom, 1)) / 10, "a rare word")
    if _common(span, around):
        yield Sign("only common words")
    if marks := asked.marks(span):
        yield Sign("commas", marks)
    opens, closes = _edges(asked.words, span)
    whole = opens == "opens" and closes == "closes"
    yield Sign(opens)
    yield Sign(closes)
    if whole:
        yield Sign("all between commas")
    if size == 1:
        yield Sign("one word, all between commas" if whole else "one word")
    yield Sign("further back", min(asked.piece(span.start), _MOST_PIECES))


def _common(span: Span, around: Surroundings) -> bool:
    """Whether all words of a stretch are borne by many: "Institute of Technology"."""
    return min(around.rare.get(w, 1) for w in span.key.split()) > _COMMON


def _edges(found: Sequence[str], span: Span) -> tuple[str, str]:
    """How a stretch begins, and how it ends."""
    before = found[span.start - 1] if span.start else ""
    opens = "opens" if strings.opens(found, span.start) else "cut off"
    if opens != "opens" and strings.small(before):
        opens = "behind of" if before in _OF else "behind at"
    behind = next((n for n in range(span.end, len(found)) if found[n] in strings.MARKS), len(found))
    rest = [strings.plain(x) for x in found[span.end : behind] if not strings.small(x)]
    if all(x in _TAILS or x.isdigit() for x in rest):
        return opens, "closes"
    return opens, "goes on with of" if strings.small(found[span.end]) else "goes on"


def _of_place(span: Span, one: Organization, around: Surroundings) -> Iterator[Sign]:
    if around.countries:
        here = "country" if one.country in around.countries else "another country"
        if here != "country" and one.kind == "company":
            here = "another country, company"
        yield Sign(here, 1.0, f"country {one.country}")
    city = strings.key(strings.words(one.city))
    if city and around.asked.stands(city, span):
        yield Sign("city", 1.0, f"city {one.city}")
        if not around.countries:
            yield Sign("city without a country")
    elif span.key and one.country not in around.countries and _common(span, around):
        yield Sign("only common words, of no place")


def _of_others(match: Match, one: Organization, around: Surroundings) -> Iterator[Sign]:
    """Signs that further names and short forms give."""
    if _PART.search(one.name):
        yield Sign("a part of others by its name")
        if " ".join(around.asked.key.split()[: match.span.size]) == match.span.key:
            yield Sign("a part, first named")
    others = {i: parents for i, parents in around.named.items() if i != one.id}
    if any(p in others for p in one.parents):
        yield Sign("what it belongs to is named")
    if any(one.id in parents for parents in others.values()):
        yield Sign("a part of it is named")
    if not others:
        yield Sign("nothing else is named")
    if one.id in around.short and match.way not in (keys.ACRONYM, keys.USUAL):
        yield Sign("its short form stands too")
    if match.way != keys.HOST and any(h in around.asked.hosts for h in one.hosts):
        yield Sign("its address stands too")
