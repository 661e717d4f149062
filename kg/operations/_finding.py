"""Finding things by what they are called, and how two of them hang together."""

from __future__ import annotations

from kg import ontology
from kg.graph import KnowledgeGraph, Step
from kg.ontology import KG
from kg.operations._bounds import Value, page, text, thing
from kg.operations._describing import brief, named, summary
from kg.settings import LIMITS

_DEEPEST = 500


def search(
    graph: KnowledgeGraph,
    q: str,
    kind: str | None = None,
    limit: int = LIMITS.page,
    offset: int = 0,
) -> Value:
    """What fits a text best, by any of its names; case and accents do not matter, the last word may be begun.

    Parameters:
        kind: person, institution, unit, award, topic, series or talk; None for all.

    Returns:
        ``q``, ``hits`` (``iri``, ``kind``, ``name``, ``matched``: the name that fits, ``score`` from 0 to 1,
        ``weight``, ``summary``), ``limit``, ``offset``, and whether there are ``more``; 500 hits are ranked at most.

    Raises:
        UnknownName: the kind is none.
        QueryError: a value is out of its bounds.
    """
    asked, (most, skip) = text("q", q), page(limit, offset)
    wanted = text("kind", kind) if kind is not None else None
    found = graph.search(asked, wanted, min(skip + most + 1, _DEEPEST))
    hits = [
        {
            **brief(hit.thing),
            "matched": hit.name,
            "score": hit.score,
            "weight": hit.thing.weight,
            "summary": summary(graph, hit.thing),
        }
        for hit in found[skip : skip + most]
    ]
    return {
        "q": asked,
        "hits": hits,
        "limit": most,
        "offset": skip,
        "more": len(found) > skip + most,
    }


def path(graph: KnowledgeGraph, one: str, other: str) -> Value:
    """How two things hang together: the shortest ways, three at most.

    Parameters:
        one: the IRI of a thing.
        other: that of another.

    Returns:
        ``one``, ``other``, and ``ways``, lists of steps: ``from``, ``relation``, ``label``, ``direction`` ("out": the
        thing it comes from has the relation), ``to``, and what it rests on: ``claim``, ``sentence``, ``printed`` (the
        words of it), ``source``, ``start``, ``end`` (None for a series, of which no sentence is kept).

    Raises:
        UnknownName: the graph has no such thing.
        QueryError: a value is out of its bounds.
    """
    ends = thing(graph, one), thing(graph, other)
    ways = graph.reader.ways(ends[0].iri, ends[1].iri)
    told = [[_step(graph, step, claim) for step, claim in way] for way in ways]
    return {"one": brief(ends[0]), "other": brief(ends[1]), "ways": told}


def _step(graph: KnowledgeGraph, step: Step, claim: str | None) -> Value:
    reader = graph.reader
    said = reader.statement(claim) if claim else None
    return {
        "from": named(reader.entity(step.start), step.start),
        "relation": step.relation,
        "label": ontology.load().label(KG + step.relation),
        "direction": "out" if step.subject == step.start else "in",
        "to": named(reader.entity(step.end), step.end),
        "claim": claim,
        "sentence": said.sentence if said else None,
        "printed": said.printed if said else None,
        "source": said.source if said else None,
        "start": said.start if said else None,
        "end": said.end if said else None,
    }
