"""Who should meet: people who share topics and never appeared in one series."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from kg.analysis._network import behind, label
from kg.analysis._table import Row, Table, rounded
from kg.network import Network

_COLUMNS = (
    "one",
    "other",
    "label",
    "other_label",
    "weight",
    "count",
    "q",
    "topics",
    "alike",
    "talks",
)


def tabulate(
    network: Network,
    series: Mapping[str, Collection[str]] | None = None,
    least: int = 2,
    active: int = 1,
    most: int = 500,
) -> Table:
    """A row a pair, the strongest link first; ``alike`` are names that may be one person's.

    Parameters:
        network: people, linked by what they share.
        series: of each person, the series they appeared in; without it the nodes' ``series``, IRIs with spaces between.
        least: things a pair shares at least.
        active: talks each of a pair has given at least.
        most: rows.
    """
    known = {node: _series(network, node, series) for node in network}
    pairs = [
        (one, other, data)
        for one, other, data in network.edges(data=True)
        if min(_talks(network, one), _talks(network, other)) >= active
        and known[one]
        and known[other]
        and known[one].isdisjoint(known[other])
        and int(data.get("count", 1)) >= least
    ]
    pairs.sort(key=lambda p: (-float(p[2].get("weight", 1)), -int(p[2].get("count", 1)), *p[:2]))
    rows: list[Row] = []
    for one, other, data in pairs[:most]:
        weight = rounded(float(data.get("weight", 1.0)))
        named = (one, other, label(network, one), label(network, other))
        told = (weight, int(data.get("count", 1)), data.get("q"), data.get("topics"))
        rows.append((*named, *told, _alike(*named[2:]), " ".join(behind(data))))
    silent = sum(1 for node in network if not known[node])
    notes = (
        f"{len(pairs)} pairs share at least {least} and no series; of these {min(len(pairs), most)} are listed.",
        f"{silent} of {len(network)} are in no series that is known, and left out.",
    )
    return Table("gaps", _COLUMNS, tuple(rows), notes)


def _talks(network: Network, node: str) -> int:
    return int(network.nodes[node].get("talks", 1))


def _alike(one: str, other: str) -> bool:
    """Whether two names share their last word and begin alike, or one is the beginning of the other."""
    mine, theirs = (re.findall(r"\w+", name.casefold()) or [""] for name in (one, other))
    shorter = min(len(mine), len(theirs))
    turned = mine[-1] == theirs[-1] and mine[0][:1] == theirs[0][:1]
    return turned or mine[:shorter] == theirs[:shorter]


def _series(
    network: Network, node: str, given: Mapping[str, Collection[str]] | None
) -> frozenset[str]:
    if given is not None:
        return frozenset(given.get(node, ()))
    return frozenset(str(network.nodes[node].get("series", "")).split())
