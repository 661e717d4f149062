"""Flows between institutions: from where people come on the left, to where they go on the right."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from kg.analysis import Network
from kg.pictures._canvas import (
    COLOURS,
    FAINT,
    INK,
    MILLIMETRE,
    SMALL,
    WORDS,
    Sheet,
    caption,
    named,
    shade,
    sheet,
)
from kg.settings import Look

_BOTTOM = 12.0
_TOP = 10.0
_GAP = 0.02
"""Room between two institutions, as a share of the height."""
_BAR = 3.0
"""Millimetres."""
_WORDS = 62.0
_OTHERS = "\uffff"
"""Stands for all further institutions, after all names."""
_GREY, _PALE = "#A8A8A8", "#CFCFCF"
"""Of named places without a colour of their own, and of all others."""
_Flow = tuple[str, str]


@dataclass(frozen=True)
class _Side:
    """Institutions of one side, from top to bottom: their people, and where each begins and ends.

    Parameters:
        spans: in shares of the height.
        unit: what one of the people takes of it.
    """

    order: tuple[str, ...]
    sizes: Counter[str]
    spans: dict[str, tuple[float, float]]
    unit: float


def paint(network: Network, look: Look) -> Sheet:
    """Draw the largest places of both sides, the others taken together; a band is as wide as its people are many."""
    flows, left, right, away = _grouped(network, look.rows // 2)
    lines = max(len(left), len(right), 3)
    done = sheet(look.width, min(look.height, _BOTTOM + _TOP + 6.0 * lines))
    height = done.figure.get_size_inches()[1] / MILLIMETRE
    axes = done.figure.add_axes((0, (_BOTTOM + 3) / height, 1, 1 - (_BOTTOM + _TOP + 3) / height))
    axes.set_axis_off()
    axes.set(xlim=(0, look.width), ylim=(1, 0))
    if not flows:
        axes.text(look.width / 2, 0.5, "No flow is known", ha="center", color=FAINT)
        done.notes.append("nothing to draw: no flow is known")
    else:
        sides = _sides(flows, left, right)
        colours = _colours(sides[0])
        _bands(axes, flows, sides, colours, look)
        _bars(done, axes, network, sides, (colours, look))
    hidden = f"{away:,} moves between other places are left out" if away else ""
    every = sum(_people(data) for _, _, data in network.edges(data=True))
    shown = sum(n for (one, other), n in flows.items() if _OTHERS not in (one, other))
    caption(
        done,
        network,
        (
            "A band is as wide as its people are many; colours are those of the places on the left",
            f"{shown:,} of {every:,} moves are between places that are named; "
            "somebody with several places counts in each",
            hidden,
        ),
        _BOTTOM,
    )
    done.notes.append(f"{shown} of {every} moves are between places that are named")
    return done


def _people(data: dict[str, Any]) -> int:
    return int(data.get("count", data.get("weight", 1)))


def _grouped(network: Network, most: int) -> tuple[Counter[_Flow], Counter[str], Counter[str], int]:
    """Flows between the largest places of each side, the sizes of these, and the moves between all others."""
    sizes: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for one, other, data in network.edges(data=True):
        sizes[0][one] += _people(data)
        sizes[1][other] += _people(data)
    kept = [
        {p for p, _ in sorted(side.items(), key=lambda pair: (-pair[1], pair[0]))[:most]}
        for side in sizes
    ]
    flows: Counter[_Flow] = Counter()
    for one, other, data in network.edges(data=True):
        ends = (one if one in kept[0] else _OTHERS, other if other in kept[1] else _OTHERS)
        flows[ends] += _people(data)
    away = flows.pop((_OTHERS, _OTHERS), 0)  # says nothing of a place
    left, right = Counter[str](), Counter[str]()
    for (one, other), count in flows.items():
        left[one] += count
        right[other] += count
    return flows, left, right, away


def _sides(flows: Counter[_Flow], left: Counter[str], right: Counter[str]) -> tuple[_Side, _Side]:
    """The left by size; the right in the order of the middles of what comes in, so that few bands cross."""
    order = sorted(left, key=lambda place: (place == _OTHERS, -left[place], place))
    one = _side(order, left)
    heights: dict[str, float] = defaultdict(float)
    for (start, end), count in sorted(flows.items()):
        heights[end] += count * sum(one.spans[start]) / 2 / right[end]
    middles = {end: round(height, 9) for end, height in heights.items()}
    return one, _side(sorted(right, key=lambda p: (p == _OTHERS, middles[p], p)), right)


def _side(order: list[str], sizes: Counter[str]) -> _Side:
    total, gap = sum(sizes.values()), min(_GAP, 0.5 / len(sizes))
    unit = (1 - gap * (len(order) - 1)) / total
    spans, top = {}, 0.0
    for place in order:
        spans[place] = (top, top + unit * sizes[place])
        top += unit * sizes[place] + gap
    return _Side(tuple(order), sizes, spans, unit)


def _colours(left: _Side) -> dict[str, str]:
    """Colours of the places on the left that are named, the largest first."""
    places = [place for place in left.order if place != _OTHERS]
    return {place: COLOURS[at] if at < len(COLOURS) else _GREY for at, place in enumerate(places)}


def _bands(
    axes: Any,
    flows: Counter[_Flow],
    sides: tuple[_Side, _Side],
    colours: dict[str, str],
    look: Look,
) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415  an extra, and heavy
    from matplotlib.path import Path  # noqa: PLC0415

    one, other = sides
    tops = [{p: s.spans[p][0] for p in s.order} for s in sides]
    x0, x1 = _WORDS + _BAR, look.width - _WORDS - _BAR
    middle = (x0 + x1) / 2
    begins: dict[_Flow, tuple[float, float]] = {}
    for start in one.order:
        for end in other.order:
            if count := flows.get((start, end), 0):
                begins[start, end] = (tops[0][start], tops[0][start] + one.unit * count)
                tops[0][start] = begins[start, end][1]
    for end in other.order:
        for start in one.order:
            if count := flows.get((start, end), 0):
                a0, a1 = begins[start, end]
                b0, b1 = tops[1][end], tops[1][end] + other.unit * count
                tops[1][end] = b1
                points = [
                    *((x0, a0), (middle, a0), (middle, b0), (x1, b0)),
                    *((x1, b1), (middle, b1), (middle, a1), (x0, a1), (x0, a0)),
                ]
                codes = [1, 4, 4, 4, 2, 4, 4, 4, 79]
                colour = colours.get(start, _PALE)
                alpha = 0.55 if start in colours and end != _OTHERS else 0.28
                axes.add_patch(
                    PathPatch(Path(points, codes), facecolor=colour, alpha=alpha, linewidth=0)
                )


def _bars(
    done: Sheet,
    axes: Any,
    network: Network,
    sides: tuple[_Side, _Side],
    how: tuple[dict[str, str], Look],
) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415  an extra, and heavy

    colours, look = how
    heads = str(network.graph.get("ends", "trained at|works at")).split("|")
    for at, side in enumerate(sides):
        x = _WORDS if at == 0 else look.width - _WORDS - _BAR
        edge, turn = (x - 1.2, "right") if at == 0 else (x + _BAR + 1.2, "left")
        every = {edge[at] for edge in network.edges()}
        axes.text(
            *(edge, -0.035, heads[at].capitalize()),
            ha=turn,
            va="bottom",
            fontsize=WORDS + 0.5,
            weight="bold",
        )
        for place in side.order:
            top, end = side.spans[place]
            fill = colours.get(place, _PALE) if at == 0 else "#6E6E6E"
            axes.add_patch(
                Rectangle(
                    (x, top),
                    _BAR,
                    end - top,
                    facecolor=fill,
                    edgecolor=shade(fill, 0.7),
                    linewidth=0.3,
                )
            )
            name = (
                f"{len(every) - len(side.order) + 1} others"
                if place == _OTHERS
                else named(network, place, 44)
            )
            done.words.add(name)
            axes.text(
                *(edge, (top + end) / 2, f"{name} ({side.sizes[place]})"),
                ha=turn,
                va="center",
                fontsize=SMALL + 0.4,
                color=FAINT if place == _OTHERS else INK,
                parse_math=False,
            )
