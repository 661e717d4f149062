"""Learn what the signs of an affiliation count: ``python -m kg.training.affiliations SHARED_DIR``.

Reads ``SHARED_DIR/affiliations/train.jsonl`` against the imported registry (``kg authority add ror``) and writes
``data/models/affiliations.json``. Learned is one log-linear model over the candidates of a string and over that it is
none of them, so that what it says of the best is how likely it is right. The threshold is the lowest at which the
answers to strings that were left out of the learning are right often enough.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg import resources
from kg.linking import _candidates
from kg.linking._candidates import Candidate, Reader, Weights
from kg.linking._store import Store

Array = NDArray[np.float64]
_FOLDS, _SEEN, _STEPS, _RATE = 10, 4, 400, 0.1
_TURNS = (1, 7, 31, 83)
_HELD_BACK = 2.0  # how strongly weights are kept small
_AIM, _LOWEST = 0.988, 0.5


@dataclass(frozen=True)
class Example:
    """An affiliation, its candidates, and the ids that are right."""

    text: str
    candidates: tuple[Candidate, ...]
    right: frozenset[str]


def examples(file: Path) -> list[Example]:
    """Annotated affiliations, read against the imported registry."""
    reader = Reader(Store())
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [
        Example(r["text"], tuple(reader.candidates(r["text"])), frozenset(r["ror"])) for r in rows
    ]


def learn(known: Sequence[Example], held_back: float = _HELD_BACK) -> dict[str, float]:
    """Points by sign: those under which the right candidates, or none where none is right, are likeliest."""
    seen = Counter(s for e in known for s in {s.name for c in e.candidates for s in c.signs})
    names = sorted(s for s, n in seen.items() if n >= _SEEN)
    column = {name: i for i, name in enumerate(names)}
    rows = sum(len(e.candidates) + 1 for e in known)
    signs, right, of = np.zeros((rows, len(names))), np.zeros(rows, bool), np.zeros(rows, np.int64)
    at = 0
    for number, e in enumerate(known):
        for c in e.candidates:
            right[at], of[at] = c.home.id in e.right, number
            for s in c.signs:
                if s.name in column:
                    signs[at, column[s.name]] += s.value
            at += 1
        right[at], of[at] = not any(c.home.id in e.right for c in e.candidates), number
        at += 1
    points = _fitted(signs, right, of, held_back)
    return {name: round(float(p), 3) for name, p in zip(names, points, strict=True)}


def _fitted(
    signs: Array, right: NDArray[np.bool_], of: NDArray[np.int64], held_back: float
) -> Array:
    """Steps along the slope, each as long as the slopes so far allow (Adam)."""
    points, mean, square = (np.zeros(signs.shape[1]) for _ in range(3))
    for step in range(1, _STEPS + 1):
        likely = np.exp(np.clip(signs @ points, -30, 30))
        all_, good = np.bincount(of, likely), np.bincount(of, likely * right)
        pull = likely / all_[of] - likely * right / good[of]
        slope = signs.T @ pull + held_back * points
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        ahead = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        points = points - _RATE * (1 - step / (_STEPS + 1)) * ahead
    return points


def left_out(
    known: Sequence[Example], turns: Sequence[int] = _TURNS, held_back: float = _HELD_BACK
) -> list[tuple[float, bool]]:
    """How sure the best answer to each string is, and whether it is right, by weights learned without its tenth; once
    a turn, each of which cuts the tenths another way. The surest first."""
    out: list[tuple[float, bool]] = []
    for turn in turns:
        tenth = [i // turn % _FOLDS for i in range(len(known))]
        for fold in range(_FOLDS):
            its = list(zip(known, tenth, strict=True))
            points = learn([e for e, t in its if t != fold], held_back)
            by = Weights(points, 0.0)
            judged = [(e, _candidates.judge(e.candidates, by)) for e, t in its if t == fold]
            out += [(j[0].sure, j[0].candidate.home.id in e.right) for e, j in judged if j]
    return sorted(out, reverse=True)


def threshold(answers: Sequence[tuple[float, bool]]) -> float:
    """The lowest sureness at which as many answers are right as they should be."""
    least, right = 1.0, 0
    for number, (sure, good) in enumerate(answers, 1):
        right += good
        if right / number >= _AIM:
            least = sure
    return round(max(least, _LOWEST), 3)


def main(shared: str) -> None:
    """Learn, and write the weights."""
    known = examples(Path(shared) / "affiliations" / "train.jsonl")
    answers = left_out(known)
    least = threshold(answers)
    given = [good for sure, good in answers if sure >= least]
    share = len(given) / len(known) / len(_TURNS)
    print(f"left out: answered {share:.3f}, right {sum(given) / len(given):.4f} from {least}")
    points = {name: p for name, p in learn(known).items() if p}
    file = resources.folder("data/models") / "affiliations.json"
    file.write_text(
        json.dumps({"least": least, "points": points}, indent=1, sort_keys=True) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1])
