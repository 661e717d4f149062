"""Networks analysed: measures, communities, change, brokers, gaps; each finding with the talks behind it.

Everything takes a networkx graph whose nodes and links carry ``label``, ``talks``, ``years``, ``weight`` ... and gives
another, or a table. ``analysed`` first: it writes measures and communities on a copy. One kind of table a module:
``tabulate(network)``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Protocol, cast

from kg import registry
from kg.analysis import _measures, _partition
from kg.analysis._betweenness import betweenness
from kg.analysis._network import Matrix, by_year, matrix, mean_year, measure, totals
from kg.analysis._partition import Partition, named, typical
from kg.analysis._table import Row, Table, Value, rounded
from kg.errors import QueryError, UnknownName
from kg.network import Network
from kg.settings import ANALYSIS, Analysis

__all__ = [
    "Analyst",
    "Network",
    "Partition",
    "Row",
    "Table",
    "Value",
    "analysed",
    "analysts",
    "by_year",
    "divided",
    "mean_year",
    "measure",
    "named",
    "partition",
    "summary",
    "table",
    "typical",
    "weights",
    "years",
]

_DIVIDED = frozenset({"metrics", "communities", "brokers", "findings"})
"""Analyses that need what ``analysed`` writes."""


class Analyst(Protocol):
    """What a module of this folder offers."""

    @property
    def tabulate(self) -> Callable[..., Table]:
        """What the module finds in an analysed network; some take options."""


@cache
def analysts() -> dict[str, Analyst]:
    """Every module of this folder by its name."""
    import kg.analysis as package  # noqa: PLC0415  the folder is the registry

    found = registry.modules(package)
    return {m.__name__.rpartition(".")[2]: cast(Analyst, m) for m in found}


def table(network: Network, name: str, **options: Any) -> Table:
    """One table of an analysed network.

    Parameters:
        network: as ``analysed`` gave it.
        name: a module of this folder ("brokers").
        options: what the module's ``tabulate`` takes beside the network (``since`` of "emerging").

    Raises:
        UnknownName: no analysis has this name.
        QueryError: the network was not analysed.
    """
    if name not in analysts():
        raise UnknownName("analysis", name, analysts())
    told = [place for _, place in network.nodes(data="community") if place is not None]
    if name in _DIVIDED and len(network) and not told:
        raise QueryError("this network was not analysed; analysis.analysed(network) does it")
    return analysts()[name].tabulate(network, **options)


def summary(network: Network) -> Table:
    """What is to be said of an analysed network, as sentences with the talks each rests on."""
    return table(network, "findings")


def analysed(network: Network, settings: Analysis = ANALYSIS) -> Network:
    """A copy with measures and communities on its nodes; how they were found stands in ``graph``.

    Nodes get ``degree``, ``strength``, ``betweenness``, ``pagerank``, ``core``, ``constraint`` (where they have links),
    ``participation``, ``within`` (links within the community, as a z-score), ``community`` and ``community_name``.
    ``graph`` gets ``communities``, ``modularity``, ``stability`` (adjusted Rand), ``stability_nmi``, ``steadiness``
    (of each community), ``betweenness``, ``assortativity_degree``, ``assortativity_strength`` and ``analysis``.

    Parameters:
        network: directed ones are taken both ways, but for PageRank.
        settings: weights, method, resolution, seeds.

    Raises:
        MissingPart: scipy is not installed.
    """
    if network.is_multigraph():
        raise QueryError(
            "the whole graph has several links between two things; analyse a network made of it, such as co-topic"
        )
    links, weighted = matrix(network, None), matrix(network, settings.weight)
    found = _partition.divided(network, settings)
    between = betweenness(links, settings.budget, settings.starts, settings.seed)
    degree = [int(value) for value in links.sum(axis=1).ravel().tolist()[0]]
    strength = [float(value) for value in weighted.sum(axis=1).ravel().tolist()[0]]
    columns: dict[str, list[int] | list[float] | list[float | None]] = {
        "degree": degree,
        "strength": strength,
        "betweenness": between.values,
        "pagerank": _measures.pageranks(network, settings.weight),
        "core": _measures.cores(links),
        "constraint": _measures.constraints(weighted),
        "participation": _measures.participations(weighted, found.membership),
        "within": _measures.inner_scores(weighted, found.membership),
        "community": list(found.membership),
    }
    names = named(network, typical(network, found.membership))
    copy = network.copy()
    for at, node in enumerate(sorted(copy)):
        told = {key: values[at] for key, values in columns.items()}
        copy.nodes[node].update({k: _plain(v) for k, v in told.items() if v is not None})
        if names[found.membership[at]]:
            copy.nodes[node]["community_name"] = names[found.membership[at]]
    ties = {
        f"assortativity_{key}": _measures.assortativity(links, values)
        for key, values in (("degree", degree), ("strength", strength))
    }
    copy.graph.update({key: rounded(value) for key, value in ties.items() if value is not None})
    copy.graph.update(_told(found, settings), betweenness=between.method)
    return copy


def divided(network: Network, settings: Analysis = ANALYSIS) -> tuple[int, ...]:
    """The community of each node, nodes in sorted order, the largest community is 0."""
    return partition(network, settings).membership


def partition(network: Network, settings: Analysis = ANALYSIS) -> Partition:
    """The communities of a network, with how good and how steady they are."""
    return _partition.divided(network, settings)


def weights(network: Network, measure: str | None = None) -> Matrix:
    """The links of a network as a symmetric sparse matrix, nodes in sorted order.

    Parameters:
        measure: the attribute that holds the weights; without one each link is 1.
    """
    return matrix(network, measure)


def _plain(value: float) -> float:
    return value if isinstance(value, int) else rounded(value)


def _told(found: Partition, settings: Analysis) -> dict[str, str | int | float]:
    method = settings.method.capitalize()
    seeds = f"seeds {settings.seed} to {settings.seed + found.runs - 1}"
    return {
        "communities": max(found.membership, default=-1) + 1,
        "modularity": rounded(found.modularity),
        "stability": rounded(found.rand),
        "stability_nmi": rounded(found.information),
        "steadiness": " ".join(f"{value:.3f}" for value in found.steady),
        "analysis": f"{method}, best of {found.runs} runs by modularity ({seeds}), "
        f"resolution {settings.resolution:g}, links by {settings.weight}",
    }


def years(network: Network) -> dict[int, int]:
    """The talks a year that shares are of."""
    return totals(network)[0]
