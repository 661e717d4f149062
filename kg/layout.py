"""Positions for the nodes of a network, worked out beforehand so that a picture stands still.

Distances on the screen follow distances in the network (stress majorization), boxes that overlap are moved apart, and
components are packed around the largest. Small nodes with one neighbour stand in a ring around it. A large network is
laid out community by community (Louvain), then its communities as boxes. Sorted, seeded and rounded: one network has
one layout. Needs numpy, not scipy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from itertools import count
from math import atan2, ceil, cos, pi, sin
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.settings import DEFAULT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Point = tuple[float, float]

ASPECT = 1.7
"""Width of a picture over its height."""
_AT_ONCE = 150
"""Up to this many nodes are placed together; more are placed community by community."""
_GAP = 8.0
"""Pixels left free between two boxes."""
_CLEAR = 0.995
"""Boxes whose distance is this share of the room they need, or more, are clear of each other."""
_CELL = 24
"""Pixels a side of the squares in which components are packed."""
_SMALL = 24.0
"""Nodes that need no more than this stand in a ring around their only neighbour."""
_APART = 22.0
"""Pixels from one node of a ring to the next."""
_RING = 18
"""Nodes in a ring; more stand in a second one."""
_STEPS = 240
"""Steps of stress majorization; from half way on overlaps are looked after."""


class Room(NamedTuple):
    """The room a node needs: a label below it makes ``below`` larger than ``above``."""

    width: float
    above: float
    below: float

    @property
    def small(self) -> bool:
        """Whether the node may stand in a ring."""
        return self.width <= _SMALL and self.above + self.below <= _SMALL

    @property
    def labelled(self) -> bool:
        """Whether there is a label below the node."""
        return self.below > self.above


class Arc(NamedTuple):
    """A stretch of directions, in radians."""

    width: float
    start: float


def lay_out(
    network: Any, rooms: Mapping[Hashable, Room], *, seed: int = DEFAULT.layout_seed
) -> dict[Any, Point]:
    """A position in pixels for each node, in the order of their names.

    Parameters:
        network: any networkx graph whose nodes sort; direction and parallel edges do not matter.
        rooms: what each node needs around its position.
        seed: of the only random choice, the order in which communities are sought.
    """
    import networkx as nx  # noqa: PLC0415  heavy
    import numpy as np  # noqa: PLC0415  heavy

    names = sorted(network)
    number = {name: i for i, name in enumerate(names)}
    plain = nx.Graph()
    plain.add_nodes_from(range(len(names)))
    plain.add_edges_from(sorted((number[s], number[o]) for s, o in network.edges() if s != o))
    needed = [rooms[name] for name in names]
    rings = _rings(plain, needed)
    core = plain.subgraph(sorted(set(plain) - {leaf for ring in rings.values() for leaf in ring}))
    radius = {hub: _radius(needed[hub], len(leaves)) for hub, leaves in rings.items()}
    for hub, leaves in rings.items():
        needed[hub] = _with_ring(needed[hub], len(leaves))
    sizes = np.array([(r.width, r.above + r.below) for r in needed], dtype=float).reshape(-1, 2)
    places = np.zeros_like(sizes)
    parts = sorted((sorted(c) for c in nx.connected_components(core)), key=lambda c: (-len(c), c))
    for part in parts:
        places[part] = _placed(core.subgraph(part), sizes[part], seed)
    _pack(parts, core, places, sizes)
    places[:, 1] -= [(r.below - r.above) / 2 for r in needed]
    for hub, leaves in rings.items():
        arcs = list(_arcs(core, places, hub, needed[hub].labelled))
        places[leaves] = places[hub] + _ring(len(leaves), radius[hub], arcs)
    return {
        name: (round(float(x)), round(float(y))) for name, (x, y) in zip(names, places, strict=True)
    }


def _rings(graph: Any, rooms: list[Room]) -> dict[int, list[int]]:
    """Small nodes by their only neighbour."""
    rings: dict[int, list[int]] = defaultdict(list)
    for node in graph:
        if graph.degree(node) == 1 and rooms[node].small:
            (hub,) = graph[node]
            if graph.degree(hub) > 1 or not rooms[hub].small:
                rings[hub].append(node)
    return dict(rings)


def _radius(room: Room, many: int) -> float:
    """Of a ring: as small as its nodes and the one in its middle allow."""
    return max(30.0, room.above + 14.0, min(many, _RING) * _APART / (1.5 * pi))


def _with_ring(room: Room, many: int) -> Room:
    """The room of a node with its ring, or rings if there are many."""
    reach = _radius(room, many) + _APART * (ceil(many / _RING) - 1) + _SMALL / 2
    below = room.below if room.labelled else reach
    return Room(max(room.width, 2 * reach), max(room.above, reach), max(room.below, below))


def _arcs(core: Any, places: Array, hub: int, labelled: bool) -> Iterator[Arc]:
    """Where a ring may stand, best first: between the neighbours, clear of the label, all around."""
    label = [pi / 4, pi / 2, 3 * pi / 4] if labelled else []
    ways = [tuple(places[other] - places[hub]) for other in core[hub]]
    taken = sorted([atan2(y, x) % (2 * pi) for x, y in ways] + label)
    if taken:
        after = [*taken[1:], taken[0] + 2 * pi]
        yield max(Arc(end - start, start) for start, end in zip(taken, after, strict=True))
    if labelled:
        yield Arc(3 * pi / 2, 3 * pi / 4)
    yield Arc(2 * pi, -pi / 2)


def _ring(many: int, radius: float, arcs: list[Arc]) -> list[Point]:
    """Offsets of the nodes of a ring, or of several if there are many, evenly over the first arc wide enough."""
    offsets = []
    for done in range(0, many, _RING):
        ring = min(_RING, many - done)
        arc = next((a for a in arcs if a.width * radius >= _APART * (ring + 1)), arcs[-1])
        closed = arc.width >= 2 * pi
        for i in range(ring):
            angle = arc.start + arc.width * (i + (0.5 if closed else 1)) / (ring + (not closed))
            offsets.append((radius * cos(angle), radius * sin(angle)))
        radius += _APART
    return offsets


def _placed(part: Any, sizes: Array, seed: int) -> Array:
    """Positions of a connected graph's nodes, in their order."""
    import networkx as nx  # noqa: PLC0415  heavy

    order = {node: i for i, node in enumerate(sorted(part))}
    plain = nx.Graph()
    plain.add_nodes_from(range(len(order)))
    plain.add_edges_from(sorted(tuple(sorted((order[s], order[o]))) for s, o in part.edges()))
    return _at_once(plain, sizes) if len(order) <= _AT_ONCE else _by_community(plain, sizes, seed)


