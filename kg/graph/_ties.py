"""What a thing is directly tied to: counts by relation and direction, and the other ends."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg import ontology
from kg.graph._sparql import answer
from kg.graph._store import Readable, plain
from kg.ontology import OWL, RDFS


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
        quads = store.quads_for_pattern(None, relation, node, None)
        return tuple(plain(quad.subject) for quad in quads)
    return tuple(plain(q.object) for q in store.quads_for_pattern(node, relation, None, None))
