"""A graph that grows is, to the byte, the graph that a build of everything would have written."""

from __future__ import annotations

import json
import logging
import random
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import growing
from kg.increments import TooMuch
from kg.increments._files import assemble, digest, spliced
from kg.settings import Settings

FILES = ("graph.nt", "identities.jsonl", "records.jsonl")
_PEOPLE = ("John Smith", "J. Smith", "John A. Smith", "Jane Smith", "Ana García Lorca", "Ana García", "Bob Okafor",
           "Robert Okafor", "Dmitri Petrenko", "Dmitriy Petrenko", "Wei Zhang", "Jan van Dijk", "Jan Dijk")  # fmt: skip
_PLACES = ("University of Oxford", "Oxford University", "MIT", "Department of Physics, MIT", "Harvard Medical School",
           "Department of Genetics, Harvard Medical School", "ETH Zurich", "ETH Zürich", "Lindal Institute of Rivers",
           "Lindal Institute of River", "Tarn Labs Inc.", "Tarn Labs", "University of Washington", "UW")  # fmt: skip
_TITLES = (
    "Tides of logic and rivers",
    "Tides of Logic, and Rivers",
    "Lightning talks",
    "Graph theory at the coast",
)
_AWARDS = (
    "Turing Award",
    "ACM A.M. Turing Award",
    "Fields Medal",
    "IEEE Fellow",
    "Fellow of the IEEE",
)
_TOPICS = ("rivers", "Bayesian inference", "topology", "optimal transport", "machine learning")


def page(chance: random.Random) -> str:
    """A page of a few talks whose names often mean the same."""
    lines = []
    for _ in range(chance.choice([1, 1, 2, 3])):
        name, more = chance.choice(_PEOPLE), chance.random
        lines += [f"Title: {chance.choice(_TITLES)}", f"Speaker: {name}, {chance.choice(_PLACES)}"]
        lines += [f"Date: 20{chance.randint(18, 24)}-05-1{chance.randint(0, 9)}"] * (more() < 0.6)
        lines += [f"Series: Rivers Seminar{chance.choice(['', ' 2021'])}"] * (more() < 0.7)
        lines.append(
            f"Abstract: We study {chance.choice(_TOPICS)} and graph theory. "
            * chance.choice([1, 2])
        )
        bio = f"Bio: {name} is a professor at {chance.choice(_PLACES)}. "
        if more() < 0.6:
            bio += f"{name.split()[-1]} received a PhD from {chance.choice(_PLACES)} in {chance.randint(1990, 2015)}"
            bio += f" under the supervision of {chance.choice(_PEOPLE)}. " if more() < 0.4 else ". "
        if more() < 0.5:
            bio += f"{name.split()[-1]} won the {chance.choice(_AWARDS)} in {chance.randint(1995, 2020)}."
        lines += [bio, ""]
    return "\n".join(lines)


