"""A degree.

Example: *She received her PhD in geology from Ghent University in 2004.*
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.clauses import Frame
from kg.facts import Passage
from kg.facts._fields import field_of
from kg.model import Fact, Mention


@dataclass(frozen=True, kw_only=True)
class Education(Fact):
    """A degree."""

    OBJECT: ClassVar[str] = "organization"

    organization: str | None = None
    degree: str
    field: str | None = None
    date: str | None = None
    advisors: tuple[str, ...] = ()


def find(passage: Passage) -> list[Fact]:
    """Degrees, each with the place, year, field and advisors its clause gives."""
    found: list[Fact] = []
    for frame in passage.frames:
        if frame.kind == "degree" and frame.anchor is not None and frame.tense != "future":
            found.append(_degree(passage, frame, frame.anchor))
    return found


def _degree(passage: Passage, frame: Frame, degree: Mention) -> Education:
    shown = frame.organization or degree
    return Education(
        subject=passage.subject,
        evidence=passage.evidence(frame, shown, degree),
        printed=passage.printed(shown.span),
        at=shown.span,
        rule=f"education/{frame.rule}",
        confidence=round(frame.sure, 3),
        organization=passage.place(frame),
        degree=degree.value,
        field=field_of(frame, degree),
        date=frame.end or frame.start or None,
        advisors=tuple(passage.printed(a.span) for a in frame.advisors),
    )
