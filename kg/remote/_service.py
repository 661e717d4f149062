"""Questions to one graph of one server, and its answers as pyoxigraph gives those of a store."""

from __future__ import annotations

from collections.abc import Iterator
from logging import getLogger
from typing import Any

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
    parse_query_results,
)

from kg.errors import RemoteError
from kg.remote._http import Line, Reply, one_line, shown
from kg.remote._places import JSON, XML, Places

TRIPLES = "application/n-triples"
_NOTES = getLogger("kg.notes")
_CUT, _PARTLY = "x-sparql-maxrows", "x-sql-message"
"""Headers in which Virtuoso says after how many rows it ended an answer, and that time was up."""
_ASKED = "__ASK_RETVAL"
"""The column in which it answers an ASK to those who gave a password: 1, or nothing."""
_BROKEN = (SyntaxError, ValueError, OSError, EOFError)


class Rows:
    """The solutions of a question, one after the other, in the order of the variables that were asked for."""

    def __init__(self, service: Service, reply: Reply, found: QuerySolutions) -> None:
        """Nothing is read yet."""
        self._service, self._reply = service, reply
        self._found: QuerySolutions | None = found
        self.variables: list[Variable] = found.variables
        self.number = 0
        cut = reply.headers.get(_CUT, "")
        self._cut = int(cut) if cut.isdigit() and len(cut) < 10 else 0

    @property
    def is_cut(self) -> bool:
        """Whether the server kept further rows back; known once all were read."""
        return 0 < self._cut <= self.number

    def __iter__(self) -> Iterator[Any]:
        """The solutions.

        Raises:
            RemoteError: the answer breaks off.
        """
        broken = ""
        try:
            for row in self._found or ():
                self.number += 1
                yield row
        except _BROKEN as error:
            broken = f"breaks off, or holds no SPARQL results ({error})"
        self._found = None  # it may be dropped in this thread alone, and an error keeps what it saw
        if broken:
            raise self._service.wrong(broken)


class Service:
    """One graph of one server."""

    def __init__(self, line: Line, places: Places, graph: str | None) -> None:
        """Remember where to ask, and of which graph."""
        self.line, self.places, self.graph = line, places, graph

    def wrong(self, what: str) -> RemoteError:
        """An error of the server's answer."""
        return RemoteError(f"{shown(self.places.query)}: the answer {one_line(what)}")

    def _ask(self, text: str, media: str) -> Reply:
        fields = {"query": text} | ({"default-graph-uri": self.graph} if self.graph else {})
        reply = self.line.ask("POST", self.places.query, data=fields, headers={"Accept": media})
        if message := reply.headers.get(_PARTLY):
            raise self.wrong(f"is not whole: {message}")
        wanted = {media, {JSON: "application/json", TRIPLES: "text/plain"}.get(media, media)}
        if reply.media not in wanted:
            raise self.wrong(f"is {reply.media or 'of no type'}, not {media}")
        return reply

    def ask(self, text: str) -> QueryBoolean:
        """The answer of an ASK.

        Raises:
            RemoteError: there is none, or none of use.
        """
        reply = self._ask(text, JSON)
        found = self._results(reply)
        if isinstance(found, QueryBoolean):
            return found
        columns, values = [v.value for v in found.variables], [row[0].value for row in found]
        del found
        if columns != [_ASKED]:
            raise self.wrong("is one to another kind of question")
        truth = b"true" if values == ["1"] else b"false"
        told = parse_query_results(b'{"head":{},"boolean":%s}' % truth, QueryResultsFormat.JSON)
        assert isinstance(told, QueryBoolean)
        return told

    def select(self, text: str, media: str = JSON) -> Rows:
        """The rows of a SELECT.

        Raises:
            RemoteError: there is no answer, or none of use; also while the rows are taken.
        """
        reply = self._ask(text, media)
        found = self._results(reply)
        if isinstance(found, QueryBoolean):
            raise self.wrong("is one to another kind of question")
        return Rows(self, reply, found)

    def every(self, text: str, first: Rows | None = None, media: str = JSON) -> Iterator[Any]:
        """All rows of a SELECT without a limit, page by page where the server gives some of them at a time.

        Parameters:
            first: the first page, where it was asked for already.
            media: in which the answer is sent; of XML our reader cuts off spaces at the ends of texts.

        Raises:
            RemoteError: as for ``select``.
        """
        rows = first or self.select(text, media)
        yield from rows
        page, done = rows.number, rows.number
        while rows.is_cut and rows.number == page:
            rows = self.select(f"{text}\nLIMIT {page} OFFSET {done}", media)
            yield from rows
            done += rows.number

    def count(self, pattern: str) -> int:
        """How many solutions a pattern has.

        Raises:
            RemoteError: as for ``select``.
        """
        values = [row["n"] for row in self.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")]
        if len(values) != 1 or not str(getattr(values[0], "value", "")).isdigit():
            raise self.wrong("to a count is no number")
        return int(values[0].value)

    def triples(self, text: str) -> QueryTriples:
        """The triples of a CONSTRUCT or DESCRIBE.

        Raises:
            RemoteError: there is no answer, or none of use.
        """
        copy, reply = Store(), self._ask(text, TRIPLES)
        try:
            copy.bulk_load(reply.body, format=RdfFormat.N_TRIPLES)
        except _BROKEN as error:
            raise self.wrong(f"breaks off, or holds no N-Triples ({error})") from None
        found = copy.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(found, QueryTriples)
        return found

    def _results(self, reply: Reply) -> QuerySolutions | QueryBoolean:
        try:
            form = QueryResultsFormat.XML if reply.media == XML else QueryResultsFormat.JSON
            return parse_query_results(reply.body, format=form)
        except _BROKEN as error:
            raise self.wrong(f"holds no SPARQL results ({error})") from None
