"""Values that say nothing, entries that are no talk, and people who do not speak."""

from __future__ import annotations

import re
from functools import cache

from kg import names, resources

_COUNTED = re.compile(r"(?:\b|_)(?:\d+[a-z]?|[ivx]+|[a-d])\b")
_PLACEHOLDER = re.compile(
    r"(?:(?:speaker|talk|author|presenter|abstract|presentation|session)(?: name| title)? ?\d+"
    r"|(?:your |speaker |talk |full |first |last |first last )?(?:name|title|abstract|bio)(?: here| \d+)?|first last)"
)
_NOTE = re.compile(r"\W*(?:TODO|FIXME|TB[ACD])\s*[:–—-]\s.{0,120}", re.DOTALL)
_LONG = 200


@cache
def _phrases(kind: str) -> frozenset[str]:
    rows = (row.partition("\t") for row in resources.words("no-talks"))
    return frozenset(names.fold(p) for part, _, ps in rows if part == kind for p in ps.split("|"))


def unsaid(text: str) -> bool:
    """Whether a whole value says nothing: "TBA", "n/a", "Speaker 1", "TODO: add a title"."""
    plain = names.fold(text[:_LONG])
    if not plain or plain in _phrases("unsaid"):
        return True
    return bool(_PLACEHOLDER.fullmatch(plain) or _NOTE.fullmatch(text))


def pause(title: str) -> bool:
    """Whether a title names no talk: "Coffee break", "Registration & Welcome"."""
    words = _COUNTED.sub(" ", names.fold(title[:_LONG])).split()
    if not words or len(words) > 12:
        return not words
    idle, small = _phrases("pause"), _phrases("small")
    return any(w in idle for w in words) and all(w in idle or w in small for w in words)


def vague(title: str) -> bool:
    """Whether a title only counts talks: "Keynote 2", "Invited talk"."""
    plain = " ".join(_COUNTED.sub(" ", names.fold(title[:_LONG])).split())
    return plain in _phrases("vague")


def dropped(state: str) -> bool:
    """Whether the state of an entry says that the talk was not given."""
    return names.fold(state[:_LONG]) in _phrases("dropped")


def helper(text: str) -> bool:
    """Whether a role names somebody who does not speak: "Moderator"."""
    return names.fold(text[:_LONG]) in _phrases("helper")


def speaking(text: str) -> bool:
    """Whether a role says no more than that somebody speaks: "Keynote speaker"."""
    return names.fold(text[:_LONG]) in _phrases("speaking")


def loose(text: str) -> bool:
    """Whether words beside a name tell neither post nor place: "she/her", "virtual"."""
    return names.fold(text[:_LONG]) in _phrases("loose")


def yes(text: str) -> bool:
    """Whether a field that asks is answered with yes."""
    return text.strip().casefold() in {
        "true",
        "yes",
        "y",
        "1",
        "ja",
        "oui",
        "sí",
        "si",
        "sim",
        "да",
    }
