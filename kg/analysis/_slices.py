"""A network in some of its years: what was counted then, and the talks of then."""

from __future__ import annotations

import re
from typing import Any

from kg.analysis._network import behind, by_year, totals, written
from kg.network import Network

_DATED = re.compile(r"/(\d{4})(?=-)[^/]*$")


def year_of(talk: str) -> int | None:
    """The year an IRI of a talk begins with, if it does."""
    found = _DATED.search(talk)
    return int(found[1]) if found else None


def within(data: dict[str, Any], first: int, last: int) -> list[str]:
    """The talks behind something that took place in these years; those without a year only if all did."""
    every = set(by_year(str(data.get("years", ""))))
    whole = bool(every) and min(every) >= first and max(every) <= last
    if whole:
        return behind(data)
    return [t for t in behind(data) if (y := year_of(t)) in every and first <= (y or 0) <= last]


def sliced(network: Network, first: int, last: int) -> Network:
    """The network of the years from ``first`` to ``last``: nodes and links with talks then, weighed by their number.

    What the whole network left out stays left out.
    """
    part = type(network)(**network.graph)
    counts, _ = totals(network)
    then = {year: n for year, n in counts.items() if first <= year <= last}
    part.graph.update(
        first_year=first,
        last_year=last,
        weight="count",
        years=written(then),
        talks=sum(then.values()),
    )
    for node in sorted(network):
        told = _then(network.nodes[node], first, last)
        if told:
            part.add_node(node, **{**network.nodes[node], **told, "talks": sum_of(told["years"])})
    for one, other, data in network.edges(data=True):
        told = _then(data, first, last)
        if told and one in part and other in part:
            count = sum_of(told["years"])
            talks = " ".join(within(data, first, last))
            fresh = {**data, **told, "count": count, "weight": float(count), "talks": talks}
            part.add_edge(one, other, **{k: v for k, v in fresh.items() if v != ""})
    return part


def sum_of(text: str) -> int:
    """All talks of "2018:3 2019:5"."""
    return sum(by_year(text).values())


def _then(data: dict[str, Any], first: int, last: int) -> dict[str, Any]:
    counts = by_year(str(data.get("years", "")))
    then = {year: count for year, count in counts.items() if first <= year <= last}
    if not then:
        return {}
    return {"years": written(then), "first_year": min(then), "last_year": max(then)}


def spans(network: Network, parts: int) -> list[tuple[int, int]]:
    """The years of a network in about so many spans of one length, the last of which ends with the last year."""
    counts, _ = totals(network)
    known = sorted(year for year, count in counts.items() if count)
    if not known:
        return []
    first, last = known[0], known[-1]
    length = max(1, round((last - first + 1) / parts))
    ends = range(last, first - 1, -length)
    found = [(max(first, end - length + 1), end) for end in ends]
    if len(found) > 1 and found[-1][1] - found[-1][0] + 1 < length / 2:
        (_, _), (_, end) = found.pop(), found.pop()
        found.append((first, end))
    return found[::-1]
