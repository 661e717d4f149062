"""Tables of talks or speakers as text: comma, semicolon, tab or bar between cells, names of columns above them."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _nameless, _neighbours, _tables, _walking
from kg.readers._fields import meaning
from kg.readers._records import Row

SUFFIXES = (".csv", ".tsv", ".tab")
_PLAIN = ("", ".txt", ".text")
_BETWEEN = ",;\t|"
_HEAD = 40
_OWN = frozenset(["title", "talk", "speaker", "author", "name", "first"])
_Line = tuple[int, list[str]]


def claims(source: Source) -> float:
    """A file that is called a table; or lines that all have as many cells as a first one of known names."""
    named = source.suffix in SUFFIXES
    if not named and source.suffix not in _PLAIN:
        return 0.0
    lines = [line for line in source.head.replace("\0", "").splitlines()[:_HEAD] if line.strip()]
    between = _separator(lines)
    if between is None:
        return 0.3 if named else 0.0
    rows = [row for row in csv.reader(lines, delimiter=between) if any(c.strip() for c in row)]
    return 0.6 if named or _even(rows) else 0.0


def _even(rows: list[list[str]]) -> bool:
    """Whether rows are a table beyond doubt: known short names first, and as many cells in every row."""
    if len(rows) < 3 or _tables.header(rows[:1]) is None:
        return False
    parts = [meaning(cell).part for cell in rows[0]]
    known = sum(map(bool, parts)) * 3 >= len(parts) * 2 and bool(_OWN & set(parts))
    brief = all(len(cell) < 40 for cell in rows[0])
    return known and brief and all(len(row) == len(rows[0]) for row in rows[:-1])


def _separator(lines: list[str]) -> str | None:
    """What stands between cells: what parts one of the first lines in the most names of known columns."""
    best: tuple[int, str] | None = None
    for between in _BETWEEN:
        rows = _parsed(lines[:_HEAD], between)
        at = _tables.header(rows)
        if at is not None:
            known = sum(1 for cell in rows[at] if meaning(cell).part)
            if best is None or known > best[0]:
                best = known, between
    return best[1] if best else None


def _parsed(lines: list[str], between: str) -> list[list[str]]:
    """The rows of the first lines, as far as they can be told apart."""
    found: list[list[str]] = []
    with contextlib.suppress(csv.Error):
        found += csv.reader(lines, delimiter=between, skipinitialspace=True)
    return found


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of a table.

    Raises:
        ReadError: no row names the columns.
    """
    rows, skipped = _rows(source)
    yield from skipped
    yield from _walking.pages(
        source.name, rows, lambda: _neighbours.speakers(source, SUFFIXES, lambda s: _rows(s)[0])
    )


def _rows(source: Source) -> tuple[list[Row], list[Skipped]]:
    lines = source.text.split("\n")
    if lines[0].startswith("sep=") and len(lines[0].strip()) == 5:
        lines[0] = ""
    between = _separator(lines)
    cells, lost = _cells(lines, between or ",")
    at = _tables.header([row for _, row in cells]) if between else None
    if at is None:
        return _nameless_rows(source, lines), []
    skipped = [
        Skipped(source.name, f"line {n}", "a cell does not end, or is too long") for n in lost
    ]
    numbered = [(f"line {n}", row) for n, row in cells[at + 1 :]]
    return _tables.records(cells[at][1], numbered), skipped


def _nameless_rows(source: Source, lines: list[str]) -> list[Row]:
    """The rows of a table whose columns have no names, where it is clear what they hold."""
    for between in _BETWEEN:
        cells, lost = _cells(lines, between)
        names = None if lost else _nameless.columns([row for _, row in cells])
        if names:
            return _tables.records(names, [(f"line {n}", row) for n, row in cells])
    raise ReadError(f"{source.name}: no row names the columns (title, speaker, affiliation ...)")


def _cells(lines: list[str], between: str) -> tuple[list[_Line], list[int]]:
    """The rows of a table with the number of their first line, and the lines whose quotes never end."""
    found: list[_Line] = []
    lost: list[int] = []
    begun = 0
    while begun < len(lines):
        got, end, whole = _run(lines, begun, between)
        found += got
        if whole:
            break
        lost.append(end + 1)
        begun = end + 1
    return found, lost


def _run(lines: list[str], begun: int, between: str) -> tuple[list[_Line], int, bool]:
    """Rows from a line on; where one has no end, those before it and the index of the line it begins in."""
    found: list[_Line] = []
    reader = csv.reader(
        (f"{line}\n" for line in lines[begun:]), delimiter=between, skipinitialspace=True
    )
    start = begun
    try:
        for row in reader:
            end = begun + reader.line_num
            if end >= len(lines) and end - start > 1 and _open(lines[start:end]):
                return found, start, False
            if any(c.strip() for c in row):
                found.append((start + 1, row))
            start = end
    except csv.Error:
        return found, start, False
    return found, len(lines), True


def _open(lines: list[str]) -> bool:
    """Whether the quotes of lines are not closed."""
    return sum(line.count('"') for line in lines) % 2 == 1
