"""Servers that answer what they should not: each is one line of an error, and nobody else is asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import NamedNode

import kg
from kg.errors import KgError, MissingPart, RemoteError
from kg.remote import RemoteStore
from kg.settings import Server

if TYPE_CHECKING:
    from tests.conftest import Reply

pytestmark = pytest.mark.loopback
Handler = BaseHTTPRequestHandler
JSON = "application/sparql-results+json"
LIMITS = Server(timeout=20.0, most_bytes=100_000)
YES = b'{"head":{},"boolean":true}'
SECRET = "tide-and-shore"


def sends(body: bytes, media: str = JSON, status: int = 200, **headers: str) -> Reply:
    """Answer with this."""

    def reply(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **headers}.items():  # fmt: skip
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def endless(handler: Handler) -> None:
    """Answer without an end."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 10_000)


def silent(handler: Handler) -> None:
    """Promise an answer, and break off."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b'{"head":')


@dataclass
class Place:
    """A server on this machine: what it replies to whom, and what it was asked."""

    url: str = ""
    replies: list[Reply] = field(default_factory=lambda: [sends(YES)])
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    passwords: list[str | None] = field(default_factory=list)

    def then(self, *replies: Reply) -> None:
        """Answer the first question as a server does, and further ones with these, the last over and over."""
        self.replies = [sends(YES), *replies]

    def answer(self, handler: Handler) -> None:
        """Note a question and reply."""
        length = int(handler.headers.get("Content-Length", 0))
        body = handler.rfile.read(length).decode()
        self.asked.append((handler.command, handler.path, body))
        self.passwords.append(handler.headers.get("Authorization"))
        (self.replies.pop(0) if len(self.replies) > 1 else self.replies[0])(handler)


@pytest.fixture
def place(listen: Callable[[Reply], str]) -> Place:
    """A server that says yes."""
    here = Place()
    here.url = f"{listen(here.answer)}/query"
    return here


def fails(work: Callable[[], object], *words: str) -> str:
    """The one line of what goes wrong."""
    with pytest.raises(KgError) as caught:
        work()
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 400
    for word in words:
        assert word in line
    return line


def rows_of(store: RemoteStore, text: str) -> list[Any]:
    """The solutions of a query."""
    found: Any = store.query(text)
    return list(found)


HTML = (
    b"<html><head><title>Hi</title><script>x()</script></head><body><h1>Welcome</h1></body></html>"
)
CUT = (
    b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"a"}},{"n":{"ty'
)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (sends(HTML, "text/html"), ["is text/html, not application/sparql-results+json"]),
        (sends(HTML, status=500), ["HTTP 500: Hi Welcome"]),
        (sends(b"x" * 50_000, "text/plain", 500), ["HTTP 500: xxx"]),
        (sends(b"\x1b[31mred\r\nlines", "text/plain", 400), ["HTTP 400: [31mred lines"]),
        (sends(CUT), ["breaks off"]),
        (sends(b"[]"), ["holds no SPARQL results"]),
        (sends(YES), ["another kind of question"]),
        (sends(b""), ["holds no SPARQL results"]),
        (endless, ["more than 100,000 bytes"]),
        (silent, ["the connection broke"]),
        (sends(b"", status=302, Location="http://elsewhere.example/query"), ["redirects to http://elsewhere.example/query"]),
        (sends(b"", status=307, Location="/other"), ["redirects to /other"]),
        (sends(b"", status=401, WWW_Authenticate="Digest"), ["set TALKGRAPH_STORE_USER"]),
        (sends(b"no", "text/plain", 403), ["HTTP 403"]),
        (sends(b"{}", X_SQL_Message="time is up"), ["is not whole: time is up"]),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_one_line(place: Place, reply: Reply, words: list[str]) -> None:
    place.then(reply)
    store = RemoteStore(place.url, limits=LIMITS)
    fails(lambda: rows_of(store, "SELECT ?n WHERE { ?s ?p ?n }"), *words)
    assert {path for _, path, _ in place.asked} == {"/query"}


@pytest.mark.parametrize("reply", [sends(HTML, "text/html"), sends(HTML, "text/html", 404)])
def test_a_site_is_no_server(place: Place, reply: Reply) -> None:
    """The ends that query services have are tried, and nothing further."""
    place.replies = [reply]
    fails(lambda: kg.connect(place.url), place.url)
    assert [path for _, path, _ in place.asked] == ["/query", "/query/query", "/query/sparql"]


def test_nobody_is_there(tmp_path: Path) -> None:
    fails(lambda: kg.connect("http://127.0.0.1:9/query"), "nobody answers at http://127.0.0.1:9")
    for wrong in (
        "ftp://127.0.0.1/",
        "talks.kg",
        "http://",
        "http://127.0.0.1:port/",
        "http://a\nb/",
    ):
        fails(lambda url=wrong: kg.connect(url), "no http or https address")  # type: ignore[misc]


def test_a_graph_is_named_by_an_iri(place: Place) -> None:
    for wrong in ("talks", "https://example.org/a> <b", "https://example.org/a b"):
        fails(lambda iri=wrong: kg.connect(place.url, iri), "no IRI")  # type: ignore[misc]


def test_a_slow_server_is_given_up(place: Place) -> None:
    from time import sleep

    def slow(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        for _ in range(60):
            handler.wfile.write(b" ")
            sleep(0.1)

    place.then(slow)
    store = RemoteStore(place.url, limits=Server(timeout=0.5))
    fails(lambda: store.query("ASK { }"), "within 0.5 seconds")


def test_the_password_goes_to_the_server_alone(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it asks for one, and in no message; what is secret in an address, too."""
    wants = sends(b"", status=401, WWW_Authenticate='Basic realm="x"')
    place.replies = [wants, sends(YES), sends(f"no {SECRET}".encode(), "text/plain", 500)]
    url = place.url.replace("http://", f"http://ada:{SECRET}@")
    store = RemoteStore(url, limits=LIMITS)
    assert place.passwords[0] is None
    assert place.passwords[1]
    assert SECRET not in fails(lambda: store.query("ASK { }"), "HTTP 500: no ...")
    monkeypatch.setenv("TALKGRAPH_STORE_USER", "ada")
    monkeypatch.setenv("TALKGRAPH_STORE_PASSWORD", SECRET)
    place.replies = [wants]
    assert SECRET not in fails(lambda: kg.connect(place.url), "refuses the name and password")
    place.replies = [sends(b"", status=302, Location=f"http://ada:{SECRET}@elsewhere.example/")]
    assert SECRET not in fails(lambda: kg.connect(url), "redirects to http://elsewhere.example/")


