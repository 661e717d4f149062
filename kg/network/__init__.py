"""KnowledgeGraph to networkx, one network a module: ``build(graph, choice)``.

A network is a networkx graph whose nodes are IRIs in order, and whose attributes are text and numbers, none of them
empty; what is not known is left out. Beside what the module of a network says:

* graph: ``name``, ``title``, ``weight`` (the measure), ``parameters`` (filters and thresholds with their reasons, in
  one line), ``talks`` (how many it rests on), ``first_year``, ``last_year``, ``years``, ``nodes_left_out``,
  ``edges_left_out``.
* node: ``label``, ``type`` (a class of the vocabulary), ``talks`` (how many of the slice), ``first_year``,
  ``last_year``, ``years`` ("2018:3 2019:5").
* edge: ``weight`` (by the measure), ``count``, ``talks`` (IRIs of the talks behind it, a space between two) or
  ``claims``, ``first_year``, ``last_year``, ``years``; where asked for ``p`` and ``q`` (significance), ``alpha``
  (backbone).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol, cast

from kg import registry
from kg.errors import UnknownFormat
from kg.network._choice import WEIGHTS, Choice, chosen
from kg.network._reading import Claim, Quote, Reading
from kg.network._significance import discovery_q
from kg.network._table import scipy_sparse

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = [
    "WEIGHTS",
    "Builder",
    "Choice",
    "Claim",
    "Network",
    "Quote",
    "Reading",
    "builders",
    "discovery_q",
    "forms",
    "part",
    "scipy_sparse",
    "takes",
    "title",
    "to_networkx",
]

Network = Any
"""A networkx graph of some kind; networkx ships no types."""


class Builder(Protocol):
    """What a module of this folder offers; it may also have ``FORMS`` and ``ALIASES`` (older names, each with a form).

    Parameters:
        TAKES: the options of ``Choice`` that it heeds.
    """

    TAKES: tuple[str, ...]

    def build(self, graph: KnowledgeGraph, choice: Choice) -> Network:
        """The module's network of a graph."""


@cache
def builders() -> dict[str, Builder]:
    """Every module of this folder by the name of its network."""
    import kg.network as package  # noqa: PLC0415  the folder is the registry

    found = registry.modules(package)
    return {m.__name__.rpartition(".")[2].replace("_", "-"): cast(Builder, m) for m in found}


def forms(name: str) -> tuple[str, ...]:
    """The forms of a network, the usual first; () where it has one only."""
    return cast("tuple[str, ...]", getattr(builders()[name], "FORMS", ()))


def takes(name: str) -> tuple[str, ...]:
    """The options that a network takes, its form among them."""
    return (*(("form",) if forms(name) else ()), *builders()[name].TAKES)


def title(name: str) -> str:
    """A network in a line."""
    return (cast(ModuleType, builders()[name]).__doc__ or "").partition("\n")[0].rstrip(".")


def part(network: Network, nodes: Iterable[str], edges: Iterable[tuple[str, str, str]]) -> Network:
    """A copy of some nodes and edges of a multigraph, in order; a view of networkx has none of its own."""
    copy = type(network)()
    copy.add_nodes_from((node, network.nodes[node]) for node in sorted(nodes))
    copy.add_edges_from((*edge, network.edges[edge]) for edge in sorted(edges))
    return copy


def to_networkx(graph: KnowledgeGraph, name: str = "graph", **options: Any) -> Network:
    """The networkx graph called ``name``: the same input gives the same nodes and edges in the same order.

    Parameters:
        graph: what to read.
        name: of a network; "graph" is the whole graph of entities.
        options: those of ``Choice`` that the network takes, such as ``from_year=2018, weight="association"``.

    Raises:
        UnknownFormat: no network has this name.
        QueryError: the network does not take an option, or a value makes no sense.
        UnknownName: no weight or form has this name.
        MissingPart: scipy is not installed.
    """
    known = builders()
    found, form = _named(name)
    if found not in known:
        raise UnknownFormat(f"no network named {name!r}; known: {', '.join(known)}")
    given = {"form": form, **options} if form else options
    return known[found].build(graph, chosen(found, known[found].TAKES, forms(found), given))


def _named(name: str) -> tuple[str, str]:
    """The network that a name or an older name stands for, and its form."""
    for known, builder in builders().items():
        aliases: Mapping[str, str] = getattr(builder, "ALIASES", {})
        if name in aliases:
            return known, aliases[name]
    return name.replace("_", "-"), ""
