"""Node-link JSON, as networkx and D3 read it: ``networkx.node_link_graph(data, edges="edges")``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from kg.network import to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".json",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the whole graph of entities, a node or an edge a line."""
    network = to_networkx(graph)
    nodes = [{"id": iri} | data for iri, data in network.nodes(data=True)]
    edges = [
        {"source": source, "target": target, "key": key} | data
        for source, target, key, data in network.edges(keys=True, data=True)
    ]
    text = (
        '{"directed": true, "multigraph": true, "graph": {},\n'
        f'"nodes": {_lines(nodes)},\n"edges": {_lines(edges)}}}\n'
    )
    path.write_text(text, encoding="utf-8", newline="\n")


def _lines(items: list[dict[str, object]]) -> str:
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f"[\n{lines}\n]"
