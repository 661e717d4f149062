"""What a change of some pages and things takes from a graph and adds to it, found without a look at the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from kg import ontology
from kg.graph._assembly import to_ntriples
from kg.graph._sources import OA, start_of
from kg.graph._store import plain
from kg.model import Talk
from kg.ontology import KG
from kg.resolution import Entities
from kg.settings import Settings

_PROV = "http://www.w3.org/ns/prov#"
_FROM, _EVIDENCE = NamedNode(f"{_PROV}wasDerivedFrom"), NamedNode(f"{KG}evidence")
_SUBJECT, _OBJECT, _STATES = (NamedNode(f"{KG}{n}") for n in ("subject", "object", "states"))
_HAS_SOURCE, _HAS_SELECTOR = NamedNode(f"{OA}hasSource"), NamedNode(f"{OA}hasSelector")
_REPLACED_BY = NamedNode("http://purl.org/dc/terms/isReplacedBy")
_Key = tuple[str, str]
_Term = Any
"""A node or literal: here none is a blank node or a quoted triple, which the library's types allow for."""
_Stated = Any
"""A triple of such terms."""


@dataclass(frozen=True)
class Delta:
    """Statements that go and statements that come."""

    gone: frozenset[_Stated]
    new: frozenset[_Stated]

    def lines(self) -> tuple[list[bytes], list[bytes]]:
        """Both as lines of the canonical text, sorted."""
        return _lines(self.gone), _lines(self.new)


def _lines(triples: Iterable[_Stated]) -> list[bytes]:
    text = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return sorted(text.splitlines(keepends=True))


class Told:
    """What a graph states of pages and things."""

    def __init__(self, store: Store, settings: Settings) -> None:
        """Wrap the store of the graph as it is."""
        self._store = store
        base = settings.base
        self._base = base if base.endswith(("/", "#")) else f"{base}/"
        self._relations = {*map(NamedNode, ontology.load().relations)}
        self._told_by_pages = {*self._relations, _FROM, _EVIDENCE}

    def _of(self, subject: _Term) -> Iterator[_Stated]:
        yield from (_triple(q) for q in self._store.quads_for_pattern(subject, None, None, None))

    def _with(self, predicate: NamedNode | None, target: _Term) -> Iterator[_Stated]:
        quads = self._store.quads_for_pattern(None, predicate, target, None)
        yield from (_triple(q) for q in quads)

    def page(self, sha: str) -> Iterator[_Stated]:
        """All that is stated because of one text: its source and run, its spans, its claims."""
        source = NamedNode(f"{self._base}source/{start_of(sha)}")
        yield from self._of(source)
        yield from self._of(NamedNode(f"{self._base}run/{start_of(sha)}"))
        for span in [t.subject for t in self._with(_HAS_SOURCE, source)]:
            yield from self._span(span)
        for derived in list(self._with(_FROM, source)):
            yield derived
            if derived.subject.value.startswith(f"{self._base}claim/"):
                yield from self._of(derived.subject)

    def _span(self, span: _Term) -> Iterator[_Stated]:
        for triple in list(self._of(span)):
            yield triple
            if triple.predicate == _HAS_SELECTOR:
                yield from self._of(triple.object)
        yield from self._with(_EVIDENCE, span)

    def thing(self, kind: str, key: str) -> Iterator[_Stated]:
        """All that is stated of a thing but by claims."""
        node = self.node(kind, key)
        yield from (t for t in self._of(node) if t.predicate not in self._told_by_pages)
        yield from self._with(_REPLACED_BY, node)

    def node(self, kind: str, key: str) -> NamedNode:
        """The IRI of a thing."""
        return NamedNode(f"{self._base}{kind}/{key}")

    def telling(self, kind: str, key: str) -> tuple[set[_Key], set[str]]:
        """The things that tell of a thing, and the starts of the hashes of the pages whose claims name it."""
        things, pages = set[_Key](), set[str]()
        found: list[_Stated] = list(self._with(None, self.node(kind, key)))
        for triple in found:
            head, _, rest = triple.subject.value.removeprefix(self._base).partition("/")
            if head == "claim":
                sources = self._store.quads_for_pattern(triple.subject, _FROM, None, None)
                pages.update(str(plain(q.object)).rpartition("/")[2] for q in sources)
            elif triple.predicate not in self._relations:
                things.add((head, rest))
        return things, pages

    def delta(self, old: Set[_Stated], new: Set[_Stated]) -> Delta:
        """What goes and what comes where pages and things stated the old, and state the new.

        A direct triple goes with the last claim that backs it, a concept with the last claim that uses it.
        """
        gone = set(old - new)
        claims = {t.subject: t.object for t in gone if t.predicate == _SUBJECT}
        lost = {t for t in self._direct(gone, claims) if t not in new}
        gone |= {t for t in lost if not self._is_backed(t, gone)}
        concepts = {NamedNode(c.iri) for c in ontology.load().concepts.values()}
        used = {t.object for t in gone if t.object in concepts}
        still = {t.object for t in new if t.object in concepts}
        for concept in used - still:
            if all(t in gone for t in self._with(None, concept)):
                gone |= set(self._of(concept))
        there = {t for t in new if self._has(t)}
        return Delta(frozenset(t for t in gone if t not in new), frozenset(new - there))

    def _direct(self, gone: Set[_Stated], claims: Mapping[_Term, _Term]) -> Iterator[_Stated]:
        """The direct triples that claims backed which go, or which back them no longer."""
        for triple in gone:
            if triple.predicate == _STATES:
                subject = claims.get(triple.subject) or self._one(triple.subject, _SUBJECT)
                target = self._one(triple.subject, _OBJECT)
                yield Triple(subject, NamedNode(triple.object.value), target)

    def _one(self, node: _Term, predicate: NamedNode) -> _Term:
        return next(iter(self._store.quads_for_pattern(node, predicate, None, None))).object

    def _is_backed(self, direct: _Stated, gone: Set[_Stated]) -> bool:
        """Whether a claim that stays states a direct triple."""
        return any(
            self._has(stated := Triple(c.subject, _STATES, direct.predicate))
            and stated not in gone
            and self._has(Triple(c.subject, _OBJECT, direct.object))
            for c in self._with(_SUBJECT, direct.subject)
        )

    def _has(self, triple: _Stated) -> bool:
        return Quad(triple.subject, triple.predicate, triple.object) in self._store


def _triple(quad: Quad) -> _Stated:
    return Triple(quad.subject, quad.predicate, quad.object)


def stated(
    talks: Sequence[Talk], of_things: Sequence[Talk], entities: Entities, settings: Settings
) -> frozenset[_Stated]:
    """What some pages and things state.

    Parameters:
        talks: all talks of the pages.
        of_things: all talks that stand for a talk among the entities.
    """
    text = to_ntriples(talks, entities, settings, of_things).canonical()
    return frozenset(_parsed(text))


def _parsed(text: bytes) -> Iterator[_Stated]:
    for found in parse(text, format=RdfFormat.N_TRIPLES):
        yield Triple(found.subject, found.predicate, found.object)
