"""Between HTTP and the workers: a request becomes a job, its result an answer that the client takes."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from logging import getLogger
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.operations import whole
from kg.server import _pages
from kg.server._jobs import BROKEN, Refused
from kg.server._keeping import Answer, Kept
from kg.server._media import PAGE, chosen
from kg.server._pool import Pool, Result, looked_at
from kg.settings import Serving

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
VARIES = {"Vary": "Accept"}
_LOG = getLogger("kg.server")
_TELLING = {"text": "text/plain", **PAGE}
_LONGEST = 500
_RETRY = {"Retry-After": "5"}
_SLOWEST = 50_000
"""Bytes a second that a client must take of a long answer, or give of a long request."""
_WHOLE = re.compile(rb"https?://[^/]*", re.IGNORECASE)
"""What an address begins with before its path."""
_SAFE = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)


class Door:
    """What the handlers of a server ask."""

    def __init__(self, pool: Pool, serving: Serving, place: Path, base: str) -> None:
        """Remember whom to ask, the folder of the graph, and what its IRIs begin with."""
        self.pool, self.serving, self.place = pool, serving, place
        self.home = serving.url or base
        self._kept = Kept()
        self.root = urlsplit(serving.url).path or "/"

    def told_of(self, request: Request) -> dict[str, Any]:
        """What jobs are told that answer in several forms: what the client likes, and where it is."""
        accept = ",".join(request.headers.getlist("accept"))
        return {"accept": accept, "home": self.home, "root": self.root}

    async def answer(
        self,
        request: Request,
        job: str,
        arguments: Mapping[str, Any],
        headers: Mapping[str, str] = {},
    ) -> Response:
        """Do a job for a request; it is ended when the client leaves.

        Raises:
            Refused: it cannot be done.
        """
        doing = asyncio.ensure_future(self.pool.run(job, arguments))
        leaving = asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait({doing, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not doing.done():
                return Response(status_code=499)
            return _Sent(doing.result(), self.pool, headers)
        finally:
            for task in (doing, leaving):
                task.cancel()
                task.add_done_callback(looked_at)

    async def kept(
        self, request: Request, job: str, arguments: Mapping[str, Any], headers: Mapping[str, str]
    ) -> Response:
        """The answer of a job that says the same until the next build: it is done once, if it is asked for often.

        Raises:
            Refused: it cannot be done.
        """
        build, asked = self.pool.stamp(), f"{job} {json.dumps(arguments, sort_keys=True)}"
        kept = self._kept.found(build, asked)
        if kept is None:
            sent = await self.answer(request, job, arguments, headers)
            if not isinstance(sent, _Sent):
                return sent
            told = sent.result.headers | {"Content-Type": sent.result.kind}
            kept = Answer(b"".join(sent.result.chunks), told)
            self._kept.put(build, asked, kept)
            self.pool.done(sent.result)
        return Response(kept.body, headers={**headers, **kept.headers})


def safe(request: Request) -> dict[str, str]:
    """The policy of a page: our own scripts alone, nothing from elsewhere, in no frame but where that is asked for."""
    embedded = request.query_params.get("embed") == "1"
    return {"Content-Security-Policy": _POLICY + ("*" if embedded else "'none'")}


async def _left(request: Request) -> None:
    """Wait until the client is gone; what it still sends is of no interest."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Sent(Response):
    """A result on its way, counted out once it is sent or given up."""

    def __init__(self, result: Result, pool: Pool, headers: Mapping[str, str]) -> None:
        told = {**headers, **result.headers, "Content-Length": str(result.size)}
        super().__init__(headers=told, media_type=result.kind)
        self.result, self._pool = result, pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await send(
                {
                    "type": "http.response.start",
                    "status": self.status_code,
                    "headers": self.raw_headers,
                }
            )
            for part in () if scope["method"] == "HEAD" else self.result.chunks:
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            self._pool.done(self.result)


