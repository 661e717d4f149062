"""A graph at a glance, and the ties among some of its things."""

from __future__ import annotations

import json

import pytest

from kg import operations, queries
from kg.errors import QueryError
from kg.facade import KnowledgeGraph
from kg.settings import LIMITS


def test_home_tells_what_is_in_here(graph: KnowledgeGraph) -> None:
    told = operations.home(graph)
    counts = dict(told["counts"])
    assert counts["talks"] == graph.stats()["talks"]
    assert sum(n for _, n in told["years"]) <= counts["talks"]
    assert told["sources"][0]["talks"] == counts["talks"] - sum(
        s["talks"] for s in told["sources"][1:]
    )
    assert all(told["most"][kind][0]["weight"] for kind in ("person", "organization", "topic"))
    dates = [t["date"] for t in told["newest"]]
    assert dates == sorted(dates, reverse=True)
    assert all(s["kind"] == "person" for t in told["newest"] for s in t["speakers"])
    assert told["built"] in operations.home(graph)["cite"]
    assert graph.base in told["cite"]
    assert {r["query"] for r in told["review"]} <= queries.catalogue().keys()
    assert json.loads(json.dumps(told)) == told


def test_of_a_large_graph_what_needs_a_look_is_listed_uncounted(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.operations._home._LARGE", 0)
    review = operations.home(graph)["review"]
    assert review
    assert all(r["total"] is None and r["title"] for r in review)


def test_what_home_suggests_can_be_asked(graph: KnowledgeGraph) -> None:
    for question in operations.home(graph)["questions"]:
        assert operations.ask(graph, question, 1)["declined"] is None, question


def test_links_are_the_ties_among_some_with_their_sentences(graph: KnowledgeGraph) -> None:
    one = operations.search(graph, "Max Welling")["hits"][0]["iri"]
    near = [
        n["iri"]
        for r in operations.neighbours(graph, one)["relations"]
        for n in operations.neighbours(graph, one, r["relation"])["neighbours"]
    ]
    told = operations.links(graph, [one, *near, "https://example.org/none"])["links"]
    assert {e for link in told for e in (link["from"], link["to"])} <= {one, *near}
    assert {n for link in told for n in (link["from"], link["to"])} >= {*near}
    advised = next(link for link in told if link["relation"] == "advisedBy")
    assert advised["from"] == one
    assert advised["sentence"] == operations.evidence(graph, advised["claim"])["sentence"]
    assert json.loads(json.dumps(told)) == told


def test_links_of_too_many_are_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="at most"):
        operations.links(graph, ["x"] * (LIMITS.linked + 1))
