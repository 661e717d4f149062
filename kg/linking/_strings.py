"""An affiliation as printed, cut into words and marks; and the keys by which names of institutions are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from kg import names, resources

MARKS = frozenset(",;()/|:[]")
_WORD = re.compile(r"([^\W_]+(?:'[^\W_]+)*|[,;()/|:\[\]])(\.?)")
_DOTTED = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")
_SMALL = frozenset(
    (
        "the at in of for and de la le les des du et der die das und fur y e del di da do dos das den l d a an van"
    ).split()
)
_PLURAL, _STEM = 4, 5


def small(word: str) -> bool:
    """Whether a word does not count when names are compared."""
    return word in _SMALL


def words(text: str) -> list[str]:
    """Folded words and marks, in order."""
    return [word for word, _ in dotted(text)]


def dotted(text: str) -> list[tuple[str, bool]]:
    """The same, and whether a full stop follows, as it does behind an abbreviation."""
    plain = names.strip_accents(text).casefold().replace("&", " and ")
    found = _WORD.findall(_DOTTED.sub("", plain))
    return [(w.replace("'s", "s").replace("'", ""), bool(dot)) for w, dot in found]


@cache
def _abbreviations() -> dict[str, str]:
    return dict(row.split("\t")[:2] for row in resources.words("name-abbreviations"))


@lru_cache(maxsize=1 << 17)
def plain(word: str) -> str:
    """A word written out, in the singular: "Univ" is "university", "sciences" is "science"."""
    word = _abbreviations().get(word, word)
    if len(word) <= _PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def key(found: Sequence[str]) -> str:
    """The words of a name that count, written out."""
    return " ".join(plain(w) for w in found if w not in _SMALL and w not in MARKS)


def bag(key_: str) -> str:
    """The words of a key in alphabetical order: "Maryland Univ." is "University of Maryland"."""
    return " ".join(sorted(key_.split()))


def stems(key_: str) -> str:
    """The same, each word cut to its first letters: "Nanyang Technol. Univ."."""
    return " ".join(sorted(w[:_STEM] for w in key_.split()))
