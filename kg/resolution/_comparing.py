"""How much speaks for two records being one person, sign by sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log2
from typing import Protocol

from kg.resolution import _personal as personal
from kg.resolution._records import Record, Sign, forbidden
from kg.resolution._weights import STRONG, TIES, WEIGHTS, Weights, probability

_SHOWN = 3


@dataclass(frozen=True)
class Comparison:
    """Two records, and what speaks for and against their being one.

    Parameters:
        features: each with its bits; the sum is ``bits``.
        barrier: why they cannot be one whatever else speaks for it, or "".
        lacks: what is missing before names so different may count as one person's, or "".
        same: whether they have one and the same name.
    """

    one: str
    other: str
    features: tuple[tuple[str, float], ...]
    barrier: str = ""
    lacks: str = ""
    same: bool = False

    @property
    def bits(self) -> float:
        """The sum of the features: the base-2 logarithm of the odds that the two are one."""
        return round(sum(b for _, b in self.features), 2)

    @property
    def sure(self) -> float:
        """The probability that the odds stand for."""
        return round(probability(self.bits), 3)


class World(Protocol):
    """How common things are among all people that a build knows."""

    def frequency(self, sign: Sign) -> int:
        """How many names have a sign, roughly."""

    def people(self) -> int:
        """How many names there are, roughly."""


class Comparing:
    """Compares records.

    Parameters:
        world: how common things are.
    """

    def __init__(self, world: World, weights: Weights = WEIGHTS) -> None:
        self._world, self.weights = world, weights
        self._people = max(world.people(), weights.people)

    def compare(self, one: Record, other: Record) -> Comparison | None:
        """What speaks for two records being one person; None where their names cannot be one person's."""
        ways = _ways(one, other)
        if not ways:
            return None
        rare = min(personal.rarity(one.name), personal.rarity(other.name))
        features = [
            (
                f"the name: about 1 of {_round(2**rare)} people has it",
                round(rare - log2(self._people), 2),
            )
        ]
        features += [
            (f"names differ: {way}", self.weights.loss[way]) for way in ways if way != personal.SAME
        ]
        ties = list(self._ties(one, other))
        features += [(text, bits) for _, text, bits in ties]
        features += self._missing(one, other)
        found = Comparison(
            one.id, other.id, tuple(features), forbidden(one, other), "", ways == (personal.SAME,)
        )
        tied = any(kind in STRONG for kind, _, _ in ties)
        return found if tied else replace(found, lacks=self._lacks(ways, found.bits))

    def _lacks(self, ways: personal.Ways, bits: float) -> str:
        """What two that share nothing strong lack to be one, by the ways their names differ."""
        weak = [way for way in ways if way in personal.WEAK]
        if not weak or (weak == [personal.SECOND] and bits >= self.weights.second):
            return ""
        return f"names differ ({', '.join(weak)}), and nothing strong is shared"

    def _ties(self, one: Record, other: Record) -> Iterator[tuple[str, str, float]]:
        """What both have: the kind, in words, and bits."""
        shared = sorted(s for s in one.signs & other.signs if self._tells(s))
        for kind in TIES:
            values = sorted(
                (v for k, v in shared if k == kind), key=lambda v: (-self._bits(kind, v), v)
            )
            if not values:
                continue
            total = sum(self._bits(kind, v) / 2**i for i, v in enumerate(values))
            most = self.weights.most_topics if kind == "topic" else 1.5 * TIES[kind]
            yield kind, _told(kind, values), round(min(total, most), 2)

    def _tells(self, sign: Sign) -> bool:
        return sign[0] != "talk" or self._world.frequency(sign) <= self.weights.repeats

    def _bits(self, kind: str, value: str) -> float:
        share = max(1, self._world.frequency((kind, value))) / self._people
        return float(max(0.3, min(TIES[kind], -log2(share) / 1.5)))

    def _missing(self, one: Record, other: Record) -> Iterator[tuple[str, float]]:
        for kind, bits in self.weights.parted_ways.items():
            mine, yours = one.values(kind), other.values(kind)
            if mine and yours and not mine & yours:
                yield f"no {_WORDS[kind]} in common", bits


def _ways(one: Record, other: Record) -> personal.Ways:
    """The ways of the two fullest names; () where some form of the one cannot go with some form of the other."""
    found = personal.ways(one.name, other.name)
    pairs = ((a, b) for a in one.names or (one.name,) for b in other.names or (other.name,))
    return found if found and all(personal.ways(a, b) for a, b in pairs) else ()


_WORDS = {
    "page": "the same page", "organization": "place of work", "school": "place of training", "doctorate": "doctorate",
    "advisor": "advisor", "advised": "advised", "with": "speaks with",
    "talk": "title", "award": "award", "member": "membership",
    "series": "series", "topic": "topic",
}  # fmt: skip


def _told(kind: str, values: list[str]) -> str:
    if kind == "page":
        return "on the same page"
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return f"same {_WORDS[kind]}: {', '.join(values[:_SHOWN])}{more}"


def _round(number: float) -> str:
    """Two digits are all that such an estimate can claim."""
    size = 10 ** max(0, len(str(int(number))) - 2)
    return f"{int(number) // size * size:,}"
