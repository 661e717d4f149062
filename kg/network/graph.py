"""The whole graph of entities: who spoke, on what, from where, trained where, advised by whom.

A directed multigraph. A node is an IRI with ``label``, ``type``, ``talks``, ``facts`` and, where known, ``aliases``,
``first_year`` and ``last_year``. An edge has its relation as key, and ``relation``, ``label``, ``claims`` and, where
known, ``confidence``, ``sentence``, ``sources``, ``start`` and ``end``. All values are text or numbers, none is empty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.network import Choice, Network
from kg.network._reading import Claim, Reading, specific, words

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TAKES = ()
_TOLD = ("degree", "roleName", "role", "stage")
"""Fields that say most of a claim, the best first."""
_Edge = tuple[str, str, str]
_Attributes = dict[str, str | int | float]


def build(graph: KnowledgeGraph, _: Choice) -> Network:
    """Entities and their direct relations, each with the sentences behind it."""
    import networkx as nx  # noqa: PLC0415  heavy

    reading = Reading(graph)
    backing = _backing(reading)
    network = nx.MultiDiGraph()
    network.add_nodes_from(_nodes(reading, backing).items())
    for (subject, target, relation), claims in sorted(backing.items()):
        attributes = _edge(reading, relation, claims)
        network.add_edges_from([(subject, target, relation, attributes)])
    return network


def _backing(reading: Reading) -> dict[_Edge, list[Claim]]:
    """Claims behind each edge; a direct statement that a more specific one implies is left out."""
    backing: dict[_Edge, list[Claim]] = defaultdict(list)
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    direct = set(reading.links)
    for claim in reading.claims:
        ends = (claim.subject, claim.object)
        for relation in claim.relations:
            if (claim.subject, relation, claim.object) in direct:
                backing[(*ends, relation)].append(claim)
                said[ends].add(relation)
    unsaid: dict[tuple[str, str], set[str]] = defaultdict(set)
    for subject, relation, target in direct:
        unsaid[subject, target].add(relation)
    for ends, relations in unsaid.items():
        implied = relations - set(specific(relations))
        for relation in relations - implied - said[ends]:
            backing[(*ends, relation)] = []
    return backing


def _nodes(reading: Reading, backing: dict[_Edge, list[Claim]]) -> dict[str, _Attributes]:
    facts: Counter[str] = Counter()
    for (subject, target, _), claims in backing.items():
        facts.update({subject: len(claims), target: len(claims)})
    talks = _talks(reading, backing)
    nodes: dict[str, _Attributes] = {}
    for iri, node in reading.nodes.items():
        years = sorted(_year(reading.nodes[t].date) for t in talks[iri] if reading.nodes[t].date)
        nodes[iri] = {
            "label": node.name,
            "type": node.type,
            "talks": len(talks[iri]),
            "facts": facts[iri],
        }
        if node.aliases:
            nodes[iri]["aliases"] = " | ".join(node.aliases)
        if years:
            nodes[iri] |= {"first_year": years[0], "last_year": years[-1]}
    return nodes


def _talks(reading: Reading, edges: Iterable[_Edge]) -> dict[str, set[str]]:
    """Talks of each entity: those it is linked to, else those of the people it is linked to."""
    near: dict[str, set[str]] = defaultdict(set)
    for subject, target, _ in edges:
        near[subject].add(target)
        near[target].add(subject)
    talks = {iri: {iri} for iri, node in reading.nodes.items() if node.type == "Talk"}
    own = {iri: {t for t in near[iri] if t in talks} for iri in reading.nodes}
    people = {iri for iri, node in reading.nodes.items() if node.type == "Person"}
    for iri in reading.nodes:
        if iri in talks or iri in people or own[iri]:
            continue
        own[iri] = {t for person in near[iri] & people for t in own[person]}
    return own | talks


def _year(date: str) -> int:
    return int(date[:4])


def _edge(reading: Reading, relation: str, claims: list[Claim]) -> _Attributes:
    best = sorted(claims, key=lambda c: (-c.confidence, c.iri))
    quotes = {quote.text: quote.source for claim in best for quote in claim.quotes}
    labels = dict.fromkeys(filter(None, (_label(reading, claim) for claim in best)))
    attributes: _Attributes = {
        "relation": relation,
        "label": "; ".join(labels) or words(relation),
        "claims": len(claims),
    }
    if best:
        attributes["confidence"] = best[0].confidence
    if quotes:
        attributes["sentence"] = "\n".join(quotes)
        attributes["sources"] = " | ".join(dict.fromkeys(quotes.values()))
    return attributes | _years(claims)


def _years(claims: list[Claim]) -> _Attributes:
    """First and last year of what is claimed; a degree or an award has one year, which is both."""
    starts = [v for c in claims if (v := c.values.get("startYear") or c.values.get("year"))]
    ends = [v for c in claims if (v := c.values.get("endYear") or c.values.get("year"))]
    years: _Attributes = {"start": min(map(int, starts))} if starts else {}
    return years | ({"end": max(map(int, ends))} if ends else {})


def _label(reading: Reading, claim: Claim) -> str:
    """What a claim says beyond its relation: "PhD in geology, 2012", "postdoc, 2009-2011"."""
    values = claim.values
    what = next((values[name] for name in _TOLD if name in values), "")
    text = reading.word(what)
    if text and "field" in values:
        text += f" in {reading.word(values['field'])}"
    start, end = values.get("startYear", ""), values.get("endYear", "")
    years = values.get("year") or (f"{start}–{end}" if start or end else "")
    return ", ".join(filter(None, (text, years)))
