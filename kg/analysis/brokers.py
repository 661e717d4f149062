"""Who and what stands between communities: links spread over several, and ways between others run through it."""

from __future__ import annotations

from collections import Counter

from kg.analysis._network import behind, label, links_of
from kg.analysis._table import Row, Table
from kg.network import Network

_CONNECTS = 0.62
"""Participation from which a node connects communities; below it is at home in one (Guimerà & Amaral 2005)."""
_HUB = 2.5
"""Links within the own community, as a z-score, from which a node is a hub (the same)."""
_HUB_CONNECTS = 0.30
_LISTED = 30


def tabulate(network: Network, listed: int = _LISTED) -> Table:
    """A row a node that connects communities, those that most shortest paths run through first.

    ``role`` is Guimerà and Amaral's: "connector", "connector hub", or "kinless" where no community is its own;
    ``communities`` are those it links to most, with the number of talks; ``talks`` those across.

    Parameters:
        listed: talks that are named of each.
    """
    where = {node: int(c) for node, c in network.nodes(data="community", default=0)}
    names = {
        data.get("community", 0): str(data.get("community_name", ""))
        for _, data in network.nodes(data=True)
    }
    found = [(node, role) for node in sorted(network) if (role := _role(network, node))]
    found.sort(key=lambda pair: (-_value(network, pair[0], "betweenness"), pair[0]))
    rows: list[Row] = []
    for node, role in found:
        data = network.nodes[node]
        counts, talks = _across(network, node, where)
        told = "; ".join(f"{names[c] or c} ({n})" for c, n in counts.most_common(4))
        measures = (data.get("betweenness"), data.get("participation"), data.get("constraint"))
        home = names[where[node]] or str(where[node])
        first = (node, label(network, node), role, home)
        rows.append((*first, *measures, told, len(talks), " ".join(talks[::-1][:listed])))
    notes = (
        f"Connectors have a participation coefficient above {_CONNECTS} ({_HUB_CONNECTS} for hubs, whose links within "
        f"their community lie {_HUB} standard deviations above its mean): Guimerà & Amaral 2005.",
        f"Ordered by betweenness: {network.graph.get('betweenness', 'not measured')}.",
        f"Of each at most {listed} talks across communities are named, the latest.",
    )
    columns = (
        *("node", "label", "role", "community", "betweenness", "participation", "constraint"),
        *("communities", "count", "talks"),
    )
    return Table("brokers", columns, tuple(rows), notes)


def _value(network: Network, node: str, key: str) -> float:
    return float(network.nodes[node].get(key, 0.0))


def _role(network: Network, node: str) -> str:
    """The node's role between communities; empty where it has none."""
    spread = _value(network, node, "participation")
    hub = _value(network, node, "within") >= _HUB
    if spread > (0.75 if hub else 0.80):
        return "kinless hub" if hub else "kinless"
    if spread > (_HUB_CONNECTS if hub else _CONNECTS):
        return "connector hub" if hub else "connector"
    return ""


def _across(network: Network, node: str, where: dict[str, int]) -> tuple[Counter[int], list[str]]:
    """Talks by the community of the other end, and those that lead out of the own, sorted."""
    counts: Counter[int] = Counter()
    talks: set[str] = set()
    for other, data in links_of(network, node):
        counts[where[other]] += int(data.get("count", 1))
        if where[other] != where[node]:
            talks.update(behind(data))
    return counts, sorted(talks)
