"""Names in tables come to the things of a graph: forms of version 0.2, and how many names are understood."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import kg
from kg import reconciliation
from kg.errors import QueryError, TooMuch, UnknownName
from kg.facade import KnowledgeGraph
from kg.names import strip_accents
from kg.settings import LIMITS

SCHEMAS = json.loads((Path(__file__).parent / "cases" / "reconciliation.json").read_text("utf-8"))
"""The forms of Reconciliation Service API 0.2, written down from its text."""


def fits(name: str, value: Any) -> Any:
    """The value, if it has the form of this name and can be written as JSON."""
    jsonschema.validate(json.loads(json.dumps(value)), SCHEMAS[name] | {"$defs": SCHEMAS["$defs"]})
    return value


def asked(graph: KnowledgeGraph, query: str, type: str = "", **more: Any) -> list[dict[str, Any]]:
    """The candidates for a name."""
    query_ = {"query": query, **({"type": type} if type else {}), **more}
    found = fits("results", reconciliation.reconcile(graph, {"q": query_}))["q"]["result"]
    assert [c["score"] for c in found] == sorted((c["score"] for c in found), reverse=True)
    assert sum(c["match"] for c in found) <= 1
    return list(found)


# ---------------------------------------------------------------- quality


def turned(name: str) -> str:
    """The family name first."""
    *given, family = name.split()
    return f"{family}, {' '.join(given)}"


def initials(name: str) -> str:
    """The given name by its letter."""
    first, *_, family = name.split()
    return f"{first[0]}. {family}"


def slip(name: str) -> str:
    """A letter left out of the longest word."""
    word = max(name.split(), key=len)
    at = len(word) // 2
    return name.replace(word, word[:at] + word[at + 1 :], 1) if len(word) > 4 else name


def abbreviated(name: str) -> str:
    """Words of institutions cut short."""
    return name.replace("University", "Univ.").replace("Institute", "Inst.")


@pytest.mark.parametrize(
    ("type", "change", "first", "matched"),
    [
        ("Person", str, 1.0, 0.8),
        ("Person", str.upper, 1.0, 0.8),
        ("Person", strip_accents, 1.0, 0.8),
        ("Person", turned, 1.0, 0.8),
        ("Person", initials, 0.93, 0.0),
        ("Person", slip, 0.98, 0.0),
        ("Organization", str, 1.0, 0.95),
        ("Organization", abbreviated, 0.97, 0.9),
        ("Organization", slip, 0.95, 0.0),
        ("Topic", slip, 0.97, 0.0),
        ("Award", slip, 0.9, 0.0),
    ],
)
def test_names_come_to_their_things(
    every: KnowledgeGraph, type: str, change: Callable[[str], str], first: float, matched: float
) -> None:
    kind = type.lower()
    things = [t for t in every.reader.things(10_000) if t.kind == kind]
    things = [t for t in things if kind != "person" or " " in t.label]
    right = matches = 0
    for start in range(0, len(things), LIMITS.batch):
        part = things[start : start + LIMITS.batch]
        batch = {t.key: {"query": change(t.label), "type": type, "limit": 3} for t in part}
        for key, told in fits("results", reconciliation.reconcile(every, batch)).items():
            ids = [c["id"] for c in told["result"]]
            sure = [c["id"] for c in told["result"] if c["match"]]
            right += ids[:1] == [f"{kind}/{key}"]
            matches += bool(sure)
            assert sure in ([], [f"{kind}/{key}"]), f"{batch[key]['query']} is not {sure}"
    assert right >= first * len(things)
    assert matches >= matched * len(things)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("MIT", "massachusetts-institute-of-technology"),
        ("M.I.T.", "massachusetts-institute-of-technology"),
        ("Caltech", "california-institute-of-technology"),
        ("UC Irvine", "university-of-california-irvine"),
        ("Stanford", "stanford-university"),
    ],
)
def test_short_names_of_institutions(every: KnowledgeGraph, name: str, id: str) -> None:
    best = asked(every, name, "Organization")[0]
    assert (best["id"], best["match"]) == (f"organization/{id}", True)


def test_people_who_are_not_there_are_not_matched(every: KnowledgeGraph) -> None:
    names = [t.label.split() for t in every.reader.things(10_000) if t.kind == "person"]
    known = {" ".join(n) for n in names}
    pairs = zip(names, names[7:], strict=False)
    mixed = {f"{one[0]} {other[-1]}" for one, other in pairs} - known
    for name in sorted(mixed)[: LIMITS.batch]:
        assert not any(c["match"] for c in asked(every, name, "Person"))


# ---------------------------------------------------------------- single names


def test_titles_and_brackets_are_no_part_of_a_name(graph: KnowledgeGraph) -> None:
    for name in ("Prof. Max Welling", "Dr Max Welling (Amsterdam)", "Welling, Max"):
        best = asked(graph, name, "person")[0]
        assert (best["name"], best["score"], best["match"]) == ("Max Welling", 100, True)
        assert best["type"] == [{"id": "Person", "name": "person"}]
        assert best["description"] == "Microsoft Research; University of Amsterdam"


def test_initials_are_never_sure(graph: KnowledgeGraph) -> None:
    best = asked(graph, "M. Welling", "Person")[0]
    assert best["name"] == "Max Welling"
    assert not best["match"]


def test_a_name_that_many_have_needs_a_sign(graph: KnowledgeGraph) -> None:
    assert not asked(graph, "Jason Lee", "Person")[0]["match"]
    for value in (
        "Princeton",
        {"id": "organization/princeton-university"},
        ["MIT", "princeton university"],
    ):
        signs = [{"pid": "affiliation", "v": value}]
        best = asked(graph, "Jason Lee", "Person", properties=signs)[0]
        assert (best["score"], best["match"]) == (100, True)
        assert {"id": "property_affiliation", "value": 1.0} in best["features"]
    against = asked(graph, "Max Welling", "Person", properties=[{"pid": "affiliation", "v": "MIT"}])
    assert against[0]["score"] < 100
    assert not against[0]["match"]


def test_signs_alone_find_things(graph: KnowledgeGraph) -> None:
    query = {"type": "Person", "properties": [{"pid": "institution", "v": "Caltech"}]}
    found = fits("results", reconciliation.reconcile(graph, {"q": query}))["q"]["result"]
    assert "Max Welling" in {c["name"] for c in found}
    assert not any(c["match"] for c in found)


def test_a_year_is_a_number_or_a_text(every: KnowledgeGraph) -> None:
    dated = next(
        t
        for t in every.reader.things(10_000)
        if t.kind == "talk" and every.reader.values(t.iri, "date")
    )
    properties = [{"id": "year"}, {"id": "date"}, {"id": "speaker"}]
    told = reconciliation.extend(every, {"ids": [f"talk/{dated.key}"], "properties": properties})
    cells = fits("extension", told)["rows"][f"talk/{dated.key}"]
    year = cells["year"][0]["int"]
    assert (cells["date"][0].get("date") or cells["date"][0]["str"]).startswith(str(year))
    for value in (year, str(year), float(year)):
        found = asked(every, cells["speaker"][0]["name"], properties=[{"pid": "year", "v": value}])
        assert {"id": "property_year", "value": 1.0} in found[0]["features"]


def test_an_id_is_its_own_name(graph: KnowledgeGraph) -> None:
    id = asked(graph, "Max Welling")[0]["id"]
    space = reconciliation.manifest(graph, "http://localhost")["identifierSpace"]
    for name in (id, space + id):
        assert [(c["id"], c["match"]) for c in asked(graph, name)] == [(id, True)]


def test_other_types_are_left_out_unless_they_only_should(graph: KnowledgeGraph) -> None:
    assert all(c["type"][0]["id"] == "Topic" for c in asked(graph, "Max Welling", "Topic"))
    should = asked(graph, "Max Welling", "Topic", type_strict="should")[0]
    assert (should["name"], should["score"], should["match"]) == ("Max Welling", 80, False)
    both = asked(graph, "Caltech", type=["Person", {"id": "Organization"}])  # type: ignore[arg-type]
    assert both[0]["match"]
    assert len(asked(graph, "university", limit=2)) == 2


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("batch", "told"),
    [
        ([], "is an object"),
        ({"q": "Ada"}, "is an object"),
        ({"q": {}}, "has a query or properties"),
        ({"q": {"query": 7}}, "query is a text"),
        ({"q": {"query": "a" * 501}}, "has 501 letters"),
        ({"q": {"query": "a", "limit": 0}}, "limit is a whole number from 1"),
        ({"q": {"query": "a", "limit": "9"}}, "limit is a whole number from 1"),
        ({"q": {"query": "a", "limit": float("inf")}}, "limit is a whole number from 1"),
        ({"q": {"query": "a", "kind": "x"}}, "has no field 'kind'"),
        ({"q": {"query": "a", "type": "Persn"}}, "no type named 'Persn'; nearest: Person"),
        ({"q": {"query": "a", "type": [7]}}, "type is a text"),
        ({"q": {"query": "a", "type_strict": "yes"}}, "type_strict is any, all or should"),
        ({"q": {"query": "a", "properties": "x"}}, "properties are a list"),
        ({"q": {"query": "a", "properties": [{"pid": "topic"}]}}, "has a pid and a v"),
        ({"q": {"query": "a", "properties": [{"pid": "x", "v": "y"}]}}, "no property named 'x'"),
        ({"q": {"query": "a", "properties": [{"pid": "topic", "v": {}}]}}, "id is a text"),
    ],
)
def test_malformed_queries_are_one_line(graph: KnowledgeGraph, batch: Any, told: str) -> None:
    with pytest.raises(QueryError) as refused:
        reconciliation.reconcile(graph, batch)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_batches_have_a_size(graph: KnowledgeGraph) -> None:
    batch = {str(n): {"query": "a"} for n in range(LIMITS.batch + 1)}
    with pytest.raises(TooMuch, match="the batch has 51 queries; 50 are answered at once"):
        reconciliation.reconcile(graph, batch)
    with pytest.raises(TooMuch):
        reconciliation.extend(graph, {"ids": ["a"] * 201, "properties": []})


@pytest.mark.parametrize(
    "text", ['"*) OR (', "<script>", "a/b/../c", "\x00\ud800", "x y/ z>", "((((" * 90]
)
def test_hostile_names_are_values(graph: KnowledgeGraph, text: str) -> None:
    asked(graph, text)
    asked(
        graph, text, "Person", properties=[{"pid": "topic", "v": text}, {"pid": "year", "v": text}]
    )
    fits("suggestions", reconciliation.suggest(graph, "entity", text))
    told = reconciliation.extend(graph, {"ids": [text], "properties": [{"id": "topic"}]})
    assert list(fits("extension", told)["rows"].values()) == [{"topic": []}]
    with pytest.raises(UnknownName):
        reconciliation.preview(graph, text)


# ---------------------------------------------------------------- the rest of the service


def test_the_manifest_says_what_there_is(graph: KnowledgeGraph) -> None:
    told = fits("manifest", reconciliation.manifest(graph, "http://localhost/reconcile/"))
    assert told["preview"]["url"] == "http://localhost/reconcile/preview?id={{id}}"
    assert told["suggest"]["entity"]["service_path"] == "/suggest/entity"
    assert [t["id"] for t in told["defaultTypes"]][:4] == [
        "Person",
        "Organization",
        "Topic",
        "Award",
    ]
    assert told["batchSize"] == LIMITS.batch
    other = reconciliation.manifest(graph, "http://localhost", "http://localhost/show?id={{id}}")
    assert other["view"]["url"] == "http://localhost/show?id={{id}}"


def test_suggestions_complete_what_is_typed(graph: KnowledgeGraph) -> None:
    first = fits("suggestions", reconciliation.suggest(graph, "entity", "max w"))["result"][0]
    assert (first["name"], first["notable"][0]["id"]) == ("Max Welling", "Person")
    assert reconciliation.suggest(graph, "entity", first["id"])["result"] == [first]
    types = fits("suggestions", reconciliation.suggest(graph, "type", "insti"))["result"]
    assert types == [{"id": "Organization", "name": "institution"}]
    named = fits("suggestions", reconciliation.suggest(graph, "property", "trained"))["result"]
    assert named == [{"id": "trainedAt", "name": "trained at"}]
    many = reconciliation.suggest(graph, "entity", "u")["result"]
    assert reconciliation.suggest(graph, "entity", "u", cursor=2)["result"][:5] == many[2:7]
    with pytest.raises(UnknownName, match="no suggest service named 'cake'"):
        reconciliation.suggest(graph, "cake", "a")


def test_columns_are_made_of_what_is_known(graph: KnowledgeGraph) -> None:
    proposed = fits("proposals", reconciliation.propose_properties("Person"))["properties"]
    ids = [
        asked(graph, "Max Welling")[0]["id"],
        asked(graph, "Jason Lee")[0]["id"],
        "person/nobody",
    ]
    wanted = [{"id": p["id"]} for p in proposed]
    told = fits("extension", reconciliation.extend(graph, {"ids": ids, "properties": wanted}))
    assert list(told["rows"]) == ids
    welling, lee, nobody = told["rows"].values()
    names = {
        p: {c.get("name") for c in welling[p]} for p in ("affiliation", "trainedAt", "advisor")
    }
    assert "University of Amsterdam" in names["affiliation"]
    assert "California Institute of Technology" in names["trainedAt"]
    assert "Geoffrey Hinton" in names["advisor"]
    assert "NSF CAREER Award" in {c["name"] for c in lee["award"]}
    assert not any(nobody.values())
    few = {"ids": ids[:1], "properties": [{"id": "topic", "settings": {"limit": "2"}}]}
    assert len(reconciliation.extend(graph, few)["rows"][ids[0]]["topic"]) == 2


@pytest.mark.parametrize(
    "query", [None, {}, {"ids": "a", "properties": []}, {"ids": [], "properties": [7]}]
)
def test_malformed_extensions_are_refused(graph: KnowledgeGraph, query: Any) -> None:
    with pytest.raises(QueryError):
        reconciliation.extend(graph, query)


def test_the_preview_is_complete_and_escaped(graph: KnowledgeGraph, tmp_path: Path) -> None:
    page = reconciliation.preview(graph, asked(graph, "Max Welling")[0]["id"])
    assert "<h1>Max Welling</h1>" in page
    assert "University of Amsterdam" in page
    assert "http-equiv" in page
    assert not {"<script", "src=", "href="} & set(page.split())
    hostile = '<img src=x onerror=alert(1)> & \\"quotes\\"'
    base, terms = "https://example.org/talkgraph/topic/x", "https://w3id.org/talkgraph/terms#"
    lines = [
        f"<{base}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{terms}Topic> .",
        f'<{base}> <http://www.w3.org/2000/01/rdf-schema#label> "{hostile}" .',
        f'<{base}> <{terms}anyName> "{hostile}" .',
    ]
    (tmp_path / "graph.nt").write_text("\n".join(lines) + "\n", "utf-8")
    page = reconciliation.preview(kg.load(tmp_path / "graph.nt"), "topic/x")
    assert "<img" not in page
    assert "&lt;img src=x" in page
