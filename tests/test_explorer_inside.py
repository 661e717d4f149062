"""What a file of the explorer tells is what a server tells, asked in a browser of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kg import operations
from kg.exports import _embedded
from kg.exports._page import as_json
from kg.facade import KnowledgeGraph

pytestmark = pytest.mark.browser


BOTH = """async ([data, calls]) => {
  const element = document.createElement("script");
  element.type = "application/json";
  element.id = "data";
  element.textContent = data;
  document.body.append(element);
  const { local } = await import("/static/explorer/local.js");
  const { remote } = await import("/static/explorer/remote.js");
  const told = async (source, [name, values]) => {
    try {
      return await source[name](...values);
    } catch (error) {
      return { refused: error.status };
    }
  };
  const rows = [];
  for (const call of calls) rows.push([await told(local, call), await told(remote, call)]);
  return rows;
}"""
Both = Callable[..., list[list[Any]]]


@pytest.fixture(scope="module")
def both(chromium: Any, address: str, graph: KnowledgeGraph) -> Iterator[Both]:
    """Asks the file and the server the same."""
    page = chromium.new_page()
    page.goto(address)
    data = as_json(_embedded.embedded(graph))

    def asked(*calls: tuple[str, list[Any]]) -> list[list[Any]]:
        page.evaluate("document.getElementById('data')?.remove()")
        found: list[list[Any]] = page.evaluate(BOTH, [data, calls])
        return found

    yield asked
    page.close()


def iri(graph: KnowledgeGraph, name: str, kind: str | None = None) -> str:
    return str(operations.search(graph, name, kind)["hits"][0]["iri"])


def test_a_file_tells_of_things_what_a_server_tells(both: Both, graph: KnowledgeGraph) -> None:
    some = [
        t.iri
        for kind in ("person", "organization", "topic", "award", "talk")
        for t in graph.most(kind, 3)
    ]
    some += [t.iri for kind in ("unit", "series") for t in graph.most(kind, 3)]
    calls: list[tuple[str, list[Any]]] = [
        ("home", []),
        ("links", [some]),
        ("entity", ["urn:x:none"]),
    ]
    for thing in some:
        relations = operations.neighbours(graph, thing)["relations"]
        calls += [("entity", [thing, {"limit": 7, "offset": 1}]), ("neighbours", [thing])]
        calls += [
            ("neighbours", [thing, {"relation": r["relation"], "limit": 5}]) for r in relations
        ]
    for local, remote in both(*calls):
        assert local == remote


def test_a_file_gives_the_sentences_and_ways_that_a_server_gives(
    both: Both, graph: KnowledgeGraph
) -> None:
    person = iri(graph, "Max Welling")
    claims = [s["id"] for s in operations.entity(graph, person, 50)["statements"]]
    talks = [t.iri for t in graph.most("talk", 4)]
    span = graph.reader.values(claims[0], "evidence")[0]
    calls: list[tuple[str, list[Any]]] = [
        ("evidence", [of, most])
        for of in (*claims, *talks, span, "urn:x:none")
        for most in (40, 3000)
    ]
    ends = [t.iri for kind in ("person", "topic") for t in graph.most(kind, 5)]
    calls += [("path", [person, end]) for end in ends]
    for local, remote in both(*calls):
        assert local == remote


@pytest.mark.parametrize(
    "asked",
    [
        "Max Welling",
        "max wel",
        "wéllïng",
        "Max Weling",
        "caltech",
        "machine l",
        "university of",
        "zzzz",
    ],
)
def test_a_file_finds_what_a_server_finds(both: Both, asked: str) -> None:
    ((local, remote),) = both(("search", [asked, {"limit": 5}]))
    assert [h["name"] for h in local["hits"][:1]] == [h["name"] for h in remote["hits"][:1]]
    assert {h["iri"] for h in local["hits"]} == {h["iri"] for h in remote["hits"]}


ONE_NAME = (
    ("advised-by", {"advisor": "Trevor Hastie"}),
    ("advisors-of", {"name": "Jason Lee"}),
    ("holders-of-award", {"award": "NSF CAREER Award"}),
    ("awards-of", {"name": "Rebecca Willett"}),
    ("talks-by", {"name": "max welling"}),
    ("talks-on-topic", {"topic": "machine learning"}),
    ("trained-at", {"institution": "Caltech"}),
    ("trained-at", {"institution": "University of California, Berkeley"}),
    ("affiliated-with", {"institution": "Stanford University"}),
)


def test_a_file_answers_queries_as_a_server_does(both: Both) -> None:
    calls: list[tuple[str, list[Any]]] = [("queries", [])]
    names = (
        "frequent-topics",
        "talks-per-year",
        "advisor-pairs",
        "latest-talks",
    )
    calls += [("query", [name, {"limit": 50}]) for name in names]
    calls += [("query", ["weak-facts", {"below": "70", "limit": 50}])]
    for local, remote in both(*calls):
        assert local == remote
    for (name, _), (local, remote) in zip(
        ONE_NAME, both(*[("query", [n, v]) for n, v in ONE_NAME]), strict=True
    ):
        assert [row["cells"] for row in local["rows"]] == [
            row["cells"] for row in remote["rows"]
        ], name
        assert [row["things"] for row in local["rows"]] == [
            row["things"] for row in remote["rows"]
        ], name


def test_a_file_takes_simple_questions_and_declines_others(both: Both) -> None:
    asked = (
        "Who trained at Caltech?",
        "who was advised by trevor hastie",
        "Which topics are most frequent?",
        "Talks on machine learning",
        "Who won the NSF CAREER Award?",
    )
    for local, remote in both(*[("ask", [q, {}]) for q in asked]):
        assert local["declined"] is None, local
        assert local["query"] == remote["query"]
        assert len(local["rows"]) == len(remote["rows"])
    ((local, _),) = both(("ask", ["Who eats the cheese of the moon?", {}]))
    assert "kg serve" in local["declined"]
    assert len(local["nearest"]) == 3
    ((local, _),) = both(("query", ["facts-of", {"name": "Max Welling"}]))
    assert local == {"refused": 0}
