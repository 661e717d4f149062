"""Labels that do not overlap: the most important first, on a coarse grid of points of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""
_CELL = 24.0


@dataclass(frozen=True)
class Wanted:
    """A label, the disc it names, and its size, all in points; which group the disc is of."""

    x: float
    y: float
    radius: float
    width: float
    height: float
    group: int = 0


@dataclass(frozen=True)
class Placed:
    """The number of a label that found room, and where."""

    at: int
    box: Box


def place(wanted: Sequence[Wanted], page: Box, most: int) -> list[Placed]:
    """Room for labels, in their order: right of the disc, left, above, below, or across it where it is
    larger than others.

    Parameters:
        wanted: the most important first; all discs are kept free of the labels of others as far as they are large.
        page: no label leaves it.
        most: labels that are placed, but for one of each group that would have none.
    """
    taken = _Grid()
    discs = _Grid()
    for at, label in enumerate(wanted):
        if label.radius >= 2.5:
            discs.add(_square(label), at)
    large = 1.25 * min((label.radius for label in wanted), default=0.0)
    found: list[Placed] = []
    for at, label in enumerate(wanted):
        if len(found) == most:
            break
        for box in _spots(label):
            if _inside(box, page) and not taken.hit(box) and not discs.hit(box, but=at):
                break
        else:
            box = _on(label)
            if label.radius < large or taken.hit(box) or not _inside(box, page):
                continue
        taken.add(box, at)
        found.append(Placed(at, box))
    return [*found, *_nameless(wanted, page, found, taken)]


def _nameless(
    wanted: Sequence[Wanted], page: Box, found: Sequence[Placed], taken: _Grid
) -> Iterable[Placed]:
    """One label for each group that has none, over small discs if it must be."""
    named = {wanted[placed.at].group for placed in found}
    for at, label in enumerate(wanted):
        if label.group in named:
            continue
        free = (b for b in (*_spots(label), _on(label)) if _inside(b, page) and not taken.hit(b))
        if box := next(iter(free), None):
            named.add(label.group)
            taken.add(box, at)
            yield Placed(at, box)


def _square(label: Wanted) -> Box:
    side = 0.72 * label.radius
    return (label.x - side, label.y - side, label.x + side, label.y + side)


def _spots(label: Wanted) -> Iterable[Box]:
    away, half, up = label.radius + 1.2, label.width / 2, label.height / 2
    if label.width <= 2.4 * label.radius:
        yield _on(label)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)):
        scale = 0.75 if dx and dy else 1.0
        x = label.x + dx * (away * scale + half)
        y = label.y + dy * (away * scale + up)
        yield (x - half, y - up, x + half, y + up)


def _on(label: Wanted) -> Box:
    half, up = label.width / 2, label.height / 2
    return (label.x - half, label.y - up, label.x + half, label.y + up)


def _inside(box: Box, page: Box) -> bool:
    return page[0] <= box[0] and page[1] <= box[1] and box[2] <= page[2] and box[3] <= page[3]


class _Grid:
    """Boxes by the cells they touch."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Box, int]]] = {}

    def _over(self, box: Box) -> Iterable[tuple[int, int]]:
        left, bottom, right, top = (int(side // _CELL) for side in box)
        return ((x, y) for x in range(left, right + 1) for y in range(bottom, top + 1))

    def add(self, box: Box, name: int) -> None:
        for cell in self._over(box):
            self._cells.setdefault(cell, []).append((box, name))

    def hit(self, box: Box, but: int = -1) -> bool:
        return any(
            name != but and meet(box, other)
            for cell in self._over(box)
            for other, name in self._cells.get(cell, ())
        )


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
