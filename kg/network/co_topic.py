"""Topics that share talks.

Nodes are topics, an undirected edge joins two with a talk in common: ``count`` and ``talks`` are those talks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import Choice, Network
from kg.network._building import build as built
from kg.network._plans import EDGES, SLICE, by_talks, of_talks
from kg.network._source import talks

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TAKES = (*SLICE, *EDGES)
ALIASES = {"cotopics": ""}


def build(graph: KnowledgeGraph, choice: Choice) -> Network:
    """Topics and the talks they share."""
    among = talks(graph, choice)
    topics = of_talks(graph, "topic", among)
    told = ("co-topic", "Topics that share talks")
    return built(graph, by_talks(told, (topics, topics), ("Topic", "Topic"), among), choice)
