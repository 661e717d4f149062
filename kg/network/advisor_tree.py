"""Who advised whom: a directed edge from a person to an advisor, with its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import Network, part, to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


def build(graph: KnowledgeGraph) -> Network:
    """The part of the whole graph that says who advised whom; nobody without advisor or advisee."""
    whole = to_networkx(graph)
    edges = [edge for edge in whole.edges(keys=True) if edge[2] == "advisedBy"]
    return part(whole, {end for edge in edges for end in edge[:2]}, edges)
