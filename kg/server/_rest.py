"""REST: what a program asks of a graph, described by OpenAPI. All of it is GET, and pages are bounded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import StringConstraints
from starlette.responses import JSONResponse, Response

from kg.server import _shapes
from kg.server._door import Door
from kg.server._jobs import Refused
from kg.settings import LIMITS

Iri = Annotated[str, Query(max_length=4 * LIMITS.characters, description="an IRI of the graph")]
_LONGEST = 400
"""Letters of an IRI where many are given: all of them stand in the first line of a request."""
Iris = Annotated[
    list[Annotated[str, StringConstraints(max_length=_LONGEST)]],
    Query(alias="iri", max_length=LIMITS.linked, description="IRIs of the graph"),
]
Text = Annotated[str, Query(max_length=LIMITS.characters)]
Name = Annotated[str, Path(max_length=LIMITS.characters, description="a query of the catalogue")]
Map = Annotated[str, Path(max_length=40, description="co-topic, co-speaker, institution-flow")]
Kind = Annotated[str | None, Query(max_length=40, description="person, institution, topic ...")]
Limit = Annotated[int, Query(ge=1, le=LIMITS.most)]
Rows = Annotated[int, Query(ge=1, le=LIMITS.rows)]
Offset = Annotated[int, Query(ge=0, le=LIMITS.deepest)]
Around = Annotated[int, Query(ge=0, le=10 * LIMITS.context, description="letters around it")]

_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": _shapes.Problem, "description": "a value cannot be used; says why"},
    422: {"model": _shapes.Problem, "description": "a value is missing or out of its bounds"},
    404: {"model": _shapes.Problem, "description": "no such name or IRI; says the nearest"},
    503: {"model": _shapes.Problem, "description": "it takes too long, or the server is busy"},
}
_OWN = frozenset({"limit", "offset", "row"})
_VALUES = {
    "parameters": [
        {
            "name": "values",
            "in": "query",
            "description": "the parameters of the query, each by its name",
            "style": "form",
            "explode": True,
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        }
    ]
}


def router(door: Door) -> APIRouter:
    """The routes below ``/api``."""
    routes = APIRouter(prefix="/api", responses=_REFUSALS, default_response_class=Response)
    _things(routes, door)
    _relations(routes, door)
    _catalogue(routes, door)
    _questions(routes, door)
    _maps(routes, door)
    _index(routes, door)
    return routes


def _gives(model: Any, description: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"model": model, "description": description}}


def _things(routes: APIRouter, door: Door) -> None:
    @routes.get("/search", responses=_gives(_shapes.Hits, "the best first"))
    async def search(
        request: Request, q: Text, kind: Kind = None, limit: Limit = LIMITS.page, offset: Offset = 0
    ) -> Response:
        """Things by name: without accents, by an alias, by a beginning, by what is spelt alike."""
        asked = {"q": q, "kind": kind or None, "limit": limit, "offset": offset}
        return await door.answer(request, "search", asked)

    @routes.get("/entity", responses=_gives(_shapes.Entity, "with a page of statements"))
    async def entity(
        request: Request, iri: Iri, limit: Limit = LIMITS.page, offset: Offset = 0
    ) -> Response:
        """All that is known of a thing, each statement with its sentence."""
        return await door.answer(request, "entity", {"iri": iri, "limit": limit, "offset": offset})

    @routes.get("/evidence", responses=_gives(dict[str, Any], "a sentence in its place"))
    async def evidence(request: Request, iri: Iri, context: Around = LIMITS.context) -> Response:
        """The sentence of a claim or span, with what stands around it."""
        return await door.answer(request, "evidence", {"iri": iri, "context": context})

    @routes.get("/home", responses=_gives(_shapes.Home, "the graph at a glance"))
    async def home(request: Request) -> Response:
        """What is in the graph: its numbers and years, sources, what stands out, what needs a look."""
        return await door.kept(request, "home data", {}, {})

    @routes.get("/stats", responses=_gives(dict[str, Any], "counts"))
    async def stats(request: Request) -> Response:
        """What is in the graph."""
        return await door.answer(request, "stats", {})


def _relations(routes: APIRouter, door: Door) -> None:
    @routes.get(
        "/neighbours", responses=_gives(dict[str, Any], "counts, and a page of one relation")
    )
    async def neighbours(
        request: Request,
        iri: Iri,
        relation: Annotated[str | None, Query(max_length=LIMITS.characters)] = None,
        limit: Limit = LIMITS.page,
        offset: Offset = 0,
    ) -> Response:
        """What a thing is tied to: how often by each relation, and the other ends of one relation."""
        asked = {"iri": iri, "relation": relation, "limit": limit, "offset": offset}
        return await door.answer(request, "neighbours", asked)

    @routes.get("/links", responses=_gives(_shapes.Links, "every tie among them"))
    async def links(request: Request, iri: Iris) -> Response:
        """The ties among some things, each with the sentence of the claim that states it."""
        return await door.answer(request, "links", {"iris": iri})

    @routes.get("/path", responses=_gives(dict[str, Any], "the shortest ways, three at most"))
    async def path(request: Request, one: Iri, other: Iri) -> Response:
        """How two things hang together, each step with its sentence."""
        return await door.answer(request, "path", {"one": one, "other": other})


def _catalogue(routes: APIRouter, door: Door) -> None:
    @routes.get("/queries", responses=_gives(list[_shapes.Query], "the catalogue"))
    async def queries(request: Request) -> Response:
        """The queries of the catalogue, and what each is asked with."""
        return await door.answer(request, "queries", {})

    @routes.get(
        "/query/{name}", responses=_gives(_shapes.Answer, "a page of rows"), openapi_extra=_VALUES
    )
    async def query(
        request: Request, name: Name, limit: Rows = LIMITS.most, offset: Offset = 0
    ) -> Response:
        """The answer of a query of the catalogue; its parameters are given by their names."""
        asked = {"name": name, "values": _values(request), "limit": limit, "offset": offset}
        return await door.answer(request, "query", asked)

    @routes.get(
        "/because/{name}", responses=_gives(_shapes.Answer, "sentences"), openapi_extra=_VALUES
    )
    async def because(
        request: Request,
        name: Name,
        row: Annotated[int, Query(ge=1, le=LIMITS.deepest)],
        limit: Rows = LIMITS.most,
    ) -> Response:
        """What a row of an answer rests on, by its number, sentence by sentence."""
        asked = {"name": name, "values": _values(request), "row": row, "limit": limit}
        return await door.answer(request, "because", asked)


def _questions(routes: APIRouter, door: Door) -> None:
    @routes.get("/ask", responses=_gives(_shapes.Asked, "an answer, or why there is none"))
    async def ask(
        request: Request, q: Text, limit: Rows = LIMITS.most, offset: Offset = 0
    ) -> Response:
        """The answer to a question in English, with how it was read and the query that ran."""
        asked = {"question": q, "limit": limit, "offset": offset}
        return await door.answer(request, "ask", asked)


def _maps(routes: APIRouter, door: Door) -> None:
    @routes.get("/charts", responses=_gives(list[_shapes.Chart], "the maps there are"))
    async def charts(request: Request) -> Response:
        """The maps of the graph; none where the server lacks what they are made with."""
        return await door.kept(request, "charts", {}, {})

    @routes.get("/chart/{name}", responses=_gives(dict[str, Any], "places, links, communities"))
    async def chart(request: Request, name: Map) -> Response:
        """A map, laid out beforehand: the same for everyone."""
        return await door.kept(request, "chart", {"name": name}, {})

    @routes.get("/behind/{name}", responses=_gives(dict[str, Any], "talks or people"))
    async def behind(
        request: Request,
        name: Map,
        one: Iri,
        other: Iri,
        offset: Offset = 0,
    ) -> Response:
        """What stands behind a link of a map."""
        asked = {"name": name, "one": one, "other": other, "offset": offset}
        return await door.answer(request, "behind", asked)


def _index(routes: APIRouter, door: Door) -> None:
    @routes.get("", include_in_schema=False)
    @routes.get("/", include_in_schema=False)
    async def index(request: Request) -> Response:
        """What can be asked here, in a line each, and where it is described whole."""
        paths = request.app.openapi()["paths"].items()
        told = {door.root + path[1:]: of["get"]["description"] for path, of in paths}
        return JSONResponse({"described": f"{door.root}api/openapi.json", "paths": told})


def _values(request: Request) -> Mapping[str, str]:
    """What a query is asked with: all that is not the interface's own."""
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in found:
            raise Refused(400, f"{name[:40]} is given more than once")
        if name not in _OWN:
            found[name] = value
    return found
