"""What a graph is asked from outside: plain values, by the page, with one line for what cannot be asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import operations, queries
from kg.errors import KgError, QueryError, UnknownName
from kg.facade import KnowledgeGraph
from kg.settings import LIMITS

HOSTILE = (
    "",
    " ",
    '"*) OR (',
    "'; DROP TABLE thing; --",
    "<script>alert(1)</script>",
    "https://example.org/> ?p ?o . #",
    "\x00\ud800\u202e",
    "{" * 100,
    "((((" * 50,
)


def iri(graph: KnowledgeGraph, name: str, kind: str | None = None) -> str:
    """The IRI of the best hit for a name."""
    found = operations.search(graph, name, kind)["hits"][0]["iri"]
    assert isinstance(found, str)
    return found


def plain(value: Any) -> bool:
    """Whether JSON can say a value, as UTF-8."""
    if isinstance(value, dict):
        return all(isinstance(k, str) and plain(v) for k, v in value.items())
    if isinstance(value, list):
        return all(map(plain, value))
    if isinstance(value, str):
        return bool(value.encode() or True)
    return value is None or isinstance(value, bool | int | float)


# ---------------------------------------------------------------- search


@pytest.mark.parametrize(
    ("q", "kind", "name", "summary"),
    [
        ("max well", "person", "Max Welling", "Microsoft Research; University of Amsterdam"),
        ("CALTECH", "institution", "California Institute of Technology", "Pasadena, US"),
        ("uc irvine", "organization", "University of California, Irvine", "Irvine, US"),
    ],
)
def test_a_hit_says_what_tells_it_from_namesakes(
    graph: KnowledgeGraph, q: str, kind: str, name: str, summary: str
) -> None:
    found = operations.search(graph, q, kind)
    hit = found["hits"][0]
    assert (hit["name"], hit["summary"]) == (name, summary)
    assert hit["weight"] > 0
    assert 0 < hit["score"] <= 1
    assert plain(found)


def test_hits_come_by_the_page(graph: KnowledgeGraph) -> None:
    every = operations.search(graph, "u", limit=50)["hits"]
    first, second = (operations.search(graph, "u", limit=3, offset=n) for n in (0, 3))
    assert first["hits"] + second["hits"] == every[:6]
    assert first["more"]
    assert not operations.search(graph, "u", limit=50, offset=len(every))["more"]
    assert operations.search(graph, "", limit=5)["hits"] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_values(graph: KnowledgeGraph, text: str) -> None:
    assert plain(operations.search(graph, text))
    assert plain(operations.ask(graph, text))
    calls: list[Callable[[], Any]] = [
        lambda: operations.entity(graph, text),
        lambda: operations.evidence(graph, text),
        lambda: operations.neighbours(graph, text),
        lambda: operations.path(graph, text, text),
        lambda: operations.query(graph, text),
        lambda: operations.query(graph, "trained-at", {"institution": text}),
        lambda: operations.query(graph, "trained-at", {text: "Caltech"}),
        lambda: operations.search(graph, "a", text.strip() or "nothing"),
    ]
    for call in calls:
        with pytest.raises(QueryError) as refused:
            call()
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "values",
    [
        {"limit": LIMITS.most + 1},
        {"limit": -1},
        {"limit": True},
        {"limit": 1.5},
        {"limit": "5"},
        {"offset": -1},
        {"offset": LIMITS.deepest + 1},
    ],
)
def test_numbers_have_bounds(graph: KnowledgeGraph, values: dict[str, Any]) -> None:
    person = iri(graph, "Max Welling")
    calls: list[Callable[[], Any]] = [
        lambda: operations.search(graph, "a", **values),
        lambda: operations.entity(graph, person, **values),
        lambda: operations.neighbours(graph, person, "^speaker", **values),
    ]
    for call in calls:
        with pytest.raises(QueryError, match="is a whole number from 0 to"):
            call()


def test_long_texts_are_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="q has 501 letters; 500 are read at most"):
        operations.search(graph, "a" * 501)
    with pytest.raises(QueryError, match="q is a text"):
        operations.search(graph, 7)  # type: ignore[arg-type]


# ---------------------------------------------------------------- one thing


def test_a_person_with_statements_by_the_page(graph: KnowledgeGraph) -> None:
    person = iri(graph, "Max Welling")
    told = operations.entity(graph, person, limit=200)
    assert (told["kind"], told["name"], told["talk"]) == ("person", "Max Welling", None)
    assert told["total"] == sum(told["counts"].values()) == len(told["statements"])
    pages = [
        operations.entity(graph, person, 2, n)["statements"] for n in range(0, told["total"], 2)
    ]
    assert [s for page in pages for s in page] == told["statements"]
    advised = next(s for s in told["statements"] if s["relation"] == "advised by")
    assert advised["other"]["kind"] == "person"
    assert operations.entity(graph, advised["other"]["iri"])["name"] == advised["other"]["name"]
    assert advised["sentence"]
    assert advised["id"].rpartition("/")[2].startswith("advising-")
    assert plain(told)


def test_a_talk_has_its_parts(graph: KnowledgeGraph) -> None:
    talk = operations.neighbours(graph, iri(graph, "Max Welling"), "^speaker")["neighbours"][0]
    told = operations.entity(graph, talk["iri"])
    assert told["talk"]["title"] == told["name"]
    assert [s["name"] for s in told["talk"]["speakers"]] == ["Max Welling"]
    assert told["talk"]["topics"]
    assert told["summary"].endswith("Max Welling")


def test_every_thing_can_be_told(graph: KnowledgeGraph) -> None:
    for thing in graph._names.index.weightiest(_iris(graph), 1_000):
        told = operations.entity(graph, thing.iri)
        assert plain(told)
        assert told["name"] == thing.label
        described = graph.describe(graph.reader.entity(thing.iri))
        assert told["total"] == len(described.statements)
        assert [s["sentence"] for s in told["statements"]] == [
            s.sentence for s in described.statements[:20]
        ]


def _iris(graph: KnowledgeGraph) -> list[str]:
    rows = graph._names.index._db.execute("SELECT iri FROM thing").fetchall()
    return [iri for (iri,) in rows]


def test_very_many_statements_come_by_kind_the_newest_first(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.graph import _reading

    university = iri(graph, "University of Amsterdam")
    few = operations.entity(graph, university, 200)
    for many in (5_000, 0):
        monkeypatch.setattr(_reading, "_FEW", 0)
        monkeypatch.setattr(_reading, "_MANY", many)
        graph.reader.ordered.cache_clear()
        told = operations.entity(graph, university, 200)
        assert sorted(s["id"] for s in told["statements"]) == sorted(
            s["id"] for s in few["statements"]
        )
        kinds = [s["kind"] for s in told["statements"]]
        assert kinds == sorted(kinds)
    graph.reader.ordered.cache_clear()


def test_an_old_iri_leads_to_what_took_its_place(tmp_path: Path) -> None:
    base = "https://example.org/talkgraph/person/"
    term = "https://w3id.org/talkgraph/terms#"
    lines = [
        f"<{base}ada> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{term}Person> .",
        f'<{base}ada> <http://www.w3.org/2000/01/rdf-schema#label> "Ada Byron" .',
        f'<{base}ada> <{term}anyName> "Ada Byron" .',
        f"<{base}ada-2> <http://purl.org/dc/terms/isReplacedBy> <{base}ada> .",
    ]
    (tmp_path / "graph.nt").write_text("\n".join(lines) + "\n", "utf-8")
    graph = kg.load(tmp_path / "graph.nt")
    told = operations.entity(graph, f"{base}ada-2")
    assert (told["iri"], told["name"], told["summary"]) == (f"{base}ada", "Ada Byron", "")


# ---------------------------------------------------------------- between things


def test_neighbours_by_relation_and_direction(graph: KnowledgeGraph) -> None:
    person = iri(graph, "Max Welling")
    told = operations.neighbours(graph, person)
    counts = {r["relation"]: r["count"] for r in told["relations"]}
    assert counts["^speaker"] == 1
    assert counts["advisedBy"] == 3
    assert "neighbours" not in told
    for relation, count in counts.items():
        page = operations.neighbours(graph, person, relation, 200)
        assert page["total"] == len(page["neighbours"]) == count
        weights = [n["weight"] for n in page["neighbours"]]
        assert weights == sorted(weights, reverse=True)
    assert operations.neighbours(graph, person, "unitOf")["neighbours"] == []
    with pytest.raises(UnknownName, match=r"no relation named 'advisdBy'; nearest: .*advisedBy"):
        operations.neighbours(graph, person, "advisdBy")


def test_a_way_has_its_sentences(graph: KnowledgeGraph) -> None:
    ends = iri(graph, "Max Welling"), iri(graph, "California Institute of Technology")
    ways = operations.path(graph, *ends)["ways"]
    assert 1 <= len(ways) <= 3
    for way in ways:
        assert (way[0]["from"]["iri"], way[-1]["to"]["iri"]) == ends
        assert all(s["from"] == before["to"] for before, s in pairwise(way))
        for step in way:
            assert operations.evidence(graph, step["claim"])["sentence"] == step["sentence"]
    assert operations.path(graph, ends[0], ends[0])["ways"] == []


# ---------------------------------------------------------------- evidence


def test_evidence_stands_in_its_page(graph: KnowledgeGraph, example: Path) -> None:
    page = example.read_text("utf-8")
    person = operations.entity(graph, iri(graph, "Max Welling"), 200)
    for statement in person["statements"]:
        told = operations.evidence(graph, statement["id"], 40)
        around = told["context"]["before"] + told["sentence"] + told["context"]["after"]
        assert around in page
        assert page[told["start"] : told["end"]] == told["sentence"] == statement["sentence"]
        assert told["claim"]["kind"] == statement["kind"]
        assert "Max Welling" in {
            told["claim"][end]["name"] for end in ("subject", "object") if told["claim"][end]
        }
        assert plain(told)


def test_a_title_and_a_span_are_evidence_too(graph: KnowledgeGraph) -> None:
    talk = operations.neighbours(graph, iri(graph, "Max Welling"), "^speaker")["neighbours"][0]
    told = operations.evidence(graph, talk["iri"])
    assert (told["sentence"], told["claim"]) == (talk["name"], None)
    span = graph.reader.values(talk["iri"], "evidence")[0]
    assert operations.evidence(graph, span) == told | {"iri": span}


def test_without_the_pages_some_letters_are_told(graph: KnowledgeGraph, tmp_path: Path) -> None:
    file = tmp_path / "graph.nt"
    file.write_text(graph.ntriples(), "utf-8")
    alone = kg.load(file)
    claim = operations.entity(graph, iri(graph, "Max Welling"))["statements"][0]["id"]
    few, many = operations.evidence(alone, claim), operations.evidence(graph, claim)
    assert many["context"]["before"].endswith(few["context"]["before"])
    assert many["context"]["after"].startswith(few["context"]["after"])
    assert many | {"context": None} == few | {"context": None}


# ---------------------------------------------------------------- questions


def test_the_catalogue_is_told_whole(graph: KnowledgeGraph) -> None:
    listed = operations.queries(graph)
    assert [q["name"] for q in listed] == list(queries.catalogue())
    assert plain(listed)
    for query in listed:
        values = {p["name"]: p["example"] for p in query["parameters"]}
        try:
            told = operations.query(graph, query["name"], values, limit=5)
        except UnknownName:
            continue  # the examples name what other pages tell
        assert plain(told)
        assert all(set(row["cells"]) == set(told["columns"]) for row in told["rows"])


def test_rows_name_things_and_tell_what_they_rest_on(graph: KnowledgeGraph) -> None:
    told = operations.query(graph, "trained-at", {"institution": "caltech"})
    row = told["rows"][0]
    assert row["number"] == 1
    for column, thing in row["things"].items():
        assert operations.entity(graph, thing)["name"] == row["cells"][column]
    because = operations.because(graph, "trained-at", 1, {"institution": "caltech"})
    assert all(r["cells"]["sentence"] for r in because["rows"])
    second = operations.query(graph, "trained-at", {"institution": "caltech"}, 1, 1)
    assert second["rows"] == told["rows"][1:2]
    assert second["total"] == told["total"]
    with pytest.raises(QueryError, match="row is a whole number from 1 to"):
        operations.because(graph, "trained-at", 0, {"institution": "caltech"})


def test_sparql_is_no_name(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="no query named"):
        operations.query(graph, "SELECT * { ?s ?p ?o }")
    with pytest.raises(QueryError, match="values are given by parameter"):
        operations.query(graph, "trained-at", ["Caltech"])  # type: ignore[arg-type]


def test_a_question_is_answered_or_declined(graph: KnowledgeGraph) -> None:
    told = operations.ask(graph, "who trained at Caltech?")
    assert told["declined"] is None
    assert told["rows"]
    assert told["sparql"]
    assert plain(told)
    refused = operations.ask(graph, "who likes cake?")
    assert refused["declined"].startswith("I cannot answer")
    assert len(refused["nearest"]) == 3


def test_counts_are_plain(graph: KnowledgeGraph) -> None:
    assert operations.stats(graph)["talks"] == graph.stats()["talks"]
    assert json.dumps(operations.stats(graph))


def test_errors_are_of_the_tree() -> None:
    assert issubclass(QueryError, KgError)


def test_a_sentence_of_a_row_stands_somewhere(graph: KnowledgeGraph) -> None:
    told = operations.query(graph, "trained-at", {"institution": "caltech"})
    for row in told["rows"]:
        [place] = row["evidence"]
        found = operations.evidence(graph, place["iri"])
        assert found["sentence"] == row["cells"]["sentence"]
        assert {k: found[k] for k in place} == place


def test_a_row_itself_can_be_asked_why(graph: KnowledgeGraph) -> None:
    told = operations.query(graph, "frequent-institutions")
    numbered = operations.because(graph, "frequent-institutions", 2)
    assert operations.because(graph, "frequent-institutions", told["rows"][1]) == numbered
    assert numbered["rows"][0]["evidence"]
    with pytest.raises(QueryError, match="a row has cells and things"):
        operations.because(graph, "frequent-institutions", {"cells": 1})
