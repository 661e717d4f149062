"""The vocabulary as the code needs it: which relation a kind of fact backs, and what stands in its fields.

All of it is read from ``ontology/talks.ttl`` and the word lists of ``data/vocabulary/concepts``; nothing is said twice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import Any, cast

from pyoxigraph import NamedNode, RdfFormat, parse

from kg import resources
from kg.errors import KgError
from kg.model import Fact
from kg.names import fold

KG = "https://w3id.org/talkgraph/terms#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"

_BASE_FIELDS = frozenset(f.name for f in fields(Fact))
_HEAD = re.compile(r"\s(?:of|for|in|at|on|to|with)\s|[,;(/]")


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its segment in IRIs, its class, and how pictures and people call it."""

    name: str
    iri: str
    label: str
    colour: str


@dataclass(frozen=True)
class Field:
    """How one field of a fact is written.

    Parameters:
        iri: the property.
        kind: the kind of thing whose name stands in the field, or "".
        scheme: the scheme whose concept the words lead to ("role"), or "".
        wording: the property that keeps those words, or "".
        twin: for a date, the property of its year, or "".
        decimal: whether the value is a number with decimals.
        of_object: whether it tells something of the claim's object.
    """

    iri: str
    kind: str = ""
    scheme: str = ""
    wording: str = ""
    twin: str = ""
    decimal: bool = False
    of_object: bool = False


@dataclass(frozen=True)
class ClaimClass:
    """A class of claims: what its subject and object are and which direct properties it backs or may back."""

    iri: str
    label: str
    subject: str
    object: str
    backs: tuple[str, ...]
    may_back: tuple[str, ...]
    at_talk: bool


@dataclass(frozen=True)
class Concept:
    """A concept of a scheme, with the direct properties it adds."""

    iri: str
    label: str
    type: str
    scheme: str
    adds: tuple[str, ...]


