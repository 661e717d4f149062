"""How long a network takes to be measured, divided, tabulated and drawn, in seconds and in seconds of the processor.

    python tests/benchmarks/analysis.py talks.kg [LEAST_TALKS LEAST_PAIR]

The network is that of topics of at least so many talks (5), joined by at least so many talks (2).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import kg
from kg import analysis, pictures


def timed(name: str, call: Callable[[], Any]) -> Any:
    wall, busy = time.perf_counter(), time.process_time()
    result = call()
    print(f"{name:28} {time.perf_counter() - wall:7.2f} s {time.process_time() - busy:7.2f} s busy")
    return result


def chosen(network: Any, least: int, pair: int) -> Any:
    """The part with talks enough."""
    network.remove_nodes_from([n for n, k in list(network.nodes(data="talks")) if k < least])
    network.remove_edges_from([(a, b) for a, b, w in network.edges(data="weight") if w < pair])
    network.remove_nodes_from([n for n, degree in list(network.degree()) if degree == 0])
    return network


def main(folder: str, least: int = 5, pair: int = 2) -> None:
    import scipy.sparse  # so that importing it is not counted
    from scipy import special

    del scipy, special
    graph = kg.load(folder)
    network = chosen(timed("read", lambda: kg.to_networkx(graph, "cotopics")), least, pair)
    print(f"{len(network):,} topics, {network.number_of_edges():,} links")
    timed("communities", lambda: analysis.partition(network))
    found = timed("measures and communities", lambda: analysis.analysed(network))
    for name in analysis.analysts():
        timed(f"table {name}", partial(analysis.table, found, name))
    timed("layout", lambda: pictures.placed(found))
    with tempfile.TemporaryDirectory() as place:
        for ending in pictures.ENDINGS:
            target = Path(place) / f"map{ending}"
            timed(f"map{ending}", partial(pictures.draw, found, target))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
