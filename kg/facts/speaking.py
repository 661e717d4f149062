"""A part in a talk, read from the line that names the speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kg.facts import Passage
from kg.model import Fact


@dataclass(frozen=True, kw_only=True)
class Speaking(Fact):
    """A part in a talk, read from the line that names the speaker.."""

    OBJECT: ClassVar[str] = "person"

    person: str
    role: str


def find(passage: Passage) -> list[Fact]:
    """None: a part in a talk is read from the listing, not from a biography."""
    del passage
    return []
