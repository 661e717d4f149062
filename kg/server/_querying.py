"""Jobs of the SPARQL endpoint: a query to results in the format that the client likes best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, cast

from pyoxigraph import QueryResultsFormat, QueryTriples

from kg.errors import QueryError
from kg.graph import KnowledgeGraph, serialized
from kg.server._jobs import Arguments, Job, Out, Refused, dataset
from kg.server._media import GRAPHS, RESULTS, chosen

_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}


def _sparql(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
    """Run a query.

    Parameters:
        arguments: ``query``; ``accept`` or ``format``; ``defaults`` and ``named``, the graphs it is to read.
    """
    _dataset(graph, arguments["defaults"], arguments["named"])
    results = graph.results(arguments["query"])
    offered = GRAPHS if isinstance(results, QueryTriples) else RESULTS
    name = arguments["format"] or chosen(arguments["accept"], offered)
    if name not in offered:
        known = ", ".join(kind.partition(";")[0] for kind in offered.values())
        raise Refused(406, f"this query is answered as {known}")
    out.start(offered[name])
    file = cast(IO[bytes], out)  # of a file only ``write`` is used
    try:
        if isinstance(results, QueryTriples):
            serialized(results, name, file=file)
        else:
            results.serialize(file, _RESULTS[name])
    except (ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {' '.join(str(error).split())[:160]}") from None


def _dataset(graph: KnowledgeGraph, defaults: Sequence[str], named: Sequence[str]) -> None:
    """Refuse to read other graphs than the one there is."""
    own = dataset(graph)
    if strange := [*named, *(iri for iri in defaults if iri != own)]:
        raise Refused(
            400, f"there is no graph {strange[0][:200]} to read here; {own} is the default graph"
        )


JOBS: Mapping[str, Job] = {"sparql": _sparql}
