"""What the small network learns before its tasks: to say of every word what the whole MiniLM says of it.

The network is a half of MiniLM's layers, each with half of its inner numbers; knowledge distillation (Hinton et al.,
arXiv 1503.02531; of hidden states as in TinyBERT, Jiao et al., EMNLP Findings 2020) on descriptions of recorded talks
mends what was cut.
"""

from __future__ import annotations

import json
import random
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg import pieces, windows
from kg.training import _network as network
from kg.training._network import Net

PIECES, LONGEST, LEAST = 3200, 254, 24
"""Pieces a step, most of a stretch, and fewest."""
RATE, HALF = 4e-4, 0.5
"""The highest rate of learning, and what each of the two layers that are imitated counts."""


def texts(shared: Path) -> list[str]:
    """Recorded talks as small pages: title, speakers, description."""
    out = []
    with zipfile.ZipFile(shared / "corpora" / "pyvideo-data.zip") as packed:
        for name in sorted(packed.namelist()):
            if "/videos/" in name and name.endswith(".json"):
                talk = json.loads(packed.read(name))
                parts = (
                    talk.get("title"),
                    ", ".join(talk.get("speakers") or ()),
                    talk.get("description"),
                )
                out.append("\n".join(p for p in parts if p))
    return out


def learn(net: Net, pages: list[str], steps: int) -> None:
    """Bring the network's states near those of the whole one's layer of the same number, and such that those of its
    last layer follow from them by one matrix."""
    whole = network.begin(*network.WHOLE)
    onto = nn.Linear(network.SIZE, network.SIZE)
    learned = [p for n, p in net.named_parameters() if n.startswith(network.BASE)]
    optimizer = torch.optim.AdamW([*learned, *onto.parameters()], lr=RATE, weight_decay=0.01)
    began, total = time.time(), 0.0
    for step, batch in enumerate(_batches(pages, steps)):
        for group in optimizer.param_groups:
            group["lr"] = RATE * network.slope(step, steps, 0.05)
        with torch.inference_mode():
            same, last = whole.between(batch, network.LAYERS)
        states = net(batch, torch.zeros_like(batch))
        near = functional.mse_loss(states, same.clone())
        wrong = HALF * near + HALF * functional.mse_loss(onto(states), last.clone())
        optimizer.zero_grad()
        wrong.backward()  # type: ignore[no-untyped-call,unused-ignore]
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        total += float(wrong.detach())
        if (step + 1) % 100 == 0:
            print(f"step {step + 1}: {total / 100:.4f}, {time.time() - began:.0f} s", flush=True)
            total = 0.0


def _batches(pages: list[str], steps: int) -> Iterator[Tensor]:
    """Stretches of pages in random order, those of a step cut to one length."""
    random.shuffle(pages)
    at, left = 0, steps
    while left:
        rows: list[list[int]] = []
        while len(rows) < 256:
            rows += _stretches(pages[at % len(pages)])
            at += 1
        rows.sort(key=len)
        groups: list[Tensor] = []
        while rows:
            size = len(rows[0])
            taken = rows[: max(1, PIECES // size)]
            rows = rows[len(taken) :]
            groups.append(torch.tensor([row[:size] for row in taken]))
        random.shuffle(groups)
        yield from groups[:left]
        left -= min(left, len(groups))


def _stretches(page: str) -> list[list[int]]:
    """The pieces of a page, a mark before every line, cut into stretches of like length."""
    numbers: list[int] = []
    for line in page.split("\n"):
        words = pieces.split(line, 0, len(line))
        numbers += [windows.LINE, *(n for w in words for n in w.pieces)] if words else []
    parts = [numbers[at : at + LONGEST] for at in range(0, len(numbers), LONGEST)]
    return [[windows.OPEN, *part, windows.CLOSE] for part in parts if len(part) >= LEAST]
