"""Files of networks: every attribute comes back from the formats' own readers, and the formats' rules are kept."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from kg import exports, network
from kg.errors import UnknownFormat
from kg.facade import KnowledgeGraph

SUFFIXES = (".csv", ".cyjs", ".gexf", ".graphml", ".json", ".vosviewer.json")
NUMBER, TEXT = {"type": "number"}, {"type": "string", "minLength": 1}
VOSVIEWER = {
    "type": "object",
    "required": ["network", "config", "info"],
    "properties": {
        "network": {
            "type": "object",
            "required": ["items", "links", "clusters"],
            "properties": {
                "items": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["id", "label", "weights"],
                        "properties": {
                            "id": TEXT,
                            "label": TEXT,
                            "description": TEXT,
                            "url": TEXT,
                            "x": NUMBER,
                            "y": NUMBER,
                            "cluster": {"type": "integer", "minimum": 1, "maximum": 1000},
                            "weights": {"additionalProperties": {"type": "number", "minimum": 0}},
                            "scores": {"additionalProperties": NUMBER},
                        },
                    },
                },
                "links": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["source_id", "target_id", "strength"],
                        "properties": {"strength": {"type": "number", "minimum": 0}},
                    },
                },
                "clusters": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["cluster", "label"],
                        "properties": {"cluster": {"type": "integer", "minimum": 1}, "label": TEXT},
                    },
                },
            },
        },
        "info": {"type": "object", "required": ["title", "description"]},
    },
}
"""What VOSviewer's documentation says of its JSON files."""


@pytest.fixture(params=network.builders())
def found(request: pytest.FixtureRequest, graph: KnowledgeGraph) -> Any:
    """Each network of the bundled talks, with communities and places as an analysis would add them."""
    options = {"significant": 1.0, "backbone": 1.0, "weight": "npmi"}
    takes = network.takes(request.param)
    built = graph.to_networkx(request.param, **{k: v for k, v in options.items() if k in takes})
    for number, node in enumerate(built):
        community = {"community": number % 3, "community_name": f"<b>{number % 3}</b> & more"}
        built.nodes[node].update(community, x=float(number), y=number / 3, strength=2.5)
    return built


@pytest.fixture
def talks(graph: KnowledgeGraph) -> Any:
    return graph.to_networkx("co-topic")


def rows(given: Any) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """Nodes and edges with their attributes; ends of undirected edges in order."""
    ends = (lambda e: e) if given.is_directed() else (lambda e: tuple(sorted(e)))
    edges = [
        (ends((one, other)), sorted(data.items())) for one, other, data in given.edges(data=True)
    ]
    return dict(given.nodes(data=True)), sorted(edges)


def without(given: Any, *names: str) -> Any:
    """A copy without some attributes."""
    copy = given.copy()
    for *_, data in (*copy.nodes(data=True), *copy.edges(data=True)):
        for name in names:
            data.pop(name, None)
    return copy


def test_graphml_comes_back(found: Any, tmp_path: Path) -> None:
    file = exports.save_network(found, tmp_path / "a.graphml")
    back = nx.read_graphml(file, force_multigraph=found.is_multigraph())
    assert rows(without(back, "id")) == rows(found)
    assert {k: v for k, v in back.graph.items() if not k.endswith("_default")} == found.graph


def test_gexf_comes_back_and_keeps_the_places(found: Any, tmp_path: Path) -> None:
    file = exports.save_network(found, tmp_path / "a.gexf")
    back = nx.read_gexf(file, version="1.3")
    assert rows(without(back, "id", "viz")) == rows(found)
    for node, data in back.nodes(data=True):
        assert data["viz"]["position"] == {
            "x": found.nodes[node]["x"],
            "y": found.nodes[node]["y"],
            "z": 0.0,
        }
    root = etree.parse(str(file)).getroot()
    assert root.get("version") == "1.3"
    head = {etree.QName(e).localname: e for e in root}
    told = "".join(str(text) for text in head["meta"].itertext())
    assert found.graph.get("parameters", "") in told
    assert set(head["graph"].attrib) <= {"defaultedgetype", "mode", "timeformat", "start", "end"}


