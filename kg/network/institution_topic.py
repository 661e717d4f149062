"""Institutions and the topics that their people talk about.

Two kinds of nodes, institutions and topics; an undirected edge joins an institution with a topic: ``count`` and
``talks`` are the talks on it by people who belonged to the institution then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import Choice, Network
from kg.network._building import build as built
from kg.network._plans import EDGES, SLICE, by_talks, of_talks
from kg.network._source import affiliations, talks
from kg.network._table import aligned, table

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TAKES = (*SLICE, *EDGES)


def build(graph: KnowledgeGraph, choice: Choice) -> Network:
    """Institutions, topics, and the talks between them."""
    among = talks(graph, choice)
    held = affiliations(graph)
    places = table((place, talk) for _, _, place, talk in held if among.has(talk))
    tables = aligned(places, of_talks(graph, "topic", among))
    told = ("institution-topic", "Institutions and the topics of their people's talks")
    return built(graph, by_talks(told, tables, ("", "Topic"), among), choice)
