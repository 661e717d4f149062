"""The maps of a served graph, as its workers read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg import charts, operations
from kg.graph import KnowledgeGraph
from kg.server._jobs import Arguments, Job, Out, Refused, plain
from kg.settings import CHARTS


def _there(make: Callable[..., Any]) -> Job:
    """A job on maps, which a request may wait for only where they can be made in its time."""
    job = plain(make)

    def bounded(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
        is_soon = charts.lie_there(graph) or not charts.are_possible()
        if not is_soon and graph.stats()["talks"] > CHARTS.soon:
            raise Refused(
                503,
                "the maps of this build are not laid out yet; kg serve does it when it starts, and after each build",
            )
        job(graph, arguments, out)

    return bounded


JOBS: Mapping[str, Job] = {
    "charts": _there(operations.charts),
    "chart": _there(operations.chart),
    "behind": _there(operations.behind),
}
