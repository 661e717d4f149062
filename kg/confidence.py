"""How sure a fact is: the share of facts like it that were right on annotated pages.

Facts are alike that are of one kind, made by one rule, and equally sure by the grammar. A group's share is drawn
towards that of its kind, the more the smaller it is (an m-estimate, Cestnik, ECAI 1990). The counts are data
(``data/models/confidence.json``), learned by ``python -m kg.training.confidence``.
"""

from __future__ import annotations

import json
from functools import cache

from kg import resources

KINDS = {
    "Affiliation": "affiliation", "Position": "prior", "Education": "education", "AwardReceipt": "award",
    "Membership": "membership",
}  # fmt: skip
_DRAWN = 8


def band(confidence: float) -> str:
    """The grammar's own confidence in coarse steps."""
    return str(min(9, int(confidence * 10 + 1e-9)))


@cache
def counts() -> dict[str, tuple[int, int]]:
    """Group -> how many facts of it were right, and how many there were."""
    file = resources.folder("data/models") / "confidence.json"
    return {k: (a, n) for k, (a, n) in json.loads(file.read_text("utf-8")).items()}


def calibrated(kind: str, rule: str, confidence: float) -> float:
    """The confidence of a fact.

    Parameters:
        kind: class of the fact.
        rule: what made it.
        confidence: how firmly the grammar ties its parts together.
    """
    name = KINDS.get(kind)
    if name is None or name not in counts():
        return confidence
    share = _share(counts()[name], 0.8)
    for group in (f"{name} {rule}", f"{name} {rule} {band(confidence)}"):
        share = _share(counts().get(group, (0, 0)), share)
    return round(share, 3)


def _share(group: tuple[int, int], prior: float) -> float:
    right, n = group
    return (right + _DRAWN * prior) / (n + _DRAWN)
