"""Short forms that a page introduces: "Laboratory for Information and Decision Systems (LIDS)"."""

from __future__ import annotations

import re

from kg import authorities, names
from kg.mentions import organization

_NAME = r"(?:[A-Z][\w’'.-]*|of|for|and|the|in|de|&)(?:[ -](?:[A-Z][\w’'.-]*|of|for|and|the|in|de|des|&)){1,9}"
_DEFINED = re.compile(rf"({_NAME})\s*\(([A-Z][A-Za-z-]{{1,9}})\)")
_TURNED = re.compile(rf"\b([A-Z][A-Za-z-]{{1,9}})\s*\(({_NAME})\)")


def find(text: str) -> dict[str, str]:
    """Short forms that the page introduces with brackets, whose letters the full name bears out."""
    out: dict[str, str] = {}
    pairs = [(m.group(2), m.group(1)) for m in _DEFINED.finditer(text)]
    turned = [(m.group(1), m.group(2)) for m in _TURNED.finditer(text)]
    for short, name in (*pairs, *turned):
        words = re.split(r"[ -]", name)
        full = _tail(words, short)
        whole = (short, name) not in turned or full == " ".join(words)
        if full and whole and is_organization(full):
            out.setdefault(short, full)
    return out


def is_organization(name: str) -> bool:
    """Whether a name holds a word that makes it an organization, or is a known one."""
    heads = organization.heads()
    return authorities.resolve(name) is not None or any(
        heads.get(w) in {"org", "centre"} for w in names.fold(name).split()
    )


def _tail(words: list[str], short: str) -> str:
    """The last words whose initials spell the short form, small words skipped; "" when none do."""
    letters = [c for c in short.upper() if c.isalpha()]
    for first in range(len(words) - 1, -1, -1):
        initials = [w[0] for w in words[first:] if w[:1].isupper()]
        if initials == letters and words[first][:1].isupper():
            return " ".join(words[first:])
    return ""
