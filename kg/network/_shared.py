"""Networks of things that share talks."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from kg.network import Network
from kg.network._reading import Reading


def sharing(reading: Reading, relation: str) -> Network:
    """What talks have by one relation, as nodes; an edge where two have a talk in common."""
    import networkx as nx  # noqa: PLC0415  heavy

    members: dict[str, list[str]] = defaultdict(list)
    for talk, name, member in reading.links:
        if name == relation:
            members[talk].append(member)
    counts = Counter(member for found in members.values() for member in found)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for talk, found in sorted(members.items()):
        for pair in combinations(sorted(found), 2):
            shared[pair].append(talk)
    network = nx.Graph()
    for member in sorted(counts):
        node = reading.nodes[member]
        network.add_node(member, label=node.name, type=node.type, talks=counts[member])
    for (one, other), talks in sorted(shared.items()):
        network.add_edge(one, other, weight=len(talks), talks=" ".join(talks))
    return network
