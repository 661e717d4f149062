"""The backbone of a network: edges whose weight is more than a node's strength spread by lot would give.

The disparity filter of Serrano, Boguñá and Vespignani (2009), PNAS 106(16): for a node with k edges of which one has
the part w of their whole weight, (1 - w)^(k - 1) is the probability of so large a part. An edge counts by that end
where it matters more; from a node with a single edge nothing can be said.
"""

from __future__ import annotations

from typing import Any


def disparity(one: Any, other: Any, weight: Any, directed: bool = False) -> Any:
    """The probability of each edge's weight under the filter, the smaller of its two ends'.

    Parameters:
        one: numbers of the nodes where edges begin.
        other: of those where they end, in the same numbering unless ``directed``.
        weight: above 0; an edge that has none is no part of the backbone (1).
        directed: the edges that leave a node and those that come to one are looked at apart.
    """
    import numpy as np  # noqa: PLC0415  heavy

    part = np.maximum(np.asarray(weight, dtype=float), 0.0)
    if directed:
        return np.minimum(_end(one, one, part), _end(other, other, part))
    both = np.concatenate((one, other))
    twice = np.concatenate((part, part))
    return np.minimum(_end(one, both, part, twice), _end(other, both, part, twice))


def _end(mine: Any, nodes: Any, weight: Any, every: Any = None) -> Any:
    import numpy as np  # noqa: PLC0415  heavy

    if not len(mine):
        return np.zeros(0)
    every = weight if every is None else every
    size = int(nodes.max()) + 1
    degree = np.bincount(nodes[every > 0], minlength=size)[mine]
    strength = np.bincount(nodes, weights=every, minlength=size)[mine]
    share = np.divide(weight, strength, out=np.zeros_like(weight), where=strength > 0)
    chance = np.power(np.maximum(1.0 - share, 0.0), np.maximum(degree - 1, 0))
    return np.where((degree > 1) & (weight > 0), chance, 1.0)
