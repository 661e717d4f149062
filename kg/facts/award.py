"""A prize, honour, named fellowship or society fellowship.

Example: *She won the Tern Medal in 2012.*
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from kg.facts import Passage
from kg.model import Fact


@dataclass(frozen=True, kw_only=True)
class AwardReceipt(Fact):
    """A prize, honour, named fellowship or society fellowship."""

    OBJECT: ClassVar[str] = "award"

    award: str
    date: str | None = None


def find(passage: Passage) -> list[Fact]:
    """Awards with the year that their clause gives."""
    found: list[Fact] = []
    for frame in passage.frames:
        anchor = frame.anchor
        if frame.kind != "award" or anchor is None or frame.tense == "future":
            continue
        found.append(
            AwardReceipt(
                subject=passage.subject,
                evidence=passage.evidence(frame, anchor),
                printed=passage.printed(anchor.span),
                at=anchor.span,
                rule=f"award/{anchor.note}",
                confidence=round(frame.sure, 3),
                award=_name(anchor.value),
                date=(frame.start or frame.end or _year(anchor.value)) or None,
            )
        )
    return found


def _name(value: str) -> str:
    """The award as printed, in one line, without article and year around it."""
    text = re.sub(r"^(?:the|The|an?)\s+", "", " ".join(value.split()))
    text = re.sub(
        r"^(?:Awarded|Received|Won|Winner of|Recipient of)\s+(?:(?:the|an?)\s+)?", "", text
    )
    text = re.sub(r"\s+(?:presented|given|awarded|bestowed) by (?:the )?(.+)$", r" (\1)", text)
    text = re.sub(r"^(?:19|20)\d\d\s+|,?\s+in\s+(?:19|20)\d\d$", "", text)
    text = re.sub(r"^(?:prestigious|inaugural|[1-9]|two|three|four|five)\s+(?=\S+\s)", "", text)
    return re.sub(r"^fellow\b", "Fellow", text)


def _year(value: str) -> str:
    match = re.search(r"\b(?:19|20)\d\d\b", value)
    return match.group() if match else ""
