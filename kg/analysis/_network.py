"""What analyses read from a network: years, talks, and its links as a sparse matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kg.network import Network, scipy_sparse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Matrix = Any
"""A sparse matrix of scipy, which ships no types."""


def by_year(text: str) -> dict[int, int]:
    """Talks a year from "2018:3 2019:5"."""
    pairs = (part.partition(":") for part in text.split())
    return {int(year): int(count) for year, _, count in pairs}


def written(counts: Mapping[int, int]) -> str:
    """Talks a year as "2018:3 2019:5"."""
    return " ".join(f"{year}:{counts[year]}" for year in sorted(counts) if counts[year])


def mean_year(counts: Mapping[int, int]) -> float | None:
    """The mean year of talks a year; None without any."""
    every = sum(counts.values())
    return sum(year * count for year, count in counts.items()) / every if every else None


def label(network: Network, node: str) -> str:
    """The name of a node."""
    return str(network.nodes[node].get("label", node))


def behind(data: Mapping[str, Any]) -> list[str]:
    """The talks behind a node or an edge; claims where it rests on claims."""
    return str(data.get("talks", "") or data.get("claims", "")).split()


def talks_of(network: Network, node: str) -> list[str]:
    """The talks behind a node, as far as the network names them: those of its edges, sorted."""
    return sorted({talk for _, data in links_of(network, node) for talk in behind(data)})


def links_of(network: Network, node: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The links of a node, whichever way they lead: the other end, and what is told of each."""
    for _, other, data in network.edges(node, data=True):
        yield other, data
    if network.is_directed():
        for other, _, data in network.in_edges(node, data=True):
            if other != node:
                yield other, data


def commonest(talks: Counter[str], most: int) -> str:
    """The talks that were met most often, as one text; of equals the first."""
    order = sorted(talks.items(), key=lambda pair: (-pair[1], pair[0]))
    return " ".join(talk for talk, _ in order[:most])


def measure(network: Network) -> str:
    """The attribute of a link that counts what its ends share, where there is one; else its weight."""
    counted = any("count" in data for _, _, data in network.edges(data=True))
    return "count" if counted else "weight"


def matrix(network: Network, weight: str | None) -> Matrix:
    """Links as a symmetric CSR matrix, nodes in sorted order; both directions of a directed network added up.

    Parameters:
        weight: the attribute that holds the weights; None gives 1 to every link.
    """
    import numpy as np  # noqa: PLC0415  heavy

    index = {node: i for i, node in enumerate(sorted(network))}
    ends = [(index[a], index[b]) for a, b in network.edges() if a != b]
    values = [
        1.0 if weight is None else float(data.get(weight, 1.0))
        for a, b, data in network.edges(data=True)
        if a != b
    ]
    one, other = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
    size = (len(index), len(index))
    cells = (np.array(values + values, dtype=float), (rows, columns))
    found = scipy_sparse().csr_matrix(cells, size)
    found.sum_duplicates()
    found.sort_indices()
    if weight is None:
        found.data[:] = 1.0
    return found


def totals(network: Network) -> tuple[dict[int, int], str]:
    """Talks a year that the network rests on, and a sentence that says what is counted.

    Where the network does not tell (``years``), the mentions of its nodes are counted.
    """
    given = by_year(str(network.graph.get("years", "")))
    if given:
        return given, "Shares are of the talks of a year."
    found: dict[int, int] = {}
    for _, text in network.nodes(data="years", default=""):
        for year, count in by_year(text).items():
            found[year] = found.get(year, 0) + count
    kinds = {str(kind) for _, kind in network.nodes(data="type", default="node")}
    noun = kinds.pop().lower() if len(kinds) == 1 else "node"
    return found, f"Shares are of all mentions of a {noun} in a year."
