"""What is asked for: reconciliation queries of version 0.2, looked at before anything is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError
from kg.graph import KnowledgeGraph
from kg.operations import bounded, text
from kg.reconciliation import _properties, _types
from kg.reconciliation._properties import Property
from kg.settings import LIMITS

_FIELDS = ("query", "type", "limit", "properties", "type_strict")
_STRICT = ("any", "all", "should")
_MOST_VALUES = 20


@dataclass(frozen=True)
class Asked:
    """One reconciliation query.

    Parameters:
        query: a name, or "".
        kinds: kinds of things that are wanted; () for any.
        signs: properties with the values that they should have: texts, numbers, things.
        is_strict: whether things of other kinds are left out.
    """

    query: str
    kinds: tuple[str, ...]
    limit: int
    signs: tuple[tuple[Property, tuple[Any, ...]], ...]
    is_strict: bool


def read(graph: KnowledgeGraph, asked: Any) -> Asked:
    """A query as it came in.

    Raises:
        QueryError: it is malformed.
        UnknownName: there is no such type or property.
    """
    if not isinstance(asked, Mapping):
        raise QueryError(f"a reconciliation query is an object, not {str(asked)[:40]!r}")
    if unknown := sorted(str(field) for field in asked if field not in _FIELDS):
        raise QueryError(
            f"a reconciliation query has no field {unknown[0][:40]!r}; known: {', '.join(_FIELDS)}"
        )
    query = text("query", asked.get("query") or "")
    signs = tuple(_signs(graph, asked.get("properties") or ()))
    if not query and not signs:
        raise QueryError("a reconciliation query has a query or properties")
    strict = asked.get("type_strict", "any")
    if strict not in _STRICT:
        raise QueryError(f"type_strict is any, all or should, not {str(strict)[:40]!r}")
    kinds = tuple(_kinds(asked.get("type")))
    return Asked(query, kinds, _limit(asked.get("limit")), signs, strict != "should")


def _limit(limit: Any) -> int:
    if limit is None:
        return LIMITS.page
    is_whole = isinstance(limit, float) and limit.is_integer()
    return bounded("limit", int(limit) if is_whole else limit, LIMITS.most, 1)


def _kinds(given: Any) -> Iterator[str]:
    for one in given if isinstance(given, list) else [given] if given else []:
        name = one.get("id") if isinstance(one, Mapping) else one
        yield _types.kind(text("type", name))


def _signs(graph: KnowledgeGraph, given: Any) -> Iterator[tuple[Property, tuple[Any, ...]]]:
    if not isinstance(given, list | tuple) or len(given) > _MOST_VALUES:
        raise QueryError(f"properties are a list of at most {_MOST_VALUES}")
    for one in given:
        if not isinstance(one, Mapping) or "pid" not in one or "v" not in one:
            raise QueryError("a property of a reconciliation query has a pid and a v")
        wanted = _properties.get(text("pid", one["pid"]))
        several = one["v"] if isinstance(one["v"], list) else [one["v"]]
        if len(several) > _MOST_VALUES:
            raise QueryError(
                f"{wanted.id} has {len(several)} values; {_MOST_VALUES} are read at most"
            )
        if found := tuple(
            v for value in several if (v := _value(graph, wanted, value)) not in {"", None}
        ):
            yield wanted, found


def _value(graph: KnowledgeGraph, wanted: Property, value: Any) -> Any:
    if isinstance(value, Mapping):
        name = text("id", value.get("id"))
        return _types.by_id(graph, name) or text("name", value.get("name") or name)
    if isinstance(value, str):
        return (_types.by_id(graph, text(wanted.id, value)) if "/" in value else None) or text(
            wanted.id, value
        )
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() else value
    if value is None:
        return None
    raise QueryError(
        f"a value of {wanted.id} is a text, a number or a thing, not {str(value)[:40]!r}"
    )
