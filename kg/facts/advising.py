"""An academic advisor.

Example: *... under the supervision of Prof. Karl Dahl.*
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from kg.clauses import Frame
from kg.facts import Passage, _stated
from kg.model import Fact, Mention
from kg.statements import Statement


@dataclass(frozen=True, kw_only=True)
class Advising(Fact):
    """An academic advisor."""

    OBJECT: ClassVar[str] = "advisor"

    advisor: str
    stage: str | None = None
    organization: str | None = None


_HONORIFICS = re.compile(
    r"^(?:(?:Prof(?:essor|essors|s)?|Dr|Drs|Sir|Dame|Mr|Mrs|Ms)\b\.?,?\s+)+", re.IGNORECASE
)
_STAGES = {"PhD": "doctoral", "Masters": "masters", "Bachelors": "bachelors", "Diploma": "masters"}


def find(passage: Passage) -> list[Fact]:
    """Everybody named as an advisor, with the stage that the clause tells."""
    return [
        _advising(passage, frame, advisor) for frame in passage.frames for advisor in frame.advisors
    ]


def stated(passage: Passage) -> list[Fact]:
    """Advisors that the page model reads, with the degree they are tied to."""
    return [_advisor(passage, told) for told in passage.statements if told.kind == "adv"]


def _advisor(passage: Passage, told: Statement) -> Advising:
    degrees = [s for s in passage.statements if told.head in s.advisors]
    level = _stated.level(passage, degrees[0].degree) if degrees else ""
    school = degrees[0].head if degrees and degrees[0].head.kind == "edu" else None
    return Advising(
        **_stated.values(passage, told, "advising/page"),
        advisor=_HONORIFICS.sub("", _stated.text(passage, told.head) or ""),
        stage=_STAGES.get(level),
        organization=_stated.organization(passage, school) if school else None,
    )


def _advising(passage: Passage, frame: Frame, advisor: Mention) -> Advising:
    return Advising(
        subject=passage.subject,
        evidence=passage.evidence(frame, advisor),
        printed=passage.printed(advisor.span),
        at=advisor.span,
        rule=f"advising/{frame.kind}",
        confidence=0.9 if advisor.note == "titled" else 0.85,
        advisor=" ".join(passage.printed(advisor.span).split()),
        stage=_stage(frame),
        organization=passage.place(frame),
    )


def _stage(frame: Frame) -> str | None:
    value = frame.anchor.value if frame.anchor else ""
    if frame.kind == "degree":
        return _STAGES.get(value)
    return (
        "postdoctoral"
        if "post" in value.lower()
        else "doctoral"
        if "phd" in value.lower().replace(".", "")
        else None
    )
