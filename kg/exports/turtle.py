"""Turtle: the form people read."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.exports._triples import PREFIXES, triples

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".ttl",)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the triples subject by subject, with prefixes."""
    from pyoxigraph import RdfFormat, serialize  # noqa: PLC0415  heavy

    text = (serialize(triples(graph), format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
    lines = text.split("\n")
    head = sum(1 for _ in takewhile(lambda line: line.startswith("@prefix"), lines))
    lines[:head] = sorted(lines[:head])  # the serializer has no order of its own here
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
