"""GraphML, for Gephi, yEd, Cytoscape and networkx.

An edge's id is a number of its own, as the format asks; its relation stands in the attribute ``relation``. A node's id
is its IRI: the format's schema would have a name without slashes, but no program asks for that.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.exports._xml import cleaned
from kg.network import Network, to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".graphml",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the whole graph of entities with typed attributes."""
    write_network(to_networkx(graph), path)


def write_network(network: Network, path: Path) -> None:
    """Write a network with typed attributes."""
    import networkx as nx  # noqa: PLC0415  heavy

    clean = cleaned(network)
    if clean.is_multigraph():
        clean = _numbered(clean)
    with path.open("wb") as file:
        nx.write_graphml_xml(clean, file, prettyprint=True, edge_id_from_attribute=None)


def _numbered(network: Network) -> Network:
    """A copy whose edges have numbers as keys."""
    copy = type(network)(**network.graph)
    copy.add_nodes_from(network.nodes(data=True))
    edges = enumerate(network.edges(data=True))
    copy.add_edges_from((s, o, f"e{i}", data) for i, (s, o, data) in edges)
    return copy
