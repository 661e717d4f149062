"""A network as a map: which nodes and links are shown, where, in which communities, since when; and what is behind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg import analysis
from kg.islands import foremost, lay_out, strongest
from kg.network import Network, to_networkx
from kg.settings import ANALYSIS
from kg.settings import Charts as Sizes

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

Value = dict[str, Any]
_DIGITS = 4
"""Digits that a weight has."""


@dataclass(frozen=True)
class Kind:
    """A sort of map.

    Parameters:
        title: what it shows.
        nodes: what its nodes are, in the plural.
        unit: what two nodes have in common.
        behind: the attribute of a link that names what is behind it.
        through: the attribute that names by what that is so; "" where there is nothing to add.
        options: of the network.
        people: whether nodes are as large as their people, not as their talks.
        trends: whether it is told which nodes rise and fall.
    """

    title: str
    nodes: str
    unit: str
    behind: str
    through: str = ""
    options: tuple[tuple[str, str], ...] = ()
    people: bool = False
    trends: bool = False


_ASSOCIATED = (("weight", "association"),)
KINDS = {
    "co-topic": Kind(
        "Topics that share talks", "topics", "talks", "talks", "", _ASSOCIATED, trends=True
    ),
    "co-speaker": Kind(
        "Speakers who share topics", "speakers", "topics", "talks", "topics", _ASSOCIATED
    ),
    "institution-flow": Kind(
        "From where people trained to where they work",
        *("institutions", "people", "people", "claims"),
        people=True,
    ),
}
"""The maps there are, by the names of their networks."""


@dataclass(frozen=True)
class Behind:
    """What stands behind a link: IRIs of talks or people, and of the topics or claims by which it is so."""

    one: str
    other: str
    things: tuple[str, ...]
    through: tuple[str, ...]


@dataclass(frozen=True)
class Laid:
    """A map that is laid out: what the page gets, and what is behind its links."""

    told: Value
    behind: tuple[Behind, ...]


def laid(graph: KnowledgeGraph, name: str, sizes: Sizes) -> Laid:
    """Lay a map out.

    Raises:
        MissingPart: scipy is not installed.
    """
    kind = KINDS[name]
    whole = to_networkx(graph, name, **dict(kind.options))
    counts = (len(whole) + whole.graph["nodes_left_out"], _links(whole))
    if kind.people:
        _sized(whole)
    shown = foremost(whole, sizes.nodes) if whole.number_of_edges() else whole
    by = analysis.measure(shown)
    edges = strongest(shown, by, sizes.links)
    nodes = sorted({end for edge in edges for end in edge})
    parts = _divided(shown, sizes)
    places = lay_out(shown, by)
    at = {node: index for index, node in enumerate(nodes)}
    years = _years(shown)
    told = {
        "name": name,
        "title": kind.title,
        "caption": _caption(kind, shown, (len(nodes), counts[0], len(edges), counts[1]), sizes),
        "parameters": f"{shown.graph['parameters']}; {parts}; seed {sizes.seed}; "
        f"links drawn: of each at least the {sizes.links} of highest cosine",
        "measure": _measured(kind),
        "unit": kind.unit,
        "counted": "people" if kind.people else "talks",
        "directed": bool(shown.is_directed()),
        "talks": shown.graph["talks"],
        "years": [shown.graph.get("first_year"), shown.graph.get("last_year")],
        "nodes": [_node(shown, node, places[node], years[node], kind) for node in nodes],
        "nodes_total": counts[0],
        "links": [_link(shown.edges[a, b], at[a], at[b]) for a, b in edges],
        "links_total": counts[1],
        "communities": _communities(shown, nodes),
        "trends": _trends(whole, sizes.trends) if kind.trends else {"rising": [], "falling": []},
    }
    return Laid(told, tuple(_behind(kind, edge, shown.edges[edge]) for edge in edges))


def _links(network: Network) -> int:
    """How many links there are between two different nodes, also those that the network leaves out."""
    loops = sum(1 for a, b in network.edges() if a == b)
    return int(network.number_of_edges() - loops + network.graph["edges_left_out"])


def _sized(network: Network) -> None:
    """Nodes as large as the people that come and leave: institutions that sent many may have no talk at all."""
    for _, data in network.nodes(data=True):
        data["own"] = data.get("talks", 0)
        data["talks"] = data.get("from_here", 0) + data.get("to_here", 0)


def _divided(network: Network, sizes: Sizes) -> str:
    """Write communities and their names on the nodes; how they were found, in words."""
    if not len(network):
        return "no communities"
    settings = replace(ANALYSIS, seed=sizes.seed)
    found = analysis.partition(network, settings)
    names = analysis.named(network, analysis.typical(network, found.membership))
    for node, community in zip(sorted(network), found.membership, strict=True):
        name = names[community] or f"community {community + 1}"
        network.nodes[node].update(community=community, community_name=name)
    return (
        f"communities: {settings.method.capitalize()}, best of {found.runs} runs by modularity, resolution "
        f"{settings.resolution:g}, links by weight; modularity {found.modularity:.2f}, runs agree by an adjusted "
        f"Rand index of {found.rand:.2f}"
    )


def _caption(kind: Kind, network: Network, counts: tuple[int, int, int, int], sizes: Sizes) -> str:
    nodes, nodes_total, links, links_total = counts
    chosen = ""
    if nodes < nodes_total:
        most = f", those with most {'people' if kind.people else 'talks'}"
        chosen = ", those with links" if nodes_total <= sizes.nodes else f"{most} that have links"
    first, last = network.graph.get("first_year"), network.graph.get("last_year")
    span = "" if first is None else f", {first}" if first == last else f", {first} to {last}"
    return (
        f"{kind.title}. {network.graph['talks']:,} talks{span}. "
        f"{nodes:,} of {nodes_total:,} {kind.nodes} shown{chosen}; "
        f"{links:,} of {links_total:,} links shown, the strongest of each."
    )


def _measured(kind: Kind) -> str:
    if kind.options:
        return f"association strength of {kind.unit} in common (van Eck & Waltman 2009)"
    return f"{kind.unit} who went from one to the other"


def _years(network: Network) -> dict[str, list[list[int]]]:
    """How often each node a year; where the network does not tell, as its links do."""
    found: dict[str, Counter[int]] = {
        node: Counter(analysis.by_year(str(data.get("years", ""))))
        for node, data in network.nodes(data=True)
    }
    if not any(found.values()):
        for one, other, text in network.edges(data="years", default=""):
            for end in {one, other}:
                found[end].update(analysis.by_year(str(text)))
    return {node: _pairs(counts) for node, counts in found.items()}


def _pairs(counts: Counter[int] | dict[int, int]) -> list[list[int]]:
    return [[year, counts[year]] for year in sorted(counts) if counts[year]]


def _node(
    network: Network, node: str, place: tuple[float, float], years: list[list[int]], kind: Kind
) -> Value:
    data = network.nodes[node]
    told = {
        "iri": node,
        "label": data["label"],
        "type": str(data["type"]).lower(),
        "talks": data.get("own", data["talks"]),
        "x": round(place[0], 2),
        "y": round(place[1], 2),
        "community": data["community"],
        "years": years,
        "near": len({*network.to_undirected(as_view=True)[node]} - {node}),
    }
    return told | ({"size": data["talks"]} if kind.people else {})


def _link(data: Value, one: int, other: int) -> list[Any]:
    weight = float(f"{data['weight']:.{_DIGITS}g}")
    years = _pairs(analysis.by_year(str(data.get("years", ""))))
    return [one, other, int(weight) if weight == int(weight) else weight, data["count"], years]


def _communities(network: Network, nodes: list[str]) -> list[Value]:
    sizes = Counter(network.nodes[node]["community"] for node in nodes)
    names = {network.nodes[n]["community"]: network.nodes[n]["community_name"] for n in nodes}
    return [{"id": at, "name": names[at], "size": sizes[at]} for at in sorted(sizes)]


def _trends(network: Network, most: int) -> Value:
    """What rises and what falls for sure, the surest first."""
    found: dict[str, list[Value]] = {"rises": [], "falls": []}
    table = analysis.table(network, "trends")
    for row in table.rows:
        told = dict(zip(table.columns, row, strict=True))
        if told["verdict"] in found:
            wanted = ("label", "change", "early", "late", "count")
            found[told["verdict"]].append({"iri": told["node"]} | {k: told[k] for k in wanted})
    return {"rising": found["rises"][:most], "falling": found["falls"][::-1][:most]}


def _behind(kind: Kind, edge: tuple[str, str], data: Value) -> Behind:
    things = tuple(str(data.get(kind.behind, "")).split())
    through = tuple(str(data.get(kind.through, "")).split()) if kind.through else ()
    return Behind(*edge, things, through)
