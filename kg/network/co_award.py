"""Awards that the same people hold, or people who hold the same awards.

In the form ``awards`` nodes are awards, and an undirected edge joins two that one person received: ``count`` and
``people`` are those people. In the form ``people`` it is the other way round: ``count`` and ``awards``. ``claims`` are
the statements behind an edge, ``years`` those of the awards. The ``talks`` of a node are those of the person, or of all
who hold the award.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.network import Choice, Network
from kg.network._building import Plan
from kg.network._building import build as built
from kg.network._claims import ByClaims, Claimed
from kg.network._plans import EDGES
from kg.network._source import claims, pairs, told_slice, within
from kg.network._table import sizes, table

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TAKES = ("from_year", "to_year", *EDGES)
FORMS = ("awards", "people")


def build(graph: KnowledgeGraph, choice: Choice) -> Network:
    """Awards and the people, or people and the awards, that they share."""
    of_people = choice.form == "people"
    found = []
    for claim, person, award, year in claims(
        graph, "received", "?year", "OPTIONAL { ?claim kg:year ?year }"
    ):
        number = int(year[:4]) if year else None
        if within(number, choice):
            ends = (person, award) if of_people else (award, person)
            found.append(Claimed(*ends, claim, number))
    spoken = _talks(graph, found, of_people)
    rows = table((held.node, held.column) for held in found)
    kind, unit = ("Person", "awards") if of_people else ("Award", "people")
    title = "People who hold the same awards" if of_people else "Awards that the same people hold"
    plan = Plan(
        name="co-award",
        title=title,
        one=rows,
        other=rows,
        unit=unit,
        kinds=(kind, kind),
        receipts=ByClaims((rows, rows), (found, found), (unit, spoken)),
        years=tuple(held.year for held in found if held.year is not None),
        size=0,
        told=told_slice(choice),
    )
    return built(graph, plan, choice)


def _talks(graph: KnowledgeGraph, found: Iterable[Claimed], of_people: bool) -> dict[str, int]:
    """How many talks a person gave, or those who hold an award."""
    spoken: dict[str, list[str]] = defaultdict(list)
    for talk, who in pairs(graph, "speaker"):
        spoken[who].append(talk)
    ends = ((held.node, held.node if of_people else held.column) for held in found)
    return sizes((node, talk) for node, who in ends for talk in spoken[who])
