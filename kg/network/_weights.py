"""Weights of pairs: how much more two things go together than their own frequency would have it.

With c times together, a and b times each, out of n in all:

* ``count``: c.
* ``association``: n c / (a b), the association strength of van Eck and Waltman (2009), "How to normalize cooccurrence
  data?", JASIST 60(8): how many times as often as by chance.
* ``pmi``: log2 of it, pointwise mutual information: Church and Hanks (1990), Computational Linguistics 16(1).
* ``npmi``: pmi / -log2(c / n), from -1 to 1, 1 where neither is ever without the other: Bouma (2009), GSCL.
* ``jaccard``: c / (a + b - c), the part of all times that is in common.
* ``cosine``: c / sqrt(a b), Salton's cosine.
* ``collaboration``: each time counts 1 / (others present): Newman (2001), Physical Review E 64, 016132.
"""

from __future__ import annotations

from typing import Any

from kg.network._projection import Pairs, shared
from kg.network._table import Table

TOLD = {
    "count": "count: how many {unit} in common",
    "association": "association strength n c / (a b) (van Eck & Waltman 2009)",
    "pmi": "pointwise mutual information log2(n c / (a b)) (Church & Hanks 1990)",
    "npmi": "normalized pointwise mutual information (Bouma 2009)",
    "jaccard": "Jaccard index c / (a + b - c)",
    "cosine": "Salton's cosine c / sqrt(a b)",
    "collaboration": "each of the {unit} in common counts 1 / (others it has) (Newman 2001)",
}
"""The measures in words."""


def weights(measure: str, one: Table, other: Table, pairs: Pairs) -> Any:
    """The weight of each pair, by a measure of ``TOLD``."""
    if measure == "collaboration":
        return _collaboration(one, other, pairs)
    ends = one.margins[pairs.one], other.margins[pairs.other]
    return measured(measure, pairs.count, *ends, len(one.columns))


def measured(measure: str, c: Any, a: Any, b: Any, n: int) -> Any:
    """A measure of counts: c times together, a and b times each, out of n in all; c is at least 1."""
    import numpy as np  # noqa: PLC0415  heavy

    together, ends = np.asarray(c, dtype=float), np.asarray(a, dtype=float) * b
    if measure == "count":
        return together
    if measure == "jaccard":
        return together / (a + b - together)
    if measure == "cosine":
        return together / np.sqrt(ends)
    strength = n * together / ends
    if measure == "association":
        return strength
    information = np.log2(strength)
    if measure == "pmi":
        return information
    most = -np.log2(together / n)
    return np.divide(information, most, out=np.ones_like(most), where=most > 0)


def _collaboration(one: Table, other: Table, pairs: Pairs) -> Any:
    import numpy as np  # noqa: PLC0415  heavy

    present = one.widths if one is other else one.widths + other.widths
    each = 1.0 / np.maximum(present - 1, 1)
    found = np.zeros(len(pairs))
    for part, common in shared(one, other, pairs):
        found[part] = common @ each
    return found
