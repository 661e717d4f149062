"""Looked-up values to facts, in the forms that the built-in rules give them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

from kg import language, names
from kg.facts import organization_name
from kg.facts.advising import Advising
from kg.facts.affiliation import Affiliation
from kg.facts.award import AwardReceipt
from kg.facts.education import Education
from kg.facts.membership import Membership
from kg.facts.position import Position
from kg.mentions import Context, date, degree, person
from kg.model import Evidence, Fact, Mention, Span
from kg.proposals._stretch import Stretch

SURE = 0.6
"""Confidence of a fact that only a language model read."""

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_STAGES = {"PhD": "doctoral", "Masters": "masters", "Bachelors": "bachelors", "Diploma": "masters"}


class Base(TypedDict):
    """Values that every fact takes."""

    subject: str
    evidence: Evidence
    printed: str
    at: Span
    rule: str
    confidence: float


@dataclass(frozen=True)
class Proposal:
    """An entry whose values stand in the text.

    Parameters:
        evidence: where the object's sentence stands, stretched over the values that stand beside it.
        places: slot -> where its value stands; the object's slot comes first.
    """

    stretch: Stretch
    subject: str
    kind: str
    evidence: Span
    places: dict[str, Span]
    dropped: Counter[str]

    def printed(self, slot: str) -> str | None:
        """The page's words for a slot, in one line."""
        at = self.places.get(slot)
        return " ".join(self.stretch.page.text[at.start : at.end].split()) if at else None

    def organization(self) -> str | None:
        """Canonical name of the organization, else the printed one."""
        at, value = self.places.get("organization"), self.printed("organization")
        return organization_name(Mention("organization", at, value), frozenset()) if at and value else None  # fmt: skip

    def date(self, slot: str) -> str | None:
        """The year or month of a slot; of a range its beginning or its end, as the slot asks."""
        value = self.printed(slot)
        if value is None:
            return None
        read = date.find(language.plain(value, Span(0, len(value))), Context())
        if not read:
            self.dropped["no date"] += 1
            return None
        first, _, last = max(read, key=lambda m: m.weight).value.partition("/")
        known = (first, last) if slot == "start" else (last, first)
        return next((k for k in known if k and k != "now"), None)

    def years(self) -> tuple[str | None, str | None]:
        """Beginning and end; neither where the end comes first."""
        start, end = self.date("start"), self.date("end")
        if start and end and start[:4] > end[:4]:
            self.dropped["no date"] += 2
            return None, None
        return start, end

    def degree(self) -> str | None:
        """The level of the degree, where the sentence has one at this place."""
        at = self.places.get("degree")
        if at is None:
            return None
        around = language.plain(self.stretch.page.text, self.stretch.around(at))
        found = (m for m in degree.find(around, Context()) if _overlap(m.span, at))
        best = max(found, key=lambda m: m.weight, default=None)
        if best is None:
            self.dropped["no degree"] += 1
        return best.value if best else None

    def person(self) -> Span | None:
        """Where the advisor's name stands, without titles; None where the value is no name of another person."""
        at = self.places.get("advisor")
        if at is None:
            return None
        text = self.stretch.page.text
        found = person.find(language.plain(text, at), Context())
        own = names.fold(self.subject)
        if not found or names.fold(text[found[0].span.start : found[0].span.end]) == own:
            self.dropped["no name of another person"] += 1
            return None
        return found[0].span

    def base(self, at: Span) -> Base:
        """What every fact has, its object at a place."""
        page, (start, end) = self.stretch.page, self.evidence
        return {
            "subject": self.subject,
            "evidence": Evidence(page, start, end, page.text[start:end]),
            "printed": page.text[at.start : at.end],
            "at": at,
            "rule": f"model/{self.kind}",
            "confidence": SURE,
        }


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _affiliation(given: Proposal) -> Fact:
    return Affiliation(
        **given.base(given.places["organization"]),
        organization=given.organization() or "",
        role=given.printed("role"),
        unit=given.printed("unit"),
        start=given.date("start"),
    )


def _position(given: Proposal) -> Fact:
    start, end = given.years()
    return Position(
        **given.base(given.places["organization"]),
        organization=given.organization() or "",
        role=given.printed("role"),
        unit=given.printed("unit"),
        start=start,
        end=end,
    )


def _membership(given: Proposal) -> Fact:
    start, end = given.years()
    return Membership(
        **given.base(given.places["organization"]),
        organization=given.organization() or "",
        role=given.printed("role") or "member",
        start=start,
        end=end,
    )


def _education(given: Proposal) -> Fact | None:
    level, at = given.degree(), given.person()
    if level is None:
        given.dropped["without an object"] += "degree" not in given.places
        return None
    text = given.stretch.page.text
    return Education(
        **given.base(given.places.get("organization") or given.places["degree"]),
        organization=given.organization(),
        degree=level,
        field=given.printed("field"),
        date=given.date("year"),
        advisors=(" ".join(text[at.start : at.end].split()),) if at else (),
    )


def _advising(given: Proposal) -> Fact | None:
    at = given.person()
    if at is None:
        return None
    return Advising(
        **given.base(at),
        advisor=" ".join(given.stretch.page.text[at.start : at.end].split()),
        stage=_STAGES.get(given.degree() or ""),
        organization=given.organization(),
    )


def _award(given: Proposal) -> Fact:
    award = given.printed("award") or ""
    return AwardReceipt(
        **given.base(given.places["award"]),
        award=_ARTICLE.sub("", award),
        date=given.date("year"),
    )


MAKERS: dict[str, Callable[[Proposal], Fact | None]] = {
    "affiliation": _affiliation,
    "position": _position,
    "membership": _membership,
    "education": _education,
    "advising": _advising,
    "award": _award,
}
"""What makes a fact of each kind; the object of the kind is known to stand in the text."""
