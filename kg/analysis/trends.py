"""What rises and what falls: the share of a year's talks, its change a year and how sure that is."""

from __future__ import annotations

from kg.analysis import _significance
from kg.analysis._network import by_year, label, talks_of, totals
from kg.analysis._table import Row, Table, rounded
from kg.network import Network

_COLUMNS = (
    *("node", "label", "verdict", "change", "low", "high", "p", "q", "early", "late", "count"),
    *("years", "talks"),
)


def tabulate(
    network: Network, least: int = 10, sure: float = 0.05, level: float = 0.03, listed: int = 50
) -> Table:
    """A row a node with enough talks, the surest rise first, the surest fall last.

    ``change`` is the factor by which the odds of a talk being on it change in a year, ``low`` and ``high`` its 95 %
    interval; ``early`` and ``late`` are shares in the first and the last third of the years.

    Parameters:
        least: talks a node has at least.
        sure: rate of false discoveries up to which a change is believed.
        level: a share whose whole interval lies within this change a year is "steady".
        listed: talks that are named of each, the latest first.
    """
    import numpy as np  # noqa: PLC0415  heavy

    every, counted = totals(network)
    known = sorted(year for year, count in every.items() if count)
    held = {node: by_year(str(network.nodes[node].get("years", ""))) for node in sorted(network)}
    nodes = [node for node, counts in held.items() if sum(counts.values()) >= least]
    notes = (
        f"{counted} Logistic regression on the year, quasi-binomial; false discoveries held by Benjamini & Hochberg "
        f"1995: rises and falls have q up to {sure:g}.",
        "A topic is what the graph knows as one: where sources gave keywords in some years only, it may seem to fall.",
        f"Only what has at least {least} talks, over at least three years; at most {listed} talks are named of each.",
    )
    if len(known) < 3 or not nodes:
        return Table("trends", _COLUMNS, (), notes)
    counts = np.array([[held[node].get(year, 0) for year in known] for node in nodes], dtype=float)
    sums = np.maximum(np.array([every[year] for year in known], dtype=float), counts.max(axis=0))
    found = _significance.trends(counts, sums, np.array(known, dtype=float))
    q = _significance.discovered(found.p)
    third = max(1, len(known) // 3)
    early = counts[:, :third].sum(axis=1) / sums[:third].sum()
    late = counts[:, -third:].sum(axis=1) / sums[-third:].sum()
    rows: list[Row] = []
    for at, node in enumerate(nodes):
        numbers = (found.factor[at], found.low[at], found.high[at], found.p[at], q[at])
        verdict = _verdict(found.low[at], found.high[at], found.factor[at], (q[at] <= sure, level))
        rows.append(
            (
                *(node, label(network, node), verdict),
                *(rounded(value, 4) for value in numbers),
                *(rounded(float(early[at]), 4), rounded(float(late[at]), 4)),
                int(counts[at].sum()),
                str(network.nodes[node].get("years", "")),
                " ".join(talks_of(network, node)[::-1][:listed]),
            )
        )
    rank = {"rises": 0, "steady": 1, "unsure": 2, "falls": 3}
    sign = {"falls": -1}
    rows.sort(key=lambda r: (rank[str(r[2])], sign.get(str(r[2]), 1) * float(str(r[6])), str(r[1])))
    return Table("trends", _COLUMNS, tuple(rows), notes)


def _verdict(low: float, high: float, factor: float, rule: tuple[bool, float]) -> str:
    sure, level = rule
    if sure:
        return "rises" if factor > 1 else "falls"
    return "steady" if low > 1 - level and high < 1 + level else "unsure"
