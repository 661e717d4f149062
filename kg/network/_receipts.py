"""What stands behind nodes and edges: the talks, in which years; looked up only for those that stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from kg.network._table import Table

Attributes = dict[str, str | int | float]


class Receipts(Protocol):
    """What is told of nodes and edges beside their names and weights."""

    def node(self, side: int, row: int) -> Attributes:
        """Of a row of the first table (0) or the second (1)."""

    def edge(self, one: int, other: int, columns: Sequence[str]) -> Attributes:
        """Of a pair of rows with these columns in common."""


def told_years(years: Iterable[int | None]) -> Attributes:
    """First and last year, and how often each: "2018:3 2019:5"; nothing where no year is known."""
    found = sorted([year for year in years if year is not None])
    if not found:
        return {}
    first, last = found[0], found[-1]
    if first == last:
        return {"first_year": first, "last_year": last, "years": f"{first}:{len(found)}"}
    text = " ".join([f"{year}:{found.count(year)}" for year in sorted(set(found))])
    return {"first_year": first, "last_year": last, "years": text}


def of_talks(talks: Sequence[str], years: Mapping[str, int]) -> Attributes:
    """The talks behind an edge."""
    return {"talks": " ".join(talks), **told_years(years.get(talk) for talk in talks)}


class ByTalks:
    """Nodes that are joined by talks: the columns of their tables."""

    def __init__(self, tables: Sequence[Table], years: Mapping[str, int]) -> None:
        """Take the tables of both sides, and the years of talks."""
        self._tables, self._years = tables, years

    def node(self, side: int, row: int) -> Attributes:
        """How many talks, and when."""
        talks = self._tables[side].of(row)
        return {"talks": len(talks), **told_years(map(self._years.get, talks))}

    def edge(self, one: int, other: int, columns: Sequence[str]) -> Attributes:
        """The talks in common."""
        return of_talks(columns, self._years)


class Through(ByTalks):
    """Nodes that are joined by what their talks have: topics or series."""

    def __init__(self, own: Table, joint: Table, years: Mapping[str, int], unit: str) -> None:
        """Take the talks of nodes, those of what joins them, and what the latter is called."""
        super().__init__((own, own), years)
        self._own, self._joint, self._unit = own, joint.transposed, unit
        self._names = joint.rows
        self._known: dict[int, dict[str, list[str]]] = {}

    def edge(self, one: int, other: int, columns: Sequence[str]) -> Attributes:
        """What is in common, and the talks of both that have it."""
        found: set[str] = set()
        for end in (self._talks(one), self._talks(other)):
            found.update(talk for column in columns for talk in end[column])
        return {self._unit: " ".join(columns), **of_talks(sorted(found), self._years)}

    def _talks(self, row: int) -> dict[str, list[str]]:
        """The talks of a node by what they have."""
        if row not in self._known:
            talks: dict[str, list[str]] = defaultdict(list)
            numbers = self._own.matrix.indices[slice(*self._own.matrix.indptr[row : row + 2])]
            for number in numbers.tolist():
                start, end = self._joint.indptr[number : number + 2]
                for place in self._joint.indices[start:end].tolist():
                    talks[self._names[place]].append(self._own.columns[number])
            self._known[row] = talks
        return self._known[row]
