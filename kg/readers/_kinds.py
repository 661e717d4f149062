"""What the records of a list are, talks or people, and what their doubtful fields mean, told by all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from kg import names
from kg.readers import _empty, _naming
from kg.readers._records import Cell, Record, each, flag, line, plain, read, says

_SPEAKING = ("speaker", "author")
_NAMES = ("name", "first", "last")
_OF_PEOPLE = ("organization", "role", "bio", "post", "unit")
_OF_TALKS = ("abstract", "start", "type", "keywords", "series")
_SHORT_POST = 6
_SEVERAL = 3


class Shape(NamedTuple):
    """How a list of records is read.

    Parameters:
        parts: what its records have.
        name: what a field "name" is: "person", "title", or "" where it is of no use.
        title: what a field "title" is: "talk", "post", or "" where it is a form of address.
    """

    parts: frozenset[str]
    name: str
    title: str


def shape(records: Iterable[Record], kin: str) -> Shape:
    """How records that stand side by side are read.

    Parameters:
        kin: what they are by the name of the list: "people", "talks" or "".
    """
    all_of = list(records)
    parts = {c.meaning.part for r in all_of for c in r.cells if says(c.value) and not flag(c.value)}
    owned = any(
        c.meaning.part == "title" and c.meaning.owner == "talk" for r in all_of for c in r.cells
    )
    told = any(plain(c.value) and line(c.value) for r in all_of for c in r.all("talk"))
    name = _name(parts, kin)
    title = "talk"
    if name == "person" and parts.isdisjoint(_SPEAKING):
        title = _title(all_of, parts, kin, owned or told)
    elif (owned or told) and "title" in parts and not parts.isdisjoint(_SPEAKING):
        title = "post" if _posts(all_of) else "talk"
    return Shape(frozenset(parts), name, title)


def typed(records: list[Record]) -> list[Record]:
    """Records whose field for a talk gives its kind, the same again and again, beside titles that differ."""
    titles = [line(c.value) for r in records for c in r.all("title") if not c.meaning.owner]
    talks = [line(c.value) for r in records for c in r.all("talk") if plain(c.value)]
    few = len(set(talks)) * 2 <= len(talks) and len(talks) >= _SEVERAL
    if not few or len(set(titles)) <= max(len(records) // 2, len(set(talks))):
        return records
    return [replace(r, cells=[_kind_of_talk(c) for c in r.cells]) for r in records]


def _kind_of_talk(cell: Cell) -> Cell:
    if cell.meaning.part == "talk" and plain(cell.value):
        return cell._replace(meaning=cell.meaning._replace(part="type"))
    return cell


def _name(parts: set[str], kin: str) -> str:
    if parts.isdisjoint(_NAMES):
        return "person"
    titled = "title" in parts or "talk" in parts
    if "speaker" in parts or (
        "author" in parts and not parts.isdisjoint({"abstract", "start", "date"})
    ):
        return "" if titled else "title"
    by_parts = not parts.isdisjoint({*_OF_PEOPLE, "first", "last"})
    if kin == "talks" and not titled and not by_parts:
        return "title"
    return "person"


def _title(records: list[Record], parts: set[str], kin: str, other: bool) -> str:
    """What a title beside the name of a person is."""
    values = [
        t
        for r in records
        for c in r.all("title")
        if c.meaning.owner != "talk" and (t := line(c.value))
    ]
    if values and all(
        not names.fold(_naming.bare(f"{v} Ada Byron")).replace("ada byron", "").strip()
        for v in values
    ):
        return ""
    if other:
        return "post"
    if "role" in parts or "abstract" in parts:
        return "talk"
    posts = sum(map(post_like, values))
    if posts * 2 >= len(values):
        return "post"
    brief = sum(len(v.split()) for v in values) <= _SHORT_POST * len(values) / 2
    return "post" if brief and kin == "people" and "organization" in parts and posts else "talk"


def _posts(records: list[Record]) -> bool:
    values = [line(c.value) for r in records for c in r.all("title") if c.meaning.owner != "talk"]
    return sum(map(post_like, values)) * 2 > len(values)


def post_like(text: str) -> bool:
    """Whether a text reads as a post rather than as the title of a talk."""
    if "?" in text or ":" in text or len(text.split()) > 14:
        return False
    return _naming.post(text) or _empty.helper(text) or _empty.speaking(text)


def kind(record: Record, how: Shape, kin: str, alone: bool) -> str:
    """What a record is: "talk", "person" or "".

    Parameters:
        alone: whether nothing around it tells: the list is the whole source.
    """
    titled = _titled(record, how)
    if kin in {"other", "noise"}:
        return "talk" if titled and record.has("speaker") else ""
    named = record.has(*_NAMES) or (bool(record.key) and _naming.person(record.key))
    person = (
        named and how.name == "person" and (_is_person(how, kin) or (alone and _told_of(record)))
    )
    if _spoken(record, titled) and (titled or not (person and kin == "people")):
        return "talk"
    if titled:
        return "talk" if person or _is_talk(record, how, kin, alone) else ""
    return "person" if person else ""


def _told_of(record: Record) -> bool:
    """Whether a record tells of somebody by the full name."""
    name = record.words("name")
    told = record.has("abstract", "text", "about")
    return told and _naming.person(name) and _naming.given(name.split()[0])


def _spoken(record: Record, titled: bool) -> bool:
    """Whether a record names who speaks in it; lists of people beside nothing are no talk."""
    if titled and any(c.meaning.owner in _SPEAKING for c in record.all("id")):
        return True
    around = record.has("date", "start", "abstract", "text", "organization", "bio")
    for cell in record.all(*_SPEAKING):
        bare = cell.meaning.part == "author" and not record.has("title", "talk", "topic")
        if flag(cell.value) or bare or (not titled and _titled_people(cell.value)):
            continue
        if titled or plain(cell.value) or around:
            return True
    return False


def _titled_people(value: object) -> bool:
    """Whether people are each listed with a talk of their own."""
    people = [read(v) for v, _ in each(value, "") if isinstance(v, dict) and not plain(v)]
    how = shape(people, "people")
    return bool(people) and how.title == "talk" and all(_titled(p, how) for p in people)


def _titled(record: Record, how: Shape) -> bool:
    if (
        record.has("subtitle")
        and how.name == "person"
        and how.parts.isdisjoint({"title", "talk", "topic"})
    ):
        return not post_like(record.words("subtitle"))
    if any(c.meaning.owner == "talk" for c in record.all("title")) or (
        how.title == "talk" and record.has("title")
    ):
        return True
    if any(plain(c.value) for c in record.all("talk", "topic")):
        return True
    return how.name == "title" and record.has("name")


def _is_person(how: Shape, kin: str) -> bool:
    return kin == "people" or not how.parts.isdisjoint(_OF_PEOPLE) or {"first", "last"} <= how.parts


def _is_talk(record: Record, how: Shape, kin: str, alone: bool) -> bool:
    """Whether a record with a title and no speaker is a talk: the list says so, or what stands beside it."""
    if kin == "talks" or not how.parts.isdisjoint(_SPEAKING):
        return True
    if record.has("abstract") or (alone and record.has("date", "start", "year", "event")):
        return True
    if alone and _naming.person(record.words("name")):
        return True
    return "start" in how.parts and not how.parts.isdisjoint({*_OF_TALKS} - {"start"})
