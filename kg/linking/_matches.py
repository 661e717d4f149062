"""Names of a registry found in an affiliation: every stretch of it that leads to an organization, and how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.linking import _keys as keys
from kg.linking import _strings as strings
from kg.linking._asked import Asked, Span
from kg.linking._store import Row, Store

SCHOOL, TYPO = "by its school", "spelled otherwise"
FIRM = frozenset({keys.EXACT, keys.AT, keys.VOCABULARY, keys.PART})
_SCHOOL = re.compile(
    r"^(?P<of>.+) (?:(?:law|medical|business|dental|veterinary|graduate|nursing) school|school \w+(?: \w+)?)$"
)
_MOST_TYPOS, _LONG, _SELDOM = 3, 6, 1
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Match:
    """A stretch of an affiliation that leads to an organization.

    Parameters:
        alike: how many organizations the same stretch leads to in the same way.
    """

    span: Span
    id: str
    way: str
    rank: int
    alike: int = 1

    @property
    def firm(self) -> bool:
        """Whether the name itself stands there."""
        return self.way in FIRM


class Finder:
    """Finds the names of one registry."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def matches(self, asked: Asked) -> list[Match]:
        """All matches but those within the longer stretch of another, which say no more."""
        ways = {span: list(_ways(asked, span)) for span in asked.spans}
        self._add_typos(asked, ways)
        wanted = {k for its in ways.values() for k, _, _ in its} | {*asked.acronyms, *asked.hosts}
        known = self._store.find(wanted)
        named = [m for span, its in ways.items() for m in _named(asked, span, its, known)]
        firm = {m.span for m in named if m.firm}
        kept = [m for m in named if not any(_covers(asked, other, m.span) for other in firm)]
        covered = {i for m in kept for i in range(m.span.start, m.span.end)}
        kept += [m for a in asked.acronyms for m in _short(asked, a, covered, known.get(a, ()))]
        kept += [m for h in asked.hosts for m in _at_host(asked, known.get(h, ()))]
        return kept

    def ids_of_acronyms(self, asked: Asked) -> frozenset[str]:
        """All that a short form in the affiliation may mean."""
        known = self._store.find(asked.acronyms)
        return frozenset(
            id_
            for rows in known.values()
            for way, id_, _, _ in rows
            if way in (keys.ACRONYM, keys.USUAL)
        )

    def _add_typos(self, asked: Asked, ways: dict[Span, list[tuple[str, str, str]]]) -> None:
        """Further keys where a long word that names hardly have is one letter off a word that they have."""
        mended = {word: self._mended(word) for word in sorted(set(asked.key.split()))}
        for span, its in ways.items():
            found = span.key.split()
            if len(found) > 1 and not asked.marked(span):
                for i, word in enumerate(found):
                    its += [
                        (" ".join([*found[:i], o, *found[i + 1 :]]), keys.EXACT, TYPO)
                        for o in mended[word]
                    ]

    def _mended(self, word: str) -> list[str]:
        known = self._store.words
        times = known.get(word, 0)
        if len(word) < _LONG or not word.isalpha() or times > _SELDOM:
            return []
        return sorted(e for e in _edits(word) if known.get(e, 0) > times)[:_MOST_TYPOS]


def _ways(asked: Asked, span: Span) -> Iterator[tuple[str, str, str]]:
    """Keys by which a stretch is looked up: the key, the way it is kept by, and the way it counts as."""
    for way in (keys.EXACT, keys.VOCABULARY, keys.PART, keys.AT):
        yield span.key, way, way
    if " " not in span.key:
        return
    if len(strings.joined(span.key)) >= keys.LONG:
        yield strings.joined(span.key), keys.JOINED, keys.JOINED
    whole = not any(len(w) == 1 and not w.isdigit() for w in span.key.split())
    short = any(i in asked.stops for i in range(span.start, span.end))
    if whole and short and asked.marks(span) <= 1:
        yield strings.stems(span.key), keys.SHORT, keys.SHORT
    if asked.marked(span):
        return
    if whole:
        yield strings.bag(span.key), keys.OTHER, keys.OTHER
    if school := _SCHOOL.match(span.key):
        yield strings.bag(f"{school['of']} university"), keys.OTHER, SCHOOL


def _named(
    asked: Asked, span: Span, ways: list[tuple[str, str, str]], known: dict[str, list[Row]]
) -> Iterator[Match]:
    """What a stretch leads to; loosely only where nothing is called so."""
    found = [
        Match(span, id_, counts, rank)
        for key, way, counts in ways
        for kept, id_, rank, place in known.get(key, ())
        if kept == way and (not place or asked.stands(place, span))
    ]
    if any(m.way in (keys.EXACT, keys.VOCABULARY, keys.PART) for m in found):
        found = [m for m in found if m.firm]
    best: dict[str, Match] = {}
    for m in found:
        best.setdefault(m.id, m)
    for m in best.values():
        yield replace(m, alike=sum(o.way == m.way for o in best.values()))


def _short(asked: Asked, acronym: str, covered: set[int], rows: Iterable[Row]) -> Iterator[Match]:
    """Organizations that an acronym outside all names may mean."""
    folded = strings.words(acronym)
    at = next((i for i, word in enumerate(asked.words) if folded and word == folded[0]), None)
    if at is None or at in covered:
        return
    span = Span(at, at + 1, folded[0])
    found: dict[str, Match] = {}
    for way, id_, rank, _ in sorted(rows, reverse=True):  # the usual reading before others
        if way in (keys.ACRONYM, keys.USUAL):
            found.setdefault(id_, Match(span, id_, way, rank))
    for m in found.values():
        yield replace(m, alike=len(found))


def _at_host(asked: Asked, rows: Iterable[Row]) -> Iterator[Match]:
    """Organizations whose web pages lie where an address of the affiliation does."""
    end = Span(len(asked.words), len(asked.words), "")
    for way, id_, rank, _ in rows:
        if way == keys.HOST:
            yield Match(end, id_, way, rank)


def _covers(asked: Asked, longer: Span, span: Span) -> bool:
    """Whether a longer name says what a stretch within it says; not over a comma, where both may be named."""
    inside = longer.start <= span.start and span.end <= longer.end
    more = longer.end - longer.start > span.end - span.start
    return (
        inside
        and more
        and not (
            asked.marked(longer)
            and strings.opens(asked.words, span.start)
            and span.start > longer.start
        )
    )


def _edits(word: str) -> set[str]:
    """Words that are one letter off."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    fewer = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    other = {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    more = {a + c + b for a, b in cuts for c in _LETTERS}
    return fewer | swapped | other | more
