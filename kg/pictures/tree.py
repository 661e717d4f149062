"""A genealogy: advisors on the left, those they advised right of them, generation by generation."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kg.analysis import Network
from kg.pictures._canvas import (
    COLOURS,
    FAINT,
    INK,
    MILLIMETRE,
    PAPER,
    SMALL,
    WORDS,
    Sheet,
    caption,
    measured,
    shade,
    sheet,
    told,
)
from kg.settings import Look

_BOTTOM = 12.0
_ROW = 4.0
_MARGIN = 4.0
_Place = tuple[int, float]


def paint(network: Network, look: Look) -> Sheet:
    """Draw families of people, the largest first, as far as there are rows; an edge leads from a person to an advisor.

    A person stands with the first advisor; further advisors are joined by a dashed line.
    """
    shown, left_out = _shown(network, look.rows)
    places, parents = _arranged(shown)
    rows = max((y for _, y in places.values()), default=0.0) + 1
    done = sheet(look.width, _BOTTOM + 2 * _MARGIN + _ROW * max(rows, 2))
    height = done.figure.get_size_inches()[1] * 25.4
    axes = done.figure.add_axes((0, (_BOTTOM + 1) / height, 1, 1 - (_BOTTOM + 1) / height))
    axes.set_axis_off()
    axes.set(xlim=(0, look.width), ylim=(_ROW * max(rows, 2) + _MARGIN, -_MARGIN + 1))
    if not len(shown):
        axes.text(look.width / 2, _ROW, "No advisor is known", ha="center", color=FAINT)
        done.notes.append("nothing to draw: no advisor is known")
    columns = _columns(done, shown, places, look)
    _lines(axes, shown, (places, columns), parents)
    _people(done, axes, shown, (places, columns))
    out = f"{left_out:,} people of smaller families are left out" if left_out else ""
    caption(
        done,
        network,
        (
            "Right of each advisor those they advised; a dashed line leads to a further advisor",
            out,
        ),
        _BOTTOM,
    )
    if out:
        done.notes.append(out)
    return done


def _shown(network: Network, rows: int) -> tuple[Network, int]:
    """Whole families, the largest first, of which there is room; the first one always, cut where it must be."""
    import networkx as nx  # noqa: PLC0415  heavy

    families = sorted(
        (sorted(found) for found in nx.weakly_connected_components(network) if len(found) > 1),
        key=lambda found: (-len(found), found),
    )
    kept: list[str] = []
    leaves = 0
    for family in families:
        mine = sum(1 for node in family if network.in_degree(node) == 0)
        if leaves and leaves + mine > rows:
            continue
        if not leaves and mine > rows:
            ranked = sorted(family, key=lambda node: (-network.in_degree(node), node))
            family = sorted(ranked[:rows])
            mine = rows
        kept += family
        leaves += mine
    copy = nx.DiGraph()
    copy.add_nodes_from((node, network.nodes[node]) for node in sorted(kept))
    inside = set(kept)
    copy.add_edges_from(sorted((a, b) for a, b in network.edges() if {a, b} <= inside and a != b))
    return copy, sum(map(len, families)) - len(copy)


def _arranged(network: Network) -> tuple[dict[str, _Place], dict[str, str]]:
    """Generation and row of each person, and the advisor each stands with."""
    parents: dict[str, str] = {}
    for node in sorted(network):
        for advisor in sorted(network.successors(node), key=lambda a: (-network.in_degree(a), a)):
            if node not in _line(advisor, parents):
                parents[node] = advisor
                break
    pupils: dict[str, list[str]] = defaultdict(list)
    for node, advisor in sorted(parents.items()):
        pupils[advisor].append(node)
    places: dict[str, _Place] = {}
    row = 0.0
    for root in _roots(network, parents, pupils):
        row = _stand(root, (0, row), pupils, places)
    return places, parents


def _line(node: str, parents: dict[str, str]) -> list[str]:
    """A person and the advisors above."""
    found = [node]
    while found[-1] in parents:
        found.append(parents[found[-1]])
    return found


def _roots(network: Network, parents: dict[str, str], pupils: dict[str, list[str]]) -> list[str]:
    """People without an advisor; those who share pupils stand next to each other."""
    import networkx as nx  # noqa: PLC0415  heavy

    families = sorted(
        map(sorted, nx.weakly_connected_components(network)), key=lambda f: (-len(f), f)
    )
    return [
        node
        for family in families
        for node in sorted(family, key=lambda node: (-len(pupils[node]), node))
        if node not in parents
    ]


def _stand(node: str, at: _Place, pupils: dict[str, list[str]], places: dict[str, _Place]) -> float:
    """Place a person in the middle of the rows of all below; the first row that is free after them."""
    depth, row = at
    first = row
    order = sorted(pupils[node], key=lambda pupil: (not pupils[pupil], pupil))
    for pupil in order:
        row = _stand(pupil, (depth + 1, row), pupils, places)
    if not order:
        row += 1
    ends = [places[pupil][1] for pupil in order] or [first]
    places[node] = (depth, (ends[0] + ends[-1]) / 2)
    return row


def _columns(
    done: Sheet, network: Network, places: dict[str, _Place], look: Look
) -> dict[int, float]:
    """Where each generation stands, in millimetres: right of the longest name of the one before."""
    widths: dict[int, float] = defaultdict(float)
    for node, (depth, _) in places.items():
        text = told(str(network.nodes[node].get("label", node)), 40)
        widths[depth] = max(widths[depth], measured(done, text, WORDS)[0] / 72 / MILLIMETRE)
    x, found = _MARGIN, {}
    for depth in sorted(widths):
        found[depth] = x
        x += widths[depth] + 16.0
    scale = min(1.0, (look.width - 2 * _MARGIN) / max(x - 16.0, 1.0))
    return {depth: _MARGIN + (at - _MARGIN) * scale for depth, at in found.items()}


def _lines(
    axes: Any,
    network: Network,
    drawn: tuple[dict[str, _Place], dict[int, float]],
    parents: dict[str, str],
) -> None:
    places, columns = drawn
    for node, advisor in sorted(network.edges()):
        (d0, r0), (d1, r1) = places[advisor], places[node]
        first = parents.get(node) == advisor
        x0, y0 = columns[d0], r0 * _ROW
        x1, y1 = columns[d1], r1 * _ROW
        bend = columns[d1] - 8.0 if d1 > d0 else x0 - 2.0
        axes.plot(
            [x0, bend, bend, x1] if first else [x0, x1],
            [y0, y0, y1, y1] if first else [y0, y1],
            color="#8C8C8C" if first else COLOURS[1],
            linewidth=0.6,
            linestyle="-" if first else (0, (3, 2)),
            zorder=1,
            solid_joinstyle="round",
        )


def _people(
    done: Sheet, axes: Any, network: Network, drawn: tuple[dict[str, _Place], dict[int, float]]
) -> None:
    places, columns = drawn
    for node, (depth, row) in sorted(places.items()):
        x, y = columns[depth], row * _ROW
        text = told(str(network.nodes[node].get("label", node)), 40)
        done.words.add(text)
        advises = network.in_degree(node) > 0
        fill = COLOURS[0] if advises else COLOURS[5]
        axes.scatter(x, y, s=9, c=fill, edgecolors=shade(fill, 0.62), linewidths=0.35, zorder=3)
        axes.text(
            *(x + 1.4, y, text),
            fontsize=WORDS if advises else SMALL + 0.5,
            va="center",
            color=INK,
            zorder=2,
            parse_math=False,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8},
        )
