"""An affiliation as it is asked for: its words, the stretches that may be names, the countries and hosts it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from kg import resources
from kg.linking import _strings as strings

_LONGEST = 14
_COUNTRY_WORDS = 4
_ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Za-z&-]*[A-Z][A-Za-z]*\b")
_SHORTEST = 3
_HOST = re.compile(r"(?:@|www\.|://)([a-z\d-]+(?:\.[a-z\d-]+)+)", re.IGNORECASE)
_ZIP = re.compile(r"\b[A-Z]{2}\s+\d{5}\b")
_FAMILY = {"China": ("Hong Kong", "Macao"), "Georgia": ("United States",)}
"""Countries whose name an address may give for another: "Hong Kong, P.R. China"; "Georgia" is a state as well."""
_CODE = re.compile(r",\s*([A-Z]{2,3})\b(?=\s*(?:[\d,.;]|$))")


@dataclass(frozen=True)
class Span:
    """A stretch of words that may be a name, and its key."""

    start: int
    end: int
    key: str

    @property
    def size(self) -> int:
        """The number of words that count."""
        return len(self.key.split())


@dataclass(frozen=True)
class Asked:
    """What stands in an affiliation.

    Parameters:
        stops: places of the words behind which a full stop stands.
    """

    text: str
    words: tuple[str, ...]
    stops: frozenset[int]

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Stretches that may be a name, longest first from each word on."""
        return tuple(_spans(self.words))

    @cached_property
    def key(self) -> str:
        """All its words, as the keys of names are made."""
        return strings.key(self.words)

    @cached_property
    def acronyms(self) -> tuple[str, ...]:
        """Short forms as printed."""
        found = _ACRONYM.findall(self.text)
        parts = {p for m in found for p in (m, *m.split("-"))}
        return tuple(
            sorted(
                p
                for p in parts
                if len(p) >= _SHORTEST and p[0].isupper() and p[1:] != p[1:].lower()
            )
        )

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """Hosts of e-mail and web addresses, and the domains they lie in."""
        found = {h.lower() for h in _HOST.findall(self.text)}
        return tuple(sorted({h.split(".", n)[n] for h in found for n in range(h.count("."))}))

    def marked(self, span: Span) -> bool:
        """Whether a comma or the like stands in a stretch."""
        return self.marks(span) > 0

    def marks(self, span: Span) -> int:
        """How many commas and the like stand in a stretch."""
        return sum(w in strings.MARKS for w in self.words[span.start : span.end])

    def piece(self, at: int) -> int:
        """How many marks stand before a word."""
        return sum(w in strings.MARKS for w in self.words[:at])

    def stands(self, place: str, beside: Span) -> bool:
        """Whether the key of a place stands outside of a stretch."""
        return strings.within(place, self._without(beside.start, beside.end))

    def _without(self, start: int, end: int) -> str:
        before, behind = strings.key(self.words[:start]), strings.key(self.words[end:])
        return f"{before} | {behind}"

    def countries(self, known: Mapping[str, str], codes: Mapping[str, str]) -> frozenset[str]:
        """Countries that it names, or else that a ZIP code, a state or an address on the web gives.

        Parameters:
            known: by folded name, how the registry calls it.
            codes: by the two letters of its code.
        """
        words = [w for w in self.words if w not in strings.MARKS]
        sizes = range(1, _COUNTRY_WORDS + 1)
        runs = (" ".join(words[i : i + n]) for n in sizes for i in range(len(words)))
        found = {known[run] for run in runs if run in known}
        if not found and (_ZIP.search(self.text) or _states() & set(words)):
            found = {"United States"}
        if not found:
            found = {_codes()[c] for c in _CODE.findall(self.text)[-1:] if c in _codes()}
        if not found:
            ends = {h.rpartition(".")[2].upper() for h in self.hosts}
            found = {codes[e] for e in ends if e in codes}
        return frozenset(found | {c for country in found for c in _FAMILY.get(country, ())})


def read(text: str) -> Asked:
    """What stands in an affiliation."""
    cleaned = strings.clean(text)
    dotted = strings.dotted(cleaned)
    stops = frozenset(i for i, (_, dot) in enumerate(dotted) if dot)
    return Asked(cleaned, tuple(word for word, _ in dotted), stops)


@cache
def country_names() -> dict[str, str]:
    """By folded name as addresses give it, how registries call a country."""
    return dict(row.split("\t")[:2] for row in resources.words("country-names"))


@cache
def _codes() -> dict[str, str]:
    """Countries by the codes of their states."""
    return dict(row.split("\t")[:2] for row in resources.words("state-codes"))


@cache
def _states() -> frozenset[str]:
    """States of the USA that name no other country."""
    return frozenset(resources.words("us-states"))


def _spans(found: tuple[str, ...]) -> Iterator[Span]:
    for start, word in enumerate(found):
        if word in strings.MARKS or strings.small(word):
            continue
        for end in _ends(found, start):
            yield Span(start, end, strings.key(found[start:end]))


def _ends(found: tuple[str, ...], start: int) -> Iterable[int]:
    """Where a stretch from a word on may end."""
    opens = strings.opens(found, start)
    for end in range(min(len(found), start + _LONGEST), start, -1):
        last = found[end - 1]
        inside = found[start:end]
        if last in strings.MARKS or strings.small(last) or ";" in inside:
            continue
        if opens or not any(
            w in strings.MARKS for w in inside
        ):  # "School of Science, University of Tokyo"
            yield end
