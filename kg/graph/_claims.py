"""Facts as claims, and the direct triples they back.

No kind of fact is named here: the ontology says what a class of claims backs and what stands in its fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from kg import ontology
from kg.graph._ntriples import FROM, TYPE, Lines, dated, decimal, integer, kg, literal
from kg.graph._sources import Sources
from kg.graph._things import Things
from kg.model import Fact, Page, Talk
from kg.ontology import SKOS, ClaimClass, Concept, Field
from kg.resolution import listed

_DIGITS = 12
_WITHDRAWN = "<http://www.w3.org/ns/prov#invalidatedAtTime>"
_Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Setting:
    """Where a claim is made: the node of the talk, its page, and when the source spoke."""

    talk: str
    page: Page
    as_of: str


class Claims:
    """The claims of one graph. Two facts that say the same of the same sentence are one claim, the surer one's."""

    def __init__(self, lines: Lines, base: str, things: Things, sources: Sources) -> None:
        """Start with no claim."""
        self._lines, self._base, self._things, self._sources = lines, base, things, sources
        self._best: dict[str, tuple[float, str, tuple[str, str], tuple[str, ...]]] = {}
        self._used: set[Concept] = set()

    def talk(self, talk: Talk, least: float) -> None:
        """Everything that is claimed in a talk; facts below ``least`` state nothing directly."""
        node = self._things.node(self._things.entities.talk(talk))
        when = dated(talk.date) if talk.date else None
        here = Setting(node, talk.page, when[0] if when else self._sources.read_on(talk.page))
        self._lines.add(node, (FROM, self._sources.node(talk.page)))
        if talk.title_at:
            self._lines.add(
                node, (kg("evidence"), self._sources.evidence(talk.page, talk.title_at))
            )
        for fact in (*talk.topics, *(f for s in talk.speakers for f in s.facts)):
            self._claim(fact, here, least)

    def write(self) -> None:
        """Write rule, confidence and relations of every claim, and the concepts they use."""
        for node, (sure, rule, (subject, target), states) in self._best.items():
            self._lines.add(node, (kg("confidence"), decimal(-sure)), (kg("rule"), literal(rule)))
            for relation in states:
                self._lines.add(node, (kg("states"), f"<{relation}>"))
                self._lines.add(subject, (f"<{relation}>", target))
        for concept in self._used:
            self._lines.add(
                f"<{concept.iri}>",
                (TYPE, f"<{concept.type}>"),
                (TYPE, f"<{SKOS}Concept>"),
                (f"<{SKOS}inScheme>", f"<{concept.scheme}>"),
                (f"<{SKOS}prefLabel>", literal(concept.label, language="en")),
                (kg("name"), literal(concept.label)),
            )

    def _claim(self, fact: Fact, here: Setting, least: float) -> None:
        plan = ontology.plan(type(fact))
        subject = (
            here.talk
            if plan.claim.subject == "talk"
            else self._things.named("person", fact.subject, here.page)
        )
        target = getattr(fact, plan.object_field)
        node = (
            self._things.named(plan.claim.object, target, here.page) if target is not None else ""
        )
        said = list(self._backing(fact, here, plan.claim))
        said += [(kg("subject"), subject), *([(kg("object"), node)] if node else [])]
        added: list[str] = []
        for name, described in plan.fields:
            for value in listed(getattr(fact, name)):
                if not described.of_object:  # what is told of the object, it tells itself
                    said += self._field(described, value, (target, here.page), added)
        live = node and fact.confidence >= least and not fact.retracted
        states = _states(plan.claim, added) if live else ()
        self._keep(fact, said, (subject, node), states)

    def _backing(self, fact: Fact, here: Setting, claim: ClaimClass) -> Iterator[tuple[str, str]]:
        """What every claim has: its class, the printed form, its sentence and source, and when the source spoke."""
        page = fact.evidence.page
        yield TYPE, f"<{claim.iri}>"
        yield kg("printed"), literal(fact.printed)
        yield kg("evidence"), self._sources.evidence(page, fact.evidence.span)
        yield FROM, self._sources.node(page)
        if as_of := here.as_of if page == here.page else self._sources.read_on(page) or here.as_of:
            yield kg("asOf"), as_of
        if withdrawn := dated(fact.retracted or ""):
            yield _WITHDRAWN, withdrawn[0]
        if claim.at_talk:
            yield kg("talk"), here.talk

    def _keep(
        self, fact: Fact, said: _Pairs, ends: tuple[str, str], states: tuple[str, ...]
    ) -> None:
        """Write a claim under a name made of its content."""
        content = "\n".join(sorted(f"{predicate} {value}" for predicate, value in said))
        digest = sha256(content.encode()).hexdigest()[:_DIGITS]
        node = f"<{self._base}claim/{segment(type(fact).__name__)}-{digest}>"
        found = (-fact.confidence, fact.rule, ends, states)
        if node not in self._best:
            self._lines.add(node, *said, (kg("sentence"), literal(fact.evidence.quote)))
            self._best[node] = found
        else:
            self._best[node] = min(self._best[node], found)

    def _field(
        self, described: Field, value: str, found: tuple[str | None, Page], added: list[str]
    ) -> Iterator[tuple[str, str]]:
        """A field of a claim; the relations that its concept adds are noted in ``added``."""
        predicate, (target, page) = f"<{described.iri}>", found
        if described.kind == "unit":
            if target is not None:
                yield predicate, self._things.node(self._things.entities.unit(target, value))
        elif described.kind:
            yield predicate, self._things.named(described.kind, value, page)
        elif described.scheme:
            yield from self._words(described, value, added)
        elif described.twin:
            if when := dated(value):
                yield from ((predicate, when[0]), (f"<{described.twin}>", integer(when[1])))
        else:
            yield predicate, decimal(float(value)) if described.decimal else literal(value)

    def _words(self, described: Field, value: str, added: list[str]) -> Iterator[tuple[str, str]]:
        concept = ontology.concept(described.scheme, value)
        if concept:
            self._used.add(concept)
            added += concept.adds
            yield f"<{described.iri}>", f"<{concept.iri}>"
        if described.wording:
            yield f"<{described.wording}>", literal(value)


def segment(name: str) -> str:
    """The name of a class of claims as it stands in IRIs: "AwardReceipt" is "award-receipt"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _states(claim: ClaimClass, added: Iterable[str]) -> tuple[str, ...]:
    """The relations a claim backs: those of its class, those its concepts add, and the more general ones."""
    closure = ontology.load().closure
    allowed = {general for p in added if p in claim.may_back for general in closure(p)}
    return tuple(sorted({*claim.backs, *allowed}))
