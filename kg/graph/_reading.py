"""Nodes of a graph as plain values: what is said of a thing, the claims it stands in, and their sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg import ontology
from kg.graph import _paths, _ties
from kg.graph._claims import segment
from kg.graph._index import Thing
from kg.graph._names import Names
from kg.graph._sources import OA
from kg.graph._store import Distant, Readable, ahead, ahead_of, objects, plain, subjects
from kg.model import Entity
from kg.ontology import KG, OWL, RDF, RDFS, SKOS

TYPE, FROM = f"{RDF}type", "http://www.w3.org/ns/prov#wasDerivedFrom"
_WITHDRAWN = NamedNode("http://www.w3.org/ns/prov#invalidatedAtTime")
_REPLACED_BY = "http://purl.org/dc/terms/isReplacedBy"
_CLAIM_ENDS = "subject object states printed evidence sentence confidence rule asOf".split()
_NOT_DETAILS = frozenset({TYPE, FROM, *(KG + name for name in _CLAIM_ENDS)})
_PLACES = frozenset({f"{OA}hasSelector", f"{OA}hasSource"})
_LAST = "9999"
_FEW, _MANY = 200, 5_000
"""So many claims of a thing are put in order by all that they say; so many by when; of more, the names are sorted."""
_REMEMBERED = 64


@dataclass(frozen=True)
class Statement:
    """One claim as a reader sees it.

    Parameters:
        kind: the kind of fact in words ("degree", "advising").
        relation: what it states in words ("educated at"), the most specific; empty where it states nothing directly.
        object: None for a degree whose school is not printed.
        incoming: whether the thing described is not the subject.
        printed: the object as the source writes it.
        details: further fields in words: ("role", "postdoc"), ("start", "2009").
        sentence: the quote that says it, with ``source``, ``start`` and ``end`` where it stands.
        as_of: when the source spoke, or "".
        claim: its IRI.
        other_iri: of the end that is not described, or "".
    """

    kind: str
    relation: str
    subject: Entity
    object: Entity | None
    incoming: bool
    printed: str
    details: tuple[tuple[str, str], ...]
    sentence: str
    source: str
    start: int
    end: int
    confidence: float
    rule: str
    as_of: str
    claim: str = ""
    other_iri: str = ""

    @property
    def other(self) -> Entity | None:
        """The end of the statement that is not described."""
        return self.subject if self.incoming else self.object


class Quote(NamedTuple):
    """Words of a source.

    Parameters:
        source: the name of the source, and ``source_iri`` its node.
        prefix: the letters before them, and ``suffix`` those after them.
        fields: the fields of a structured source in which they stand.
    """

    text: str
    source: str
    start: int
    end: int
    source_iri: str
    prefix: str
    suffix: str
    fields: tuple[str, ...]


class Reader:
    """Reads nodes of a store as plain values."""

    def __init__(self, store: Readable, names: Names) -> None:
        """Remember the store; nothing is read yet."""
        self._store, self._names, self._ontology = store, names, ontology.load()
        self.ordered = lru_cache(_REMEMBERED)(self._in_order)
        self.tied = lru_cache(_REMEMBERED)(self.ends)

    @property
    def folder(self) -> Path | None:
        """The folder that the store lies in, if it was opened from one."""
        return self._names.folder

    def thing(self, iri: str) -> Thing | None:
        """What an IRI names; one that an earlier build gave leads to what has taken its place."""
        found = self._names.index.thing(iri)
        if found is None and " " not in iri and ":" in iri:
            later = self.values(iri, _REPLACED_BY)
            return self._names.index.thing(later[0]) if later else None
        return found

    def entity(self, iri: str) -> Entity:
        """A thing with its names."""
        return self._names.entity(iri)

    def iri(self, entity: Entity) -> str:
        """The IRI of a thing.

        Raises:
            UnknownName: the graph has no such thing.
        """
        return self._names.iri(entity)

    def values(self, iri: str, term: str) -> list[str]:
        """What is said of a node by one property, sorted.

        Parameters:
            term: an IRI, or the name of a term of ours.
        """
        try:
            return objects(self._store, iri, term if ":" in term else KG + term)
        except ValueError:
            return []  # what is asked for is no IRI

    def fields(self, iri: str) -> dict[str, list[str]]:
        """Everything said of a node, by property."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(NamedNode(iri), None, None, None):
            found[quad.predicate.value].append(plain(quad.object))
        return {name: sorted(values) for name, values in sorted(found.items())}

    def word(self, value: str) -> str:
        """A value for a reader: the name of a thing or concept, else the value."""
        if value.startswith(KG):
            return self._ontology.one(value, f"{SKOS}prefLabel") or self._ontology.label(value)
        if self.is_thing(value):
            return self._names.entity(value).name
        return value

    def is_thing(self, value: str) -> bool:
        """Whether a value is the IRI of a thing of the graph."""
        return (
            value.startswith(("http://", "https://"))
            and " " not in value
            and self._names.is_entity(value)
        )

    def worded(
        self, fields: dict[str, list[str]], left_out: frozenset[str]
    ) -> tuple[tuple[str, str], ...]:
        """Fields as a word and a value; the years beside dates and concepts beside their wording are left out."""
        twins = {self._ontology.one(name, f"{KG}yearTwin") for name in fields}
        worded = {n for n in fields if self._ontology.one(n, f"{KG}wording") in fields}
        skipped = left_out | twins | worded
        return tuple(
            (self._ontology.label(name).removesuffix(" in words"), value)
            for name, values in sorted(
                fields.items(), key=lambda item: self._ontology.place(item[0])
            )
            if name not in skipped
            for value in values
        )

    def words(
        self, fields: dict[str, list[str]], left_out: frozenset[str]
    ) -> tuple[tuple[str, str], ...]:
        """Fields as pairs of words."""
        return tuple((word, self.word(value)) for word, value in self.worded(fields, left_out))

    @cached_property
    def _withdrawn(self) -> frozenset[str]:
        quads = self._store.quads_for_pattern(None, _WITHDRAWN, None, None)
        return frozenset(plain(quad.subject) for quad in quads)

    def claims(self, iri: str) -> list[tuple[str, bool]]:
        """Claims that a thing stands in, and whether it stands elsewhere than as the subject, sorted."""
        ahead(self._store, [(None, None, NamedNode(iri))])
        found = dict.fromkeys(subjects(self._store, _pointing(), iri), True)
        found |= dict.fromkeys(subjects(self._store, [f"{KG}subject"], iri), False)
        return sorted(item for item in found.items() if item[0] not in self._withdrawn)

    def near(self, iri: str, claims: Sequence[str]) -> None:
        """Have a distant store read what is told of a thing by some claims: what they name, and their sentences."""
        if isinstance(self._store, Distant):
            ahead_of(self._store, [iri, *claims])
            named = self._leading([iri, *claims])
            ahead_of(self._store, named)
            ahead_of(self._store, self._leading(named, _PLACES))

    def _leading(self, iris: Iterable[str], by: frozenset[str] = frozenset()) -> set[str]:
        """The nodes that others lead to, by some properties or by any."""
        return {
            quad.object.value
            for iri in iris
            for quad in self._store.quads_for_pattern(NamedNode(iri), None, None, None)
            if isinstance(quad.object, NamedNode) and (not by or quad.predicate.value in by)
        }

    def is_claim(self, iri: str) -> bool:
        """Whether an IRI names a claim."""
        return bool(self.values(iri, "subject"))

    def spans(self, sentence: str, most: int) -> list[str]:
        """Spans of sources with exactly these words, sorted; of very many some."""
        exact, selector = NamedNode(f"{OA}exact"), NamedNode(f"{OA}hasSelector")
        quotes = islice(self._store.quads_for_pattern(None, exact, Literal(sentence), None), most)
        spans = (
            plain(span.subject)
            for quote in quotes
            for span in self._store.quads_for_pattern(None, selector, quote.subject, None)
        )
        return sorted(spans)

    def named_by(self, span: str) -> set[str]:
        """The claims that rest on a span, and the things that they are about."""
        claims = self._store.quads_for_pattern(
            None, NamedNode(f"{KG}evidence"), NamedNode(span), None
        )
        found = [plain(quad.subject) for quad in claims]
        ends = {
            end for c in found for term in ("subject", "object") for end in self.values(c, term)
        }
        return ends | {*found}

    def is_span(self, iri: str) -> bool:
        """Whether an IRI names a span of a source."""
        return bool(self.values(iri, f"{OA}hasSelector"))

    def about(self, iri: str, kind: str) -> list[str]:
        """Claims of a class ("Affiliation") whose subject a thing is, sorted."""
        start = f"/{segment(kind)}-"
        found = self._store.quads_for_pattern(None, NamedNode(f"{KG}subject"), NamedNode(iri), None)
        claims = sorted(plain(quad.subject) for quad in found)
        return [c for c in claims if start in c and c not in self._withdrawn]

    def _in_order(self, iri: str) -> tuple[tuple[str, bool], ...]:
        """The claims of a thing, its own first, by kinds, the newest first; of very many, by name."""
        claims = self.claims(iri)
        if len(claims) <= _MANY:
            ahead_of(self._store, (c for c, _ in claims))
            when = {c: next(iter(self.values(c, "asOf")), "") for c, _ in claims}
            claims.sort(key=lambda c: when[c[0]], reverse=True)
        return tuple(sorted(claims, key=lambda c: (c[1], kind_of(c[0]))))

    def statements(self, iri: str, most: int, skip: int = 0) -> tuple[Statement, ...]:
        """Some of the claims of a thing: in order of time, as it is described, where there are not very many."""
        claims = self.ordered(iri)
        is_page = len(claims) > _FEW
        claims = claims[skip : skip + most] if is_page else claims
        self.near(iri, [claim for claim, _ in claims])
        if is_page:
            return tuple(self.statement(*claim) for claim in claims)
        every = sorted((self.statement(*claim) for claim in sorted(claims)), key=order)
        return tuple(every[skip : skip + most])

    def counted(self, iri: str) -> dict[str, int]:
        """How many claims of each kind a thing stands in, the most first."""
        counts = Counter(kind_of(claim) for claim, _ in self.ordered(iri))
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def statement(self, claim: str, incoming: bool = False) -> Statement:
        """A claim with its first sentence."""
        fields = self.fields(claim)
        quote = self.quote(_first(fields, "evidence"))
        target = next(iter(fields.get(f"{KG}object", [])), "")
        subject = _first(fields, "subject")
        return Statement(
            kind=self._ontology.label(fields[TYPE][0]),
            relation=self._relation(fields.get(f"{KG}states", [])),
            subject=self._names.entity(subject),
            object=self._names.entity(target) if target else None,
            incoming=incoming,
            printed=_first(fields, "printed"),
            details=self.words(fields, _NOT_DETAILS),
            confidence=float(_first(fields, "confidence") or 0),
            rule=_first(fields, "rule"),
            as_of=_first(fields, "asOf"),
            sentence=quote.text,
            source=quote.source,
            start=quote.start,
            end=quote.end,
            claim=claim,
            other_iri=subject if incoming else target,
        )

    def quote(self, span: str) -> Quote:
        """The words of a span, with their place; empty if the IRI names none."""
        fields = self.fields(span) if span else {}
        selectors = [self.fields(s) for s in fields.get(f"{OA}hasSelector", [])]
        said = {name: value[0] for fields_ in selectors for name, value in fields_.items()}
        source = next(iter(fields.get(f"{OA}hasSource", [])), "")
        name = next(iter(self.values(source, "name")), "") if source else ""
        start, end = (int(said.get(f"{OA}{place}", "0")) for place in ("start", "end"))
        text, before, after = (said.get(OA + part, "") for part in ("exact", "prefix", "suffix"))
        paths = tuple(fields.get(f"{KG}sourceField", ()))
        return Quote(text, name, start, end, source, before, after, paths)

    def _relation(self, states: Iterable[str]) -> str:
        """The relations that no other of them implies, in words; training tells more than work."""
        return ", ".join(self._ontology.label(p) for p in _ties.own({*states}))

    def ties(self, iri: str) -> list[_ties.Tie]:
        """How many things a thing is tied to, by relation and direction."""
        return _ties.count(self._store, iri)

    def ends(self, iri: str, tie: _ties.Tie) -> tuple[str, ...]:
        """The IRIs of all things at the other ends of a tie."""
        return _ties.ends(self._store, iri, tie)

    def among(self, iris: Collection[str]) -> list[_ties.Link]:
        """The ties among some things, each with the claim that states it."""
        return list(_ties.among(self._store, iris))

    def things(self, most: int) -> list[Thing]:
        """Some of the things of the graph."""
        return self._names.index.things(most)

    def weightiest(self, iris: Sequence[str], most: int, skip: int = 0) -> list[Thing]:
        """Some of these things, those first at which most others point."""
        return self._names.index.weightiest(iris, most, skip)

    def ways(self, one: str, other: str) -> list[tuple[tuple[_paths.Step, str | None], ...]]:
        """The shortest ways between two things, each step with the claim that it rests on."""
        found = _paths.paths(self._store, one, other)
        return [tuple((step, _paths.backing(self._store, step)) for step in way) for way in found]


@cache
def _pointing() -> tuple[str, ...]:
    """Properties by which claims point at other nodes than the one that they are about."""
    known = ontology.load()
    owners = {f"{KG}Claim", *(c.iri for c in known.claims.values())}
    return tuple(
        term
        for term in sorted(known.terms)
        if f"{OWL}ObjectProperty" in known.types[term]
        and known.one(term, f"{RDFS}domain") in owners
        and term != f"{KG}subject"
    )


def kind_of(claim: str) -> str:
    """The kind of a claim in words ("degree"), by its IRI."""
    name = claim.rpartition("/")[2].rpartition("-")[0]
    return _kinds().get(name, name)


@cache
def _kinds() -> dict[str, str]:
    return {segment(name): known.label for name, known in ontology.load().claims.items()}


def _first(fields: dict[str, list[str]], term: str) -> str:
    return next(iter(fields.get(KG + term, [])), "")


def order(statement: Statement) -> tuple[bool, str, str, str, str, int]:
    """Own statements first, each kind in order of time."""
    details = dict(statement.details)
    when = details.get("start") or details.get("date") or details.get("end") or _LAST
    other = statement.other
    return (
        statement.incoming,
        statement.kind,
        when,
        other.name if other else "",
        statement.source,
        statement.start,
    )
