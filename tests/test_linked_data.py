"""Linked data: every IRI answers in the form that is asked for, the data set describes itself, pages are safe."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import rdflib
from starlette.responses import FileResponse
from starlette.types import Message

import kg
from kg import queries
from kg.server._door import Bounded, ClientGone
from kg.settings import Serving

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
]

BASE = "https://example.org/talkgraph/"
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
FORMS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}


@pytest.fixture(scope="module")
def welling(graph: kg.KnowledgeGraph) -> str:
    """The path of a person's IRI."""
    hit = graph.search("Max Welling")[0]
    return hit.thing.iri.removeprefix(BASE)


@pytest.mark.parametrize(("accept", "form"), FORMS.items())
def test_a_thing_answers_in_the_form_asked_for(
    client: httpx.Client, welling: str, graph: kg.KnowledgeGraph, accept: str, form: str
) -> None:
    answer = client.get(f"/{welling}", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    found = rdflib.Graph().parse(data=answer.text, format=form)
    own = set(graph.rdf.predicate_objects(rdflib.URIRef(BASE + welling)))
    assert own <= set(found.predicate_objects(rdflib.URIRef(BASE + welling)))
    sentences = set(found.objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#exact")))
    assert any("postdoc at Caltech" in str(s) for s in sentences)


@pytest.mark.parametrize("licence", ["https://creativecommons.org/licenses/by/4.0/", "CC <BY> 4.0"])
def test_title_and_licence_are_described(
    serve: Callable[..., str], short: Path, tmp_path: Path, licence: str
) -> None:
    stated = kg.Settings(title="Coast talks", licence=licence)
    kg.build(short, workspace=tmp_path / "x.kg", settings=stated)
    address = serve(tmp_path / "x.kg")
    told = rdflib.Graph().parse(data=httpx.get(f"{address}dataset").text, format="turtle")
    [node] = told.objects(None, rdflib.DCTERMS.license)
    assert [str(name) for name in told.objects(node, rdflib.RDFS.label)] in ([licence], [])
    assert rdflib.Literal("Coast talks") in set(told.objects(None, rdflib.DCTERMS.title))
    home = httpx.get(f"{address}api/home").json()
    assert (home["title"], home["licence"]) == ("Coast talks", licence)
    page = httpx.get(address, headers={"Accept": "text/html"}).text
    assert f"<h1>{home['title']}</h1>" in page
    assert "<BY>" not in page


def test_an_ending_names_the_form_too(client: httpx.Client, welling: str) -> None:
    answer = client.get(f"/{welling}.ttl", headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert answer.headers["content-location"] == f"/{welling}.ttl"
    assert (
        f'</{welling}.jsonld>; rel="alternate"; type="application/ld+json"'
        in answer.headers["link"]
    )


def test_links_lead_to_where_others_know_the_server(
    serve: Callable[..., str], workspace: Path, welling: str
) -> None:
    address = serve(workspace, "--url", "https://talks.example.org/graph")
    page = httpx.get(address + welling, headers={"Accept": "text/html"}, timeout=30)
    assert page.headers["content-location"] == f"/graph/{welling}.html"
    assert f'href="/graph/{welling}.ttl"' in page.text
    assert 'href="/graph/static/explorer/all.css?v=' in page.text


def test_every_iri_of_the_graph_answers(client: httpx.Client, graph: kg.KnowledgeGraph) -> None:
    subjects = sorted({str(s) for s in graph.rdf.subjects() if str(s).startswith(BASE)})
    some = [*subjects[::97], *(s for s in subjects if "/source/" in s or "/run/" in s)][:80]
    for iri in some:
        for accept in ("text/html", "text/turtle"):
            answer = client.get("/" + iri.removeprefix(BASE), headers={"Accept": accept})
            assert answer.status_code == 200, iri
            assert answer.headers["content-type"].startswith(accept)


def test_what_is_not_there_is_not_found(client: httpx.Client) -> None:
    for path in (
        "/person/nobody",
        "/nothing",
        "/query/nothing",
        "/dump/x",
        "/static/x",
        "/person/",
    ):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert answer.text.count("\n") == 1
        page = client.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
        assert (page.status_code, "<h1>Nothing of this name</h1>" in page.text) == (404, True)
    page = client.get("/person/max-wellin", headers={"Accept": "text/html"})
    assert 'href="/find?q=max%20wellin"' in page.text
    assert client.get("/", headers={"Accept": "image/png"}).status_code == 200
    assert client.get("/person/nobody?offset=-1").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd", "/..%2f..%2fetc/passwd", "/static/..%2f..%2fpyproject.toml", "/dump/..%2fmanifest.json",
        "/dump/%2e%2e/manifest.json", "/%00", "/%ff%fe", "//example.org/", "/static/pages.css%00.html",
        "/person/%3Cscript%3Ealert(1)%3C/script%3E", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_paths_lead_nowhere_else(address: str, path: str) -> None:
    with httpx.Client(timeout=30) as client:
        request = client.build_request("GET", address)
        request.url = request.url.copy_with(raw_path=path.encode())
        answer = client.send(request)
    assert answer.status_code in {200, 400, 404}
    if answer.status_code == 200:
        assert "Most connected" in answer.text, "only the home page is found by such a path"
    assert "root:" not in answer.text
    assert not answer.headers["content-type"].startswith("text/html") or answer.status_code == 200


def test_host_and_forwarding_headers_change_nothing(client: httpx.Client, welling: str) -> None:
    plain = client.get(f"/{welling}", headers={"Accept": "text/html"})
    tricked = client.get(
        f"/{welling}",
        headers={
            "Accept": "text/html",
            "Host": "evil.example",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Proto": "https",
            "X-Original-URL": "/dump/graph.nt",
        },
    )
    assert tricked.text == plain.text
    assert "evil.example" not in tricked.text + str(tricked.headers)


def test_the_page_of_a_person_has_schema_org(client: httpx.Client, welling: str) -> None:
    page = client.get(f"/{welling}", headers={"Accept": "text/html"}).text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    told = json.loads(found[1])
    assert (told["@context"], told["@type"]) == ("https://schema.org/", "Person")
    assert told["@id"] == BASE + welling
    assert {"University of Amsterdam", "Microsoft Research"} == {
        a["name"] for a in told["affiliation"]
    }
    assert told["performerIn"]["@type"] == "Event"


def test_the_data_set_describes_itself(client: httpx.Client, graph: kg.KnowledgeGraph) -> None:
    told = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    found = rdflib.Graph().parse(data=told.text, format="turtle")
    (dataset,) = found.subjects(rdflib.RDF.type, VOID.Dataset)
    assert int(str(found.value(dataset, VOID.triples))) == len(graph)
    people = rdflib.URIRef("https://w3id.org/talkgraph/terms#Person")
    part = found.value(None, VOID["class"], people)
    assert int(str(found.value(part, VOID.entities))) == graph.stats()["people"]
    saved = list(found.subjects(rdflib.RDF.type, SH.SPARQLExecutable))
    assert len(saved) == len(queries.catalogue())


def test_a_saved_query_has_an_iri_and_runs_as_it_is(client: httpx.Client) -> None:
    told = client.get("/query/trained-at", headers={"Accept": "text/turtle"})
    found = rdflib.Graph().parse(data=told.text, format="turtle")
    (text,) = found.objects(None, SH.select)
    answer = client.post("/sparql", data={"query": str(text)})
    assert len(answer.json()["results"]["bindings"]) == 3


def test_the_graph_can_be_taken_away(client: httpx.Client, workspace: Path) -> None:
    assert client.get("/dump/graph.nt").content == (workspace / "graph.nt").read_bytes()
    assert client.get("/dump/records.jsonl").content == (workspace / "records.jsonl").read_bytes()


def test_a_dump_that_is_taken_too_slowly_is_given_up(workspace: Path) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60 if sent else 0)
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)
        await asyncio.sleep(60 if message.get("body") else 0)

    asked = {"type": "http", "method": "GET", "path": "/", "raw_path": b"/", "headers": []}
    dump = FileResponse(workspace / "records.jsonl")
    size = (workspace / "records.jsonl").stat().st_size
    slowly = Bounded(dump, Serving(max_idle=0.2 - size / 50_000))
    start = time.monotonic()
    with pytest.raises(ClientGone):
        asyncio.run(slowly(asked, receive, send))
    assert time.monotonic() - start < 20
    assert [m["type"] for m in sent] == ["http.response.start", "http.response.body"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/", "Most connected"),
        ("/find?q=wellin", "Max Welling"),
        ("/find?q=who+trained+at+caltech", "Ramya Korlakai Vinayak"),
        ("/find?q=", "Nothing has this name"),
        ("/find?q=zzzz+qqqq+xxxx+yyyy", "You can ask"),
        ("/queries", "Speakers who trained at an institution"),
        ("/query/trained-at?institution=UCL&run=1", "Max Welling"),
        ("/query/trained-at?institution=Nowhereland&run=1", "Nowhereland"),
    ],
)
def test_pages_for_people(client: httpx.Client, path: str, told: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert told in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"


HOSTILE = "<script>alert(1)</script>"
PAGE = f"""The "{HOSTILE}" of Logic & Tides
Ada Bergström, Lund University

Abstract: We study {HOSTILE} rewriting systems that follow the tide.

Bio: Ada Bergström is a professor of computer science at Lund University. She got her PhD
from {HOSTILE} Ghent University.
"""


def test_what_pages_say_is_text_and_never_markup(serve: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    found = kg.build(tmp_path / "page.txt", workspace=tmp_path / "graph.kg")
    address = serve(tmp_path / "graph.kg")
    paths = ["/", f"/find?q={HOSTILE}", f"/query/trained-at?institution={HOSTILE}&run=1"]
    paths += [
        "/" + str(s).removeprefix(BASE)
        for s in found.rdf.subjects(unique=True)
        if str(s).startswith(BASE)
    ]
    assert any(HOSTILE in str(o) for o in found.rdf.objects()), "nothing to be afraid of"
    for path in paths:
        page = httpx.get(address + path.lstrip("/"), headers={"Accept": "text/html"}, timeout=30)
        assert page.status_code == 200, path
        assert HOSTILE not in page.text, path
        ours = page.text.count('<script defer src="/static/explorer/all.js?v=')
        told = page.text.count('<script type="application/ld+json">')
        told += page.text.count('<script type="application/json" id="told">')
        assert (ours, page.text.count("<script")) == (1, 1 + told)


def test_a_new_build_is_served_from_the_next_request_on(
    serve: Callable[..., str], tmp_path: Path, short: Path
) -> None:
    folder = tmp_path / "graph.kg"
    kg.build(short, workspace=folder)
    address = serve(folder)
    asked = {"query": "SELECT ?title { ?t kg:title ?title }", "format": "csv"}
    assert httpx.get(f"{address}sparql", params=asked).text.split("\r\n")[1] == "Tides of Logic"
    short.write_text(short.read_text("utf-8").replace("Tides of Logic", "Tides of Reason"), "utf-8")
    kg.build(short, workspace=folder)
    assert httpx.get(f"{address}sparql", params=asked).text.split("\r\n")[1] == "Tides of Reason"


def test_an_n_triples_file_is_served_too(
    serve: Callable[..., str], workspace: Path, tmp_path: Path
) -> None:
    file = tmp_path / "talks.nt"
    file.write_bytes((workspace / "graph.nt").read_bytes())
    address = serve(file)
    assert "Max Welling" in httpx.get(f"{address}api/search", params={"q": "welling"}).text
