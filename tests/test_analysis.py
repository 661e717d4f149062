"""Networks analysed: against networkx, cases worked by hand, planted partitions and made-up series."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import networkx as nx
import pytest

from kg import analysis
from kg.analysis import Table, _betweenness, _leiden, _measures, _partition, _significance
from kg.analysis._network import matrix
from kg.errors import MissingPart, UnknownName
from kg.settings import ANALYSIS

ROOT = Path(__file__).parent.parent
BASE = "https://example.org/talkgraph/"
Talks = list[tuple[int, list[str]]]


def weighted(seed: int, size: int = 60) -> Any:
    network = nx.gnp_random_graph(size, 0.12, seed=seed)
    random = Random(seed)
    for _, _, data in network.edges(data=True):
        data["weight"] = float(random.randint(1, 9))
    return nx.relabel_nodes(network, {n: f"n{n:03d}" for n in network})


def by_node(network: Any, values: list[Any]) -> dict[str, Any]:
    return dict(zip(sorted(network), values, strict=True))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_measures_are_those_of_networkx(seed: int) -> None:
    network = weighted(seed)
    links, weights = matrix(network, None), matrix(network, "weight")
    assert by_node(network, _measures.cores(links)) == nx.core_number(network)
    between = by_node(network, _betweenness.betweenness(links, 1e9, 10, 1).values)
    assert between == pytest.approx(nx.betweenness_centrality(network), abs=1e-9)
    ranks = by_node(network, _measures.pageranks(network, "weight"))
    assert ranks == pytest.approx(nx.pagerank(network, tol=1e-12), abs=1e-8)
    found = by_node(network, _measures.constraints(weights))
    expected = nx.constraint(network, weight="weight")
    for node, value in found.items():
        assert (value is None) is (network.degree(node) == 0)
        assert value is None or value == pytest.approx(expected[node])
    degree = [network.degree(node) for node in sorted(network)]
    expected_r = nx.degree_assortativity_coefficient(network)
    assert _measures.assortativity(links, degree) == pytest.approx(expected_r)


def test_pagerank_follows_directions() -> None:
    network = nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")])
    ranks = by_node(network, _measures.pageranks(network, "weight"))
    assert ranks == pytest.approx(nx.pagerank(network, tol=1e-12), abs=1e-8)


def test_participation_and_constraint_worked_by_hand() -> None:
    network = nx.Graph()
    network.add_weighted_edges_from([("a", "b", 1), ("a", "c", 1), ("a", "d", 2), ("b", "c", 1)])
    weights = matrix(network, "weight")
    # a: strength 4, 2 of it to {b, c}, 2 to {d}: 1 - (1/4 + 1/4); b: half to a's community, half to its own
    spread = _measures.participations(weights, [0, 1, 1, 0])
    assert spread == pytest.approx([1 - (0.25 + 0.25), 1 - (0.25 + 0.25), 0.5, 0.0])
    # d has one link, to a: all its attention is there, 1; b: (1/2 + 1/2 * 1/2)^2 + (1/2 + 1/2 * 1/4)^2
    assert _measures.constraints(weights)[3] == pytest.approx(1.0)
    assert _measures.constraints(weights)[1] == pytest.approx(0.75**2 + 0.625**2)


def test_inner_scores_worked_by_hand() -> None:
    star = nx.Graph([("a", "b"), ("a", "c"), ("a", "d")])
    scores = _measures.inner_scores(matrix(star, None), [0, 0, 0, 0])
    assert scores == pytest.approx([3**0.5, *[-1 / 3**0.5] * 3])


def test_betweenness_from_some_starts_says_so_and_is_near() -> None:
    network = nx.barabasi_albert_graph(400, 3, seed=1)
    links = matrix(nx.relabel_nodes(network, {n: f"{n:04d}" for n in network}), None)
    exact = _betweenness.betweenness(links, 1e9, 10, 1)
    near = _betweenness.betweenness(links, 1.0, 200, 1)
    assert exact.method.startswith("exact")
    assert near.method == "estimated from 200 of 400 starts (Brandes & Pich 2007), seed 1"
    top = sorted(range(400), key=lambda n: -exact.values[n])[:10]
    for node in top:
        assert near.values[node] == pytest.approx(exact.values[node], rel=0.25)


def planted(groups: int, size: int, inner: float, outer: float, seed: int) -> tuple[Any, list[int]]:
    network = nx.planted_partition_graph(groups, size, inner, outer, seed=seed)
    order = list(network)
    Random(seed).shuffle(order)
    names = {node: f"n{at:04d}" for at, node in enumerate(order)}
    truth = {names[node]: node // size for node in network}
    shuffled = nx.relabel_nodes(network, names)
    return shuffled, [truth[node] for node in sorted(shuffled)]


@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_planted_communities_are_found(method: str) -> None:
    network, truth = planted(6, 40, 0.4, 0.02, 3)
    found = _partition.divided(network, replace(ANALYSIS, method=method))
    assert _partition.adjusted_rand(found.membership, truth) == 1.0
    assert found.rand > 0.95
    assert min(found.steady) > 0.9
    sets = [{n for n, c in zip(sorted(network), truth, strict=True) if c == g} for g in range(6)]
    assert found.modularity == pytest.approx(nx.community.modularity(network, sets))


def test_where_there_are_no_communities_the_runs_disagree() -> None:
    network = nx.relabel_nodes(nx.gnp_random_graph(200, 0.05, seed=1), lambda n: f"n{n:03d}")
    assert _partition.divided(network, ANALYSIS).rand < 0.6


def test_modularity_is_at_least_that_of_networkx() -> None:
    network = weighted(5, 150)
    theirs = max(
        nx.community.modularity(network, nx.community.louvain_communities(network, seed=s))
        for s in range(5)
    )
    assert _partition.divided(network, ANALYSIS).modularity > theirs - 0.01


def test_communities_of_leiden_hang_together() -> None:
    network = weighted(7, 200)
    nodes = sorted(network)
    level = _leiden.levelled(_partition.linked(matrix(network, "weight")))
    for seed in range(5):
        where = _leiden.partition(level, seed, 1.0, refine=True)
        for community in set(where):
            part = network.subgraph(n for n, c in zip(nodes, where, strict=True) if c == community)
            assert nx.is_connected(part)


def test_partitions_compared_worked_by_hand() -> None:
    # pairs together: {01, 23} and {01, 12, 02}: one shared; expected 2 * 3 / 6 = 1, the most 2.5
    assert _partition.adjusted_rand([0, 0, 1, 1], [0, 0, 0, 1]) == pytest.approx(0.0)
    assert _partition.adjusted_rand([0, 0, 1, 1], [5, 5, 2, 2]) == 1.0
    assert _partition.mutual_information([0, 0, 1, 1], [1, 1, 0, 0]) == pytest.approx(1.0)
    assert _partition.mutual_information([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(0.0)


def test_order_of_nodes_plays_no_part() -> None:
    network = weighted(2)
    turned = nx.Graph()
    turned.add_nodes_from(sorted(network, reverse=True))
    turned.add_edges_from((b, a, d) for a, b, d in sorted(network.edges(data=True), reverse=True))
    one, other = analysis.analysed(network), analysis.analysed(turned)
    assert dict(one.nodes(data=True)) == dict(other.nodes(data=True))
    assert one.graph == other.graph


def test_a_known_slope_lies_in_its_interval() -> None:
    import numpy as np

    random = np.random.default_rng(4)
    years = np.arange(2000.0, 2020.0)
    chance = 1 / (1 + np.exp(3.0 - 0.12 * (years - 2010)))
    totals = np.full(20, 500.0)
    counts = random.binomial(500, chance, size=(200, 20)).astype(float)
    found = _significance.trends(counts, totals, years)
    inside = sum(a <= np.exp(0.12) <= b for a, b in zip(found.low, found.high, strict=True))
    assert inside / 200 > 0.9
    assert sum(found.factor) / 200 == pytest.approx(np.exp(0.12), rel=0.01)


def test_without_a_trend_few_are_believed() -> None:
    import numpy as np

    counts = np.random.default_rng(5).binomial(300, 0.05, size=(400, 15)).astype(float)
    found = _significance.trends(counts, np.full(15, 300.0), np.arange(15.0))
    assert sum(p < 0.05 for p in found.p) / 400 < 0.08
    assert sum(q < 0.05 for q in _significance.discovered(found.p)) <= 2


def test_false_discoveries_worked_by_hand() -> None:
    assert _significance.discovered([0.01, 0.04, 0.03, 0.5]) == pytest.approx(
        [0.04, 0.16 / 3, 0.16 / 3, 0.5]
    )
    assert _significance.discovered([]) == []


def test_chance_of_at_least_so_many_worked_by_hand() -> None:
    from math import exp

    assert _significance.at_least([1, 2, 0], [0.5, 1.0, 3.0]) == pytest.approx(
        [1 - exp(-0.5), 1 - 2 * exp(-1), 1.0]
    )


def test_table_as_frame_csv_and_json() -> None:
    table = Table("made", ("name", "n"), (("=1+1", 2), ("ok", None)), ("A note.",))
    assert table.csv() == "name,n\n'=1+1,2\nok,\n"
    assert json.loads(table.json())["rows"][1] == {"name": "ok", "n": None}
    assert list(table.frame()["name"]) == ["=1+1", "ok"]
    assert table.column("n") == (2, None)
    assert len(table.head(1)) == 1
    with pytest.raises(UnknownName, match="no column named 'm'"):
        table.column("m")
    assert list(csv.reader(io.StringIO(table.csv())))[2] == ["ok", ""]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(
        MissingPart, match=r"pandas is not installed: pip install 'talkgraph\[networks\]'"
    ):
        Table("made", ("n",), ((1,),)).frame()


def test_importing_loads_no_heavy_library() -> None:
    heavy = ("numpy", "networkx", "scipy", "matplotlib", "pandas")
    script = (
        f"import kg.analysis, kg.pictures, sys; print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
