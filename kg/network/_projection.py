"""Pairs of rows with columns in common, counted by a sparse product in blocks of bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.network._table import Table
from kg.settings import NETWORKS


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of a row of one table and a row of another, in order; arrays of one length.

    Parameters:
        one: numbers of rows of the first table.
        other: numbers of rows of the second.
        count: columns that both rows have.
        total: pairs with a column in common, also those that are left out.
        least: the count below which pairs are left out.
    """

    one: Any
    other: Any
    count: Any
    total: int
    least: int

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.count)

    def kept(self, mask: Any) -> Pairs:
        """The pairs where a mask is true."""
        return Pairs(self.one[mask], self.other[mask], self.count[mask], self.total, self.least)


def count(one: Table, other: Table, at_least: int | None = None) -> Pairs:
    """Pairs with columns in common; of a table with itself each pair once, none of a row with itself.

    Parameters:
        at_least: the least count; None takes the least that leaves no more than ``NETWORKS.edges`` pairs.
    """
    import numpy as np  # noqa: PLC0415  heavy

    alone = one is other
    most = NETWORKS.edges
    least = at_least or 1
    seen = np.zeros(1, dtype=np.int64)
    found: list[Any] = []
    for rows, columns, counts in _products(one, other, alone):
        seen = _added(seen, np.bincount(counts))
        mask = counts >= least
        found.append(np.stack((rows[mask], columns[mask], counts[mask])))
        if at_least is None and (raised := _least(seen, most)) > least:
            least = raised
            found = [part[:, part[2] >= least] for part in found]
    pairs = np.concatenate(found, axis=1) if found else np.zeros((3, 0), dtype=np.int64)
    pairs = pairs[:, np.lexsort((pairs[1], pairs[0]))].astype(np.int64)
    return Pairs(pairs[0], pairs[1], pairs[2], int(seen.sum()), least)


def shared(one: Table, other: Table, pairs: Pairs) -> Iterator[tuple[slice, Any]]:
    """What pairs have in common: matrices of a row a pair and the tables' columns, for a part of the pairs each."""
    import numpy as np  # noqa: PLC0415  heavy

    sizes = np.cumsum(one.margins[pairs.one] + other.margins[pairs.other])
    for start, end in _cut(sizes, NETWORKS.work // 2):
        both = one.matrix[pairs.one[start:end]].multiply(other.matrix[pairs.other[start:end]])
        common = both.tocsr()
        common.sort_indices()
        yield slice(start, end), common


def _products(one: Table, other: Table, alone: bool) -> Iterator[tuple[Any, Any, Any]]:
    """Rows, columns and values of the product of two tables, block by block; of a table with itself the upper half."""
    import numpy as np  # noqa: PLC0415  heavy

    turned = other.transposed
    work = np.concatenate(([0], np.cumsum(other.widths[one.matrix.indices])))[one.matrix.indptr[1:]]
    for start, end in _cut(work, NETWORKS.work):
        right = other.matrix[start:].T if alone else turned
        block = (one.matrix[start:end] @ right).tocoo()
        rows, columns = block.row + start, block.col + (start if alone else 0)
        mask = columns > rows if alone else slice(None)
        yield rows[mask], columns[mask], block.data[mask]


def _cut(sizes: Any, most: int) -> Iterator[tuple[int, int]]:
    """Stretches whose growth of a running total is bounded, but for single entries that are larger."""
    import numpy as np  # noqa: PLC0415  heavy

    start = 0
    while start < len(sizes):
        before = sizes[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(sizes, before + most, side="right")))
        yield start, end
        start = end


def _added(one: Any, other: Any) -> Any:
    """The sum of two histograms."""
    import numpy as np  # noqa: PLC0415  heavy

    longest = max(len(one), len(other))
    return np.pad(one, (0, longest - len(one))) + np.pad(other, (0, longest - len(other)))


def _least(seen: Any, most: int) -> int:
    """The least count that leaves no more than so many pairs, given how many pairs have each count."""
    import numpy as np  # noqa: PLC0415  heavy

    above = np.cumsum(seen[::-1])[::-1]
    fitting = np.flatnonzero(above[1:] <= most)
    return int(fitting[0]) + 1 if len(fitting) else len(seen)
