"""Nodes that are joined by what is claimed of people: awards, posts, degrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.network._receipts import Attributes, told_years
from kg.network._table import Table


class Claimed(NamedTuple):
    """A claim that ties a node with what joins it to others."""

    node: str
    column: str
    claim: str
    year: int | None


class ByClaims:
    """Receipts of edges whose ends are tied to their columns by claims.

    The years of an edge are those of the claims of both ends. Where edges lead somewhere, each person counts once: with
    the first year at the end it leads to, and, as ``from_years``, with the last at the other.
    """

    def __init__(
        self,
        tables: tuple[Table, Table],
        claimed: tuple[Sequence[Claimed], Sequence[Claimed]],
        names: tuple[str, Mapping[str, int]],
        directed: bool = False,
    ) -> None:
        """Take the tables and the claims of both sides, what the columns are called, and how many talks nodes have."""
        self._tables, self._directed = tables, directed
        self._unit, self._talks = names
        self._claims = [_by_end(found) for found in claimed]

    def node(self, side: int, row: int) -> Attributes:
        """How many columns, and when."""
        table = self._tables[side]
        columns, talks = table.of(row), self._talks.get(table.rows[row], 0)
        if self._directed:
            return {"talks": talks, ("from_here", "to_here")[side]: len(columns)}
        years = (found.year for found in self._of(side, row, columns))
        return {"talks": talks, self._unit: len(columns), **told_years(years)}

    def edge(self, one: int, other: int, columns: Sequence[str]) -> Attributes:
        """What is in common, the claims behind it, and their years."""
        ends = self._of(0, one, columns), self._of(1, other, columns)
        both = sorted({found.claim for end in ends for found in end})
        told: Attributes = {self._unit: " ".join(columns), "claims": " ".join(both)}
        if not self._directed:
            return told | told_years(found.year for found in {*ends[0], *ends[1]})
        begun = told_years(_once(ends[0], max))
        told |= told_years(_once(ends[1], min))
        return told | ({"from_years": begun["years"]} if begun else {})

    def _of(self, side: int, row: int, columns: Sequence[str]) -> list[Claimed]:
        node = self._tables[side].rows[row]
        return [found for column in columns for found in self._claims[side][node, column]]


def _once(claimed: Iterable[Claimed], choose: Callable[[int, int], int]) -> Iterable[int]:
    """One year a column: the last, or the first."""
    years: dict[str, int] = {}
    for found in claimed:
        if found.year is not None:
            years[found.column] = choose(found.year, years.get(found.column, found.year))
    return years.values()


def _by_end(claimed: Sequence[Claimed]) -> dict[tuple[str, str], list[Claimed]]:
    found: dict[tuple[str, str], list[Claimed]] = defaultdict(list)
    for claim in claimed:
        found[claim.node, claim.column].append(claim)
    return found
