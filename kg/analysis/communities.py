"""The communities of a network, the largest first: what they are called, how steady they are, their typical talks."""

from __future__ import annotations

from collections import Counter

from kg.analysis._network import behind, by_year, commonest, label, mean_year
from kg.analysis._partition import typical
from kg.analysis._table import Row, Table, rounded
from kg.network import Network

_WORDS = 10
_LISTED = 20


def tabulate(network: Network) -> Table:
    """A row a community.

    ``inside`` is the share of its links' weight that stays within, ``steadiness`` how much of it other runs found,
    ``mean_year`` the mean year of its nodes' talks; ``talks`` names those behind most of its inner links.
    """
    nodes = sorted(network)
    membership = [int(network.nodes[node].get("community", 0)) for node in nodes]
    own = typical(network, membership)
    steady = [float(value) for value in str(network.graph.get("steadiness", "")).split()]
    inner, talks = _links(network)
    sizes = Counter(membership)
    rows: list[Row] = []
    for community in sorted(sizes):
        members = own[community]
        words = "; ".join(label(network, node) for node in members[:_WORDS])
        rows.append(
            (
                community,
                str(network.nodes[members[0]].get("community_name", "")),
                sizes[community],
                rounded(inner[community], 3),
                steady[community] if community < len(steady) else None,
                _mean_year(network, members),
                words,
                len(talks[community]),
                commonest(talks[community], _LISTED),
            )
        )
    told = network.graph
    notes = (
        f"{told.get('analysis', '')}.",
        f"Modularity {told.get('modularity', 0):.3f}; runs agree by an adjusted Rand index of "
        f"{told.get('stability', 1):.2f} on average, normalized mutual information "
        f"{told.get('stability_nmi', 1):.2f}.",
        "Steadiness: mean best Jaccard over the other runs (Hennig 2007); below 0.5 a community is mere chance.",
        f"Of each community the {_LISTED} talks behind most of its inner links are named.",
    )
    columns = (
        *("community", "name", "size", "inside", "steadiness", "mean_year", "typical"),
        *("count", "talks"),
    )
    return Table("communities", columns, tuple(rows), notes)


def _links(network: Network) -> tuple[dict[int, float], dict[int, Counter[str]]]:
    """The share of weight that stays inside, and the talks behind inner links, of each community."""
    where = {node: int(c) for node, c in network.nodes(data="community", default=0)}
    talks: dict[int, Counter[str]] = {community: Counter() for community in where.values()}
    weights: dict[int, list[float]] = {community: [0.0, 0.0] for community in talks}
    for one, other, data in network.edges(data=True):
        weight = float(data.get("weight", 1.0))
        for end in (one, other):
            weights[where[end]][1] += weight
        if where[one] == where[other]:
            weights[where[one]][0] += 2 * weight
            talks[where[one]].update(behind(data))
    shares = {c: mine / every if every else 0.0 for c, (mine, every) in weights.items()}
    return shares, talks


def _mean_year(network: Network, members: list[str]) -> float | None:
    counts: Counter[int] = Counter()
    for node in members:
        counts.update(by_year(str(network.nodes[node].get("years", ""))))
    found = mean_year(counts)
    return None if found is None else rounded(found, 6)
