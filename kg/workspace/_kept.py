"""Talks as rows of plain values and back, so that what was read of a page is read but once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from kg import facts
from kg.model import Evidence, Fact, Page, Place, Span, Speaker, Talk
from kg.topics import TopicAssignment

Row = dict[str, Any]
_BASE = frozenset(f.name for f in fields(Fact))


@cache
def _classes() -> dict[str, type[Fact]]:
    return {**facts.classes(), TopicAssignment.__name__: TopicAssignment}


@cache
def _own(name: str) -> tuple[str, ...]:
    """The fields of a kind of fact, beside those of every fact."""
    return tuple(f.name for f in fields(_classes()[name]) if f.name not in _BASE)


def row_of(page: Page, talks: tuple[Talk, ...]) -> Row:
    """A page with its talks; all facts must have their evidence on the page."""
    return {
        "text": page.text,
        "read_on": page.read_on,
        "places": [[*p.span, p.path] for p in page.places],
        "talks": [_talk(talk) for talk in talks],
    }


def talks_of(name: str, row: Row) -> tuple[Talk, ...]:
    """The talks of a row, on a page of this name."""
    places = tuple(Place(Span(start, end), path) for start, end, path in row["places"])
    page = Page(name, row["text"], row["read_on"], None, places)
    return tuple(_as_talk(page, talk) for talk in row["talks"])


def _talk(talk: Talk) -> Row:
    return {
        "title": talk.title,
        "title_at": talk.title_at,
        "series": talk.series,
        "date": talk.date,
        "abstract": talk.abstract,
        "speakers": [[s.name, [_fact(f) for f in s.facts]] for s in talk.speakers],
        "topics": [_fact(f) for f in talk.topics],
    }


def _as_talk(page: Page, row: Row) -> Talk:
    return Talk(
        page=page,
        title=row["title"],
        title_at=Span(*row["title_at"]) if row["title_at"] else None,
        series=row["series"],
        date=row["date"],
        abstract=row["abstract"],
        speakers=tuple(
            Speaker(name, tuple(_as_fact(page, f) for f in found))
            for name, found in row["speakers"]
        ),
        topics=tuple(_as_fact(page, f) for f in row["topics"]),
    )


def _fact(fact: Fact) -> list[Any]:
    kind = type(fact).__name__
    said = {name: v for name in _own(kind) if (v := getattr(fact, name)) not in (None, ())}
    place = [*fact.evidence.span, *fact.at]
    return [kind, fact.subject, place, fact.rule, fact.confidence, said]


def _as_fact(page: Page, row: list[Any]) -> Fact:
    name, subject, (start, end, first, last), rule, confidence, said = row
    make: Any = _classes()[name]
    made: Fact = make(
        subject=subject,
        evidence=Evidence(page, start, end, page.text[start:end]),
        printed=page.text[first:last],
        at=Span(first, last),
        rule=rule,
        confidence=confidence,
        **_values(said),
    )
    return made


def _values(said: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in said.items()}
