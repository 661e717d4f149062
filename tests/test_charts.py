"""Maps: the same for everyone, small, kept beside their graph, and with what stands behind each link."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

import kg
from kg import charts, islands, operations
from kg.charts import _keeping
from kg.errors import MissingPart, UnknownName
from kg.facade import KnowledgeGraph
from kg.settings import CHARTS

NAMES = ("co-topic", "co-speaker", "institution-flow")


@pytest.fixture
def folder(all_examples: Path, tmp_path: Path) -> Path:
    """A copy of the built examples, without maps."""
    copy = tmp_path / "talks.kg"
    shutil.copytree(all_examples, copy)
    for file in copy.glob(f"builds/*/{charts.FILE}"):
        file.unlink()
    return copy


def kept(folder: Path) -> list[Path]:
    """The files of maps in a folder."""
    return list(folder.glob(f"builds/*/*{charts.FILE}*"))


def ends(chart: dict[str, Any], link: list[Any]) -> tuple[str, str]:
    """The IRIs of both ends of a link."""
    one, other = (chart["nodes"][at]["iri"] for at in link[:2])
    return str(one), str(other)


def test_every_map_holds_together(every: KnowledgeGraph) -> None:
    assert [c["name"] for c in operations.charts(every)] == list(NAMES)
    for listed in operations.charts(every):
        chart = operations.chart(every, listed["name"])
        nodes, links = chart["nodes"], chart["links"]
        assert (listed["nodes"], listed["links"]) == (len(nodes), len(links))
        assert f"{len(nodes)} of {chart['nodes_total']}" in chart["caption"]
        assert "seed 7" in chart["parameters"]
        linked = {end for link in links for end in link[:2]}
        assert linked == set(range(len(nodes)))
        assert all(a != b for a, b, *_ in links)
        sizes = {c["id"]: c["size"] for c in chart["communities"]}
        assert sum(sizes.values()) == len(nodes)
        assert {n["community"] for n in nodes} == set(sizes)
        assert all(c["name"] for c in chart["communities"])
        first, last = chart["years"]
        assert all(first <= year <= last for n in nodes for year, _ in n["years"])


@pytest.mark.parametrize("name", NAMES)
def test_behind_a_link_are_as_many_as_it_counts(every: KnowledgeGraph, name: str) -> None:
    chart = operations.chart(every, name)
    link = max(chart["links"], key=lambda found: (found[3], found[:2]))
    one, other = ends(chart, link)
    found = operations.behind(every, name, one, other)
    shared = found["through"] if name == "co-speaker" else found["things"]
    assert len(shared) == link[3]
    assert {t["kind"] for t in found["things"]} == {
        "person" if name == "institution-flow" else "talk"
    }
    if name == "institution-flow":
        assert all(said["sentence"] for thing in found["things"] for said in thing["sentences"])
    else:
        assert operations.behind(every, name, other, one)["things"] == found["things"]


def test_talks_behind_topics_have_both(every: KnowledgeGraph) -> None:
    chart = operations.chart(every, "co-topic")
    one, other = ends(chart, chart["links"][0])
    for talk in operations.behind(every, "co-topic", one, other)["things"]:
        topics = {t["iri"] for t in operations.entity(every, talk["iri"])["talk"]["topics"]}
        assert {one, other} <= topics


def test_what_is_not_there_is_said(every: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="co-topic"):
        operations.chart(every, "nothing")
    with pytest.raises(UnknownName, match="no link of the map"):
        operations.behind(every, "co-topic", "a", "b")


def test_the_same_graph_has_the_same_maps_whatever_the_process(folder: Path) -> None:
    code = (
        "import sys, json, kg; from kg import operations; g = kg.load(sys.argv[1])\n"
        f"print(json.dumps([operations.chart(g, n) for n in {NAMES}]))"
    )
    told = []
    for seed in ("1", "2"):
        for file in kept(folder):
            file.unlink()
        words = [sys.executable, "-c", code, str(folder)]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        told.append(subprocess.run(words, capture_output=True, check=True, env=env).stdout)
    assert told[0] == told[1]


def test_maps_lie_beside_their_graph_and_are_read_from_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = operations.chart(kg.load(folder), "co-topic")
    assert len(kept(folder)) == 1
    monkeypatch.setattr(charts, "laid", None)
    again = kg.load(folder)
    assert charts.lie_there(again)
    assert operations.chart(again, "co-topic") == made


@pytest.mark.parametrize("wrong", ["broken", "other"])
def test_maps_of_something_else_are_made_anew(
    folder: Path, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = operations.chart(kg.load(folder), "co-topic")
    if wrong == "broken":
        kept(folder)[0].write_bytes(b"SQLite format 3\0 and no more")
    else:
        monkeypatch.setattr(_keeping, "_VERSION", _keeping._VERSION + 1)
    graph = kg.load(folder)
    assert not charts.lie_there(graph)
    assert operations.chart(graph, "co-topic") == made


def test_a_graph_without_a_folder_has_maps_too(every: KnowledgeGraph, tmp_path: Path) -> None:
    file = tmp_path / "graph.nt"
    file.write_text(every.ntriples(), "utf-8")
    graph = KnowledgeGraph.from_ntriples(file)
    assert graph.folder is None
    assert operations.chart(graph, "co-topic") == operations.chart(every, "co-topic")


def test_a_folder_that_is_closed_to_writing_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", refused)
    assert operations.charts(kg.load(folder))
    assert not kept(folder)


def test_without_scipy_there_are_none_and_the_page_can_say_why(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setattr(charts, "are_possible", lambda: False)
    graph = kg.load(folder)
    assert operations.charts(graph) == []
    with pytest.raises(MissingPart, match="networks"):
        operations.chart(graph, "co-topic")


def test_no_more_nodes_are_shown_than_is_set_and_each_has_a_link() -> None:
    import networkx as nx

    network = nx.gnm_random_graph(60, 90, seed=1)
    network = nx.relabel_nodes(network, {n: f"n{n:02}" for n in network})
    for at, node in enumerate(sorted(network)):
        network.nodes[node]["talks"] = at
    network.add_edge("n01", "n01")
    found = islands.foremost(network, 20)
    assert len(found) == 20
    kept = islands.strongest(found, "weight", 1)
    assert {end for edge in kept for end in edge} == set(found)
    assert ("n01", "n01") not in kept


def test_maps_are_small(every: KnowledgeGraph) -> None:
    chart = operations.chart(every, "co-topic")
    text = json.dumps(chart, ensure_ascii=False, separators=(",", ":"))
    assert len(text) / len(chart["nodes"]) < 450
    assert CHARTS.nodes * 450 < 1_000_000


def test_a_request_waits_for_no_large_map(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.server import _charting
    from kg.server._jobs import Refused

    monkeypatch.setattr(_charting, "CHARTS", replace(CHARTS, soon=1))
    with pytest.raises(Refused, match="kg serve does it when it starts"):
        _charting.JOBS["charts"](kg.load(folder), {}, None)  # type: ignore[arg-type]


@pytest.mark.loopback
def test_maps_over_http(client: httpx.Client) -> None:
    listed = client.get("/api/charts").json()
    assert {c["name"] for c in listed} <= set(NAMES)
    chart = client.get("/api/chart/co-topic").json()
    one, other = ends(chart, chart["links"][0])
    found = client.get("/api/behind/co-topic", params={"one": one, "other": other}).json()
    assert found["total"] == len(found["things"]) == chart["links"][0][3]
    assert client.get("/api/chart/nothing").status_code == 404
    assert client.get("/api/behind/co-topic?one=a&other=b").status_code == 404


@pytest.mark.loopback
def test_a_server_lays_maps_out_before_it_answers_and_those_of_later_builds(
    serve: Any, folder: Path, short: Path
) -> None:
    serve(folder)
    [first] = kept(folder)
    kg.build(short, workspace=folder)
    assert not first.exists()
    until = time.monotonic() + 60
    while not kept(folder) and time.monotonic() < until:
        time.sleep(0.2)
    assert charts.lie_there(kg.load(folder))
