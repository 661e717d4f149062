"""How many shortest paths run through a node: exact (Brandes 2001), or from some starts (Brandes & Pich 2007).

Many starts are gone through at once, as products of the matrix of links with the paths found so far.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from kg.analysis._network import Matrix

if TYPE_CHECKING:
    from kg.analysis._network import Array

_NODE = 12
"""Steps that a node costs, where each direction of a link costs one."""
_AT_ONCE = 64
"""Starts that are gone through together."""


@dataclass(frozen=True)
class Betweenness:
    """Values from 0 to 1, by the order of the nodes, and how they were found."""

    values: list[float]
    method: str


def betweenness(links: Matrix, budget: float, fewest: int, seed: int) -> Betweenness:
    """Betweenness of every node; ways count links, not weights.

    Parameters:
        links: symmetric, ones.
        budget: steps (starts times links and nodes) that exact values may take; beyond it starts are drawn.
        fewest: starts that are drawn at least.
        seed: of the draw.
    """
    import numpy as np  # noqa: PLC0415  heavy

    size = links.shape[0]
    starts = list(range(size))
    method = "exact (Brandes 2001)"
    steps = links.nnz + _NODE * size
    if size * steps > budget:
        drawn = max(fewest, int(budget / steps))
        if drawn < size:
            starts = sorted(Random(seed).sample(starts, drawn))
            method = f"estimated from {drawn} of {size} starts (Brandes & Pich 2007), seed {seed}"
    total = np.zeros(size)
    for first in range(0, len(starts), _AT_ONCE):
        total += _dependencies(links, starts[first : first + _AT_ONCE])
    pairs = (size - 1) * (size - 2)
    scale = size / len(starts) / pairs if pairs > 0 and starts else 0.0
    return Betweenness([float(value) for value in total * scale], method)


def _dependencies(links: Matrix, starts: list[int]) -> Array:
    """What each node gains from the shortest paths out of some starts."""
    import numpy as np  # noqa: PLC0415  heavy

    shape = (links.shape[0], len(starts))
    ways, depth = np.zeros(shape), np.full(shape, -1, dtype=np.int32)
    columns = np.arange(len(starts))
    ways[starts, columns] = 1.0
    depth[starts, columns] = 0
    front, level = ways.copy(), 0
    while True:
        front = links @ front
        front[depth >= 0] = 0.0
        reached = front > 0
        if not reached.any():
            break
        level += 1
        ways += front
        depth[reached] = level
    gained = np.zeros(shape)
    for at in range(level, 0, -1):
        ready = depth == at
        part = np.zeros(shape)
        part[ready] = (1.0 + gained[ready]) / ways[ready]
        before = depth == at - 1
        gained[before] += (links @ part)[before] * ways[before]
    gained[starts, columns] = 0.0
    return np.asarray(gained.sum(axis=1))
