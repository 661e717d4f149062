"""Values with names inside of values: what a record holds, where each field of it stands, and its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.readers import _empty
from kg.readers._fields import Meaning, meaning
from kg.readers._markup import prose

_DEEPEST, _MOST_PIECES = 6, 5_000
_LONGEST_KEY = 80
_WRAPPERS = frozenset(
    "fields attributes node frontmatter front_matter acf _source properties data item params values record doc".split()
)
_TEXTS = tuple(
    "rendered value text plain_text plain html markdown #text _text $t _ raw content children spans paragraphs".split()
)
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_YES_OR_NO = frozenset(["true", "false", "yes", "no"])


class Row(dict[str, object]):
    """A record of a table or of a file of lines, which knows its place itself: "line 12"."""

    def __init__(self, fields: Iterable[tuple[str, object]], place: str, joint: str) -> None:
        """A record of these fields."""
        super().__init__(fields)
        self.place, self.joint = place, joint


class Cell(NamedTuple):
    """A field of a record."""

    meaning: Meaning
    value: object
    place: str
    key: str


@dataclass
class Record:
    """The fields of a value with names.

    Parameters:
        cells: fields that mean something, in their order; of texts in several languages one each.
        rest: other fields.
        key: the name that the whole record goes by in what holds it.
    """

    place: str
    key: str = ""
    cells: list[Cell] = field(default_factory=list)
    rest: list[Cell] = field(default_factory=list)

    def all(self, *parts: str) -> list[Cell]:
        """The fields of these parts that say something."""
        return [c for c in self.cells if c.meaning.part in parts and says(c.value)]

    def has(self, *parts: str) -> bool:
        """Whether a field of these parts says something."""
        return any(c.meaning.part in parts and says(c.value) for c in self.cells)

    def words(self, *parts: str) -> str:
        """The first text of a field of these parts; "" where there is none."""
        return next((t for c in self.all(*parts) if (t := line(c.value))), "")


def inside(place: str, key: str) -> str:
    """The place of a field within a place: "talks[3].title"."""
    return f"{place}.{key}" if place else key


def read(value: dict[str, object], place: str = "", key: str = "") -> Record:
    """The fields of a value; those inside of a mere wrapping ("attributes", "fields") are its own."""
    record = Record(value.place if isinstance(value, Row) else place, key)
    for cell in _fields(value, record.place, 0):
        (record.cells if cell.meaning.part else record.rest).append(cell)
    if any(c.meaning.language for c in record.cells):
        record.cells = list(_one_language(record.cells))
    if record.has("title", "talk") and not record.has("speaker", "author"):
        record.cells = [_speaking(c) for c in record.cells]
    return record


def _speaking(cell: Cell) -> Cell:
    """The people of a talk are its speakers."""
    if cell.meaning.part == "people" and isinstance(cell.value, list | dict):
        return cell._replace(meaning=cell.meaning._replace(part="speaker"))
    return cell


def _fields(value: dict[str, object], place: str, depth: int) -> Iterator[Cell]:
    joint = value.joint if isinstance(value, Row) else ""
    for name, held in value.items():
        key = " ".join(str(name).split())[:_LONGEST_KEY]
        at = f"{place}{joint}{key}" if joint else inside(place, key)
        if isinstance(held, dict) and key in _WRAPPERS and depth < 2 and _wraps(held):
            yield from _fields(held, at, depth + 1)
        else:
            yield Cell(meaning(key), held, at, key)


def _wraps(held: dict[str, object]) -> bool:
    """Whether a value holds fields of the record around it: some of them are plain and known."""
    return any(meaning(str(k)).part and not isinstance(v, list | dict) for k, v in held.items())


def _one_language(cells: list[Cell]) -> Iterator[Cell]:
    """Of fields that differ by language alone those without one, else the English ones, else the first."""
    best: dict[Meaning, tuple[int, str]] = {}
    for n, cell in enumerate(cells):
        if says(cell.value):
            rank = {"": 0, "en": 1}.get(cell.meaning.language, 2 + n)
            same = cell.meaning._replace(language="")
            best[same] = min(
                best.get(same, (rank, cell.meaning.language)), (rank, cell.meaning.language)
            )
    for cell in cells:
        same = cell.meaning._replace(language="")
        if same not in best or best[same][1] == cell.meaning.language:
            yield cell._replace(meaning=same)


def says(value: object) -> bool:
    """Whether a value holds anything."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and (bool(value) or not isinstance(value, list | dict))


def flag(value: object) -> bool:
    """Whether a value only says yes or no."""
    return isinstance(value, bool) or (isinstance(value, str) and value.casefold() in _YES_OR_NO)


def line(value: object) -> str:
    """A value as one line without markup; "" where it is no text or says nothing ("TBA")."""
    found = " ".join(prose(text(value)).split())
    return "" if _empty.unsaid(found) or found.casefold() in _YES_OR_NO else found


def paragraphs(value: object) -> str:
    """A value as plain text, a paragraph a line; "" where it says nothing."""
    found = prose(text(value))
    return "" if _empty.unsaid(found) or flag(found) else found


def text(value: object) -> str:
    """The text of a value: itself, that of its wrapping, of one language, or of its paragraphs."""
    return value if isinstance(value, str) else _Reading().text(value, 0)


class _Reading:
    """The reading of one value, which comes to an end however much there is inside of it."""

    def __init__(self) -> None:
        self._left = _MOST_PIECES

    def text(self, value: object, depth: int) -> str:
        """The text of what is found at some depth."""
        self._left -= 1
        if isinstance(value, str):
            return value
        if depth > _DEEPEST or self._left < 0 or value is None or isinstance(value, bool):
            return ""
        if isinstance(value, dict):
            return self._wrapped(value, depth)
        if isinstance(value, list):
            return "\n\n".join(filter(None, (self.text(v, depth + 1) for v in value[:1000])))
        return str(value)

    def _wrapped(self, value: dict[str, object], depth: int) -> str:
        for key in _TEXTS:
            if key in value and (found := self.text(value[key], depth + 1)):
                return found
        codes = [k for k in list(value)[:50] if _CODE.fullmatch(str(k))]
        if codes and len(codes) == len(value):
            ordered = sorted(codes, key=lambda k: not k.casefold().startswith("en"))
            return next(filter(None, (self.text(value[k], depth + 1) for k in ordered)), "")
        return ""


def plain(value: object) -> bool:
    """Whether a value is text, wrapped or not, rather than a record or a list."""
    if isinstance(value, dict):
        return bool(text(value))
    return not isinstance(value, list)


def each(value: object, place: str) -> Iterator[tuple[object, str]]:
    """The values of a list with their places; another value by itself."""
    if isinstance(value, list):
        yield from ((v, f"{place}[{n}]") for n, v in enumerate(value))
    elif says(value):
        yield value, place
