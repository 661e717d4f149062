"""Every tie among some things, each with what it rests on: the lines of a picture of them."""

from __future__ import annotations

from collections.abc import Sequence

from kg import ontology
from kg.errors import QueryError
from kg.graph import KnowledgeGraph, Link, Thing
from kg.operations._bounds import Value, text
from kg.settings import LIMITS


def links(graph: KnowledgeGraph, iris: Sequence[str]) -> Value:
    """Every tie among some things, one for each claim that states it.

    Parameters:
        iris: of the things; those that the graph does not know are left out.

    Returns:
        ``links``: of each ``claim`` (its IRI; None where no sentence is kept of a tie), ``relation`` (its name),
        ``label``, ``from`` and ``to`` (IRIs), ``kind`` (of the claim, or None), ``confidence``, ``source``, ``as_of``,
        ``sentence``, ``printed`` and ``details``.

    Raises:
        QueryError: there are too many things, or one is named by no text of a fair length.
    """
    if isinstance(iris, str) or len(iris) > LIMITS.linked:
        raise QueryError(f"ties among {LIMITS.linked} things are told at most")
    known = dict.fromkeys(found.iri for iri in iris if (found := _known(graph, iri)))
    return {"links": [_told(graph, link) for link in graph.reader.among(known)]}


def _known(graph: KnowledgeGraph, iri: str) -> Thing | None:
    return graph.reader.thing(text("iri", iri, 4 * LIMITS.characters))


def _told(graph: KnowledgeGraph, link: Link) -> Value:
    told: Value = {
        "claim": link.claim or None,
        "relation": link.relation.rpartition("#")[2],
        "label": ontology.load().label(link.relation),
        "from": link.subject,
        "to": link.object,
    }
    if not link.claim:
        unknown = ("kind", "confidence", "source", "as_of", "sentence")
        return told | dict.fromkeys(unknown) | {"printed": "", "details": []}
    said = graph.reader.statement(link.claim)
    return told | {
        "kind": said.kind,
        "confidence": said.confidence,
        "source": said.source,
        "as_of": said.as_of or None,
        "sentence": said.sentence,
        "printed": said.printed,
        "details": [list(pair) for pair in said.details],
    }
