"""What may be asked for: numbers within their bounds, texts of a length, things that are there."""

from __future__ import annotations

import re
from typing import Any

from kg.errors import QueryError, UnknownName
from kg.graph import KnowledgeGraph, Thing
from kg.settings import LIMITS

Value = dict[str, Any]
"""What JSON can say of one thing."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def bounded(name: str, value: object, most: int, least: int = 0) -> int:
    """A number, if it is within its bounds.

    Raises:
        QueryError: it is none, or too small or too great.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise QueryError(
            f"{name} is a whole number from {least} to {most}, not {str(value)[:40]!r}"
        )
    return value


def page(limit: int, offset: int, most: int = LIMITS.most) -> tuple[int, int]:
    """How many entries, and how many are skipped before them.

    Raises:
        QueryError: one of them is out of its bounds.
    """
    return bounded("limit", limit, most), bounded("offset", offset, LIMITS.deepest)


def text(name: str, value: object, most: int = LIMITS.characters) -> str:
    """A text without blanks around it.

    Raises:
        QueryError: it is none, or too long.
    """
    if not isinstance(value, str):
        raise QueryError(f"{name} is a text, not {str(value)[:40]!r}")
    if len(value) > most:
        raise QueryError(f"{name} has {len(value)} letters; {most} are read at most")
    return whole(value.strip())


def whole(value: str) -> str:
    """A text that can be written as UTF-8: halves of characters are put as such."""
    return _SURROGATE.sub(chr(0xFFFD), value)


def thing(graph: KnowledgeGraph, iri: str) -> Thing:
    """The thing that an IRI names.

    Raises:
        UnknownName: the graph has none.
        QueryError: it is no text of a fair length.
    """
    asked = text("iri", iri, 4 * LIMITS.characters)
    found = graph.reader.thing(asked)
    if found is None:
        raise UnknownName("thing", asked, ())
    return found
