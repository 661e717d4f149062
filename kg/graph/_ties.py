"""What a thing is directly tied to: counts by relation and direction, and the other ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg import ontology
from kg.graph._sparql import answer
from kg.graph._store import Readable, ahead_of, objects, plain, subjects
from kg.ontology import KG, OWL, RDFS


class Tie(NamedTuple):
    """A relation of a thing, in one direction.

    Parameters:
        iri: of the relation.
        incoming: whether others have it with the thing.
        number: how many others.
    """

    iri: str
    incoming: bool
    number: int = 0


class Link(NamedTuple):
    """That a thing has a relation to another, and the claim that states it; "" for none."""

    subject: str
    relation: str
    object: str
    claim: str = ""


@cache
def relations() -> tuple[str, ...]:
    """Relations between things, in the order of the ontology."""
    known = ontology.load()
    classes = {kind.iri for kind in known.kinds.values()}
    ours = (
        term
        for term in known.terms
        if f"{OWL}ObjectProperty" in known.types[term]
        and {known.one(term, f"{RDFS}{end}") for end in ("domain", "range")} <= classes
    )
    told = (f.iri for f in known.fields.values() if f.of_object)
    return tuple(sorted({*ours, *told}, key=known.place))


def count(store: Readable, iri: str) -> list[Tie]:
    """The ties of a thing, own relations first."""
    node, wanted = NamedNode(iri), " ".join(f"<{r}>" for r in relations())
    found: list[Tie] = []
    for incoming, pattern in ((False, f"{node} ?r ?o"), (True, f"?o ?r {node}")):
        sparql = (
            f"SELECT ?r (COUNT(*) AS ?n) WHERE {{ VALUES ?r {{ {wanted} }} {pattern} }} GROUP BY ?r"
        )
        rows = answer(store, sparql).rows
        found.extend(Tie(r, incoming, int(n)) for r, n in rows if r and n)
    places = {relation: place for place, relation in enumerate(relations())}
    return sorted(found, key=lambda tie: (tie.incoming, places[tie.iri]))


def ends(store: Readable, iri: str, tie: Tie) -> tuple[str, ...]:
    """The IRIs at the other ends of a tie."""
    node, relation = NamedNode(iri), NamedNode(tie.iri)
    if tie.incoming:
        return tuple(subjects(store, [tie.iri], iri))
    return tuple(plain(q.object) for q in store.quads_for_pattern(node, relation, None, None))


def among(store: Readable, iris: Collection[str]) -> Iterator[Link]:
    """The ties among some things: one for each claim and each relation that no other of its own implies."""
    ahead_of(store, iris)
    wanted = {*iris}
    for iri in sorted(wanted):
        direct = _direct(store, iri, wanted)
        if direct:
            yield from _stated(store, iri, direct)


def _direct(store: Readable, iri: str, wanted: Collection[str]) -> dict[str, set[str]]:
    """The other things that a thing has a relation to, with these relations."""
    known, found = {*relations()}, dict[str, set[str]]()
    for quad in store.quads_for_pattern(NamedNode(iri), None, None, None):
        other = plain(quad.object)
        if quad.predicate.value in known and other in wanted:
            found.setdefault(other, set()).add(quad.predicate.value)
    return found


def _stated(store: Readable, iri: str, direct: dict[str, set[str]]) -> Iterator[Link]:
    quads = store.quads_for_pattern(None, NamedNode(f"{KG}subject"), NamedNode(iri), None)
    claims = sorted(plain(quad.subject) for quad in quads)
    ahead_of(store, claims)
    rest = {other: {*found} for other, found in direct.items()}
    for claim in claims:
        for other in objects(store, claim, f"{KG}object"):
            stated = {*objects(store, claim, f"{KG}states")} & direct.get(other, set())
            yield from (Link(iri, relation, other, claim) for relation in own(stated))
            rest[other] = rest.get(other, set()) - stated
    for other in sorted(rest):
        yield from (Link(iri, relation, other) for relation in own(rest[other]))


def own(relations_: Collection[str]) -> list[str]:
    """Those of some relations that no other of them implies."""
    closure = ontology.load().closure
    implied = {g for r in relations_ for g in closure(r) if g != r}
    return sorted({*relations_} - implied)
