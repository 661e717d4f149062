"""Judging what was read: the same rules as the yardstick beside the checkout, a clear word for bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg import facade
from kg.cli import DONE, FAILED, USAGE
from kg.evaluation import KINDS, compare

PAGE = "Speaker: Ada Berg, Lund University\nTitle: How rivers remember\nAbstract\nRivers keep traces of floods.\n"


def _record(**more: object) -> dict[str, object]:
    person = {
        "name": "Ada Berg", "affiliations": [{"organization": "Lund University", "role": None}],
        "prior": [], "education": [], "awards": [], "advisors": [], "memberships": [], **more,
    }  # fmt: skip
    return {"title": "How rivers remember", "speakers": [person], "topics": ["river"]}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with one annotated page."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "one.json").write_text(json.dumps({"text": PAGE, "talks": [_record()]}), "utf-8")
    return folder


def test_the_right_counts_fully() -> None:
    report = compare([("one", [_record()], [_record()])])
    assert report.count("facts").f1 == 1.0
    assert not report.errors


def test_an_optional_entry_counts_neither_way() -> None:
    prize = {"name": "Tern Prize", "year": None}
    wanted = _record(awards=[{**prize, "optional": True}])
    for given in (_record(), _record(awards=[prize])):
        count = compare([("one", [wanted], [given])]).count("award")
        assert (count.right, count.given, count.wanted) == (0, 0, 0)


def test_roles_at_one_place_count_once_and_are_compared() -> None:
    two = [{"organization": "CERN", "role": "fellow"}, {"organization": "CERN", "role": "engineer"}]
    report = compare([("one", [_record(prior=two)], [_record(prior=two[:1])])])
    assert report.count("prior").f1 == 1.0
    assert report.figures()["details"]["prior.role"] == 1.0


def test_errors_and_calibration_are_told() -> None:
    given = _record(awards=[{"name": "Gull Medal", "year": None, "confidence": 0.65}])
    report = compare([("one", [_record(prior=[{"organization": "CERN"}])], [given])])
    told = {(e.kind, e.missed, e.what) for e in report.errors}
    assert told == {("prior", True, "CERN"), ("award", False, "Gull Medal")}
    assert report.calibration() == [(0.6, 1, 0.0)]


def test_the_command(gold: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from kg.cli import main

    baseline = tmp_path / "baseline.json"
    assert main(["evaluate", str(gold), "--baseline", str(baseline)]) == DONE
    assert json.loads(capsys.readouterr().out)["affiliation"]["precision"] == 1.0
    assert json.loads(baseline.read_text("utf-8"))["facts"] == 1.0
    higher = {"prior": 0.9}
    baseline.write_text(json.dumps(higher), "utf-8")
    assert main(["evaluate", str(gold), "--baseline", str(baseline), "--errors"]) == FAILED
    printed = capsys.readouterr()
    assert "prior fell to 0.0000, below the baseline of 0.9000" in printed.err
    assert json.loads(printed.out)["errors"] == []
    assert json.loads(baseline.read_text("utf-8")) == higher


@pytest.mark.parametrize("text", ["", "[]", '{"text": 1, "talks": []}', '{"text": "x"}'])
def test_a_page_that_is_not_annotated(
    text: str, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kg.cli import main

    (gold / "two.json").write_text(text, "utf-8")
    assert main(["evaluate", str(gold)]) == FAILED
    assert "two.json" in capsys.readouterr().err


def test_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli import main

    assert main(["evaluate", str(tmp_path / "none")]) == FAILED
    assert main(["explain"]) == USAGE
    assert "--segments" in capsys.readouterr().err


@pytest.mark.shared
def test_the_figures_are_those_of_the_yardstick(shared: Path, tmp_path: Path) -> None:
    from kg.records import to_record

    names = sorted(p.stem for p in (shared / "gold").glob("*.json"))
    unread = set((shared / "gold" / "UNREAD.txt").read_text("utf-8").split())
    gold, found = tmp_path / "gold", tmp_path / "found"
    gold.mkdir()
    found.mkdir()
    for name in [n for n in names if n not in unread][::4]:
        source = (shared / "gold" / f"{name}.json").read_bytes()
        (gold / f"{name}.json").write_bytes(source)
        (tmp_path / name).write_text(json.loads(source)["text"], "utf-8")
        lines = [json.dumps(to_record(t)) for t in facade.find_talks([tmp_path / name])]
        (found / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, str(shared / "eval" / "score.py"), str(gold), str(found), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = facade.evaluate(gold).figures()
    for kind in (*KINDS, "facts"):
        assert ours[kind]["f1"] == pytest.approx(theirs[kind]["f1"], abs=0.01), kind
