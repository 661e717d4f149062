"""Names that may be one and were not joined: of institutions, awards, topics and series, for a person to look at.

Never all pairs: names meet where they are equal but for one word of one initial, for the order of their words, or for
their spaces; single words where each leaves out one letter in turn (Garbe's symmetric deletion); short names meet what
they may stand for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import log2
from typing import Any

from kg import authorities, awards, concepts
from kg.names import fold
from kg.resolution._forms import form
from kg.resolution._personal import one_letter
from kg.resolution._weights import WEIGHTS, probability

Row = dict[str, Any]
KINDS = frozenset({"organization", "award", "topic", "series"})
_SHORT, _LONG = 6, 80
_SEVERAL = 2
_CROWD = 24
"""Names that meet at one place; where more do, they tell of a habit of naming and not of slips."""


@dataclass(frozen=True)
class _Thing:
    """A thing by its names; ``apart`` are names of what corrections keep from it."""

    kind: str
    key: str
    name: str
    names: tuple[str, ...]
    apart: tuple[str, ...]

    def is_apart(self, names: Iterable[str]) -> bool:
        """Whether a correction keeps it from what has these names."""
        return bool(self._apart) and any(form(self.kind, n) in self._apart for n in names)

    @cached_property
    def _apart(self) -> frozenset[str]:
        return frozenset(form(self.kind, n) for n in self.apart)


@dataclass(frozen=True)
class _Open:
    """Two things that may be one; ``other`` is only a name where the graph has no such thing.

    Parameters:
        bits: what speaks for it, less what speaks against it.
        because: why it was left open.
    """

    one: _Thing
    other: _Thing | str
    names: tuple[str, str]
    way: str
    bits: float
    because: str


def undecided(
    rows: Iterable[Mapping[str, Any]], only: Set[tuple[str, str]] | None = None
) -> dict[tuple[str, str], list[Row]]:
    """The pairs that were left open as decisions, by the kind and key of both their ends.

    Parameters:
        rows: what ``identities`` gives.
        only: kinds and keys of the things that are asked for.
    """
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for pair in _pairs(rows, only):
        kind, other = pair.one.kind, pair.other
        keys = (pair.one.key, "" if isinstance(other, str) else other.key)
        row = _told(pair, keys)
        for key in dict.fromkeys(filter(None, keys)):
            if only is None or (kind, key) in only:
                found[kind, key].append(row)
    return found


def _told(pair: _Open, keys: tuple[str, str]) -> Row:
    one, two = (
        {"key": key, "name": name, "page": ""} for key, name in zip(keys, pair.names, strict=True)
    )
    return {
        "kind": pair.one.kind,
        "verdict": "open",
        "one": one,
        "other": two,
        "bits": round(pair.bits, 2),
        "sure": round(probability(pair.bits), 4),
        "because": pair.because,
        "features": [[pair.way, round(pair.bits, 2)]],
    }


def _pairs(rows: Iterable[Mapping[str, Any]], only: Set[tuple[str, str]] | None) -> Iterator[_Open]:
    """Every such pair once, in the order of kinds and keys."""
    kinds = KINDS if only is None else KINDS & {kind for kind, _ in only}
    by_kind: defaultdict[str, list[_Thing]] = defaultdict(list)
    for row in rows:
        if row["kind"] in kinds:
            names = tuple(dict.fromkeys([row["name"], *row["names"]]))
            thing = _Thing(row["kind"], row["key"], row["name"], names, tuple(row.get("apart", ())))
            by_kind[thing.kind].append(thing)
    for kind, held in sorted(by_kind.items()):
        things = sorted(held, key=lambda t: t.key)
        asked = None if only is None else {key for k, key in only if k == kind}
        if kind == "organization":
            yield from _short_names(things)
        yield from _near(things, asked)


def _short_names(things: list[_Thing]) -> Iterator[_Open]:
    """A name that several institutions share and no page settles, with each of these that the graph has.

    Where it has none of them, the first is named.
    """
    known = {fold(name): thing for thing in things for name in thing.names}
    for thing in things:
        readings = authorities.lookup(thing.name)
        if len(readings) < _SEVERAL or authorities.decided(readings):
            continue
        because = f"{thing.name!r} may be any of {len(readings)}, and nothing beside it decides"
        bits = -log2(len(readings))
        there = [(known.get(fold(c.name)), c) for c in readings]
        for other, read in [t for t in there if t[0]] or there[:1]:
            if other != thing and not _are_apart(thing, other or read.name):
                names = (thing.name, read.name)
                yield _Open(thing, other or read.name, names, read.because, bits, because)


def _near(things: list[_Thing], asked: Set[str] | None) -> Iterator[_Open]:
    """Names that are equal but for a letter, their order or their spaces; of each pair of things the nearest names."""
    best: dict[tuple[str, str], tuple[float, tuple[str, str], _Thing, _Thing]] = {}
    for one, other, names in _meeting(things, asked):
        pair, way = (one.key, other.key), _way(*names)
        if way and not (_both_known(one, other) or _are_apart(one, other)):
            found = (-WEIGHTS.names[way], names, one, other)
            best[pair] = min(best.get(pair, found), found, key=lambda f: f[:2])
    for _, (loss, names, one, other) in sorted(best.items()):
        yield _Open(one, other, names, _way(*names), -loss, "nothing else ties them")


def _are_apart(one: _Thing, other: _Thing | str) -> bool:
    """Whether a correction keeps two things apart; a name that no page prints is told of at the other end alone."""
    if isinstance(other, str):
        return one.is_apart([other])
    return one.is_apart(other.names) or other.is_apart(one.names)


def _asked(things: list[_Thing], asked: Set[str] | None) -> Set[str] | None:
    """The places of the names of what is asked for; None where all is."""
    if asked is None:
        return None
    return {p for t in things if t.key in asked for n in t.names for p in _places(fold(n))}


def _meeting(
    things: list[_Thing], asked: Set[str] | None
) -> Iterator[tuple[_Thing, _Thing, tuple[str, str]]]:
    """Two things of which a name of the one meets a name of the other, with these names."""
    for crowd in _crowds(things, _asked(things, asked)):
        for ((key, name), one), ((other_key, other_name), other) in combinations(crowd, 2):
            if key != other_key:
                yield one, other, (name, other_name)


def _crowds(
    things: list[_Thing], wanted: Set[str] | None
) -> Iterator[list[tuple[tuple[str, str], _Thing]]]:
    """Things that meet at a place, by key and name."""
    met: defaultdict[str, dict[tuple[str, str], _Thing]] = defaultdict(dict)
    for thing in things:
        for name in thing.names:
            for place in _places(fold(name)):
                if wanted is None or place in wanted:
                    met[place][thing.key, name] = thing
    for crowd in met.values():
        if 1 < len(crowd) <= _CROWD:
            yield sorted(crowd.items(), key=lambda c: c[0])


def _places(name: str) -> Iterator[str]:
    """Where a name meets those near to it."""
    words, joined = name.split(), name.replace(" ", "")
    if not _SHORT <= len(joined) <= _LONG:
        return
    yield joined
    if len(words) == 1:
        yield from (joined[:i] + joined[i + 1 :] for i in range(1, len(joined)))
        return
    yield " ".join(sorted(words))
    for i, word in enumerate(words):
        yield " ".join((*words[:i], f"{word[0]}…", *words[i + 1 :]))


def _way(one: str, other: str) -> str:
    """How two names are near; "" where they are not."""
    a, b = fold(one).split(), fold(other).split()
    if a == b:
        return ""
    if sorted(a) == sorted(b):
        return "the same words in another order"
    if "".join(a) == "".join(b):
        return "written with other spaces"
    differ = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    slip = len(a) == len(b) and len(differ) == 1 and one_letter(*differ[0])
    digits = any(c.isdigit() for pair in differ for word in pair for c in word)
    return "one letter apart" if slip and not digits else ""


def _both_known(one: _Thing, other: _Thing) -> bool:
    """Whether the vocabularies have both, and so know them for two."""
    known: dict[str, Callable[[str], object]] = {
        "organization": authorities.lookup, "award": awards.canonical, "topic": concepts.known,
    }  # fmt: skip
    ask = known.get(one.kind)
    return ask is not None and bool(ask(one.name)) and bool(ask(other.name))
