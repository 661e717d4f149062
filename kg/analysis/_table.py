"""A table of plain values, to be read on as a DataFrame, as CSV or as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UnknownName
from kg.frames import frame

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | bool | None
Row = tuple[Value, ...]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Text that starts with one of these would be run as a formula by a spreadsheet."""


@dataclass(frozen=True)
class Table:
    """What an analysis found, row by row.

    Parameters:
        name: the analysis ("trends").
        columns: names of the columns; a column "talks" holds IRIs, separated by one space.
        notes: method, thresholds and what was left out, as sentences.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def column(self, name: str) -> tuple[Value, ...]:
        """The values of one column, from top to bottom.

        Raises:
            UnknownName: there is no such column.
        """
        if name not in self.columns:
            raise UnknownName("column", name, self.columns)
        at = self.columns.index(name)
        return tuple(row[at] for row in self.rows)

    def records(self) -> Iterator[dict[str, Value]]:
        """Each row by the names of its columns."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def head(self, rows: int) -> Table:
        """The first rows alone."""
        return Table(self.name, self.columns, self.rows[:rows], self.notes)

    def frame(self) -> pd.DataFrame:
        """The table as a pandas DataFrame.

        Raises:
            MissingPart: pandas is not installed.
        """
        return frame(self.rows, self.columns)

    def csv(self) -> str:
        """The table as CSV with a header; text that a spreadsheet would run as a formula gets an apostrophe."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_cell(value) for value in row] for row in self.rows)
        return out.getvalue()

    def json(self) -> str:
        """The table as JSON: its name, its notes, and its rows as objects."""
        told = {"name": self.name, "notes": list(self.notes), "rows": list(self.records())}
        return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _cell(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def rounded(value: float, digits: int = 6) -> float:
    """A number to some significant digits, so that the last bits of a machine do not show."""
    return float(f"{value:.{digits}g}")