def test_a_server_that_ends_its_answers_is_asked_on(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """Page by page, unless the query has a limit of its own: then it is told."""

    def rows(*values: str) -> Reply:
        bound = [{"n": {"type": "literal", "value": v}} for v in values]
        told = {"head": {"vars": ["n"]}, "results": {"bindings": bound}}
        return sends(json.dumps(told).encode(), X_SPARQL_MaxRows="2")

    place.then(rows("a", "b"), rows("c", "d"), rows("e"))
    store = RemoteStore(place.url, limits=LIMITS)
    found = rows_of(store, "SELECT ?n { ?s ?p ?n }")
    assert [term.value for row in found for term in row] == ["a", "b", "c", "d", "e"]
    assert "OFFSET+4" in place.asked[-1][2]
    place.replies = [rows("a", "b")]
    assert len(rows_of(store, "SELECT ?n { ?s ?p ?n } LIMIT 5")) == 2
    assert "ends its answers after 2 rows" in caplog.text


def test_what_broke_off_is_asked_for_again(place: Place) -> None:
    """An error is no empty answer, then or later."""
    said = {"p": {"type": "uri", "value": "https://a/p"}, "o": {"type": "literal", "value": "b"}}
    told = {"head": {"vars": ["p", "o"]}, "results": {"bindings": [said]}}
    place.then(sends(b"busy", "text/plain", 503), sends(json.dumps(told).encode()))
    store = RemoteStore(place.url, limits=LIMITS)
    node = NamedNode("https://a/s")
    fails(lambda: store.quads_for_pattern(node, None, None), "HTTP 503: busy")
    found = store.quads_for_pattern(node, None, None)
    assert [str(quad.object) for quad in found] == ['"b"']


def counted(number: int) -> Reply:
    """The answer to a count."""
    value = {"n": {"type": "literal", "value": str(number)}}
    return sends(json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": [value]}}).encode())


DONE = sends(b"", "text/plain", 204)
GONE = sends(b"nothing here", "text/plain", 404)


def test_what_does_not_arrive_is_an_error(place: Place, graph: kg.KnowledgeGraph) -> None:
    """A graph that was there stays; one that was not is taken away again."""
    place.then(counted(9), DONE, DONE, counted(7), DONE)
    fails(lambda: graph.push(place.url), "holds 7; what was there is untouched")
    assert [(how, path) for how, path, _ in place.asked[2:]] == [
        ("POST", "/update"),
        ("PUT", "/store?graph=urn%3Atalkgraph%3Aloading%3Adefault"),
        ("POST", "/query"),
        ("POST", "/update"),
    ]
    assert not any("MOVE" in body for _, _, body in place.asked)
    place.asked.clear()
    place.then(counted(0), GONE, DONE)
    fails(lambda: graph.push(place.url), "HTTP 404: nothing here")
    assert [(how, path) for how, path, _ in place.asked[2:]] == [
        ("PUT", "/store?default="),
        ("DELETE", "/store?default="),
    ]


def test_a_server_without_update_gets_it_at_once(place: Place, graph: kg.KnowledgeGraph) -> None:
    place.then(counted(9), GONE, DONE, counted(len(graph)))
    assert graph.push(place.url, "https://example.org/t").triples == len(graph)
    assert [(how, path) for how, path, _ in place.asked[3:]] == [
        ("PUT", "/store?graph=https%3A%2F%2Fexample.org%2Ft"),
        ("POST", "/query"),
    ]


def test_other_addresses_can_be_named(place: Place, graph: kg.KnowledgeGraph) -> None:
    """On the same machine: the password is for no other."""
    at = place.url.removesuffix("/query")
    place.then(counted(0), DONE, counted(len(graph)))
    graph.push(place.url, update=f"{at}/change", store=f"{at}/graphs")
    assert ("PUT", "/graphs?default=") in {(how, path) for how, path, _ in place.asked}
    fails(lambda: graph.push(place.url, store="http://elsewhere.example/store"), "another machine")


def test_it_needs_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingPart, match=r"talkgraph\[remote\]"):
        kg.connect("http://127.0.0.1:1/")


def test_errors_are_of_one_kind() -> None:
    assert issubclass(RemoteError, KgError)
