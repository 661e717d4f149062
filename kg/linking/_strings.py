"""An affiliation as printed, cut into words and marks; and the keys by which names of institutions are compared."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from kg import names, resources

MARKS = frozenset(",;()/|:[]")
_WORD = re.compile(r"([^\W_]+(?:'[^\W_]+)*|[,;()/|:\[\]])(\.?)")
_DOTTED = re.compile(r"(?<=\b[a-z])\.(?:(?=[a-z]\b)| (?=[a-z]\.))")  # "U.S.A.", "M. D."
_DASH = re.compile(r"\s[-–—]+\s|\s*—\s*")
_BREAK = re.compile(r"#(?:N|R|TAB)#(?:[RN]##?)*|\s+")  # line breaks as some exports write them
_APART = re.compile(r"\b(university|institute|college|school|department|academy)of(?=\s)")
_PARTED = re.compile(r"\b(university|institute|college|hospital)(?=[A-Z][a-z])", re.IGNORECASE)
_ELIDED = re.compile(r"\b(?:d|l|dell|nell|all|sull|degl)'(?=[a-z]{3})")
_SMALL = (
    names.SMALL
    | names.SMALL_ABROAD
    | frozenset("d degli dei dello studi en los im zur zum og och i".split())
)
_ROMAN = dict(
    zip(
        "ii iii iv vi vii viii ix xi xii xiii".split(),
        "2 3 4 6 7 8 9 11 12 13".split(),
        strict=True,
    )
)
_STEM = 5


def small(word: str) -> bool:
    """Whether a word does not count when names are compared."""
    return word in _SMALL


def clean(text: str) -> str:
    """Without marks of other formats, one space where breaks were."""
    return _PARTED.sub(
        r"\1 ", _DASH.sub(" , ", " ".join(_BREAK.sub(" ", html.unescape(text)).split()))
    )


def words(text: str) -> list[str]:
    """Folded words and marks, in order."""
    return [word for word, _ in dotted(text)]


def dotted(text: str) -> list[tuple[str, bool]]:
    """The same, and whether a full stop follows, as it does behind an abbreviation."""
    folded = names.strip_accents(text).casefold().replace("&", " and ")
    folded = _ELIDED.sub("", _APART.sub(r"\1 of", _DOTTED.sub("", folded)))
    return [(w.replace("'s", "s").replace("'", ""), bool(dot)) for w, dot in _WORD.findall(folded)]


@cache
def _more() -> dict[str, str]:
    """Names of cities as they are called at home, and Roman numbers."""
    return dict(row.split("\t")[:2] for row in resources.words("city-names")) | _ROMAN


@lru_cache(maxsize=1 << 17)
def plain(word: str) -> str:
    """A word written out, in the singular: "Univ" is "university", "sciences" is "science"."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    return _more().get(word) or names.written_out(word)


def key(found: Iterable[str]) -> str:
    """The words of a name that count, written out."""
    return " ".join(plain(w) for w in found if w not in _SMALL and w not in MARKS)


def bag(key_: str) -> str:
    """The words of a key in alphabetical order: "Maryland Univ." is "University of Maryland"."""
    return " ".join(sorted(key_.split()))


def stems(key_: str) -> str:
    """The same, each word cut to its first letters: "Nanyang Technol. Univ."."""
    return " ".join(sorted(w[:_STEM] for w in key_.split()))


def joined(key_: str) -> str:
    """The same without spaces: "Post Graduate" is "Postgraduate"."""
    return key_.replace(" ", "")


def within(part: str, whole: str) -> bool:
    """Whether the words of a key stand together in another."""
    return bool(part) and f" {part} " in f" {whole} "


def opens(found: Sequence[str], start: int) -> bool:
    """Whether a stretch begins where a piece between marks does."""
    return start == 0 or found[start - 1] in MARKS
