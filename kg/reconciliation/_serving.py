"""The service's manifest, batches of queries, and the small page that shows a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from kg import ontology, resources
from kg.errors import QueryError, TooMuch, UnknownName
from kg.graph import KnowledgeGraph
from kg.ontology import KG
from kg.operations import Value, entity, text
from kg.reconciliation import _matching, _types
from kg.reconciliation._asked import read
from kg.settings import LIMITS

_WIDTH, _HEIGHT = 430, 300
_SHOWN, _LONG = 5, 240
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_SETTING = {
    "name": "limit",
    "label": "Limit",
    "type": "number",
    "default": LIMITS.page,
    "help_text": "the most values of a cell (0 for as many as are given)",
}


def manifest(graph: KnowledgeGraph, base: str, view: str = "") -> Value:
    """What the service says of itself.

    Parameters:
        base: the address of the service, without a slash at its end.
        view: where a thing is shown, with ``{{id}}`` for its id; the preview without one.
    """
    root = base.rstrip("/")
    service = {"service_url": root}
    return {
        "versions": ["0.2"],
        "name": "TalkGraph: people, institutions, topics and awards of talks",
        "identifierSpace": graph.base,
        "schemaSpace": KG,
        "serviceVersion": ontology.load().version,
        "defaultTypes": [dict(t) for t in _types.types().values()],
        "view": {"url": view or f"{root}/preview?id={{{{id}}}}"},
        "preview": {"url": f"{root}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {
            what: service | {"service_path": f"/suggest/{what}"}
            for what in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": service | {"service_path": "/properties"},
            "property_settings": [dict(_SETTING)],
        },
        "batchSize": LIMITS.batch,
    }


def reconcile(graph: KnowledgeGraph, batch: Any) -> Value:
    """Things that names may stand for.

    Parameters:
        batch: key -> query: ``query`` (a name), ``type``, ``limit``, ``properties`` (``pid`` and ``v``),
            ``type_strict``.

    Returns:
        key -> ``result``: candidates with ``id``, ``name``, ``description``, ``type``, ``score`` from 0 to 100,
        ``match`` (true only where no other thing can be meant) and ``features``, the best first.

    Raises:
        TooMuch: the batch is too large.
        UnknownName: there is no such type or property.
        QueryError: a query is malformed.
    """
    if not isinstance(batch, Mapping):
        raise QueryError("a batch of reconciliation queries is an object, a query under each key")
    if len(batch) > LIMITS.batch:
        raise TooMuch(f"the batch has {len(batch)} queries; {LIMITS.batch} are answered at once")
    asked = {str(key): read(graph, one) for key, one in batch.items()}
    return {key: {"result": _matching.result(graph, one)} for key, one in asked.items()}


def preview(graph: KnowledgeGraph, id: str) -> str:
    """A small page that shows a thing, complete in itself, for a frame in somebody's table.

    Raises:
        UnknownName: there is no such thing.
    """
    thing = _types.by_id(graph, text("id", id))
    if thing is None:
        raise UnknownName("thing", id[:80], ())
    told = entity(graph, thing.iri, _SHOWN)
    kind = _types.types()[thing.kind]["name"]
    slots = {
        "name": escape(thing.label),
        "about": escape(" · ".join(part for part in (kind, told["summary"]) if part)),
        "facts": "\n".join(_facts(told)),
        "iri": escape(thing.iri),
    }
    page = (resources.folder("viz") / "preview.html").read_text("utf-8")
    return _SLOT.sub(lambda match: slots[match[1]], page)


def _facts(told: Value) -> Iterator[str]:
    for attribute in told["attributes"]:
        yield _line(attribute["word"], attribute["value"], "")
    for said in told["statements"]:
        other = said["other"]["name"] if said["other"] else said["printed"]
        yield _line(said["relation"] or said["kind"], other, said["sentence"])


def _line(word: str, value: str, sentence: str) -> str:
    quote = f"<q>{escape(_short(sentence))}</q>" if sentence else ""
    return f"<dt>{escape(word)}</dt><dd>{escape(_short(value))}{quote}</dd>"


def _short(value: str) -> str:
    plain = " ".join(value.split())
    return plain if len(plain) <= _LONG else f"{plain[:_LONG].rstrip()}…"
