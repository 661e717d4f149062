"""What one graph folder says and another does not: talks, facts, and who is one person."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import WorkspaceError
from kg.names import fold
from kg.workspace import RECORDS, SOURCES, Workspace

Row = dict[str, Any]
_LISTS = {
    "affiliations": "affiliation",
    "prior": "position",
    "education": "degree",
    "awards": "award",
    "memberships": "membership",
}
_OBJECTS = ("organization", "name")
_ASIDE = frozenset({"evidence", "rule", "confidence", "as_printed"})


@dataclass(frozen=True)
class TalkChange:
    """A talk that is new or gone, or whose date, series or speakers changed."""

    what: str
    title: str
    speakers: tuple[str, ...]
    date: str | None
    source: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class FactChange:
    """A fact that is new or gone, or that says something else of the same person and thing.

    Parameters:
        what: "new", "changed", "gone" or "sentence gone": no source holds the sentence any more.
        fields: what changed: the field, the old value, the new one.
        quote: the sentence that says so, or said so.
    """

    what: str
    person: str
    kind: str
    object: str
    fields: tuple[tuple[str, str, str], ...]
    source: str
    quote: str


@dataclass(frozen=True)
class PersonChange:
    """Mentions of people that were several and are one now ("merged"), or were one and are several ("split")."""

    what: str
    mentions: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Differences:
    """All that changed from one graph to the other."""

    talks: tuple[TalkChange, ...]
    facts: tuple[FactChange, ...]
    people: tuple[PersonChange, ...]

    def told(self) -> Row:
        """The changes as plain values, with a count of each kind."""
        counts: defaultdict[str, int] = defaultdict(int)
        for group, changes in (
            ("talks", self.talks),
            ("facts", self.facts),
            ("people", self.people),
        ):
            for change in changes:
                counts[f"{group} {change.what}"] += 1
        rest = asdict(self)
        return {"counts": dict(sorted(counts.items())), **rest}


def between(old: Workspace, new: Workspace) -> Differences:
    """What changed from one graph folder to another.

    Raises:
        WorkspaceError: one of them holds no graph, or its records cannot be read.
    """
    before, after = _records(old), _records(new)
    return Differences(
        tuple(_talks(before, after)),
        tuple(_facts(before, after, new)),
        tuple(_people(_mentions(old), _mentions(new))),
    )


def _records(folder: Workspace) -> list[Row]:
    folder.manifest()
    try:
        lines = (folder.path / RECORDS).read_text("utf-8", "surrogatepass").split("\n")
        return [json.loads(line) for line in lines if line]
    except (OSError, ValueError) as error:
        raise WorkspaceError(f"{folder.path / RECORDS} cannot be read: {error}") from None


def _names(record: Row) -> tuple[str, ...]:
    return tuple(s["name"] for s in record["speakers"])


def _key(record: Row) -> tuple[str, ...]:
    """What a talk is known by: its title, or who speaks where it has none."""
    title = fold(record["title"] or "")
    return (title,) if title else tuple(sorted(map(fold, _names(record))))


def _grouped(records: Iterable[Row]) -> dict[tuple[str, ...], list[Row]]:
    groups: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for record in records:
        groups[_key(record)].append(record)
    return groups


def _talks(before: list[Row], after: list[Row]) -> Iterator[TalkChange]:
    old, new = _grouped(before), _grouped(after)
    for key in sorted({*old, *new}):
        gone, come = _unpaired(old.get(key, []), new.get(key, []))
        for one, other in zip(gone, come, strict=False):
            if fields := tuple(_talk_fields(one, other)):
                yield _talk("changed", other, fields)
        yield from (_talk("gone", record) for record in gone[len(come) :])
        yield from (_talk("new", record) for record in come[len(gone) :])


def _unpaired(old: list[Row], new: list[Row]) -> tuple[list[Row], list[Row]]:
    """Talks of one title that the other side does not have just so."""
    mine, yours = ([_said(r) for r in records] for records in (old, new))
    return (
        [r for r, said in zip(old, mine, strict=True) if said not in yours],
        [r for r, said in zip(new, yours, strict=True) if said not in mine],
    )


def _said(record: Row) -> tuple[object, ...]:
    return record["date"], record["series"], tuple(sorted(_names(record)))


def _talk_fields(old: Row, new: Row) -> Iterator[tuple[str, str, str]]:
    for name in ("date", "series"):
        if old[name] != new[name]:
            yield name, old[name] or "", new[name] or ""
    if sorted(_names(old)) != sorted(_names(new)):
        yield "speakers", ", ".join(_names(old)), ", ".join(_names(new))


def _talk(what: str, record: Row, fields: tuple[tuple[str, str, str], ...] = ()) -> TalkChange:
    source = record["source"]["name"]
    return TalkChange(what, record["title"] or "", _names(record), record["date"], source, fields)


@dataclass(frozen=True)
class _Fact:
    """A fact of a record."""

    person: str
    kind: str
    object: str
    values: tuple[tuple[str, str], ...]
    source: str
    quote: str

    @property
    def about(self) -> tuple[str, str, str]:
        """Whom and what it is about."""
        return fold(self.person), self.kind, fold(self.object)


def _of(records: Iterable[Row]) -> Iterator[_Fact]:
    for record in records:
        for speaker in record["speakers"]:
            for key, kind in _LISTS.items():
                for entry in speaker[key]:
                    yield _fact(record, speaker["name"], kind, entry)


def _fact(record: Row, person: str, kind: str, entry: Mapping[str, Any]) -> _Fact:
    object_ = next((str(entry[k]) for k in _OBJECTS if entry.get(k)), "")
    values = tuple(
        (k, ", ".join(v) if isinstance(v, list) else str(v))
        for k, v in entry.items()
        if k not in _ASIDE and k not in _OBJECTS and v not in (None, [], "")
    )
    quote = str(entry["evidence"]["quote"])
    return _Fact(person, kind, object_, values, record["source"]["name"], quote)


def _facts(before: list[Row], after: list[Row], new: Workspace) -> Iterator[FactChange]:
    old_by, new_by = (_by_about(_of(records)) for records in (before, after))
    texts: list[str] | None = None
    for about in sorted({*old_by, *new_by}):
        mine, yours = old_by.get(about, []), new_by.get(about, [])
        gone = [f for f in mine if f.values not in {g.values for g in yours}]
        come = [f for f in yours if f.values not in {g.values for g in mine}]
        for one, other in zip(gone, come, strict=False):
            yield _change("changed", other, tuple(_changed(one, other)))
        for fact in gone[len(come) :]:
            texts = _texts(new) if texts is None else texts
            there = any(fact.quote in text for text in texts)
            yield _change("gone" if there else "sentence gone", fact)
        yield from (_change("new", fact) for fact in come[len(gone) :])


def _by_about(facts: Iterable[_Fact]) -> dict[tuple[str, str, str], list[_Fact]]:
    found: defaultdict[tuple[str, str, str], list[_Fact]] = defaultdict(list)
    for fact in facts:
        if fact.values not in [f.values for f in found[fact.about]]:
            found[fact.about].append(fact)
    return found


def _texts(folder: Workspace) -> list[str]:
    files = sorted(Path(folder.path, SOURCES).glob("*.txt"))
    return [file.read_text("utf-8", "surrogatepass") for file in files]


def _changed(old: _Fact, new: _Fact) -> Iterator[tuple[str, str, str]]:
    mine, yours = dict(old.values), dict(new.values)
    for name in dict.fromkeys((*mine, *yours)):
        if mine.get(name) != yours.get(name):
            yield name, mine.get(name, ""), yours.get(name, "")


def _change(what: str, fact: _Fact, fields: tuple[tuple[str, str, str], ...] = ()) -> FactChange:
    return FactChange(what, fact.person, fact.kind, fact.object, fields, fact.source, fact.quote)


def _mentions(folder: Workspace) -> dict[tuple[str, str], str]:
    """The person behind each name on a page."""
    rows = (row for row in folder.identities() if row["kind"] == "person")
    return {(m["name"], m["page"]): row["key"] for row in rows for m in row["mentions"]}


def _people(
    old: Mapping[tuple[str, str], str], new: Mapping[tuple[str, str], str]
) -> Iterator[PersonChange]:
    """Groups of mentions, both old and new, that one side holds for one person and the other for several."""
    both = sorted(old.keys() & new.keys())
    for what, whole, parts in (("merged", new, old), ("split", old, new)):
        groups: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for mention in both:
            groups[whole[mention]][parts[mention]].append(" @ ".join(mention))
        for held in groups.values():
            if len(held) > 1:
                yield PersonChange(what, tuple(tuple(names) for names in held.values()))
