"""GEXF 1.2, for Gephi: edges that are dated carry their years as start and end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.exports._xml import cleaned
from kg.network import to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".gexf",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the whole graph of entities, without the day of writing that networkx would add."""
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415  heavy

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(cleaned(to_networkx(graph)))
    for element in writer.xml.iter():
        element.attrib.pop("lastmodifieddate", None)
        if element.get("timeformat") == "long":
            element.set("timeformat", "integer")
    with path.open("wb") as file:
        writer.write(file)
