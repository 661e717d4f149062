"""A whole graph put in place of another on a server: in parts into a graph beside it, counted there, and moved.

The parts go by the SPARQL 1.1 Graph Store HTTP Protocol, the move is one operation of SPARQL 1.1 Update: whoever asks
the server sees the old graph or the new one. Where there is none yet, the parts go to its place, and are taken away
again if not all arrive. Where a server knows no Update, the graph is put in one request. Virtuoso moves at once what
its ``TransactionAfterImageLimit`` allows, and more bit by bit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from logging import getLogger

from kg.errors import RemoteError
from kg.progress import Progress
from kg.remote import _places
from kg.remote._http import Absent, Line, Told, shown
from kg.remote._service import TRIPLES, Service
from kg.settings import Server

_UPDATE = "application/sparql-update"
_BESIDE = "urn:talkgraph:loading:"
_BLANK = re.compile(rb'^_:|> _:[^"\s]+ \.\s*$')
_NOTES = getLogger("kg.notes")


@dataclass(frozen=True)
class Pushed:
    """What was put on a server.

    Parameters:
        triples: as the server counts them.
        query: where they can be asked for.
        graph: the IRI of the graph; None for the one without a name.
    """

    triples: int
    query: str
    graph: str | None


class Loading:
    """Puts graphs on one server."""

    def __init__(
        self,
        url: str,
        graph: str | None = None,
        limits: Server | None = None,
        *,
        update: str | None = None,
        store: str | None = None,
    ) -> None:
        """Find out where the server answers.

        Parameters:
            url: of the server or of its query service; may name a graph (``default-graph-uri``), a name and a password.
            graph: IRI of the graph to be replaced; without one it is the graph without a name.
            update: where the server is changed, if not where servers of its make are.
            store: where the server takes whole graphs, likewise.

        Raises:
            RemoteError: nobody answers there, or the server has no graph without a name and none is named.
            MissingPart: the HTTP client is not installed.
        """
        self._limits = limits or Server()
        plain, named = _places.split(url)
        self._line = Line(plain, self._limits)
        self._graph = _places.iri(graph or named)
        self._places = _places.found(self._line, update, store)
        self._service = Service(self._line, self._places, None)
        if self._graph is None and not self._places.nameless:
            raise RemoteError(
                f"{shown(plain)} has no graph without a name; give one an IRI: --graph-iri https://..."
            )

    def put(self, lines: Callable[[], Iterable[bytes]], total: int = 0) -> Pushed:
        """Put statements in place of what the graph holds, all or none.

        Parameters:
            lines: gives canonical N-Triples, a statement a line and each once, whenever it is called.
            total: how many they are, for the progress.

        Raises:
            RemoteError: the server refuses, or holds another number of statements afterwards.
        """
        if next(iter(lines()), None) is None:
            raise RemoteError("the graph has no statements; nothing was sent")
        send = self._beside if self._count(self._graph) else self._fresh
        sent = send(lines, total)
        self._equal(sent, self._graph, "")
        return Pushed(sent, self._places.query, self._graph)

    def _fresh(self, lines: Callable[[], Iterable[bytes]], total: int) -> int:
        """Send statements to where none are; what arrived is taken away again if others do not."""
        try:
            return self._parts(lines(), total, self._graph)
        except BaseException:
            with suppress(RemoteError):
                self._line.ask("DELETE", self._places.store, params=_named(self._graph))
            raise

    def _beside(self, lines: Callable[[], Iterable[bytes]], total: int) -> int:
        """Send statements to a graph beside the one to be replaced, and move them when all are there."""
        aside = f"{_BESIDE}{self._graph or 'default'}"
        try:
            self._change(f"DROP SILENT GRAPH <{aside}>")
        except Absent:
            return self._whole(lines, total)
        try:
            sent = self._parts(lines(), total, aside)
            self._equal(sent, aside, "; what was there is untouched")
            self._move(aside)
        except BaseException:
            with suppress(RemoteError):
                self._change(f"DROP SILENT GRAPH <{aside}>")
            raise
        return sent

    def _move(self, aside: str) -> None:
        """Put the graph aside in place of the other one; bit by bit, where it is more than the server does at once."""
        move = f"MOVE GRAPH <{aside}> TO {f'GRAPH <{self._graph}>' if self._graph else 'DEFAULT'}"
        try:
            self._change(move)
        except Told as error:
            if not self._places.bitwise:
                raise
            _NOTES.warning(
                "not moved at once (%s): it is moved bit by bit, and whoever asks sees a part",
                error,
            )
            self._change(self._places.bitwise + move)

    def _parts(self, lines: Iterable[bytes], total: int, graph: str | None) -> int:
        """Send statements in parts; how many they were."""
        sent, progress = 0, Progress("sending", "statements", total)
        for part, number in _parts(lines, self._limits.part_bytes):
            self._send("POST" if sent else "PUT", graph, part)
            sent += number
            progress.more(number)
        return sent

    def _whole(self, lines: Callable[[], Iterable[bytes]], total: int) -> int:
        """Send statements in one request; how many they were."""
        body = _Body(lines, self._limits.part_bytes, total)
        self._send("PUT", self._graph, body)
        return body.sent

    def _send(self, method: str, graph: str | None, body: bytes | _Body) -> None:
        self._line.ask(
            method,
            self._places.store,
            params=_named(graph),
            content=body,
            headers={"Content-Type": TRIPLES},
        )

    def _change(self, update: str) -> None:
        self._line.ask(
            "POST",
            self._places.update,
            self._limits.moving,
            content=update.encode(),
            headers={"Content-Type": _UPDATE},
        )

    def _equal(self, sent: int, graph: str | None, also: str) -> None:
        if (there := self._count(graph)) != sent:
            raise RemoteError(
                f"{shown(self._places.store)} was sent {sent:,} statements and holds {there:,}{also}"
            )

    def _count(self, graph: str | None) -> int:
        return self._service.count(f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o")


def _named(graph: str | None) -> dict[str, str]:
    """How the Graph Store Protocol names a graph."""
    return {"graph": graph} if graph else {"default": ""}


class _Body:
    """The body of one long request, made anew each time that it is sent."""

    def __init__(self, lines: Callable[[], Iterable[bytes]], part: int, total: int) -> None:
        self._lines, self._part, self._total, self.sent = lines, part, total, 0

    def __iter__(self) -> Iterator[bytes]:
        self.sent, progress = 0, Progress("sending", "statements", self._total)
        for part, number in _parts(self._lines(), self._part):
            self.sent += number
            yield part
            progress.more(number)


def _parts(lines: Iterable[bytes], size: int) -> Iterator[tuple[bytes, int]]:
    """Statements in parts of some bytes, and how many are in each.

    Raises:
        RemoteError: one has a blank node, which would be another one in every part.
    """
    part: list[bytes] = []
    length = 0
    for line in lines:
        if _BLANK.search(line):
            raise RemoteError("the graph has blank nodes, which cannot be sent in parts")
        part.append(line)
        length += len(line)
        if length >= size:
            yield b"".join(part), len(part)
            part, length = [], 0
    if part:
        yield b"".join(part), len(part)
