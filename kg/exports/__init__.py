"""KnowledgeGraph to files, one format a module: ``SUFFIXES`` and ``write(graph, path)``."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from kg import registry
from kg.errors import UnknownFormat

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


class Exporter(Protocol):
    """What a module of this folder offers."""

    SUFFIXES: tuple[str, ...]

    def write(self, graph: KnowledgeGraph, path: Path) -> None:
        """Write the graph to a file, always in UTF-8; the suffix of ``path`` may be any."""


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
    name = Path(path).name
    for suffix, module in exporters().items():
        if name.lower().endswith(suffix):
            return module
    known = ", ".join(sorted(exporters()))
    raise UnknownFormat(f"no export writes {name!r}; known endings: {known}")


def save(graph: KnowledgeGraph, path: str | os.PathLike[str]) -> Path:
    """Write a graph in the format its file name asks for; the old file stays until the new one is whole.

    Parameters:
        graph: what to write.
        path: the file; its ending chooses the format.

    Raises:
        UnknownFormat: no export has this ending.
    """
    target = Path(path)
    module = exporter(target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        module.write(graph, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target
