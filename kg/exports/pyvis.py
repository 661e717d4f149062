"""The picture: a pyvis network made safe and offline, in one HTML page that stands still.

pyvis makes the nodes and edges, and brings the vis-network library that draws them; the page around them is ours.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exports._page import page
from kg.exports._picture import arranged, chosen, look
from kg.network import Network, to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".pyvis.html",)
MAX_NODES = 300
_QUIET = {"color": "#B9C1CA", "hover": "#1B1F24", "highlight": "#1B1F24"}
_OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 7},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": True,
        "selectConnectedEdges": False,
        "hideEdgesOnDrag": False,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 2.5, "chosen": False},
    "edges": {
        "smooth": False,
        "width": 1,
        "hoverWidth": 0.6,
        "selectionWidth": 0.6,
        "color": _QUIET,
    },
}


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the page with the most linked entities of the graph."""
    whole = to_networkx(graph)
    net = _pyvis(chosen(whole, MAX_NODES))
    texts = _texts(whole, net)
    data = {"nodes": net.nodes, "edges": net.edges, "options": net.options} | look()
    path.write_text(page("picture", texts, data, _library()), encoding="utf-8", newline="\n")


def to_pyvis(graph: KnowledgeGraph, max_nodes: int = MAX_NODES) -> Any:
    """A ``pyvis.network.Network`` of the most linked entities: directed, physics off, positions set.

    Ids are plain integers; names and sentences stand in fields that nothing reads as markup.
    """
    return _pyvis(chosen(to_networkx(graph), max_nodes))


def _pyvis(network: Network) -> Any:
    from pyvis.network import Network as Pyvis  # noqa: PLC0415  heavy

    net = Pyvis(directed=True, height="100%")
    net.set_options(json.dumps(_OPTIONS))
    number = {iri: i for i, iri in enumerate(network)}
    for iri, drawn in arranged(network).items():
        data = network.nodes[iri]
        silent = data["type"] == "Person" and not data["talks"]
        more = data | drawn | {"iri": iri, "silent": silent, "color": _color(data["type"], silent)}
        net.add_node(number[iri], **more)
    parallel: Counter[frozenset[str]] = Counter()
    for source, target, data in network.edges(data=True):
        bend = parallel[frozenset((source, target))]
        parallel[frozenset((source, target))] += 1
        net.add_edge(number[source], number[target], **_line(data, bend))
    return net


def _color(kind: str, silent: bool) -> dict[str, Any]:
    """Filled, or a ring for a person who is named but does not speak."""
    style = look()["types"][kind]
    fill = "#FFFFFF" if silent else style["color"]
    return {
        "background": fill,
        "border": style["edge"],
        "hover": {"background": fill, "border": "#1B1F24"},
    }


def _line(data: dict[str, Any], bend: int) -> dict[str, Any]:
    """How an edge is drawn: advising dashed, a second edge between two nodes bent."""
    dashed = look()["relations"].get(data["relation"], {}).get("dashed", False)
    line: dict[str, Any] = {"what": data["label"]} | {k: v for k, v in data.items() if k != "label"}
    line["arrows"] = {"to": {"enabled": True, "scaleFactor": 0.35}}
    if dashed:
        line |= {"dashes": [6, 4], "width": 1.6, "color": _QUIET | {"color": "#6E8FA8"}}
    if bend:
        line["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": round(0.12 * bend, 2)}
    return line


def _texts(whole: Network, net: Any) -> dict[str, str]:
    """Heading, counts and notice, as plain text."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        maker = f"talkgraph {version('talkgraph')}"
    except PackageNotFoundError:
        maker = "talkgraph"
    sources = {s for _, _, v in whole.edges(data="sources") if v for s in v.split(" | ")}
    facts = sum(claims for _, _, claims in whole.edges(data="claims"))
    pages = f"{len(sources)} page" + ("s" if len(sources) != 1 else "")
    heading = (
        f"Talk graph of {next(iter(sources))}" if len(sources) == 1 else f"Talk graph of {pages}"
    )
    counts = Counter(kind for _, kind in whole.nodes(data="type"))
    # broader topics that no talk has stand in the graph, too
    counts["Topic"] = len({topic for _, topic, how in whole.edges(keys=True) if how == "topic"})
    many = (
        f"{counts[kind]} {look()['types'][kind]['many']}"
        for kind in ("Talk", "Person", "Organization", "Topic")
    )
    shown, rest = len(net.nodes), len(whole) - len(net.nodes)
    cut = f"{shown} of {len(whole)} shown"
    notice = cut if shown >= MAX_NODES else f"{shown} shown, {rest} unlinked left out"
    return {
        "heading": heading,
        "summary": f"{', '.join(many)}: {facts} facts from {pages} · {maker}",
        "notice": notice,
        "generator": maker,
    }


def _library() -> str:
    """The vis-network script that pyvis carries, the newest if it carries several."""
    import pyvis  # noqa: PLC0415  heavy

    found = Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js")
    newest = max(found, key=lambda file: [int(n) for n in file.parent.name[4:].split(".")])
    return newest.read_text("utf-8")
