"""An earlier post.

Example: *Before that she was a postdoc at Oslo from 2009 to 2011.*
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.facts import Passage
from kg.facts._posts import is_post, post
from kg.model import Fact


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
