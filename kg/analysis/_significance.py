"""How sure a finding is: trends with their uncertainty, counts against expectation, many tests at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.network import discovery_q, scipy_sparse

if TYPE_CHECKING:
    from kg.analysis._network import Array

_ROUNDS = 30
"""Steps of Newton's method; it is done after some eight."""
_STEEPEST = 5.0
"""The logarithm of the change a year is not followed beyond this."""


@dataclass(frozen=True)
class Trends:
    """Of each series of counts: the change a year as a factor of the odds, its 95 % interval, and p of no change."""

    factor: list[float]
    low: list[float]
    high: list[float]
    p: list[float]


def trends(counts: Array, totals: Array, years: Array) -> Trends:
    """Logistic regressions of shares on the year, one a row, widened where counts scatter more than chance would.

    Quasi-binomial: the variance is multiplied by Pearson's chi-square over its degrees of freedom, at least 1
    (McCullagh & Nelder 1989); the interval is Student's.

    Parameters:
        counts: rows of counts a year.
        totals: what they are shares of, above 0.
        years: the years.
    """
    import numpy as np  # noqa: PLC0415  heavy

    scipy_sparse()  # says what is missing
    from scipy import special  # noqa: PLC0415  an extra, and heavy

    at = years - float((totals * years).sum() / totals.sum())
    share = (counts.sum(axis=1) + 0.5) / (totals.sum() + 1.0)
    level, slope = np.log(share / (1 - share)), np.zeros(len(counts))
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-(level[:, None] + slope[:, None] * at)))
        spread = totals * chance * (1 - chance)
        rest = counts - totals * chance
        a, b, c = spread.sum(1), (spread * at).sum(1), (spread * at * at).sum(1)
        one, other = rest.sum(1), (rest * at).sum(1)
        size = np.maximum(a * c - b * b, 1e-12)
        level = level + np.clip((c * one - b * other) / size, -2, 2)
        slope = np.clip(slope + np.clip((a * other - b * one) / size, -1, 1), -_STEEPEST, _STEEPEST)
    freedom = max(len(years) - 2, 1)
    scatter = np.maximum((rest**2 / np.maximum(spread, 1e-9)).sum(1) / freedom, 1.0)
    error = np.sqrt(scatter * a / size)
    wide = float(special.stdtrit(freedom, 0.975)) * error
    p = 2 * special.stdtr(freedom, -np.abs(slope) / error)
    numbers = (np.exp(slope), np.exp(slope - wide), np.exp(np.minimum(slope + wide, 50)), p)
    return Trends(*([float(value) for value in column] for column in numbers))


def at_least(counts: Sequence[float], expected: Sequence[float]) -> list[float]:
    """The chance of at least so many where so many are expected (Poisson)."""
    import numpy as np  # noqa: PLC0415  heavy

    scipy_sparse()  # says what is missing
    from scipy import special  # noqa: PLC0415  an extra, and heavy

    held = np.asarray(counts, dtype=float)
    tail = special.gammainc(np.maximum(held, 1e-9), np.asarray(expected, dtype=float))
    return [float(value) for value in np.where(held > 0, tail, 1.0)]


def discovered(p: Sequence[float]) -> list[float]:
    """The rate of false discoveries if a test and all that are surer are believed (Benjamini & Hochberg 1995)."""
    return [float(value) for value in discovery_q(p, len(p))]
