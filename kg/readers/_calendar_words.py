"""Words by which events of a calendar are told, as patterns of text in lower case."""

from __future__ import annotations

import re
from functools import cache

from kg import resources


@cache
def pattern(kind: str) -> str:
    """A pattern for any phrase of a kind, the longest first."""
    return "|".join(re.escape(p) for p in sorted(_phrases(kind), key=len, reverse=True))


@cache
def _phrases(kind: str) -> frozenset[str]:
    rows = (row.partition("\t") for row in resources.words("calendar-words"))
    return frozenset(p for part, _, ps in rows if part == kind for p in ps.split("|"))


@cache
def _off() -> re.Pattern[str]:
    words = pattern("off")
    return re.compile(rf"\W*(?:{words})(?![^\W_])|.*[\[(]\s*(?:{words})\s*[\])]\s*$", re.DOTALL)


@cache
def _no_talk() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{pattern('no-talk')})(?![^\W_])|(?<![^\W_])(?:{pattern('pastime')})\W*$"
    )


@cache
def _series() -> re.Pattern[str]:
    return re.compile(rf"{pattern('series')}|#\s*\d+\s*$|\b(?:no|nr)\.?\s*\d+\s*$|\bday\s*\d+")


@cache
def _joining() -> re.Pattern[str]:
    return re.compile(pattern("joining"))


@cache
def before_name() -> re.Pattern[str]:
    """What may stand before a name, as the kind of event: "Guest lecture by", "Antrittsvorlesung"."""
    return re.compile(
        rf"(?:[\w-]+\s+){{0,2}}?[\w-]*(?:{pattern('kind')})\s+(?:(?:{pattern('leading')})\s+)?",
        re.IGNORECASE,
    )


def off(text: str) -> bool:
    """Whether a line says that the event does not take place."""
    return _off().match(text.casefold()) is not None


def no_talk(parts: list[str]) -> bool:
    """Whether the parts of a line name something that is no talk: the first in some of its words, others as a whole."""
    first, *rest = (part.casefold().strip(" .!()") for part in parts or [""])
    return _no_talk().search(first) is not None or any(map(_no_talk().fullmatch, rest))


def series(text: str) -> bool:
    """Whether words are such that a series of talks is named by."""
    return _series().search(text.casefold()) is not None


def nameless(text: str) -> bool:
    """Whether the name of a calendar names no series."""
    return text.casefold() in _phrases("nameless")


def joining(text: str) -> bool:
    """Whether a line tells how to join a meeting."""
    return _joining().search(text.casefold()) is not None


@cache
def _show() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{pattern('show')})(?![^\W_])")


@cache
def _spoken() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{pattern('spoken')})|workshop on\b")


def show(text: str) -> bool:
    """Whether an event is told of as an entertainment or a class is, and nothing says that somebody speaks."""
    told = text.casefold()
    return _show().search(told) is not None and _spoken().search(told) is None


def unnamed(word: str) -> bool:
    """Whether no name of a person ends with a word."""
    return word.casefold() in _phrases("unnamed")