@pytest.fixture
def grown(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each build grew what was there."""
    told: list[bool] = []
    real = growing.Growing.grow

    def grow(self: growing.Growing, places: Any, seen: str) -> bool:
        told.append(real(self, places, seen))
        return told[-1]

    monkeypatch.setattr(growing.Growing, "grow", grow)
    return told


def build(folder: Path, pages: Path) -> None:
    kg.build(pages, workspace=folder, settings=Settings(jobs=1))


def whole(folder: Path, pages: Path, aside: Path) -> Path:
    """The folder that a build of everything writes where another graph was."""
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(folder, aside)
    (aside / "state.sqlite").unlink()
    build(aside, pages)
    return aside


def differ(one: Path, other: Path) -> list[str]:
    found = [f for f in FILES if (one / f).read_bytes() != (other / f).read_bytes()]
    mine, yours = (json.loads((f / "manifest.json").read_text("utf-8")) for f in (one, other))
    keys = mine.keys() | yours.keys()
    return found + [k for k in keys - {"build", "built"} if mine.get(k) != yours.get(k)]


@pytest.mark.parametrize("seed", range(5))
def test_a_grown_graph_is_the_graph_of_all(tmp_path: Path, grown: list[bool], seed: int) -> None:
    chance, folder, pages = random.Random(seed), tmp_path / "g.kg", tmp_path / "pages"
    pages.mkdir()
    for number in range(chance.randint(6, 20)):
        (pages / f"p{number:02}.txt").write_text(page(chance), "utf-8")
    build(folder, pages)
    for step in range(5):
        there = sorted(pages.iterdir())
        for file in chance.sample(there, chance.choice([0, 1, 2])):
            if chance.random() < 0.5 and len(there) > 3:
                file.unlink()
            else:
                file.write_text(page(chance), "utf-8")
        for number in range(chance.choice([1, 1, 3])):
            (pages / f"n{step}{number}.txt").write_text(page(chance), "utf-8")
        aside = whole(folder, pages, tmp_path / "whole.kg")
        build(folder, pages)
        assert differ(folder, aside) == []
        graph = kg.load(folder)
        assert graph.ntriples().encode() == (folder / "graph.nt").read_bytes()
        texts = {f.name for f in (folder / "sources").iterdir()}
        assert texts == {f.name for f in (aside / "sources").iterdir()}
    assert grown.count(True) == 5


def test_a_page_that_only_moved_in_time_is_no_change(tmp_path: Path, grown: list[bool]) -> None:
    pages, folder = tmp_path / "pages", tmp_path / "g.kg"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.txt").write_text(page(random.Random(number)), "utf-8")
    build(folder, pages)
    before = [(folder / f).stat().st_ino for f in FILES]
    (pages / "1.txt").touch()
    build(folder, pages)
    build(folder, pages)
    assert [(folder / f).stat().st_ino for f in FILES] == before
    assert grown == [False, True]


def twice(pages: Path, _: Path) -> None:
    shutil.copy(pages / "1.txt", pages / "same.txt")


def broken_state(_: Path, folder: Path) -> None:
    (folder / "state.sqlite").write_bytes(b"no database")


def no_talk(pages: Path, _: Path) -> None:
    (pages / "empty.txt").write_text("...", "utf-8")


def broken_source(pages: Path, _: Path) -> None:
    (pages / "bad.json").write_text('{"talks": [', "utf-8")


def corrections(_: Path, folder: Path) -> None:
    hidden = '[[hide]]\nname = "Jan van Dijk"\non = "2026-01-02"\n'
    (folder / "corrections.toml").write_text(hidden, "utf-8")


def started(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of three pages, and the graph of it."""
    pages, folder = tmp_path / "pages", tmp_path / "g.kg"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.txt").write_text(page(random.Random(number)), "utf-8")
    build(folder, pages)
    return pages, folder


@pytest.mark.parametrize("happens", [no_talk, broken_source, corrections])
def test_no_state_is_kept_where_something_is_left_out_or_corrected(
    tmp_path: Path, grown: list[bool], happens: Any
) -> None:
    pages, folder = started(tmp_path)
    happens(pages, folder)
    (pages / "new.txt").write_text(page(random.Random(9)), "utf-8")
    kg.build(pages, workspace=folder, settings=Settings(jobs=1), on_error=lambda *_: None)
    assert True not in grown
    assert not (folder / "state.sqlite").exists()


@pytest.mark.parametrize("happens", [twice, broken_state])
def test_what_the_state_cannot_tell_is_built_anew(
    tmp_path: Path, grown: list[bool], happens: Any
) -> None:
    pages, folder = started(tmp_path)
    happens(pages, folder)
    if happens is broken_state:
        (pages / "more.txt").write_text(page(random.Random(8)), "utf-8")
    build(folder, pages)
    assert grown == [False, False]
    (pages / "new.txt").write_text(page(random.Random(9)), "utf-8")
    build(folder, pages)
    assert grown[-1] is True
    (pages / "1.txt").unlink()
    build(folder, pages)
    assert differ(folder, whole(folder, pages, tmp_path / "whole.kg")) == []
    if happens is twice:  # the text stays, under the name of its other file
        assert grown[-1] is False
        assert "same.txt" in (folder / "graph.nt").read_text("utf-8")


def test_other_settings_build_all_anew(tmp_path: Path, grown: list[bool]) -> None:
    pages, folder = started(tmp_path)
    (pages / "new.txt").write_text(page(random.Random(9)), "utf-8")
    kg.build(pages, workspace=folder, settings=Settings(jobs=1, min_confidence=0.9))
    assert grown == [False, False]


def test_a_state_of_another_build_is_not_trusted(
    tmp_path: Path, grown: list[bool], caplog: pytest.LogCaptureFixture
) -> None:
    pages, folder = tmp_path / "pages", tmp_path / "g.kg"
    pages.mkdir()
    (pages / "0.txt").write_text(page(random.Random(0)), "utf-8")
    build(folder, pages)
    kept = (folder / "state.sqlite").read_bytes()
    (pages / "1.txt").write_text(page(random.Random(1)), "utf-8")
    build(folder, pages)
    (folder / "state.sqlite").write_bytes(kept)
    (pages / "2.txt").write_text(page(random.Random(2)), "utf-8")
    with caplog.at_level(logging.DEBUG, "kg"):
        build(folder, pages)
    assert grown == [False, True, False]
    assert "it was kept by another build" in caplog.text


@settings(max_examples=200, deadline=None)
@given(
    st.sets(st.binary(max_size=6).map(lambda b: b.replace(b"\n", b"x") + b"\n"), max_size=30),
    st.sets(st.binary(max_size=6).map(lambda b: b.replace(b"\n", b"x") + b"\n"), max_size=10),
    st.data(),
)
def test_lines_are_taken_out_and_put_in(
    tmp_path_factory: pytest.TempPathFactory,
    there: set[bytes],
    new: set[bytes],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    old, made = folder / "old", folder / "new"
    gone = data.draw(st.sets(st.sampled_from(sorted(there)))) if there else set()
    put = new - (there - gone)
    old.write_bytes(b"".join(sorted(there)))
    pieces = spliced(old, sorted(gone), [(line, line) for line in sorted(put)], bytes)
    assemble(old, made, pieces)
    assert made.read_bytes() == b"".join(sorted(there - gone | put))
    assert digest(old, pieces) == sha256(made.read_bytes()).hexdigest()
    with pytest.raises(LookupError):
        spliced(old, [b"\xff no such line\n"], [], bytes)


def test_too_much_is_no_error_of_the_library() -> None:
    assert not issubclass(TooMuch, kg.KgError)
