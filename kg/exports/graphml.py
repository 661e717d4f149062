"""GraphML, for Gephi, yEd, Cytoscape and networkx.

An edge's id is a number of its own, as the format asks; its relation stands in the attribute ``relation``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.exports._xml import cleaned
from kg.network import to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".graphml",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the whole graph of entities with typed attributes."""
    import networkx as nx  # noqa: PLC0415  heavy

    network = cleaned(to_networkx(graph))
    numbered = nx.MultiDiGraph()
    numbered.add_nodes_from(network.nodes(data=True))
    edges = enumerate(network.edges(data=True))
    numbered.add_edges_from((s, o, f"e{i}", data) for i, (s, o, data) in edges)
    with path.open("wb") as file:
        nx.write_graphml_xml(numbered, file, prettyprint=True)
