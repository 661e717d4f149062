"""The networks over a small graph: worked by hand, sliced by years and series, with what stands behind every edge."""

from __future__ import annotations

from typing import Any

import pytest

from kg import network
from kg.errors import MissingPart, QueryError, UnknownName
from kg.graph import KnowledgeGraph
from kg.network import _building, _projection
from kg.settings import Networks

KG = "https://w3id.org/talkgraph/terms#"
TYPE, LABEL = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/2000/01/rdf-schema#label",
)
BASE = "https://example.org/talkgraph/"
TALKS = """
t1 2018 spring ada,bo    mud,peat
t2 2019 spring ada       mud,peat,fen
t3 2019 autumn bo        mud
t4 2021 autumn eve       fen,mud
t5 -    -      eve       peat
"""
"""Talks with their year, series, speakers and topics."""
KINDS = {"topic": "Topic", "speaker": "Person", "series": "Series"}


def iri(kind: str, name: str) -> str:
    return f"{BASE}{kind}/{name}"


TOPIC = {name: iri("topic", name) for name in ("fen", "mud", "peat")}
ADA, BO, EVE = (iri("person", name) for name in ("ada", "bo", "eve"))
T = {f"t{i}": iri("talk", f"t{i}") for i in range(1, 6)}


def triple(subject: str, relation: str, value: str) -> str:
    term = f"<{value}>" if value.startswith("http") else f'"{value}"'
    name = relation if relation.startswith("http") else KG + relation
    return f"<{subject}> <{name}> {term} .\n"


def thing(kind: str, name: str) -> str:
    folder = {"Person": "person", "Topic": "topic", "Series": "series", "Talk": "talk"}[kind]
    return triple(iri(folder, name), TYPE, KG + kind) + triple(
        iri(folder, name), LABEL, name.title()
    )


def written(talks: str) -> str:
    """Talks as triples."""
    text = ""
    for line in talks.strip().splitlines():
        name, year, *others = line.split()
        text += thing("Talk", name) + (
            triple(iri("talk", name), "year", year) if year != "-" else ""
        )
        for relation, values in zip(("series", "speaker", "topic"), others, strict=True):
            for value in values.split(",") if values != "-" else ():
                kind = KINDS[relation]
                folder = "person" if kind == "Person" else relation
                text += thing(kind, value) + triple(iri("talk", name), relation, iri(folder, value))
    return text


