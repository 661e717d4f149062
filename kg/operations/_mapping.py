"""Maps of topics, speakers and institutions, laid out beforehand, and what stands behind their links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg import charts as maps
from kg.errors import UnknownName
from kg.graph import KnowledgeGraph
from kg.operations._bounds import Value, page, text
from kg.operations._describing import named
from kg.settings import LIMITS

_THROUGH = 50
"""Topics that are named of those that two speakers share."""


def charts(graph: KnowledgeGraph) -> list[Value]:
    """The maps that a graph has; none where scipy is not installed, with which they are made.

    Returns:
        of each ``name`` (co-topic, co-speaker, institution-flow), ``title``, and how many ``nodes`` and ``links``.
    """
    return maps.of(graph).listed() if maps.lie_there(graph) or maps.are_possible() else []


def chart(graph: KnowledgeGraph, name: str) -> Value:
    """A map: places and communities of nodes, links with their weights, all by year.

    Returns:
        ``name``, ``title``, ``caption``, ``parameters``, ``measure`` (what weights are), ``unit`` (what links count),
        ``counted`` (what sizes of nodes count: their ``size``, or else their ``talks``), ``directed``, ``talks``,
        ``years`` (first, last), ``nodes`` (``iri``, ``label``, ``type``, ``talks``, ``x``, ``y``, ``community``,
        ``years``: pairs of year and number, ``near``: how many others of the map it is linked to, shown or not),
        ``links`` (number of the one node and of the other, weight, count, years), ``nodes_total`` and ``links_total``
        (shown or not), ``communities`` (``id``, ``name``, ``size``), and ``trends``: what is ``rising`` and ``falling``
        (``iri``, ``label``, ``change``: the factor a year of the odds of a talk being on it, ``early`` and ``late``
        shares of talks, ``count``).

    Raises:
        UnknownName: there is no map of this name.
        MissingPart: the map is not there yet, and scipy, which makes it, is not installed.
    """
    return maps.of(graph).chart(maps.check(text("name", name)))


def behind(
    graph: KnowledgeGraph,
    name: str,
    one: str,
    other: str,
    offset: int = 0,
) -> Value:
    """What stands behind a link of a map.

    Parameters:
        one: the IRI of a node; of a directed link that where it begins.
        other: the IRI of the other node.
        offset: things before those that are told, 200 at most.

    Returns:
        ``things``: the talks in common (``iri``, ``kind``, ``name``, ``date``, ``speakers``), or the people who went
        (with ``sentences`` that say so: ``claim``, ``sentence``, ``printed``), ``through``: topics that two speakers
        share, and ``total``, ``limit``, ``offset`` of the things.

    Raises:
        UnknownName: there is no such map, or it has no such link.
        QueryError: a value is out of its bounds.
    """
    asked = maps.check(text("name", name))
    ends = [
        text(what, iri, 4 * LIMITS.characters) for what, iri in (("one", one), ("other", other))
    ]
    most, skip = page(LIMITS.most, offset)
    kept = maps.of(graph)
    orders = [ends] if maps.KINDS[asked].people else [ends, ends[::-1]]
    found = next(filter(None, (kept.behind(asked, *order) for order in orders)), None)
    if found is None:
        raise UnknownName(f"link of the map {asked}", " to ".join(ends), ())
    things, sorts = found.things[skip : skip + most], maps.KINDS[asked]
    told = _people(graph, things, found.through) if sorts.people else _talks(graph, things)
    topics = () if sorts.people else found.through[:_THROUGH]
    return {
        "things": told,
        "through": [named(graph.reader.entity(iri), iri) for iri in topics],
        "total": len(found.things),
        "limit": most,
        "offset": skip,
    }


def _talks(graph: KnowledgeGraph, iris: Sequence[str]) -> list[Value]:
    reader = graph.reader
    return [
        named(reader.entity(iri), iri)
        | {
            "date": next(iter(reader.values(iri, "date")), None),
            "speakers": [named(reader.entity(i), i) for i in reader.values(iri, "speaker")],
        }
        for iri in iris
    ]


def _people(graph: KnowledgeGraph, iris: Sequence[str], claims: Sequence[str]) -> list[Value]:
    """People with the sentences that say where they were."""
    reader, said = graph.reader, defaultdict(list)
    for claim in claims:
        for subject in reader.values(claim, "subject"):
            said[subject].append(claim)
    told = []
    for iri in iris:
        found = ((claim, reader.statement(claim)) for claim in said[iri])
        sentences = [
            {"claim": claim, "sentence": s.sentence, "printed": s.printed}
            for claim, s in found
            if s
        ]
        told.append(named(reader.entity(iri), iri) | {"sentences": sentences})
    return told
