"""From where people trained to where they are now: an edge has ``weight``, the number of people, and ``people``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.network import Network
from kg.network._reading import Reading

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


def build(graph: KnowledgeGraph) -> Network:
    """Institutions as nodes with ``label`` and ``type``; an edge from a place of training to one of work."""
    import networkx as nx  # noqa: PLC0415  heavy

    reading = Reading(graph)
    places: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for person, relation, place in reading.links:
        places[relation][person].add(place)
    people: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person in sorted(places["trainedAt"]):
        for start in places["trainedAt"][person]:
            for end in places["affiliatedWith"].get(person, ()):
                people[start, end].append(person)
    network = nx.DiGraph()
    for place in sorted({end for pair in people for end in pair}):
        network.add_node(place, label=reading.nodes[place].name, type=reading.nodes[place].type)
    for (start, end), found in sorted(people.items()):
        network.add_edge(start, end, weight=len(found), people=" ".join(found))
    return network