@pytest.fixture(scope="module")
def bog(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Five talks by three people on three topics."""
    file = tmp_path_factory.mktemp("bog") / "graph.nt"
    file.write_text(written(TALKS), encoding="utf-8")
    return KnowledgeGraph.from_ntriples(file)


def test_topics_that_share_talks(bog: KnowledgeGraph) -> None:
    found = network.to_networkx(bog, "co-topic")
    assert list(found.nodes(data=True)) == [
        (TOPIC["fen"], {"label": "Fen", "type": "Topic", "talks": 2, "first_year": 2019, "last_year": 2021,
                        "years": "2019:1 2021:1"}),
        (TOPIC["mud"], {"label": "Mud", "type": "Topic", "talks": 4, "first_year": 2018, "last_year": 2021,
                        "years": "2018:1 2019:2 2021:1"}),
        (TOPIC["peat"], {"label": "Peat", "type": "Topic", "talks": 3, "first_year": 2018, "last_year": 2019,
                         "years": "2018:1 2019:1"}),
    ]  # fmt: skip
    assert found.edges[TOPIC["mud"], TOPIC["peat"]] == {
        "weight": 2.0,
        "count": 2,
        "talks": f"{T['t1']} {T['t2']}",
        "first_year": 2018,
        "last_year": 2019,
        "years": "2018:1 2019:1",
    }
    assert found.graph == {
        "name": "co-topic",
        "title": "Topics that share talks",
        "weight": "count",
        "parameters": "5 talks; all edges (talks in common); weight: count: how many talks in common",
        "talks": 5,
        "first_year": 2018,
        "last_year": 2021,
        "years": "2018:1 2019:2 2021:1",
        "nodes_left_out": 0,
        "edges_left_out": 0,
    }


def test_speakers_who_share_topics_need_not_share_talks(bog: KnowledgeGraph) -> None:
    found = network.to_networkx(bog, "co-speaker")
    edge = found.edges[BO, EVE]
    assert (edge["count"], edge["topics"]) == (2, f"{TOPIC['mud']} {TOPIC['peat']}")
    assert edge["talks"] == " ".join(T[name] for name in ("t1", "t3", "t4", "t5"))
    assert edge["years"] == "2018:1 2019:1 2021:1"
    assert found.nodes[EVE]["talks"] == 2
    assert "n = 3 topics" in found.graph["parameters"]


def test_speakers_and_topics(bog: KnowledgeGraph) -> None:
    found = network.to_networkx(bog, "speaker-topic", weight="cosine")
    assert {kind for _, kind in found.nodes(data="type")} == {"Person", "Topic"}
    assert list(found) == sorted(found)
    edge = found.edges[ADA, TOPIC["peat"]]
    assert (edge["count"], edge["talks"]) == (2, f"{T['t1']} {T['t2']}")
    assert edge["weight"] == pytest.approx(2 / (2 * 3) ** 0.5)


def test_series_and_talks_in_common(bog: KnowledgeGraph) -> None:
    series = network.to_networkx(bog, "co-appearance")
    assert {(*e[:2], e[2]) for e in series.edges(data="count")} == {(ADA, BO, 1), (BO, EVE, 1)}
    assert series.edges[ADA, BO]["series"] == iri("series", "spring")
    assert series.edges[ADA, BO]["talks"] == f"{T['t1']} {T['t2']}"
    talk = network.to_networkx(bog, "co-appearance", form="talk")
    assert list(talk.edges(data="talks")) == [(ADA, BO, T["t1"])]


@pytest.mark.parametrize(
    ("options", "talks", "told"),
    [
        ({"from_year": 2019}, ("t2", "t3", "t4"), "3 talks from 2019"),
        ({"to_year": 2018}, ("t1",), "1 talk to 2018"),
        ({"from_year": 2019, "to_year": 2019}, ("t2", "t3"), "2 talks from 2019 to 2019"),
        ({"series": "AUT"}, ("t3", "t4"), '2 talks of series named "AUT"'),
        (
            {"series": "spring", "from_year": 2019},
            ("t2",),
            '1 talk from 2019 of series named "spring"',
        ),
    ],
)
def test_slices(
    bog: KnowledgeGraph, options: dict[str, Any], talks: tuple[str, ...], told: str
) -> None:
    found = network.to_networkx(bog, "speaker-topic", **options)
    behind = {talk for *_, text in found.edges(data="talks") for talk in text.split()}
    assert behind == {T[name] for name in talks}
    assert found.graph["parameters"].startswith(f"{told};")


def test_only_some_nodes_and_edges(bog: KnowledgeGraph) -> None:
    often = network.to_networkx(bog, "co-topic", at_least=2)
    assert sorted(often.edges()) == [(TOPIC["fen"], TOPIC["mud"]), (TOPIC["mud"], TOPIC["peat"])]
    assert (often.graph["nodes_left_out"], often.graph["edges_left_out"]) == (0, 1)
    top = network.to_networkx(bog, "co-topic", top=2, weight="association")
    [(*ends, data)] = top.edges(data=True)
    assert ends == [TOPIC["mud"], TOPIC["peat"]]
    assert data["weight"] == pytest.approx(5 * 2 / (4 * 3))
    assert "the 2 nodes of most talks" in top.graph["parameters"]


def test_thresholds_tell_their_reasons(
    bog: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = network.to_networkx(bog, "co-topic", significant=0.9, backbone=0.9).graph["parameters"]
    assert "kept: q <= 0.9; hypergeometric p of the overlap given both frequencies" in told
    assert "over 3 pairs" in told
    assert "alpha <= 0.9 of the disparity filter" in told
    for module in (_projection, _building):
        monkeypatch.setattr(module, "NETWORKS", Networks(edges=2))
    few = network.to_networkx(bog, "co-topic")
    assert few.number_of_edges() == 2
    assert (
        "edges of at least 2 talks in common, the least that leaves no more than 2 of 3"
        in few.graph["parameters"]
    )


def test_significance_is_told_of_every_edge(bog: KnowledgeGraph) -> None:
    found = network.to_networkx(bog, "co-topic", significant=1.0, backbone=1.0)
    edge = found.edges[TOPIC["mud"], TOPIC["peat"]]
    assert edge["p"] == pytest.approx(1.0)
    assert edge["q"] == 1.0
    assert 0 <= edge["alpha"] <= 1
    assert network.to_networkx(bog, "co-topic", significant=0.0).number_of_edges() == 0


@pytest.mark.parametrize("weight", network.WEIGHTS)
@pytest.mark.parametrize("name", [n for n in network.builders() if "weight" in network.takes(n)])
def test_every_network_takes_every_weight(bog: KnowledgeGraph, name: str, weight: str) -> None:
    for form in network.forms(name) or (None,):
        found = network.to_networkx(bog, name, weight=weight, form=form)
        assert found.graph["weight"] == weight
        assert all(isinstance(w, float) for *_, w in found.edges(data="weight"))


@pytest.mark.parametrize("name", network.builders())
def test_attributes_are_typed_and_none_is_empty(bog: KnowledgeGraph, name: str) -> None:
    found = network.to_networkx(bog, name)
    rows = [
        found.graph,
        *(d for _, d in found.nodes(data=True)),
        *(d for *_, d in found.edges(data=True)),
    ]
    assert all(type(v) in (str, int, float) and v != "" for row in rows for v in row.values())
    assert {"label", "type"} <= set.union(
        {"label", "type"}, *(set(d) for _, d in found.nodes(data=True))
    )


@pytest.mark.parametrize(
    ("name", "options", "error", "told"),
    [
        ("co-topic", {"weight": "counts"}, UnknownName, "no weight named 'counts'; nearest: count"),
        ("co-topic", {"form": "x"}, QueryError, "does not take form; it takes from_year"),
        ("co-award", {"form": "award"}, UnknownName, "no form of co-award named 'award'; nearest: awards"),
        ("genealogy", {"top": 3}, QueryError, "does not take top; it takes no options"),
        ("co-topic", {"nothing": 3}, QueryError, "does not take nothing"),
        ("co-topic", {"at_least": 0}, QueryError, "at_least is 0; it must be at least 1"),
        ("co-topic", {"backbone": 1.5}, QueryError, "backbone is 1.5; it must be from 0 to 1"),
        ("co-topic", {"from_year": 2020, "to_year": 2019}, QueryError, "to_year is 2019; it must be at least 2020"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    bog: KnowledgeGraph, name: str, options: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        network.to_networkx(bog, name, **options)


def test_without_scipy_the_extra_is_named(
    bog: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "scipy", None)
    with pytest.raises(
        MissingPart, match=r"networks need scipy: pip install 'talkgraph\[networks\]'"
    ):
        network.to_networkx(bog, "co-topic")


def test_names_are_no_syntax(bog: KnowledgeGraph) -> None:
    assert len(network.to_networkx(bog, "co-topic", series='" } #')) == 0


def test_awards_of_the_bundled_talks(graph: KnowledgeGraph) -> None:
    awards = network.to_networkx(graph, "co-award")
    people = network.to_networkx(graph, "co-award", form="people")
    for one, other, data in awards.edges(data=True):
        assert len(data["people"].split()) == data["count"]
        assert len(data["claims"].split()) >= 2
        assert {awards.nodes[end]["type"] for end in (one, other)} == {"Award"}
    assert awards.number_of_edges()
    assert all(kind == "Person" for _, kind in people.nodes(data="type"))


def test_institutions_and_topics_of_the_bundled_talks(graph: KnowledgeGraph) -> None:
    found = network.to_networkx(graph, "institution-topic")
    kinds = dict(found.nodes(data="type"))
    assert {kinds[end] for edge in found.edges() for end in edge} == {"Organization", "Topic"}
    assert all(len(text.split()) == n for *_, text, n in (
        (a, b, d["talks"], d["count"]) for a, b, d in found.edges(data=True)))  # fmt: skip
