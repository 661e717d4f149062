"""What is measured of nodes: how well linked, how central, how far they bridge."""

from __future__ import annotations

from collections.abc import Sequence

from kg.analysis._network import Matrix
from kg.network import Network, scipy_sparse

_ROWS = 256
"""Rows of the matrix of ways of two links that are held at once."""


def cores(links: Matrix) -> list[int]:
    """The k-core of each node (Seidman 1983), by peeling in order of degree (Batagelj & Zaveršnik 2003)."""
    starts, ends = links.indptr.tolist(), links.indices.tolist()
    size = len(starts) - 1
    degree = [starts[node + 1] - starts[node] for node in range(size)]
    order = sorted(range(size), key=lambda node: degree[node])
    place = [0] * size
    for at, node in enumerate(order):
        place[node] = at
    first = _firsts([degree[node] for node in order])
    for node in order:
        for other in ends[starts[node] : starts[node + 1]]:
            if degree[other] > degree[node]:
                _one_less(other, degree, order, place, first)
    return degree


def _firsts(degrees: list[int]) -> list[int]:
    """Where each degree begins in a sorted list."""
    first = [0] * ((degrees[-1] if degrees else 0) + 2)
    for degree in degrees:
        first[degree + 1] += 1
    for degree in range(1, len(first)):
        first[degree] += first[degree - 1]
    return first


def _one_less(
    node: int, degree: list[int], order: list[int], place: list[int], first: list[int]
) -> None:
    """Take a link from a node: it changes places with the first of its degree, and becomes the last of the next."""
    start, at = first[degree[node]], place[node]
    other = order[start]
    order[start], order[at] = node, other
    place[node], place[other] = start, at
    first[degree[node]] += 1
    degree[node] -= 1


def pageranks(network: Network, weight: str, damping: float = 0.85) -> list[float]:
    """PageRank of the nodes in sorted order, by weights and, where there are any, directions (Brin & Page 1998)."""
    import numpy as np  # noqa: PLC0415  heavy

    index = {node: at for at, node in enumerate(sorted(network))}
    size = len(index)
    triples = [
        (index[a], index[b], float(data.get(weight, 1.0)))
        for a, b, data in network.edges(data=True)
    ]
    if not network.is_directed():
        triples += [(b, a, value) for a, b, value in triples if a != b]
    table = np.array(triples, dtype=float).reshape(-1, 3)
    sources, targets = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    out = np.bincount(sources, table[:, 2], size)
    share = table[:, 2] / np.where(out > 0, out, 1.0)[sources]
    rank = np.full(size, 1.0 / max(size, 1))
    for _ in range(200):
        moved = np.bincount(targets, rank[sources] * share, size) + rank[out <= 0].sum() / max(
            size, 1
        )
        fresh = damping * moved + (1 - damping) / max(size, 1)
        done = bool(np.abs(fresh - rank).sum() < 1e-10)
        rank = fresh
        if done:
            break
    return [float(value) for value in rank]


def constraints(weights: Matrix) -> list[float | None]:
    """Burt's constraint (1992): how far the links of a node lead to those who are linked anyway.

    None for a node without links.
    """
    import numpy as np  # noqa: PLC0415  heavy

    strength = np.asarray(weights.sum(axis=1)).ravel()
    shares = weights.multiply((1.0 / np.where(strength > 0, strength, 1.0))[:, None]).tocsr()
    pattern = weights.copy()
    pattern.data = np.ones_like(pattern.data)
    found: list[float | None] = []
    for first in range(0, weights.shape[0], _ROWS):
        some = shares[first : first + _ROWS]
        both = some + (some @ shares).multiply(pattern[first : first + _ROWS])
        sums = np.asarray(both.multiply(both).sum(axis=1)).ravel()
        found += [float(value) for value in sums]
    return [value if held > 0 else None for value, held in zip(found, strength, strict=True)]


def participations(weights: Matrix, membership: Sequence[int]) -> list[float]:
    """How evenly the links of a node spread over communities, 0 for all in one (Guimerà & Amaral 2005)."""
    import numpy as np  # noqa: PLC0415  heavy

    held = _by_community(weights, membership)
    strength = np.asarray(held.sum(axis=1)).ravel()
    squares = np.asarray(held.multiply(held).sum(axis=1)).ravel()
    safe = np.where(strength > 0, strength, 1.0)
    spread = np.where(strength > 0, 1.0 - squares / safe**2, 0.0)
    return [float(max(0.0, value)) for value in spread]


def inner_scores(weights: Matrix, membership: Sequence[int]) -> list[float]:
    """Links of a node within its community in standard deviations from the mean there (Guimerà & Amaral 2005)."""
    import numpy as np  # noqa: PLC0415  heavy

    members = np.asarray(membership, dtype=np.int64)
    size = int(members.max()) + 1 if len(members) else 0
    held = _by_community(weights, membership)
    inner = np.asarray(held[np.arange(len(members)), members]).ravel()
    count = np.maximum(np.bincount(members, minlength=size), 1)
    mean = np.bincount(members, inner, size) / count
    spread = np.sqrt(np.bincount(members, (inner - mean[members]) ** 2, size) / count)
    safe = np.where(spread > 0, spread, 1.0)[members]
    return [float(value) for value in (inner - mean[members]) / safe]


def _by_community(weights: Matrix, membership: Sequence[int]) -> Matrix:
    """Weights from each node (row) to each community (column)."""
    import numpy as np  # noqa: PLC0415  heavy

    size = len(membership)
    width = max(membership, default=-1) + 1
    places = (np.ones(size), (np.arange(size), np.asarray(membership, dtype=np.int64)))
    return (weights @ scipy_sparse().csr_matrix(places, (size, max(width, 1)))).tocsr()


def assortativity(links: Matrix, values: Sequence[float]) -> float | None:
    """Whether what is alike is linked: the correlation of a value at the two ends of a link (Newman 2003).

    None where the value is the same at all ends.
    """
    import numpy as np  # noqa: PLC0415  heavy

    held = np.asarray(values, dtype=float)
    rows = np.repeat(np.arange(links.shape[0]), np.diff(links.indptr))
    one, other = held[rows], held[links.indices]
    if len(one) == 0 or np.ptp(one) == 0:
        return None
    mean = one.mean()
    return float(((one - mean) * (other - mean)).mean() / one.var())
