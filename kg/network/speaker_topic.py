"""Speakers and the topics of their talks.

Two kinds of nodes, people and topics; an undirected edge joins a speaker with a topic: ``count`` and ``talks`` are the
speaker's talks on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import Choice, Network
from kg.network._building import build as built
from kg.network._plans import EDGES, SLICE, by_talks, of_talks
from kg.network._source import talks
from kg.network._table import aligned

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TAKES = (*SLICE, *EDGES)


def build(graph: KnowledgeGraph, choice: Choice) -> Network:
    """Speakers, topics, and the talks between them."""
    among = talks(graph, choice)
    tables = aligned(of_talks(graph, "speaker", among), of_talks(graph, "topic", among))
    told = ("speaker-topic", "Speakers and the topics of their talks")
    return built(graph, by_talks(told, tables, ("Person", "Topic"), among), choice)
