"""Every weight and threshold of deciding who is one, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp2
from types import MappingProxyType

TIES: Mapping[str, float] = MappingProxyType(
    {"page": 7.0, "organization": 7.0, "school": 6.0, "doctorate": 8.0, "advisor": 9.0, "advised": 9.0, "with": 8.0,
     "talk": 9.0, "award": 5.0, "member": 5.0, "series": 4.0, "topic": 2.5}
)  # fmt: skip
"""Kinds of signs, and the most bits that one of them may count; a frequent sign counts less."""

STRONG = frozenset(
    {"page", "organization", "school", "doctorate", "advisor", "advised", "with", "talk"}
)
"""Signs that may carry a name with initials, a short form or a slip."""


@dataclass(frozen=True)
class Weights:
    """Weights in bits (base-2 logarithms of odds), after Fellegi and Sunter, "A theory for record linkage" (JASA 1969).

    The name counts by how rare it is; what two records share counts by how few others share it.

    Parameters:
        people: the world in which a name is rare or not, at the least; a larger build is its own world.
        most_topics: bits that all shared topics together may count.
        parted_ways: for two that both tell of something (works, schools, topics) and share nothing of it.
        loss: for each way that two names differ: how seldom one person's names do.
        names: for two names of other things than people that differ in one way; they are listed, never joined.
        merge: bits from which two are one (16 to 1).
        second: bits from which a second family name may be left out with nothing strong shared.
        review: bits from which a pair is listed for a person to look at.
        margin: bits by which the better of two readings must lead.
        repeats: records that may share a title; a commoner one ("Lightning talks, day one") ties nobody.
        block: records that are all compared with each other.
        rounds: how often merged records are looked at again.
    """

    people: int = 20_000
    most_topics: float = 4.0
    parted_ways: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {"organization": -1.5, "school": -2.0, "topic": -0.5}
        )
    )
    loss: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {
                "other order": -5.0,
                "middle name left out": -2.0,
                "particle left out": -3.0,
                "written together": -2.0,
                "other spelling": -6.0,
                "initials": -2.0,
                "short form": -3.0,
                "second family name left out": -5.0,
                "one letter apart": -7.0,
            }
        )
    )
    names: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {
                "the same words in another order": 0.0,
                "written with other spaces": 2.0,
                "one letter apart": 1.0,
            }
        )
    )
    merge: float = 4.0
    second: float = 8.0
    review: float = 0.0
    margin: float = 3.0
    repeats: int = 6
    block: int = 40
    rounds: int = 3


WEIGHTS = Weights()
_MOST = 60.0


def probability(bits: float) -> float:
    """The probability that odds of so many bits stand for."""
    return 1 / (1 + exp2(-max(-_MOST, min(_MOST, bits))))
