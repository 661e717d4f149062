"""The SPARQL endpoint: the protocol, its refusals, and clients that others wrote."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, SPARQLWrapper

pytestmark = pytest.mark.loopback

PEOPLE = "SELECT ?name WHERE { ?p a kg:Person ; kg:name ?name } ORDER BY ?name"
GRAPH = "CONSTRUCT WHERE { ?p kg:trainedAt ?place }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_comes_in_three_ways_and_is_answered_alike(client: httpx.Client) -> None:
    by_get = client.get("/sparql", params={"query": PEOPLE})
    by_form = client.post("/sparql", data={"query": PEOPLE})
    by_body = client.post(
        "/sparql",
        content=PEOPLE,
        headers={"Content-Type": "application/sparql-query; charset=utf-8"},
    )
    assert by_get.status_code == by_form.status_code == by_body.status_code == 200
    names = [row["name"]["value"] for row in by_get.json()["results"]["bindings"]]
    assert "Max Welling" in names
    assert by_get.content == by_form.content == by_body.content


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        (PEOPLE, "*/*", "application/sparql-results+json"),
        (PEOPLE, "application/sparql-results+xml", "application/sparql-results+xml"),
        (PEOPLE, "application/xml;q=0.5, text/csv;q=0.9", "text/csv; charset=utf-8"),
        (PEOPLE, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (PEOPLE, "text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("ASK { ?s ?p ?o }", "application/json", "application/sparql-results+json"),
        (GRAPH, "*/*", "text/turtle; charset=utf-8"),
        (GRAPH, "application/n-triples", "application/n-triples"),
        (GRAPH, "application/ld+json;q=1, text/turtle;q=0.2", "application/ld+json"),
        (GRAPH, "application/rdf+xml", "application/rdf+xml"),
        ("DESCRIBE <https://example.org/x>", "text/*", "text/turtle; charset=utf-8"),
    ],
)
def test_the_format_is_what_the_client_likes_best(
    client: httpx.Client, query: str, accept: str, kind: str
) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("form", "ending"), [("csv", "name\r\n"), ("tsv", "?name\n"), ("xml", "<?xml"), ("json", "{")]
)
def test_the_format_may_be_a_parameter(client: httpx.Client, form: str, ending: str) -> None:
    answer = client.get("/sparql", params={"query": PEOPLE, "format": form})
    assert answer.text.startswith(ending)


@pytest.mark.parametrize(
    ("data", "headers", "status", "told"),
    [
        ({"query": "SELEC ?x"}, {}, 400, "line 1"),
        ({"query": ""}, {}, 400, "empty"),
        ({"query": "SELECT * { ?s foo:x ?o }"}, {}, 400, "prefix foo:"),
        ({"nothing": "x"}, {}, 400, "no query"),
        ({"query": ["ASK {}", "ASK {}"]}, {}, 400, "2 times"),
        ({"query": PEOPLE}, {"Accept": "image/png"}, 406, "application/sparql-results+json"),
        (
            {"query": PEOPLE, "default-graph-uri": "http://x.org/"},
            {},
            400,
            "no graph http://x.org/",
        ),
        ({"query": PEOPLE, "named-graph-uri": "http://x.org/"}, {}, 400, "no graph"),
        ({"update": "CLEAR ALL"}, {}, 403, "read only"),
        ({"query": "INSERT DATA { <x:a> <x:b> <x:c> }"}, {}, 400, "line 1"),
        ({"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, {}, 400, "SERVICE"),
        ({"query": "SELECT * { s\\u0065rvice <http://127.0.0.1:1/> {} }"}, {}, 400, "SERVICE"),
        ({"query": "LOAD <file:///etc/passwd>"}, {}, 400, "LOAD"),
        ({"query": "SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }"}, {}, 400, "FROM"),
    ],
)
def test_what_is_refused_is_told_in_a_line(
    client: httpx.Client, data: dict[str, str], headers: dict[str, str], status: int, told: str
) -> None:
    answer = client.post("/sparql", data=data, headers=headers)
    assert answer.status_code == status, answer.text
    assert told in answer.text
    assert answer.text.count("\n") == 1
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/sparql-update", 403),
        ("text/plain", 415),
        ("application/sparql-query; charset=utf-16", 415),
    ],
)
def test_other_bodies_are_refused(client: httpx.Client, kind: str, status: int) -> None:
    answer = client.post("/sparql", content=b"ASK {}", headers={"Content-Type": kind})
    assert answer.status_code == status


def test_a_body_that_is_no_text_is_refused(client: httpx.Client) -> None:
    kind = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=b"\xff\xfe", headers=kind).status_code == 400
    assert client.get("/sparql?query=%ff%fe").status_code == 400


def test_other_methods_and_head(client: httpx.Client) -> None:
    assert client.put("/sparql", content=b"x").status_code == 405
    assert client.delete("/sparql").status_code == 405
    head = client.head("/sparql", params={"query": PEOPLE})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 100


def test_a_target_may_name_the_host_too(address: str) -> None:
    whole = address.rstrip("/")
    asked = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    for target, told in (
        ("/sparql?query=ASK%20%7B%7D", b'"boolean":true'),
        ("", b"Most connected"),
    ):
        asked.request("GET", whole + target)
        answer = asked.getresponse()
        assert (answer.status, told in answer.read()) == (200, True)
    asked.close()


def test_pages_of_others_may_ask(client: httpx.Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    before = client.options("/sparql", headers=asked)
    assert before.status_code == 200
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://x.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_the_endpoint_describes_itself(client: httpx.Client, graph: object) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    for accept, form in (("text/turtle", "turtle"), ("application/ld+json", "json-ld")):
        told = client.get("/sparql", headers={"Accept": accept})
        found = rdflib.Graph().parse(data=told.text, format=form)
        assert (None, sd.supportedLanguage, sd.SPARQL11Query) in found
        assert len(list(found.objects(None, sd.resultFormat))) == 8
    page = client.get("/sparql", headers={"Accept": "text/html"})
    assert "<textarea" in page.text


def test_a_link_to_a_query_is_a_page_with_the_query_in_it(client: httpx.Client) -> None:
    asked = {"query": "ASK { ?a ?b '</textarea>' }"}
    page = client.get("/sparql", params=asked, headers={"Accept": "text/html"})
    assert "ASK { ?a ?b &#39;&lt;/textarea&gt;&#39; }" in page.text
    told = client.get("/sparql", params=asked | {"format": "json"}, headers={"Accept": "text/html"})
    assert told.json()["boolean"] is False


def test_a_query_that_never_ends_is_ended_and_holds_up_nobody(
    serve: Callable[..., str], workspace: Path
) -> None:
    url = f"{serve(workspace, '--time-limit', '2')}sparql"
    with ThreadPoolExecutor(8) as others:
        start = time.monotonic()
        endless = [
            others.submit(httpx.post, url, data={"query": ENDLESS}, timeout=60) for _ in range(6)
        ]
        slowest = 0.0
        while not all(e.done() for e in endless):
            before = time.monotonic()
            assert httpx.post(url, data={"query": "ASK {}"}, timeout=60).status_code == 200
            slowest = max(slowest, time.monotonic() - before)
        assert {e.result().status_code for e in endless} == {503}
        told = {e.result().text for e in endless}
        assert any("stopped after 2 seconds" in text for text in told)
        assert slowest < 3, "a simple query waits for endless ones"
        assert time.monotonic() - start < 40


def test_an_answer_that_is_too_large_and_one_that_needs_too_much_memory(
    client: httpx.Client,
) -> None:
    large = client.post("/sparql", data={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"}, timeout=60)
    assert large.status_code == 413
    assert "LIMIT" in large.text
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f . } ORDER BY ?c ?f ?a"
    assert client.post("/sparql", data={"query": greedy}, timeout=60).status_code == 503
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_a_request_that_is_too_large_is_turned_away(client: httpx.Client) -> None:
    answer = client.post("/sparql", content=b"x" * 2_000_000)
    assert answer.status_code == 413
    assert "1,000,000 bytes" in answer.text


def test_sparqlwrapper(address: str) -> None:
    wrapper = SPARQLWrapper(f"{address}sparql")
    wrapper.setQuery("PREFIX kg: <https://w3id.org/talkgraph/terms#>\n" + PEOPLE)
    wrapper.setReturnFormat(JSON)
    found: Any = wrapper.queryAndConvert()
    assert "Max Welling" in {row["name"]["value"] for row in found["results"]["bindings"]}
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(CSV)
    found = wrapper.queryAndConvert()
    assert b"Max Welling" in found
    wrapper.setQuery("PREFIX kg: <https://w3id.org/talkgraph/terms#>\n" + GRAPH)
    wrapper.setReturnFormat(TURTLE)
    found = wrapper.queryAndConvert()
    assert b"trainedAt" in found


def test_sparqlstore_of_rdflib(address: str) -> None:
    remote = rdflib.Graph(SPARQLStore(f"{address}sparql"))
    kg = rdflib.Namespace("https://w3id.org/talkgraph/terms#")
    people = list(remote.subjects(rdflib.RDF.type, kg.Person))
    assert len(people) > 20
    assert "Max Welling" in {str(name) for p in people for name in remote.objects(p, kg.name)}


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl")
def test_curl(address: str) -> None:
    words = ["curl", "-sf", "-H", "Accept: text/csv", "--data-urlencode", f"query={PEOPLE}"]
    found = subprocess.run([*words, f"{address}sparql"], capture_output=True, text=True, check=True)
    assert "Max Welling" in found.stdout


@pytest.mark.skipif(os.name != "posix", reason="signals are sent")
def test_a_server_that_ends_takes_its_workers_with_it(workspace: Path) -> None:
    words = [sys.executable, "-m", "kg", "serve", "-g", str(workspace), "--port", "0"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        url = f"{server.stdout.readline().strip()}sparql"
        with ThreadPoolExecutor(2) as others:
            asked = [others.submit(httpx.post, url, data={"query": ENDLESS}) for _ in range(2)]
            time.sleep(1)
            server.send_signal(signal.SIGINT)
            _, told = server.communicate(timeout=20)
            for one in asked:
                one.exception()
    assert "Traceback" not in told


def test_head_of_an_interface_that_has_get(client: httpx.Client) -> None:
    answer = client.head("/api/stats")
    assert (answer.status_code, answer.content) == (200, b"")
