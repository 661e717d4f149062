"""Pairs that came late and come more often than their parts would lead to expect."""

from __future__ import annotations

from typing import Any

from kg.analysis import _significance
from kg.analysis._network import by_year, label, totals
from kg.analysis._slices import within
from kg.analysis._table import Row, Table, rounded
from kg.network import Network

_COLUMNS = (
    *("one", "other", "label", "other_label", "first_year", "count", "expected", "ratio"),
    *("p", "q", "before", "after", "talks"),
)


def tabulate(
    network: Network, since: int | None = None, least: int = 3, sure: float = 0.05
) -> Table:
    """A row a pair first seen in ``since`` or later, the surest first.

    ``expected`` is the number of talks on both if each year's talks on one were spread over the year's talks as those
    on the other are; ``before`` and ``after`` count the two halves of the time since.

    Parameters:
        since: the first year that is late; without it the last third of the years.
        least: talks a pair has at least.
        sure: rate of false discoveries up to which a pair is named.
    """
    every, counted = totals(network)
    known = sorted(year for year, count in every.items() if count)
    if not known:
        return Table(
            "emerging", _COLUMNS, (), ("No year is known of any talk here, so nothing emerged.",)
        )
    start = since if since is not None else known[-max(1, len(known) // 3)]
    late = [year for year in known if year >= start]
    middle = late[len(late) // 2] if late else start
    pairs = [
        edge
        for edge in sorted(network.edges(data=True), key=lambda e: e[:2])
        if _fits(edge[2], start, least)
    ]
    held = {node: by_year(str(text)) for node, text in network.nodes(data="years", default="")}
    counts = [sum(_late(data, start).values()) for *_, data in pairs]
    expected = [
        sum(held[a].get(y, 0) * held[b].get(y, 0) / every[y] for y in late) for a, b, _ in pairs
    ]
    p = _significance.at_least(counts, expected)
    q = _significance.discovered(p)
    rows: list[Row] = []
    for at, (one, other, data) in enumerate(pairs):
        then = _late(data, start)
        after = sum(count for year, count in then.items() if year >= middle)
        if q[at] > sure or after <= counts[at] - after:
            continue
        ratio = counts[at] / expected[at] if expected[at] else None
        rows.append(
            (
                *(one, other, label(network, one), label(network, other), min(then), counts[at]),
                rounded(expected[at], 3),
                None if ratio is None else rounded(ratio, 3),
                *(rounded(p[at], 3), rounded(q[at], 3), counts[at] - after, after),
                " ".join(within(data, start, late[-1])),
            )
        )
    rows.sort(key=lambda row: (float(str(row[8])), -int(str(row[5])), str(row[2]), str(row[3])))
    notes = (
        f"First seen together in {start} or later, at least {least} talks, more in {middle} and later than before.",
        f"Against talks on each spread independently over a year's talks (Poisson); {counted} False discoveries held "
        f"at {sure:g} by Benjamini & Hochberg 1995 among {len(pairs)} pairs.",
    )
    return Table("emerging", _COLUMNS, tuple(rows), notes)


def _late(data: dict[str, Any], start: int) -> dict[int, int]:
    counts = by_year(str(data.get("years", "")))
    return {year: count for year, count in counts.items() if year >= start}


def _fits(data: dict[str, Any], start: int, least: int) -> bool:
    counts = by_year(str(data.get("years", "")))
    return bool(counts) and min(counts) >= start and sum(counts.values()) >= least
