"""Completing what people type, and columns made of what the graph knows of reconciled things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kg.errors import QueryError, TooMuch, UnknownName
from kg.graph import KnowledgeGraph, Thing
from kg.names import fold
from kg.operations import Value, bounded, summary, text
from kg.reconciliation import _properties, _types
from kg.reconciliation._properties import Property
from kg.settings import LIMITS

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_IDS, _MOST_PROPERTIES = 200, 20


def suggest(
    graph: KnowledgeGraph, what: str, prefix: str, cursor: int = 0, type: str | None = None
) -> Value:
    """What somebody may mean who has typed so far.

    Parameters:
        what: "entity", "type" or "property".
        prefix: the letters typed, or an id.
        cursor: suggestions to skip.
        type: entities of this type only, or properties of it.

    Raises:
        UnknownName: there is nothing of that sort to suggest, or no such type.
        QueryError: a value is out of its bounds.
    """
    asked, skip = text("prefix", prefix), bounded("cursor", cursor, LIMITS.deepest)
    kind = _types.kind(text("type", type)) if type else None
    if what == "entity":
        found = _entities(graph, asked, kind, skip + LIMITS.page)
    elif what == "type":
        found = [dict(t) for t in _types.types().values() if _begins(asked, t.values())]
    elif what == "property":
        known = (p for p in _properties.properties().values() if kind is None or kind in p.paths)
        found = [_named(p) for p in known if _begins(asked, (p.id, p.name))]
    else:
        raise UnknownName("suggest service", what[:40], ("entity", "property", "type"))
    return {"result": found[skip : skip + LIMITS.page]}


def _begins(prefix: str, names: Iterable[str]) -> bool:
    """Whether a word of one of the names begins so."""
    return any(f" {fold(name)}".find(f" {fold(prefix)}") >= 0 for name in names)


def _entities(graph: KnowledgeGraph, prefix: str, kind: str | None, most: int) -> list[Value]:
    whole = _types.by_id(graph, prefix)
    found = [whole] if whole else [hit.thing for hit in graph.search(prefix, kind, most)]
    return [
        {
            "id": _types.told_id(thing),
            "name": thing.label,
            "description": summary(graph, thing),
            "notable": [dict(_types.types()[thing.kind])],
        }
        for thing in found
    ]


def _named(known: Property) -> Value:
    return {"id": known.id, "name": known.name}


def propose_properties(type: str = "", limit: int = LIMITS.page) -> Value:
    """Properties that things of a type have.

    Parameters:
        type: its id; "" for the properties of people.

    Raises:
        UnknownName: there is no such type.
        QueryError: the limit is out of its bounds.
    """
    kind, most = _types.kind(text("type", type) or "person"), bounded("limit", limit, LIMITS.most)
    found = [_named(p) for p in _properties.properties().values() if kind in p.paths]
    return {"properties": found[:most], "type": type, "limit": most}


def extend(graph: KnowledgeGraph, query: Any) -> Value:
    """Values of properties of things.

    Parameters:
        query: ``ids`` of things and ``properties``, each with its ``id`` and perhaps ``settings`` with a ``limit``.

    Raises:
        UnknownName: there is no such property.
        TooMuch: too many things or properties at once.
        QueryError: the query is malformed.
    """
    if not isinstance(query, Mapping) or not all(
        isinstance(query.get(k), list) for k in ("ids", "properties")
    ):
        raise QueryError("a data extension query has lists of ids and properties")
    if len(query["ids"]) > _MOST_IDS or len(query["properties"]) > _MOST_PROPERTIES:
        raise TooMuch(f"{_MOST_IDS} ids with {_MOST_PROPERTIES} properties are extended at once")
    wanted = [_wanted(one) for one in query["properties"]]
    ids = dict.fromkeys(text("id", one) for one in query["ids"])
    things = {one: _types.by_id(graph, one) for one in ids}
    rows = {
        one: {p.id: _cells(graph, thing, p, most) if thing else [] for p, most in wanted}
        for one, thing in things.items()
    }
    return {"meta": [_meta(p) for p, _ in wanted], "rows": rows}


def _wanted(asked: Any) -> tuple[Property, int]:
    if not isinstance(asked, Mapping) or not isinstance(asked.get("id"), str):
        raise QueryError("a property of a data extension query has an id")
    settings = asked.get("settings") or {}
    limit = settings.get("limit", LIMITS.page) if isinstance(settings, Mapping) else None
    number = int(limit) if isinstance(limit, str) and limit.isdecimal() else limit
    most = bounded("limit", number, LIMITS.most)
    return _properties.get(asked["id"]), most or LIMITS.most


def _meta(known: Property) -> Value:
    kind = _types.types().get(known.kind)
    return _named(known) | ({"type": dict(kind)} if kind else {})


def _cells(graph: KnowledgeGraph, thing: Thing, known: Property, most: int) -> list[Value]:
    if known.kind in _types.types():
        every = _properties.values(graph, thing, known, LIMITS.deepest)
        things = graph.reader.weightiest(every, most)
        return [{"id": _types.told_id(t), "name": t.label} for t in things]
    return [_cell(known, value) for value in _properties.values(graph, thing, known, most)]


def _cell(known: Property, value: str) -> Value:
    if known.kind == "number":
        return {"int": int(value)}
    if known.kind == "date" and _DAY.fullmatch(value):
        return {"date": f"{value}T00:00:00Z"}
    return {"str": value}
