"""Train the encoder: ``python -m kg.training.encoder ../shared`` writes ``data/models/encoder.onnx`` and ``.json``.

The lower layers of MiniLM (Wang et al., NeurIPS 2020; weights of all-MiniLM-L6-v2, Apache-2.0) first learn from the
whole of it what was cut from them (``_taught``). Then they are fine-tuned on the annotated pages for three tasks at
once: the role of every line; names, titles, organizations, posts and years on the lines that speak of speakers; and
heads and details of facts in the sentences about them, both in BIO notation. AdamW with a linear schedule (Loshchilov
and Hutter, ICLR 2019). Pages are varied on the way (``_varied``). ``--fold K`` leaves every fifth site out and prints
how well its pages are read. Needs the extras ``train`` and ``train-encoder``; three quarters of an hour on two cores.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg import resources, windows
from kg.training import _annotated as annotated
from kg.training import _network as network
from kg.training import _paragraphs as paragraphs
from kg.training import _taught as taught
from kg.training import _varied as pages
from kg.training._annotated import Annotated
from kg.training._network import LABELS, PARTS, ROLES, Net
from kg.training._varied import NONE, Page
from kg.windows import Window

BATCH, RATE, NEW_RATE, HIDDEN, VARIED = 1600, 2e-4, 5, 0.1, 0.6
MASK, FIRST_WORD = 103, 998
STEPS = 500
"""Of learning from the whole MiniLM (``_taught``)."""


@dataclass(frozen=True)
class Example:
    """A window with what is to be learned of it: (position, number of the role, part or label)."""

    window: Window
    roles: list[tuple[int, int]] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)
    labels: list[tuple[int, int]] = field(default_factory=list)


def sentences(page: Annotated) -> list[Example]:
    """Paragraphs about the speakers of a page."""
    out = []
    for name, group, _ in paragraphs.paragraphs(page):
        numbers = [LABELS.index(label) for label in paragraphs.labels(page, group)]
        words = [t.text for h in group for t in h.sentence.tokens]
        for window in windows.passages(name, words, group[0].place == "line"):
            out.append(Example(window, labels=[(at, numbers[n]) for at, n in window.lines]))
    return out


def examples(page: Page, first: int = windows.OWN) -> list[Example]:
    """Windows of a page."""
    read = [row.head() for row in page]
    heads = [head for head, _ in read]
    out = []
    for window in windows.cut(heads, first):
        parts = [
            (at, label)
            for mark, n in window.lines
            for at, label in zip(windows.positions(heads[n], mark), read[n][1], strict=True)
            if label != NONE
        ]
        roles = [(mark, ROLES.index(page[n].role)) for mark, n in window.lines]
        out.append(Example(window, roles, parts))
    return out


def batches(found: Sequence[Example]) -> list[list[Example]]:
    """Examples of like length together, in random order."""
    out: list[list[Example]] = [[]]
    for e in sorted(found, key=lambda e: len(e.window.pieces) + 60 * random.random()):
        if out[-1] and (len(out[-1]) + 1) * len(e.window.pieces) > BATCH:
            out.append([])
        out[-1].append(e)
    random.shuffle(out)
    return out


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, shapes, and where there is but padding."""
    size = max(len(e.window.pieces) for e in batch)
    ids = torch.zeros(len(batch), size, dtype=torch.long)
    shapes, empty = torch.zeros_like(ids), torch.ones(len(batch), size, dtype=torch.bool)
    for n, e in enumerate(batch):
        end = len(e.window.pieces)
        ids[n, :end] = torch.tensor(e.window.pieces)
        shapes[n, :end] = torch.tensor(e.window.shapes)
        empty[n, :end] = False
    return ids, shapes, empty


def loss(net: Net, batch: Sequence[Example]) -> Tensor:
    """What is still wrong; a tenth of the pieces is hidden, so that their neighbours must do."""
    ids, shapes, empty = tensors(batch)
    hidden = (torch.rand(ids.shape) < HIDDEN) & (ids > FIRST_WORD)
    states = net(torch.where(hidden, torch.tensor(MASK), ids), shapes, empty)
    roles = [(n, at, role) for n, e in enumerate(batch) for at, role in e.roles]
    parts = [(n, at, part) for n, e in enumerate(batch) for at, part in e.parts]
    labels = [(n, at, label) for n, e in enumerate(batch) for at, label in e.labels]
    return (
        _wrong(net.role, states, roles, 0.03)
        + 0.7 * _wrong(net.part, states, parts, 0.0)
        + _wrong(net.label, states, labels, 0.02)
    )


