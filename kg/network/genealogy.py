"""Who advised whom: a directed edge from a person to an advisor.

``count`` is how many statements say so, ``claims`` are they, ``stage`` is what was advised ("doctoral"), ``years`` are
those of the doctorate or post where the statement names them. Nodes have ``advisors`` and ``advised``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.network import Choice, Network
from kg.network._receipts import Attributes, told_years
from kg.network._source import DATED, claims, labels, last_year, pairs
from kg.network._table import sizes

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TAKES = ()
ALIASES = {"advisor_tree": ""}
_TOLD = "OPTIONAL { ?claim kg:stage ?stage } " + DATED


def build(graph: KnowledgeGraph, _: Choice) -> Network:
    """People with an advisor or an advisee."""
    import networkx as nx  # noqa: PLC0415  heavy

    said: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for claim, who, advisor, *told in claims(graph, "advisedBy", "?stage ?year ?end ?start", _TOLD):
        said[who, advisor].append((claim, *told))
    people = sorted({end for ends in said for end in ends})
    names = labels(graph, people)
    network = nx.DiGraph()
    spoken = sizes((who, talk) for talk, who in pairs(graph, "speaker"))
    for who in people:
        network.add_node(who, label=names[who], type="Person", talks=spoken.get(who, 0))
    for ends, found in sorted(said.items()):
        network.add_edge(*ends, **_edge(found))
    for who in people:
        network.nodes[who].update(advisors=network.out_degree(who), advised=network.in_degree(who))
    network.graph.update(
        name="genealogy",
        title="Who advised whom",
        weight="count",
        parameters="all statements; weight: how many there are",
        talks=0,
        nodes_left_out=0,
        edges_left_out=0,
    )
    return network


def _edge(found: list[tuple[str, ...]]) -> Attributes:
    behind = sorted({claim for claim, *_ in found})
    edge: Attributes = {
        "weight": float(len(behind)),
        "count": len(behind),
        "claims": " ".join(behind),
    }
    stages = sorted({stage.rpartition("#")[2] for _, stage, *_ in found if stage})
    years = told_years(last_year(dates) for _, _, *dates in found)
    return edge | ({"stage": " ".join(stages)} if stages else {}) | years
