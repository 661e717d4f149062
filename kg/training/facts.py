"""Train the fact chain: ``python -m kg.training.facts ../shared`` writes ``data/models/facts.json``.

A linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001) over the features of ``kg.tagger``,
on the annotated pages of ``tests/gold`` cut into lines as they were annotated. With ``--fold K`` (0 to 4) every fifth
site is left out. Needs the extra ``train``; some minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

from kg import extraction, facts, lines, listings, readings, resources, segments, tagger
from kg.language import Token
from kg.model import Page
from kg.training import _annotated as annotated
from kg.training._annotated import Annotated

C1, C2, ROUNDS, LEAST = 0.5, 0.5, 120, 3

Row = tuple[list[list[str]], list[str]]


def rows(page: Annotated) -> Iterator[Row]:
    """Features and labels of every paragraph that speaks of a speaker."""
    source = Page(page.name, page.text)
    roles = tuple(
        segments.Role(
            line,
            segments.ROLES[r[0]],
            r.endswith("*"),
            0.0,
            readings.best(line, segments.ROLES[r[0]]),
        )
        for line, r in zip(lines.split(page.text), page.roles, strict=True)
    )
    found = listings.gather(source, roles)
    context = extraction.page_context(source, found)
    known = extraction.known_names(source)
    for listing in found:
        for index in range(len(listing.speakers)):
            said = extraction.hear(listing, index, context)
            passage = extraction.passage_of(listing, index, said, context, known)
            groups, at = extraction.paragraphs(said, facts.find_all(passage))
            for group in groups:
                words = [t for h in group for t in h.sentence.tokens]
                if words:
                    yield tagger.features(group, at), _labels(page, words)


def _labels(page: Annotated, words: list[Token]) -> list[str]:
    out = ["O"] * len(words)
    places = sorted(page.heads, key=lambda p: (p[0], -p[1])) + sorted(page.details)
    for start, end, kind in places:
        if kind in {"name", "title"}:
            continue
        inside = [i for i, t in enumerate(words) if t.span.start < end and start < t.span.end]
        if inside and all(out[i] == "O" for i in inside):
            for i in inside:
                out[i] = f"{'B' if i == inside[0] else 'I'}-{kind}"
    return out


def train(data: list[Row]) -> dict[str, object]:
    """The model as plain data; features seen once are left out."""
    seen: Counter[str] = Counter(
        f for found, _ in data for f in {f for word in found for f in word}
    )
    trainer = pycrfsuite.Trainer(verbose=False)
    for found, labels in data:
        trainer.append([[f for f in word if seen[f] >= LEAST] for word in found], labels)
    penalty = {"c1": C1, "c2": C2, "max_iterations": ROUNDS}
    trainer.set_params({**penalty, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/model")
        model = pycrfsuite.Tagger()
        model.open(f"{folder}/model")
        info = model.info()
        weights: dict[str, dict[str, float]] = defaultdict(dict)
        for (feature, label), weight in info.state_features.items():
            if abs(weight) >= 0.04:
                weights[feature][label] = round(weight, 2)
        steps = {f"{a} {b}": round(w, 2) for (a, b), w in info.transitions.items()}
        labels = sorted(info.labels)
        model.close()
    ordered = {k: dict(sorted(v.items())) for k, v in sorted(weights.items())}
    return {"roles": labels, "steps": dict(sorted(steps.items())), "weights": ordered}


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
    text = json.dumps(train(data), ensure_ascii=False, indent=0)
    (resources.folder("data/models") / "facts.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
