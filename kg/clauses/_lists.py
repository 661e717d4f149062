"""Lists of organizations whose members the page names only by standing in the list: "at Nokia, Celo, and Heron"."""

from __future__ import annotations

import re

from kg.language import Token

_REST = re.compile(r"(?:,\s+[A-Z0-9][^,.;:()]{1,40}?){0,8},?\s+(?:and|&|or)\s+(?:the\s+)?[A-Z0-9]")
_KINDS = frozenset(
    (
        "companies firms startups start-ups organizations organisations institutions universities "
        "enterprises corporations businesses banks agencies hospitals colleges schools institutes "
        "laboratories labs employers places brands clients giants outlets publications ngos "
        "nonprofits consultancies museums"
    ).split()
)
_AT = frozenset({"at", "for", "with", "in", "across"})


def goes_on(text: str, end: int) -> bool:
    """Whether a list with an "and" goes on behind a name of a sentence."""
    return _REST.match(text, end) is not None


def kind_of_place(gap: list[Token]) -> Token | None:
    """The preposition of "at companies such as", "for several banks, including"; None where nothing of the kind stands."""
    words = [t.lower for t in gap]
    noun = max((i for i, word in enumerate(words) if word in _KINDS), default=None)
    if noun is None:
        return None
    return next((t for t in reversed(gap[:noun]) if t.lower in _AT), None)


def introduces(gap: list[Token]) -> bool:
    """Whether the last word introduces examples: "such as", "like", "including", a colon."""
    words = [t.lower for t in gap[-2:]]
    return words == ["such", "as"] or words[-1:] in (["like"], ["including"], [":"], ["e.g."])


def without_asides(tokens: list[Token]) -> bool:
    """Whether words in brackets hold nothing but words."""
    return all(t.word or t.text in ",-–/." for t in tokens)
