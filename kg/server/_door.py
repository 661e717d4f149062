"""Between HTTP and the workers: a request becomes a job, its result an answer that the client takes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping
from logging import getLogger
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server._jobs import Refused
from kg.server._pool import Pool, Result
from kg.settings import Serving

SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
}
"""The policy of our pages: no script, and nothing from elsewhere."""
_LOG = getLogger("kg.server")
_RETRY = {"Retry-After": "5"}
_KEPT = 20
"""Answers that are kept until the next build."""
_SLOWEST = 50_000
"""Bytes a second that a client must take of a long answer."""
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
        self._kept: dict[tuple[str, str], tuple[bytes, dict[str, str]]] = {}
        self._kept_of: object = None
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
            return _Sent(doing.result(), self.pool, self.serving.max_idle, headers)
        finally:
            for task in (doing, leaving):
                task.cancel()
                task.add_done_callback(_looked_at)

    async def kept(
        self, request: Request, job: str, arguments: Mapping[str, Any], headers: Mapping[str, str]
    ) -> Response:
        """The answer of a job that says the same until the next build: it is done once.

        Raises:
            Refused: it cannot be done.
        """
        stamp, key = self.pool.stamp(), (job, json.dumps(arguments, sort_keys=True))
        if self._kept_of != stamp or len(self._kept) > _KEPT:
            self._kept_of, self._kept = stamp, {}
        kept = self._kept  # of this build, whatever comes while the job is done
        if key not in kept:
            sent = await self.answer(request, job, arguments, headers)
            if not isinstance(sent, _Sent):
                return sent
            told = dict(headers) | sent.result.headers | {"Content-Type": sent.result.kind}
            kept[key] = (b"".join(sent.result.chunks), told)
            self.pool.done(sent.result)
        body, told = kept[key]
        return Response(body, headers=told)


def _looked_at(task: asyncio.Future[Any]) -> None:
    """Whatever came of what nobody waits for any more."""
    if not task.cancelled():
        task.exception()


async def _left(request: Request) -> None:
    """Wait until the client is gone; what it still sends is of no interest."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Sent(Response):
    """A result on its way: a client that takes nothing for too long is left."""

    def __init__(
        self, result: Result, pool: Pool, max_idle: float, headers: Mapping[str, str]
    ) -> None:
        super().__init__(headers={**headers, **result.headers}, media_type=result.kind)
        self.result, self._pool = result, pool
        self._patience = max_idle + result.size / _SLOWEST
        self.headers["content-type"] = result.kind
        self.headers["content-length"] = str(result.size)

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
            async with asyncio.timeout(self._patience):
                for part in self._parts(scope["method"] == "HEAD"):
                    await send({"type": "http.response.body", "body": part, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            raise ClientGone from None
        finally:
            self._pool.done(self.result)

    def _parts(self, is_head: bool) -> Iterable[bytes]:
        return () if is_head else iter(self.result.chunks)


class ClientGone(Exception):
    """A client that takes its answer too slowly; raised to have the connection closed."""


def refusal(request: Request, error: Exception) -> Response:
    """The answer to what is refused: a line of text, or JSON below ``/api``."""
    assert isinstance(error, Refused)
    headers = _RETRY if error.status == 503 else {}
    if request.url.path.startswith(("/api/", "/reconcile")):
        told = json.dumps({"error": error.reason}, ensure_ascii=False)
        return Response(told, error.status, headers, "application/json")
    return PlainTextResponse(f"{error.reason}\n", error.status, headers)


def broken(request: Request, error: Exception) -> Response:
    """The answer where something went wrong that should not: the log says what, the client no more than that."""
    _LOG.error("%s: %s: %s", request.url.path[:200], type(error).__name__, error)
    return refusal(request, Refused(500, "this could not be done; the server's log says why"))


class Bounded:
    """Requests no larger than allowed, read before anything is done; headers that keep browsers safe."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        """Wrap an application."""
        self._app, self._serving = app, serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            body = await self._body(scope, receive)
        except Refused as refused:
            answer = PlainTextResponse(
                f"{refused.reason}\n", refused.status, {"Connection": "close"}
            )
            await answer(scope, receive, send)
            return
        answered = _safely(send)
        if scope["method"] == "HEAD" and scope["path"].startswith("/api"):
            scope, answered = {**scope, "method": "GET"}, _headed(answered)
        await self._app(scope, _replayed(body, receive), answered)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        most = self._serving.max_request
        too_large = Refused(413, f"a request may have {most:,} bytes")
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if not told.isdigit() or int(told) > most:
            raise too_large
        body = bytearray()
        try:
            async with asyncio.timeout(self._serving.max_idle + most / _SLOWEST):
                while True:
                    message = await receive()
                    body += message.get("body", b"")
                    if len(body) > most:
                        raise too_large
                    if not message.get("more_body"):
                        return bytes(body)
        except TimeoutError:
            raise Refused(408, "the request does not come to its end") from None


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
