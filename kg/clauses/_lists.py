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
_AT = frozenset({"at", "for", "in", "across"})


def goes_on(text: str, end: int) -> bool:
    """Whether a list with an "and" goes on behind a name of a sentence."""
    return _REST.match(text, end) is not None


def kind_of_place(gap: list[Token]) -> Token | None:
    """The preposition of "at companies such as"; None where nothing of the kind stands."""
    words = [t.lower for t in gap]
    noun = max((i for i, word in enumerate(words) if word in _KINDS), default=None)
    if noun is None:
        return None
    return next((t for t in reversed(gap[:noun]) if t.lower in _AT), None)


def introduces(gap: list[Token]) -> bool:
    """Whether the last word introduces examples: "such as", "like", "including", a colon."""
    words = [t.lower for t in gap[-2:]]
    return words == ["such", "as"] or words[-1:] in (["like"], ["including"], [":"], ["e.g."])


def unnamed(gap: list[Token]) -> list[list[Token]]:
    """Capitalised words between the commas of a list, each the name of a member: ", Celo, and"; [] for all else."""
    if not gap or gap[0].text != ",":
        return []
    out: list[list[Token]] = []
    open_ = False
    for token in gap:
        if token.text == "," or token.lower in {"and", "&"}:
            open_ = True
        elif not token.capital or not token.word:
            return []
        elif open_:
            out.append([token])
            open_ = False
        else:
            out[-1].append(token)
    ends = gap[-1].text == "," or gap[-1].lower in {"and", "&"}
    return out if ends and all(len(name) <= 3 for name in out) else []


_SOLD = re.compile(
    r"\s*[,(]?\s*(?:(?:which|that|and)\s+)?(?:(?:was|were|has been|later|subsequently|since|then|a \w+)\s+){0,3}"
    r"(?:acquired|bought|purchased|sold|taken over)\b"
)


def sold(text: str, end: int) -> bool:
    """Whether the words behind a company's name tell that it was sold."""
    return _SOLD.match(text, end) is not None