class Ontology:
    """``talks.ttl``, read once; every answer comes from its triples."""

    def __init__(self, text: bytes) -> None:
        """Index the triples of a Turtle text by subject and property."""
        self._index: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.types: dict[str, tuple[str, ...]] = {}
        for quad in parse(text, format=RdfFormat.TURTLE):
            subject, value = str(quad.subject.value), str(getattr(quad.object, "value", ""))
            self._index[subject, quad.predicate.value].append(value)
            if quad.predicate.value == f"{RDF}type" and isinstance(quad.object, NamedNode):
                self.types[subject] = (*self.types.get(subject, ()), value)

    def values(self, term: str, name: str) -> tuple[str, ...]:
        """What the ontology says of a term under one property, in the order of the file."""
        return tuple(self._index.get((term, name), ()))

    def one(self, term: str, name: str) -> str:
        """The first of these values, or ""."""
        return next(iter(self.values(term, name)), "")

    @cached_property
    def version(self) -> str:
        """The version of the vocabulary."""
        return self.one(KG.rstrip("#"), f"{OWL}versionInfo")

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every term of ours."""
        return frozenset(t for t in self.types if t.startswith(KG))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {term: place for place, term in enumerate(self.types)}

    def place(self, term: str) -> tuple[int, str]:
        """The order in which the ontology lists its terms; strangers come last."""
        return self._places.get(term, len(self._places)), term

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Kinds of things by the segment of their IRIs ("organization")."""
        found = {}
        for term in self.terms:
            if name := self.one(term, f"{KG}kind"):
                label, colour = self.label(term), self.one(term, f"{KG}colour")
                found[name] = Kind(name, term, label, colour)
        return dict(sorted(found.items()))

    @cached_property
    def _kind_of(self) -> dict[str, str]:
        return {kind.iri: name for name, kind in self.kinds.items()}

    def label(self, term: str) -> str:
        """The name of a term for people; for a stranger the end of its IRI."""
        return self.one(term, f"{RDFS}label") or re.split(r"[/#]", term)[-1]

    @cache  # noqa: B019  one ontology a process
    def closure(self, term: str) -> tuple[str, ...]:
        """A property of ours and every more general one of ours, sorted."""
        found, waiting = set[str](), [term]
        while waiting:
            here = waiting.pop()
            if here not in found and here.startswith(KG):
                found.add(here)
                waiting += self.values(here, f"{RDFS}subPropertyOf")
        return tuple(sorted(found))

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """Every direct property that a claim can state, sorted."""
        every = (
            p
            for term in self.terms
            for n in ("backs", "mayBack")
            for p in self.values(term, KG + n)
        )
        return tuple(sorted({general for p in every for general in self.closure(p)}))

    @cached_property
    def claims(self) -> dict[str, ClaimClass]:
        """Classes of claims by their local name ("Education")."""
        names = sorted(t for t in self.terms if self.one(t, f"{KG}about"))
        return {term.removeprefix(KG): self._claim(term) for term in names}

    def _claim(self, term: str) -> ClaimClass:
        backs, may_back = self.values(term, f"{KG}backs"), self.values(term, f"{KG}mayBack")
        return ClaimClass(
            iri=term,
            label=self.label(term),
            subject=self._kind_of[self.one(term, f"{KG}about")],
            object=self._kind_of[self.one((*backs, *may_back)[0], f"{RDFS}range")],
            backs=tuple(sorted({general for p in backs for general in self.closure(p)})),
            may_back=may_back,
            at_talk=self.one(term, f"{KG}atTalk") == "true",
        )

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Properties of claims by the field of a fact that they are written from."""
        found = {}
        for term in sorted({subject for subject, _ in self._index}):
            name = self.one(term, f"{KG}recordField") or (
                term.removeprefix(KG) if term in self.terms else ""
            )
            if name and any("Property" in t for t in self.types.get(term, ("Property",))):
                found[name] = self._field(term)
        return found

    def _field(self, term: str) -> Field:
        takes = self.one(term, f"{KG}takes") or self.one(term, f"{RDFS}range")
        is_concept = f"{SKOS}Concept" in self.values(takes, f"{RDFS}subClassOf")
        kind = self._kind_of.get(takes, "")
        return Field(
            iri=term,
            kind=kind,
            scheme=takes.removeprefix(KG).lower() if is_concept and not kind else "",
            wording=self.one(term, f"{KG}wording"),
            twin=self.one(term, f"{KG}yearTwin"),
            decimal=takes == f"{XSD}decimal",
            of_object=self.one(term, f"{KG}ofObject") == "true",
        )

    @cached_property
    def concepts(self) -> dict[str, Concept]:
        """Concepts of the schemes by local name ("postdoc")."""
        found = {t for t in self.terms if self.one(t, f"{SKOS}inScheme")}
        return {term.removeprefix(KG): self._concept(term) for term in sorted(found)}

    def _concept(self, term: str) -> Concept:
        return Concept(
            iri=term,
            label=self.one(term, f"{SKOS}prefLabel"),
            type=next(t for t in self.types[term] if t.startswith(KG)),
            scheme=self.one(term, f"{SKOS}inScheme"),
            adds=tuple(self._added(term)),
        )

    def _added(self, term: str) -> Iterator[str]:
        yield from self.values(term, f"{KG}adds")
        for broader in self.values(term, f"{SKOS}broader"):
            yield from self._added(broader)


def roles(word: str) -> tuple[str, ...]:
    """The labels of a kind of post, in any case, and of those under it: "professor" is also an associate professor."""
    concepts = [c for c in load().concepts.values() if c.type == f"{KG}Role"]
    wide = {c.iri for c in concepts if c.label.lower() == word.lower()}
    broader = f"{SKOS}broader"
    while under := {c.iri for c in concepts if wide & set(load().values(c.iri, broader))} - wide:
        wide |= under
    return tuple(c.label for c in concepts if c.iri in wide)


@cache
def load() -> Ontology:
    """The bundled ontology."""
    return Ontology((resources.folder("ontology") / "talks.ttl").read_bytes())


@dataclass(frozen=True)
class Plan:
    """How facts of one class are written: the class of their claims, and their further fields."""

    claim: ClaimClass
    object_field: str
    fields: tuple[tuple[str, Field], ...]


def plan(kind: type[Fact]) -> Plan:
    """How to write facts of a class.

    Raises:
        KgError: the ontology lacks the class or one of its fields.
    """
    return _plan(cast("Hashable", kind))


@cache
def _plan(kind: Any) -> Plan:
    ontology = load()
    names = [f.name for f in fields(kind) if f.name not in _BASE_FIELDS and f.name != kind.OBJECT]
    missing = [n for n in names if n not in ontology.fields]
    if kind.__name__ not in ontology.claims or missing:
        what = ", ".join(missing) or "the class"
        raise KgError(f"ontology/talks.ttl says nothing of {what} of the facts {kind.__name__}")
    described = tuple((n, ontology.fields[n]) for n in names)
    return Plan(ontology.claims[kind.__name__], kind.OBJECT, described)


@cache
def _word_lists() -> Mapping[str, tuple[tuple[str, str], ...]]:
    lists: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for scheme, words, concept, *_ in resources.rows("concepts"):
        lists[scheme].append((f" {fold(words)} ", concept.strip()))
    return {scheme: tuple(lines) for scheme, lines in lists.items()}


@cache
def concept(scheme: str, printed: str) -> Concept | None:
    """The concept that printed words lead to ("Postdoctoral Scholar" to the role ``postdoc``), or None."""
    lines = _word_lists().get(scheme, ())
    whole = _spaced(printed)
    head = _spaced(_HEAD.split(printed, maxsplit=1)[0])
    name = _first(lines, whole, only_of=True) or _first(lines, head)
    return load().concepts[name] if name else None


def _spaced(text: str) -> str:
    folded = f" {fold(text)} ".replace(" post doc", " postdoc").replace(" ph d ", " phd ")
    return folded.replace(" pre doc", " predoc").replace(" post grad", " postgrad")


def _first(lines: Iterable[tuple[str, str]], text: str, only_of: bool = False) -> str:
    found = (name for words, name in lines if words in text and (not only_of or " of " in words))
    return next(found, "")
