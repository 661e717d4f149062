"""JSON read with care, and its values by the path of the field they stand in: "talks[3].title"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from kg.errors import ReadError
from kg.readers import Skipped, Source

_CALLBACK = re.compile(r"[\w.$]{1,80}\s*\(\s*(?=[\[{])")
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
_CLOSERS = {"{": "}", "[": "]"}
_LONGEST_NUMBER = 18
_MOST_MENDED = 30
_MOST_TO_MEND = 2_000_000
_LOCALE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]+)*")
_PREFERRED = ("en", "en-us", "en-gb")
_PLAIN_KEY = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Node:
    """A value of a JSON document and its path; a value that is missing is None, and so is all below it."""

    value: object = field(repr=False)
    path: str = ""

    def __getitem__(self, key: str) -> Node:
        """The value under a key of an object."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(value, self._below(key))

    def __bool__(self) -> bool:
        """Whether there is a value that says anything: no empty text, list or object."""
        return self.value not in (None, "", [], {})

    def _below(self, key: str) -> str:
        if not _PLAIN_KEY.fullmatch(key):
            return f"{self.path}[{key!r}]"
        return f"{self.path}.{key}" if self.path else key

    @property
    def is_record(self) -> bool:
        """Whether this is an object."""
        return isinstance(self.value, dict)

    def first(self, *keys: str) -> Node:
        """The first of some keys that has a value; the value of the first key where none has."""
        return next((self[k] for k in keys if self[k]), self[keys[0]])

    def each(self) -> Iterator[Node]:
        """The elements of a list, or the values of an object whose keys only count them."""
        if isinstance(self.value, list):
            yield from (Node(v, f"{self.path}[{n}]") for n, v in enumerate(self.value))
        elif isinstance(self.value, dict):
            yield from (Node(v, self._below(str(k))) for k, v in self.value.items())

    def elements(self) -> Iterator[Node]:
        """The elements of a list; nothing for other values."""
        return self.each() if isinstance(self.value, list) else iter(())

    @cached_property
    def text(self) -> str:
        """The text of a value: of one in several languages the English, else the first; "" for other kinds."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            return str(self.value)
        if isinstance(self.value, dict):
            return _in_one_language(self.value)
        return ""

    @property
    def yes(self) -> bool:
        """Whether the value is true: as such, or as text or number that says so."""
        return self.value is True or (
            isinstance(self.value, str | int)
            and str(self.value).strip().casefold() in {"true", "1", "yes"}
        )


def _in_one_language(value: dict[str, object]) -> str:
    said = {k.casefold(): v for k, v in value.items() if isinstance(v, str) and v.strip()}
    if not said or not all(map(_LOCALE.fullmatch, said)):
        return ""
    return next((said[k] for k in _PREFERRED if k in said), next(iter(said.values())))


@dataclass(frozen=True)
class Tree:
    """A JSON document, and what of it could not be read: lines and reasons. A broken record stands as null in it."""

    root: Node
    faults: tuple[tuple[int, str], ...] = ()

    def skipped(self, source: Source) -> Iterator[Skipped]:
        """What could not be read, to be told."""
        yield from (Skipped(source.name, f"line {line}", why) for line, why in self.faults)


def parse(source: Source) -> Tree:
    """The JSON document of a source, also within a call ("callback({...})").

    Commas too few or too many are mended; a record that is broken is left out, and of a document that is cut short
    what is whole is read.

    Raises:
        ReadError: it is no JSON, or nested too deeply.
    """
    text = source.text.strip()
    if match := _CALLBACK.match(text):
        text = text[match.end() :].rstrip(" ;\n\t)")
    faults: list[tuple[int, str]] = []
    try:
        return Tree(Node(_read(text, faults)), tuple(faults))
    except json.JSONDecodeError as error:
        raise ReadError(f"{source.name}: line {error.lineno}: no JSON: {error.msg}") from None
    except RecursionError:
        raise ReadError(f"{source.name}: its values are nested too deeply") from None


def _read(text: str, faults: list[tuple[int, str]]) -> object:
    """The value of a text, mended as often as that helps."""
    for _ in range(_MOST_MENDED if len(text) < _MOST_TO_MEND else 0):
        try:
            return _loaded(text)
        except json.JSONDecodeError as error:
            if _at_end(error, text):
                faults.append((error.lineno, "the file ends in the middle of a value"))
                return _whole(text, error)
            mended = _with_comma(text, error) or _without_record(text, error, faults)
            if mended is None:
                raise
            text = mended
    return _loaded(text)


def _loaded(text: str) -> object:
    return json.loads(text, parse_int=_number, strict=False)


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _at_end(error: json.JSONDecodeError, text: str) -> bool:
    return error.pos >= len(text) or (
        error.msg.startswith("Unterminated string") and '"' not in text[error.pos + 1 :]
    )


def _with_comma(text: str, error: json.JSONDecodeError) -> str | None:
    """The text with the comma put in or left out that the fault is about; None where it is about something else."""
    at, before = error.pos, text[: error.pos].rstrip()
    if error.msg.startswith("Expecting ',' delimiter") and text[at] in '{["':
        return f"{text[:at]},{text[at:]}"
    comma = before if before.endswith(",") else f"{before}," if text[at] == "," else ""
    if comma and text[at:].lstrip(", \n\t")[:1] in ("]", "}"):
        return f"{comma[:-1]} {text[at:].lstrip(', ')}"
    return None


def _without_record(
    text: str, error: json.JSONDecodeError, faults: list[tuple[int, str]]
) -> str | None:
    """The text with null for the element of a list in which it is broken; None where that is in none."""
    opened: list[int] = []
    start = None
    for match in _MARKS.finditer(text):
        mark = match[0]
        if match.start() >= error.pos and start is None:
            listed = [b for a, b in pairwise(opened) if text[a] == "[" and text[b] == "{"]
            if not listed:
                return None
            start = listed[-1]
        if mark in _CLOSERS:
            opened.append(match.start())
        elif opened and mark == _CLOSERS[text[opened[-1]]] and opened.pop() == start:
            faults.append((error.lineno, f"a broken record: {error.msg}"))
            gap = "\n" * text.count("\n", start, match.end())
            return f"{text[:start]}null{gap}{text[match.end() :]}"
    return None


def _whole(text: str, error: json.JSONDecodeError) -> object:
    """The document as it stood when its last object or list was closed, all that was open then closed behind it."""
    opened: list[str] = []
    cut, behind = 0, ""
    for match in _MARKS.finditer(text):
        mark = match[0]
        if mark in _CLOSERS:
            opened.append(_CLOSERS[mark])
        elif opened and mark == opened[-1]:
            opened.pop()
            cut, behind = match.end(), "".join(reversed(opened))
    if not cut:
        raise error
    return _loaded(text[:cut] + behind)
