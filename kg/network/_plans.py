"""Plans that several networks share: nodes joined by talks, and nodes joined by what their talks have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import _source
from kg.network._building import Plan
from kg.network._receipts import ByTalks, Through
from kg.network._source import Talks
from kg.network._table import Table, aligned, joined, table

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SLICE = ("from_year", "to_year", "series")
EDGES = ("weight", "at_least", "top", "significant", "backbone")


def of_talks(graph: KnowledgeGraph, relation: str, talks: Talks) -> Table:
    """What talks have by a relation, as rows; the talks as columns."""
    found = _source.gathered(graph, relation)
    return table((thing, talk) for talk, things in found if talks.has(talk) for thing in things)


def by_talks(
    told: tuple[str, str], tables: tuple[Table, Table], kinds: tuple[str, str], talks: Talks
) -> Plan:
    """Nodes that are joined by the talks they share.

    Parameters:
        told: the network's name and title.
        tables: with the same columns; the same table twice for nodes of one kind.
    """
    columns = tables[0].columns
    return Plan(
        name=told[0],
        title=told[1],
        one=tables[0],
        other=tables[1],
        unit="talks",
        kinds=kinds,
        receipts=ByTalks(tables, talks.years),
        years=tuple(talks.years[talk] for talk in columns if talk in talks.years),
        size=len(columns),
        told=talks.told,
    )


def through(
    told: tuple[str, str], tables: tuple[Table, Table], names: tuple[str, str], talks: Talks
) -> Plan:
    """Nodes that are joined by what their talks have in common, though the talks may be different ones.

    Parameters:
        told: the network's name and title.
        tables: the talks of the nodes, and of what joins them.
        names: the nodes' class, and what joins them in the plural.
    """
    own, joint = aligned(*tables)
    rows = joined(own, joint)
    return Plan(
        name=told[0],
        title=told[1],
        one=rows,
        other=rows,
        unit=names[1],
        kinds=(names[0], names[0]),
        receipts=Through(own, joint, talks.years, names[1]),
        years=tuple(talks.years[talk] for talk in own.columns if talk in talks.years),
        size=len(own.columns),
        told=talks.told,
    )
