"""What a picture shows of a network: which nodes, how large, with which words, and where."""

from __future__ import annotations

import json
from functools import cache
from math import pow, sqrt
from textwrap import wrap
from typing import Any, cast

from kg import ontology, resources
from kg.layout import Room, lay_out
from kg.network import Network, part

_LINE = 13
"""Pixels from one line of a label to the next."""
_LETTER = 6.3
"""Pixels a letter of a label is wide, on average."""
_PLAIN = {"one": "thing", "many": "things", "shape": "dot", "size": 5, "label": 18, "rank": 9}
_ALONE = ("Topic", "Award", "Unit")
"""Types whose nodes keep room for a label only where they join others."""


@cache
def look() -> dict[str, dict[str, dict[str, Any]]]:
    """Shapes and words of ``viz/picture.json`` by type and by relation, with the ontology's colours."""
    text = (resources.folder("viz") / "picture.json").read_text("utf-8")
    found = cast("dict[str, dict[str, dict[str, Any]]]", json.loads(text))
    for kind in ontology.load().kinds.values():
        style = found["types"].setdefault(kind.iri.removeprefix(ontology.KG), dict(_PLAIN))
        style |= {
            "color": kind.colour,
            "edge": shade(kind.colour, 3.0),
            "ink": shade(kind.colour, 7.0),
        }
    return found


def shade(color: str, contrast: float) -> str:
    """A colour made darker until it stands out from white by at least this contrast."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    while 1.05 / (_luminance(channels) + 0.05) < contrast:
        channels = [0.96 * channel for channel in channels]
    return "#" + "".join(f"{round(255 * channel):02X}" for channel in channels)


def _luminance(channels: list[float]) -> float:
    linear = [pow(channel, 2.2) for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def chosen(network: Network, max_nodes: int) -> Network:
    """The part worth drawing: no departments, no wider topics, the ``max_nodes`` with most links.

    Nodes that lose their last neighbour give their place to the next that have one.
    """
    units = {node for node, kind in network.nodes(data="type") if kind == "Unit"}
    drawn = (edge for edge in network.edges(keys=True) if edge[2] != "broader")
    edges = [edge for edge in drawn if units.isdisjoint(edge[:2])]
    linked = part(network, {end for edge in edges for end in edge[:2]}, edges)
    ranked = sorted(linked, key=lambda n: (-_weight(linked, n), n))
    kept = set(ranked[:max_nodes])
    kept = {n for n in kept if kept.intersection(_around(linked, n))}
    for node in ranked[max_nodes:]:
        if len(kept) >= max_nodes:
            break
        if kept.intersection(_around(linked, node)):
            kept.add(node)
    return part(linked, kept, [edge for edge in edges if kept.issuperset(edge[:2])])


def _around(network: Network, node: str) -> set[str]:
    return set(network.successors(node)) | set(network.predecessors(node))


def _weight(network: Network, node: str) -> float:
    """Neighbours; one that leads on to others counts ten times one that does not, and a talk's count for half."""
    found = sum(
        1.0 if len(_around(network, other)) > 1 else 0.1 for other in _around(network, node)
    )
    return found / 2 if network.nodes[node]["type"] == "Talk" else found


def arranged(network: Network) -> dict[str, dict[str, Any]]:
    """Position, size, shape and wrapped label of each node."""
    drawn = {node: _drawn(network, node) for node in network}
    places = lay_out(network, {node: _room(network, node, drawn[node]) for node in network})
    return {node: drawn[node] | dict(zip("xy", places[node], strict=True)) for node in network}


def _drawn(network: Network, node: str) -> dict[str, Any]:
    data = network.nodes[node]
    style = look()["types"][data["type"]]
    degree = len(_around(network, node))
    size = style["size"] + 1.6 * sqrt(max(degree - 1, 0))
    lines = wrap(data["label"], style["label"], max_lines=3, placeholder=" …") or [data["label"]]
    return {
        "size": round(min(size, 2.2 * style["size"]), 1),
        "shape": style["shape"],
        "lines": lines,
    }


def _room(network: Network, node: str, drawn: dict[str, Any]) -> Room:
    """Room for a node, with its label below it where the label should be seen at first sight."""
    half = drawn["size"] + 2
    if network.nodes[node]["type"] in _ALONE and len(_around(network, node)) == 1:
        return Room(2 * half, half, half)
    width = max(len(line) for line in drawn["lines"]) * _LETTER
    return Room(max(2 * half, width), half, half + _LINE * len(drawn["lines"]))
