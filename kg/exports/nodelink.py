"""Node-link JSON, as networkx and D3 read it: ``networkx.node_link_graph(data, edges="edges")``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.exports._lines import as_json, as_lines, keyed, kind
from kg.network import Network, to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".json",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the whole graph of entities, a node or an edge a line."""
    write_network(to_networkx(graph), path)


def write_network(network: Network, path: Path) -> None:
    """Write a network, a node or an edge a line."""
    nodes = [{"id": iri} | data for iri, data in network.nodes(data=True)]
    edges = [
        {"source": source, "target": target} | ({"key": key} if key else {}) | data
        for source, target, key, data in keyed(network)
    ]
    text = (
        f'{{{kind(network)}, "graph": {as_json(network.graph)},\n'
        f'"nodes": {as_lines(nodes)},\n"edges": {as_lines(edges)}}}\n'
    )
    path.write_text(text, encoding="utf-8", newline="\n")
