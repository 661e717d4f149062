"""What the graph says of one thing: its attributes, and every claim it stands in, with the sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg import ontology
from kg.graph._names import Names
from kg.graph._store import Distant, Readable, ahead_of, objects, plain
from kg.model import Entity
from kg.ontology import KG, RDF, RDFS, SKOS

_OA = "http://www.w3.org/ns/oa#"
_TYPE = f"{RDF}type"
_WITHDRAWN = "http://www.w3.org/ns/prov#invalidatedAtTime"
_FROM = "http://www.w3.org/ns/prov#wasDerivedFrom"
_CLAIM_ENDS = ("subject", "object", "printed", "evidence", "states", "confidence", "rule", "asOf")
_NOT_DETAILS = frozenset({_TYPE, _FROM, *(KG + name for name in _CLAIM_ENDS)})
_NOT_ATTRIBUTES = frozenset(
    {
        _TYPE,
        _FROM,
        f"{RDFS}label",
        f"{SKOS}prefLabel",
        f"{KG}name",
        f"{KG}anyName",
        f"{KG}because",
        f"{KG}evidence",
    }
)
_PLACES = frozenset({f"{_OA}hasSelector", f"{_OA}hasSource"})
_LAST = "9999"


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

    @property
    def other(self) -> Entity | None:
        """The end of the statement that is not described."""
        return self.subject if self.incoming else self.object


@dataclass(frozen=True)
class Description:
    """A thing with its attributes and the statements about it: its own first, each group in order of time."""

    entity: Entity
    iri: str
    attributes: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]


class _Quote(NamedTuple):
    text: str
    source: str
    start: int
    end: int


class _Reader:
    """Reads nodes of a store as plain values."""

    def __init__(self, store: Readable, names: Names) -> None:
        self._store, self._names, self._ontology = store, names, ontology.load()

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
        if value.startswith(("http://", "https://")) and self._names.is_entity(value):
            return self._names.entity(value).name
        return value

    def words(
        self, fields: dict[str, list[str]], left_out: frozenset[str]
    ) -> tuple[tuple[str, str], ...]:
        """Fields as pairs of words; the years beside dates and concepts beside their wording are left out."""
        twins = {self._ontology.one(name, f"{KG}yearTwin") for name in fields}
        worded = {n for n in fields if self._ontology.one(n, f"{KG}wording") in fields}
        skipped = left_out | twins | worded
        return tuple(
            (self._ontology.label(name).removesuffix(" in words"), self.word(value))
            for name, values in sorted(
                fields.items(), key=lambda item: self._ontology.place(item[0])
            )
            if name not in skipped
            for value in values
        )

    def claims(self, iri: str) -> list[tuple[str, bool]]:
        """Claims that a thing stands in, and whether it stands elsewhere than as the subject."""
        found: dict[str, bool] = {}
        quads = list(self._store.quads_for_pattern(None, None, NamedNode(iri), None))
        ahead_of(self._store, (q.subject.value for q in quads if isinstance(q.subject, NamedNode)))
        for quad in quads:
            subject, is_subject = plain(quad.subject), quad.predicate.value == f"{KG}subject"
            if is_subject or self._is_claim(subject):
                found[subject] = found.get(subject, True) and not is_subject
        return sorted(
            item for item in found.items() if not objects(self._store, item[0], _WITHDRAWN)
        )

    def near(self, iri: str, claims: Iterable[str]) -> None:
        """Have a distant store read what a description needs: what is named, and where the sentences stand."""
        if isinstance(self._store, Distant):
            named = self._named([iri, *claims])
            ahead_of(self._store, named)
            ahead_of(self._store, self._named(named, _PLACES))

    def _named(self, iris: Iterable[str], by: frozenset[str] = frozenset()) -> set[str]:
        """The nodes that others lead to, by some properties or by any."""
        return {
            quad.object.value
            for iri in iris
            for quad in self._store.quads_for_pattern(NamedNode(iri), None, None, None)
            if isinstance(quad.object, NamedNode) and (not by or quad.predicate.value in by)
        }

    def _is_claim(self, iri: str) -> bool:
        return bool(objects(self._store, iri, f"{KG}subject"))

    def statement(self, claim: str, incoming: bool) -> Statement:
        """A claim with its first sentence."""
        fields = self.fields(claim)
        quote = self._quote(_first(fields, "evidence"))
        target = next(iter(fields.get(f"{KG}object", [])), None)
        return Statement(
            kind=self._ontology.label(fields[_TYPE][0]),
            relation=self._relation(fields.get(f"{KG}states", [])),
            subject=self._names.entity(fields[f"{KG}subject"][0]),
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
        )

    def _quote(self, span: str) -> _Quote:
        fields = self.fields(span) if span else {}
        selectors = [self.fields(s) for s in fields.get(f"{_OA}hasSelector", [])]
        said = {name: value[0] for fields_ in selectors for name, value in fields_.items()}
        source = next(iter(fields.get(f"{_OA}hasSource", [])), "")
        name = next(iter(self.fields(source).get(f"{KG}name", [])), "") if source else ""
        start, end = said.get(f"{_OA}start", "0"), said.get(f"{_OA}end", "0")
        return _Quote(said.get(f"{_OA}exact", ""), name, int(start), int(end))

    def _relation(self, states: Iterable[str]) -> str:
        """The relations that no other of them implies, in words; training tells more than work."""
        given = set(states)
        implied = {g for p in given for g in self._ontology.closure(p) if g != p}
        return ", ".join(self._ontology.label(p) for p in sorted(given - implied))


def _first(fields: dict[str, list[str]], term: str) -> str:
    return next(iter(fields.get(KG + term, [])), "")


def describe(store: Readable, names: Names, entity: Entity) -> Description:
    """Attributes and statements of a thing of this graph."""
    reader, iri = _Reader(store, names), names.iri(entity)
    own = frozenset(ontology.load().relations)
    claims = reader.claims(iri)
    reader.near(iri, (claim for claim, _ in claims))
    attributes = reader.words(reader.fields(iri), _NOT_ATTRIBUTES | own)
    statements = [reader.statement(claim, incoming) for claim, incoming in claims]
    return Description(entity, iri, attributes, tuple(sorted(statements, key=_order)))


def _order(statement: Statement) -> tuple[bool, str, str, str, str, int]:
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
