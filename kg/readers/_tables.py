"""Rows of cells to records: which row is the header, and what its columns are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.readers import _dates, _nameless, _records
from kg.readers._fields import meaning
from kg.readers._records import Row

_HEAD, _MOST_COLUMNS = 15, 1_000
_LONGEST_NAME = 120


def header(rows: Sequence[Sequence[str]]) -> int | None:
    """The index of the row that names the columns: the first with two names that mean something; None without one."""
    for n, row in enumerate(rows[:_HEAD]):
        names = [c for c in row[:_MOST_COLUMNS] if c.strip()]
        known = [c for c in names if len(c) <= _LONGEST_NAME and meaning(c).part]
        telling = [c for c in known if meaning(c).part not in {"noise", "other", "id"}]
        if len(known) > 1 and telling and len(known) * 3 >= len(names):
            return n
    return None


def columns(row: Sequence[str]) -> list[str]:
    """The names of the columns; one that stands there twice is numbered."""
    out: list[str] = []
    seen: Counter[str] = Counter()
    for name in row[:_MOST_COLUMNS]:
        plain = " ".join(name.split())
        seen[plain] += 1
        out.append(f"{plain} #{seen[plain]}" if seen[plain] > 1 and plain else plain)
    return out


def headed(value: list[object], place: str) -> list[Row] | None:
    """The records of a list of lists whose first row names the fields; None where it is no such table."""
    if len(value) < 2 or not all(isinstance(row, list) for row in value[:2]):
        return None
    first = value[0]
    if not isinstance(first, list):
        return None
    known = all(isinstance(c, str) for c in first) and header([first]) is not None
    names = columns([_records.text(c) for c in first]) if known else _guessed(value)
    if names is None:
        return None
    rows = ((n, row) for n, row in enumerate(value) if n >= known and isinstance(row, list))
    return [
        Row(((k, c) for k, c in zip(names, row, strict=False) if k), f"{place}[{n}]", ".")
        for n, row in rows
    ]


def _guessed(value: list[object]) -> list[str] | None:
    """Names for the columns of lists that have none."""
    rows = [row for row in value if isinstance(row, list)]
    if len(rows) < len(value) or any(isinstance(c, list | dict) for row in rows for c in row):
        return None
    return _nameless.columns([[_records.text(c) for c in row] for row in rows])


def records(names: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> list[Row]:
    """The records of rows with their places.

    A day that a row of its own gives, or the first row of several, is the day of those below it.
    """
    known = columns(names)
    day = next((n for n, name in enumerate(known) if meaning(name).part == "date"), None)
    timed = next((n for n, name in enumerate(known) if meaning(name).part == "start"), None)
    out: list[Row] = []
    last = ""
    for place, row in rows:
        cells = list(row)
        said = [c for c in cells if c.strip()]
        if (
            len(said) == 1
            and len(known) > 2
            and (found := _dates.day(said[0]))
            and len(found) == 10
        ):
            last = said[0]
            continue
        if day is not None and day < len(cells):
            if cells[day].strip():
                last = cells[day]
            elif timed is not None and timed < len(cells) and cells[timed].strip():
                cells[day] = last
        fields = [(k, c) for k, c in zip(known, cells, strict=False) if k and c.strip()]
        if day is None and last:
            fields.append(("date", last))
        if fields:
            out.append(Row(fields, place, ", column "))
    return out
