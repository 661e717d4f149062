"""Communities by modularity: the Leiden algorithm (Traag, Waltman & van Eck 2019), or Louvain's (Blondel et al. 2008).

Nodes are moved from a queue to the neighbouring community that gains most; what moved wakes its neighbours. Leiden then
refines: within a community, nodes that are linked to it well enough are joined anew, the best gain first, and the
network of these parts is gone through again. So every community is connected. Louvain goes on with the communities.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from random import Random

Links = list[list[tuple[int, float]]]
_LEAST = 1e-12
_LEVELS = 50


@dataclass(frozen=True)
class Level:
    """A network of parts: links to others, strength of each (inner links counted twice), and the sum of it."""

    links: Links
    strength: list[float]
    total: float


def levelled(links: Links) -> Level:
    """The network itself as the first level."""
    strength = [sum(weight for _, weight in found) for found in links]
    return Level(links, strength, sum(strength))


def partition(level: Level, seed: int, resolution: float, refine: bool) -> list[int]:
    """The community of each node; numbers are arbitrary.

    Parameters:
        refine: Leiden; without it Louvain.
    """
    random = Random(seed)
    size = len(level.links)
    if level.total <= 0:
        return list(range(size))
    where = list(range(size))
    membership = list(range(size))
    for _ in range(_LEVELS):
        membership = _moved(level, membership, random, resolution)
        parts = _refined(level, membership, random, resolution) if refine else membership
        parts, count = _numbered(parts)
        if count == len(level.links):
            break
        level, membership = _merged(level, parts, count, membership)
        where = [parts[at] for at in where]
    return [membership[at] for at in where]


def _moved(level: Level, start: list[int], random: Random, resolution: float) -> list[int]:
    membership = list(start)
    held = [0.0] * len(membership)
    for node, community in enumerate(membership):
        held[community] += level.strength[node]
    order = list(range(len(membership)))
    random.shuffle(order)
    queue, waiting = deque(order), [True] * len(order)
    scale = resolution / level.total
    while queue:
        node = queue.popleft()
        waiting[node] = False
        old, strength = membership[node], level.strength[node]
        held[old] -= strength
        best = _best(_sums(level.links[node], membership), held, strength * scale, old)
        held[best] += strength
        if best == old:
            continue
        membership[node] = best
        for other, _ in level.links[node]:
            if not waiting[other] and membership[other] != best:
                waiting[other] = True
                queue.append(other)
    return membership


def _sums(links: list[tuple[int, float]], membership: list[int]) -> dict[int, float]:
    """The weight of a node's links to each community around it."""
    found: dict[int, float] = {}
    for other, weight in links:
        community = membership[other]
        found[community] = found.get(community, 0.0) + weight
    return found


def _best(gains: dict[int, float], held: list[float], factor: float, old: int) -> int:
    """The community that gains most from a node; the old one unless another gains more."""
    best, most = old, gains.get(old, 0.0) - factor * held[old] + _LEAST
    for community, weight in gains.items():
        gain = weight - factor * held[community]
        if gain > most:
            best, most = community, gain
    return best


def _refined(level: Level, membership: list[int], random: Random, resolution: float) -> list[int]:
    """Parts of communities: nodes join only what is of their own community, and each at most once."""
    size = len(membership)
    parts, held, alone = list(range(size)), list(level.strength), [True] * size
    whole = [0.0] * (max(membership) + 1)
    for node, community in enumerate(membership):
        whole[community] += level.strength[node]
    inner = [
        sum(weight for other, weight in found if membership[other] == membership[node])
        for node, found in enumerate(level.links)
    ]
    outer = list(inner)  # links of a part to the rest of its community
    order = list(range(size))
    random.shuffle(order)
    scale = resolution / level.total
    for node in order:
        community, strength = membership[node], level.strength[node]
        if not alone[node] or inner[node] < scale * strength * (whole[community] - strength):
            continue
        near = [(other, w) for other, w in level.links[node] if membership[other] == community]
        gains = {
            part: weight
            for part, weight in _sums(near, parts).items()
            if outer[part] >= scale * held[part] * (whole[community] - held[part])
        }
        held[node] -= strength
        best = _best(gains, held, strength * scale, node)
        held[node] += strength
        if best != node:
            parts[node] = best
            alone[best] = False
            held[best] += strength
            outer[best] += inner[node] - 2 * gains[best]
    return parts


def _numbered(parts: list[int]) -> tuple[list[int], int]:
    numbers: dict[int, int] = {}
    found = [numbers.setdefault(part, len(numbers)) for part in parts]
    return found, len(numbers)


def _merged(
    level: Level, parts: list[int], count: int, membership: list[int]
) -> tuple[Level, list[int]]:
    """The network of the parts, and the communities they start in."""
    sums: list[dict[int, float]] = [{} for _ in range(count)]
    strength, start = [0.0] * count, [0] * count
    first: dict[int, int] = {}
    for node, part in enumerate(parts):
        strength[part] += level.strength[node]
        start[part] = first.setdefault(membership[node], part)
        found = sums[part]
        for other, weight in level.links[node]:
            if parts[other] != part:
                found[parts[other]] = found.get(parts[other], 0.0) + weight
    return Level([list(found.items()) for found in sums], strength, level.total), start


def modularity(level: Level, membership: list[int], resolution: float) -> float:
    """Newman's modularity of a partition of the first level, with a resolution."""
    if level.total <= 0:
        return 0.0
    inner = 0.0
    held: dict[int, float] = {}
    for node, community in enumerate(membership):
        held[community] = held.get(community, 0.0) + level.strength[node]
        inner += sum(
            weight for other, weight in level.links[node] if membership[other] == community
        )
    spread = sum((strength / level.total) ** 2 for strength in held.values())
    return inner / level.total - resolution * spread
