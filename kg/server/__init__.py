"""A graph over HTTP: SPARQL, linked data, REST, reconciliation; read only, and bounded in time and size."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, MissingPart
from kg.graph import KnowledgeGraph
from kg.settings import Serving

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["application", "serve"]

_CONNECTIONS = 1_000
_HEADERS = 131_072
"""Bytes that the first line and the headers of a request may have."""


def application(place: Path, serving: Serving | None = None) -> FastAPI:
    """The server of a graph folder as an ASGI application.

    Parameters:
        place: a folder that a build wrote; a later build in it is served from the next request on.

    Raises:
        MissingPart: the libraries of a server are not installed.
        WorkspaceError: the folder holds no graph.
    """
    try:
        from kg.server._application import made  # noqa: PLC0415  an extra
    except ModuleNotFoundError as error:
        raise MissingPart(
            f"{error.name} is not installed: pip install 'talkgraph[serve]'"
        ) from None
    return made(place, serving or Serving())


def serve(
    place: Path,
    host: str,
    port: int,
    started: Callable[[str], None],
    serving: Serving | None = None,
) -> None:
    """Serve a graph until interrupted; its maps are laid out first, where they do not lie in its folder yet.

    Those of a later build are laid out beside all else.

    Parameters:
        place: a folder that a build wrote, or an N-Triples file.
        host: the address to listen at; 127.0.0.1 is this machine alone.
        port: 0 takes a free one.
        started: is told the address, once it answers.

    Raises:
        MissingPart: the libraries of a server are not installed.
        WorkspaceError: the folder holds no graph.
        ReadError: the file is no N-Triples.
        KgError: the address cannot be listened at.
    """
    chosen = serving or Serving()
    with tempfile.TemporaryDirectory(prefix="kg-serve-") as spare:
        folder = _folder(place, Path(spare))
        _prepare(folder)
        with _listening(host, port) as listener:
            here = _address(listener)
            app = application(folder, replace(chosen, url=chosen.url or here))
            _run(app, listener, lambda: started(here))


def _folder(place: Path, spare: Path) -> Path:
    """The folder of a graph; that of a file is made."""
    if not place.is_file():
        return place
    folder = spare / "graph"
    KnowledgeGraph.from_ntriples(place).save_store(folder)
    return folder


def _prepare(folder: Path) -> None:
    try:
        from kg.server._preparing import (  # noqa: PLC0415  what it imports is an extra
            keep_prepared,
            prepare,
        )
    except ModuleNotFoundError:
        return  # the application says what is not installed
    prepare(folder)
    keep_prepared(folder)


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise KgError(
            f"cannot listen at {host}, port {port}: {reason}; --port names another"
        ) from None


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    own = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{own}:{port}/"


def _run(app: FastAPI, listener: socket.socket, started: Callable[[], None]) -> None:
    import uvicorn  # noqa: PLC0415  an extra

    from kg.server._heap import settle  # noqa: PLC0415  only where a server runs
    from kg.server._protocol import Protocol  # noqa: PLC0415  an extra

    settle()

    class _Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                started()

    _Server(
        uvicorn.Config(
            app,
            http=Protocol,
            ws="none",
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_CONNECTIONS,
            h11_max_incomplete_event_size=_HEADERS,
            timeout_graceful_shutdown=2,
        )
    ).run(sockets=[listener])
