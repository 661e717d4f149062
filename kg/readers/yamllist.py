"""YAML with talks or speakers anywhere in it, whatever its keys are called: data files of Jekyll and Hugo."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _neighbours, _walking, _yaml
from kg.readers._fields import meaning

SUFFIXES = (".yml", ".yaml")
_COMMENTS = re.compile(r"(?:\s*(?:#[^\n]*|%YAML[^\n]*)?\n)*")
_LIST = re.compile(
    r"(?:---[ \t]*\n)?(?:\s*#[^\n]*\n|[ \t]*\n)*[ \t]*-[ \t]*\n?[ \t]+([\w -]{1,40}):(?:[ \t]|\n)"
)
_KEY = re.compile(r"^[ \t]+(?:- +)?([\w][\w -]{0,40}):(?:[ \t]|$)", re.MULTILINE)
_OWN = frozenset(
    ["title", "talk", "speaker", "author", "name", "first", "bio", "abstract", "talks"]
)


def claims(source: Source) -> float:
    """A file that is called YAML; or a list of records with keys as talks have."""
    head = _COMMENTS.sub("", source.head, count=1)
    first = _LIST.match(head)
    parts = {meaning(key).part for key in (*_KEY.findall(head), *([first[1]] if first else ()))}
    fits = len(parts & _OWN) > 1
    if source.suffix in SUFFIXES:
        return 0.6 if fits else 0.3
    return 0.6 if first and fits else 0.0


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of a YAML text of one or several documents; a record that is no YAML is passed over.

    Raises:
        ReadError: nothing of it is YAML; the message says the line.
    """
    values, skipped = _yaml.values(source.name, source.text)
    if not values and skipped:
        raise ReadError(f"{source.name}: {skipped[0].place}: no YAML ({skipped[0].reason})")
    yield from skipped
    value = values[0] if len(values) == 1 else values
    yield from _walking.pages(
        source.name, value, lambda: _neighbours.speakers(source, SUFFIXES, _value)
    )


def _value(source: Source) -> object:
    return _yaml.values(source.name, source.text)[0]
