"""What a server needs of a graph beyond its questions: an engine's own results, and what is said of one IRI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from kg.graph import _sparql
from kg.graph._index import Thing
from kg.graph._names import Names
from kg.graph._sources import OA
from kg.graph._store import Readable
from kg.ontology import KG, RDFS
from kg.settings import DEFAULT

_SUBJECT, _EVIDENCE = NamedNode(f"{KG}subject"), NamedNode(f"{KG}evidence")
_LABEL = NamedNode(f"{RDFS}label")
_SELECTOR = NamedNode(f"{OA}hasSelector")


class Served:
    """Part of a graph of talks."""

    _store: Readable
    _names: Names

    @property
    def base(self) -> str:
        """What the IRIs of the graph's things begin with."""
        thing = next(iter(self._names.index.things(1)), None)
        return thing.iri.removesuffix(f"{thing.kind}/{thing.key}") if thing else DEFAULT.base

    @property
    def folder(self) -> Path | None:
        """The folder that the graph lies in, beside which things may be kept; None of one in memory or elsewhere."""
        return self._names.folder

    def results(self, sparql: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """The engine's own results of a query, lazily: for those who serialize them, or take many rows.

        A distant store gives rows alike, which are not serialized.

        Raises:
            QueryError: it is empty, malformed or refused.
        """
        found: QuerySolutions | QueryBoolean | QueryTriples = _sparql.execute(self._store, sparql)
        return found

    def about(self, iri: str, most: int = 5_000) -> list[Triple]:
        """What is said of an IRI: its own statements, the claims about it with sentences, what points at it, labels.

        Parameters:
            most: statements; more are left out.
        """
        found = dict.fromkeys(islice(self._about(NamedNode(iri)), most))
        named = {t.object for t in found} | {t.subject for t in found}
        for node in sorted((n for n in named if isinstance(n, NamedNode)), key=str):
            found.update(dict.fromkeys(self._of(node, _LABEL)))
        return sorted(found, key=str)

    def most(self, kind: str, number: int) -> tuple[Thing, ...]:
        """The things of a kind that others point at most."""
        return tuple(self._names.index.heaviest(kind, number))

    def spread(self, kind: str, term: str) -> list[tuple[str, int]]:
        """How many things of a kind have each value of a property of ours, sorted by the value."""
        asked = f"SELECT (STR(?v) AS ?value) (COUNT(*) AS ?n) WHERE {{ {self._having(kind, term)} }} GROUP BY ?v"
        counts = Counter[str]()
        for value, number in _sparql.answer(self._store, asked).rows:
            counts[value or ""] += int(number or 0)
        return sorted(counts.items())

    def reaching(self, kind: str, term: str, least: str) -> list[tuple[str, str]]:
        """The things of a kind with a value of a property of ours that is not before another, in no order."""
        bound = f"FILTER(STR(?v) >= {Literal(least)})"  # first: of few things the names are looked up then
        asked = f"SELECT ?it (STR(?v) AS ?value) WHERE {{ {self._having(kind, term, bound)} }}"
        rows = _sparql.answer(self._store, asked).rows
        return [(iri, value) for iri, value in rows if iri and value]

    def _having(self, kind: str, term: str, bound: str = "") -> str:
        start = Literal(f"{self.base}{kind}/")
        return f"{{ ?it <{KG}{term}> ?v {bound} }} FILTER(STRSTARTS(STR(?it), {start}))"

    def says(self, iri: str) -> bool:
        """Whether something is said of an IRI."""
        try:
            node = NamedNode(iri)
        except ValueError:
            return False
        return next(self._of(node), None) is not None

    def _of(self, node: Any, predicate: NamedNode | None = None) -> Iterator[Triple]:
        return (q.triple for q in self._store.quads_for_pattern(node, predicate, None, None))

    def _about(self, node: NamedNode) -> Iterator[Triple]:
        yield from self._with_words(node)
        for quad in self._store.quads_for_pattern(None, _SUBJECT, node, None):
            for said in self._of(quad.subject):
                yield said
                if said.predicate == _EVIDENCE:
                    yield from self._with_words(said.object)
        yield from (q.triple for q in self._store.quads_for_pattern(None, None, node, None))

    def _with_words(self, node: Any) -> Iterator[Triple]:
        """What is said of a node, and of the words that it selects, if it is a span."""
        own = list(self._of(node))
        yield from own
        for triple in own:
            if triple.predicate == _SELECTOR:
                yield from self._of(triple.object)
