"""The words for kinds of facts in a corrections file."""

from __future__ import annotations

from functools import cache

from kg import facts
from kg.corrections import Correction
from kg.errors import CorrectionError
from kg.model import Fact
from kg.topics import TopicAssignment

_WORDS = {"AwardReceipt": "award", "TopicAssignment": "topic"}


@cache
def known() -> dict[str, type[Fact]]:
    """Every kind of fact by its word: "education", "position", "award", "topic" ..."""
    found = facts.classes().values()
    return {_WORDS.get(c.__name__, c.__name__.lower()): c for c in (*found, TopicAssignment)}


def class_of(correction: Correction) -> type[Fact]:
    """The kind of fact a correction is about.

    Raises:
        CorrectionError: there is none of this word.
    """
    word = correction.value("fact").lower()
    if word not in known():
        words = ", ".join(sorted(known()))
        raise CorrectionError(f"{correction.place}: no kind of fact named {word!r}; known: {words}")
    return known()[word]
