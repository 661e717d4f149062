"""Every node with all that was measured of it, those with most talks first."""

from __future__ import annotations

from kg.analysis._network import label, talks_of
from kg.analysis._table import Table, Value
from kg.network import Network

_MEASURED = (
    *("degree", "strength", "betweenness", "pagerank", "core", "constraint", "participation"),
    *("within", "community", "community_name"),
)
_LISTED = 20
"""Talks that are named of a node."""


def tabulate(network: Network, listed: int = _LISTED) -> Table:
    """A row a node; ``count`` is the number of its talks.

    Parameters:
        listed: talks that are named of each, the latest first.
    """
    order = sorted(network, key=lambda node: (-_count(network, node), label(network, node), node))
    rows = []
    for node in order:
        data = network.nodes[node]
        named = " ".join(talks_of(network, node)[::-1][:listed])
        known: tuple[Value, ...] = (node, label(network, node), data.get("type"), data.get("talks"))
        rows.append((*known, *(data.get(key) for key in _MEASURED), named))
    told = network.graph
    notes = [
        f"Betweenness: {told.get('betweenness', 'not measured')}; ways count links, not weights.",
        "Constraint: Burt 1992. Participation and within: Guimerà & Amaral 2005. Core: Seidman 1983.",
        f"Of each node at most {listed} talks are named, of those that it shares with another.",
    ]
    for key in ("degree", "strength"):
        if f"assortativity_{key}" in told:
            value = told[f"assortativity_{key}"]
            notes.append(f"Assortativity by {key} (Newman 2003): {value:.2f}.")
    columns = ("node", "label", "type", "count", *_MEASURED, "talks")
    return Table("metrics", columns, tuple(rows), tuple(notes))


def _count(network: Network, node: str) -> int:
    return int(network.nodes[node].get("talks", 0))
