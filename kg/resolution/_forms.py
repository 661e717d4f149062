"""The forms by which names are compared: folded keys, one a kind."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.names import fold, organization_form
from kg.resolution._personal import parse

_SMALL = frozenset({"a", "an", "the", "of", "for", "in", "and", "at"})
_GENERIC = _SMALL | frozenset(
    {"same", "this", "that", "there", "here", "her", "his", "their", "its", "our"}
    | {"university", "college", "institute", "school", "center", "centre", "department", "faculty"}
    | {"lab", "laboratory", "company", "group", "academy", "foundation", "society"}
)
_ENDINGS = (
    ("ies", "y"),
    ("yses", "ysis"),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
)
_NO_PLURALS = frozenset(
    {"bias", "series", "species", "news", "lens", "gas", "atlas", "canvas", "chaos", "bayes"}
)
_SHORT_WORD = 3


def _singular(word: str) -> str:
    if word in _NO_PLURALS or len(word) <= _SHORT_WORD or word.endswith(("ss", "us", "is", "ics")):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word.removesuffix("s")


def _topic_form(name: str) -> str:
    words = fold(name).split()
    return " ".join([*words[:-1], *map(_singular, words[-1:])])


def _award_form(name: str) -> str:
    """Without small words, years and a last "Award"; "Fellow of the IEEE" is "IEEE Fellow"."""
    words = [
        w for w in fold(name).split() if w not in _SMALL and not re.fullmatch(r"(?:19|20)\d\d", w)
    ]
    if len(words) > 1 and words[0] == "fellow":
        words = [*words[1:], "fellow"]
    if len(words) > 1 and words[-1] in {"award", "awards"}:
        words.pop()
    return " ".join(words)


def _person_form(name: str) -> str:
    """Folded words in the order given name, family name: "Byron, Ada" is "Ada Byron"."""
    return (
        " ".join(part for word in parse(name).words for part in word) if "," in name else fold(name)
    )


_FORMS = {
    "person": _person_form,
    "organization": organization_form,
    "award": _award_form,
    "topic": _topic_form,
}


@lru_cache(maxsize=500_000)
def form(kind: str, name: str) -> str:
    """The key by which names of a kind are compared; never empty."""
    return _FORMS.get(kind, fold)(name) or fold(name) or name.strip().casefold()


def is_name(kind: str, printed: str) -> bool:
    """Whether printed words can be looked up by: no "the Institute", no bare surname."""
    words = fold(printed).split()
    if kind == "person":
        return len(words) > 1
    return bool(set(words) - _GENERIC)
