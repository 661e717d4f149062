"""Speakers who appeared in the same series, or in the same talk.

Nodes are people. In the form ``series`` an undirected edge joins two who spoke in one series (of conferences, a year's
edition): ``count`` and ``series`` are those, and ``talks`` the talks of both in them. In the form ``talk`` an edge
joins two who spoke in one talk: ``count`` and ``talks`` are those talks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import Choice, Network
from kg.network._building import build as built
from kg.network._plans import EDGES, SLICE, by_talks, of_talks, through
from kg.network._source import talks

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TAKES = (*SLICE, *EDGES)
FORMS = ("series", "talk")
ALIASES = {"cospeakers": "talk"}


def build(graph: KnowledgeGraph, choice: Choice) -> Network:
    """Speakers and the series, or talks, that they share."""
    among = talks(graph, choice)
    people = of_talks(graph, "speaker", among)
    if choice.form == "talk":
        told = ("co-appearance", "Speakers who spoke in the same talk")
        return built(graph, by_talks(told, (people, people), ("Person", "Person"), among), choice)
    told = ("co-appearance", "Speakers who spoke in the same series")
    tables = people, of_talks(graph, "series", among)
    return built(graph, through(told, tables, ("Person", "series"), among), choice)
