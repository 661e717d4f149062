"""Every query of the catalogue on the graph of the bundled examples: it answers, says what it rests on, and why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from kg import queries
from kg.errors import QueryError, UnknownName

NAMES = sorted(queries.catalogue())
VIEWS = {"table", "graph", "timeline", "bar"}
TYPES = {
    "person",
    "institution",
    "topic",
    "award",
    "series",
    "entity",
    "role",
    "office",
    "country",
    "degree",
    "year",
    "percent",
    "talk",
}
SLOW = {"shared"}
"""Queries that the other engine takes minutes for, also on a small graph."""


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    """All examples in one graph."""
    return kg.build(Path(__file__).parent.parent / "data" / "examples")


def test_there_are_at_least_forty() -> None:
    assert len(NAMES) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_a_query_is_complete(name: str) -> None:
    """A title, a known view, phrasings with its parameters, parameters with type and comment, what it rests on."""
    query = queries.get(name)
    assert query.title
    assert query.view in VIEWS
    assert query.phrasings
    assert query.rests
    known = {p.name for p in query.parameters}
    usual = {
        p.name for p in query.parameters if p.is_number
    }  # a number has a usual value, a name none
    for phrasing in query.phrasings:
        asked, _, first = phrasing.partition(" -> ")
        assert known - usual <= set(re.findall(r"\{(\w+)\}", asked)) <= known
        words = set(re.findall(r"\w+", first.replace(".year", ""))) - {"least", "greatest"}
        assert all(f"?{word}" in query.text for word in words), phrasing
    assert set(re.findall(r"\bVALUES \?(\w+) \{ *[\"0-9]", query.text)) == known
    assert all(p.comment and p.example and p.type in TYPES for p in query.parameters)
    assert set(query.rests) <= queries.coverage().keys()


@pytest.mark.parametrize("name", NAMES)
def test_a_query_answers_and_its_names_have_iris(graph: kg.KnowledgeGraph, name: str) -> None:
    query = queries.get(name)
    answer = graph.query(name, **query.examples)
    assert answer.rows
    assert {*answer.things, *answer.things.values()} <= set(answer.columns)
    assert all(re.match(r"[\d,]+ of [\d,]+ \w+", line) for line in answer.rests)
    for column, node in answer.things.items():
        at, of = answer.columns.index(column), answer.columns.index(node)
        for row in answer.rows[:20]:
            assert (row[of] or "https://example.org/").startswith("https://example.org/")
            assert (row[of] is None) == (row[at] in {None, "", "(not told)"})


@pytest.mark.parametrize("name", NAMES)
def test_every_row_leads_to_its_sentence(graph: kg.KnowledgeGraph, name: str) -> None:
    """In the row, or in the rows of the query that it leads to, or of the one that this leads to."""
    query, values = queries.get(name), queries.get(name).examples
    answer = graph.query(name, **values)
    steps = 0
    while "sentence" not in answer.columns:
        row = dict(
            zip(answer.columns, next(r for r in answer.rows if "(not told)" not in r), strict=True)
        )
        answer = graph.because(query.name, row, **values)
        leads = query.because
        steps += 1
        assert leads is not None
        assert answer.rows
        assert steps < 3
        told = {**row, **{f"{{{k}}}": v for k, v in values.items()}}
        values = {k: str(told[c]) for k, c in leads.values.items()}
        query = queries.get(leads.query)
    assert answer.rows[0][answer.columns.index("sentence")]


@pytest.mark.parametrize("name", [n for n in NAMES if n not in SLOW])
def test_another_engine_gives_the_same_rows(graph: kg.KnowledgeGraph, name: str) -> None:
    """The queries are standard SPARQL 1.1; which name a sample or the order of a list shows is up to the engine."""
    sparql = graph.sparql(name, **queries.get(name).examples)
    answer = graph.query(sparql)
    free = {"topics", "sentence"} if "SAMPLE" in sparql or "GROUP_CONCAT" in sparql else set()
    kept = [n for n, column in enumerate(answer.columns) if column not in free]
    theirs = graph.rdf.query(sparql)
    found = [tuple(None if row[n] is None else str(row[n]) for n in kept) for row in theirs]  # type: ignore[index]
    ours = [tuple(row[n] for n in kept) for row in answer.rows]
    assert sorted(map(_plain, ours)) == sorted(map(_plain, found))


def _plain(row: tuple[str | None, ...]) -> str:
    """A row; engines write decimals with more or fewer zeros."""
    return repr([re.sub(r"(\.\d*?)0+$", r"\1", c).removesuffix(".") if c else c for c in row])


def test_a_row_with_its_sentence_leads_nowhere(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="has its sentence"):
        graph.because("trained-at", {"person": "Max Welling"}, institution="Caltech")
    with pytest.raises(QueryError, match="has no topic"):
        graph.because("frequent-topics", {"talks": "3"})


def test_an_unknown_measure_is_an_unknown_name(graph: kg.KnowledgeGraph) -> None:
    assert graph.coverage("degrees").endswith("speakers have a degree recorded")
    with pytest.raises(UnknownName):
        graph.coverage("hats")


def test_answers_show_names_and_keep_iris(graph: kg.KnowledgeGraph) -> None:
    answer = graph.query("trained-at", institution="caltech")
    assert answer.shown == ("person", "how", "when", "sentence")
    assert {row[0] for row in answer.cells()} == {"Max Welling", "Ramya Korlakai Vinayak"}
    assert answer.things == {"person": "who"}
