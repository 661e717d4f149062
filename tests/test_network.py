"""Networks: read once, typed, in one order; a general relation never stands beside the special one that implies it."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from kg import layout, network
from kg.errors import UnknownFormat
from kg.facts.advising import Advising
from kg.facts.affiliation import Affiliation
from kg.facts.education import Education
from kg.facts.position import Position
from kg.facts.speaking import Speaking
from kg.graph import KnowledgeGraph, assemble
from kg.model import Evidence, Fact, Page, Span, Speaker, Talk
from kg.topics import TopicAssignment

BASE = "https://example.org/talkgraph/"
ADA, BO, KARL = (f"{BASE}person/{name}" for name in ("ada-berg", "bo-ek", "karl-dahl"))
LUND, GHENT = (f"{BASE}organization/{name}" for name in ("lund-university", "ghent-university"))
PAGE = Page(
    "panel.txt",
    "On Tides by Ada Berg and Bo Ek, Lund University. Ada holds a Masters (2008) and a PhD (2012) "
    "from Ghent University, under Karl Dahl. Bo was a postdoc at Ghent University from 2013 to 2015. Tides and logic.",
)


def said(kind: type[Fact], sentence: str, printed: str, **fields: Any) -> Any:
    """A fact whose sentence starts with some words of the page and ends with the next full stop."""
    start = PAGE.text.index(sentence)
    end = PAGE.text.index(".", start) + 1
    at = PAGE.text.index(printed, start)
    values: dict[str, Any] = {
        "subject": "Ada Berg",
        "rule": "test/said",
        "confidence": 0.9,
        **fields,
    }
    quote = Evidence(PAGE, start, end, PAGE.text[start:end])
    return kind(evidence=quote, printed=printed, at=Span(at, at + len(printed)), **values)


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """A panel of two, with two degrees from one school."""
    degree = {"organization": "Ghent University", "confidence": 0.8}
    ada = (
        said(Speaking, "On Tides", "Ada Berg", person="Ada Berg", role="speaker"),
        said(Affiliation, "On Tides", "Lund University", organization="Lund University"),
        said(Education, "Ada holds", "Ghent University", degree="Masters", date="2008", **degree),
        said(
            Education,
            "Ada holds",
            "Ghent University",
            degree="PhD",
            date="2012",
            organization="Ghent University",
        ),
        said(Advising, "Ada holds", "Karl Dahl", advisor="Karl Dahl"),
    )
    bo = (
        said(Speaking, "On Tides", "Bo Ek", subject="Bo Ek", person="Bo Ek", role="speaker"),
        said(
            Affiliation,
            "On Tides",
            "Lund University",
            subject="Bo Ek",
            organization="Lund University",
        ),
        said(
            Position,
            "Bo was",
            "Ghent University",
            subject="Bo Ek",
            organization="Ghent University",
            role="postdoc",
            start="2013",
            end="2015",
        ),
    )
    topics = tuple(
        said(TopicAssignment, "Tides and", word, subject="On Tides", topic=word.lower(), score=0.5)
        for word in ("Tides", "logic")
    )
    speakers = (Speaker("Ada Berg", ada), Speaker("Bo Ek", bo))
    return assemble(
        [Talk(PAGE, "On Tides", Span(0, 8), None, "2021-03-04", None, speakers, topics)]
    )


def test_nodes(graph: KnowledgeGraph) -> None:
    ada = network.to_networkx(graph).nodes[ADA]
    assert {key: ada[key] for key in ("label", "type", "talks", "first_year", "last_year")} == {
        "label": "Ada Berg",
        "type": "Person",
        "talks": 1,
        "first_year": 2021,
        "last_year": 2021,
    }
    assert ada["facts"] == 5
    assert network.to_networkx(graph).nodes[KARL]["talks"] == 0
    assert network.to_networkx(graph).nodes[GHENT]["talks"] == 1


def test_one_edge_a_relation_and_only_the_special_ones(graph: KnowledgeGraph) -> None:
    whole = network.to_networkx(graph)
    assert set(whole[ADA][GHENT]) == {"educatedAt"}
    assert set(whole[BO][GHENT]) == {"traineeAt"}
    assert set(whole[ADA][LUND]) == {"affiliatedWith"}
    degrees = whole.edges[ADA, GHENT, "educatedAt"]
    assert degrees["label"] == "PhD, 2012; Masters, 2008"
    assert (degrees["claims"], degrees["start"], degrees["end"], degrees["confidence"]) == (
        2,
        2008,
        2012,
        0.9,
    )
    assert degrees["sentence"].startswith("Ada holds a Masters")
    assert degrees["sources"] == "panel.txt"
    assert whole.edges[BO, GHENT, "traineeAt"]["label"] == "postdoc, 2013–2015"
    assert whole.edges[ADA, KARL, "advisedBy"]["label"] == "advised by"


def test_values_are_text_or_numbers_and_never_empty(graph: KnowledgeGraph) -> None:
    whole = network.to_networkx(graph)
    rows = [
        *(data for _, data in whole.nodes(data=True)),
        *(data for _, _, data in whole.edges(data=True)),
    ]
    assert all(
        isinstance(value, str | int | float) and value != ""
        for row in rows
        for value in row.values()
    )


def test_nodes_and_edges_come_in_order(graph: KnowledgeGraph) -> None:
    whole = network.to_networkx(graph)
    assert list(whole) == sorted(whole)
    assert list(whole.edges(keys=True)) == sorted(whole.edges(keys=True))


def test_things_that_share_a_talk(graph: KnowledgeGraph) -> None:
    talk = f"{BASE}talk/2021-03-04-on-tides"
    topics = network.to_networkx(graph, "co-topic")
    pair = (f"{BASE}topic/logic", f"{BASE}topic/tides")
    assert [(*sorted(edge), data["weight"]) for *edge, data in topics.edges(data=True)] == [
        (*pair, 1)
    ]
    assert topics.edges[pair]["talks"].startswith(f"{BASE}talk/"), talk
    speakers = network.to_networkx(graph, "co-appearance", form="talk")
    assert speakers.edges[ADA, BO]["weight"] == 1


def test_advisors_and_flows(graph: KnowledgeGraph) -> None:
    tree = network.to_networkx(graph, "genealogy")
    assert list(tree.edges()) == [(ADA, KARL)]
    assert (tree.nodes[ADA]["advisors"], tree.nodes[KARL]["advised"]) == (1, 1)
    flow = network.to_networkx(graph, "institution-flow")
    edge = flow.edges[GHENT, LUND]
    assert (edge["weight"], edge["count"], edge["people"]) == (2, 2, f"{ADA} {BO}")
    assert (edge["years"], edge["from_years"]) == ("2021:2", "2012:1 2015:1")
    assert len(edge["claims"].split()) == 5
    assert (flow.nodes[GHENT]["from_here"], flow.nodes[LUND]["to_here"]) == (2, 2)
    schools = network.to_networkx(graph, "institution-flow", form="phd")
    assert schools.graph["ends"] == "doctorate from|works at"
    school = schools.edges[GHENT, LUND]
    assert (school["people"], school["from_years"]) == (ADA, "2012:1")
    moved = network.to_networkx(graph, "institution-flow", form="jobs").edges[GHENT, LUND]
    assert (moved["people"], moved["from_years"]) == (BO, "2015:1")


@pytest.mark.parametrize(
    ("older", "name", "form"),
    [
        ("cotopics", "co-topic", None),
        ("cospeakers", "co-appearance", "talk"),
        ("institution_flow", "institution-flow", None),
        ("flows", "institution-flow", None),
        ("advisor_tree", "genealogy", None),
    ],
)
def test_older_names_stay(graph: KnowledgeGraph, older: str, name: str, form: str | None) -> None:
    one = network.to_networkx(graph, older)
    other = network.to_networkx(graph, name, form=form)
    assert nx.utils.graphs_equal(one, other)


@pytest.mark.parametrize("name", network.builders())
def test_every_network_repeats_itself(graph: KnowledgeGraph, name: str) -> None:
    one, other = (network.to_networkx(graph, name) for _ in range(2))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))


def test_an_empty_graph_has_every_network() -> None:
    empty = assemble([])
    assert all(len(network.to_networkx(empty, name)) == 0 for name in network.builders())


def test_unknown_network(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownFormat, match=r"no network named 'co-topics'; known: .*co-topic"):
        network.to_networkx(graph, "co-topics")


def small(count: int) -> dict[Any, layout.Room]:
    return {node: layout.Room(30.0, 10.0, 24.0) for node in range(count)}


@pytest.mark.parametrize(
    "drawn",
    [
        nx.empty_graph(0),
        nx.empty_graph(5),
        nx.star_graph(9),
        nx.star_graph(299),
        nx.path_graph(2),
        nx.karate_club_graph(),
    ],
)
def test_layout_keeps_boxes_apart(drawn: Any) -> None:
    places = layout.lay_out(drawn, small(len(drawn)))
    assert set(places) == set(drawn)
    pairs = [(places[a], places[b]) for a in drawn for b in drawn if a < b]
    assert all(abs(p[0] - q[0]) >= 28 or abs(p[1] - q[1]) >= 28 for p, q in pairs)


def test_layout_of_many_communities_repeats_itself() -> None:
    drawn = nx.connected_caveman_graph(30, 10)
    rooms = small(len(drawn))
    shuffled = nx.Graph(list(reversed(list(drawn.edges()))))
    assert layout.lay_out(drawn, rooms) == layout.lay_out(shuffled, rooms)


def test_small_leaves_stand_in_a_ring() -> None:
    drawn = nx.star_graph(40)
    rooms = {node: layout.Room(10, 5, 5) for node in drawn} | {0: layout.Room(60, 12, 30)}
    places = layout.lay_out(drawn, rooms)
    assert len(set(places.values())) == len(drawn)
    reach = [((x - places[0][0]) ** 2 + (y - places[0][1]) ** 2) ** 0.5 for x, y in places.values()]
    assert max(reach) < 200
