"""A genealogy: advisors on the left, those they advised right of them, generation by generation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
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
    measured,
    named,
    shade,
    sheet,
)
from kg.settings import Look

_BOTTOM, _MARGIN = 10.0, 5.0
_ROW = 3.9
"""Millimetres of a row."""
_STEP = 13.0
"""Millimetres from the longest name of a generation to the next generation."""
_LONGEST = 40
"""Letters of a name."""
_GAP = 0.5
"""Rows between two families."""


@dataclass
class _Family:
    """People linked by who advised whom: generation and row of each, and the advisor each stands with."""

    depth: dict[str, int]
    parents: dict[str, str]
    rows: dict[str, float] = field(default_factory=dict)
    height: float = 0.0


@dataclass(frozen=True)
class _Page:
    """Where people stand, in millimetres, and where their names end."""

    at: dict[str, tuple[float, float]]
    ends: dict[str, float]


def paint(network: Network, look: Look) -> Sheet:
    """Draw families of people, the largest first, as far as there are rows; an edge leads from a person to an advisor.

    A person stands with one advisor, the doctoral one, else of the latest generation; dashed lines lead to the others.
    """
    done = sheet(look.width, look.height)
    families = [_arranged(part) for part in _families(network)]
    page, drawn, height = _page(done, network, families, look)
    done.figure.set_size_inches(look.width * MILLIMETRE, (_BOTTOM + height) * MILLIMETRE)
    axes = done.figure.add_axes((0, _BOTTOM / (_BOTTOM + height), 1, height / (_BOTTOM + height)))
    axes.set_axis_off()
    axes.set(xlim=(0, look.width), ylim=(height, 0))
    if not drawn:
        axes.text(look.width / 2, height / 2, "No advisor is known", ha="center", color=FAINT)
        done.notes.append("nothing to draw: no advisor is known")
    for family in drawn:
        _lines(axes, network, family, page)
    _people(done, axes, network, page)
    left_out = sum(len(family.depth) for family in families) - len(page.at)
    out = f"{left_out:,} people of other families are left out" if left_out else ""
    told_of = "Right of each advisor those they advised; dashed lines lead to further advisors"
    caption(done, network, (told_of, out), _BOTTOM)
    done.notes += [out] if out else []
    return done


def _families(network: Network) -> list[Network]:
    """Parts that hang together, the largest first."""
    import networkx as nx  # noqa: PLC0415  heavy

    parts = [sorted(part) for part in nx.weakly_connected_components(network) if len(part) > 1]
    return [network.subgraph(part) for part in sorted(parts, key=lambda part: (-len(part), part))]


def _doctoral(family: Network, node: str, advisor: str) -> bool:
    """Whether somebody was advised as a doctoral student, as far as it is told."""
    stages = str(family.edges[node, advisor].get("stage", "")).replace(";", " ").replace(",", " ")
    return "doctoral" in stages.split()


def _arranged(family: Network) -> _Family:
    links = _without_circles(family)
    depth: dict[str, int] = {}
    for node in _advisors_first(links):
        depth[node] = 1 + max((depth[advisor] for advisor in links[node]), default=-1)
    counts = {node: sum(node in advisors for advisors in links.values()) for node in family}
    parents = {
        node: min(
            advisors, key=lambda a: (not _doctoral(family, node, a), -depth[a], -counts[a], a)
        )
        for node, advisors in links.items()
        if advisors
    }
    found = _Family(depth, parents)
    pupils: dict[str, list[str]] = defaultdict(list)
    for node, advisor in sorted(parents.items()):
        pupils[advisor].append(node)
    row = 0.0
    for root in _in_order([node for node in sorted(family) if node not in parents], links):
        row = _stand(root, row, pupils, found)
    found.height = row
    return found


def _without_circles(family: Network) -> dict[str, list[str]]:
    """The advisors of each, without those links that would lead round in a circle."""
    links: dict[str, list[str]] = {node: [] for node in sorted(family)}
    for node, advisors in links.items():
        for advisor in sorted(family.successors(node)):
            if node not in _line(advisor, links):
                advisors.append(advisor)
    return links


def _line(node: str, links: dict[str, list[str]]) -> set[str]:
    """A person and all advisors above."""
    found, left = {node}, [node]
    while left:
        fresh = [advisor for advisor in links[left.pop()] if advisor not in found]
        found.update(fresh)
        left += fresh
    return found


def _advisors_first(links: dict[str, list[str]]) -> list[str]:
    import networkx as nx  # noqa: PLC0415  heavy

    graph = nx.DiGraph()
    graph.add_nodes_from(links)
    graph.add_edges_from((advisor, node) for node, found in links.items() for advisor in found)
    return list(nx.lexicographical_topological_sort(graph))


def _in_order(roots: list[str], links: dict[str, list[str]]) -> list[str]:
    """People without an advisor; each next to those with whom pupils are shared."""
    pupils = {root: {n for n, advisors in links.items() if root in advisors} for root in roots}
    left = sorted(roots, key=lambda root: (-len(pupils[root]), root))
    found: list[str] = []
    while left:
        last = pupils[found[-1]] if found else set()
        found.append(min(left, key=lambda root: (-len(last & pupils[root]), left.index(root))))
        left.remove(found[-1])
    return found


def _stand(node: str, row: float, pupils: dict[str, list[str]], family: _Family) -> float:
    """Place a person in the middle of the rows of all below; the first row that is free after them."""
    left = [(node, False)]
    while left:
        person, placed = left.pop()
        order = sorted(pupils[person], key=lambda pupil: (not pupils[pupil], pupil))
        if not order:
            family.rows[person] = row
            row += 1
        elif placed:
            family.rows[person] = (family.rows[order[0]] + family.rows[order[-1]]) / 2
        else:
            left.append((person, True))
            left += [(pupil, False) for pupil in reversed(order)]
    return row


def _page(
    done: Sheet, network: Network, families: list[_Family], look: Look
) -> tuple[_Page, list[_Family], float]:
    """Positions of the families there is room for, narrow ones two abreast; and the height they take."""
    widths: dict[str, float] = {}
    longest: dict[int, float] = defaultdict(float)
    for node, depth in ((n, d) for family in families for n, d in family.depth.items()):
        widths[node] = measured(done, named(network, node, _LONGEST), WORDS)[0] / 72 / MILLIMETRE
        longest[depth] = max(longest[depth], widths[node])
    starts, x = {}, 0.0
    for depth in sorted(longest):
        starts[depth] = x
        x += longest[depth] + _STEP
    room = look.width - 2 * _MARGIN
    if x - _STEP + 2 > room:  # many generations: names may lie over lines
        starts = {depth: at * (room - 30) / max(x - _STEP, 1) for depth, at in starts.items()}
        x = room
    half = (room + _STEP) / 2
    tops = [0.0, 0.0]
    page, drawn = _Page({}, {}), list[_Family]()
    for family in families:
        last = max(family.depth.values())
        wide = starts[last] + longest[last] + 2 > half - _STEP / 2
        column = 0 if wide or tops[0] <= tops[1] else 1
        top = max(tops) if wide else tops[column]
        if drawn and top + family.height > look.rows:
            continue
        for node, row in family.rows.items():
            if row <= look.rows:
                at = _MARGIN + column * half + starts[family.depth[node]]
                page.at[node] = (at, _MARGIN + (top + row) * _ROW)
                page.ends[node] = at + 1.6 + widths[node]
        tops = [top + family.height + _GAP if wide or at == column else tops[at] for at in (0, 1)]
        drawn.append(family)
    deepest = max((y for _, y in page.at.values()), default=_MARGIN + _ROW)
    return page, drawn, deepest + _MARGIN


def _lines(axes: Any, network: Network, family: _Family, page: _Page) -> None:
    edges = [edge for edge in network.edges(family.depth) if set(edge) <= set(page.at)]
    for node, advisor in sorted(edge for edge in edges if edge[0] != edge[1]):
        (_, y0), (x1, y1) = page.at[advisor], page.at[node]
        start = page.ends[advisor] + 0.6
        if family.parents.get(node) == advisor:
            bend = x1 - 5.0
            axes.plot(
                *([start, bend, bend, x1], [y0, y0, y1, y1]),
                color="#8C8C8C",
                linewidth=0.6,
                zorder=1,
            )
        else:
            end = x1 - 1.2 if start < x1 else page.ends[node] + 0.6
            axes.plot(
                *([start, end], [y0, y1]),
                color=COLOURS[1],
                linewidth=0.6,
                linestyle=(0, (4, 2)),
                zorder=1,
            )


def _people(done: Sheet, axes: Any, network: Network, page: _Page) -> None:
    for node, (x, y) in sorted(page.at.items()):
        text = named(network, node, _LONGEST)
        done.words.add(text)
        fill = COLOURS[0] if network.in_degree(node) else COLOURS[5]
        axes.scatter(x, y, s=9, c=fill, edgecolors=shade(fill, 0.62), linewidths=0.35, zorder=3)
        size = WORDS if network.in_degree(node) else SMALL + 0.7
        axes.text(
            x + 1.6, y, text, fontsize=size, va="center_baseline", color=INK, parse_math=False
        )
