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


def asking(chromium: Any, address: str, graph: KnowledgeGraph) -> Iterator[Both]:
    """What asks the file and the server the same."""
    page = chromium.new_page()
    page.goto(address)
    data = as_json(_embedded.embedded(graph))

    def asked(*calls: tuple[str, list[Any]]) -> list[list[Any]]:
        page.evaluate("document.getElementById('data')?.remove()")
        found: list[list[Any]] = page.evaluate(BOTH, [data, calls])
        return found

    yield asked
    page.close()


@pytest.fixture(scope="module")
def both(chromium: Any, address: str, graph: KnowledgeGraph) -> Iterator[Both]:
    """Asks a file of the bundled example and its server the same."""
    yield from asking(chromium, address, graph)


@pytest.fixture(scope="module")
def dated(chromium: Any, every_address: str, every: KnowledgeGraph) -> Iterator[Both]:
    """Asks of a graph whose talks have years."""
    yield from asking(chromium, every_address, every)


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


OF_A_YEAR = ("awards-in-year", "talks-in-year", "topics-in-year", "rising-topics")


def test_a_file_answers_queries_of_every_year(dated: Both, every: KnowledgeGraph) -> None:
    """Those of which nothing is known are years, too; so is every percentage one below which facts are."""
    known = sorted(_embedded._Embedding(every, [])._years())
    years = (*known, known[0] - 1, known[-1] + 1, *(known[n] + 1 for n in range(0, len(known), 5)))
    calls = [
        ("query", [name, {"year": str(year), "limit": 200}]) for name in OF_A_YEAR for year in years
    ]
    calls += [("query", ["weak-facts", {"below": str(part)}]) for part in (0, 57, 70, 90, 100, 120)]
    found = dated(*calls)
    for (_, asked), (local, remote) in zip(calls, found, strict=True):
        assert local == remote, asked
    assert sum(len(local["rows"]) > 0 for local, _ in found) > len(OF_A_YEAR)
    ((local, remote),) = dated(("query", ["talks-in-year", {"year": "soon"}]))
    assert local == remote == {"refused": 400}


def test_a_file_takes_questions_of_a_year(dated: Both, every: KnowledgeGraph) -> None:
    year = str(operations.home(every)["years"][-1][0])
    ((local, remote),) = dated(("ask", [f"Which talks were there in {year}?", {}]))
    assert local["declined"] is None
    assert (local["query"], local["values"]) == ("talks-in-year", {"year": year})
    assert local["rows"] == remote["rows"]


def test_a_file_says_how_much_of_an_answer_it_keeps(
    chromium: Any, address: str, graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_embedded, "_ROWS", 3)
    for asked in asking(chromium, address, graph):
        ((local, remote),) = asked(("query", ["frequent-topics", {"limit": 50}]))
        assert (local["kept"], local["total"]) == (3, remote["total"])
        assert local["rows"] == remote["rows"][:3]
