"""Whether two things go together more often than their frequency alone would have it.

Of n talks one thing has a and another b. If the first kept its a and the second its b, but by lot, the number they have
in common would be hypergeometric; p is the probability of at least as many as there are. This is the test of
statistically validated networks: Tumminello, Miccichè, Lillo, Piilo and Mantegna (2011), PLoS ONE 6(3): e17994.
Every pair of nodes is a test, also those with nothing in common (p = 1); q is the rate of false discoveries at which a
pair would still be kept: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1).
"""

from __future__ import annotations

from typing import Any

from kg.network import _configuration
from kg.network._projection import Pairs
from kg.network._table import Table

_ENOUGH = 1e-16
"""A term that adds less than this part to a sum ends it."""
_UNEVEN = 1.25
"""How many times as many overlaps as the hypergeometric expects make it the wrong distribution."""


def judged(one: Table, other: Table, pairs: Pairs) -> tuple[Any, str]:
    """The p of each pair, and in words where it comes from.

    The hypergeometric takes all columns as alike. Where they differ so much that shuffles which keep the degrees of
    both sides would give many more overlaps, the bipartite configuration model is asked instead.
    """
    ends = one.margins[pairs.one], other.margins[pairs.other]
    uneven = unevenness(one, other)
    if uneven > _UNEVEN:
        degrees = [(t.margins, t.widths) for t in (one, other)]
        p = _configuration.overlap_p(pairs.count, *ends, *degrees)
        return p, (
            "p of the overlap in the bipartite configuration model (Saracco et al. 2017), as what joins the nodes is "
            f"too uneven for the hypergeometric (x {uneven:.2f})"
        )
    p = overlap_p(pairs.count, *ends, len(one.columns))
    return p, (
        "hypergeometric p of the overlap given both frequencies (Tumminello et al. 2011; shuffles that keep the "
        f"degrees of both sides expect x {uneven:.2f} the overlap)"
    )


def unevenness(one: Table, other: Table) -> float:
    """How many overlaps shuffles that keep the degrees of both sides have, for one that the hypergeometric expects."""
    d, e = one.widths.astype(float), other.widths.astype(float)
    ends = d.sum() * e.sum()
    pairs = (d * (d - 1)).sum() if one is other else (d * e).sum()
    return float(len(d) * pairs / ends) if ends else 1.0


def overlap_p(c: Any, a: Any, b: Any, n: int) -> Any:
    """The probability of at least c in common, of a and b out of n drawn by lot; arrays of whole numbers."""
    import numpy as np  # noqa: PLC0415  heavy

    cases = np.stack([np.asarray(c), np.minimum(a, b), np.maximum(a, b)]).astype(np.int64)
    different, place = np.unique(cases, axis=1, return_inverse=True)
    return _tails(different[0], different[1], different[2], n)[np.ravel(place)]


def discovery_q(p: Any, tests: int) -> Any:
    """The adjusted p values of Benjamini and Hochberg.

    Parameters:
        p: of the tests that are looked at; all others count as never significant.
        tests: how many tests there are.
    """
    import numpy as np  # noqa: PLC0415  heavy

    order = np.argsort(p, kind="stable")
    raised = np.asarray(p)[order] * tests / np.arange(1, len(order) + 1)
    found = np.empty(len(order))
    found[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return found


def _tails(c: Any, a: Any, b: Any, n: int) -> Any:
    """Upper tails; up to the mode they are what the lower tail leaves, so that no sum begins with a term of 0."""
    import numpy as np  # noqa: PLC0415  heavy

    high = c > (a + 1.0) * (b + 1.0) / (n + 2.0)
    found = np.ones(len(c))
    found[high] = _sum(c[high], a[high], b[high], n, 1)
    low = ~high & (c > np.maximum(a + b - n, 0))
    found[low] = 1.0 - _sum(c[low] - 1, a[low], b[low], n, -1)
    return np.clip(found, 0.0, 1.0)


def _sum(x: Any, a: Any, b: Any, n: int, step: int) -> Any:
    """Terms from x on, up or down: the first by logarithms of factorials, each further one from the one before."""
    import numpy as np  # noqa: PLC0415  heavy

    end = a if step > 0 else np.maximum(a + b - n, 0)
    term = np.exp(_choose(b, x) + _choose(n - b, a - x) - _choose(n, a))
    total, x = term.copy(), x.copy()
    going = np.flatnonzero(x != end)
    while len(going):
        here, more, much = x[going] + min(step, 0), a[going], b[going]
        ratio = (more - here) * (much - here) / ((here + 1.0) * (n - more - much + here + 1.0))
        term[going] *= ratio if step > 0 else 1.0 / ratio
        total[going] += term[going]
        x[going] += step
        going = going[(term[going] > _ENOUGH * total[going]) & (x[going] != end[going])]
    return total


def _choose(n: Any, k: Any) -> Any:
    """The logarithm of n over k."""
    from scipy.special import gammaln  # noqa: PLC0415  heavy, an extra

    return gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)
