"""Every line of a page gets a role, chosen together by the best path over the page.

A linear-chain conditional random field scores each line's roles from its own shape, its neighbours' and its page's,
and what may follow what; the best path over the whole page wins (Viterbi, IEEE Trans. Inf. Theory 13, 1967). The
weights are data (``data/models/lines.json``); ``data/training`` holds what they were learned from, and how.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg import chain, features, lines, readings
from kg.lines import Line
from kg.readings import Reading

ROLES = {
    "T": "title", "S": "speaker", "B": "both", "P": "place", "D": "date",
    "A": "abstract", "O": "bio", "H": "heading", "L": "label", "N": "other",
}  # fmt: skip


@dataclass(frozen=True)
class Role:
    """The role a line was given.

    Parameters:
        starts: whether a new entry begins with the line.
        margin: how much better the role's path is than the best one that gives the line another role, at least 0.
        reading: the line read as a speaker line, or as title and speaker in one, where its role asks for it.
    """

    line: Line
    role: str
    starts: bool
    margin: float
    reading: Reading | None


def segment(text: str) -> tuple[Role, ...]:
    """Every line that holds anything with the role the page as a whole gives it."""
    page = lines.split(text)
    found = features.page_features(page)
    out = []
    for line, (role, margin) in zip(page, chain.load("lines").decode(found), strict=True):
        name = ROLES[role[0]]
        out.append(
            Role(line, name, role.endswith("*"), round(margin, 2), readings.best(line, name))
        )
    return tuple(out)
