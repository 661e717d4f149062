"""Which things stand with which: a sparse matrix with the IRIs of its rows and columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.errors import MissingPart


@dataclass(frozen=True, eq=False)
class Table:
    """An incidence matrix: 1 where a row stands with a column.

    Parameters:
        rows: IRIs, sorted.
        columns: IRIs, sorted; those of talks, but where a network joins its nodes by something else.
        matrix: scipy's CSR of int32, its indices sorted.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    matrix: Any

    @cached_property
    def margins(self) -> Any:
        """How many columns each row has."""
        import numpy as np  # noqa: PLC0415  heavy

        return np.diff(self.matrix.indptr).astype(np.int64)

    @cached_property
    def widths(self) -> Any:
        """How many rows each column has."""
        import numpy as np  # noqa: PLC0415  heavy

        return np.diff(self.transposed.indptr).astype(np.int64)

    @cached_property
    def transposed(self) -> Any:
        """The matrix with rows and columns changed."""
        turned = self.matrix.T.tocsr()
        turned.sort_indices()
        return turned

    def of(self, row: int) -> list[str]:
        """The columns of a row, sorted."""
        start, end = self.matrix.indptr[row : row + 2]
        return [self.columns[i] for i in self.matrix.indices[start:end].tolist()]

    def part(self, rows: Any) -> Table:
        """Some rows, given by their numbers in order; all columns stay."""
        return Table(tuple(self.rows[i] for i in rows.tolist()), self.columns, self.matrix[rows])


def scipy_sparse() -> Any:
    """The module ``scipy.sparse``.

    Raises:
        MissingPart: scipy is not installed.
    """
    try:
        from scipy import sparse  # noqa: PLC0415  heavy, an extra
    except ImportError:
        raise MissingPart("networks need scipy: pip install 'talkgraph[networks]'") from None
    return sparse


def table(pairs: Iterable[Sequence[str]]) -> Table:
    """The table of pairs of a row and a column, each counted once.

    Raises:
        MissingPart: scipy is not installed.
    """
    import numpy as np  # noqa: PLC0415  heavy

    sparse = scipy_sparse()
    rows: dict[str, int] = {}
    columns: dict[str, int] = {}
    ends: list[tuple[int, int]] = [
        (rows.setdefault(row, len(rows)), columns.setdefault(column, len(columns)))
        for row, column in pairs
    ]
    one, other = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    names, places = _sorted(rows)
    heads, stands = _sorted(columns)
    cells = (np.ones(len(ends), dtype=np.int32), (places[one], stands[other]))
    matrix = sparse.csr_matrix(cells, shape=(len(rows), len(columns)), dtype=np.int32)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return Table(names, heads, matrix)


def sizes(pairs: Iterable[Sequence[str]]) -> dict[str, int]:
    """How many different columns each row has."""
    found: dict[str, set[str]] = defaultdict(set)
    for row, column in pairs:
        found[row].add(column)
    return {row: len(columns) for row, columns in found.items()}


def joined(one: Table, other: Table) -> Table:
    """Rows of one table with rows of another, where they have a column in common."""
    product = (one.matrix @ other.transposed).tocsr()
    product.sort_indices()
    product.data[:] = 1
    return Table(one.rows, other.rows, product)


def aligned(one: Table, other: Table) -> tuple[Table, Table]:
    """Two tables brought to the same columns: those that both have."""
    import numpy as np  # noqa: PLC0415  heavy

    both = sorted(set(one.columns) & set(other.columns))
    found = []
    for given in (one, other):
        place = {column: i for i, column in enumerate(given.columns)}
        kept = given.matrix[:, np.array([place[c] for c in both], dtype=np.int64)]
        rows = np.flatnonzero(np.diff(kept.indptr))
        found.append(Table(given.rows, tuple(both), kept).part(rows))
    return found[0], found[1]


def _sorted(numbered: dict[str, int]) -> tuple[tuple[str, ...], Any]:
    """Names in order, and the place of each number in that order."""
    import numpy as np  # noqa: PLC0415  heavy

    names = sorted(numbered)
    places = np.empty(len(names), dtype=np.int64)
    places[[numbered[name] for name in names]] = np.arange(len(names))
    return tuple(names), places
