"""What a map shows of a network, and where: communities as discs that lie close where they share much, springs inside.

The order of nodes, the clock and chance play no part: nodes are sorted, start on a spiral, and coordinates are rounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, Any

from kg.analysis import Network, divided, weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Point = tuple[float, float]
_ASPECT = 1.2
"""Width of the room that discs are packed into, over its height."""
_TURN = pi * (3 - sqrt(5))
"""The golden angle (Vogel 1979)."""
_STEPS = 60
_AT_ONCE = 700
"""Nodes of a community that are placed at once; of a larger one the best linked, the others beside them."""
_GAP = 0.8
"""Room between discs, where a node takes one."""
_AIR = 0.08
"""Room between two nodes."""
_ANGLES = 36
_LARGEST, _SMALLEST = 1.0, 0.13
"""Radii of nodes."""
_ROUNDS = 40


def lay_out(network: Network, measure: str = "weight") -> dict[str, Point]:
    """A position for each node; a node takes about one unit of room.

    Parameters:
        network: with ``community`` on its nodes, or they are looked for.
        measure: the attribute of links that draws together.
    """
    import numpy as np  # noqa: PLC0415  heavy

    nodes = sorted(network)
    if not nodes:
        return {}
    table = _cosines(network, measure)
    groups: dict[int, list[int]] = defaultdict(list)
    for at, community in enumerate(_membership(network, nodes)):
        groups[community].append(at)
    order = sorted(groups, key=lambda community: (-len(groups[community]), groups[community]))
    sizes = radii(network)
    rooms = [np.array([sizes[nodes[at]] for at in groups[c]]) for c in order]
    inner = [
        _apart(_disc(table[groups[c]][:, groups[c]].toarray()), room)
        for c, room in zip(order, rooms, strict=True)
    ]
    reach = [
        float((np.hypot(found[:, 0], found[:, 1]) + room).max())
        for found, room in zip(inner, rooms, strict=True)
    ]
    centres = _packed(reach, _between([groups[c] for c in order], table))
    places: dict[str, Point] = {}
    for at, community in enumerate(order):
        for node, (x, y) in zip(groups[community], inner[at], strict=True):
            cx, cy = centres[at]
            places[nodes[node]] = (round(cx + float(x), 3), round(cy + float(y), 3))
    return places


def size(network: Network, node: str) -> float:
    """What the area of a node stands for: its talks, or the weight of its links."""
    data = network.nodes[node]
    return float(data.get("talks") or data.get("strength") or 1)


def radii(network: Network) -> dict[str, float]:
    """The radius of each node in units of room."""
    sizes = {node: size(network, node) for node in network}
    largest = max(sizes.values(), default=1.0)
    return {node: max(_LARGEST * sqrt(held / largest), _SMALLEST) for node, held in sizes.items()}


def foremost(network: Network, most: int) -> Network:
    """The nodes with most talks that have links among them, with these; what has none gives its place to the next."""
    linked = [node for node in network if _near(network, node)]
    ranked = sorted(linked or network, key=lambda node: (-size(network, node), node))
    chosen = set(ranked[:most])
    kept = {node for node in chosen if _near(network, node) & chosen} or chosen
    for node in ranked[most:]:
        if len(kept) < most and _near(network, node) & kept:
            kept.add(node)
    copy = type(network)(**network.graph)
    copy.add_nodes_from((node, network.nodes[node]) for node in sorted(kept))
    edges = (edge for edge in network.edges(kept) if kept.issuperset(edge))
    ordered = edges if network.is_directed() else (sorted(edge) for edge in edges)
    copy.add_edges_from((a, b, network.edges[a, b]) for a, b in sorted(map(tuple, ordered)))
    return copy


def _near(network: Network, node: str) -> set[str]:
    """What a node has a link with, whichever way."""
    ways = (network.succ, network.pred) if network.is_directed() else (network.adj,)
    return {other for way in ways for other in way[node]} - {node}


def strongest(network: Network, by: str, kept: int) -> list[tuple[str, str]]:
    """Of each node the few links that are strong for both ends: those of highest cosine.

    Parameters:
        by: the attribute of links that says how strong they are.
        kept: links of a node.
    """
    strength = dict(network.degree(weight=by))
    ranked: dict[str, list[tuple[float, str, str]]] = {node: [] for node in network}
    for one, other, data in network.edges(data=True):
        if one == other:
            continue
        weight = float(data.get(by, 1))
        cosine = weight / sqrt(max(strength[one] * strength[other], 1e-9))
        for end in (one, other):
            ranked[end].append((-cosine, one, other))
    return sorted({edge[1:] for found in ranked.values() for edge in sorted(found)[:kept]})


def _membership(network: Network, nodes: Sequence[str]) -> Sequence[int]:
    if all("community" in network.nodes[node] for node in nodes):
        return [int(network.nodes[node]["community"]) for node in nodes]
    return divided(network)


def _cosines(network: Network, measure: str) -> Any:
    """Links as a matrix, each over the root of the strengths of its ends, so that hubs do not draw all together."""
    import numpy as np  # noqa: PLC0415  heavy

    found = weights(network, measure)
    strength = np.asarray(found.sum(axis=1)).ravel()
    scale = 1.0 / np.sqrt(np.where(strength > 0, strength, 1.0))
    return found.multiply(scale[:, None]).multiply(scale[None, :]).tocsr()


def _spiral(count: int) -> Array:
    """Points that fill a disc evenly, from the middle outwards."""
    import numpy as np  # noqa: PLC0415  heavy

    at = np.arange(count)
    radius, angle = 0.6 * np.sqrt(at + 0.5), at * _TURN
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _disc(links: Array) -> Array:
    """Positions of the nodes of one community, evenly over a disc (Fruchterman & Reingold 1991, then spread)."""
    import numpy as np  # noqa: PLC0415  heavy

    size = len(links)
    rank = np.lexsort((np.arange(size), -links.sum(axis=1)))
    places = np.empty((size, 2))
    places[rank] = _spiral(size)
    if size > 2:
        held = rank[:_AT_ONCE]
        places[held] = _sprung(places[held], links[np.ix_(held, held)])
        for node in rank[_AT_ONCE:]:
            near = links[node, held]
            pull = near @ places[held] / max(near.sum(), 1e-9)
            places[node] = 0.5 * pull + 0.5 * places[node]
    places -= places.mean(axis=0)
    return _spread(places)


def _sprung(places: Array, links: Array) -> Array:
    """Linked nodes drawn together, all pushed apart."""
    import numpy as np  # noqa: PLC0415  heavy

    links = links / max(float(links.max()), 1e-9)
    heat = 0.25 * sqrt(len(places))
    for step in range(_STEPS):
        dx = places[:, 0][:, None] - places[:, 0][None, :]
        dy = places[:, 1][:, None] - places[:, 1][None, :]
        square = dx * dx + dy * dy + 0.01
        force = 1.0 / square - links * np.sqrt(square) * 0.6
        push = np.stack([(force * dx).sum(axis=1), (force * dy).sum(axis=1)], axis=1)
        push -= 0.02 * places
        length = np.sqrt((push * push).sum(axis=1)) + 1e-9
        reach = np.minimum(length, heat * (1 - step / _STEPS))
        places = places + push * (reach / length)[:, None]
    return places


def _spread(places: Array) -> Array:
    """The same directions and the same order from the middle, at radii that fill the disc evenly."""
    import numpy as np  # noqa: PLC0415  heavy

    size = len(places)
    if size == 1:
        return np.zeros((1, 2))
    radius = np.round(np.sqrt((places * places).sum(axis=1)), 6)
    rank = np.empty(size)
    rank[np.lexsort((np.arange(size), radius))] = np.arange(size)
    even = 0.6 * np.sqrt(rank + 0.5)
    scale = (
        0.75 * even + 0.25 * radius * even.max() / max(float(radius.max()), 1e-9)
    ) / np.maximum(radius, 1e-6)
    return np.asarray(places * scale[:, None])


def _apart(places: Array, room: Array) -> Array:
    """The same places, nodes that overlap moved apart, the smaller further."""
    import numpy as np  # noqa: PLC0415  heavy
    from scipy.spatial import KDTree  # noqa: PLC0415  heavy

    count, reach = len(room), 2 * float(room.max()) + _AIR
    for _ in range(_ROUNDS):
        pairs = KDTree(places).query_pairs(reach, output_type="ndarray")
        one, other = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
        way = places[one] - places[other]
        far = np.hypot(way[:, 0], way[:, 1])
        over = np.maximum(room[one] + room[other] + _AIR - far, 0.0)
        if not over.any():
            break
        push = way * (over / np.maximum(far, 1e-6) / (room[one] ** 2 + room[other] ** 2))[:, None]
        ahead, back = push * (room[other] ** 2)[:, None], push * (room[one] ** 2)[:, None]
        moves = [
            np.bincount(one, ahead[:, n], count) - np.bincount(other, back[:, n], count)
            for n in (0, 1)
        ]
        places = places + np.stack(moves, axis=1)
    middle = (places * room[:, None] ** 2).sum(axis=0) / (room**2).sum()
    return np.asarray(places - 0.5 * middle)


def _between(groups: Sequence[Sequence[int]], table: Any) -> Array:
    """How much each two communities share."""
    import numpy as np  # noqa: PLC0415  heavy

    where = np.empty(sum(map(len, groups)), dtype=np.int64)
    for at, group in enumerate(groups):
        where[group] = at
    found = table.tocoo()
    shared = np.zeros((len(groups), len(groups)))
    np.add.at(shared, (where[found.row], where[found.col]), found.data)
    np.fill_diagonal(shared, 0.0)
    return shared


def _packed(radii: Sequence[float], shared: Array) -> list[Point]:
    """Middles of discs that do not overlap: each against one that stands, near to what it shares most with."""
    import numpy as np  # noqa: PLC0415  heavy

    turns = [2 * pi * at / _ANGLES for at in range(_ANGLES)]
    middles = np.zeros((len(radii), 2))
    for at in range(1, len(radii)):
        reach = radii[at] + np.asarray(radii[:at]) + _GAP
        spots = np.concatenate(
            [middles[:at] + reach[:, None] * np.array([[cos(t), sin(t)]]) for t in turns]
        )
        gaps = np.sqrt(((spots[:, None, :] - middles[None, :at, :]) ** 2).sum(axis=2))
        free = (gaps - reach[None, :] > -1e-6).all(axis=1)
        pull = shared[at, :at] / max(float(shared[at, :at].sum()), 1e-9)
        off = np.sqrt((spots[:, 0] / _ASPECT) ** 2 + spots[:, 1] ** 2)
        cost = np.round((gaps @ pull) * 0.5 + off, 6)
        cost[~free] = np.inf
        middles[at] = spots[int(np.argmin(cost))]
    return [(float(x), float(y)) for x, y in middles]
