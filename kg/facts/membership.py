"""An academy seat, board, editorship or office that is not the job.

Example: *He sits on the board of ...*
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.facts import Passage
from kg.facts._posts import is_membership, post
from kg.model import Fact


@dataclass(frozen=True, kw_only=True)
class Membership(Fact):
    """An academy seat, board, editorship or office that is not the job."""

    OBJECT: ClassVar[str] = "organization"

    organization: str
    role: str | None = None
    start: str | None = None
    end: str | None = None


_ROLES = {"": "member", "chairs": "chair", "chaired": "chair", "chairing": "chair"} | {
    f"{co}chair{end}": "co-chair" for co in ("co-", "co") for end in ("s", "ed", "ing")
}


def find(passage: Passage) -> list[Fact]:
    """Offices and seats, present or past."""
    found: list[Fact] = []
    for frame in passage.frames:
        values = post(passage, frame) if is_membership(passage, frame) else None
        if values is None:
            continue
        found.append(
            Membership(
                subject=values["subject"],
                evidence=values["evidence"],
                printed=values["printed"],
                at=values["at"],
                confidence=values["confidence"],
                organization=values["organization"],
                role=_ROLES.get(values["role"] or "", values["role"]),
                start=frame.start or None,
                end=frame.end or None,
                rule=f"membership/{frame.rule}",
            )
        )
    return found
