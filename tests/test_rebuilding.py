"""Building again: what did not change is left alone, what changed is replaced, and a killed build harms nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import reading
from kg.errors import WorkspaceError
from kg.settings import Settings
from kg.workspace import Workspace

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def pages(tmp_path: Path, short: Path) -> list[Path]:
    """Three pages of a talk each."""
    text, found = short.read_text("utf-8"), []
    for name, title, person in (
        ("coast", "Tides of Logic", "Ada Bergström"),
        ("harbour", "Sands of Reason", "Eva Lindqvist"),
        ("river", "Turns of Thought", "Ida Okafor"),
    ):
        path = tmp_path / "pages" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            text.replace("Tides of Logic", title).replace("Ada Bergström", person), "utf-8"
        )
        found.append(path)
    return found


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the pages that are read, in their order."""
    names: list[str] = []

    def counted(pages: Any) -> Any:
        names.extend(page.name for page in pages)
        return [kg.extract(page) for page in pages]

    monkeypatch.setattr(reading, "extract_all", counted)
    return names


def same(folder: Path, *pages: Path) -> bool:
    """Whether a folder holds just what a build of the pages from nothing would."""
    return (folder / "graph.nt").read_text("utf-8") == kg.build(*pages).ntriples()


def test_the_same_sources_are_not_read_again(
    tmp_path: Path, pages: list[Path], read: list[str], kg_command: Run
) -> None:
    folder = tmp_path / "talks.kg"
    assert kg_command("build", *pages, "-o", folder, "--jobs", "1")[0] == 0
    before, manifest = list(read), (folder / "manifest.json").read_bytes()
    code, _, err = kg_command("build", *pages, "-o", folder, "--jobs", "1")
    assert (code, read) == (0, before)
    assert "is up to date: nothing changed since it was built" in err
    assert json.loads(kg_command("stats", "-g", folder, "--json")[1])["talks"] == 3
    assert (folder / "manifest.json").read_bytes() == manifest
    kg_command("build", *pages, "-o", folder, "--rebuild", "--jobs", "1")
    assert len(read) == 2 * len(before)


def test_only_what_changed_is_read(tmp_path: Path, pages: list[Path], read: list[str]) -> None:
    folder = tmp_path / "talks.kg"
    kg.build(*pages, workspace=folder)
    read.clear()
    text = pages[1].read_text("utf-8")
    pages[1].write_text(text.replace("Lund University", "Ghent University"), "utf-8")
    graph = kg.build(*pages, workspace=folder)
    assert read == ["harbour.txt"]
    assert "Sands of Reason" in graph.names("talk")
    read.clear()
    assert same(folder, *pages)


def test_what_is_gone_takes_its_facts_along(
    tmp_path: Path, pages: list[Path], read: list[str]
) -> None:
    folder = tmp_path / "talks.kg"
    kg.build(*pages, workspace=folder)
    read.clear()
    graph = kg.build(*pages[:2], workspace=folder)
    assert read == []
    assert not {"Ida Okafor", "Turns of Thought"} & set(graph.names())
    assert len(list((folder / "sources").iterdir())) == 2
    assert same(folder, *pages[:2])
    read.clear()
    kg.build(*pages, workspace=folder)
    assert read == ["river.txt"], "what was gone is forgotten"


def test_settings_and_corrections_are_minded_without_reading(
    tmp_path: Path, pages: list[Path], read: list[str]
) -> None:
    folder = tmp_path / "talks.kg"
    kg.build(*pages, workspace=folder)
    read.clear()
    kg.build(*pages, workspace=folder, settings=Settings(base="https://example.edu/"))
    assert "https://example.edu/" in (folder / "graph.nt").read_text("utf-8")
    (folder / "corrections.toml").write_text(
        '[[rename]]\nname = "Ida Okafor"\nto = "Ida M. Okafor"\n'
    )
    graph = kg.build(*pages, workspace=folder, settings=Settings(base="https://example.edu/"))
    assert "Ida M. Okafor" in graph.names("person")
    assert read == []


def test_a_hidden_person_is_not_remembered(tmp_path: Path, pages: list[Path]) -> None:
    folder = tmp_path / "talks.kg"
    kg.build(*pages, workspace=folder)
    (folder / "corrections.toml").write_text('[[hide]]\nname = "Ida Okafor"\n')
    kg.build(*pages, workspace=folder)
    (folder / "corrections.toml").unlink()
    for file in (p for p in folder.rglob("*") if p.is_file()):
        assert b"Okafor" not in file.read_bytes(), file.name
    assert Workspace(folder).cache().known([]) == frozenset()


