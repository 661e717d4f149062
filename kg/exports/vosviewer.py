"""JSON of VOSviewer and VOSviewer Online: items with weights and scores, links with strength, clusters.

Communities are clusters, counted from 1. Strengths may not be negative there: a weight below 0 (of ``pmi``) is written
as 0, and stands as it is in ``weight``. All items must have the same weights: one that is not known is 0. Attributes
that VOSviewer has no field for stand beside its own.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exports._lines import as_json, as_lines
from kg.network import Network, to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".vosviewer.json",)
_MOST_CLUSTERS = 1_000
_WEIGHTS = {"talks": "Talks", "degree": "Links", "strength": "Total link strength"}
_SCORES = {
    "first_year": "First year",
    "last_year": "Last year",
    "betweenness": "Betweenness",
    "pagerank": "PageRank",
    "participation": "Participation",
}
_OWN = {"id", "label", "description", "url", "x", "y", "cluster", "weights", "scores"}


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the whole graph of entities."""
    write_network(to_networkx(graph), path)


def write_network(network: Network, path: Path) -> None:
    """Write a network, an item or a link a line."""
    known = {key for _, data in network.nodes(data=True) for key in data}
    weights = {key: name for key, name in _WEIGHTS.items() if key in known}
    items = [_item(network, iri, weights) for iri in network]
    links = [_link(one, other, data) for one, other, data in network.edges(data=True)]
    clusters = as_lines(_clusters(network))
    told = network.graph
    info = {
        "title": told.get("title", "Talk graph"),
        "description": escape(told.get("parameters", "")),
    }
    config = {
        "parameters": {"item_size": 1, "item_color": 1, "max_label_length": 30},
        "terminology": {"cluster": "Community", "clusters": "Communities"},
    }
    text = (
        f'{{"network": {{"items": {as_lines(items)},\n"links": {as_lines(links)},\n"clusters": {clusters}}},\n'
        f'"config": {as_json(config)},\n"info": {as_json(info)}}}\n'
    )
    path.write_text(text, encoding="utf-8", newline="\n")


def _item(network: Network, iri: str, weights: dict[str, str]) -> dict[str, Any]:
    data = network.nodes[iri]
    item: dict[str, Any] = {"id": iri, "label": data["label"], "url": iri}
    item["description"] = _described(data)
    item |= {key: data[key] for key in ("x", "y") if key in data}
    if 0 <= data.get("community", -1) < _MOST_CLUSTERS:
        item["cluster"] = data["community"] + 1
    item["weights"] = {name: data.get(key, 0) for key, name in weights.items()}
    item["weights"].setdefault("Links", network.degree(iri))
    scores = {name: data[key] for key, name in _SCORES.items() if key in data}
    return item | ({"scores": scores} if scores else {}) | _others(data)


def _others(data: dict[str, Any]) -> dict[str, Any]:
    """Attributes that none of VOSviewer's own fields is called like."""
    return {key: value for key, value in data.items() if key not in _OWN}


def _described(data: dict[str, Any]) -> str:
    """What a reader sees when the pointer rests on an item: HTML, so names are escaped."""
    years = "–".join(
        dict.fromkeys(str(data[key]) for key in ("first_year", "last_year") if key in data)
    )
    talks = f"{data['talks']} talks" if "talks" in data else ""
    community = data.get("community_name", "")
    lines = filter(None, (data["label"], data.get("type", ""), talks, years, community))
    return "<br>".join(escape(str(line)) for line in lines)


def _link(one: str, other: str, data: dict[str, Any]) -> dict[str, Any]:
    strength = data.get("weight", 1.0)
    told = [f"{data['count']} in common"] if "count" in data else []
    told += [data[key] for key in ("label", "years") if key in data]
    link = {"source_id": one, "target_id": other, "strength": max(float(strength), 0.0)}
    return link | {"description": "<br>".join(escape(str(line)) for line in told)} | data


def _clusters(network: Network) -> list[dict[str, Any]]:
    names: dict[int, str] = {}
    for _, data in network.nodes(data=True):
        number = data.get("community", -1)
        if 0 <= number < _MOST_CLUSTERS:
            names[number + 1] = data.get("community_name", f"Community {number + 1}")
    return [{"cluster": number, "label": names[number]} for number in sorted(names)]
