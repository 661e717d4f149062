"""Networks as pictures for print: a map, topics by year, flows of people, genealogies; SVG, PDF or PNG.

One kind of picture a module: ``paint(network, look)``. The same input gives the same bytes.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from kg import registry
from kg.analysis import Network
from kg.errors import QueryError, UnknownFormat
from kg.islands import lay_out
from kg.pictures._canvas import ENDINGS, Drawn, Sheet, ending, save, style
from kg.settings import LOOK, Look

__all__ = ["ENDINGS", "Drawn", "Painter", "draw", "kind_of", "painters", "placed"]


class Painter(Protocol):
    """What a module of this folder offers."""

    def paint(self, network: Network, look: Look) -> Sheet:
        """Draw a network on a sheet."""


@cache
def painters() -> dict[str, Painter]:
    """Every module of this folder by its name."""
    import kg.pictures as package  # noqa: PLC0415  the folder is the registry

    found = registry.modules(package)
    return {m.__name__.rpartition(".")[2]: cast(Painter, m) for m in found}


def kind_of(network: Network) -> str:
    """The picture that suits a network: flows between institutions, a tree of people, else a map."""
    if not network.is_directed():
        return "map"
    kinds = {kind for _, kind in network.nodes(data="type", default="")}
    return "tree" if kinds == {"Person"} else "flows"


def _fits(network: Network, kind: str) -> None:
    """Refuse a picture that would say what is not so."""
    if network.is_multigraph():
        raise QueryError("the whole graph is no network for a picture; kg save draws it, as .html")
    if kind in {"flows", "tree"} and not network.is_directed():
        raise QueryError(
            f"a picture of the kind {kind!r} is of moves or of advisors, not of this network"
        )


def draw(
    network: Network, path: str | os.PathLike[str], kind: str = "", look: Look = LOOK
) -> Drawn:
    """Write a picture of a network; the ending of the file (.svg, .pdf, .png) says how.

    Parameters:
        network: a map is coloured by its communities; they are looked for where it was not analysed.
        kind: a module of this folder ("map", "years", "flows", "tree"); without one what suits the network.
        look: sizes, and how much is shown.

    Returns:
        the file, and what a reader should know of the picture.

    Raises:
        UnknownFormat: no picture has this ending, or is of this kind.
        QueryError: the network is of another kind than the picture.
        MissingPart: matplotlib is not installed.
    """
    target = Path(path)
    ending(target)
    chosen = kind or kind_of(network)
    if chosen not in painters():
        raise UnknownFormat(f"no picture named {chosen!r}; known: {', '.join(painters())}")
    _fits(network, chosen)
    with style():
        return save(painters()[chosen].paint(network, look), target)


def placed(network: Network) -> Network:
    """A copy whose nodes have ``x`` and ``y``, as the map places them; no matplotlib is needed."""
    copy = network.copy()
    for node, (x, y) in lay_out(network).items():
        copy.nodes[node].update(x=x, y=y)
    return copy
