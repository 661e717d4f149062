"""The folder of a build: the same bytes, switched in whole, and nothing of anybody else's is lost."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

import kg
from kg.errors import NoTalks, ReadError, WorkspaceError
from kg.settings import Settings
from kg.workspace import Workspace, _writing

FILES = {"graph.nt", "records.jsonl", "identities.jsonl"}
PARTS = {*FILES, "manifest.json", "sources", "builds", "cache.sqlite", "state.sqlite", ".lock"}


def digest(folder: Path) -> bytes:
    """The graph that a folder holds."""
    return (folder / "graph.nt").read_bytes()


@pytest.fixture
def built(tmp_path: Path, short: Path) -> Path:
    """A folder that a build of a short page left."""
    kg.build(short, workspace=tmp_path / "talks.kg")
    return tmp_path / "talks.kg"


def test_a_build_writes_these_and_leaves_nothing_beside(built: Path) -> None:
    assert {p.name for p in built.iterdir()} == PARTS
    assert [p.name for p in built.parent.iterdir()] == ["talks.kg"]


def test_the_manifest_says_what_made_the_graph(workspace: Path, example: Path) -> None:
    manifest = Workspace(workspace).manifest()
    [source] = manifest["sources"]
    text = (workspace / "sources" / f"{source['sha256']}.txt").read_text("utf-8")
    assert text == example.read_text("utf-8")
    assert (source["name"], source["talks"]) == (example.name, 18)
    assert manifest["settings"]["base"] == Settings().base
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", manifest["built"])
    assert {"model", "spacy", "pyoxigraph", "rdflib"} <= set(manifest["versions"])
    assert manifest["counts"]["talks"] == 18
    assert (workspace / "manifest.json").read_text("utf-8").endswith("}\n")


def test_counts_are_noted_as_the_graph_has_them(workspace: Path) -> None:
    noted, counted = kg.load(workspace).stats(), kg.load(workspace / "graph.nt").stats()
    assert json.loads(json.dumps(noted)) == json.loads(json.dumps(counted))


def test_records_stand_beside_the_graph(workspace: Path) -> None:
    lines = (workspace / "records.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 18
    assert all(json.loads(line)["speakers"] for line in lines)


def test_two_folders_and_two_paths_give_the_same_bytes(
    tmp_path: Path, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg.build(short, workspace=tmp_path / "one")
    monkeypatch.chdir(short.parent)
    kg.build(short.name, workspace=tmp_path / "deep" / "down" / "other")
    graph = kg.build(f"./{short.name}")
    assert (
        digest(tmp_path / "one")
        == digest(tmp_path / "deep/down/other")
        == graph.ntriples().encode()
    )
    assert str(tmp_path).encode() not in digest(tmp_path / "one")


def test_the_order_of_pages_does_not_matter(tmp_path: Path, short: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        short.read_text("utf-8").replace("Tides", "Sands").replace("Ada", "Eva"), "utf-8"
    )
    assert kg.build(short, other).ntriples() == kg.build(other, short).ntriples()


def test_a_folder_and_a_file_load(built: Path) -> None:
    assert len(kg.load(built)) == len(kg.load(built / "graph.nt")) > 0


def test_a_second_build_takes_the_place_of_the_first(built: Path, short: Path) -> None:
    before = digest(built)
    kg.build(short, workspace=built, settings=Settings(base="https://example.org/other/"))
    assert b"https://example.org/other/" in digest(built)
    assert digest(built) != before
    assert {p.name for p in built.iterdir()} == PARTS


def test_a_graph_that_is_open_survives_its_replacement(built: Path, short: Path) -> None:
    graph = kg.load(built)
    kg.build(short, workspace=built)
    assert graph.stats()["talks"] == 1


def test_a_file_put_into_the_folder_stays(built: Path, short: Path) -> None:
    (built / "mine.ttl").write_text("mine", "utf-8")
    kg.build(short, workspace=built)
    assert (built / "mine.ttl").read_text("utf-8") == "mine"


@pytest.mark.parametrize("text", ["", "Nothing here is a talk, is it?\n"])
def test_a_build_without_talks_leaves_the_old_graph(built: Path, tmp_path: Path, text: str) -> None:
    before = digest(built)
    (tmp_path / "none.txt").write_text(text, "utf-8")
    with pytest.raises(ReadError):
        kg.build(tmp_path / "none.txt", workspace=built)
    with pytest.raises(NoTalks, match="nothing to build"):
        kg.build(tmp_path / "none.txt", workspace=built, on_error=lambda name, error: None)
    assert digest(built) == before


STEPS = ("write_rows", "write_sources", "write_json", "link", "keep_only")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_build_that_breaks_leaves_a_whole_graph_and_the_next_one_goes_on(
    built: Path, short: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    """Until the manifest is in place the graph is the old one, after that the new one."""
    before = len(kg.load(built))
    other = Settings(base="https://example.org/other/")

    def broken(*_: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(_writing, step, broken)
        with pytest.raises((WorkspaceError, KeyboardInterrupt)):
            kg.build(short, workspace=built, settings=other)
    graph = kg.load(built)
    assert (graph.stats()["talks"], len(graph)) == (1, before)
    done = "example.org/other" in graph.ntriples()
    assert done == (step in {"link", "keep_only"})
    whole = kg.build(short, workspace=built, settings=other)
    assert digest(built) == whole.ntriples().encode()
    assert b"example.org/other" in digest(built)
    assert {p.name for p in built.iterdir()} == PARTS
    assert len(list((built / "builds").iterdir())) == 1


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, short: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.tex").write_text("years of work", "utf-8")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "manifest.json").write_text('{"name": "an app"}', "utf-8")
    (tmp_path / "file").write_text("x", "utf-8")
    for name, message in (
        ("thesis", "no build wrote"),
        ("foreign", "no build wrote"),
        ("file", "is a file"),
    ):
        with pytest.raises(WorkspaceError, match=message):
            kg.build(short, workspace=tmp_path / name)
    assert (tmp_path / "thesis" / "chapter.tex").read_text("utf-8") == "years of work"


def test_an_empty_folder_is_taken_and_a_link_is_followed(tmp_path: Path, short: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    kg.build(short, workspace=tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert kg.load(tmp_path / "empty").stats()["talks"] == 1


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user"
)
def test_a_closed_folder_is_refused(tmp_path: Path, short: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WorkspaceError, match="closed to writing"):
            kg.build(short, workspace=tmp_path / "talks.kg")
    finally:
        tmp_path.chmod(0o700)


def test_a_target_below_a_file_is_refused(tmp_path: Path, short: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be written"):
        kg.build(short, workspace=short / "talks.kg")


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (None, "no valid manifest"),
        ("{", "no valid manifest"),
        ("[]", "no valid manifest"),
        (
            '{"product": "talkgraph", "format": 99, "version": "9.9"}',
            "newer version .9.9.; upgrade",
        ),
        (
            '{"product": "talkgraph", "format": 2, "version": "0.0"}',
            r"older version .0.0.; kg build",
        ),
        ('{"product": "talkgraph", "format": "1", "version": "9.9"}', "no valid manifest"),
    ],
)
def test_a_folder_without_a_valid_manifest_is_no_graph(
    built: Path, manifest: str | None, message: str
) -> None:
    (built / "manifest.json").unlink()
    if manifest is not None:
        (built / "manifest.json").write_text(manifest, "utf-8")
    with pytest.raises(WorkspaceError, match=message):
        kg.load(built)


def test_a_missing_or_damaged_graph_says_so(built: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"no graph at .*kg build"):
        kg.load(built.parent / "nowhere")
    for path in built.glob("builds/*/store/*"):
        path.unlink()
    with pytest.raises(WorkspaceError):
        kg.load(built)