def test_node_link_comes_back(found: Any, tmp_path: Path) -> None:
    file = exports.save_network(found, tmp_path / "a.json")
    back = nx.node_link_graph(json.loads(file.read_text("utf-8")), edges="edges")
    assert nx.utils.graphs_equal(back, found)


def test_cytoscape_comes_back(found: Any, tmp_path: Path) -> None:
    data = json.loads(exports.save_network(found, tmp_path / "a.cyjs").read_text("utf-8"))
    for item in data["elements"]["nodes"]:
        assert item["position"] == {"x": item["data"]["x"], "y": item["data"]["y"]}
    identities = [e["data"]["id"] for part in ("nodes", "edges") for e in data["elements"][part]]
    assert len(set(identities)) == len(identities)
    back = nx.cytoscape_graph(data)
    assert rows(
        without(back, "id", "value", "name", "source", "target", "key", "interaction")
    ) == rows(found)
    assert back.graph == found.graph


def test_vosviewer_keeps_the_rules_of_the_format(found: Any, tmp_path: Path) -> None:
    data = json.loads(exports.save_network(found, tmp_path / "a.vosviewer.json").read_text("utf-8"))
    assert not list(Draft202012Validator(VOSVIEWER).iter_errors(data))
    items, links = data["network"]["items"], data["network"]["links"]
    assert len({tuple(item["weights"]) for item in items}) <= 1, "every item has all weights"
    known = {item["id"] for item in items}
    assert known == set(found)
    assert all({link["source_id"], link["target_id"]} <= known for link in links)
    for item in items:
        node = found.nodes[item["id"]]
        assert item["cluster"] == node["community"] + 1
        assert {k: v for k, v in item.items() if k in node} == {
            k: v for k, v in node.items() if k in item
        }
        assert set(node) <= set(item)
        assert "<b>0" not in item["description"]
    for link, (*_, edge) in zip(links, found.edges(data=True), strict=True):
        assert {k: v for k, v in link.items() if k in edge} == edge


def test_a_table_of_edges(talks: Any, tmp_path: Path) -> None:
    file = exports.save_network(talks, tmp_path / "edges.csv")
    with file.open(encoding="utf-8", newline="") as lines:
        read = list(csv.DictReader(lines))
    assert len(read) == talks.number_of_edges()
    weights = [float(row["weight"]) for row in read]
    assert weights == sorted(weights, reverse=True)
    first = talks.edges[read[0]["source"], read[0]["target"]]
    assert {key: str(value) for key, value in first.items()} == {key: read[0][key] for key in first}
    assert read[0]["source_label"] == talks.nodes[read[0]["source"]]["label"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_network_has_the_same_bytes(
    graph: KnowledgeGraph, tmp_path: Path, suffix: str
) -> None:
    one, other = (
        exports.save_network(graph.to_networkx("co-speaker"), tmp_path / f"{name}{suffix}")
        for name in "ab"
    )
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("name", ["a.ttl", "a.html", "a.xyz"])
def test_other_endings_are_refused(talks: Any, tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFormat, match=r"known endings: \.csv, \.cyjs, .*\.vosviewer\.json"):
        exports.save_network(talks, tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".gexf", ".graphml"])
def test_what_xml_cannot_hold_is_a_space(tmp_path: Path, suffix: str) -> None:
    given = nx.Graph(title="A title", parameters='of series named "a\x0bb"')
    given.add_node("n", label="c\x0bd")
    text = exports.save_network(given, tmp_path / f"a{suffix}").read_text("utf-8")
    etree.fromstring(text.encode("utf-8"))
    assert "a b" in text
    assert "c d" in text


def test_an_empty_network_is_written(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        assert (
            exports.save_network(nx.Graph(title="Nothing"), tmp_path / f"empty{suffix}")
            .stat()
            .st_size
        )
