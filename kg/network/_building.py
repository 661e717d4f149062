"""Two tables to a networkx graph: pairs, their weights, which of them stay and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg.network import _source
from kg.network._backbone import disparity
from kg.network._choice import Choice
from kg.network._projection import Pairs, count, shared
from kg.network._receipts import Attributes, Receipts, told_years
from kg.network._significance import discovery_q, judged
from kg.network._table import Table
from kg.network._weights import TOLD, weights
from kg.settings import NETWORKS

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


@dataclass(frozen=True, eq=False)
class Plan:
    """What a network is made of.

    Parameters:
        name: of the network.
        title: the same in words.
        one: the rows are nodes.
        other: the same table, or that of the nodes of the other kind, or of where edges end.
        unit: what the columns are: "talks", "topics", "people".
        kinds: the class of the first nodes and of the others; "" where it differs from node to node.
        receipts: what stands behind nodes and edges.
        years: of all columns and claims, for the whole network.
        size: how many talks the network rests on.
        told: the slice in words.
        directed: edges lead from the first to the other.
        loops: whether an edge may lead from a node to itself.
    """

    name: str
    title: str
    one: Table
    other: Table
    unit: str
    kinds: tuple[str, str]
    receipts: Receipts
    years: tuple[int, ...]
    size: int
    told: str = ""
    directed: bool = False
    loops: bool = True

    @property
    def alone(self) -> bool:
        """Whether nodes of one table are joined among each other."""
        return self.one is self.other

    @property
    def tests(self) -> int:
        """How many pairs of nodes there are."""
        rows = len(self.one.rows)
        return rows * (rows - 1) // 2 if self.alone else rows * len(self.other.rows)


Values = dict[str, Any]
"""Arrays by the name of their attribute, one entry an edge."""


def build(graph: KnowledgeGraph, plan: Plan, choice: Choice) -> Any:
    """The network of a plan, with the weight and the filters that are chosen."""
    import networkx as nx  # noqa: PLC0415  heavy

    everyone = len(plan.one.rows) if plan.alone else len({*plan.one.rows, *plan.other.rows})
    one, other = _tops(plan, choice)
    plan = replace(plan, one=one[0], other=other[0])
    pairs = count(plan.one, plan.other, choice.at_least)
    if not plan.loops:
        pairs = _without_loops(plan, pairs)
    pairs, values, notes = _filtered(plan, pairs, choice)
    network = nx.DiGraph() if plan.directed else nx.Graph()
    sides = ((plan.one, one[1], pairs.one), (plan.other, other[1], pairs.other))
    network.add_nodes_from(sorted(_nodes(graph, plan, sides).items()))
    network.add_edges_from(_edges(plan, pairs, values, (one[1], other[1])))
    network.graph.update(
        name=plan.name,
        title=plan.title,
        weight=choice.weight,
        parameters="; ".join([*_begun(plan, choice), *notes]),
        talks=plan.size,
        **told_years(plan.years),
        nodes_left_out=everyone - len(network),
        edges_left_out=pairs.total - len(pairs),
    )
    return network


def _tops(plan: Plan, choice: Choice) -> tuple[tuple[Table, Any], tuple[Table, Any]]:
    """The tables with the rows that are chosen, and the numbers that those rows had."""
    one = _top(plan.one, 0, plan.receipts, choice.top)
    return one, one if plan.alone else _top(plan.other, 1, plan.receipts, choice.top)


def _top(table: Table, side: int, receipts: Receipts, most: int | None) -> tuple[Table, Any]:
    import numpy as np  # noqa: PLC0415  heavy

    if most is None or most >= len(table.rows):
        return table, np.arange(len(table.rows))
    talks = [receipts.node(side, row).get("talks", 0) for row in range(len(table.rows))]
    order = np.lexsort((np.arange(len(talks)), -table.margins, -np.array(talks)))
    rows = np.sort(order[:most])
    return table.part(rows), rows


def _without_loops(plan: Plan, pairs: Pairs) -> Pairs:
    """The pairs of two different things; the others are none at all."""
    import numpy as np  # noqa: PLC0415  heavy

    ends = zip(pairs.one.tolist(), pairs.other.tolist(), strict=True)
    loops = [plan.one.rows[one] == plan.other.rows[other] for one, other in ends]
    kept = pairs.kept(~np.array(loops, dtype=bool))
    return replace(kept, total=pairs.total - sum(loops))


def _filtered(plan: Plan, pairs: Pairs, choice: Choice) -> tuple[Pairs, Values, list[str]]:
    """The pairs that stay, their values, and what was done in words."""
    import numpy as np  # noqa: PLC0415  heavy

    values: Values = {"weight": weights(choice.weight, plan.one, plan.other, pairs)}
    notes = [_counted(plan, pairs, choice), f"weight: {TOLD[choice.weight].format(unit=plan.unit)}"]
    kept = np.ones(len(pairs), dtype=bool)
    if choice.significant is not None:
        values["p"], told = judged(plan.one, plan.other, pairs)
        values["q"] = discovery_q(values["p"], plan.tests)
        kept &= values["q"] <= choice.significant
        notes.append(
            f"kept: q <= {choice.significant:g}; {told}; q by Benjamini & Hochberg (1995) over {plan.tests:,} pairs"
        )
    if choice.backbone is not None:
        bipartite = not plan.alone
        values["alpha"] = disparity(pairs.one, pairs.other, values["weight"], bipartite)
        kept &= values["alpha"] <= choice.backbone
        notes.append(
            f"kept: alpha <= {choice.backbone:g} of the disparity filter (Serrano et al. 2009)"
        )
    return pairs.kept(kept), {name: found[kept] for name, found in values.items()}, notes


def _begun(plan: Plan, choice: Choice) -> Iterator[str]:
    """What the network is of, in words."""
    talks = "talk" if plan.size == 1 else "talks"
    of = f"{plan.size:,} {talks}" if plan.size else "all statements"
    yield f"{of} {plan.told}".rstrip()
    if plan.unit != "talks":
        yield f"n = {len(plan.one.columns):,} {plan.unit}"
    if choice.top is not None:
        yield f"the {choice.top:,} nodes of most talks" + ("" if plan.alone else " of each kind")


def _counted(plan: Plan, pairs: Pairs, choice: Choice) -> str:
    """The least count of an edge in words, with its reason."""
    told = f"edges of at least {pairs.least} {plan.unit} in common"
    if choice.at_least is not None:
        return told
    if pairs.least == 1:
        return f"all edges ({plan.unit} in common)"
    return f"{told}, the least that leaves no more than {NETWORKS.edges:,} of {pairs.total:,}"


def _nodes(
    graph: KnowledgeGraph, plan: Plan, sides: tuple[tuple[Table, Any, Any], ...]
) -> dict[str, Attributes]:
    """Attributes of the nodes that have an edge."""
    import numpy as np  # noqa: PLC0415  heavy

    found: dict[str, Attributes] = {}
    if plan.alone:
        table, numbers, _ = sides[0]
        sides = ((table, numbers, np.concatenate((sides[0][2], sides[1][2]))),)
    for side, (table, numbers, rows) in enumerate(sides):
        used = np.unique(rows).tolist()
        iris = [table.rows[row] for row in used]
        names = _source.labels(graph, iris)
        kinds: Mapping[str, str] = {} if plan.kinds[side] else _source.types(graph, iris)
        for row, iri in zip(used, iris, strict=True):
            kind = plan.kinds[side] or kinds.get(iri, "Organization")
            told: Attributes = {"label": names[iri], "type": kind}
            found[iri] = found.get(iri, {}) | told | plan.receipts.node(side, int(numbers[row]))
    return found


def _edges(
    plan: Plan, pairs: Pairs, values: Values, numbers: tuple[Any, Any]
) -> Iterator[tuple[str, str, Attributes]]:
    columns = plan.one.columns
    ones, others = pairs.one.tolist(), pairs.other.tolist()
    rounded = {name: [_tidy(value) for value in found.tolist()] for name, found in values.items()}
    for part, common in shared(plan.one, plan.other, pairs):
        bounds, indices = common.indptr.tolist(), common.indices.tolist()
        for edge in range(part.start, part.stop):
            start, end = bounds[edge - part.start : edge - part.start + 2]
            one, other = ones[edge], others[edge]
            told = plan.receipts.edge(
                int(numbers[0][one]),
                int(numbers[1][other]),
                [columns[i] for i in indices[start:end]],
            )
            data: Attributes = {name: found[edge] for name, found in rounded.items()}
            yield (
                plan.one.rows[one],
                plan.other.rows[other],
                {"weight": data.pop("weight"), "count": end - start, **told, **data},
            )


def _tidy(value: float) -> float:
    """A number with as many digits as are worth writing."""
    return float(f"{value:.8g}")
