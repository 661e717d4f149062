"""The normal form of names: pure functions on strings, and which words are given names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kg import resources

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE",
     "œ": "oe", "Œ": "OE", "þ": "th", "ð": "d", "’": "'", "‘": "'", "`": "'", "´": "'"}
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_POSSESSIVE = re.compile(r"'s\b")
_INITIALS = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")
SMALL = frozenset(["the", "at", "in", "of", "for", "and"])
"""Words that do not count when names of organizations are compared."""
SMALL_ABROAD = frozenset(
    "a an et e y und da de del della delle di do dos du des der die das den el la las le les l fur van zu".split()
)
"""Such words of other languages, and articles."""


def strip_accents(text: str) -> str:
    """Letters without their marks; other scripts are left as they are."""
    if text.isascii():
        return text.replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def undotted(text: str) -> str:
    """Text with the full stops between single letters left out: "m.i.t" is "mit"."""
    return _INITIALS.sub("", text)


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower-case words without accents or punctuation, single spaces between: the key names are compared by."""
    words = text.split()
    if text.isascii() and "".join(words).isalnum():
        return " ".join(words).lower()
    plain = strip_accents(text).casefold().replace("&", " and ")
    plain = _POSSESSIVE.sub("s", plain).replace("'", "")
    plain = undotted(plain)
    return " ".join(_WORD.findall(plain))


@cache
def given_names() -> frozenset[str]:
    """Folded given names of many languages."""
    return frozenset(fold(w) for w in resources.words("given-names"))


_INFLECTED = (
    (re.compile(r"(isch|lich|frei)en$"), r"\1e"),  # "an der Technischen Universität"
    (re.compile(r"^uniwersyte(?:cie|tu|tem)$"), "uniwersytet"),
    (re.compile(r"^politechni(?:ce|ki|ką)$"), "politechnika"),
    (re.compile(r"(sk|ck)(?:im|iego|iemu)$"), r"\1i"),
    (re.compile(r"(sk|ck)(?:iej)$"), r"\1a"),
)
_CASES = tuple("en cie tu tem ce ki ką im iego iemu iej".split())
"""What inflected words end in: most words end otherwise."""


@lru_cache(maxsize=1 << 14)
def uninflected(word: str) -> str:
    """A folded word of an organization's name in the case that the name itself is printed in: "technischen"."""
    if word.endswith(_CASES):
        for ending, plain in _INFLECTED:
            word = ending.sub(plain, word)
    return word


_PARENTHESIS = re.compile(r"\s*\(([^()]+)\)")


def spells(short: str, name: str) -> bool:
    """Whether the letters of a short name are first letters of a name's words, in order, the first of the first."""
    initials = [word[0] for word in fold(name).split()]
    letters = [c for c in fold(short) if c != " "]
    if len(letters) <= 1 or initials[:1] != letters[:1]:
        return False
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def without_short(name: str) -> str:
    """A name without the short name it gives in brackets: "Open Data Institute (ODI)", "ODI (Open Data Institute)"."""
    found = _PARENTHESIS.search(name)
    if not found:
        return name
    before, inside, after = name[: found.start()], found[1], name[found.end() :]
    if " " not in inside and spells(inside, f"{before} {after}"):
        return f"{before} {after}".strip() if after[:1].isalnum() else f"{before}{after}".strip()
    if before and " " not in before and spells(before, f"{inside} {after}"):
        return f"{inside}{after}".strip()
    return name


@cache
def _abbreviations() -> dict[str, str]:
    return dict(row.split("\t")[:2] for row in resources.words("name-abbreviations"))


_PLURAL = 4


@lru_cache(maxsize=1 << 17)
def written_out(word: str) -> str:
    """A folded word of an organization's name in full and in the singular: "univ" is "university"."""
    word = _abbreviations().get(word, word)
    if len(word) <= _PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def organization_key(name: str) -> str:
    """Folded words of an organization's name without "the", "at", "of" and their like, "Univ." written out."""
    plain = fold(without_short(name))
    words = ["university" if w in {"univ", "u"} else uninflected(w) for w in plain.split()]
    kept = [w for w in words if w not in SMALL]
    return " ".join(kept or words)


_LEGAL = frozenset(
    ["inc", "ltd", "llc", "gmbh", "plc", "pty", "limited", "incorporated", "corp", "corporation"]
)


def organization_form(name: str) -> str:
    """The key with every abbreviation written out and no legal form behind: "Acme Res. Inst., Inc."."""
    words = [_abbreviations().get(w, w) for w in organization_key(name).split()]
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words)


_UNIVERSITY = re.compile(
    r"^universi(?:dade?|ta|te|tat|teit|tetet|tet) (?:(?:de|di|da|do|of|van|i|zu) )?"
)


def university_key(name: str) -> str:
    """The key of an organization's name with "university" for the word of another language: "Universidad de Oxford"."""
    return _UNIVERSITY.sub("university ", fold(name))


def slug(text: str) -> str:
    """The last segment of a readable IRI: folded words joined by hyphens; letters of any script stay."""
    return "-".join(fold(text).split()) or "unnamed"
