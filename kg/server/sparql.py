"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): by GET, by form, by the body of a POST."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.server._door import SAFE, Door
from kg.server._jobs import Refused
from kg.server._media import GRAPHS, PAGE, chosen

_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_READ_ONLY = "this endpoint is read only"
_FORMATS = ("json", "xml", "csv", "tsv", "ttl", "nt", "jsonld", "rdf")
_MOST_FIELDS = 100
Fields = list[tuple[str, str]]


def routes(door: Door) -> list[Route]:
    """Where the endpoint is."""

    async def sparql(request: Request) -> Response:
        fields = await _fields(request)
        query = _one(fields, "query")
        if query is None:
            if request.method == "POST":
                raise Refused(
                    400, "no query; send one as the field query, or as application/sparql-query"
                )
            return await _described(door, request)
        arguments = {
            "query": query,
            "defaults": _all(fields, "default-graph-uri"),
            "named": _all(fields, "named-graph-uri"),
            "accept": door.told_of(request)["accept"],
            "format": _format(fields),
        }
        return await door.answer(request, "sparql", arguments, _VARIES)

    return [Route("/sparql", sparql, methods=["GET", "POST"])]


async def _described(door: Door, request: Request) -> Response:
    """What the endpoint is: a form for people, a service description for programs."""
    told = door.told_of(request)
    if chosen(told["accept"], GRAPHS | PAGE) == "html":
        return await door.answer(request, "sparql page", told, _VARIES | SAFE)
    return await door.answer(request, "service", told, _VARIES)


_VARIES = {"Vary": "Accept"}


def _format(fields: Fields) -> str | None:
    """The format that a client names beside its Accept header; a name of another server's is passed over."""
    name = _one(fields, "format") or ""
    return name if name in _FORMATS else None


async def _fields(request: Request) -> Fields:
    """The parameters of an operation, from where the protocol has them."""
    asked = _parsed(request.scope["query_string"])
    if request.method != "POST":
        return _checked(asked)
    kind, charset = _content_type(request)
    if kind == _UPDATE:
        raise Refused(403, _READ_ONLY)
    if kind not in {_FORM, _QUERY}:
        raise Refused(415, f"a query comes as {_FORM} or {_QUERY}")
    if charset not in {"", "utf-8", "utf8"}:
        raise Refused(415, "a query comes in UTF-8")
    body = await request.body()
    if kind == _FORM:
        return _checked([*asked, *_parsed(body)])
    try:
        return _checked([*asked, ("query", body.decode())])
    except UnicodeDecodeError:
        raise Refused(400, "the query is no UTF-8") from None


def _content_type(request: Request) -> tuple[str, str]:
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    charset = dict(_pair(p) for p in rest.split(";")).get("charset", "")
    return kind.strip().lower(), charset


def _pair(parameter: str) -> tuple[str, str]:
    name, _, value = parameter.partition("=")
    return name.strip().lower(), value.strip().strip('"').lower()


def _parsed(text: bytes) -> Fields:
    try:
        return parse_qsl(
            text.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise Refused(400, "the fields of this request cannot be read") from None


def _checked(fields: Fields) -> Fields:
    if _all(fields, "update"):
        raise Refused(403, _READ_ONLY)
    return fields


def _all(fields: Fields, name: str) -> list[str]:
    return [value for key, value in fields if key == name]


def _one(fields: Fields, name: str) -> str | None:
    found = _all(fields, name)
    if len(found) > 1:
        raise Refused(400, f"{name} is given {len(found)} times; give it once")
    return found[0] if found else None
