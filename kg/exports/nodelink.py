"""Node-link JSON, as networkx and D3 read it: ``networkx.node_link_graph(data, edges="edges")``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.exports._lines import as_json, as_lines
from kg.network import Network, to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".json",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the whole graph of entities, a node or an edge a line."""
    write_network(to_networkx(graph), path)


def write_network(network: Network, path: Path) -> None:
    """Write a network, a node or an edge a line."""
    multiple = network.is_multigraph()
    nodes = [{"id": iri} | data for iri, data in network.nodes(data=True)]
    keyed = network.edges(keys=True, data=True) if multiple else network.edges(data=True)
    edges = [
        {"source": source, "target": target} | ({"key": key[0]} if key else {}) | data
        for source, target, *key, data in keyed
    ]
    head = f'"directed": {as_json(network.is_directed())}, "multigraph": {as_json(multiple)}'
    text = (
        f'{{{head}, "graph": {as_json(network.graph)},\n'
        f'"nodes": {as_lines(nodes)},\n"edges": {as_lines(edges)}}}\n'
    )
    path.write_text(text, encoding="utf-8", newline="\n")
