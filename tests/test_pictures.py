"""Pictures of networks: the same bytes each time, names that keep apart, nothing that a label could break."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg import analysis, pictures
from kg.errors import MissingPart, UnknownFormat
from kg.graph import KnowledgeGraph
from kg.pictures import _canvas, _labels
from kg.pictures import map as map_of
from kg.pictures import tree as tree_of
from kg.settings import LOOK, Look

ROOT = Path(__file__).parent.parent
HOSTILE = [
    "$x_",
    "<script>alert(1)</script>",
    "a\nb",
    "&amp;",
    "𝔘",
    "東京",
    "שלום",
    "x" * 200,
    "%s{}",
    "\\frac",
]


def cotopics(graph: KnowledgeGraph) -> Any:
    """The co-topic network of a graph, with years."""
    import kg

    network = kg.to_networkx(graph, "cotopics")
    talks = dict(network.nodes(data=True))
    network.graph.update(name="co-topic", title="Topics that share talks", talks=35)
    network.graph.update(first_year=2000, last_year=2009, parameters="all topics")
    network.graph["years"] = " ".join(f"{year}:40" for year in range(2000, 2010))
    for at, data in enumerate(talks.values()):
        data["years"] = f"{2000 + at % 10}:{data['talks']}"
    for _, _, data in network.edges(data=True):
        data["count"] = data["weight"]
    return network


def years() -> Any:
    network = nx.Graph(title="Topics that share talks", first_year=2000, last_year=2011)
    network.graph["years"] = " ".join(f"{year}:100" for year in range(2000, 2012))
    for at in range(30):
        counts = [max(0, 6 + (at % 3 - 1) * (year - 2005)) for year in range(2000, 2012)]
        told = " ".join(f"{y}:{n}" for y, n in zip(range(2000, 2012), counts, strict=True) if n)
        network.add_node(
            f"t{at:02d}", label=f"topic {at}", type="Topic", talks=sum(counts), years=told
        )
    for one, other in combinations(sorted(network), 2):
        network.add_edge(
            one, other, weight=1.0, count=1, talks="https://example.org/talkgraph/talk/2001-a"
        )
    return network


def flows() -> Any:
    network = nx.DiGraph(title="Where people trained and work", ends="trained at|works at")
    for at in range(40):
        network.add_edge(f"o{at % 9}", f"o{(3 * at) % 25}", count=1 + at % 4, weight=1.0)
    nx.set_node_attributes(
        network, {n: {"label": f"Institute {n}", "type": "Organization"} for n in network}
    )
    return network


def genealogy() -> Any:
    network = nx.DiGraph(title="Who advised whom")
    network.add_edges_from(
        [("p2", "p1"), ("p3", "p1"), ("p4", "p2"), ("p4", "p3"), ("p6", "p5"), ("p1", "p4")]
    )
    nx.set_node_attributes(
        network, {n: {"label": f"Person {n}", "type": "Person"} for n in network}
    )
    return network


NETWORKS = {"map": years, "years": years, "flows": flows, "tree": genealogy}


def test_each_kind_has_its_network_here() -> None:
    assert set(NETWORKS) == set(pictures.painters())


@pytest.mark.parametrize("kind", sorted(NETWORKS))
@pytest.mark.parametrize("ending", pictures.ENDINGS)
def test_pictures_are_written(kind: str, ending: str, tmp_path: Path) -> None:
    drawn = pictures.draw(NETWORKS[kind](), tmp_path / f"p{ending}", kind)
    start = drawn.path.read_bytes()[:8]
    assert start.startswith({".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml"}[ending])
    assert [p.name for p in tmp_path.iterdir()] == [f"p{ending}"]


def test_without_a_kind_the_network_says() -> None:
    assert [pictures.kind_of(NETWORKS[kind]()) for kind in ("map", "flows", "tree")] == [
        "map",
        "flows",
        "tree",
    ]


_SCRIPT = """
import sys
sys.path.insert(0, {root!r})
import test_pictures as t
from kg import pictures
for kind, made in sorted(t.NETWORKS.items()):
    for ending in pictures.ENDINGS:
        pictures.draw(made(), sys.argv[1] + "/" + kind + ending, kind)
