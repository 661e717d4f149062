"""Pages whose lines begin with labels in a script other than the Latin one: "报告人：…", "Докладчик: …".

Such lines are fields: what reads prose knows few labels of these scripts, and names of people in them not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model import Page
from kg.readers import Skipped, _walking
from kg.readers._fields import meaning
from kg.readers._records import Row

_LABEL = re.compile(
    r"[\W\d_]{0,4}(?P<label>[^\W\d_A-Za-zÀ-ɏ][^:：A-Za-z\n]{0,18}?)\s*[:：】|](?!//)[ \t]*(?P<value>[^\n]*)"
)
_TITLES, _SPEAKING = frozenset(["title", "talk", "topic"]), frozenset(["speaker", "author"])
_LONG = frozenset(["abstract", "bio", "text", "about"])
_USED = (
    _TITLES
    | _SPEAKING
    | _LONG
    | frozenset(["date", "start", "organization", "role", "unit", "series", "keywords"])
)
_MOST_BEHIND = 40


def pages(name: str, lines: Iterable[str]) -> list[Page | Skipped]:
    """The page of talks that labelled lines tell of, each with a title and a speaker; none where lines are prose."""
    rows = [row for row in _rows(lines) if _says(row, _TITLES) and _says(row, _SPEAKING)]
    return list(_walking.pages(name, list(rows))) if rows else []


def _rows(lines: Iterable[str]) -> Iterator[Row]:
    """The fields of talk after talk: a label that comes again begins the next one."""
    fields: dict[str, object] = {}
    begun, last, behind = 1, "", 0
    for number, line in enumerate(lines, 1):
        match = _LABEL.match(line)
        part = meaning(match["label"].strip()).part if match else ""
        if match and part:
            label = match["label"].strip()
            again = label in fields and (part in _TITLES | _SPEAKING or part not in _LONG)
            if again or (part in _TITLES and any(meaning(k).part in _TITLES for k in fields)):
                yield _row(fields, begun)
                fields, begun = {}, number
            last, behind = (label if part in _USED else ""), 0
            if last:
                fields[label] = match["value"].strip()
        elif (
            last
            and line.strip()
            and behind < _MOST_BEHIND
            and (meaning(last).part in _LONG or not fields[last])
        ):
            behind += 1
            fields[last] = f"{fields[last]}\n{line.strip()}".strip()
    yield _row(fields, begun)


def _row(fields: dict[str, object], begun: int) -> Row:
    return Row(fields.items(), f"from line {begun}", ", ")


def _says(row: Row, parts: frozenset[str]) -> bool:
    return any(value and meaning(key).part in parts for key, value in row.items())
