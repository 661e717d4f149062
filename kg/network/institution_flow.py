"""From where people were to where they went: a directed edge between institutions, with its people and years.

Forms: ``training`` leads from where somebody trained (degrees, posts of trainees) to the affiliation at a talk, ``phd``
from the school of the doctorate, ``jobs`` from an earlier post (to another institution). ``count`` and ``people`` are
people, ``claims`` the statements of both ends, ``years`` those of the talks, ``from_years`` those of the degree or of
leaving, where they are known. Nodes have ``from_here`` and ``to_here``: people who left, and who came; their ``talks``
are those by people who belonged there then. The graph has ``ends``, what people did at the two ends of an edge. Slices
go by the year of the talk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.network import Choice, Network
from kg.network._building import Plan
from kg.network._building import build as built
from kg.network._claims import ByClaims, Claimed
from kg.network._plans import EDGES, SLICE
from kg.network._source import DATED, affiliations, claims, last_year, talks
from kg.network._table import aligned, sizes, table

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TAKES = (*SLICE, *EDGES)
FORMS = ("training", "phd", "jobs")
ALIASES = {"flows": ""}
_TITLES = {
    "training": "From where people trained to where they work",
    "phd": "From the school of the doctorate to the affiliation at the talk",
    "jobs": "From earlier posts to the affiliation at the talk",
}
_ENDS = {
    "training": "trained at|works at",
    "phd": "doctorate from|works at",
    "jobs": "worked at|works at",
}
"""What people did at the two ends of an edge, for the heads of a picture."""
_PATTERNS = {
    "training": ("trainedAt", ""),
    "phd": ("educatedAt", "?claim kg:degree kg:phd ."),
    "jobs": ("workedAt", "?claim a kg:Position . FILTER NOT EXISTS { ?claim a kg:Affiliation }"),
}


def build(graph: KnowledgeGraph, choice: Choice) -> Network:
    """Institutions and the people who moved between them."""
    among = talks(graph, choice)
    held = [row for row in affiliations(graph) if among.has(row[3])]
    came = [Claimed(place, who, claim, among.years.get(talk)) for claim, who, place, talk in held]
    left = list(_left(graph, choice.form))
    tables = aligned(*(table((move.node, move.column) for move in end) for end in (left, came)))
    people = set(tables[0].columns)
    spoken = sizes((place, talk) for _, _, place, talk in held)
    plan = Plan(
        name="institution-flow",
        title=_TITLES[choice.form],
        one=tables[0],
        other=tables[1],
        unit="people",
        kinds=("", ""),
        receipts=ByClaims(tables, (left, came), ("people", spoken), directed=True),
        years=tuple(m.year for m in came if m.column in people and m.year is not None),
        size=len({talk for _, who, _, talk in held if who in people}),
        told=among.told,
        directed=True,
        loops=choice.form != "jobs",
    )
    network = built(graph, plan, choice)
    network.graph["ends"] = _ENDS[choice.form]
    return network


def _left(graph: KnowledgeGraph, form: str) -> Iterator[Claimed]:
    """Where people were before, with the last year that is known of it."""
    relation, more = _PATTERNS[form]
    for claim, who, place, *dates in claims(graph, relation, "?year ?end ?start", more + DATED):
        yield Claimed(place, who, claim, last_year(dates))
