"""What a worker can be asked to do: each job reads a graph and writes an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from kg.graph import KnowledgeGraph

Arguments = Mapping[str, Any]
BROKEN = "this could not be done; the server's log says why"
"""What a client is told where something went wrong that should not."""


class Out(Protocol):
    """Where a job writes its answer: the media type first, then the bytes."""

    def start(self, kind: str, headers: Mapping[str, str] | None = None) -> None:
        """Say what comes: its media type, and headers beside it."""

    def write(self, data: bytes) -> int:
        """Write some of it, and tell how much.

        Raises:
            TooLarge: it is more than an answer may be.
        """


class Refused(Exception):
    """A job that is not done; its text is for the client, with the HTTP status it stands for."""

    def __init__(self, status: int, reason: str) -> None:
        """Say why not."""
        super().__init__(reason)
        self.status, self.reason = status, reason


Job = Callable[[KnowledgeGraph, Arguments, Out], None]


def dataset(graph: KnowledgeGraph) -> str:
    """The IRI of the data set, which is also its one graph."""
    return f"{graph.base}dataset"


def plain(make: Callable[..., Any]) -> Job:
    """A job of a function of a graph and simple values to plain values, which are written as JSON."""

    def job(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
        found = make(graph, **arguments)
        out.start("application/json")
        out.write(json.dumps(found, ensure_ascii=False).encode(errors="replace"))

    return job
