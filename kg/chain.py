"""A linear-chain conditional random field with weights that are plain data (Lafferty, McCallum and Pereira, ICML 2001).

Training is done elsewhere (``kg/training``); here sequences are decoded by the Viterbi recursion, run from both
ends so that every position also gets the margin by which its label won. A path may remember how its last entry opened.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg import resources

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]


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

    def decode(
        self,
        page: Sequence[Sequence[str]],
        also: Sequence[Mapping[str, float]] = (),
        weight: float = 1.0,
        turn: float = 0.0,
    ) -> list[tuple[str, float]]:
        """The best role for every line, with its margin over paths that give the line another role.

        Parameters:
            also: for every line, log-probabilities of its roles by another judge, which are added.
            weight: what the chain's own scores and steps count beside them.
            turn: what it costs where an entry opens with another role than the entry before: a page seldom changes
                its layout.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        if not page:
            return []
        scores = weight * np.array([self.scores(found) for found in page])
        if also:
            scores += np.array(
                [[other[r] for r in self.roles] for _, other in zip(page, also, strict=True)]
            )
        total = self._paths(scores, weight * np.array(self.steps), turn)
        out = []
        for line in total:
            order = np.argsort(-line, kind="stable")
            out.append((self.roles[order[0]], float(line[order[0]] - line[order[1]])))
        return out

    def _paths(self, scores: Array, steps: Array, turn: float) -> Array:
        """Score of the best path through every line and role.

        A path remembers the role that opened its last entry; row 0 is for none yet.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        opens = [n for n, role in enumerate(self.roles) if role.endswith("*")]
        rest = [n for n, role in enumerate(self.roles) if not role.endswith("*")]
        own = np.arange(1, len(opens) + 1)
        cost = np.full((len(opens) + 1, len(opens)), turn)
        cost[0], cost[own, own - 1] = 0.0, 0.0
        ahead = np.full((len(scores), len(opens) + 1, len(self.roles)), -np.inf)
        ahead[0, 0, rest] = scores[0, rest]
        ahead[0, own, opens] = scores[0, opens]
        for n in range(1, len(scores)):
            best = (ahead[n - 1][:, :, None] + steps).max(1)
            ahead[n][:, rest] = best[:, rest] + scores[n, rest]
            ahead[n, own, opens] = (best[:, opens] - cost).max(0) + scores[n, opens]
        behind = np.zeros_like(ahead)
        for n in range(len(scores) - 2, -1, -1):
            further = behind[n + 1] + scores[n + 1]
            further[:, opens] = further[own, opens] - cost
            behind[n] = (further[:, None, :] + steps).max(2)
        ahead += behind
        found: Array = ahead.max(1)
        return found


@cache
def load(name: str) -> Model:
    """The model ``data/models/NAME.json``, which travels with the package."""
    file = resources.folder("data/models") / f"{name}.json"
    return Model.of(json.loads(file.read_text("utf-8")))
