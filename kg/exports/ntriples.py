"""N-Triples: the canonical form, one statement a line, sorted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".nt",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the graph's own canonical text."""
    path.write_text(graph.ntriples(), encoding="utf-8", newline="\n")
