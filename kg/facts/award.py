"""A prize, honour, named fellowship or society fellowship.

Example: *She won the Tern Medal in 2012.*
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from kg.facts import Passage, _stated
from kg.model import Fact
from kg.statements import Statement


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
        if frame.kind != "award" or anchor is None:
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


def stated(passage: Passage) -> list[Fact]:
    """Awards that the page model reads."""
    return [
        AwardReceipt(
            **_stated.values(passage, told, "award/page"),
            award=_name(_whole(passage, told)),
            date=_stated.day(passage, told.start) or _year(passage.printed(told.head.span)) or None,
        )
        for told in passage.statements
        if told.kind == "awd"
    ]


_HEAD = re.compile(
    r"\b(?:awards?|prizes?|medals?|fellow(?:ship)?s?|scholar(?:ship)?s?|honou?rs?|order|lecture(?:r|ship)?s?|best|career"
    r"|distinguished|outstanding|winner|finalist|mention|grant|laureate|doctorate|degree|preis|premio|prix|prijs|pris"
    r"|chair|professor(?:ship)?|investigator|top|under|list|women|man|woman|person|cross|star|bursary)\b",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"(?P<before>.*\b(?:fellow(?:ship)?s?|member|awards?|prizes?|medals?|scholar(?:ship)?s?|papers?|finalist|lecturer)\s+"
    r"(?:of|at|from|in|by|for)\s+(?:the\s+)?)",
    re.IGNORECASE | re.DOTALL,
)


def _whole(passage: Passage, told: Statement) -> str:
    """An award's name; one of a list that shares its head gets it: "a Fellow of the IEEE and the ACM"."""
    printed = passage.printed(told.head.span)
    if _HEAD.search(printed):
        return printed
    text = passage.page.text
    others = [s.head.span for s in passage.statements if s.kind == "awd"]
    for other in sorted({o for o in others if o.end <= told.head.span.start}, reverse=True):
        between = text[other.end : told.head.span.start]
        if len(between) > 160 or ". " in between or "\n" in between:
            break
        head = _SHARED.match(text[other.start : other.end])
        if head:
            return re.sub(r"(award|prize|fellow|medal|paper)s\b", r"\1", head["before"]) + printed
    behind = re.match(
        r".{0,80}?\b(?:best [\w ]*papers?|papers?) (?:awards?|prizes?)", text[told.head.span.end :]
    )
    if behind and "." not in behind.group():
        words = re.search(r"(?:best [\w ]*?papers?|papers?) (?:award|prize)", behind.group())
        return f"{printed} {words.group() if words else ''}".strip()
    return printed


def _name(value: str) -> str:
    """The award as printed, in one line, without a leading year or article."""
    text = re.sub(r"^(?:the|The|an?)\s+", "", " ".join(value.split()))
    text = re.sub(
        r"^(?:Awarded|Received|Won|Winner of|Recipient of)\s+(?:(?:the|an?)\s+)?", "", text
    )
    text = re.sub(r"\s+(?:presented|given|awarded|bestowed) by (?:the )?(.+)$", r" (\1)", text)
    text = re.sub(r"^(?:19|20)\d\d\s+", "", text)
    text = re.sub(r"^(?:prestigious|inaugural|[1-9]|two|three|four|five)\s+(?=\S+\s)", "", text)
    return re.sub(r"^fellow\b", "Fellow", text)


def _year(value: str) -> str:
    match = re.search(r"\b(?:19|20)\d\d\b", value)
    return match.group() if match else ""
