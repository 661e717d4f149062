"""The OpenRefine reconciliation service, version 0.2 of its API: where its functions are reached."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.server._door import Door
from kg.server._fields import number, one, read
from kg.settings import LIMITS

_FRAMED = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
"""The preview is shown inside of somebody's table, and its style stands in it."""


def routes(door: Door) -> list[Route]:
    """Where the service is."""

    async def service(request: Request) -> Response:
        fields = await read(request)
        for what in ("queries", "extend"):
            batch = one(fields, what)
            if batch is not None:
                return await door.answer(request, "batch", {"batch": batch, "what": what})
        return await door.answer(request, "manifest", {"home": door.home})

    async def preview(request: Request) -> Response:
        asked = {"id": request.query_params.get("id", "")}
        return await door.answer(request, "preview", asked, _FRAMED)

    async def suggest(request: Request) -> Response:
        given = request.query_params
        asked = {
            "what": request.path_params["what"],
            "prefix": given.get("prefix", ""),
            "cursor": number(given, "cursor", 0),
            "type": given.get("type") or None,
        }
        return await door.answer(request, "suggest", asked)

    async def properties(request: Request) -> Response:
        given = request.query_params
        asked = {"type": given.get("type", ""), "limit": number(given, "limit", LIMITS.page)}
        return await door.answer(request, "properties", asked)

    return [
        Route("/reconcile", service, methods=["GET", "POST"]),
        Route("/reconcile/preview", preview),
        Route("/reconcile/properties", properties),
        Route("/reconcile/suggest/{what}", suggest),
    ]
