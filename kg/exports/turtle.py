"""Turtle: the form people read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.exports._triples import PREFIXES, triples

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".ttl",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the triples subject by subject, with prefixes."""
    from kg.graph import written  # noqa: PLC0415  heavy

    text = written(triples(graph), "ttl", PREFIXES)
    path.write_text(text, encoding="utf-8", newline="\n")
