"""The command ``kg network``: tables, files, refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import cli, network

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def built(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the graph of the bundled talks is the current one."""
    monkeypatch.chdir(workspace.parent)
    return workspace


def test_the_list_tells_every_network_and_its_options(kg_command: Run) -> None:
    code, out, _ = kg_command("network", "--list")
    listed = json.loads(out)
    assert code == cli.DONE
    assert [row["name"] for row in listed] == list(network.builders())
    assert {"co-topic", "co-speaker", "co-award"} <= {row["name"] for row in listed}
    assert next(r for r in listed if r["name"] == "institution-flow")["forms"] == [
        "training",
        "phd",
        "jobs",
    ]


def test_the_heaviest_edges_as_json(kg_command: Run, built: Path) -> None:
    code, out, err = kg_command(
        "network", "co-topic", "--rows", "3", "--weight", "npmi", "-g", str(built)
    )
    told = json.loads(out)
    assert code == cli.DONE
    assert len(told["heaviest"]) == 3
    assert {"source_label", "target_label", "source", "target", "weight", "count", "talks"} <= set(
        told["heaviest"][0]
    )
    assert told["graph"]["weight"] == "npmi"
    assert f"{told['nodes']} nodes, {told['edges']} edges" in err
    assert "normalized pointwise mutual information" in err


def test_a_slice_and_thresholds(kg_command: Run, built: Path) -> None:
    options = (
        "--from",
        "2010",
        "--to",
        "2019",
        "--at-least",
        "2",
        "--significant",
        "0.9",
        "--backbone",
        "1",
    )
    code, out, _ = kg_command("network", "speaker-topic", *options, "--json", "-g", str(built))
    told = json.loads(out)["graph"]["parameters"]
    assert code == cli.DONE
    assert "from 2010 to 2019" in told
    assert "at least 2 talks" in told
    assert "q <= 0.9" in told
    assert "alpha <= 1" in told


def test_files(kg_command: Run, built: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"map{suffix}" for suffix in (".gexf", ".vosviewer.json", ".csv")]
    options = [word for file in files for word in ("-o", str(file))]
    code, out, err = kg_command("network", "cotopics", *options, "-g", str(built))
    assert (code, out) == (cli.DONE, "")
    assert all(f"wrote {file}" in err and file.stat().st_size for file in files)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), cli.USAGE, "which network? kg network --list tells them"),
        (("co-topics",), cli.UNKNOWN, "no network named 'co-topics'; known: co-appearance"),
        (("co-topic", "--weight", "heavy"), cli.UNKNOWN, "no weight named 'heavy'"),
        (("genealogy", "--top", "3"), cli.FAILED, "the network genealogy does not take top"),
        (("co-topic", "--top", "x"), cli.USAGE, "invalid int value: 'x'"),
        (("co-topic", "-o", "map.ttl"), cli.UNKNOWN, "no network is written as 'map.ttl'"),
    ],
)
def test_refusals_are_one_line(
    kg_command: Run, built: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    found, out, err = kg_command("network", *words, "-g", str(built))
    assert (found, out) == (code, "")
    assert told in err
    assert len(err.strip().splitlines()) == 1


def test_the_whole_graph_is_a_network_too(kg_command: Run, built: Path) -> None:
    code, out, _ = kg_command("network", "graph", "--rows", "1", "-g", str(built))
    assert code == cli.DONE
    assert json.loads(out)["nodes"] > 100


def test_a_network_is_analysed_drawn_and_told_in_one_call(
    built: Path, tmp_path: Path, kg_command: Run
) -> None:
    out, picture, other = tmp_path / "map.gexf", tmp_path / "map.svg", tmp_path / "x.png"
    asked = (
        "--communities",
        "--summary",
        "-o",
        str(out),
        "-o",
        str(picture),
        "--picture",
        str(other),
    )
    code, told, _ = kg_command("network", "co-topic", *asked, "-g", str(built))
    assert code == 0
    assert {row["about"] for row in json.loads(told)["rows"]} >= {"size", "communities"}
    assert "community_name" in out.read_text("utf-8")
    assert picture.read_text("utf-8").startswith("<?xml")
    assert other.read_bytes().startswith(b"\x89PNG")


def test_tables_of_an_analysis_and_an_unknown_one(built: Path, kg_command: Run) -> None:
    code, told, _ = kg_command("network", "co-topic", "-g", str(built), "--table", "metrics")
    assert code == 0
    assert {"strength", "pagerank"} <= set(json.loads(told)["rows"][0])
    code, _, error = kg_command("network", "co-topic", "-g", str(built), "--table", "nothing")
    assert code == 4
    assert "metrics" in error


def test_gaps_are_looked_for_between_people(built: Path, kg_command: Run) -> None:
    code, told, _ = kg_command("network", "co-speaker", "-g", str(built), "--table", "gaps")
    assert (code, json.loads(told)["name"]) == (0, "gaps")
    code, _, error = kg_command("network", "co-topic", "-g", str(built), "--table", "gaps")
    assert (code, "co-speaker" in error) == (1, True)


def test_the_whole_graph_is_neither_analysed_nor_drawn(built: Path, kg_command: Run) -> None:
    for words in (("--summary",), ("--png", "x.png")):
        code, _, error = kg_command("network", "graph", "-g", str(built), *words)
        assert code == 1
        assert "Traceback" not in error
        assert error.count("\n") < 4
