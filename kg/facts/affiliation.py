"""A post held when the source spoke.

Example: *Ada Byron is a reader in logic at Lund University.*
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.facts import Passage
from kg.facts._posts import is_post, post
from kg.model import Fact


@dataclass(frozen=True, kw_only=True)
class Affiliation(Fact):
    """A post held when the source spoke."""

    OBJECT: ClassVar[str] = "organization"

    organization: str
    role: str | None = None
    unit: str | None = None
    start: str | None = None


def find(passage: Passage) -> list[Fact]:
    """Posts held now: a frame in the present, or one that takes up the place the person is at."""
    found: list[Fact] = []
    for frame in passage.frames:
        values = (
            post(passage, frame)
            if is_post(passage, frame) and passage.held(frame) == "now"
            else None
        )
        if values:
            found.append(
                Affiliation(**values, start=frame.start or None, rule=f"affiliation/{frame.rule}")
            )
    return found
