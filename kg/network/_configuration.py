"""Whether two things share more than they would if only the degrees of both sides were given.

Where nodes are joined by things of very different frequency (a topic that half of all speakers share, and one that two
share), those common ones explain most overlaps, and a test that takes all columns as alike finds everything
significant. Here a row of degree a has a column of degree d with the probability p = x y / (1 + x y) of the bipartite
configuration model, the distribution of maximum entropy in which every row and column keeps its degree on average. The
columns that two rows have in common are then independent draws with p p': Saracco, Straka, Di Clemente, Gabrielli,
Caldarelli and Squartini (2017), New Journal of Physics 19: 053022. The most frequent columns are added up exactly, all
others as a Poisson number, which is a little more spread than they are: p is rather too large than too small.
"""

from __future__ import annotations

from typing import Any

Degrees = tuple[Any, Any]
"""Degrees of all rows and of all columns of a table."""
_EXACT = 96
"""Columns that are added up one by one."""
_ROUNDS, _CLOSE = 3_000, 1e-7
"""How often the model is brought nearer to the degrees, and when it is near enough (relative)."""


def overlap_p(c: Any, a: Any, b: Any, one: Degrees, other: Degrees) -> Any:
    """The probability of at least c in common.

    Parameters:
        c: what pairs of rows have in common.
        a: the degrees of their first rows.
        b: the degrees of their second rows.
        one: the degrees of all rows and of all columns of the first table.
        other: those of the second, with the same columns in the same order; the same where it is the same table.
    """
    import numpy as np  # noqa: PLC0415  heavy

    if not len(c):
        return np.zeros(0)
    different, place = np.unique(np.stack([a, b, c]), axis=1, return_inverse=True)
    ends, which = np.unique(different[:2], axis=1, return_inverse=True)
    widths, many = np.unique(np.stack([one[1], other[1]]), axis=1, return_counts=True)
    both = _model(*one, ends[0], widths[0]) * _model(*other, ends[1], widths[1])
    exact, rest = _parted(widths[0] * widths[1], many)
    heavy, mean = _added(both[:, exact]), both @ rest
    which = np.ravel(which)
    return _tails(different[2], heavy[which], mean[which])[np.ravel(place)]


def _model(rows: Any, columns: Any, of_rows: Any, of_columns: Any) -> Any:
    """The probability of a cell, for some degrees of rows and of columns; 0 where a column is empty.

    Parameters:
        rows: the degrees of all rows of a table.
        columns: the degrees of all its columns.
    """
    import numpy as np  # noqa: PLC0415  heavy

    a, n = np.unique(rows[rows > 0], return_counts=True)
    d, m = np.unique(columns[columns > 0], return_counts=True)
    x, y = (end / np.sqrt(max(float((d * m).sum()), 1.0)) for end in (a, d))
    for _ in range(_ROUNDS):
        x = a / (m * y / (1 + np.outer(x, y))).sum(axis=1)
        y = d / ((n * x)[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        cells = np.outer(x, y) / (1 + np.outer(x, y))
        if np.abs(cells @ m / a - 1).max() < _CLOSE:
            break
    padded = np.pad(np.outer(x, y) / (1 + np.outer(x, y)), ((0, 0), (1, 0)))
    return padded[np.searchsorted(a, of_rows)][:, np.searchsorted(d, of_columns, side="right")]


def _parted(widths: Any, many: Any) -> tuple[Any, Any]:
    """The classes of the most frequent columns, one entry a column; and how many of each class are left."""
    import numpy as np  # noqa: PLC0415  heavy

    falling = np.argsort(-widths, kind="stable")
    exact = np.repeat(falling, many[falling])[:_EXACT]
    return exact, many - np.bincount(exact, minlength=len(many))


def _added(chance: Any) -> Any:
    """The distribution of how many of some columns are drawn; a row a case, a column a number."""
    import numpy as np  # noqa: PLC0415  heavy

    found = np.zeros((chance.shape[0], chance.shape[1] + 1))
    found[:, 0] = 1.0
    for column in range(chance.shape[1]):
        p = chance[:, column, None]
        found[:, 1:] = found[:, 1:] * (1 - p) + found[:, :-1] * p
        found[:, 0] *= 1 - p[:, 0]
    return found


def _tails(c: Any, heavy: Any, mean: Any) -> Any:
    """The probability that the exact columns and a Poisson number of the others come to at least c."""
    import numpy as np  # noqa: PLC0415  heavy
    from scipy.special import gammainc  # noqa: PLC0415  heavy, an extra

    total = np.zeros(len(c))
    for number in range(heavy.shape[1]):
        left = np.maximum(c - number, 0)
        enough = np.where(left > 0, gammainc(np.maximum(left, 1), np.maximum(mean, 1e-300)), 1.0)
        total += heavy[:, number] * enough
    return np.clip(total, 0.0, 1.0)
