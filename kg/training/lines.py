"""Train the line model: ``python -m kg.training.lines ../shared`` writes ``data/models/lines.json``.

A linear-chain conditional random field over the features of ``kg.features``, on the annotated pages of the shared
folder; with the pages of our own words besides, it found fewer beginnings of entries on sites held back. With
``--folds 5`` it judges itself on sites held back, a site's pages staying together. Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path

from kg import features, lines
from kg.chain import Model
from kg.training import _annotated as annotated
from kg.training import _chain

PENALTY, ROUNDS, LEAST = 0.5, 150, 4
WORDED = re.compile(r"^(?:-?\d\|)?(?:w|first|last|line|open|name>)=?(.*)$")

Row = tuple[str, list[list[str]], list[str]]


def data(shared: Path) -> list[Row]:
    """Id, features and roles of every annotated page of the shared folder."""
    out = []
    for page in annotated.real(shared):
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
    sequences = (([[f for f in line if f in kept] for line in found], r) for _, found, r in rows)
    return _chain.fit(sequences, PENALTY, ROUNDS, 0.03)


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
    _chain.store(train(rows), "lines")


if __name__ == "__main__":
    main()
