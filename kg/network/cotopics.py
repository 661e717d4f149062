"""Topics that share talks. An undirected edge has ``weight``, the number of talks, and ``talks``, their IRIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import Network
from kg.network._reading import Reading
from kg.network._shared import sharing

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


def build(graph: KnowledgeGraph) -> Network:
    """Topics as nodes with ``label``, ``type`` and ``talks``; an edge where two share a talk."""
    return sharing(Reading(graph), "topic")