def _by_community(graph: Any, sizes: Array, seed: int) -> Array:
    """Lay out each community, then the communities as boxes, recursively."""
    import networkx as nx  # noqa: PLC0415  heavy
    import numpy as np  # noqa: PLC0415  heavy

    groups = sorted(sorted(c) for c in nx.community.louvain_communities(graph, seed=seed))
    if len(groups) == 1:
        groups = [
            list(range(i, min(i + _AT_ONCE, len(sizes)))) for i in range(0, len(sizes), _AT_ONCE)
        ]
    home = {node: g for g, group in enumerate(groups) for node in group}
    places = np.zeros_like(sizes)
    boxes = np.zeros((len(groups), 2))
    for g, group in enumerate(groups):
        inside = _placed(graph.subgraph(group), sizes[group], seed)
        low = (inside - sizes[group] / 2).min(axis=0)
        high = (inside + sizes[group] / 2).max(axis=0)
        places[group] = inside - (low + high) / 2
        boxes[g] = high - low
    above = nx.Graph()
    above.add_nodes_from(range(len(groups)))
    above.add_edges_from(
        sorted({(home[s], home[o]) for s, o in graph.edges() if home[s] != home[o]})
    )
    centres = _placed(above, boxes, seed)
    return places + centres[[home[node] for node in range(len(sizes))]]


def _at_once(graph: Any, sizes: Array) -> Array:
    """Stress majorization, and between its steps a push where boxes overlap."""
    import numpy as np  # noqa: PLC0415  heavy

    if len(sizes) == 1:
        return np.zeros((1, 2))
    wanted = _distances(graph, sizes)
    weights = np.where(wanted > 0, 1.0 / np.maximum(wanted, 1.0) ** 2, 0.0)
    system = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(system)
    places = _scaled(wanted)
    for step in range(_STEPS):
        between = np.maximum(_lengths(places), 1e-6)
        pull = -weights * wanted / between
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        places = inverse @ (pull @ places)
        if step == _STEPS // 2:
            places = _turned(places)
        if step > _STEPS // 2:
            places = _pushed(places, sizes, 2)
    return _pushed(_stretched(places), sizes, 400)


def _distances(graph: Any, sizes: Array) -> Array:
    """Wanted distances of all pairs: short paths through small boxes, long ones drawn in a little."""
    import numpy as np  # noqa: PLC0415  heavy

    many = len(sizes)
    half = sizes.min(axis=1) / 2
    wanted = np.full((many, many), np.inf)
    np.fill_diagonal(wanted, 0.0)
    for one, other in graph.edges():
        fewer, more = sorted((graph.degree(one), graph.degree(other)))
        stretch = 10.0 + (2.0 if fewer == 1 else 4.0) * min(more, 12) ** 0.5
        wanted[one, other] = wanted[other, one] = half[one] + half[other] + stretch
    for middle in range(many):
        via = wanted[:, middle : middle + 1] + wanted[middle : middle + 1, :]
        wanted = np.minimum(wanted, via)
    apart = np.isinf(wanted)
    wanted[apart] = 1.2 * (wanted[~apart].max() or sizes.max())  # where nothing is tied to anything
    edge = max(float(np.median(wanted[wanted > 0])), 1.0)
    return edge * (wanted / edge) ** 0.9