"""


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        script = _SCRIPT.format(root=str(ROOT / "tests"))
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(ROOT),
            "TZ": f"UTC{seed}",
        }
        subprocess.run([sys.executable, "-c", script, str(folder)], check=True, env=environment)
        found.append({p.name: p.read_bytes() for p in sorted(folder.iterdir())})
    assert len(found[0]) == 12
    assert found[0] == found[1]
    for name, content in found[0].items():
        assert not re.search(rb"20[23]\d-\d\d-\d\dT|CreationDate|[Mm]atplotlib v?\d", content), name


def test_the_users_own_style_changes_nothing(tmp_path: Path) -> None:
    import matplotlib

    one = pictures.draw(flows(), tmp_path / "a.svg").path.read_bytes()
    with matplotlib.rc_context({"font.size": 30, "svg.hashsalt": "x", "axes.facecolor": "red"}):
        assert pictures.draw(flows(), tmp_path / "b.svg").path.read_bytes() == one
        assert matplotlib.rcParams["font.size"] == 30


def _boxes(network: Any, look: Look = LOOK) -> list[Any]:
    """Boxes of the names on a map, as they are drawn."""
    with _canvas.style():
        done = map_of.paint(network, look)
        renderer = done.figure.canvas.get_renderer()
        named = [text for text in done.figure.texts if str(text.get_gid()).startswith("label-")]
        return [text.get_window_extent(renderer) for text in named]


def test_names_on_a_map_do_not_overlap(graph: KnowledgeGraph) -> None:
    boxes = _boxes(cotopics(graph))
    assert len(boxes) > 40
    assert not [1 for one, other in combinations(boxes, 2) if _meet(one, other)]


def _meet(one: Any, other: Any) -> bool:
    return bool(
        min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5
        and min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5
    )


def test_labels_keep_apart_from_each_other_and_from_discs() -> None:
    wanted = [_labels.Wanted(10 * (at % 20), 12 * (at // 20), 3, 30, 8) for at in range(200)]
    found = _labels.place(wanted, (-20, -20, 240, 140), 50)
    assert 10 < len(found) <= 50
    assert not [1 for a, b in combinations(found, 2) if _labels.meet(a.box, b.box)]
    assert all(spot.box[0] >= -20 and spot.box[2] <= 240 for spot in found)
    assert [spot.at for spot in found] == sorted(spot.at for spot in found)


def test_the_layout_is_that_of_the_network_whatever_its_order() -> None:
    network = nx.relabel_nodes(
        nx.planted_partition_graph(4, 25, 0.4, 0.02, seed=1), lambda n: f"n{n:03d}"
    )
    turned = nx.Graph()
    turned.add_nodes_from(sorted(network, reverse=True))
    turned.add_edges_from((b, a) for a, b in sorted(network.edges(), reverse=True))
    one, other = pictures.placed(network), pictures.placed(turned)
    for axis in "xy":
        assert dict(one.nodes(data=axis)) == dict(other.nodes(data=axis))


def test_communities_are_islands_and_nodes_keep_apart() -> None:
    network = nx.relabel_nodes(
        nx.planted_partition_graph(5, 30, 0.4, 0.02, seed=2), lambda n: f"n{n:03d}"
    )
    placed = pictures.placed(analysis.analysed(network))
    at = {node: complex(data["x"], data["y"]) for node, data in placed.nodes(data=True)}
    where = dict(placed.nodes(data="community"))
    middles = {}
    for community in set(where.values()):
        some = [at[n] for n in at if where[n] == community]
        middles[community] = sum(some) / len(some)
    for node, spot in at.items():
        assert min(middles, key=lambda c: abs(middles[c] - spot)) == where[node]
    assert min(abs(a - b) for a, b in combinations(at.values(), 2)) > 0.5


@pytest.mark.parametrize("kind", sorted(NETWORKS))
@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_tiny_networks_are_drawn(kind: str, size: int, tmp_path: Path) -> None:
    network: Any = nx.DiGraph() if kind in ("flows", "tree") else nx.Graph()
    network.add_nodes_from(f"n{at}" for at in range(size))
    network.add_edges_from((f"n{at}", f"n{at + 1}") for at in range(size - 1))
    pictures.draw(network, tmp_path / "p.svg", kind)


def test_two_thousand_nodes_are_laid_out(tmp_path: Path) -> None:
    network = nx.planted_partition_graph(20, 100, 0.12, 0.001, seed=1)
    network = nx.relabel_nodes(network, lambda n: f"n{n:04d}")
    drawn = pictures.draw(network, tmp_path / "p.png", "map", Look(nodes=2_000))
    assert drawn.notes[0].startswith("2000 of 2000 nodes are drawn")


@pytest.mark.parametrize("kind", sorted(NETWORKS))
def test_labels_are_text_and_never_markup(kind: str, tmp_path: Path) -> None:
    network = NETWORKS[kind]()
    for node, label in zip(sorted(network), HOSTILE * 9, strict=False):
        network.nodes[node]["label"] = label
    drawn = pictures.draw(network, tmp_path / "p.svg", kind)
    assert b"<script" not in drawn.path.read_bytes()
    assert any("right to left" in note for note in drawn.notes) or kind == "tree"


def test_letters_without_a_font_are_told(tmp_path: Path) -> None:
    network = genealogy()
    network.nodes["p1"]["label"] = "\U0001f9ff\U000e0041"
    notes = pictures.draw(network, tmp_path / "p.png").notes
    assert any("no font here has" in note for note in notes)


def test_a_caption_says_data_years_and_parameters() -> None:
    with _canvas.style():
        done = map_of.paint(years(), LOOK)
    said = " ".join(text.get_text() for text in done.figure.texts).replace("\n", " ")
    assert "Topics that share talks" in said
    assert "Leiden, best of 10 runs by modularity (seeds 7 to 16), resolution 1" in said
    assert _canvas.sources(
        nx.Graph(title="T", talks=1200, first_year=2001, last_year=2009, parameters="p")
    ) == [*("T", "Data: 1,200 talks from 2001 to 2009", "p")]


def test_circles_of_advisors_are_cut() -> None:
    network = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")])
    family = tree_of._arranged(network)
    assert sorted(family.depth.values()) == [0, 1, 2]


def test_a_long_line_of_advisors_is_drawn(tmp_path: Path) -> None:
    chain = nx.DiGraph((f"p{at + 1:04d}", f"p{at:04d}") for at in range(1_500))
    pictures.draw(chain, tmp_path / "p.svg", "tree")


def test_other_endings_and_kinds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        UnknownFormat, match=r"no picture is written as 'p.gif'; known: .pdf, .png, .svg"
    ):
        pictures.draw(flows(), tmp_path / "p.gif")
    with pytest.raises(
        UnknownFormat, match="no picture named 'pie'; known: flows, map, tree, years"
    ):
        pictures.draw(flows(), tmp_path / "p.png", "pie")


def test_without_matplotlib_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingPart, match=r"pip install 'talkgraph\[networks\]'"):
        pictures.draw(flows(), tmp_path / "p.png")


def test_colours_stand_out_from_each_other_for_the_colour_blind() -> None:
    """Distances in the eyes of people without red or green cones (Viénot, Brettel & Mollon 1999)."""
    turned = {
        "red": ((0.1124, 0.8876, 0.0), (0.1124, 0.8876, 0.0), (0.0040, -0.0040, 1.0)),
        "green": ((0.2929, 0.7071, 0.0), (0.2929, 0.7071, 0.0), (-0.0223, 0.0223, 1.0)),
    }
    for rows in turned.values():
        seen = []
        for colour in _canvas.COLOURS:
            linear = [(int(colour[i : i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)]
            mixed = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows]
            seen.append([max(value, 0.0) ** (1 / 2.2) for value in mixed])
        least = min(
            sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
            for one, other in combinations(seen, 2)
        )
        assert least > 0.1


def test_every_group_has_a_label() -> None:
    crowd = [_labels.Wanted(9 * (at % 9), 9 * (at // 9), 3, 60, 8, at // 27) for at in range(81)]
    found = _labels.place(crowd, (-20, -20, 100, 100), 2)
    assert {crowd[spot.at].group for spot in found} == {0, 1, 2}
    assert not [1 for a, b in combinations(found, 2) if _labels.meet(a.box, b.box)]
