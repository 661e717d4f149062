"""A map of a network: communities as islands, nodes as large as their talks, names where there is room."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import sqrt
from textwrap import wrap
from typing import Any

from kg.analysis import Network, analysed, measure
from kg.islands import Point, foremost, lay_out, size, strongest
from kg.islands import radii as units
from kg.pictures._canvas import (
    COLOURS,
    FAINT,
    GREYS,
    INK,
    MILLIMETRE,
    PAPER,
    SHAPES,
    SMALL,
    WORDS,
    Sheet,
    caption,
    measured,
    named,
    shade,
    sheet,
    told,
)
from kg.pictures._labels import Placed, Wanted, place
from kg.settings import ANALYSIS, Look

Axes = Any
_BOTTOM = 12.0
"""Millimetres for the caption."""
_LEGEND = 42.0
_KINDS = 8
"""Communities with a colour of their own; those after them share the greys, each with a shape."""
_AREA = {"s": 0.78, "D": 0.5}
"""Markers that reach further than a disc of their size are drawn smaller."""
_OTHER = "#DADADA"
_MIDDLE = 3.0
"""Points that the radius of a middling node has at most."""
_KEPT = 3
"""Links of a node that are drawn at most, those of highest cosine."""


def paint(network: Network, look: Look) -> Sheet:
    """Draw a network; where it was not analysed, its communities are looked for first."""
    if "communities" not in network.graph:
        network = analysed(network, replace(ANALYSIS, seed=look.seed))
    shown = foremost(network, look.nodes)
    places = lay_out(shown, measure(shown))
    done = sheet(look.width, look.height)
    axes = done.figure.add_axes(_room(look))
    axes.set_axis_off()
    scale = _fit(axes, list(places.values()), look)
    radii = _radii(shown, scale)
    links = _links(axes, shown, places)
    _nodes(axes, shown, places, radii)
    labels = _names(done, axes, shown, (places, radii), look)
    _legend(done, shown, look)
    few = (
        f"{len(shown):,} of {len(network):,} nodes, those with most talks"
        if len(shown) < len(network)
        else ""
    )
    caption(
        done,
        network,
        (
            few,
            f"Area of a node: number of talks. Lines: of each node the {_KEPT} links of highest cosine "
            f"({links:,} lines); the wider the more in common",
            f"Colours: communities. {network.graph.get('analysis', '')}; runs agree by an adjusted Rand index of "
            f"{network.graph.get('stability', 1):.2f}",
        ),
        _BOTTOM,
    )
    done.notes.append(f"{len(shown)} of {len(network)} nodes are drawn, {labels} have their name")
    return done


def _room(look: Look) -> tuple[float, float, float, float]:
    """Where the map stands on the page, as shares of it."""
    bottom = _BOTTOM / look.height
    return (0.01, bottom + 0.01, 1 - (_LEGEND + 3) / look.width, 0.98 - bottom)


def _fit(axes: Axes, places: list[Point], look: Look) -> float:
    """Set the limits so that all fits, at one scale both ways; the points of the page that a unit takes."""
    share = _room(look)
    width, height = share[2] * look.width, share[3] * look.height
    xs, ys = [x for x, _ in places] or [0.0], [y for _, y in places] or [0.0]
    across, up = max(xs) - min(xs) + 2.5, max(ys) - min(ys) + 2.0
    unit = min(width / across, height / up)
    for limit, values, room in ((axes.set_xlim, xs, width), (axes.set_ylim, ys, height)):
        middle, half = (max(values) + min(values)) / 2, room / unit / 2
        limit(middle - half, middle + half)
    return unit * MILLIMETRE * 72


def _radii(network: Network, scale: float) -> dict[str, float]:
    """Radii in points; where few nodes have much room they stay small enough for names to stand beside them."""
    found = units(network)
    middle = sorted(found.values())[len(found) // 2] if found else 1.0
    scale *= min(1.0, _MIDDLE / (middle * scale))
    return {node: scale * radius for node, radius in found.items()}


def _colour(community: int) -> tuple[str, str]:
    """The colour and the shape of a community."""
    if community < _KINDS:
        return COLOURS[community], "o"
    at = community - _KINDS
    return (GREYS[at], SHAPES[at]) if at < len(GREYS) else (_OTHER, "o")


def _community(network: Network, node: str) -> int:
    return int(network.nodes[node].get("community", 0))


def _links(axes: Axes, network: Network, places: dict[str, Point]) -> int:
    from matplotlib.collections import LineCollection  # noqa: PLC0415  an extra, and heavy

    by = measure(network)
    chosen = strongest(network, by, _KEPT)
    most = max((float(network.edges[edge].get(by, 1)) for edge in chosen), default=1.0)
    for across in (True, False):
        lines, widths, colours = [], [], []
        for one, other in chosen:
            mine, theirs = (_community(network, end) for end in (one, other))
            if (mine != theirs) is across:
                lines.append([places[one], places[other]])
                widths.append(0.25 + 1.6 * sqrt(float(network.edges[one, other].get(by, 1)) / most))
                colours.append("#9A9A9A" if across else _colour(mine)[0])
        alpha = 0.28 if across else 0.38
        axes.add_collection(
            LineCollection(lines, linewidths=widths, colors=colours, alpha=alpha, zorder=1)
        )
    return len(chosen)


def _nodes(axes: Axes, network: Network, places: dict[str, Point], radii: dict[str, float]) -> None:
    order = sorted(network, key=lambda node: (-radii[node], node))
    colours = {node: _colour(_community(network, node)) for node in order}
    for shape in ("o", *SHAPES):
        some = [node for node in order if colours[node][1] == shape]
        if not some:
            continue
        fill = [colours[node][0] for node in some]
        axes.scatter(
            [places[node][0] for node in some],
            [places[node][1] for node in some],
            s=[_AREA.get(shape, 1.0) * (2 * radii[node]) ** 2 for node in some],
            c=fill,
            edgecolors=[shade(colour, 0.62) for colour in fill],
            linewidths=0.35,
            marker=shape,
            zorder=2,
        )


def _names(
    done: Sheet,
    axes: Axes,
    network: Network,
    drawn: tuple[dict[str, Point], dict[str, float]],
    look: Look,
) -> int:
    """Write the names that find room, the larger nodes first; how many they are."""
    from matplotlib import patheffects  # noqa: PLC0415  an extra, and heavy

    places, radii = drawn
    order = sorted(network, key=lambda node: (-size(network, node), node))
    largest = max(radii.values(), default=1.0)
    sizes = {node: SMALL + 2.4 * (radii[node] / largest) for node in order}
    words = {node: named(network, node) for node in order}
    points = axes.transData.transform([places[node] for node in order]) * 72 / done.figure.dpi
    wanted = [
        Wanted(
            *(float(x), float(y), radii[node], *measured(done, words[node], sizes[node])),
            group=_community(network, node),
        )
        for node, (x, y) in zip(order, points, strict=True)
    ]
    box = axes.get_window_extent()
    page = tuple(value * 72 / done.figure.dpi for value in (box.x0, box.y0, box.x1, box.y1))
    found = place(wanted, (page[0], page[1], page[2], page[3]), look.labels)
    width, height = (float(side) * 72 for side in done.figure.get_size_inches())
    halo = [patheffects.withStroke(linewidth=1.4, foreground=PAPER, alpha=0.85)]
    for spot in found:
        node = order[spot.at]
        done.words.add(words[node])
        done.figure.text(
            *(_middle(spot)[0] / width, _middle(spot)[1] / height, words[node]),
            fontsize=sizes[node],
            ha="center",
            va="center_baseline",
            color=INK,
            path_effects=halo,
            parse_math=False,
            gid=f"label-{spot.at}",
        )
    return len(found)


def _middle(spot: Placed) -> Point:
    left, bottom, right, top = spot.box
    return (left + right) / 2, (bottom + top) / 2


def _legend(done: Sheet, network: Network, look: Look) -> None:
    """The communities by name, with the number of their nodes, right of the map."""
    sizes: Counter[int] = Counter()
    names: dict[int, str] = {}
    for node, data in network.nodes(data=True):
        community = _community(network, node)
        sizes[community] += 1
        names[community] = str(data.get("community_name") or f"community {community + 1}")
    left = 1 - (_LEGEND - 1) / look.width
    axes = done.figure.add_axes((left - 0.005, 0, 1 - left, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, _LEGEND), ylim=(0, look.height))
    y = look.height - 5.0
    axes.text(1.0, y, "Communities", fontsize=WORDS + 0.5, weight="bold", va="center")
    y -= 5.0
    most = _KINDS + len(GREYS)
    rest = 0
    for community in sorted(sizes):
        lines = wrap(told(names[community], 56), 26, max_lines=2, placeholder=" …")
        if community >= most or sizes[community] < 2 or y - 2.7 * len(lines) < _BOTTOM + 4:
            rest += sizes[community]
            continue
        lines[-1] += f" ({sizes[community]})"
        colour, shape = _colour(community)
        edge = shade(colour, 0.62)
        axes.scatter(2.2, y, s=26, c=colour, marker=shape, edgecolors=edge, linewidths=0.4)
        done.words.update(lines)
        text = "\n".join(lines)
        small = {"fontsize": SMALL + 0.3, "va": "top", "linespacing": 1.2, "parse_math": False}
        axes.text(4.8, y + 1.1, text, **small)
        y -= 2.65 * len(lines) + 2.2
    if rest:
        edge = shade(_OTHER, 0.62)
        axes.scatter(2.2, y, s=20, c=_OTHER, edgecolors=edge, linewidths=0.4)
        axes.text(4.8, y, f"others ({rest})", fontsize=SMALL, color=FAINT, va="center")
