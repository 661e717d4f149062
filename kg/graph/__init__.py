"""Talks as an RDF graph in an Oxigraph store: assembled, queried, described, checked and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Store

from kg import ontology, queries
from kg.errors import QueryError, ReadError, UnknownName
from kg.graph import _checking, _identity, _index_changes, _paths, _sparql, _statistics, _store
from kg.graph._assembly import to_ntriples
from kg.graph._changes import Delta, Told, stated
from kg.graph._checking import Violation
from kg.graph._description import Description, attributes_of, describe
from kg.graph._index import Hit, Thing, kinds
from kg.graph._names import Names
from kg.graph._paths import RELATIONS as LEADING
from kg.graph._paths import Step
from kg.graph._reading import Quote, Reader, Statement
from kg.graph._served import Served
from kg.graph._sources import start_of
from kg.graph._sparql import PREFIXES, refuse, serialized, written
from kg.graph._store import Readable
from kg.graph._ties import Link, Tie, relations
from kg.model import Answer, Entity, Talk
from kg.resolution import Entities, Row, identities, resolve
from kg.settings import DEFAULT, Settings

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "LEADING", "PREFIXES", "Delta", "Description", "Hit", "KnowledgeGraph", "Link", "Quote", "Reader", "Statement",
    "Step", "Thing", "Tie", "Told", "Violation", "assemble", "attributes_of", "change", "kinds", "refuse",
    "relations", "serialized", "start_of", "stated", "told", "write", "written",
]  # fmt: skip


def assemble(
    talks: Sequence[Talk], settings: Settings = DEFAULT, entities: Entities | None = None
) -> KnowledgeGraph:
    """The graph of talks, in memory. The same talks in any order give the same bytes.

    Parameters:
        entities: what the talks name, where it is already known.

    Raises:
        KgError: the base is no IRI, or the ontology lacks a kind of fact.
    """
    found = entities or resolve(talks)
    text = to_ntriples(talks, found, settings).canonical()
    return KnowledgeGraph(_store.load(text), text, tuple(identities(found)))


def write(
    talks: Sequence[Talk], entities: Entities, folder: Path, settings: Settings = DEFAULT
) -> None:
    """Write the graph of talks into a folder, from which ``KnowledgeGraph.open`` reads; never held in memory whole.

    Raises:
        KgError: the base is no IRI, or the ontology lacks a kind of fact.
        WorkspaceError: the folder already holds a graph, or cannot be written.
    """
    _store.write(to_ntriples(talks, entities, settings).sorted(), folder)
    _identity.save(identities(entities), folder)


def told(folder: Path, settings: Settings) -> Told:
    """What the graph of a folder states, page by page and thing by thing.

    Raises:
        WorkspaceError: the folder holds none.
    """
    return Told(_store.open_folder(folder), settings)


def change(old: Path, new: Path, delta: Delta, counts: Mapping[str, Any]) -> dict[str, Any]:
    """Make the store of a new folder from that of an old one.

    Parameters:
        counts: what the old graph's ``stats`` gave.

    Returns:
        what the new graph's ``stats`` gives.

    Raises:
        WorkspaceError: it cannot be written.
    """
    _store.change(old, new, delta.gone, delta.new)
    before, after = (Store.read_only(str(folder / _store.STORE)) for folder in (old, new))
    _index_changes.change(old, new, delta.gone, delta.new, after)
    return _statistics.changed(counts, delta.gone, delta.new, before, after)


def _is_text(query: str) -> bool:
    """Whether a query is SPARQL rather than a name of the catalogue."""
    return not query.strip() or re.search(r"[\s{}]", query.strip()) is not None


class KnowledgeGraph(Served, _identity.Identified):
    """A graph of talks. It is read and never changed; another build is another graph."""

    def __init__(
        self,
        store: Readable,
        text: bytes | None = None,
        identities: Sequence[Row] | Path | None = None,
        counts: Mapping[str, Any] | None = None,
    ) -> None:
        """Wrap a store, with its canonical text, and why each thing is one, where they are at hand.

        ``assemble``, ``open`` and ``from_ntriples`` make graphs.
        """
        self._store, self._text, self._identities = store, text, identities
        self._counts = counts
        self._covered: dict[str, str] = {}
        self._names = Names(store, identities.parent if isinstance(identities, Path) else None)

    @classmethod
    def open(cls, path: str | Path, counts: Mapping[str, Any] | None = None) -> KnowledgeGraph:
        """The graph that a build left in a folder, read-only.

        Parameters:
            counts: what ``stats`` gives, where the build has noted it.

        Raises:
            WorkspaceError: the folder holds none.
        """
        folder = Path(path)
        return cls(_store.open_folder(folder), None, folder / _identity.FILE, counts)

    @classmethod
    def from_ntriples(cls, path: str | Path) -> KnowledgeGraph:
        """The graph of an N-Triples file, in memory.

        Raises:
            ReadError: the file cannot be read, or holds something else.
        """
        try:
            return cls(_store.load(Path(path).read_bytes()))
        except OSError as error:
            raise ReadError(f"{path}: {error.strerror or error}") from None

    def save_store(self, path: str | Path) -> None:
        """Write ``graph.nt`` and ``store/`` into a folder, from which ``open`` reads.

        Raises:
            WorkspaceError: the folder already holds a graph, or cannot be written.
        """
        _store.write([self.ntriples().encode()], Path(path))
        if self._identities is not None:
            _identity.save(self._identity_rows, Path(path))

    def ntriples(self) -> str:
        """The canonical text: N-Triples, each statement once, sorted by code point."""
        if self._text is None:
            self._text = _store.dump(self._store)
        return self._text.decode()

    def lines(self) -> Iterator[bytes]:
        """The canonical text line by line, read from the folder of the graph where it has one."""
        return _store.lines(self._names.folder, self.ntriples)

    @cached_property
    def rdf(self) -> rdflib.Graph:
        """The graph as an rdflib graph: a copy, made when first asked for."""
        import rdflib  # noqa: PLC0415  heavy

        return rdflib.Graph().parse(data=self.ntriples(), format="nt")

    def __len__(self) -> int:
        """Count the triples."""
        return len(self._store)

    def query(self, query: str, **values: str) -> Answer:
        """Ask a query of the catalogue by name, or SPARQL.

        Parameters:
            query: a name ("trained-at"), or the text of a SELECT, ASK or CONSTRUCT.
            values: the query's parameters. A name of something in the graph may be given in any case, without
                accents, or as an alias.

        Raises:
            UnknownName: no query, parameter or thing in the graph has this name; carries the nearest.
            QueryError: the query is malformed or refused, or a parameter lacks its value.
        """
        found = _sparql.answer(self._store, self.sparql(query, **values))
        asked = queries.parse("this query", query) if _is_text(query) else queries.get(query)
        rests = tuple(self.coverage(name) for name in asked.rests)
        return replace(found, things=asked.things, rests=rests)

    def because(self, query: str, row: Mapping[str, str | None], **values: str) -> Answer:
        """What a row of an answer rests on: rows with sentences, by the query that the first one names for this.

        Parameters:
            query: a name of the catalogue.
            row: the row, by its columns.
            values: what the query was asked with.

        Raises:
            UnknownName: as for ``query``.
            QueryError: the row has its sentence itself, or lacks what is needed.
        """
        leads = queries.get(query).because
        if leads is None:
            raise QueryError(f"each row of {query} has its sentence")
        told = {**row, **{f"{{{name}}}": value for name, value in values.items()}}
        wanted = {name: told.get(column) for name, column in leads.values.items()}
        if missing := [column for name, column in leads.values.items() if not wanted[name]]:
            raise QueryError(f"this row has no {missing[0]}, so nothing more is told of it")
        return self.query(leads.query, **{name: str(value) for name, value in wanted.items()})

    def coverage(self, name: str) -> str:
        """How much of something the graph knows: "83 of 120 speakers have a degree recorded".

        Raises:
            UnknownName: there is no such measure.
        """
        if name not in self._covered:
            self._covered[name] = _sparql.covered(self._store, name)
        return self._covered[name]

    def sparql(self, query: str, **values: str) -> str:
        """The SPARQL that ``query`` would run for these arguments.

        Raises:
            QueryError: as for ``query``.
        """
        if _is_text(query) and not values:
            return query
        asked = queries.parse("this query", query) if _is_text(query) else queries.get(query)
        found = {name: self._value(asked.parameter(name), value) for name, value in values.items()}
        return asked.fill(**found)

    def _value(self, parameter: queries.Parameter, value: str) -> str | tuple[str, ...]:
        kind = self._names.kind(parameter.type)
        if not value.strip():
            raise QueryError(
                f"{parameter.name} is empty; give a name such as {parameter.example!r}"
            )
        if parameter.type == "role":
            return ontology.roles(value) or value
        if kind is None and parameter.type != "entity":
            return value
        return self._names.exact(kind, value)

    def construct(self, sparql: str, format: str = "ttl") -> str:
        """The triples of a CONSTRUCT or DESCRIBE as text, sorted.

        Parameters:
            format: ``ttl``, ``nt``, ``jsonld`` or ``rdf`` (RDF/XML).

        Raises:
            QueryError: the query is malformed, refused, or of another form; the format is unknown.
        """
        return _sparql.written(_sparql.triples(self._store, sparql), format)

    def find(self, name: str, kind: str | None = None) -> tuple[Entity, ...]:
        """Things by any of their names, case and accents set aside, the best match first.

        Parameters:
            name: a name, an alias, the end of an IRI or an IRI.
            kind: person, institution, unit, award, topic, series or talk.

        Raises:
            UnknownName: nothing has the name, or the kind is none; carries the nearest.
        """
        return self._names.find(self._kind(kind), name)

    def named(self, name: str, kind: str | None = None) -> tuple[tuple[Thing, str], ...]:
        """Things by a whole name, case and accents set aside, each with a name as stored; () where there is none.

        Raises:
            UnknownName: the kind is none.
        """
        return tuple(self._names.matches(self._kind(kind), name))

    def search(
        self, text: str, kind: str | None = None, most: int = 20, slips: bool = True
    ) -> tuple[Hit, ...]:
        """What fits a text best: by whole names, by words the last of which may be begun, by what is spelt alike.

        Parameters:
            most: hits; where there are fewer, ``slips`` decides whether what is spelt alike is looked for.

        Raises:
            UnknownName: the kind is none.
        """
        return tuple(self._names.index.search(text, self._kind(kind), most, slips))

    def _kind(self, word: str | None) -> str | None:
        kind = self._names.kind(word) if word else None
        if word and kind is None:
            raise UnknownName("kind of thing", word, self._names.words())
        return kind

    def names(self, kind: str | None = None) -> tuple[str, ...]:
        """The names of all things of a kind, or of all kinds, sorted."""
        return tuple(sorted(set(self._names.known(self._kind(kind)))))

    def describe(self, entity: Entity) -> Description:
        """Everything the graph says of a thing, each statement with its sentence.

        Raises:
            UnknownName: the graph has no such thing.
        """
        return describe(self.reader, self._names.iri(entity), entity)

    @cached_property
    def reader(self) -> Reader:
        """Nodes of the graph as plain values, by their IRIs."""
        return Reader(self._store, self._names)

    def show(self, name: str, kind: str | None = None) -> tuple[Description, ...]:
        """Descriptions of all things of a name.

        Raises:
            UnknownName: nothing has the name; carries the nearest.
        """
        return tuple(self.describe(entity) for entity in self.find(name, kind))

    def paths(self, one: Entity, other: Entity) -> tuple[Answer, ...]:
        """How two things hang together: the shortest ways, three at most, each with its steps and their sentences.

        Raises:
            UnknownName: the graph has no such thing.
        """
        return _paths.ways(self._store, self._names, self._names.iri(one), self._names.iri(other))

    def explain(self, name: str, kind: str | None = None) -> tuple[Row, ...]:
        """Why the things of a name are one each: their names, where they stand, what was joined and kept apart.

        Returns:
            plain values: ``kind``, ``key``, ``name``, ``names``, ``pages``, ``because``, ``candidates`` of the bundled
            vocabulary (organizations) and ``decisions`` (people: all pairs that were compared; else those left open):
            ``verdict`` ("one", "apart", "open", "ambiguous"), the two ends, ``bits`` (base-2 logarithm of the odds),
            ``sure``, ``features`` (what counted, in bits).

        Raises:
            UnknownName: nothing has the name; carries the nearest.
            WorkspaceError: the graph was read from a file that does not tell.
        """
        return _identity.of(self._identity_rows, self.find(name, kind))

    def stats(self) -> dict[str, Any]:
        """Counts: talks, speakers, people, institutions, topics, facts by kind, triples, sources; and the years."""
        if self._counts is None:
            self._counts = _statistics.count(self._store)
        return dict(self._counts)

    def check(self) -> list[Violation]:
        """What the shapes of the ontology find wrong, sorted; empty if the graph conforms.

        Raises:
            MissingPart: pySHACL is not installed.
        """
        return _checking.check(self._store, self.rdf)

    def __repr__(self) -> str:
        """The graph in one line."""
        return f"<KnowledgeGraph of {len(self):,} triples>"

    def _repr_html_(self) -> str:
        """A card for notebooks."""
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th><td>{escape(text)}</td></tr>"
            for name, text in _statistics.lines(self.stats())
        )
        return f"<table><caption>Knowledge graph of talks</caption>{rows}</table>"
