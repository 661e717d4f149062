"""Maps of a graph, laid out beforehand: topics, speakers and institutions as islands that share much.

A map says the same for everyone: nodes are sorted, draws are seeded, places are rounded. Maps lie beside the graph in
its folder, made when they are first asked for; those of a graph in memory live as long as it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kg.charts._keeping import FILE, Kept, read, written
from kg.charts._laying import KINDS, Behind, Laid, laid
from kg.errors import UnknownName
from kg.network import scipy_sparse
from kg.progress import counted
from kg.settings import CHARTS

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["FILE", "KINDS", "Behind", "Kept", "are_possible", "check", "lie_there", "of"]

_KNOWN: WeakKeyDictionary[KnowledgeGraph, Kept] = WeakKeyDictionary()


def of(graph: KnowledgeGraph) -> Kept:
    """The maps of a graph; where there are none yet they are made, and kept beside it where that can be written.

    Raises:
        MissingPart: scipy is not installed.
    """
    if not lie_there(graph):
        scipy_sparse()
        _KNOWN[graph] = written(graph.folder, CHARTS, _made(graph))
    return _KNOWN[graph]


def _made(graph: KnowledgeGraph) -> Iterator[Laid]:
    for name in counted(KINDS, "laying out", "maps", len(KINDS)):
        yield laid(graph, name, CHARTS)


def lie_there(graph: KnowledgeGraph) -> bool:
    """Whether the maps of a graph are there already."""
    if graph not in _KNOWN and (found := read(graph.folder, CHARTS)) is not None:
        _KNOWN[graph] = found
    return graph in _KNOWN


def are_possible() -> bool:
    """Whether what maps are made with is installed."""
    return find_spec("scipy") is not None


def check(name: str) -> str:
    """The name of a map.

    Raises:
        UnknownName: there is none of this name.
    """
    if name not in KINDS:
        raise UnknownName("map", name, KINDS)
    return name
