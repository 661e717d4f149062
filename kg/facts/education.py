"""A degree.

Example: *She received her PhD in geology from Ghent University in 2004.*
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from kg.clauses import Frame
from kg.facts import Passage
from kg.facts._fields import field_of
from kg.model import Fact, Mention

_WITH = re.compile(r"(?=.*\bwith\b)[^.;]*$")
_AND = re.compile(
    r"[^.;]*?(?:\)|\d{4}),?\s*(?:and|&)\s+(?:(?:an?|his|her|their|my)\s+)?$", re.IGNORECASE
)
_MAJOR = re.compile(r"\bwith (?:a )?(?:double )?majors? in\b|\bmajoring in\b")
_THESIS = re.compile(
    r"\s*(?:['’]s\s+)?(?:thesis|dissertation|work|research|studies|advis|supervis)", re.IGNORECASE
)
_UNDER_WAY = re.compile(
    r"\b(?:currently|presently|now) (?:\w+ )?(?:pursuing|undertaking|studying|working|reading|enrolled)\s+"
    r"(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:after|following|during|since|before|prior to|until)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Education(Fact):
    """A degree."""

    OBJECT: ClassVar[str] = "organization"

    organization: str | None = None
    unit: str | None = None
    degree: str
    field: str | None = None
    date: str | None = None
    advisors: tuple[str, ...] = ()


def find(passage: Passage) -> list[Fact]:
    """Degrees, each with the place, year, field and advisors its clause gives."""
    frames = [f for f in passage.frames if f.kind == "degree" and f.anchor and f.tense != "future"]
    placed = [_shared(frame, frames) for frame in frames]
    return [
        _degree(passage, frame, frame.anchor)
        for frame in placed
        if frame.anchor
        and not _said_elsewhere(frame, placed)
        and not _only_named(frame)
        and not _is_field(frame, placed)
    ]


def _soft(frame: Frame) -> bool:
    """Whether the words tell of studies and not of a degree by name: "graduated from", "studied law at"."""
    return frame.anchor is not None and frame.anchor.note == "soft"


def _shared(frame: Frame, frames: list[Frame]) -> Frame:
    """A degree without a place takes the one its sentence gives beside it.

    "She graduated from X with a B.S. in Law" tells of one degree; "an MSc (2016) and a BSc (2014) from X" of two.
    """
    if frame.organization or _soft(frame) or frame.anchor is None:
        return frame
    beside = [f for f in frames if f.sentence == frame.sentence and f.organization and f.anchor]
    before = [
        f for f in beside if _soft(f) and f.anchor and f.anchor.span.end <= frame.anchor.span.start
    ]
    after = [f for f in beside if f.anchor and f.anchor.span.start >= frame.anchor.span.end]
    if before and _between(before[-1], frame, _WITH):
        start, end = frame.start or before[-1].start, frame.end or before[-1].end
        return replace(frame, organization=before[-1].organization, start=start, end=end)
    if after and not _soft(after[0]) and _between(frame, after[0], _AND):
        return replace(frame, organization=after[0].organization, sure=frame.sure - 0.1)
    return frame


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
        degree="Bachelors" if _soft(frame) and _MAJOR.search(frame.sentence.text) else degree.value,
        field=field_of(frame, degree),
        date=frame.end or frame.start or None,
        advisors=tuple(passage.printed(a.span) for a in frame.advisors),
    )


def _between(first: Frame, second: Frame, pattern: re.Pattern[str]) -> bool:
    """Whether the words from one degree to the next have a form."""
    assert first.anchor is not None
    assert second.anchor is not None
    start = first.sentence.span.start
    return bool(
        pattern.match(
            first.sentence.text[first.anchor.span.end - start : second.anchor.span.start - start]
        )
    )


def _said_elsewhere(frame: Frame, frames: list[Frame]) -> bool:
    """Whether a degree without a place, or told without its name, is one that another clause tells in full."""
    others = [f for f in frames if f is not frame and f.anchor and f.organization]
    if _soft(frame):
        place = frame.organization
        return place is None or any(
            f.organization and f.organization.value == place.value and not _soft(f) for f in others
        )
    return frame.organization is None and any(
        f.anchor and frame.anchor and f.anchor.value == frame.anchor.value for f in others
    )


def _only_named(frame: Frame) -> bool:
    """Whether a degree is but mentioned: "her PhD thesis was on", "following her PhD"."""
    if frame.anchor is None:
        return False
    text, start = frame.sentence.text, frame.sentence.span.start
    if _UNDER_WAY.search(text[: frame.anchor.span.start - start]):
        return True
    if frame.organization or frame.start or frame.end:
        return False
    if re.search(
        r"thesis|dissertation",
        text[frame.anchor.span.start - start : frame.anchor.span.end - start],
    ):
        return True
    return bool(
        _THESIS.match(text[frame.anchor.span.end - start :])
        or _TIME.search(text[: frame.anchor.span.start - start])
    )


def _is_field(frame: Frame, frames: list[Frame]) -> bool:
    """Whether the place is the field, taken for an institution: "a Masters in Nile Research from X"."""
    place = frame.organization
    if place is None or place.note == "known":
        return False
    text, start = frame.sentence.text, frame.sentence.span.start
    return text[: place.span.start - start].endswith(" in ") and any(
        f.anchor == frame.anchor
        and f.organization
        and f.organization.span.start > place.span.end
        and re.search(r"\b(?:from|at)\s+(?:the\s+)?$", text[: f.organization.span.start - start])
        for f in frames
    )
