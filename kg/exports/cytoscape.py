"""JSON of Cytoscape and Cytoscape.js: ``cytoscape({elements: ...})``, ``networkx.cytoscape_graph(data)``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exports._lines import as_json, as_lines, keyed, kind
from kg.network import Network, to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".cyjs",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the whole graph of entities, a node or an edge a line."""
    write_network(to_networkx(graph), path)


def write_network(network: Network, path: Path) -> None:
    """Write a network, a node or an edge a line; nodes that have a place stand there."""
    edges = [
        {"data": {"id": f"e{i}", "source": source, "target": target} | _key(key) | data}
        for i, (source, target, key, data) in enumerate(keyed(network))
    ]
    nodes = [_node(iri, data) for iri, data in network.nodes(data=True)]
    text = (
        f'{{"format_version": "1.0", "generated_by": "talkgraph", {kind(network)},\n'
        f'"data": {as_json(network.graph)},\n'
        f'"elements": {{"nodes": {as_lines(nodes)},\n"edges": {as_lines(edges)}}}}}\n'
    )
    path.write_text(text, encoding="utf-8", newline="\n")


def _key(key: str) -> dict[str, str]:
    return {"key": key, "interaction": key} if key else {}


def _node(iri: str, data: dict[str, Any]) -> dict[str, Any]:
    """A node; Cytoscape shows ``name``, networkx takes ``value`` as the node."""
    node: dict[str, Any] = {
        "data": {"id": iri, "value": iri, "name": data.get("label", iri)} | data
    }
    if "x" in data and "y" in data:
        node["position"] = {"x": data["x"], "y": data["y"]}
    return node
