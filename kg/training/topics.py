"""Learn the weights of topics: ``python -m kg.training.topics GOLD_DIR`` writes ``data/models/topics.json``.

A logistic regression with a quadratic penalty, fitted by Newton's method to the candidates of every annotated talk; a
candidate is right when one of the talk's topics is the same. With ``--folds 6`` it judges itself on pages held back, a
page's talks staying together, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg import listings, names, resources, settings, topics
from kg.evaluation import _same
from kg.model import Listing, Page

PENALTY, ROUNDS = 4.0, 30
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """An annotated talk with its candidates."""

    site: int
    page: Page
    listing: Listing
    wanted: tuple[str, ...]
    signs: tuple[dict[str, float], ...]
    right: tuple[bool, ...]


def examples(folder: Path) -> list[Example]:
    """The talks of annotated pages that have topics and were found by their title."""
    out = []
    for site, file in enumerate(sorted(folder.glob("*.json"))):
        gold = json.loads(file.read_text("utf-8"))
        page = Page(file.stem, gold["text"])
        found = {_title(listing): listing for listing in listings.find(page) if listing.title}
        for talk in gold["talks"]:
            listing = found.get(names.fold(talk.get("title") or ""))
            if listing and talk.get("topics"):
                out.append(_example(site, page, listing, talk))
    return out


def _title(listing: Listing) -> str:
    span = listing.title
    return names.fold(listing.page.text[span.start : span.end]) if span else ""


def _example(site: int, page: Page, listing: Listing, talk: dict[str, Any]) -> Example:
    hits, wanted = topics.candidates(page, listing), tuple(talk["topics"])
    right = [any(_same.topic(v[0].label, w) for w in wanted) for v in hits.values()]
    signs = topics.signs(hits, _title(listing))
    return Example(site, page, listing, wanted, tuple(signs.values()), tuple(right))


def fit(data: list[Example]) -> dict[str, float]:
    """Weight of every sign, and the "bias"."""
    rows = [s for e in data for s in e.signs]
    columns = sorted(rows[0])
    x: Floats = np.array([[1.0, *(row[c] for c in columns)] for row in rows])
    y: Floats = np.array([float(r) for e in data for r in e.right])
    weights: Floats = np.zeros(x.shape[1])
    penalty: Floats = PENALTY * np.eye(x.shape[1])
    penalty[0, 0] = 1e-3
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + penalty @ weights
        weights -= np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, slope)
    return dict(zip(["bias", *columns], (round(float(w), 3) for w in weights), strict=True))


def score(data: list[Example], weights: dict[str, float]) -> tuple[int, int, int, int]:
    """With given weights: topics given, how many are right, topics wanted, how many are found."""
    topics.weights = lambda: weights  # type: ignore[assignment,unused-ignore]
    given = right = wanted = found = 0
    for e in data:
        shown = [t.topic for t in topics.find(e.page, e.listing)][: settings.DEFAULT.max_topics]
        given, wanted = given + len(shown), wanted + len(e.wanted)
        right += sum(any(_same.topic(t, w) for w in e.wanted) for t in shown)
        found += sum(any(_same.topic(t, w) for t in shown) for w in e.wanted)
    return given, right, wanted, found


def judge(data: list[Example], folds: int) -> tuple[float, float]:
    """Precision and recall on pages held back."""
    sums = np.zeros(4)
    for fold in range(folds):
        weights = fit([e for e in data if e.site % folds != fold])
        sums += np.array(score([e for e in data if e.site % folds == fold], weights))
    given, right, wanted, found = (float(n) for n in sums)
    return right / given, found / wanted


def main() -> None:
    """Fit and write, or judge."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("folder", type=Path)
    cli.add_argument("--folds", type=int, default=0)
    args = cli.parse_args()
    data = examples(args.folder)
    if args.folds:
        precision, recall = judge(data, args.folds)
        print(f"{len(data)} talks: P@8 {precision:.3f}  R {recall:.3f}")
        return
    file = resources.folder("data/models") / "topics.json"
    file.write_text(json.dumps(fit(data), indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
