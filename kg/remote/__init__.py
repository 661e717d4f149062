"""Graphs on SPARQL servers of any make: read through the SPARQL 1.1 Protocol, sent through the Graph Store Protocol.

https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/. This room knows nothing of
talks: it offers what a graph needs of a store.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from logging import getLogger
from pathlib import Path
from shutil import rmtree
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Quad, QueryBoolean, QueryTriples, Store

from kg import imports
from kg.progress import counted
from kg.remote import _places
from kg.remote._http import PASSWORD, USER, Line, shown
from kg.remote._loading import Loading, Pushed
from kg.remote._places import JSON
from kg.remote._service import Rows, Service
from kg.settings import Server

__all__ = ["PASSWORD", "USER", "Loading", "Pushed", "RemoteStore"]

_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)
_NOTES = getLogger("kg.notes")
_ANY = (None, None, None)
Pattern = tuple[Any, Any, Any]
"""Subject, predicate and object, None for any."""


class RemoteStore:
    """The graph of a server, read as a store. What was read of it is kept, and not asked for again."""

    def __init__(self, url: str, graph: str | None = None, limits: Server | None = None) -> None:
        """Find out where the server answers.

        Parameters:
            url: of the server or of its query service; may name a graph (``default-graph-uri``), a name and a password.
            graph: IRI of the graph to read; without one what the server takes where none is named.

        Raises:
            RemoteError: nobody answers there, or nobody who knows SPARQL.
            MissingPart: the HTTP client is not installed.
        """
        self._limits = limits or Server()
        plain, named = _places.split(url)
        line = Line(plain, self._limits)
        self._service = Service(line, _places.found(line), _places.iri(graph or named))
        self._near, self._read = Store(), set[Pattern]()

    @property
    def place(self) -> str:
        """Where questions are asked, and of which graph, for people."""
        graph = f" <{self._service.graph}>" if self._service.graph else ""
        return f"{shown(self._service.places.query)}{graph}"

    def __len__(self) -> int:
        """Count the triples.

        Raises:
            RemoteError: the server gives no answer, or none of use.
        """
        return self._service.count("?s ?p ?o")

    def query(
        self, query: str, *, prefixes: dict[str, str] | None = None
    ) -> Solutions | QueryBoolean | QueryTriples:
        """What pyoxigraph's ``Store.query`` gives: solutions, a truth value or triples.

        Parameters:
            prefixes: those that need no declaration.

        Raises:
            SyntaxError: it is malformed, as our own engine reads it; it is not sent.
            RemoteError: the server gives no answer, or none of use; of solutions, also while they are taken.
        """
        form, variables = _form(query, prefixes)
        declared = set(_DECLARED.findall(query))
        known = (prefixes or {}).items()
        text = "".join(f"PREFIX {k}: <{v}> " for k, v in known if k not in declared) + query
        if form is QueryTriples:
            return self._service.triples(text)
        if form is QueryBoolean:
            return self._service.ask(text)
        rows = self._service.select(text)
        return Solutions(rows, self._rest(rows, text, prefixes), variables)

    def _rest(self, rows: Rows, text: str, prefixes: dict[str, str] | None) -> Iterator[Any]:
        """All rows, also those that a server gives page by page; told where it keeps some back."""
        try:
            Store().query(f"{text}\nLIMIT 1 OFFSET 1", prefixes=prefixes)
        except SyntaxError:  # it has a limit of its own
            yield from rows
            if rows.is_cut:
                _NOTES.warning(
                    "the server ends its answers after %s rows; there may be more",
                    f"{rows.number:,}",
                )
        else:
            yield from self._service.every(text, rows)

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object: Any, graph_name: Any = None
    ) -> Iterator[Quad]:
        """The statements that fit a pattern, as pyoxigraph's ``Store`` gives them.

        Raises:
            RemoteError: the server gives no answer, or none of use.
        """
        if (subject, predicate, object) == _ANY:
            return self._quads([_ANY])
        self.ahead([(subject, predicate, object)])
        return self._near.quads_for_pattern(subject, predicate, object, None)

    def ahead(self, patterns: Iterable[Pattern]) -> None:
        """Read what fits many patterns in few questions; from then on it is at hand.

        Raises:
            RemoteError: the server gives no answer, or none of use.
        """
        missing = (pattern for pattern in patterns if not self._has(pattern))
        wanted = dict.fromkeys(  # of a subject all that is said, which is never much
            (None, p, o) if s is None else (s, None, None) for s, p, o in missing
        )
        groups: dict[tuple[Any, ...], list[Pattern]] = defaultdict(list)
        for subject, predicate, target in wanted:
            key = (subject is None, predicate, target is None)
            groups[key].append((subject, predicate, target))
        for alike in groups.values():
            for some in _parts(alike, self._limits.at_once):
                quads = self._quads(some)
                self._near.extend(counted(quads, "reading from the server", "statements"))
                self._read.update(some)  # not before: after an error it is asked for again

    def _has(self, pattern: Pattern) -> bool:
        subject, predicate, target = pattern
        if any(isinstance(term, BlankNode) for term in pattern):
            return True  # the server's own name for it, by which it cannot be asked for
        wider = {pattern, (None, predicate, target), (None, predicate, None), (None, None, target)}
        return not self._read.isdisjoint((wider | {(subject, None, None)}) - {_ANY})

    def _quads(self, patterns: Sequence[Pattern]) -> Iterator[Quad]:
        """The statements that fit some patterns, which differ in the subject or in the object alone."""
        columns = (list(dict.fromkeys(terms)) for terms in zip(*patterns, strict=True))
        ends = dict(zip("spo", columns, strict=True))
        fixed = {n: t[0] for n, t in ends.items() if len(t) == 1 and t != [None]}
        free = [name for name in ends if name not in fixed]
        choices = "".join(
            f"VALUES ?{name} {{ {' '.join(map(str, terms))} }} "
            for name, terms in ends.items()
            if len(terms) > 1
        )
        triple = " ".join(str(fixed.get(name, f"?{name}")) for name in ends)
        text = f"SELECT {' '.join(f'?{name}' for name in free)} WHERE {{ {choices}{triple} }}"
        named = "p" in fixed and ends["s"] == [None]  # names and things, which no spaces surround
        media = self._service.places.quick if named else JSON
        for row in self._service.every(text, media=media):
            s, p, o = (fixed[name] if name in fixed else row[name] for name in "spo")
            yield Quad(s, p, o, DefaultGraph())

    def folder(self, predicate: Any) -> Path:
        """A folder to keep in what was made of a property: another one when its values are others.

        Raises:
            RemoteError: the server gives no answer, or none of use.
        """
        service = self._service
        place = sha256(f"{service.places.query} {service.graph}".encode()).hexdigest()[:16]
        text = (
            f"SELECT ?part (COUNT(*) AS ?n) WHERE {{ ?s {predicate} ?o . "
            "BIND(SUBSTR(MD5(STR(?o)), 1, 3) AS ?part) } GROUP BY ?part"
        )
        rows = sorted(f"{row['part']} {row['n']}" for row in service.every(text))
        seen = sha256("\n".join(rows).encode()).hexdigest()[:16]
        folder = imports.home() / "servers" / place
        for old in folder.glob("*") if folder.is_dir() else ():
            if old.name != seen:
                rmtree(old, ignore_errors=True)
        return folder / seen


class Solutions:
    """What was asked for, in the order of the variables as they were asked for."""

    def __init__(self, first: Rows, rows: Iterator[Any], variables: list[Any]) -> None:
        """Take over an answer.

        Parameters:
            first: its first rows, which know the variables that the server knows.
            rows: all rows.
            variables: those that were asked for.
        """
        self._known, self._rows, self.variables = set(first.variables), rows, variables

    def __iter__(self) -> Iterator[Row]:
        """The solutions, each with a term or None for every variable.

        Raises:
            RemoteError: the answer breaks off.
        """
        for row in self._rows:
            yield Row({v: row[v] if v in self._known else None for v in self.variables})


class Row:
    """A solution, as pyoxigraph's: its terms in the order of the variables, or by one of them."""

    def __init__(self, terms: dict[Any, Any]) -> None:
        """Take over a term or None for every variable."""
        self._terms = terms

    def __getitem__(self, variable: Any) -> Any:
        """The term of a variable."""
        return self._terms[variable]

    def __iter__(self) -> Iterator[Any]:
        """The terms."""
        return iter(self._terms.values())


def _form(query: str, prefixes: dict[str, str] | None) -> tuple[type, list[Any]]:
    """What a query gives, and the variables of its solutions, as our own engine reads it.

    The engine's own answer is let go at once: it may be dropped in the thread alone that asked for it.

    Raises:
        SyntaxError: it is malformed.
    """
    found = Store().query(query, prefixes=prefixes)
    return type(found), list(getattr(found, "variables", ()))


def _parts(terms: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(terms), size):
        yield terms[start : start + size]
