"""How many edges come out significant in tables that are shuffled, so that both sides keep their degrees: none should.

``python tests/benchmarks/nulls.py DIR`` prints, for the data and for four shuffles, how many edges of the co-topic and
of the co-speaker network have q <= 0.05, and how many would have it if the hypergeometric were asked alone.
"""

from __future__ import annotations

import random
import sys
from itertools import pairwise
from typing import Any

SHUFFLES = 4


def traded(sets: list[set[int]], rng: random.Random, trades: int) -> None:
    """Curveball trades between rows: Strona et al. (2014), Nature Communications 5: 4114."""
    for _ in range(trades):
        i, j = rng.randrange(len(sets)), rng.randrange(len(sets))
        one, other = sets[i], sets[j]
        mine, both = one - other, one & other
        only = sorted(one ^ other)
        rng.shuffle(only)
        if i != j:
            sets[i] = both | set(only[: len(mine)])
            sets[j] = both | set(only[len(mine) :])


def significant(table: Any) -> tuple[int, int, int]:
    """Edges looked at, and those with q <= 0.05 as the library judges and by the hypergeometric alone."""
    from kg.network._projection import count
    from kg.network._significance import discovery_q, judged, overlap_p

    pairs = count(table, table)
    tests = len(table.rows) * (len(table.rows) - 1) // 2
    ends = table.margins[pairs.one], table.margins[pairs.other]
    found = judged(table, table, pairs)[0], overlap_p(pairs.count, *ends, len(table.columns))
    told = [int((discovery_q(p, tests) <= 0.05).sum()) for p in found]
    return len(pairs), told[0], told[1]


def main() -> None:
    """Shuffle and print."""
    from kg import facade
    from kg.network._source import pairs
    from kg.network._table import aligned, joined, table

    graph = facade.load(sys.argv[1])
    topics = table((topic, talk) for talk, topic in pairs(graph, "topic"))
    people = table((who, talk) for talk, who in pairs(graph, "speaker"))
    rng = random.Random(1)
    print(
        f"{'network':<11}  {'table':<8}  {'edges':>7}  {'significant':>11}  {'hypergeometric alone':>20}"
    )
    for name, given in (("co-topic", topics), ("co-speaker", joined(*aligned(people, topics)))):
        print("{:<11}  {:<8}  {:>7,}  {:>11,}  {:>20,}".format(name, "data", *significant(given)))
        by_rows = len(given.rows) < len(given.columns)  # the shorter side mixes faster
        matrix = given.matrix if by_rows else given.transposed
        bounds, numbers = matrix.indptr.tolist(), matrix.indices.tolist()
        sets = [set(numbers[a:b]) for a, b in pairwise(bounds)]
        traded(sets, rng, 20 * len(sets))
        for number in range(1, SHUFFLES + 1):
            traded(sets, rng, 4 * len(sets))
            cells = ((f"{i:06}", f"{x:06}") for i, found in enumerate(sets) for x in found)
            mixed = table(cell if by_rows else cell[::-1] for cell in cells)
            found = significant(mixed)
            print(
                "{:<11}  {:<8}  {:>7,}  {:>11,}  {:>20,}".format(name, f"mixed {number}", *found),
                flush=True,
            )


if __name__ == "__main__":
    main()
