"""Quality has a floor that only rises: annotated listings beside the checkout, their own yardstick."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.extraction import extract
from kg.model import Page
from kg.records import to_record

BASELINE = json.loads((Path(__file__).parent / "gold" / "baseline.json").read_text("utf-8"))


def _score(shared: Path, names: list[str], folder: Path) -> dict[str, dict[str, float]]:
    """Figures of the yardstick over some of the annotated listings."""
    gold, found = folder / "gold", folder / "found"
    gold.mkdir()
    found.mkdir()
    for name in names:
        source = shared / "gold" / f"{name}.json"
        (gold / source.name).write_bytes(source.read_bytes())
        talks = extract(Page(name, json.loads(source.read_text("utf-8"))["text"]))
        lines = [json.dumps(to_record(t), ensure_ascii=False) for t in talks]
        (found / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, str(shared / "eval" / "score.py"), str(gold), str(found), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, dict[str, float]] = json.loads(done.stdout)
    return figures


def _names(shared: Path, which: str) -> list[str]:
    unread = set((shared / "gold" / "UNREAD.txt").read_text("utf-8").split())
    every = sorted(p.stem for p in (shared / "gold").glob("*.json"))
    sets = {
        "recorded-talks": [n for n in every if n.endswith("recorded-talks")],
        "readable": [n for n in every if n not in unread],
        "unread": [n for n in every if n in unread],
    }
    return sets[which]


@pytest.mark.shared
@pytest.mark.parametrize("which", sorted(BASELINE))
def test_quality_does_not_fall(which: str, shared: Path, tmp_path: Path) -> None:
    figures = _score(shared, _names(shared, which), tmp_path)
    for kind, floor in BASELINE[which].items():
        figure = figures[kind].get("f1", figures[kind].get("precision_at_8", 0.0))
        assert figure >= floor, f"{which}: {kind} fell to {figure}"
