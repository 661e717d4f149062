"""GEXF 1.3, for Gephi: edges that are dated carry their years as start and end, nodes that have a place stand there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exports._xml import cleaned
from kg.network import Network, to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".gexf",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the whole graph of entities, without the day of writing that networkx would add."""
    write_network(to_networkx(graph), path)


def write_network(network: Network, path: Path) -> None:
    """Write a network; its title and parameters stand as the description."""
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415  heavy

    clean = cleaned(network)
    for _, data in clean.nodes(data=True):
        if "x" in data and "y" in data:
            data["viz"] = {"position": {"x": data["x"], "y": data["y"], "z": 0.0}}
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.3")
    writer.add_graph(clean)
    _settle(writer.xml, clean)
    with path.open("wb") as file:
        writer.write(file)


def _settle(xml: Any, network: Network) -> None:
    """Take out the day of writing, and say what the network is; mend what networkx writes against the schema."""
    xml.set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
    for element in xml.iter():
        element.attrib.pop("lastmodifieddate", None)
        if element.tag == "graph":
            element.attrib.pop("name", None)
        if element.get("timeformat") == "long":
            element.set("timeformat", "integer")
    told = [network.graph[key] for key in ("title", "parameters") if key in network.graph]
    meta = xml.find("meta")
    if told and meta is not None:
        described = meta.makeelement("description", {})
        described.text = ". ".join(told)
        meta.append(described)
