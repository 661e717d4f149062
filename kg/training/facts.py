"""Train the fact chain: ``python -m kg.training.facts ../shared`` writes ``data/models/facts.json``.

A linear-chain conditional random field over the features of ``kg.tagger``,
on the annotated pages of ``tests/gold`` cut into lines as they were annotated. With ``--fold K`` (0 to 4) every fifth
site is left out. Needs the extra ``train``; some minutes.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg import tagger
from kg.training import _annotated as annotated
from kg.training import _chain, _paragraphs
from kg.training._annotated import Annotated

PENALTY, ROUNDS, LEAST = 0.5, 120, 3

Row = tuple[list[list[str]], list[str]]


def rows(page: Annotated) -> Iterator[Row]:
    """Features and labels of every paragraph that speaks of a speaker."""
    for _, group, at in _paragraphs.paragraphs(page):
        yield tagger.features(group, at), _paragraphs.labels(page, group)


def train(data: list[Row]) -> dict[str, object]:
    """The model as plain data; features that fewer than LEAST paragraphs show are left out."""
    seen: Counter[str] = Counter(
        f for found, _ in data for f in {f for word in found for f in word}
    )
    sequences = (([[f for f in w if seen[f] >= LEAST] for w in found], r) for found, r in data)
    return _chain.fit(sequences, PENALTY, ROUNDS, 0.04)


def fold(pages: list[Annotated], number: int) -> set[str]:
    """Sites of the real pages that a fold leaves out."""
    sites = sorted({annotated.site(p.name) for p in pages})
    random.Random(1).shuffle(sites)
    return set(sites[number::5])


def main() -> None:
    """Train, on all pages or without a fold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--fold", type=int)
    options = parser.parse_args()
    pages = annotated.real(options.shared)
    if options.fold is not None:
        away = fold(pages, options.fold)
        pages = [p for p in pages if annotated.site(p.name) not in away]
    data = [row for page in [*pages, *annotated.written()] for row in rows(page)]
    print(len(data), "paragraphs", sum(len(x) for _, x in data), "words", flush=True)
    _chain.store(train(data), "facts")


if __name__ == "__main__":
    main()
