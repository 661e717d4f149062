"""Linked data: every IRI of the graph answers, the data set describes itself, and all of it can be taken away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg import resources
from kg.server._door import VARIES, Door, safe
from kg.server._fields import number
from kg.server._front import FOREVER, Part, parts
from kg.server._jobs import Refused
from kg.server._media import DUMPS, GRAPHS, TERMS, chosen

Handler = Callable[[Request], Awaitable[Response]]
_FOLDERS = ("explorer", "vendor")
_ROBOTS = "User-agent: *\nDisallow: /sparql\nDisallow: /api/\nDisallow: /find\n"


def routes(door: Door) -> list[BaseRoute]:
    """Where things, descriptions and dumps are; the last route takes whatever no other does."""

    async def void(request: Request) -> Response:
        return await door.kept(request, "void", _negotiable(door, request), VARIES)

    async def thing(request: Request) -> Response:
        given = dict(request.query_params)
        whole = request.scope["raw_path"].decode("latin-1")
        path = unquote(whole.removeprefix(request.scope["root_path"]).removeprefix("/"))
        more = {"path": path, "offset": number(given, "offset", 0), "values": given}
        asked = door.told_of(request) | more
        return await door.kept(request, "thing", asked, VARIES | safe(request))

    async def dump(request: Request) -> Response:
        name = request.path_params["name"]
        file = resources.folder("ontology") / name if name in TERMS else door.place / name
        if name not in (*DUMPS, *TERMS) or not file.is_file():
            raise Refused(404, f"no dump of this name; there is {', '.join((*DUMPS, *TERMS))}")
        if name in TERMS:
            return FileResponse(file, media_type=GRAPHS["ttl"], filename=name)
        return FileResponse(file, media_type=DUMPS[name], filename=name)

    return [
        *_pages(door),
        Route("/.well-known/void", void),
        Route("/dataset", void),
        Route("/dump/{name}", dump),
        *(_part(part) for part in parts()),
        *(_folder(name) for name in _FOLDERS),
        Route("/robots.txt", _robots),
        Route("/{path:path}", thing),
    ]


def _pages(door: Door) -> list[BaseRoute]:
    """Where the pages for people are that tell of no one thing."""

    def page(job: str, name: str = "") -> Handler:
        async def answered(request: Request) -> Response:
            asked = {"q": request.query_params.get("q", ""), "page": name}
            return await door.answer(request, job, door.told_of(request) | asked, safe(request))

        return answered

    async def landing(request: Request) -> Response:
        return await door.kept(request, "home", {"root": door.root}, safe(request))

    return [
        Route("/", landing),
        Route("/find", page("find")),
        Route("/queries", page("queries page")),
        *(Route(f"/{name}", page("empty page", name)) for name in ("map", "way", "text")),
    ]


def _negotiable(door: Door, request: Request) -> dict[str, str]:
    """What a description is told: the form it is to have, not all that the client would take."""
    told = door.told_of(request)
    return told | {"accept": GRAPHS[chosen(told["accept"], GRAPHS) or "ttl"].partition(";")[0]}


def _part(part: Part) -> Route:
    async def given(_: Request) -> Response:
        return Response(part.text, headers=FOREVER, media_type=part.kind)

    return Route(f"/static/explorer/{part.name}", given)


def _folder(name: str) -> Mount:
    return Mount(f"/static/{name}", StaticFiles(directory=resources.folder(f"viz/{name}")))


async def _robots(_: Request) -> Response:
    return PlainTextResponse(_ROBOTS)
