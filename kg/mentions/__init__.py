"""Parsed text to typed spans, one kind a module: ``find(sentence, context) -> list[Mention]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, cast

from kg import registry
from kg.language import Sentence
from kg.model import Mention, Part, Span


@dataclass(frozen=True)
class Context:
    """What the document itself says of names.

    Parameters:
        acronyms: short form -> the full name it was introduced with on this page.
        people: full names of those who speak on this page.
        marked: what the encoder saw on the lines that name the speakers, their posts and places.
        parsed: the sentences that are read of the page, by where they stand.
    """

    acronyms: dict[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    marked: tuple[Part, ...] = ()
    parsed: Mapping[Span, Sentence] = field(default_factory=dict)


class Finder(Protocol):
    """What a module of this folder offers."""

    def find(self, sentence: Sentence, context: Context) -> list[Mention]:
        """Mentions of the module's kind."""


@cache
def finders() -> tuple[Finder, ...]:
    """Every module of this folder, in the order of their names."""
    import kg.mentions as package  # noqa: PLC0415  the folder is the registry

    return tuple(cast(Finder, m) for m in registry.modules(package))


def find_all(sentence: Sentence, context: Context) -> tuple[Mention, ...]:
    """Mentions of every kind, overlaps settled, in reading order."""
    return settle([m for finder in finders() for m in finder.find(sentence, context)])


def settle(found: list[Mention]) -> tuple[Mention, ...]:
    """Of overlapping mentions keep the heavier; of equal weight the longer, then the earlier."""
    order = sorted(
        found, key=lambda m: (-m.weight, m.span.start - m.span.end, m.span.start, m.kind, m.value)
    )
    kept: list[Mention] = []
    for m in order:
        if all(m.span.end <= k.span.start or k.span.end <= m.span.start for k in kept):
            kept.append(m)
    return tuple(sorted(kept, key=lambda m: m.span))