class ClientGone(Exception):
    """A client that takes its answer too slowly; raised to have the connection closed."""


def refusal(request: Request, error: Exception) -> Response:
    """The answer to what is refused: a line of text, or JSON below ``/api``."""
    assert isinstance(error, Refused)
    headers = _RETRY if error.status == 503 else {}
    if request.url.path.startswith(("/api/", "/reconcile")):
        told = json.dumps({"error": error.reason}, ensure_ascii=False)
        return Response(told, error.status, headers, "application/json")
    if chosen(request.headers.get("accept"), _TELLING) == "html":
        state = request.app.state
        page = _pages.refused(error, state.root, state.base, request.url.path)
        return HTMLResponse(page, error.status, {**headers, **safe(request)})
    return PlainTextResponse(f"{error.reason}\n", error.status, headers)


def unfit(request: Request, error: Exception) -> Response:
    """The answer to values that are missing or out of their bounds."""
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
    return refusal(request, Refused(422, whole(wrong)[:_LONGEST]))


def broken(request: Request, error: Exception) -> Response:
    """The answer where something went wrong that should not: the log says what, the client no more than that."""
    _LOG.error("%s: %s: %s", request.url.path[:200], type(error).__name__, error)
    return refusal(request, Refused(500, BROKEN))


class Bounded:
    """Requests no larger than allowed, read before anything is done; answers that are taken in time, and safely."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        """Wrap an application."""
        self._app, self._serving, self._arriving = app, serving, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope, answered = _of_origin(scope), _safely(send)
        try:
            body = await self._body(scope, receive)
        except Refused as refused:
            answer = refusal(Request(scope), refused)
            answer.headers["connection"] = "close"
            await answer(scope, receive, answered)
            return
        if scope["method"] == "HEAD" and scope["path"].startswith("/api"):
            scope, answered = {**scope, "method": "GET"}, _headed(answered)
        try:
            async with asyncio.timeout(None) as limit:
                await self._app(scope, _replayed(body, receive), self._taken(answered, limit))
        except TimeoutError:
            if limit.expired():
                raise ClientGone from None
            raise

    def _patience(self, size: int) -> float:
        """Seconds that so many bytes may take on their way."""
        return self._serving.max_idle + size / _SLOWEST

    def _taken(self, send: Send, limit: asyncio.Timeout) -> Send:
        """An answer that must be taken in time, once it is begun."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                size = int(dict(message["headers"]).get(b"content-length", b"0"))
                limit.reschedule(asyncio.get_running_loop().time() + self._patience(size))
            await send(message)

        return sent

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        most = self._serving.max_request
        too_large = Refused(413, f"a request may have {most:,} bytes")
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if not told.isdigit() or int(told) > most:
            raise too_large
        body = bytearray()
        try:
            async with asyncio.timeout(self._patience(most)):
                while True:
                    message = await receive()
                    part = message.get("body", b"")
                    body += part
                    self._arriving += len(part)
                    if len(body) > most:
                        raise too_large
                    if self._arriving > self._serving.max_held // 4:
                        raise Refused(503, "too many large requests at once")
                    if not message.get("more_body"):
                        return bytes(body)
        except TimeoutError:
            raise Refused(408, "the request does not come to its end") from None
        finally:
            self._arriving -= len(body)


def _of_origin(scope: Scope) -> Scope:
    """A request by its path alone, also where its target names a host (RFC 9112, section 3.2.2): there is one here."""
    found = _WHOLE.match(scope["raw_path"])
    if found is None:
        return scope
    path = scope["raw_path"][found.end() :] or b"/"
    return {**scope, "raw_path": path, "path": unquote(path.decode("latin-1"))}


def _replayed(body: bytes, receive: Receive) -> Receive:
    """What gives the body that was read, then what the client does next."""
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _headed(send: Send) -> Send:
    """An answer without its body."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sent


def _safely(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *_SAFE]
        await send(message)

    return sent
