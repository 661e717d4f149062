"""The catalogue and questions in English: what can be asked, and answers by the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from kg import queries as catalogue
from kg.errors import NotUnderstood, QueryError, UnknownName
from kg.graph import KnowledgeGraph
from kg.model import Answer
from kg.operations._bounds import Value, bounded, page, text
from kg.questions import ask as answered
from kg.questions import spoken
from kg.settings import LIMITS

_COPIES, _PLACES, _LONG = 50, 3, 20_000


def queries(graph: KnowledgeGraph) -> list[Value]:
    """The catalogue: what each query answers and is asked with.

    Returns:
        of each ``name``, ``title``, ``explanation``, ``parameters`` (``name``, ``type``, ``example``, ``comment``,
        ``number``: whether it is one), ``phrasings`` (questions it answers, parameters in braces), ``view`` (table,
        graph, timeline or bar) and ``explained``: whether a row leads to its sentences.
    """
    return [_listed(query) for query in catalogue.catalogue().values()]


def _listed(query: catalogue.Query) -> Value:
    return {
        "name": query.name,
        "title": query.title,
        "explanation": query.explanation,
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "example": p.example,
                "comment": p.comment,
                "number": p.is_number,
            }
            for p in query.parameters
        ],
        "phrasings": list(spoken(query.phrasings)),
        "view": query.view,
        "explained": query.because is not None,
    }


def query(
    graph: KnowledgeGraph,
    name: str,
    values: Mapping[str, str | int] | None = None,
    limit: int = LIMITS.most,
    offset: int = 0,
) -> Value:
    """The answer of a query of the catalogue, a page of its rows at a time.

    Parameters:
        name: of the query; SPARQL is refused.
        values: its parameters.

    Returns:
        ``query``, ``title``, ``view``, ``values``, and what ``answers`` gives.

    Raises:
        UnknownName: no query, parameter or thing in the graph has this name; carries the nearest.
        QueryError: a parameter lacks its value, or a value is out of its bounds.
    """
    found, given = catalogue.get(text("name", name)), _values(values)
    limits = page(limit, offset, LIMITS.rows)
    answer = graph.query(found.name, **given)
    told = {"query": found.name, "title": found.title, "view": found.view, "values": given}
    return told | answers(graph, answer, *limits)


def answers(
    graph: KnowledgeGraph, answer: Answer, limit: int = LIMITS.most, offset: int = 0
) -> Value:
    """A page of an answer.

    Returns:
        ``columns`` (those that people read), ``rows`` (``number`` from 1, ``cells``: column -> text or None,
        ``things``: column -> IRI of what is named there, ``evidence``: where the sentence of the row stands: ``iri``,
        ``source``, ``start``, ``end``), ``total`` rows, ``found`` (how many different things the first column names, or
        None), ``limit``, ``offset``, ``rests_on`` (sentences on how much the graph knows) and ``sparql``, the query
        that ran.
    """
    rows = enumerate(answer.rows[offset : offset + limit], start=offset + 1)
    return {
        "columns": list(answer.shown),
        "rows": [_row(graph, answer, number, row) for number, row in rows],
        "total": len(answer),
        "found": answer.found,
        "limit": limit,
        "offset": offset,
        "rests_on": list(answer.rests),
        "sparql": answer.sparql,
    }


def _row(graph: KnowledgeGraph, answer: Answer, number: int, row: tuple[str | None, ...]) -> Value:
    told = dict(zip(answer.columns, row, strict=True))
    things = {c: iri for c, node in answer.things.items() if (iri := told.get(node))}
    return {
        "number": number,
        "cells": {column: told[column] for column in answer.shown},
        "things": things,
        "evidence": _standing(graph, told.get("sentence"), things.values()),
    }


def _standing(graph: KnowledgeGraph, sentence: str | None, things: Collection[str]) -> list[Value]:
    """Where a sentence stands; of several places those whose claims are about these things."""
    spans = graph.reader.spans(sentence, _COPIES) if sentence else []
    if len(spans) > 1:
        spans = [s for s in spans if graph.reader.named_by(s) & {*things}] or spans
    quotes = ((span, graph.reader.quote(span)) for span in spans[:_PLACES])
    return [{"iri": s, "source": q.source, "start": q.start, "end": q.end} for s, q in quotes]


def because(
    graph: KnowledgeGraph,
    name: str,
    row: int | Mapping[str, Any],
    values: Mapping[str, str | int] | None = None,
    limit: int = LIMITS.most,
) -> Value:
    """What a row of an answer rests on, sentence by sentence.

    Parameters:
        name: of the query.
        row: its ``number``, or the row itself as ``query`` or ``ask`` gave it.
        values: what the query was asked with.

    Returns:
        what ``answers`` gives; each row has its sentence.

    Raises:
        UnknownName: as for ``query``.
        QueryError: there is no such row, or nothing more is told of it.
    """
    found, given = catalogue.get(text("name", name)), _values(values)
    most, _ = page(limit, 0, LIMITS.rows)
    if isinstance(row, Mapping):
        return answers(graph, graph.because(found.name, _columns(found, row), **given), most)
    answer = graph.query(found.name, **given)
    if not len(answer):
        raise QueryError("the answer has no rows")
    at = bounded("row", row, len(answer), 1) - 1
    if "sentence" in answer.columns:
        return answers(graph, replace(answer, rows=(answer.rows[at],)), most)
    told = dict(zip(answer.columns, answer.rows[at], strict=True))
    return answers(graph, graph.because(found.name, told, **given), most)


def _columns(query: catalogue.Query, row: Mapping[str, Any]) -> dict[str, str | None]:
    """A row by all its columns.

    Raises:
        QueryError: it is none.
    """
    cells, things = row.get("cells"), row.get("things")
    if not isinstance(cells, Mapping) or not isinstance(things, Mapping):
        raise QueryError("a row has cells and things")
    told = {text("column", c): None if v is None else text(c, v, _LONG) for c, v in cells.items()}
    nodes = {n: text(c, things[c], _LONG) for c, n in query.things.items() if c in things}
    return told | nodes


def _values(values: Mapping[str, Any] | None) -> dict[str, str]:
    if values is not None and not isinstance(values, Mapping):
        raise QueryError(f"values are given by parameter, not as {str(values)[:40]!r}")
    found = {}
    for name, value in (values or {}).items():
        is_number = isinstance(value, int) and not isinstance(value, bool)
        found[text("parameter", name)] = text(name, str(value) if is_number else value)
    return found


def ask(graph: KnowledgeGraph, question: str, limit: int = LIMITS.most, offset: int = 0) -> Value:
    """The answer to a question in English.

    Returns:
        ``question`` and ``declined`` (None, or why the question cannot be answered). Of one that is answered:
        ``reading``, ``query`` (its name in the catalogue, or None), ``values``, ``notes``, ``view``, and what
        ``answers`` gives. Of one that is declined: ``nearest``, questions that can be asked.

    Raises:
        QueryError: a value is out of its bounds.
    """
    asked, limits = text("question", question), page(limit, offset, LIMITS.rows)
    try:
        reply = answered(graph, asked)
    except NotUnderstood as refused:
        return {"question": asked, "declined": refused.reason, "nearest": list(refused.nearest)}
    except UnknownName as unknown:
        return {"question": asked, "declined": str(unknown), "nearest": []}
    known = catalogue.catalogue().get(reply.query)
    return {
        "question": asked,
        "declined": None,
        "reading": reply.reading,
        "query": reply.query or None,
        "values": dict(reply.values),
        "notes": list(reply.notes),
        "view": known.view if known else "table",
    } | answers(graph, reply.answer, *limits)


def stats(graph: KnowledgeGraph) -> Value:
    """Counts: talks, speakers, people, institutions, topics, facts by kind, triples, sources; and the ``years``."""
    counts = graph.stats()
    return counts | {"years": list(counts["years"]) if counts["years"] else None}
