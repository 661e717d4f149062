"""What analyses read from a network: years, talks, and its links as a sparse matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.network import Network, scipy_sparse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Matrix = Any
"""A sparse matrix of scipy, which ships no types."""


def years(text: str) -> dict[int, int]:
    """Talks a year from "2018:3 2019:5"."""
    pairs = (part.partition(":") for part in text.split())
    return {int(year): int(count) for year, _, count in pairs}


def written(counts: Mapping[int, int]) -> str:
    """Talks a year as "2018:3 2019:5"."""
    return " ".join(f"{year}:{counts[year]}" for year in sorted(counts) if counts[year])


def label(network: Network, node: str) -> str:
    """The name of a node."""
    return str(network.nodes[node].get("label", node))


def behind(data: Mapping[str, Any]) -> list[str]:
    """The talks behind a node or an edge; claims where it rests on claims."""
    return str(data.get("talks", "") or data.get("claims", "")).split()


def talks_of(network: Network, node: str, most: int | None = None) -> list[str]:
    """The talks behind a node, as far as the network names them: those of its edges, sorted."""
    data = network.nodes[node]
    found = set(str(data.get("talk_ids", "")).split())
    if not found:
        for _, _, edge in _edges_of(network, node):
            found.update(behind(edge))
    return sorted(found)[:most]


def _edges_of(network: Network, node: str) -> Iterable[tuple[str, str, dict[str, Any]]]:
    if network.is_directed():
        yield from network.in_edges(node, data=True)
        yield from network.out_edges(node, data=True)
    else:
        yield from network.edges(node, data=True)


def joined(talks: Iterable[str]) -> str:
    """IRIs as one text."""
    return " ".join(talks)


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
    given = years(str(network.graph.get("years", "")))
    if given:
        return given, "Shares are of the talks of a year."
    found: dict[int, int] = {}
    for _, text in network.nodes(data="years", default=""):
        for year, count in years(text).items():
            found[year] = found.get(year, 0) + count
    kinds = {str(kind) for _, kind in network.nodes(data="type", default="node")}
    noun = kinds.pop().lower() if len(kinds) == 1 else "node"
    return found, f"Shares are of all mentions of a {noun} in a year."
