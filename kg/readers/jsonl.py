"""JSON Lines: talk records as ``kg extract`` writes them, or a record of whatever keys on every line.

What a record tells of a career is trusted and written out: the quote that an entry brings as evidence, or a line
put together of its fields ("PhD in physics, Lund University, 2014").
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _walking
from kg.readers._fields import meaning
from kg.readers._records import Row

SUFFIXES = (".jsonl", ".ndjson")
_RECORD = frozenset(["title", "series", "date", "speakers", "topics"])
_OWN = frozenset(
    ["title", "talk", "speaker", "author", "name", "first", "bio", "abstract", "talks"]
)


def claims(source: Source) -> float:
    """Lines that each hold a JSON object."""
    named = source.suffix in SUFFIXES
    head = source.head.replace("\0", "")
    first, _, rest = head.partition("\n")
    if not first.startswith("{") or not (named or rest.lstrip().startswith("{")):
        return 0.3 if named else 0.0
    try:
        value = _parsed(first)
    except ValueError:
        return 0.3 if named else 0.0
    if not isinstance(value, dict):
        return 0.0
    if value.keys() >= _RECORD:
        return 1.0
    fits = len({meaning(str(key)).part for key in value} & _OWN) > 1
    return 0.6 if fits else 0.3 if named else 0.0


def _parsed(line: str) -> object:
    """The value of a line; numbers stay as they are printed.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        return json.loads(line, strict=False, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of the records of a file; a line that is none is passed over.

    Raises:
        ReadError: no line holds a record.
    """
    rows: list[Row] = []
    lost: list[Skipped] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = _parsed(line)
        except ValueError as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            lost.append(Skipped(source.name, f"line {number}", f"no JSON ({reason[:80]})"))
            continue
        if isinstance(value, dict):
            rows.append(Row(value.items(), f"line {number}", ", "))
        else:
            lost.append(Skipped(source.name, f"line {number}", "no record"))
    if not rows:
        place = lost[0].place if lost else "line 1"
        raise ReadError(f"{source.name}: {place}: no line holds a JSON object")
    yield from lost
    yield from _walking.pages(source.name, rows)
