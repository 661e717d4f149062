"""Exports: every format reads back, repeats itself to the byte, and survives hostile names."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from pyoxigraph import RdfFormat, parse

from kg import exports
from kg.errors import UnknownFormat
from kg.exports import explorer, pyvis, turtle
from kg.facts.affiliation import Affiliation
from kg.facts.education import Education
from kg.facts.speaking import Speaking
from kg.graph import KnowledgeGraph, assemble
from kg.model import Evidence, Page, Span, Speaker, Talk
from kg.network import to_networkx

HOSTILE = (
    "Ünïcode 東京 Institute",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "=HYPERLINK(1)",
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    'quote " and \\ slash',
    "bell \x07 and \ufffe",
    "tail \u2028 and \u202e marks",
    "]]> & <!-- {{data}}",
)


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """A talk a hostile name, which is person, institution, title and source at once."""
    return assemble([talk(f"{name} {i}" if i > 6 else name) for i, name in enumerate(HOSTILE)])


def talk(name: str) -> Talk:
    """A talk in which everything has one name."""
    page = Page(f"{name}.txt", f"{name} works at {name} and has a PhD of 2012.")
    values: dict[str, Any] = {
        "subject": name,
        "evidence": Evidence(page, 0, len(page.text), page.text),
        "printed": name,
        "at": Span(0, len(name)),
        "rule": "test/hostile",
        "confidence": 0.9,
    }
    facts = (
        Speaking(**values, person=name, role="speaker"),
        Affiliation(**values, organization=name, role=name, start="2019"),
        Education(**values, organization=f"School of {name}", degree="PhD", date="2012"),
    )
    return Talk(page, name, Span(0, len(name)), speakers=(Speaker(name, facts),))


@pytest.mark.parametrize("suffix", sorted(exports.exporters()))
def test_every_format_repeats_itself(graph: KnowledgeGraph, tmp_path: Path, suffix: str) -> None:
    one, other = (
        exports.save(graph, tmp_path / f"{name}{suffix}").read_bytes() for name in ("a", "b")
    )
    assert one == other
    assert one.decode("utf-8")
    assert sorted(file.name for file in tmp_path.iterdir()) == [f"a{suffix}", f"b{suffix}"]


@pytest.mark.parametrize("suffix", sorted(exports.exporters()))
def test_every_format_writes_an_empty_graph(tmp_path: Path, suffix: str) -> None:
    assert exports.save(assemble([]), tmp_path / f"empty{suffix}").exists()


@pytest.mark.parametrize(
    ("suffix", "form"),
    [(".ttl", RdfFormat.TURTLE), (".jsonld", RdfFormat.JSON_LD), (".nt", RdfFormat.N_TRIPLES)],
)
def test_rdf_formats_say_the_same(
    graph: KnowledgeGraph, tmp_path: Path, suffix: str, form: RdfFormat
) -> None:
    file = exports.save(graph, tmp_path / f"graph{suffix}")
    assert said(file.read_bytes(), form) == said(graph.ntriples().encode(), RdfFormat.N_TRIPLES)


def said(text: bytes, form: RdfFormat) -> set[str]:
    """Every triple of a text as pyoxigraph prints it."""
    return {str(quad.triple) for quad in parse(text, format=form)}


def test_turtle_is_for_people(graph: KnowledgeGraph, tmp_path: Path) -> None:
    text = exports.save(graph, tmp_path / "graph.ttl").read_text("utf-8")
    head = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert head == sorted(head)
    assert "東京" in text
    assert " a kg:Person ;" in text


def printable(network: Any) -> tuple[dict[str, Any], list[Any]]:
    """Nodes and edges with their attributes, what XML cannot hold replaced as the export does."""

    def clean(data: dict[str, Any]) -> dict[str, Any]:
        return {
            key: value.replace("\x07", " ").replace("\ufffe", " ")
            if isinstance(value, str)
            else value
            for key, value in data.items()
            if key != "id"
        }

    nodes = {node: clean(data) for node, data in network.nodes(data=True)}
    edges = [(s, o, data["relation"], clean(data)) for s, o, data in network.edges(data=True)]
    return nodes, sorted(edges, key=lambda edge: edge[:3])


def test_graphml_reads_back(graph: KnowledgeGraph, tmp_path: Path) -> None:
    back = nx.read_graphml(exports.save(graph, tmp_path / "graph.graphml"), force_multigraph=True)
    assert printable(back) == printable(to_networkx(graph))
    assert len({key for *_, key in back.edges(keys=True)}) == back.number_of_edges()


def test_gexf_reads_back_and_has_no_clock(graph: KnowledgeGraph, tmp_path: Path) -> None:
    file = exports.save(graph, tmp_path / "graph.gexf")
    back = nx.read_gexf(file)
    assert printable(back) == printable(to_networkx(graph))
    assert "lastmodified" not in file.read_text("utf-8")


def test_node_link_reads_back(graph: KnowledgeGraph, tmp_path: Path) -> None:
    data = json.loads(exports.save(graph, tmp_path / "graph.json").read_text("utf-8"))
    back = nx.node_link_graph(data, edges="edges")
    assert nx.utils.graphs_equal(back, to_networkx(graph))


def test_csv_has_a_row_a_fact_and_nothing_to_run(graph: KnowledgeGraph, tmp_path: Path) -> None:
    file = exports.save(graph, tmp_path / "facts.csv")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["kind"] for row in rows} == {"Speaking", "Affiliation", "Education"}
    assert len(rows) == 3 * len(HOSTILE)
    assert not [
        cell
        for row in rows
        for cell in row.values()
        if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    ]
    degree = next(
        row for row in rows if row["kind"] == "Education" and row["subject"].startswith("Ünï")
    )
    assert (degree["degree"], degree["year"], degree["confidence"]) == ("PhD", "2012", "0.9")
    assert (degree["start"], degree["end"]) == ("0", str(len(degree["sentence"])))


def test_the_longest_suffix_wins(tmp_path: Path) -> None:
    assert exports.exporter("a.pyvis.html").SUFFIXES == pyvis.SUFFIXES
    assert exports.exporter("a.html").SUFFIXES == explorer.SUFFIXES
    assert exports.exporter(tmp_path / "A.TTL").SUFFIXES == turtle.SUFFIXES
    assert [len(suffix) for suffix in exports.exporters()] == sorted(
        map(len, exports.exporters()), reverse=True
    )


@pytest.mark.parametrize("name", ["graph.xyz", "graph", "ttl"])
def test_unknown_format_names_the_known(graph: KnowledgeGraph, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFormat, match=r"known endings: \.csv, .*\.ttl"):
        exports.save(graph, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_failed_write_leaves_the_old_file(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "graph.nt"
    target.write_text("old")

    def fail(_: object, path: Path) -> None:
        path.write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr("kg.exports.ntriples.write", fail)
    with pytest.raises(OSError, match="disk full"):
        exports.save(graph, target)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("graph.nt", "old")]
