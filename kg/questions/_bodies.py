"""Institutions told by what they are: "a university", "companies", "industry"."""

from __future__ import annotations

import re
from functools import cache

from kg import resources

_SAID = {
    "companies": "company companies industry firm firms startup startups business businesses".split(),
    "universities": "university universities academia college colleges".split(),
    "hospitals": "hospital hospitals clinic clinics".split(),
}
_TYPES = {
    "company": "companies",
    "university": "universities",
    "college": "universities",
    "hospital": "hospitals",
}
_NAMES = {
    "companies": re.compile(r"[ ,](?:Inc|LLC|GmbH|Ltd|Corp|plc|S\.A|AG|B\.V)\.?$"),
    "universities": re.compile(
        r"^(?!.*(?:Press|Association|Hospital|Society|Foundation|Medical Cent)|(?:Royal|American) College of)"
        r".*(?:Universi[td]|Uniwersytet|College\b|Polytech|Politec|Institute of Technology|[Hh]ochschule|École)"
    ),
    "hospitals": re.compile(r"\bHospital|\bClinic\b|[Kk]linik"),
}
"""How institutions that the vocabulary does not have are called."""
_ANY = frozenset(["a", "an", "any"])
_ARTICLES = _ANY | {"all", "some"}
_SINGULAR = frozenset(["industry", "academia", "business"])
"""What stands for all of a kind in the singular."""


def kind(plain: tuple[str, ...]) -> str:
    """Of what kind institutions are that are told by nothing else; "" for a name or for one ("the university")."""
    *front, last = plain or ("",)
    if len(front) > 1 or not _ARTICLES.issuperset(front):
        return ""
    found = next((kind for kind, said in _SAID.items() if last in said), "")
    several = last.endswith("s") or last in _SINGULAR or not _ANY.isdisjoint(front)
    return found if several else ""


def is_one(kind: str, name: str) -> bool:
    """Whether an institution is of a kind, by the vocabulary, else by its name."""
    known = _types().get(name)
    return known == kind if known is not None else _NAMES[kind].search(name) is not None


@cache
def _types() -> dict[str, str]:
    """The kinds of the institutions in the vocabulary, "" for another."""
    rows = (row for row in resources.rows("institutions") if row[1:2])
    return {row[0]: _TYPES.get(row[1], "") for row in rows}