def _scaled(wanted: Array) -> Array:
    """Classical scaling: a first placement that needs no chance."""
    import numpy as np  # noqa: PLC0415  heavy

    many = len(wanted)
    centring = np.eye(many) - 1.0 / many
    values, vectors = np.linalg.eigh(-0.5 * centring @ wanted**2 @ centring)
    axes = vectors[:, -2:]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    spiral = np.arange(many)[:, None] * np.array([[2.399963, 2.399963]]) + np.array(
        [[0.0, 1.570796]]
    )
    first: Array = axes * np.sqrt(np.maximum(values[-2:], 1.0)) + np.cos(spiral)
    return first


def _lengths(places: Array) -> Array:
    import numpy as np  # noqa: PLC0415  heavy

    between = places[:, None, :] - places[None, :, :]
    lengths: Array = np.sqrt((between**2).sum(axis=2))
    return lengths


def _pushed(places: Array, sizes: Array, rounds: int) -> Array:
    """Move boxes that overlap apart along the line of their centres, until none do."""
    import numpy as np  # noqa: PLC0415  heavy

    room = (sizes[:, None, :] + sizes[None, :, :]) / 2 + _GAP
    for _ in range(rounds):
        between = places[:, None, :] - places[None, :, :]
        near = ((between / room) ** 4).sum(axis=2) ** 0.25
        np.fill_diagonal(near, 1.0)
        hit = near < _CLEAR
        if not hit.any():
            break
        short = np.where(hit, np.minimum(1.0 / np.maximum(near, 1e-9) - 1.0, 2.0), 0.0)
        push = (between * short[:, :, None]).sum(axis=1) / np.maximum(hit.sum(axis=1), 1)[
            :, None
        ] ** 0.5
        places = places + 0.5 * push
    return places


def _turned(places: Array) -> Array:
    """The same picture, centred, with its longest axis across."""
    import numpy as np  # noqa: PLC0415  heavy

    middle = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(middle.T @ middle)
    way = axes[:, 1] * (-1.0 if axes[np.abs(axes[:, 1]).argmax(), 1] < 0 else 1.0)
    turned: Array = middle @ np.array([[way[0], -way[1]], [way[1], way[0]]])
    return turned


def _stretched(places: Array) -> Array:
    """The same picture, somewhat nearer to the form of a screen."""
    import numpy as np  # noqa: PLC0415  heavy

    across, down = np.maximum(np.ptp(places, axis=0), 1.0)
    factor = min(max((ASPECT * down / across) ** 0.5, 0.8), 1.3)
    stretched: Array = places * np.array([factor, 1 / factor])
    return stretched


def _pack(parts: list[list[int]], graph: Any, places: Array, sizes: Array) -> None:
    """Set each component down, in place, as near to the middle as it finds free squares."""
    import numpy as np  # noqa: PLC0415  heavy

    taken = np.zeros((2, 2), dtype=bool)
    for part in parts:
        own = np.array(sorted(_squares(graph.subgraph(part), places, sizes)))
        for number in count():
            offsets = _offsets(number)
            half = len(taken) // 2
            reach = int(np.abs(own).max() + np.abs(offsets).max()) + 1
            if reach > half:
                taken = np.pad(taken, reach)
                half += reach
            squares = own[None, :, :] + offsets[:, None, :] + half
            free = ~taken[squares[:, :, 0], squares[:, :, 1]].any(axis=1)
            if free.any():
                first = int(free.argmax())
                taken[squares[first, :, 0], squares[first, :, 1]] = True
                places[part] += offsets[first] * _CELL
                break


@cache
def _offsets(number: int) -> NDArray[np.int64]:
    """Steps of squares from the middle, nearest first: one ring of an ellipse as wide as the picture should be."""
    import numpy as np  # noqa: PLC0415  heavy

    across = int(number * ASPECT) + 1
    found = [(x, y) for y in range(-number, number + 1) for x in range(-across, across + 1)]
    distance = {(x, y): (x / ASPECT) ** 2 + y**2 for x, y in found}
    ring = [f for f in found if number == 0 or (number - 1) ** 2 < distance[f] <= number**2]
    return np.array(sorted(ring, key=lambda f: (distance[f], f)) if number else [(0, 0)])


def _squares(part: Any, places: Array, sizes: Array) -> set[tuple[int, int]]:
    """Squares that a component covers with its boxes, its edges and a margin."""
    found: set[tuple[int, int]] = set()
    for node in part:
        (x, y), (width, height) = places[node], sizes[node]
        right, low = int((x + width / 2) // _CELL) + 1, int((y + height / 2) // _CELL) + 1
        for column in range(int((x - width / 2) // _CELL) - 1, right + 1):
            found |= {(column, row) for row in range(int((y - height / 2) // _CELL) - 1, low + 1)}
    for one, other in part.edges():
        way = places[other] - places[one]
        steps = int(abs(way).max() // _CELL) + 1
        for step in range(steps):
            x, y = places[one] + way * (step / steps)
            found.add((int(x // _CELL), int(y // _CELL)))
    return found