def _wrong(
    layer: nn.Module, states: Tensor, goals: list[tuple[int, int, int]], smoothing: float
) -> Tensor:
    if not goals:
        return torch.zeros(())
    rows, places, numbers = map(list, zip(*goals, strict=True))
    scores = layer(states[rows, places])
    return functional.cross_entropy(scores, torch.tensor(numbers), label_smoothing=smoothing)


def fit(net: Net, found: Sequence[Page], told: Sequence[Example], epochs: int) -> None:
    """Train a network on pages, and on paragraphs about speakers."""
    base = [p for n, p in net.named_parameters() if n.startswith(network.BASE)]
    new = [p for n, p in net.named_parameters() if not n.startswith((*network.BASE, "pieces."))]
    groups = [{"params": base, "rate": RATE}, {"params": new, "rate": RATE * NEW_RATE}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01)
    began, steps, step = time.time(), 0, 0
    for epoch in range(epochs):
        net.train()
        rounds = batches(_once(found)) + batches(told)
        random.shuffle(rounds)
        steps = steps or epochs * len(rounds)
        total = 0.0
        for batch in rounds:
            part = network.slope(step, steps, 0.08)
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * part
            wrong = loss(net, batch)
            optimizer.zero_grad()
            wrong.backward()  # type: ignore[no-untyped-call,unused-ignore]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            total += float(wrong.detach())
            step += 1
        print(
            f"epoch {epoch + 1}: {total / len(rounds):.3f}, {time.time() - began:.0f} s", flush=True
        )
    net.eval()


def _once(found: Sequence[Page]) -> list[Example]:
    """Every page once, varied, and cut into windows at other lines than the time before."""
    return [
        e
        for page in found
        for e in examples(pages.varied(page, VARIED), windows.OWN - random.randint(0, 250))
    ]


def judge(net: Net, found: Sequence[Page]) -> str:
    """Share of the lines with the right role, and F1 of where entries begin, by the network alone."""
    right = lines = both = gold = given = 0
    for page in found:
        for e in examples(page):
            with torch.inference_mode():
                best = net.role(net(*tensors([e])))[0].argmax(-1).tolist()
            for at, role in e.roles:
                lines += 1
                right += best[at] == role
                gold += role % 2
                given += best[at] % 2
                both += role % 2 and best[at] % 2
    return f"roles {right / lines:.3f}, beginnings F1 {2 * both / max(1, gold + given):.3f}"


def without(real: Sequence[Annotated], fold: int | None) -> tuple[list[Annotated], list[Annotated]]:
    """Pages to learn from and pages held back: every fifth site, none where ``fold`` is None."""
    sites = sorted({annotated.site(p.name) for p in real})
    random.Random(1).shuffle(sites)
    away = set() if fold is None else set(sites[fold::5])
    kept = [p for p in real if annotated.site(p.name) not in away]
    return kept, [p for p in real if annotated.site(p.name) in away]


def main() -> None:
    """Train, on all pages or without a fold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--fold", type=int, help="0 to 4: leave these sites out")
    parser.add_argument("--out", type=Path, help="a folder instead of data/models")
    options = parser.parse_args()
    if options.fold is not None and options.out is None:
        parser.error(
            "--fold needs --out: a model that has not seen all pages is not the one to ship"
        )
    folder = options.out or resources.folder("data/models")
    folder.mkdir(parents=True, exist_ok=True)
    kept, away = without(annotated.real(options.shared), options.fold)
    learned = [*kept, *annotated.written()]
    told = [e for page in learned for e in sentences(page)]
    print(len(learned), "pages", len(told), "paragraphs", flush=True)
    torch.manual_seed(0)
    random.seed(0)
    net = network.begin()
    taught.learn(net, taught.texts(options.shared), STEPS)
    fit(net, [pages.rows(p) for p in learned], told, options.epochs)
    if away:
        print(judge(net, [pages.rows(p) for p in away]))
    network.export(net, folder / "encoder.onnx")
    plain = json.dumps({"roles": ROLES, "parts": PARTS, "labels": LABELS})
    (folder / "encoder.json").write_text(plain + "\n", "utf-8")


if __name__ == "__main__":
    main()
