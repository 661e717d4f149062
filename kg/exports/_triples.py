"""A graph's triples in the order that reads best: by subject, its type first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.graph import KnowledgeGraph

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PREFIXES = {
    "kg": "https://w3id.org/talkgraph/terms#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def triples(graph: KnowledgeGraph) -> list[Triple]:
    """Every triple, sorted by subject, then type, then property and object."""
    from pyoxigraph import RdfFormat, Triple, parse  # noqa: PLC0415  heavy

    quads = parse(graph.ntriples().encode("utf-8"), format=RdfFormat.N_TRIPLES)
    found = [Triple(q.subject, q.predicate, q.object) for q in quads]
    return sorted(found, key=_order)


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    predicate = triple.predicate.value
    return str(triple.subject), predicate != RDF_TYPE, predicate, str(triple.object)
