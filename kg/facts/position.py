"""An earlier post.

Example: *Before that she was a postdoc at Oslo from 2009 to 2011.*
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.facts import Passage, _stated
from kg.facts._posts import is_post, post
from kg.model import Fact
from kg.statements import Statement


@dataclass(frozen=True, kw_only=True)
class Position(Fact):
    """An earlier post."""

    OBJECT: ClassVar[str] = "organization"

    organization: str
    role: str | None = None
    unit: str | None = None
    start: str | None = None
    end: str | None = None


def find(passage: Passage) -> list[Fact]:
    """Posts held earlier."""
    found: list[Fact] = []
    for frame in passage.frames:
        values = (
            post(passage, frame)
            if is_post(passage, frame) and passage.held(frame) == "past"
            else None
        )
        if values:
            dates = {"start": frame.start or None, "end": frame.end or None}
            found.append(Position(**values, **dates, rule=f"position/{frame.rule}"))
    return found


def stated(passage: Passage) -> list[Fact]:
    """Posts that the page model reads as held earlier."""
    return [_position(passage, told) for told in passage.statements if told.kind == "pri"]


def _position(passage: Passage, told: Statement) -> Position:
    start = _stated.day(passage, told.start)
    return Position(
        **_stated.values(passage, told, "position/page"),
        organization=_stated.organization(passage, told.head),
        role=_stated.role(passage, told.role),
        unit=_stated.text(passage, told.unit),
        start=start,
        end=_stated.day(passage, told.end, start),
    )
