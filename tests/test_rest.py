"""REST and reconciliation over HTTP: what is asked is answered, what is wrong is told, what is described is so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg import queries

pytestmark = pytest.mark.loopback

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


def get(client: httpx.Client, path: str, **values: Any) -> Any:
    """The JSON of an answer."""
    answer = client.get(f"/api/{path}", params=values)
    assert answer.status_code == 200, answer.text
    return answer.json()


def iri(client: httpx.Client, name: str) -> str:
    """The IRI of a thing."""
    return str(get(client, "search", q=name)["hits"][0]["iri"])


@pytest.mark.parametrize("asked", ["Max Welling", "max well", "WELLING", "Wéllïng", "Max Weling"])
def test_search_forgives(client: httpx.Client, asked: str) -> None:
    hits = get(client, "search", q=asked, kind="person")["hits"]
    assert hits[0]["name"] == "Max Welling"


def test_an_entity_its_evidence_and_its_neighbours(client: httpx.Client) -> None:
    told = get(client, "entity", iri=iri(client, "Max Welling"), limit=3)
    assert (told["name"], len(told["statements"])) == ("Max Welling", 3)
    assert told["total"] > 10
    claim = told["statements"][0]
    evidence = get(client, "evidence", iri=claim["id"], context=50)
    assert evidence["sentence"] == claim["sentence"]
    assert evidence["context"]["before"]
    relations = get(client, "neighbours", iri=told["iri"])["relations"]
    assert {"advisedBy", "trainedAt"} <= {r["relation"].rpartition("#")[2] for r in relations}


def test_the_graph_at_a_glance(client: httpx.Client) -> None:
    told = get(client, "home")
    assert dict(told["counts"])["talks"] == get(client, "stats")["talks"]
    assert told == get(client, "home")


def test_the_ties_among_some_things(client: httpx.Client) -> None:
    ways = get(
        client,
        "path",
        one=iri(client, "Max Welling"),
        other=iri(client, "Ramya Korlakai Vinayak"),
    )["ways"]
    step = ways[0][0]
    found = get(client, "links", iri=[step["from"]["iri"], step["to"]["iri"]])["links"]
    assert {step["from"]["iri"], step["to"]["iri"]} == {found[0]["from"], found[0]["to"]}
    assert client.get("/api/links", params={"iri": ["x"] * 301}).status_code == 422


def test_a_path_between_two_things(client: httpx.Client) -> None:
    one, other = iri(client, "Max Welling"), iri(client, "Ramya Korlakai Vinayak")
    ways = get(client, "path", one=one, other=other)["ways"]
    assert ways


def test_the_catalogue_and_what_a_row_rests_on(client: httpx.Client) -> None:
    assert len(get(client, "queries")) == len(queries.catalogue())
    told = get(client, "query/trained-at", institution="Caltech")
    assert told["rows"][0]["cells"]["person"] == "Max Welling"
    assert told["rests_on"]
    assert (told["total"], told["found"]) == (3, 2)  # two people, one with two posts
    why = get(client, "because/trained-at", institution="Caltech", row=1)
    assert "postdoc at Caltech" in why["rows"][0]["cells"]["sentence"]


def test_a_question_is_answered_or_declined(client: httpx.Client) -> None:
    told = get(client, "ask", q="who trained at Caltech?")
    assert (told["declined"], told["query"], told["total"]) == (None, "trained-at", 3)
    refused = get(client, "ask", q="how many roads must a man walk down?")
    assert refused["declined"]
    assert refused["nearest"]


@pytest.mark.parametrize("path", ["/api", "/api/"])
def test_the_interface_says_what_can_be_asked(client: httpx.Client, path: str) -> None:
    told = client.get(path).json()
    described = client.get(told["described"]).json()
    assert set(told["paths"]) == set(described["paths"])
    assert told["paths"]["/api/search"].startswith("Things by name")


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("entity?iri=https://example.org/nobody", 404, "example.org/nobody"),
        ("entity", 422, '"error": "iri: Field required"'),
        ("ask", 422, '"error": "q: Field required"'),
        ("search?q=a&limit=100000", 422, "200"),
        ("search?q=a&kind=banana", 404, "banana"),
        ("query/nothing", 404, "known: about-talk"),
        ("query/trained-at", 400, "institution"),
        ("query/trained-at?institution=Nowhereland", 404, "Nowhereland"),
        ("query/trained-at?institution=MIT&institution=UCL", 400, "more than once"),
        ("query/trained-at?banana=MIT", 404, "banana"),
        ("nothing", 404, "nothing"),
    ],
)
def test_what_is_wrong_is_told(client: httpx.Client, path: str, status: int, told: str) -> None:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == status
    assert told in answer.text
    assert "Traceback" not in answer.text


def test_the_description_holds_for_whatever_is_asked(address: str, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}api/openapi.json"]
    words += [
        "--checks",
        ",".join(CHECKS),
        "--max-examples",
        "10",
        "--seed",
        "7",
        "--suppress-health-check",
        "all",
    ]
    found = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert found.returncode == 0, found.stdout[-6000:]


def test_the_manifest_of_the_reconciliation_service(client: httpx.Client, address: str) -> None:
    told = client.get("/reconcile").json()
    assert told["versions"] == ["0.2"]
    assert told["suggest"]["entity"]["service_url"] == f"{address}reconcile"
    view = told["view"]["url"].replace("{{id}}", "organization/california-institute-of-technology")
    assert "California Institute of Technology" in httpx.get(view).text


def test_names_are_reconciled_previewed_and_extended(client: httpx.Client) -> None:
    batch = {"q0": {"query": "Welling, Max", "type": "Person"}, "q1": {"query": "caltech"}}
    for answer in (
        client.post("/reconcile", data={"queries": json.dumps(batch)}),
        client.get("/reconcile", params={"queries": json.dumps(batch)}),
    ):
        assert answer.headers["content-type"] == "application/json"
        person, place = (answer.json()[key]["result"][0] for key in ("q0", "q1"))
    assert (person["name"], person["match"]) == ("Max Welling", True)
    assert place["id"] == "organization/california-institute-of-technology"
    preview = client.get("/reconcile/preview", params={"id": person["id"]})
    assert "Max Welling" in preview.text
    assert "script" not in preview.headers["content-security-policy"]
    known = client.get("/reconcile/properties", params={"type": "Person"}).json()["properties"]
    asked = {"ids": [person["id"]], "properties": [{"id": p["id"]} for p in known]}
    rows = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()["rows"]
    assert "University of Amsterdam" in json.dumps(rows)
    hits = client.get("/reconcile/suggest/entity", params={"prefix": "well"}).json()["result"]
    assert hits[0]["name"] == "Max Welling"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"queries": "["}, 400),
        ({"queries": "[" * 100_000}, 400),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(51)})}, 413),
        ({"queries": json.dumps({"q": {"query": "x", "type": "Banana"}})}, 400),
        ({"extend": "{}"}, 400),
    ],
)
def test_batches_that_cannot_be_used(
    client: httpx.Client, data: dict[str, str], status: int
) -> None:
    answer = client.post("/reconcile", data=data)
    assert answer.status_code == status
    assert "error" in answer.json()
