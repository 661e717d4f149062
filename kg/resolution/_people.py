"""Who is one person: records of people in, groups of them and every decision out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.names import fold
from kg.resolution import _blocking as blocking
from kg.resolution._clustering import Decision, cluster
from kg.resolution._comparing import Comparing, World
from kg.resolution._families import families
from kg.resolution._records import Record, Sign
from kg.resolution._weights import WEIGHTS, Weights

_Blocks = Callable[[Iterable[Record]], Iterator[list[Record]]]


class Counted:
    """The world that some records are all of."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Count names: who has one name on many pages is mostly one person."""
        holders, every = defaultdict[Sign, set[str]](set), set[str]()
        for record in records:
            name = fold(record.name)
            every.add(name)
            for sign in record.signs:
                holders[sign].add(name)
        self._counts = {sign: quantised(len(held)) for sign, held in holders.items()}
        self._people = quantised(len(every))

    def frequency(self, sign: Sign) -> int:
        """How many names have a sign."""
        return self._counts.get(sign, 1)

    def people(self) -> int:
        """How many names there are."""
        return self._people


def quantised(count: int) -> int:
    """A count to three binary digits, exact up to eight: one more seldom changes what all others are worth."""
    left = max(0, count.bit_length() - 3)
    return count if count <= 8 else count >> left << left


def world_size(names: int, weights: Weights = WEIGHTS) -> int:
    """How large the world is that so many names are of: a small build is not all of it."""
    return max(quantised(names), weights.people)


def link(
    records: Sequence[Record], weights: Weights = WEIGHTS, world: World | None = None
) -> tuple[list[Record], list[Decision]]:
    """Join the records that are one person, family by family: blocking, comparing and clustering, in rounds.

    The first round joins records of the same name; the others take what is joined for one record and compare like
    names, until nothing more is joined. The order of the records does not matter, and what is decided in a family does
    not depend on the records of any other, but for how common things are in the world.

    Parameters:
        world: where the records are a part of it; without one they are all of it.

    Returns:
        a record for each person, and the decisions of all rounds.
    """
    comparing = Comparing(world or Counted(records), weights)
    people: list[Record] = []
    decisions: list[Decision] = []
    for family in families(records):
        left, found = _linked(family, comparing) if len(family) > 1 else (family, [])
        people += left
        decisions += found
    return people, decisions


def _linked(records: Sequence[Record], comparing: Comparing) -> tuple[list[Record], list[Decision]]:
    left = list(records)
    decisions: dict[tuple[str, str], Decision] = {}
    ways: list[_Blocks] = [
        blocking.blocks_of_same,
        *[blocking.blocks_of_like] * comparing.weights.rounds,
    ]
    for number, blocks in enumerate(ways):
        before = len(left)
        left, found = _round(left, blocks, comparing)
        decisions = {pair: d for pair, d in decisions.items() if d.verdict in {"one", "apart"}}
        decisions |= {(d.comparison.one, d.comparison.other): d for d in found}
        if number and len(left) == before:
            break
    return left, list(decisions.values())


def _round(
    records: Sequence[Record], blocks: _Blocks, comparing: Comparing
) -> tuple[list[Record], list[Decision]]:
    by_id = {r.id: r for r in records}
    compared = (
        comparison
        for a, b in blocking.pairs(blocks(records), comparing.weights)
        if (comparison := comparing.compare(by_id[a], by_id[b]))
    )
    return cluster(by_id, compared, comparing.weights)
