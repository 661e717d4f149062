"""A linear-chain conditional random field with weights that are plain data (Lafferty, McCallum and Pereira, ICML 2001).

Training is done elsewhere (``data/training``); here sequences are decoded by the Viterbi recursion, run from both
ends so that every position also gets the margin by which its label won.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg import resources


@dataclass(frozen=True)
class Model:
    """Weights of a linear chain.

    Parameters:
        roles: names of the roles; a star marks those that open an entry.
        steps: weight of role j behind role i, [i][j].
        weights: feature -> (index of a role, weight) pairs.
    """

    roles: tuple[str, ...]
    steps: tuple[tuple[float, ...], ...]
    weights: Mapping[str, tuple[tuple[int, float], ...]]

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Model:
        """The model from its plain data."""
        roles = tuple(plain["roles"])
        at = {r: i for i, r in enumerate(roles)}
        steps = tuple(tuple(plain["steps"].get(f"{a} {b}", 0.0) for b in roles) for a in roles)
        weights = {
            f: tuple((at[r], w) for r, w in pairs.items()) for f, pairs in plain["weights"].items()
        }
        return cls(roles, steps, weights)

    def scores(self, found: Sequence[str]) -> list[float]:
        """Score of every role for a line with these features."""
        out = [0.0] * len(self.roles)
        for feature in found:
            for role, weight in self.weights.get(feature, ()):
                out[role] += weight
        return out

    def path(self, page: Sequence[Sequence[str]]) -> list[str]:
        """The best role for every line of a page."""
        return [role for role, _ in self.decode(page)]

    def decode(self, page: Sequence[Sequence[str]]) -> list[tuple[str, float]]:
        """The best role for every line, with its margin over paths that give the line another role."""
        if not page:
            return []
        scores = [self.scores(found) for found in page]
        ahead = self._sweep(scores, self.steps)
        behind = self._sweep(scores[::-1], tuple(zip(*self.steps, strict=True)))[::-1]
        total = [
            [a + b - s for a, b, s in zip(x, y, z, strict=True)]
            for x, y, z in zip(ahead, behind, scores, strict=True)
        ]
        out = []
        for line in total:
            order = sorted(range(len(line)), key=lambda r: -line[r])
            out.append((self.roles[order[0]], line[order[0]] - line[order[1]]))
        return out

    @staticmethod
    def _sweep(scores: list[list[float]], steps: Sequence[Sequence[float]]) -> list[list[float]]:
        """Score of the best path up to every line and role."""
        columns = list(zip(*steps, strict=True))
        out = [scores[0]]
        for line in scores[1:]:
            last = out[-1]
            out.append(
                [
                    max(map(float.__add__, last, column)) + s
                    for column, s in zip(columns, line, strict=True)
                ]
            )
        return out


@cache
def load(name: str) -> Model:
    """The model ``data/models/NAME.json``, which travels with the package."""
    file = resources.folder("data/models") / f"{name}.json"
    return Model.of(json.loads(file.read_text("utf-8")))
