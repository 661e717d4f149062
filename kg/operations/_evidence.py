"""What a claim rests on: its sentence, and the page around it."""

from __future__ import annotations

from kg.errors import UnknownName
from kg.graph import KnowledgeGraph, Quote
from kg.operations._bounds import Value, bounded, text, whole
from kg.operations._describing import named
from kg.settings import LIMITS
from kg.workspace import source_text


def evidence(graph: KnowledgeGraph, iri: str, context: int = LIMITS.context) -> Value:
    """The words that a claim, a talk's title or a span stands for, with where they stand.

    Parameters:
        iri: of a claim, of a talk, or of a span of a source.
        context: letters of the page before and after.

    Returns:
        ``iri``, ``sentence``, ``source`` (its name), ``source_iri``, ``url`` (or None), ``sha256`` of the page's text,
        ``start``, ``end`` (in code points of it), ``fields`` (of a structured source), ``context`` (``before`` and
        ``after``; some letters where only the graph is at hand), and ``claim``: None, or ``kind``, ``relation``,
        ``subject``, ``object``, ``printed``, ``details``, ``rule``, ``confidence``, ``as_of``.

    Raises:
        UnknownName: the graph has no such claim or span.
        QueryError: a value is out of its bounds.
    """
    asked = text("iri", iri, 4 * LIMITS.characters)
    most = bounded("context", context, 10 * LIMITS.context)
    spans = graph.reader.values(asked, "evidence") or [asked]
    quote = graph.reader.quote(spans[0]) if graph.reader.is_span(spans[0]) else None
    if quote is None:
        raise UnknownName("claim or span", asked, ())
    url, sha256 = (
        next(iter(graph.reader.values(quote.source_iri, term)), None) for term in ("url", "sha256")
    )
    return {
        "iri": asked,
        "sentence": quote.text,
        "source": quote.source,
        "source_iri": quote.source_iri,
        "url": url,
        "sha256": sha256,
        "start": quote.start,
        "end": quote.end,
        "fields": list(quote.fields),
        "context": _around(graph, quote, sha256 or "", most),
        "claim": _claim(graph, asked) if graph.reader.is_claim(asked) else None,
    }


def _around(graph: KnowledgeGraph, quote: Quote, sha256: str, most: int) -> Value:
    """The letters before and after: of the page where its text is kept beside the graph, else those the graph has."""
    folder = graph.reader.folder
    page = source_text(folder, sha256) if folder else None
    if page is None or page[quote.start : quote.end] != quote.text:
        before, after = quote.prefix[-most:] if most else "", quote.suffix[:most]
    else:
        before, after = (
            page[max(0, quote.start - most) : quote.start],
            page[quote.end : quote.end + most],
        )
    return {"before": whole(before), "after": whole(after)}


def _claim(graph: KnowledgeGraph, iri: str) -> Value:
    reader = graph.reader
    said = reader.statement(iri)
    subject = reader.values(iri, "subject")[0]
    return {
        "kind": said.kind,
        "relation": said.relation,
        "subject": named(said.subject, subject),
        "object": named(said.object, said.other_iri) if said.object else None,
        "printed": said.printed,
        "details": [list(pair) for pair in said.details],
        "rule": said.rule,
        "confidence": said.confidence,
        "as_of": said.as_of or None,
    }
