"""Awards that the same people hold, or people who hold the same awards.

In the form ``awards`` nodes are awards, and an undirected edge joins two that one person received: ``count`` and
``people`` are those people. In the form ``people`` it is the other way round: ``count`` and ``awards``. ``claims`` are
the statements behind an edge, ``years`` those of the awards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import Choice, Network
from kg.network._building import Plan
from kg.network._building import build as built
from kg.network._claims import ByClaims, Claimed
from kg.network._plans import EDGES
from kg.network._source import claims, told_slice, within
from kg.network._table import table

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
        receipts=ByClaims((rows, rows), (found, found), unit),
        years=tuple(held.year for held in found if held.year is not None),
        size=0,
        told=told_slice(choice),
    )
    return built(graph, plan, choice)
