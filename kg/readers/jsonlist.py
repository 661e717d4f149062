"""JSON with talks or speakers anywhere in it, whatever its keys are called: lists, days of rooms, exports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _neighbours, _walking
from kg.readers._fields import meaning

SUFFIXES = (".json",)
_OPENS = re.compile(r"\s*[\[{]\s*(?:[\[{\"\]}]|$)")
_KEY = re.compile(r'"([^"\\\n]{1,80})"\s*:')
_OWN = frozenset(
    ["title", "talk", "speaker", "author", "name", "first", "bio", "abstract", "talks"]
)


def claims(source: Source) -> float:
    """Text that opens as JSON does and has keys as talks have; one record a line is another format."""
    head = source.head.replace("\0", "")
    if not _OPENS.match(head) or _lines(head):
        return 0.3 if source.suffix in SUFFIXES else 0.0
    parts = {meaning(key).part for key in _KEY.findall(head)}
    if len(parts & _OWN) > 1:
        return 0.6
    return 0.3 if source.suffix in SUFFIXES else 0.0


def _lines(head: str) -> bool:
    """Whether text holds one JSON value a line."""
    first, _, rest = head.partition("\n")
    if not rest.lstrip().startswith("{") or not first.rstrip().endswith("}"):
        return False
    try:
        json.loads(first, parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of a JSON text.

    Raises:
        ReadError: it is no JSON; the message says the line and column.
    """
    yield from _walking.pages(
        source.name, _value(source), lambda: _neighbours.speakers(source, SUFFIXES, _value)
    )


def _value(source: Source) -> object:
    """The value of a JSON text; numbers stay as they are printed."""
    try:
        return json.loads(
            source.text, strict=False, parse_int=str, parse_float=str, parse_constant=str
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ReadError(f"{source.name}: {where}: no JSON ({error.msg[:80]})") from None
    except RecursionError:
        raise ReadError(f"{source.name}: nested too deeply") from None
