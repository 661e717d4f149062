"""Titles that also say who speaks: "Ada Byron – Lund University" is none, "Why rivers turn (Ada Byron)" holds one."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg import names
from kg.readers import _naming, _records
from kg.readers._people import Named, people
from kg.readers._records import Record
from kg.readers._single import is_place

_BRACKETED = re.compile(r"(.{3,}?)\s*\(([^()]{3,120})\)")
_MOST = 400
_PLACES = ("organization", "unit", "role", "post")
_BETWEEN = frozenset(["and", "und", "et", "y", "keynote", "talk", "by", "at", "from"])


def speakers_only(text: str, record: Record, known: Collection[str]) -> bool:
    """Whether a title only says who speaks, and where from.

    Parameters:
        known: the folded names of the speakers.
    """
    rest = names.fold(text)
    if not any(name in rest for name in known):
        return False
    for name in (*known, *_places(record)):
        rest = f" {rest} ".replace(f" {name} ", " ").strip()
    if all(word in _BETWEEN or _naming.honorific(word) for word in rest.split()):
        return True
    found = people(text) if len(text) < _MOST else []
    return _same(found, known) and all(n.post and is_place(n.post) for n in found)


def without(text: str, known: Collection[str]) -> str:
    """A title without the brackets behind it that only name its speakers."""
    match = _BRACKETED.fullmatch(text)
    return match[1] if match and _same(people(match[2]), known) else text


def ending(text: str) -> tuple[str, list[Named]]:
    """A title and those whom the brackets behind it name, all by known given names; none where it has no such end."""
    match = _BRACKETED.fullmatch(text)
    found = people(match[2]) if match else []
    sure = all(_naming.person(n.name) and _naming.given(n.name.split()[0]) for n in found)
    return (match[1], found) if match and found and sure else (text, [])


def hosted(record: Record) -> Record:
    """A record without speakers whose title ends in the names of those who are said to help: they speak."""
    helping = [c for c in record.all("other") if _records.plain(c.value)]
    if not helping or record.has("speaker", "author", "first"):
        return record
    for title in (match[2] for match in map(_BRACKETED.fullmatch, _titles(record)) if match):
        for cell in helping:
            if _same(people(_records.line(cell.value)), _folded(people(title))):
                kept = [c for c in record.cells if c is not cell]
                speaker = cell._replace(meaning=cell.meaning._replace(part="speaker"))
                return Record(record.place, record.key, [*kept, speaker], record.rest)
    return record


def _titles(record: Record) -> list[str]:
    cells = record.all("title", "talk", "topic", "name")
    return [_records.line(c.value)[:_MOST] for c in cells if _records.plain(c.value)]


def _places(record: Record) -> list[str]:
    """The folded words that tell where the speakers are and what, the longest first."""
    told = {names.fold(_records.text(c.value)[:_MOST]) for c in record.all(*_PLACES)}
    return sorted(filter(None, told), key=len, reverse=True)


def _same(found: list[Named], known: Collection[str]) -> bool:
    return bool(found) and _folded(found) == set(known)


def _folded(found: list[Named]) -> set[str]:
    return {names.fold(n.name) for n in found}
