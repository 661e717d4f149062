"""Jobs of the reconciliation service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg import reconciliation
from kg.errors import QueryError, TooMuch, UnknownName
from kg.graph import KnowledgeGraph
from kg.server._jobs import Arguments, Job, Out, Refused, plain
from kg.server._media import PAGE

_LIKE_THIS = 'a batch is a JSON object, such as {"q0": {"query": "a name"}}'


def _batch(graph: KnowledgeGraph, batch: str, what: str) -> Any:
    """Names to things, or things to what is known of them; a batch comes as JSON text."""
    try:
        asked = json.loads(batch)
    except (ValueError, RecursionError):
        raise QueryError(f"{what} cannot be read: {_LIKE_THIS}") from None
    do = reconciliation.extend if what == "extend" else reconciliation.reconcile
    try:
        return do(graph, asked)
    except TooMuch as error:
        raise Refused(413, str(error)) from None
    except (ValueError, OverflowError) as error:
        raise QueryError(f"{what} has a value that cannot be used: {str(error)[:80]}") from None
    except UnknownName as error:
        raise Refused(400, str(error)) from None


def _preview(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
    page = reconciliation.preview(graph, arguments["id"])
    out.start(PAGE["html"])
    out.write(page.encode())


def _manifest(graph: KnowledgeGraph, home: str) -> Any:
    return reconciliation.manifest(graph, f"{home}reconcile", f"{home}{{{{id}}}}")


def _properties(_: KnowledgeGraph, type: str, limit: int) -> Any:
    return reconciliation.propose_properties(type, limit)


JOBS: Mapping[str, Job] = {
    "batch": plain(_batch),
    "manifest": plain(_manifest),
    "preview": _preview,
    "properties": plain(_properties),
    "suggest": plain(reconciliation.suggest),
}
