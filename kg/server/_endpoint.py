"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): by GET, by form, by the body of a POST."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.server._door import VARIES, Door, safe
from kg.server._fields import Fields, content_type, every, one, read
from kg.server._jobs import Refused
from kg.server._media import GRAPHS, PAGE, RESULTS, chosen

_QUERY, _UPDATE = "application/sparql-query", "application/sparql-update"
_READ_ONLY = "this endpoint is read only"


def routes(door: Door) -> list[Route]:
    """Where the endpoint is."""

    async def sparql(request: Request) -> Response:
        fields = await _fields(request)
        query = one(fields, "query")
        if query is None:
            if request.method == "POST":
                raise Refused(
                    400, "no query; send one as the field query, or as application/sparql-query"
                )
            return await _described(door, request)
        if _reads(door, request, fields):
            return await _page(door, request, query)
        arguments = {
            "query": query,
            "defaults": every(fields, "default-graph-uri"),
            "named": every(fields, "named-graph-uri"),
            "accept": door.told_of(request)["accept"],
            "format": _format(fields),
        }
        return await door.answer(request, "sparql", arguments, VARIES)

    return [Route("/sparql", sparql, methods=["GET", "POST"])]


async def _described(door: Door, request: Request) -> Response:
    """What the endpoint is: a form for people, a service description for programs."""
    told = door.told_of(request)
    if chosen(told["accept"], GRAPHS | PAGE) == "html":
        return await _page(door, request, None)
    return await door.answer(request, "service", told, VARIES)


def _reads(door: Door, request: Request, fields: Fields) -> bool:
    """Whether it is a person who follows a link to a query: a browser, which takes pages before any results."""
    accept = door.told_of(request)["accept"]
    plainly = request.method != "POST" and one(fields, "format") is None
    return plainly and chosen(accept, RESULTS | GRAPHS | PAGE) == "html"


async def _page(door: Door, request: Request, query: str | None) -> Response:
    """The page on which queries are written, with one in it or an example."""
    told = door.told_of(request) | {"query": query}
    return await door.answer(request, "sparql page", told, VARIES | safe(request))


def _format(fields: Fields) -> str | None:
    """The format that a client names beside its Accept header; a name of another server's is passed over."""
    name = one(fields, "format") or ""
    return name if name in RESULTS | GRAPHS else None


async def _fields(request: Request) -> Fields:
    """The parameters of an operation, from where the protocol has them; there is none that writes."""
    if request.method == "POST" and content_type(request)[0] == _UPDATE:
        raise Refused(403, _READ_ONLY)
    fields = await read(request, _QUERY)
    if every(fields, "update"):
        raise Refused(403, _READ_ONLY)
    return fields
