"""What of an answer is asked for: some of its rows, and the columns in front."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Answer
from kg.questions._asked import Years

YEARLY = frozenset(["year", "date", "when", "from"])
"""Columns that tell when."""
_OPEN = 9999
"""The last year of what has no end."""
_TIMES = YEARLY | {"to"}


def within(answer: Answer, years: Years) -> Answer:
    """The rows of those years, also those that last from before into them or have no end; not those without a year."""
    low, high = years[0] or 0, years[1] or 9999
    at = next(n for n, c in enumerate(answer.columns) if c in YEARLY)
    end = answer.columns.index("to") if {"from", "to"} <= set(answer.columns) else at
    rows = []
    for row in answer.rows:
        first, last = (str(row[n] or "")[:4] for n in (at, end))
        told = (first or last).isdecimal()
        if told and int(first or last) <= high and low <= int(last or _OPEN):
            rows.append(row)
    return replace(answer, rows=tuple(rows))


def told(answer: Answer, part: str) -> Answer:
    """One step to what is asked for: rows with the least or the greatest, a column in front, or a number of rows."""
    if part == "#":
        count = len({row[0] for row in answer.rows if row[0]})
        return Answer(("count",), ((str(count),),), answer.sparql)
    if "+" in part:
        return _both(answer, part.split("+"))
    column, _, rest = part.partition(" ")
    which, _, by = rest.partition(" ")
    if which:
        answer = edge(answer, by or column, which == "greatest")
    name, _, kind = column.partition(".")
    return fronted(answer, name, kind) if name else answer


def _both(answer: Answer, columns: list[str]) -> Answer:
    """An answer that tells several columns one below the other, where it says one thing of each; else side by side."""
    places = [answer.columns.index(c) for c in columns]
    said = {tuple(row[n] for n in places) for row in answer.rows if any(row[n] for n in places)}
    if len({cells[0] for cells in said}) > 1 and not set(columns) <= _TIMES:
        for column in reversed(columns):
            answer = _first(answer, column)
        return answer
    rows = [(row[n], *row) for n in places for row in answer.rows if row[n]]
    return replace(answer, columns=("answer", *answer.columns), rows=tuple(dict.fromkeys(rows)))


def _first(answer: Answer, column: str) -> Answer:
    """An answer with a column in front."""
    at = answer.columns.index(column)
    columns = (column, *(c for c in answer.columns if c != column))
    rows = tuple((row[at], *row[:at], *row[at + 1 :]) for row in answer.rows)
    return replace(answer, columns=columns, rows=rows)


def edge(answer: Answer, column: str, greatest: bool) -> Answer:
    """The rows with the least or the greatest of a column."""
    at = answer.columns.index(column)
    cells = {str(row[at]) for row in answer.rows if row[at]}
    numbers = all(cell.isdecimal() for cell in cells)
    ranked = sorted(cells, key=lambda cell: (int(cell) if numbers else 0, cell))
    wanted = ranked[-1 if greatest else 0] if ranked else None
    return replace(answer, rows=tuple(row for row in answer.rows if wanted and row[at] == wanted))


def fronted(answer: Answer, column: str, kind: str = "") -> Answer:
    """An answer with the column first that was asked for, and the rows that have it; of days perhaps their years."""
    answer = _first(answer, column)
    rows = tuple(row for row in answer.rows if row[0])
    if kind == "year":
        rows = tuple((str(row[0])[:4], *row[1:]) for row in rows)
    return replace(answer, rows=rows)


def first(answer: Answer, number: int) -> Answer:
    """The rows of the first so many things of a ranking, with those that have as many as the last of them."""
    rows = [row for row in answer.rows if row[0] not in {None, ""}]
    at = _numbers(rows)
    names = list(dict.fromkeys(row[0] for row in rows))
    if len(names) <= number:
        return replace(answer, rows=tuple(rows))
    last = next(row for row in rows if row[0] == names[number - 1])
    least = int(last[at] or 0) if at is not None else 0
    kept = [
        row
        for row in rows
        if names.index(row[0]) < number or (at is not None and int(row[at] or 0) >= least)
    ]
    return replace(answer, rows=tuple(kept))


def atleast(answer: Answer, number: int) -> Answer:
    """The rows with at least a number in the first column of numbers behind the first."""
    rows = [row for row in answer.rows if row[0] not in {None, ""}]
    at = _numbers(rows)
    kept = (row for row in rows if at is not None and int(row[at] or 0) >= number)
    return replace(answer, rows=tuple(kept))


def _numbers(rows: list[tuple[str | None, ...]]) -> int | None:
    """The first column of numbers behind the first."""
    return (
        next((n for n, c in enumerate(rows[0]) if n and str(c).isdecimal()), None) if rows else None
    )


def most(answer: Answer) -> Answer:
    """The rows with the highest number of the first column of numbers behind the first; of people told by conditions
    those that most of them have."""
    rows = [row for row in answer.rows if row[0] not in {None, ""}]
    if "of" in answer.columns:
        of = answer.columns.index("of")
        whose = {row[0]: {r[of] for r in rows if r[0] == row[0]} for row in rows}
        highest = max(map(len, whose.values()), default=0)
        return replace(answer, rows=tuple(r for r in rows if len(whose[r[0]]) == highest))
    at = _numbers(rows)
    if at is None:
        return answer
    highest = max(int(row[at] or 0) for row in rows)
    return replace(answer, rows=tuple(row for row in rows if row[at] == str(highest)))
