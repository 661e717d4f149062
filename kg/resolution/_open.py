"""Names that may be one and were not joined: of institutions, awards, topics and series, for a person to look at.

Never all pairs: names meet where they are equal but for one word of one initial, for the order of their words, or for
their spaces; single words where each leaves out one letter in turn (Garbe's symmetric deletion); short names meet what
they may stand for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import log2

from kg import authorities, awards, concepts
from kg.model import Entity
from kg.names import fold
from kg.resolution._personal import one_letter
from kg.resolution._weights import WEIGHTS

KINDS = frozenset({"organization", "award", "topic", "series"})
_SHORT, _LONG = 6, 80
_SEVERAL = 2
_CROWD = 24
"""Names that meet at one place; where more do, they tell of a habit of naming and not of slips."""

Apart = Callable[[str, str, str], bool]
"""Whether a correction tells two names of a kind apart."""


@dataclass(frozen=True)
class Open:
    """Two things that may be one; ``other`` is only a name where the graph has no such thing.

    Parameters:
        bits: what speaks for it, less what speaks against it.
        because: why it was left open.
    """

    one: Entity
    other: Entity | str
    names: tuple[str, str]
    way: str
    bits: float
    because: str


def pairs(entities: Iterable[Entity], apart: Apart) -> Iterator[Open]:
    """Every such pair once, in the order of kinds and keys."""
    held = sorted((e for e in entities if e.kind in KINDS), key=lambda e: (e.kind, e.key))
    by_kind: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in held:
        by_kind[entity.kind].append(entity)
    for kind, things in by_kind.items():
        if kind == "organization":
            yield from _short_names(things, apart)
        yield from _near(things, apart)


def _short_names(things: list[Entity], apart: Apart) -> Iterator[Open]:
    """A name that several institutions share and no page settles, with each of these that the graph has.

    Where it has none of them, the first is named.
    """
    known = {fold(name): thing for thing in things for name in thing.aliases}
    for thing in things:
        readings = authorities.lookup(thing.name)
        if len(readings) < _SEVERAL or authorities.decided(readings):
            continue
        because = f"{thing.name!r} may be any of {len(readings)}, and nothing beside it decides"
        bits = -log2(len(readings))
        there = [(known.get(fold(c.name)), c) for c in readings]
        for other, read in [t for t in there if t[0]] or there[:1]:
            if other != thing and not apart(thing.kind, thing.name, read.name):
                names = (thing.name, read.name)
                yield Open(thing, other or read.name, names, read.because, bits, because)


def _near(things: list[Entity], apart: Apart) -> Iterator[Open]:
    """Names that are equal but for a letter, their order or their spaces."""
    told = set[tuple[str, str]]()
    for one, other, names in _meeting(things):
        pair, way = (one.key, other.key), _way(*names)
        if not way or pair in told or _both_known(one, other) or apart(one.kind, *names):
            continue
        told.add(pair)
        yield Open(one, other, names, way, WEIGHTS.names[way], "nothing else ties them")


def _meeting(things: list[Entity]) -> Iterator[tuple[Entity, Entity, tuple[str, str]]]:
    """Two things of which a name of the one meets a name of the other, with these names."""
    met: defaultdict[str, dict[tuple[str, str], Entity]] = defaultdict(dict)
    for thing in things:
        for name in thing.aliases:
            for place in _places(fold(name)):
                met[place][thing.key, name] = thing
    for crowd in met.values():
        if 1 < len(crowd) <= _CROWD:
            for ((key, name), one), ((other_key, other_name), other) in combinations(
                sorted(crowd.items(), key=lambda c: c[0]), 2
            ):
                if key != other_key:
                    yield one, other, (name, other_name)


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


def _both_known(one: Entity, other: Entity) -> bool:
    """Whether the vocabularies have both, and so know them for two."""
    known: dict[str, Callable[[str], object]] = {
        "organization": authorities.lookup, "award": awards.canonical, "topic": concepts.known,
    }  # fmt: skip
    ask = known.get(one.kind)
    return ask is not None and bool(ask(one.name)) and bool(ask(other.name))
