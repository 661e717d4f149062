"""What analyses find: emerging pairs, brokers, change of communities, gaps, and sentences about them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from typing import Any

import networkx as nx
import pytest

from kg import analysis
from kg.analysis import Table
from kg.analysis import changes as changes_of
from kg.analysis import gaps as gaps_of
from kg.analysis._slices import sliced, spans, year_of
from kg.errors import UnknownName

BASE = "https://example.org/talkgraph/"
Talks = list[tuple[int, list[str]]]


def network_of(talks: Talks) -> Any:
    """The co-topic network of talks, each a year and its topics."""
    network = nx.Graph(title="Topics that share talks", talks=len(talks))
    network.graph["years"] = _years(Counter(year for year, _ in talks))
    nodes: dict[str, Counter[int]] = {}
    pairs: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for at, (year, topics) in enumerate(talks):
        for topic in topics:
            nodes.setdefault(topic, Counter())[year] += 1
        for pair in combinations(sorted(topics), 2):
            pairs.setdefault(pair, []).append((f"{BASE}talk/{year}-t{at:05d}", year))
    for topic, counts in sorted(nodes.items()):
        network.add_node(
            topic, label=topic, type="Topic", talks=counts.total(), years=_years(counts)
        )
    for (one, other), found in sorted(pairs.items()):
        network.add_edge(
            *(one, other),
            count=len(found),
            weight=float(len(found)),
            talks=" ".join(talk for talk, _ in found),
            years=_years(Counter(year for _, year in found)),
        )
    return network


def _years(counts: Counter[int]) -> str:
    return " ".join(f"{year}:{counts[year]}" for year in sorted(counts))


def records(table: Table) -> list[dict[str, Any]]:
    return list(table.records())


def test_names_are_typical_rather_than_frequent() -> None:
    talks: Talks = [(2000, ["all", "mud", "peat"]) for _ in range(9)]
    talks += [(2000, ["all", "ink", "paper"]) for _ in range(9)]
    found = analysis.analysed(network_of(talks))
    names = {data["label"]: data["community_name"] for _, data in found.nodes(data=True)}
    assert names["mud"] == "mud, peat" or names["mud"].startswith(("mud", "peat"))
    assert names["ink"].startswith(("ink", "paper"))
    assert names["ink"] != names["mud"]


def test_trends_worked_on_made_up_series() -> None:
    talks: Talks = []
    for year in range(2005, 2021):
        talks += [(year, ["steady", "base"]) for _ in range(60)]
        talks += [(year, ["riser", "base"]) for _ in range(2 * (year - 2004))]
        talks += [(year, ["faller", "base"]) for _ in range(2 * (2021 - year))]
        talks += [(year, ["base", "other"]) for _ in range(60)]
    found = {str(r["label"]): r for r in analysis.table(network_of(talks), "trends").records()}
    assert {k: v["verdict"] for k, v in found.items()} == {
        "riser": "rises",
        "faller": "falls",
        "steady": "steady",
        "other": "steady",
        "base": "unsure",
    }
    assert found["riser"]["late"] > found["riser"]["early"]  # type: ignore[operator]
    assert str(found["riser"]["talks"]).startswith(f"{BASE}talk/2020")


def test_a_pair_that_comes_late_and_often_emerges_with_its_talks() -> None:
    talks: Talks = [
        (year, [topic]) for year in range(2000, 2012) for topic in "abcd" for _ in range(5)
    ]
    talks += [(2010, ["a", "b"])] * 2 + [(2011, ["a", "b"])] * 6
    talks += [(2004, ["c", "d"])] * 8
    talks += [(year, ["z"]) for year in range(2000, 2012) for _ in range(50)]
    found = records(analysis.table(network_of(talks), "emerging"))
    assert [(r["one"], r["other"], r["count"]) for r in found] == [("a", "b", 8)]
    assert len(found[0]["talks"].split()) == 8
    assert (found[0]["before"], found[0]["after"]) == (0, 8)
    # 2010: 7 talks on a and 7 on b among 72; 2011: 11 and 11 among 76; 2008 and 2009: 5 and 5 among 70
    assert found[0]["expected"] == pytest.approx(2 * 25 / 70 + 49 / 72 + 121 / 76, rel=0.01)


def test_a_broker_links_islands() -> None:
    network = nx.Graph()
    for island in "xyz":
        for one, other in combinations([f"{island}{n}" for n in range(6)], 2):
            network.add_edge(one, other, weight=1.0, count=1, talks=f"{BASE}talk/2001-{one}{other}")
    for at, end in enumerate(["x0", "y0", "z0", "x1", "y1", "z1"]):
        network.add_edge("broker", end, weight=1.0, count=1, talks=f"{BASE}talk/2002-{at}")
    found = analysis.analysed(network)
    rows = records(analysis.table(found, "brokers"))
    assert rows[0]["label"] == "broker"
    assert rows[0]["participation"] == pytest.approx(2 / 3, abs=1e-3)
    assert rows[0]["count"] == 4
    assert max(found, key=lambda node: found.nodes[node]["betweenness"]) == "broker"


def _clique(year: int, topics: str, times: int = 2) -> Talks:
    return [(year, list(pair)) for pair in combinations(topics, 2) for _ in range(times)]


def test_communities_are_born_grow_split_merge_and_go() -> None:
    first = _clique(2000, "abcdef") + _clique(2000, "mnopq") + _clique(2000, "stuvw")
    first += _clique(2000, "ABCDEFGH")
    then = _clique(2001, "abcdefghijkl")  # grown
    then += _clique(2001, "mnopqstuvw")  # merged
    then += _clique(2001, "ABCDR") + _clique(2001, "EFGHT")  # split
    then += _clique(2001, "12345")  # born
    last = _clique(2002, "abcdefghijkl") + _clique(2002, "mnopqstuvw") + _clique(2002, "12345")
    last += [(2003, topics) for _, topics in last]
    table = changes_of.tabulate(network_of(first + then + last), parts=4)
    events = Counter((row["event"], row["years"] or row["from_years"]) for row in table.records())
    assert events == {
        ("first", "2000"): 4,
        ("grown", "2001"): 1,
        ("merged", "2001"): 2,
        ("split", "2001"): 2,
        ("born", "2001"): 1,
        ("kept", "2003"): 3,
        ("grown", "2002"): 3,
        ("gone", "2001"): 2,
    }
    assert all(row["talks"] for row in table.records())


def test_slices_hold_what_was_then() -> None:
    talks: Talks = [(2001, ["a", "b"]), (2002, ["a", "b"]), (2002, ["b", "c"])]
    part = sliced(network_of(talks), 2002, 2002)
    assert part.nodes["a"]["talks"] == 1
    assert part.edges["a", "b"]["talks"] == f"{BASE}talk/2002-t00001"
    assert part.edges["a", "b"]["weight"] == 1.0
    assert part.graph["years"] == "2002:2"
    assert "a" not in sliced(network_of(talks), 2003, 2004)


def test_spans_end_with_the_last_year() -> None:
    talks: Talks = [(year, ["a", "b"]) for year in range(2008, 2027)]
    found = spans(network_of(talks), 6)
    assert found[-1] == (2024, 2026)
    assert found[0][0] == 2008
    assert [b[0] - a[1] for a, b in pairwise(found)] == [1] * (len(found) - 1)
    assert spans(nx.Graph(), 6) == []


def test_years_of_talks_by_their_iris() -> None:
    assert year_of(f"{BASE}talk/2012-07-05-mud") == 2012
    assert year_of(f"{BASE}talk/2011-how-rivers-turn") == 2011
    assert year_of(f"{BASE}talk/mud-2012") is None


def test_people_who_share_and_never_met() -> None:
    network = nx.Graph()
    for one, other, weight in (("a", "b", 3), ("a", "c", 5), ("b", "c", 4), ("c", "d", 9)):
        network.add_edge(
            one, other, weight=float(weight), count=weight, talks=f"{BASE}talk/{one}{other}"
        )
    series = {"a": ["s1"], "b": ["s2"], "c": ["s1", "s2"]}
    table = gaps_of.tabulate(network, series)
    assert [(row["one"], row["other"]) for row in table.records()] == [("a", "b")]
    assert "1 of 4 are in no series that is known" in table.notes[1]
    nx.set_node_attributes(network, 1, "talks")
    assert not gaps_of.tabulate(network, series, active=2).rows
    nx.set_node_attributes(
        network, {node: " ".join(found) for node, found in series.items()}, "series"
    )
    assert analysis.table(network, "gaps", least=2).rows == table.rows


def test_names_that_may_be_one_persons_are_marked() -> None:
    pairs = [
        ("Ada Byron", "A. Byron"),
        ("Ada", "Ada Byron"),
        ("Ada Byron", "Ada Dahl"),
        ("東京", "!"),
    ]
    assert [gaps_of._alike(*pair) for pair in pairs] == [True, True, False, False]


def _large() -> Any:
    talks: Talks = []
    for year in range(2005, 2020):
        talks += _clique(year, "abcde", 2) + _clique(year, "mnopq", 2)
        talks += [(year, ["a", "rise"])] * (3 * (year - 2004)) + [(year, ["m", "fall"])] * (
            3 * (2020 - year)
        )
        talks += [(year, ["rise", "m"])] * 2
    talks += [(2018, ["b", "n"])] * 3 + [(2019, ["b", "n"])] * 9
    return network_of(talks)


def test_sentences_have_numbers_and_talks() -> None:
    table = analysis.summary(analysis.analysed(_large()))
    said = {str(row["about"]): row for row in table.records()}
    assert {"size", "communities", "rises", "falls", "emerging"} <= set(said)
    assert "rise" in str(said["rises"]["sentence"])
    assert "b with n" in str(said["emerging"]["sentence"])
    for about, row in said.items():
        assert about == "size" or str(row["talks"]).startswith(BASE)
        assert str(row["sentence"]).endswith(".")


def test_an_unknown_table_names_those_there_are() -> None:
    with pytest.raises(UnknownName, match="nearest: brokers"):
        analysis.table(nx.Graph(), "broker")


@pytest.mark.parametrize("name", sorted(analysis.analysts()))
@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_tiny_networks_have_every_table(name: str, size: int) -> None:
    network = nx.path_graph([f"n{at}" for at in range(size)])
    table = analysis.table(analysis.analysed(network), name)
    assert table.csv().startswith(",".join(table.columns))
    table.json()


@pytest.mark.parametrize("name", sorted(analysis.analysts()))
def test_directed_networks_have_every_table(name: str) -> None:
    network = nx.DiGraph()
    network.add_edge("a", "b", weight=2.0, count=2, claims=f"{BASE}claim/1 {BASE}claim/2")
    network.add_edge("b", "c", weight=1.0, count=1, claims=f"{BASE}claim/3")
    analysis.table(analysis.analysed(network), name).json()


def test_attributes_are_plain_and_never_empty() -> None:
    found = analysis.analysed(_large())
    for holder in (found.graph, *(d for _, d in found.nodes(data=True))):
        assert all(isinstance(v, str | int | float) and v != "" for v in holder.values())
    nx.generate_graphml(found)