def test_processes_give_the_same_bytes(
    tmp_path: Path, pages: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_WORTH", 1)
    monkeypatch.setattr(reading, "_BATCH", 1)
    kg.build(*pages, workspace=tmp_path / "many.kg", settings=Settings(jobs=2))
    assert same(tmp_path / "many.kg", *pages)


def test_the_second_of_two_builds_is_told_who_is_at_work(tmp_path: Path, pages: list[Path]) -> None:
    folder = Workspace(tmp_path / "talks.kg")
    kg.build(pages[0], workspace=folder.path)
    with folder.locked():
        with pytest.raises(
            WorkspaceError, match=rf"is being built by process {os.getpid()} on .* since 20"
        ):
            kg.build(*pages, workspace=folder.path)
        assert kg.load(folder.path).stats()["talks"] == 1, "readers are not kept out"
    assert kg.build(*pages, workspace=folder.path).stats()["talks"] == 3


def test_a_folder_of_the_version_before_is_taken_over(tmp_path: Path, pages: list[Path]) -> None:
    folder = tmp_path / "talks.kg"
    kg.build(*pages, workspace=folder)
    [build] = (folder / "builds").iterdir()
    shutil.move(build / "store", folder / "store")
    shutil.rmtree(folder / "builds")
    (folder / "cache.sqlite").unlink()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["build"], manifest["inputs"], manifest["seen"]
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": 1}), "utf-8")
    with pytest.raises(WorkspaceError, match=r"older version.*kg build"):
        kg.load(folder)
    kg.build(*pages, workspace=folder)
    assert not (folder / "store").exists()
    assert same(folder, *pages)


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough to be one" * 99])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, pages: list[Path], damage: bytes) -> None:
    folder = tmp_path / "talks.kg"
    kg.build(*pages[:2], workspace=folder)
    (folder / "cache.sqlite").write_bytes(damage)
    kg.build(*pages, workspace=folder)
    assert same(folder, *pages)


def test_somebody_elses_folder_with_familiar_names_is_refused(
    tmp_path: Path, pages: list[Path]
) -> None:
    (tmp_path / "site" / "sources").mkdir(parents=True)
    (tmp_path / "site" / "sources" / "a.txt").write_text("mine", "utf-8")
    with pytest.raises(WorkspaceError, match="no build wrote"):
        kg.build(*pages, workspace=tmp_path / "site")
    assert (tmp_path / "site" / "sources" / "a.txt").read_text("utf-8") == "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_killed_build_leaves_no_process_behind(tmp_path: Path, short: Path) -> None:
    pages, text = tmp_path / "pages", short.read_text("utf-8")
    pages.mkdir()
    for number in range(200):
        (pages / f"{number}.txt").write_text(f"{text}\nPage {number}.\n", "utf-8")
    words = ["build", str(pages), "-o", str(tmp_path / "g.kg"), "--jobs", "2"]
    command = [sys.executable, "-m", "kg", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    below: list[str] = []
    for _ in range(300):
        time.sleep(0.1)
        below = children.read_text("utf-8").split() if process.poll() is None else below
        if len(below) > 2:  # a tracker of resources, and those that read
            break
    assert len(below) > 2
    time.sleep(3.0)  # so that they are at work
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(200):
        left = [pid for pid in below if Path(f"/proc/{pid}").exists()]
        if not left:
            break
        time.sleep(0.1)
    assert left == []


@pytest.mark.skipif(os.name != "posix", reason="signals are sent")
@pytest.mark.parametrize("seed", range(3))
def test_a_killed_build_harms_nothing(tmp_path: Path, pages: list[Path], seed: int) -> None:
    """Benchmarks do it fifty times (``tests/benchmarks/faults.py``)."""
    folder = tmp_path / "talks.kg"
    kg.build(pages[0], workspace=folder)
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        *map(str, pages),
        "-o",
        str(folder),
        "--jobs",
        "1",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.Random(seed).uniform(0.3, 2.0))
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert kg.load(folder).stats()["talks"] in {1, 3}
    assert kg.build(*pages, workspace=folder).stats()["talks"] == 3
    assert same(folder, *pages)
