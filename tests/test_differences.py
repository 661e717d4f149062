"""What changed between two builds: talks, facts, people, in words and in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.differences import Differences
from kg.errors import WorkspaceError

Run = Callable[..., tuple[int, str, str]]
OTHER = """Sands of Reason
Noor Haddad, Ghent University

Abstract: We count the grains of a beach, and prove that there are more of them than anybody has ever counted before.

Bio: Noor Haddad is a lecturer at Ghent University. She received the Halvorsen Prize in 2019.
"""


@pytest.fixture
def world(tmp_path: Path, short: Path) -> Callable[[str, str], Differences]:
    """The changes from a build of the short page to one of these two texts."""
    page, other = tmp_path / "coast.txt", tmp_path / "sands.txt"
    page.write_text(short.read_text("utf-8"), "utf-8")
    kg.build(page, workspace=tmp_path / "old.kg")

    def changes(text: str, more: str = "", corrections: str = "") -> Differences:
        page.write_text(text, "utf-8")
        other.write_text(more, "utf-8")
        kg.build(page, workspace=tmp_path / "new.kg")
        (tmp_path / "new.kg" / "corrections.toml").write_text(corrections, "utf-8")
        sources = [page, other] if more else [page]
        kg.build(*sources, workspace=tmp_path / "new.kg")
        return kg.diff(tmp_path / "old.kg", tmp_path / "new.kg")

    return changes


def test_nothing_changed(world: Callable[..., Differences], short: Path) -> None:
    found = world(short.read_text("utf-8"))
    assert found.told() == {"counts": {}, "talks": (), "facts": (), "people": ()}


def test_a_talk_and_its_facts_are_new(world: Callable[..., Differences], short: Path) -> None:
    found = world(short.read_text("utf-8"), OTHER)
    [talk] = found.talks
    assert (talk.what, talk.title, talk.speakers) == ("new", "Sands of Reason", ("Noor Haddad",))
    assert {(f.what, f.person) for f in found.facts} == {("new", "Noor Haddad")}
    assert {("affiliation", "Ghent University"), ("award", "Halvorsen Prize")} <= {
        (f.kind, f.object) for f in found.facts
    }


def test_a_fact_that_says_something_else_is_changed(
    world: Callable[..., Differences], short: Path
) -> None:
    text = short.read_text("utf-8").replace("an associate professor", "a professor")
    [fact] = world(text).facts
    assert (fact.what, fact.kind) == ("changed", "affiliation")
    assert fact.fields == (("role", "associate professor", "professor"),)


def test_a_fact_whose_sentence_is_gone_says_so(
    world: Callable[..., Differences], short: Path
) -> None:
    text = short.read_text("utf-8").replace(
        "Before that she was a research assistant at Uppsala University.", ""
    )
    [fact] = world(text).facts
    assert (fact.what, fact.object) == ("sentence gone", "Uppsala University")
    assert "research assistant" in fact.quote


def test_a_fact_that_a_correction_drops_still_has_its_sentence(
    world: Callable[..., Differences], short: Path
) -> None:
    told = (
        '[[drop]]\nsubject = "Ada Bergström"\nfact = "position"\nobject = "Uppsala University"\n'
        'on = "2026-01-02"\n'
    )
    [fact] = world(short.read_text("utf-8"), "", told).facts
    assert (fact.what, fact.object) == ("gone", "Uppsala University")


def test_people_are_split_and_merged(tmp_path: Path, short: Path) -> None:
    pages = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for page, title in zip(pages, ("Tides of Logic", "Shores of Reason"), strict=True):
        page.write_text(short.read_text("utf-8").replace("Tides of Logic", title), "utf-8")
    kg.build(*pages, workspace=tmp_path / "old.kg")
    (tmp_path / "new.kg").mkdir()
    told = '[[different]]\nnames = ["Ada Bergström @ a.txt", "Ada Bergström @ b.txt"]\n'
    (tmp_path / "new.kg" / "corrections.toml").write_text(told, "utf-8")
    kg.build(*pages, workspace=tmp_path / "new.kg")
    [split] = kg.diff(tmp_path / "old.kg", tmp_path / "new.kg").people
    assert split.what == "split"
    assert sorted(split.mentions) == [("Ada Bergström @ a.txt",), ("Ada Bergström @ b.txt",)]
    [merged] = kg.diff(tmp_path / "new.kg", tmp_path / "old.kg").people
    assert merged.what == "merged"


def test_the_command_line(tmp_path: Path, short: Path, kg_command: Run) -> None:
    kg_command("build", short, "-o", tmp_path / "a.kg")
    code, out, _ = kg_command("diff", tmp_path / "a.kg", tmp_path / "a.kg")
    assert (code, json.loads(out)["counts"]) == (0, {})
    code, _, err = kg_command("diff", tmp_path / "a.kg", tmp_path / "none.kg")
    assert code == 1
    assert "no graph at" in err
    with pytest.raises(WorkspaceError):
        kg.diff(tmp_path, tmp_path)
