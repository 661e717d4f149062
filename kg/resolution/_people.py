"""Who is one person: records of people in, groups of them and every decision out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.names import fold
from kg.resolution import _blocking as blocking
from kg.resolution._clustering import Decision, cluster
from kg.resolution._comparing import Comparing
from kg.resolution._records import Record, frequencies
from kg.resolution._weights import WEIGHTS, Weights

_Blocks = Callable[[Iterable[Record]], Iterator[list[Record]]]


def link(
    records: Sequence[Record], weights: Weights = WEIGHTS
) -> tuple[list[Record], list[Decision]]:
    """Join the records that are one person: blocking, comparing and clustering, in rounds.

    The first round joins records of the same name; the others take what is joined for one record and compare like
    names, until nothing more is joined. The order of the records does not matter.

    Returns:
        a record for each person, and the decisions of all rounds.
    """
    left = sorted(records, key=lambda r: r.id)
    decisions: dict[tuple[str, str], Decision] = {}
    ways: list[_Blocks] = [blocking.blocks_of_same, *[blocking.blocks_of_like] * weights.rounds]
    for number, blocks in enumerate(ways):
        before = len(left)
        left, found = _round(left, blocks, weights)
        decisions = {pair: d for pair, d in decisions.items() if d.verdict in {"one", "apart"}}
        decisions |= {(d.comparison.one, d.comparison.other): d for d in found}
        if number and len(left) == before:
            break
    return left, list(decisions.values())


def _round(
    records: Sequence[Record], blocks: _Blocks, weights: Weights
) -> tuple[list[Record], list[Decision]]:
    by_id = {r.id: r for r in records}
    comparing = Comparing(frequencies(records), len({fold(r.name) for r in records}), weights)
    compared = (
        comparison
        for a, b in blocking.pairs(blocks(records), weights)
        if (comparison := comparing.compare(by_id[a], by_id[b]))
    )
    return cluster(by_id, compared, weights)
