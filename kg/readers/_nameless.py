"""Tables whose columns have no names: what the cells are tells who speaks, about what, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.readers import _dates, _naming
from kg.readers._people import people
from kg.readers._single import is_place

_LEAST, _MOST = 4, 12
"""Rows, and columns."""
_SEEN = 200
_NEARLY, _GIVEN = 0.8, 0.4
_BRIEF, _LONG = 3, 300
"""Words of a given name, and letters of a cell."""
_WORDS = 2.0
"""A title has that many on the average."""
_Fits = Callable[[str], bool]


def columns(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """Names for the columns of rows without a header; None where it is not clear that they are talks with speakers."""
    rows = rows[:_SEEN]
    width = len(rows[0]) if rows else 0
    if len(rows) < _LEAST or not 1 < width <= _MOST or any(len(row) != width for row in rows):
        return None
    held = [[row[n].strip() for row in rows if row[n].strip()] for n in range(width)]
    days = [n for n, cells in enumerate(held) if _mostly(cells, len(rows), _day)]
    days = sorted(days, key=lambda n: -_whole(held[n]))
    speaking = _speaking(held, len(rows)) or _in_two(rows)
    placed = {} if speaking or not days else _placed(held, len(rows))
    titled = {
        n: _title_score(held[n])
        for n in range(width)
        if n not in {*speaking, *placed, *days} and len(held[n]) >= len(rows) / 2
    }
    best = max(titled, key=lambda n: titled[n], default=-1)
    title = {best: "title"} if titled.get(best) else {}
    if not (placed or (speaking and title)):
        return None
    found = {**speaking, **placed, **title, **({days[0]: "date"} if days else {})}
    return [found.get(n, "") for n in range(width)]


def _speaking(held: list[list[str]], rows: int) -> dict[int, str]:
    """The one column of whole names."""
    found = [n for n, cells in enumerate(held) if _mostly(cells, rows, _names) and _known(cells)]
    return {found[0]: "speaker"} if len(found) == 1 else {}


def _in_two(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns of given and of family names, side by side."""
    for n in range(len(rows[0]) - 1):
        pairs = [f"{row[n].strip()} {row[n + 1].strip()}" for row in rows if row[n + 1].strip()]
        brief = all(len(row[n].split()) <= _BRIEF for row in rows)
        if brief and _mostly(pairs, len(rows), _names) and _known(pairs):
            return {n: "first", n + 1: "last"}
    return {}


def _placed(held: list[list[str]], rows: int) -> dict[int, str]:
    """The one column of names with their places: "Ada Byron, Department of Logic, Lund University"."""
    found = [
        n
        for n, cells in enumerate(held)
        if _mostly(cells, rows, lambda c: _names(c) or _with_place(c))
        and sum(map(_with_place, cells)) * 2 >= len(cells)
    ]
    return {found[0]: "speaker"} if len(found) == 1 and _known(held[found[0]]) else {}


def _with_place(cell: str) -> bool:
    found = people(cell) if len(cell) < _LONG and not any(map(str.isdigit, cell)) else []
    return bool(found) and _naming.person(found[0].name) and is_place(found[0].post)


def _mostly(cells: list[str], rows: int, fits: _Fits) -> bool:
    """Whether nearly all rows have a cell there, and nearly all of those are of a kind."""
    return len(cells) >= _NEARLY * rows and sum(map(fits, cells)) >= _NEARLY * len(cells)


def _names(cell: str) -> bool:
    """Whether a cell may name people and nothing else."""
    found = people(cell) if len(cell) < 200 and not any(map(str.isdigit, cell)) else []
    return bool(found) and all(
        _naming.person(p.name) and not p.post and len(p.name.split()) <= 5 for p in found
    )


def _known(cells: list[str]) -> bool:
    """Whether many of the names begin with a known given name: "Coast Days" is shaped as a name, too."""
    return sum(_naming.given(c.split()[0]) for c in cells) >= _GIVEN * len(cells)


def _day(cell: str) -> bool:
    return len(cell) < 40 and bool(_dates.day(cell))


def _whole(cells: list[str]) -> int:
    """How many cells give a day, not but a year."""
    return sum(len(_dates.day(c) or "") == len("2000-01-01") for c in cells)


def _title_score(cells: list[str]) -> float:
    """How much cells look like titles: words that differ from row to row, no addresses; 0 where they do not."""
    words = [len(c.split()) for c in cells if "://" not in c]
    differ = len(set(cells)) / max(1, len(cells))
    mean = sum(words) / max(1, len(cells))
    return mean * differ if mean >= _WORDS and differ >= 0.5 else 0.0
