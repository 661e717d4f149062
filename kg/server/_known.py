"""The jobs of a worker by their names."""

from __future__ import annotations

from collections.abc import Mapping

from kg import operations
from kg.server import _charting, _linked, _pages, _querying, _reconciling
from kg.server._jobs import Job, plain

JOBS: Mapping[str, Job] = {
    **_charting.JOBS,
    **_querying.JOBS,
    **_linked.JOBS,
    **_pages.JOBS,
    **_reconciling.JOBS,
    "home data": plain(operations.home),
    "links": plain(operations.links),
    "search": plain(operations.search),
    "entity": plain(operations.entity),
    "neighbours": plain(operations.neighbours),
    "path": plain(operations.path),
    "queries": plain(operations.queries),
    "query": plain(operations.query),
    "because": plain(operations.because),
    "ask": plain(operations.ask),
    "evidence": plain(operations.evidence),
    "stats": plain(operations.stats),
}
