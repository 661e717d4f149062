"""Candidates for an affiliation: every stretch of it that is a known name, and what speaks for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from kg import names, resources
from kg.linking import _strings as strings
from kg.linking._ror import Record
from kg.linking._store import Store

_LONGEST = 14
_COUNTRY_WORDS = 4
_ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Za-z&-]*[A-Z][A-Za-z]*\b")
_SHORTEST = 3
_ZIP = re.compile(r"\b[A-Z]{2}\s+\d{5}\b")
_PART = re.compile(
    r"\b(?:laborator|lab\b|school|department|faculty|cent(?:er|re)|college of|division|program)",
    re.IGNORECASE,
)
_SCHOOL = re.compile(r"\b(?:school|faculty|department|college of)\b", re.IGNORECASE)
_TAILS = frozenset(
    (
        "research laboratory lab inc incorporated corporation company ltd limited gmbh llc ag plc group"
    ).split()
)
_FAMILY = {"China": ("Hong Kong", "Macao"), "Georgia": ("United States",)}
"""Countries whose name an address may give for another: "Hong Kong, P.R. China"; "Georgia" is a state as well."""


@dataclass(frozen=True)
class Weights:
    """What each sign counts, in points; tuned on affiliations of papers (839 strings), none of which is reported on.

    Parameters:
        least: points that an answer needs.
    """

    rank: float = 1.0
    word: float = 0.7
    most_words: int = 5
    country: float = 2.2
    other_country: float = -2.2
    city: float = 1.4
    comma: float = -1.2
    whole: float = 1.2
    begins: float = 0.5
    loose: float = -1.0
    lone_word: float = -3.0
    lone_whole: float = -0.3
    only_acronym: float = 1.4
    shared_acronym: float = -1.8
    company: float = 0.3
    part: float = -3.2
    university: float = 0.6
    least: float = 4.3


WEIGHTS = Weights()
LOOSE = ("other order", "abbreviated")
WHOLE, PART = "all between commas", "a part of others by its name"


@dataclass(frozen=True)
class Candidate:
    """An organization that a stretch of an affiliation may name.

    Parameters:
        because: the signs that count, each with its points.
    """

    record: Record
    start: int
    end: int
    loose: bool
    because: tuple[tuple[str, float], ...]

    @property
    def points(self) -> float:
        """The sum of its signs, by which candidates are ranked."""
        return round(sum(p for _, p in self.because), 2)

    @property
    def sure(self) -> float:
        """Points that an answer is judged by: that it is a part of others tells only against others."""
        whole = any(sign == WHOLE for sign, _ in self.because)
        return round(sum(p for sign, p in self.because if sign != PART or not whole), 2)


@cache
def _country_names() -> dict[str, str]:
    return dict(row.split("\t")[:2] for row in resources.words("country-names"))


class Reader:
    """Reads affiliations against one registry."""

    def __init__(self, store: Store, weights: Weights = WEIGHTS) -> None:
        self.store, self.weights = store, weights
        self._countries = {names.fold(c): c for c in store.countries()} | _country_names()

    def candidates(self, text: str) -> list[Candidate]:
        """Best first; those within a longer name are left out."""
        asked = self._asked(text)
        named = [c for span in asked.spans for c in self._named(asked, span)]
        firm = [c for c in named if not c.loose]
        kept = [c for c in named if not any(_inside(c, other) for other in firm)]
        covered = {i for c in kept for i in range(c.start, c.end)}
        kept += [c for a in asked.acronyms for c in self._short(asked, a, covered)]
        best: dict[str, Candidate] = {}
        for c in sorted(kept, key=lambda c: (-c.points, c.record.id)):
            best.setdefault(c.record.id, c)
        return list(best.values())

    def _asked(self, text: str) -> _Asked:
        dotted = strings.dotted(text)
        words = [word for word, _ in dotted]
        stops = frozenset(i for i, (_, dot) in enumerate(dotted) if dot)
        acronyms = sorted(
            {
                m
                for m in _ACRONYM.findall(text)
                if len(m) >= _SHORTEST and names.fold(m) not in self._countries
            }
        )
        spans = tuple(_spans(words))
        keys = {s.key for s in spans} | {key for s in spans for key, _ in _loosely(s, stops)}
        return _Asked(
            words, stops, spans, tuple(acronyms), self._places(words, text), self.store.find({*keys, *acronyms})
        )  # fmt: skip

    def _places(self, found: list[str], text: str) -> frozenset[str]:
        """Countries that an affiliation names."""
        words = [w for w in found if w not in strings.MARKS]
        sizes = range(1, _COUNTRY_WORDS + 1)
        runs = (" ".join(words[i : i + n]) for n in sizes for i in range(len(words)))
        countries = {self._countries[run] for run in runs if run in self._countries}
        if not countries and (_ZIP.search(text) or _states() & set(words)):
            countries = {"United States"}
        more = {c for country in countries for c in _FAMILY.get(country, ())}
        return frozenset(countries | more)

    def _named(self, asked: _Asked, span: _Span) -> Iterator[Candidate]:
        rows = [
            r for r in asked.known.get(span.key, ()) if r[0] == "exact" or r[0].startswith("at ")
        ]
        if not any(way == "exact" for way, _, _ in rows):
            rows += [
                r
                for k, way in _loosely(span, asked.stops)
                for r in asked.known.get(k, ())
                if r[0] == way
            ]
        for way, id_, rank in rows:
            loose = way in LOOSE
            if (way.startswith("at ") and f" {way[3:]} " not in asked.key) or (
                loose and asked.marked(span)
            ):
                continue
            signs = [*self._of_words(asked.words, span), ("name", self.weights.rank * rank)]
            if way != "exact":
                signs.append((way, self.weights.loose if loose else 0.0))
            yield self._judged(asked, span, id_, signs)

    def _of_words(self, found: list[str], span: _Span) -> Iterator[tuple[str, float]]:
        """Signs that how a stretch stands among the words gives."""
        w, size = self.weights, len(span.key.split())
        yield "words", w.word * min(size, w.most_words)
        commas = sum(word in strings.MARKS for word in found[span.start : span.end])
        if commas:
            yield "commas", w.comma * commas
        opens = _opens(found, span.start)
        behind = next(
            (n for n in range(span.end, len(found)) if found[n] in strings.MARKS), len(found)
        )
        rest = [strings.plain(x) for x in found[span.end : behind] if not strings.small(x)]
        closes = all(x in _TAILS or x.isdigit() for x in rest)
        whole = opens and closes
        if whole:
            yield WHOLE, w.whole
        if closes and (opens or strings.small(found[span.start - 1])):
            yield "at a boundary", w.begins
        if size == 1:
            yield "one word", w.lone_whole if whole else w.lone_word

    def _short(self, asked: _Asked, acronym: str, covered: set[int]) -> Iterator[Candidate]:
        """Organizations that an acronym outside all names may mean."""
        rows = [r for r in asked.known.get(acronym, ()) if r[0] == "acronym"]
        folded, w = strings.words(acronym), self.weights
        at = next((i for i, word in enumerate(asked.words) if folded and word == folded[0]), None)
        if at is None or at in covered:
            return
        alone = ("only one of this acronym", w.only_acronym)
        shared = ("shared acronym", w.shared_acronym)
        for _, id_, rank in rows:
            signs = [
                ("acronym", w.rank * rank),
                ("words", w.word),
                ("at a boundary", w.whole + w.begins),
                alone if len(rows) == 1 else shared,
            ]
            yield self._judged(asked, _Span(at, at + 1, folded[0]), id_, signs)

    def _judged(
        self, asked: _Asked, span: _Span, id_: str, signs: list[tuple[str, float]]
    ) -> Candidate:
        """A candidate with the signs that its record gives."""
        w, record = self.weights, self.store.record(id_)
        if asked.countries:
            here = record.country in asked.countries
            less = w.company if record.kind == "company" else 1.0
            signs.append(
                (f"country {record.country}", w.country if here else w.other_country * less)
            )
        city = names.fold(record.city)
        if city and f" {city} " in asked.without(span):
            signs.append((f"city {record.city}", w.city))
        if _PART.search(record.name):
            signs.append((PART, w.part))
        if record.kind == "education":
            signs.append(("teaches", w.university))
        loose = any(sign in LOOSE for sign, _ in signs)
        return Candidate(record, span.start, span.end, loose, tuple(signs))

    def home(self, record: Record) -> Record:
        """The institution of a school or faculty; the record itself for all others."""
        if _SCHOOL.search(record.name):
            known = [self.store.record(p) for p in record.parents if self.store.has(p)]
            parents = [p for p in known if p.kind == "education"]
            if len(parents) == 1:
                return parents[0]
        return record


@dataclass(frozen=True)
class _Span:
    """A stretch of words that may be a name, and its key."""

    start: int
    end: int
    key: str


@dataclass(frozen=True)
class _Asked:
    """An affiliation, and all that the registry holds of its stretches."""

    words: list[str]
    stops: frozenset[int]
    spans: tuple[_Span, ...]
    acronyms: tuple[str, ...]
    countries: frozenset[str]
    known: dict[str, list[tuple[str, str, int]]]

    @cached_property
    def key(self) -> str:
        """All its words, as the keys of names are made."""
        return f" {strings.key(self.words)} "

    def marked(self, span: _Span) -> bool:
        """Whether a comma or the like stands in a stretch."""
        return any(w in strings.MARKS for w in self.words[span.start : span.end])

    def without(self, span: _Span) -> str:
        """Its words but those of a stretch, for looking up cities."""
        kept = [*self.words[: span.start], "|", *self.words[span.end :]]
        return f" {' '.join(w for w in kept if w not in strings.MARKS or w == '|')} "


@cache
def _states() -> frozenset[str]:
    """States of the USA that name no other country."""
    return frozenset(resources.words("us-states"))


def _spans(found: list[str]) -> Iterator[_Span]:
    """Stretches that may be a name, with their keys, longest first from each word on."""
    for start, word in enumerate(found):
        if word in strings.MARKS or strings.small(word):
            continue
        for end in range(min(len(found), start + _LONGEST), start, -1):
            last = found[end - 1]
            if last in strings.MARKS or strings.small(last) or ";" in found[start:end]:
                continue
            if any(w in strings.MARKS for w in found[start:end]) and not _opens(found, start):
                continue  # "Graduate School of Science, University of Tokyo"
            yield _Span(start, end, strings.key(found[start:end]))


def _opens(found: list[str], start: int) -> bool:
    """Whether a stretch begins where a piece between marks does."""
    return start == 0 or found[start - 1] in strings.MARKS


def _loosely(span: _Span, stops: frozenset[int]) -> Iterator[tuple[str, str]]:
    """Keys by which a stretch is looked up where nothing is called so, each with its way."""
    if " " in span.key and not any(len(w) == 1 for w in span.key.split()):
        yield strings.bag(span.key), LOOSE[0]
        if any(i in stops for i in range(span.start, span.end)):
            yield strings.stems(span.key), LOOSE[1]


def _inside(c: Candidate, other: Candidate) -> bool:
    longer = other.end - other.start > c.end - c.start
    return longer and other.start <= c.start and c.end <= other.end
