"""Where a server is queried, changed and sent whole graphs: three addresses, found by the one that a user gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pyoxigraph import NamedNode

from kg.errors import RemoteError
from kg.remote._http import Line, Told, address, shown

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
_ASK = "ASK { ?s ?p ?o }"
_QUERIES = ("", "/query", "/sparql")
"""What is tried behind an address, in turn."""
_KNOWN = (
    (re.compile(r"(https?://[^/]+)/query"), ("/update", "/store")),  # Oxigraph
    (re.compile(r"(https?://[^/]+/.+)/(?:query|sparql)"), ("/update", "/data")),  # Apache Jena Fuseki
    (re.compile(r"(.*/repositories/[^/]+)"), ("/statements", "/rdf-graphs/service")),  # RDF4J, GraphDB
)  # fmt: skip
_VIRTUOSO = {
    False: ("/sparql", "/sparql", "/sparql-graph-crud"),
    True: ("/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),
}
"""Of Virtuoso, without and with a name and password (https://docs.openlinksw.com/virtuoso/rdfsparqlprotocolendpoint/)."""
_ROW_BY_ROW = "DEFINE sql:log-enable 3 "
_GRAPH = "default-graph-uri"


@dataclass(frozen=True)
class Places:
    """Where one server answers.

    Parameters:
        query: to questions (SPARQL 1.1 Protocol).
        update: to changes (SPARQL 1.1 Update).
        store: to whole graphs (SPARQL 1.1 Graph Store HTTP Protocol).
        nameless: whether graphs without a name can be sent.
        bitwise: what stands before a change that is to be made row by row, not at once; empty where none does that.
        quick: the media type in which it sends names and IRIs soonest.
    """

    query: str
    update: str
    store: str
    nameless: bool = True
    bitwise: str = ""
    quick: str = JSON


def split(url: str) -> tuple[str, str | None]:
    """An address, and the graph that it names by the protocol's own parameter.

    Raises:
        RemoteError: it is no http or https address.
    """
    address(url)
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    graph = next((value for name, value in pairs if name == _GRAPH), None)
    rest = urlencode([(name, value) for name, value in pairs if name != _GRAPH])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, rest, "")), graph


def iri(text: str | None) -> str | None:
    """An IRI as it may stand in a query, or None.

    Raises:
        RemoteError: the text is none.
    """
    if text is None:
        return None
    try:
        return NamedNode(text).value
    except ValueError:
        raise RemoteError(
            f"{text[:80]!r} is no IRI of a graph; one such is https://example.org/talks"
        ) from None


def found(line: Line, update: str | None = None, store: str | None = None) -> Places:
    """The places of a server that answers a question, with those that the user named.

    Raises:
        RemoteError: nobody answers, nothing there answers SPARQL, or a place is on another machine.
    """
    for url in filter(None, (update, store)):
        if urlsplit(address(url)[0]).hostname != urlsplit(line.url).hostname:
            raise RemoteError(f"{shown(url)} is on another machine than {shown(line.url)}")
    query, server = _query(line)
    if server.lower().startswith("virtuoso"):
        base = re.sub(r"/sparql(-auth)?/?$", "", query)
        its = tuple(base + end for end in _VIRTUOSO[line.has_password])
        return Places(
            its[0],
            update or its[1],
            store or its[2],
            nameless=False,
            bitwise=_ROW_BY_ROW,
            quick=XML,
        )
    base = query.partition("?")[0].rstrip("/")
    matches = ((form.fullmatch(base), ends) for form, ends in _KNOWN)
    start, ends = next(((m[1], ends) for m, ends in matches if m), (base, ("", "")))
    return Places(query, update or start + ends[0], store or start + ends[1])


def _query(line: Line) -> tuple[str, str]:
    """Where questions are answered, and what the server calls itself."""
    parts = urlsplit(line.url)
    refused: RemoteError | None = None
    for end in _QUERIES:
        url = urlunsplit(parts._replace(path=parts.path.rstrip("/") + end)) if end else line.url
        try:
            reply = line.ask("POST", url, data={"query": _ASK}, headers={"Accept": JSON})
        except Told as error:
            refused = refused or error
            continue
        if reply.media in {JSON, "application/json"}:
            return url, reply.headers.get("server", "")
        refused = refused or RemoteError(
            f"{shown(url)} answers a question with {reply.media or 'nothing'}, not with SPARQL results"
        )
    raise refused or RemoteError(f"{shown(line.url)} answers no SPARQL")
