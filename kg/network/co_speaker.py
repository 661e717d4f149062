"""Speakers who talk about the same topics, together or apart.

Nodes are people, an undirected edge joins two with a topic in common: ``count`` and ``topics`` are those topics, and
``talks`` the talks of both on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import Choice, Network
from kg.network._building import build as built
from kg.network._plans import EDGES, SLICE, of_talks, through
from kg.network._source import talks

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TAKES = (*SLICE, *EDGES)


def build(graph: KnowledgeGraph, choice: Choice) -> Network:
    """Speakers and the topics they share."""
    among = talks(graph, choice)
    tables = of_talks(graph, "speaker", among), of_talks(graph, "topic", among)
    told = ("co-speaker", "Speakers who talk about the same topics")
    return built(graph, through(told, tables, ("Person", "topics"), among), choice)
