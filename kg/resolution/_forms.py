"""The forms by which names are compared: folded keys, one a kind."""

from __future__ import annotations

from functools import lru_cache

from kg import awards, concepts
from kg.names import fold, organization_form
from kg.resolution._personal import parse
from kg.vocabularies import edition

_GENERIC = frozenset(
    {"a", "an", "the", "of", "for", "in", "and", "at"}
    | {"same", "this", "that", "there", "here", "her", "his", "their", "its", "our"}
    | {"university", "college", "institute", "school", "center", "centre", "department", "faculty"}
    | {"lab", "laboratory", "company", "group", "academy", "foundation", "society"}
)


def _person_form(name: str) -> str:
    """Folded words in the order given name, family name: "Byron, Ada" is "Ada Byron"."""
    return (
        " ".join(part for word in parse(name).words for part in word) if "," in name else fold(name)
    )


_FORMS = {
    "person": _person_form,
    "organization": organization_form,
    "award": awards.key,
    "topic": concepts.key,
}


def form(kind: str, name: str) -> str:
    """The key by which names of a kind are compared; never empty."""
    return _form(kind, name, edition())


@lru_cache(maxsize=500_000)
def _form(kind: str, name: str, _: object) -> str:
    """Remembered for as long as the same topics are imported."""
    return _FORMS.get(kind, fold)(name) or fold(name) or name.strip().casefold()


def is_name(kind: str, printed: str) -> bool:
    """Whether printed words can be looked up by: no "the Institute", no bare surname."""
    words = fold(printed).split()
    if kind == "person":
        return len(words) > 1
    return bool(set(words) - _GENERIC)
