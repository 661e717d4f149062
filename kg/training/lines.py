"""Train the line model: ``python -m kg.training.lines ../shared`` writes ``data/models/lines.json``.

A linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001) over the features of
``kg.features``, fitted by L-BFGS with an elastic-net penalty, on the annotated pages of ``tests/gold``. With
``--folds 5`` it judges itself on sites held back, a site's pages staying together. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import pycrfsuite

from kg import features, lines, resources
from kg.chain import Model
from kg.training import _annotated as annotated

C1, C2, ROUNDS, LEAST = 0.5, 0.5, 150, 4
WORDED = re.compile(r"^(?:-?\d\|)?(?:w|first|last|line|open|name>)=?(.*)$")

Row = tuple[str, list[list[str]], list[str]]


def data(shared: Path) -> list[Row]:
    """Id, features and roles of every annotated page, of the shared folder and of our own words."""
    out = []
    for page in [*annotated.real(shared), *annotated.written()]:
        found = features.page_features(lines.split(page.text))
        assert len(found) == len(page.roles), page.name
        out.append((page.name, found, page.roles))
    return out


def train(rows: list[Row]) -> dict[str, object]:
    """The model as plain data. Words that fewer than LEAST sites use are left out: they name people, not kinds."""
    sites: dict[str, set[str]] = defaultdict(set)
    for name, found, _ in rows:
        for line in found:
            for f in line:
                sites[f].add(annotated.site(name))
    kept = {f for f, where in sites.items() if len(where) >= LEAST or not WORDED.match(f)}
    trainer = pycrfsuite.Trainer(verbose=False)
    for _, found, roles in rows:
        trainer.append([[f for f in line if f in kept] for line in found], roles)
    penalty = {"c1": C1, "c2": C2, "max_iterations": ROUNDS}
    trainer.set_params({**penalty, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/model")
        tagger = pycrfsuite.Tagger()
        tagger.open(f"{folder}/model")
        info = tagger.info()
        names = sorted(info.labels)
        weights: dict[str, dict[str, float]] = defaultdict(dict)
        for (feature, role), weight in info.state_features.items():
            if abs(weight) >= 0.03:
                weights[feature][role] = round(weight, 2)
        steps = {f"{a} {b}": round(w, 2) for (a, b), w in info.transitions.items()}
        tagger.close()
    ordered = {k: dict(sorted(v.items())) for k, v in sorted(weights.items())}
    return {"roles": names, "steps": dict(sorted(steps.items())), "weights": ordered}


def evaluate(rows: list[Row], folds: int) -> None:
    """Accuracy and F1 by role over folds of sites."""
    groups = sorted({annotated.site(n) for n, _, _ in rows})
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for fold in range(folds):
        away = set(groups[fold::folds])
        model = Model.of(train([r for r in rows if annotated.site(r[0]) not in away]))
        for _, found, roles in (r for r in rows if annotated.site(r[0]) in away):
            for a, b in zip(roles, model.path(found), strict=True):
                gold[a] += 1
                given[b] += 1
                right[a] += a == b
                wrong[a, b] += a != b
    for role in sorted(gold):
        print(
            f"{role:3} P {right[role] / max(1, given[role]):.2f} R {right[role] / gold[role]:.2f} ({gold[role]})"
        )
    print(f"all {sum(right.values()) / sum(gold.values()):.3f}", wrong.most_common(24))


def main() -> None:
    """Train, or with --folds judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    rows = data(options.shared)
    if options.folds:
        evaluate(rows, options.folds)
        return
    text = json.dumps(train(rows), ensure_ascii=False, indent=0)
    (resources.folder("data/models") / "lines.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
