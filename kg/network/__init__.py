"""KnowledgeGraph to networkx, one network a module: ``build(graph)``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from kg import registry
from kg.errors import UnknownFormat
from kg.network._reading import Claim, Quote, Reading

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = [
    "Builder",
    "Claim",
    "Network",
    "Quote",
    "Reading",
    "builders",
    "part",
    "to_networkx",
]

Network = Any
"""A networkx graph of some kind; networkx ships no types."""


class Builder(Protocol):
    """What a module of this folder offers."""

    def build(self, graph: KnowledgeGraph) -> Network:
        """The module's network of a graph."""


@cache
def builders() -> dict[str, Builder]:
    """Every module of this folder by its name."""
    import kg.network as package  # noqa: PLC0415  the folder is the registry

    found = registry.modules(package)
    return {m.__name__.rpartition(".")[2]: cast(Builder, m) for m in found}


def part(network: Network, nodes: Iterable[str], edges: Iterable[tuple[str, str, str]]) -> Network:
    """A copy of some nodes and edges of a multigraph, in order; a view of networkx has none of its own."""
    copy = type(network)()
    copy.add_nodes_from((node, network.nodes[node]) for node in sorted(nodes))
    copy.add_edges_from((*edge, network.edges[edge]) for edge in sorted(edges))
    return copy


def to_networkx(graph: KnowledgeGraph, name: str = "graph") -> Network:
    """The networkx graph called ``name``: the same input gives the same nodes and edges in the same order.

    Parameters:
        graph: what to read.
        name: a module of this folder; "graph" is the whole graph of entities.

    Raises:
        UnknownFormat: no network has this name.
    """
    known = builders()
    if name not in known:
        raise UnknownFormat(f"no network named {name!r}; known: {', '.join(known)}")
    return known[name].build(graph)
