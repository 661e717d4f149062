"""An academic advisor.

Example: *... under the supervision of Prof. Karl Dahl.*
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.clauses import Frame
from kg.facts import Passage
from kg.model import Fact, Mention


@dataclass(frozen=True, kw_only=True)
class Advising(Fact):
    """An academic advisor."""

    OBJECT: ClassVar[str] = "advisor"

    advisor: str
    stage: str | None = None
    organization: str | None = None


_STAGES = {"PhD": "doctoral", "Masters": "masters", "Bachelors": "bachelors", "Diploma": "masters"}


def find(passage: Passage) -> list[Fact]:
    """Everybody named as an advisor, with the stage that the clause tells."""
    return [
        _advising(passage, frame, advisor) for frame in passage.frames for advisor in frame.advisors
    ]


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
