"""An academy seat, board, editorship or office that is not the job.

Example: *He sits on the board of ...*
"""

from __future__ import annotations

import re
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


_ROLES = {
    "": "member",
    "part": "member",
    "chairs": "chair",
    "chaired": "chair",
    "chairing": "chair",
} | {f"{co}chair{end}": "co-chair" for co in ("co-", "co") for end in ("s", "ed", "ing")}


_MANY = re.compile(r"^(?:(?:several|numerous|many|various|multiple|different)\s+)+", re.IGNORECASE)
_SEATS = frozenset("board committee council panel team subcommittee".split())
_HOLDERS = frozenset("founder co-founder member maintainer organizer organiser editor".split())


def _role(told: str | None) -> str:
    """A post in the words of who holds it: on "program committees" is a program committee member."""
    role = _ROLES.get(told or "", told or "")
    rest, _, last = _MANY.sub("", role).rpartition(" ")
    one = last.removesuffix("s")
    if " of " in role or one.lower() not in _SEATS | _HOLDERS:
        return role
    return f"{rest} {one}{' member' if one.lower() in _SEATS else ''}".strip()


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
                role=_role(values["role"]),
                start=frame.start or None,
                end=frame.end or None,
                rule=f"membership/{frame.rule}",
            )
        )
    return found
