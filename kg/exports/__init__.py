"""KnowledgeGraph to files, one format a module: ``SUFFIXES`` and ``write(graph, path)``.

A format of networks has ``write_network(network, path)``, too, which writes any network of ``kg.network``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from kg import files, registry
from kg.errors import UnknownFormat

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.network import Network


class Exporter(Protocol):
    """What a module of this folder offers."""

    SUFFIXES: tuple[str, ...]

    def write(self, graph: KnowledgeGraph, path: Path) -> None:
        """Write the graph to a file, always in UTF-8; the suffix of ``path`` may be any."""


class NetworkExporter(Exporter, Protocol):
    """A module that writes any network, too."""

    def write_network(self, network: Network, path: Path) -> None:
        """Write a network to a file, always in UTF-8; the suffix of ``path`` may be any."""


@cache
def exporters() -> dict[str, Exporter]:
    """Every module of this folder by each of its suffixes, the longest suffix first."""
    import kg.exports as package  # noqa: PLC0415  the folder is the registry

    found = [cast(Exporter, m) for m in registry.modules(package)]
    pairs = [(suffix, module) for module in found for suffix in module.SUFFIXES]
    return dict(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def exporter(path: str | os.PathLike[str]) -> Exporter:
    """The module that writes a file of this name: the longest suffix that fits wins.

    Raises:
        UnknownFormat: no export has this suffix.
    """
    return _fitting(path, exporters(), "no export writes")


def network_exporter(path: str | os.PathLike[str]) -> NetworkExporter:
    """The module that writes a network to a file of this name.

    Raises:
        UnknownFormat: no export of networks has this suffix.
    """
    able = {suffix: m for suffix, m in exporters().items() if hasattr(m, "write_network")}
    return cast(NetworkExporter, _fitting(path, able, "no network is written as"))


def _fitting(
    path: str | os.PathLike[str], modules: Mapping[str, Exporter], refused: str
) -> Exporter:
    """The first module whose suffix a file's name has."""
    name = Path(path).name
    for suffix, module in modules.items():
        if name.lower().endswith(suffix):
            return module
    raise UnknownFormat(f"{refused} {name!r}; known endings: {', '.join(sorted(modules))}")


def save(graph: KnowledgeGraph, path: str | os.PathLike[str]) -> Path:
    """Write a graph in the format its file name asks for; the old file stays until the new one is whole.

    Parameters:
        graph: what to write.
        path: the file; its ending chooses the format.

    Raises:
        UnknownFormat: no export has this ending.
    """
    return _replaced(partial(exporter(path).write, graph), Path(path))


def save_network(network: Network, path: str | os.PathLike[str]) -> Path:
    """Write a network in the format its file name asks for; the old file stays until the new one is whole.

    Raises:
        UnknownFormat: no export of networks has this ending.
    """
    return _replaced(partial(network_exporter(path).write_network, network), Path(path))


def _replaced(write: Callable[[Path], None], target: Path) -> Path:
    with files.replacing(target) as part:
        write(part)
    return target
