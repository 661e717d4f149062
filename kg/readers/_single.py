"""The person that a field names which is to name one: "Dr. Ada Byron (she/her)", "lin / Lin Roe"."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.readers import _empty, _naming
from kg.readers._people import Named, people

_SEVERAL = re.compile(r"[,;&+、；，]|\s(?:and|und|et|y|e)\s", re.IGNORECASE)
_SLASH = re.compile(r"\s/\s")
_BEHIND = re.compile(r"(.*?\S)\s*[(（]\s*([^()（）]+?)\s*[)）]\s*")
_PLACE = re.compile(
    r"(?:[A-Z]{3,5}|[A-Z]{2,}[a-z]|[A-Z]{2}[A-Z]*[-/][A-Z]+|TU|FU|HU|UC|U[A-Z]?(?=\s[A-Z]))\b"
)
_EASTERN_PLACE = re.compile(r"大学|大學|学院|學院|研究|科学院|公司|대학|연구")
_LONGEST = 300
_GROUP = re.compile(
    r".*\b(?:staff|team|crew|orga|committee|organi[sz]ers?|organi[sz]ation|speakers|attendees|participants|everybody|friends|panelists"
    r"|volunteers|members|community|board|equipe|équipe|équipo|equipo)(?:[ ]\d+)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def single(text: str) -> tuple[Named, ...]:
    """Who speaks by a field for one name: mostly one person; several where it lists them; () for "TBA" or a team.

    A nickname is a name too where nothing else is given; beside a name in full it is left out.
    """
    plain = " ".join(text[:_LONGEST].split()).removeprefix("@")
    if _is_nobody(plain):
        return ()
    if " " not in plain:
        return (Named(plain),) if any(map(str.isalpha, plain)) else ()
    if names := _SLASH.split(plain) if _SLASH.search(plain) else ():
        plain = next((n for n in names if _naming.person(n)), plain)
    if (match := _BEHIND.fullmatch(plain)) and _is_nickname(match[1]) and _naming.person(match[2]):
        plain = match[2]
    found = people(_apart(plain))
    if len(found) > 1 and not _SEVERAL.search(plain):
        return (Named(_naming.bare(plain)),)
    return tuple(named._replace(post=_telling(named.post)) for named in found)


def listed(text: str) -> list[Named]:
    """Those whom a field or a line names, one or several; words led by capitals alone are the place of the one before.

    "Ada Byron, MPI Garching" names one person. Titles behind a name, as in Chinese, are left out.
    """
    found: list[Named] = []
    for named in people(text):
        if found and _is_acronym(named.name):
            post = ", ".join(filter(None, (found[-1].post, named.name, named.post)))
            found[-1] = found[-1]._replace(post=post)
        elif not _GROUP.fullmatch(named.name):
            found.append(named._replace(name=_naming.EASTERN_TITLE.sub("", named.name)))
    return found


def _is_acronym(name: str) -> bool:
    """Whether what stands as a name opens with the short name of an institution: "MPI Garching", but not "KHAN Ali"."""
    return _PLACE.match(name) is not None and not any(map(_naming.given, name.split()[1:]))


def is_place(text: str) -> bool:
    """Whether words beside a name tell a place or a post."""
    return _naming.body(text) or _naming.post(text) or bool(_EASTERN_PLACE.search(text))


def _is_nobody(text: str) -> bool:
    """Whether words say that nobody is named: "TBA", "Opening", "The organizing team"."""
    kind = _empty.vague(text.partition(",")[0]) or _empty.pause(text)
    return kind or _empty.unsaid(text) or _GROUP.fullmatch(text) is not None


def _is_nickname(text: str) -> bool:
    """Whether a single word may be a nickname: letters of the Latin alphabet, no name in another script."""
    return " " not in text and text.isascii()


def _apart(text: str) -> str:
    """A list of whole names with marks between them that nothing else is read from."""
    parts = [part.strip() for part in text.split(",")]
    whole = len(parts) > 1 and all(" " in p and _naming.person(p) for p in parts)
    return "; ".join(parts) if whole else text


def _telling(post: str) -> str:
    """The words beside a name where they name a post or a place, not a nickname."""
    return post if _naming.body(post) or _naming.post(post) or "," in post else ""
