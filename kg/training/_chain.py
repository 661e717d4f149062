"""A linear-chain conditional random field fitted, and its weights as plain data for ``kg.chain``."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable

import pycrfsuite

from kg import resources

Sequence = tuple[list[list[str]], list[str]]
"""Features of every position, and its label."""


def fit(data: Iterable[Sequence], penalty: float, rounds: int, least: float) -> dict[str, object]:
    """The model (Lafferty, McCallum and Pereira, ICML 2001), by L-BFGS with an elastic-net penalty.

    Parameters:
        penalty: weight of either norm.
        least: smaller weights are left out.
    """
    trainer = pycrfsuite.Trainer(verbose=False)
    for found, labels in data:
        trainer.append(found, labels)
    options = {"c1": penalty, "c2": penalty, "max_iterations": rounds}
    trainer.set_params({**options, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/model")
        model = pycrfsuite.Tagger()
        model.open(f"{folder}/model")
        info = model.info()
        weights: dict[str, dict[str, float]] = defaultdict(dict)
        for (feature, label), weight in info.state_features.items():
            if abs(weight) >= least:
                weights[feature][label] = round(weight, 2)
        steps = {f"{a} {b}": round(w, 2) for (a, b), w in info.transitions.items()}
        names = sorted(info.labels)
        model.close()
    ordered = {k: dict(sorted(v.items())) for k, v in sorted(weights.items())}
    return {"roles": names, "steps": dict(sorted(steps.items())), "weights": ordered}


def store(model: dict[str, object], name: str) -> None:
    """Write ``data/models/NAME.json``."""
    text = json.dumps(model, ensure_ascii=False, indent=0)
    (resources.folder("data/models") / f"{name}.json").write_text(text + "\n", "utf-8")
