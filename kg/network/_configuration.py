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

_EXACT = 96
"""Columns that are added up one by one."""
_ROUNDS, _CLOSE = 3_000, 1e-7
"""How often the model is brought nearer to the degrees, and when it is near enough (relative)."""


def overlap_p(c: Any, a: Any, b: Any, rows: Any, columns: Any) -> Any:
    """The probability of at least c in common.

    Parameters:
        c: what pairs of rows have in common.
        a: the degrees of their first rows.
        b: the degrees of their second rows.
        rows: the degrees of all rows.
        columns: the degrees of all columns.
    """
    import numpy as np  # noqa: PLC0415  heavy

    if not len(c):
        return np.zeros(0)
    degrees, widths, chance, many = _model(rows, columns)
    cases = np.stack([np.minimum(a, b), np.maximum(a, b), c])
    different, place = np.unique(cases, axis=1, return_inverse=True)
    ends, which = np.unique(different[:2], axis=1, return_inverse=True)
    one, other = (chance[np.searchsorted(degrees, end)] for end in ends)
    both = one * other
    exact, rest = _parted(widths, many)
    heavy = _added(both[:, exact])
    mean = both @ rest
    tails = _tails(different[2], heavy[np.ravel(which)], mean[np.ravel(which)])
    return tails[np.ravel(place)]


def _model(rows: Any, columns: Any) -> tuple[Any, Any, Any, Any]:
    """Degrees of rows and of columns, the probability of a cell by both, and how many columns have a degree."""
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
    return a, d, np.outer(x, y) / (1 + np.outer(x, y)), m


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
