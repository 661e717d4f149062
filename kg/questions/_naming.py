"""How names are called: in parts, by initials, in the singular, without what only says what they are, with a slip."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from kg import names
from kg.graph import Hit
from kg.questions import _lists
from kg.questions._asked import Named, Unclear

ARTICLES = frozenset("the a an our all any some both either".split())
EMPTY = ARTICLES | frozenset(
    "of in at on for and or to who that s 's is are was were by with from award prize".split()
)
GENERIC = frozenset(
    "series seminar seminars conference workshop lecture lectures award prize medal talk round table panel discussion "
    "webinar colloquium".split()
)
_KINDS = frozenset(
    "award prize medal fellow fellowship grant scholar scholarship lecture seminar winner laureate research".split()
)
"""What an award or a series is called behind its name."""
_LECTURES = frozenset("lecture seminar talk colloquium".split())
_SHARE, _SHARE_LOW = 0.25, 0.5
"""How much of a name one must say."""
_CLEAR = 2.5
"""How much weightier the likeliest of several must be."""
_SHORT = 4
"""Words of fewer letters are not compared."""
_ALIKE = 0.75
_VERY = 0.92
_LONG = 2
"""The fewest telling words that stand for a prize without saying that it is one."""


def spelt(word: str, name: str) -> bool:
    """Whether a word is one of a name but for a slip: Kyoto is none of Tokyo."""
    return len(word) < _SHORT or any(
        word == other
        or (word[0] == other[0] and SequenceMatcher(None, word, other).ratio() >= _ALIKE)
        for other in names.fold(name).split()
    )


def alike(text: str, name: str) -> bool:
    """Whether a text is a name but for a letter or two."""
    plain, other = names.fold(text), names.fold(name)
    return SequenceMatcher(None, plain, other).ratio() >= _VERY


def ties(text: str) -> set[str]:
    """The words of a text that tie several names."""
    return {"and", "or", "&"} & set(text.lower().split())


def holds(name: str, text: str) -> bool:
    """Whether a name has all words of a text."""
    wanted = set(names.fold(text).split())
    return bool(wanted) and wanted <= set(names.fold(name).split())


def singular(text: str) -> str:
    """A text with what awards are called in the singular: "Fellows of the Tern Society"."""
    return " ".join(
        w[:-1] if w.endswith("s") and w[:-1].lower() in _KINDS else w for w in text.split()
    )


def is_lecture(text: str) -> bool:
    """Whether something is called a lecture, which may be an award, too."""
    return names.fold(text).rpartition(" ")[2].removesuffix("s") in _LECTURES


def is_fellowship(text: str) -> bool:
    """Whether something is called a fellow of a body: that of a body whose name says more is another."""
    return not {"fellow", "fellows"}.isdisjoint(names.fold(text).split())


def is_grant(text: str) -> bool:
    """Whether something is called a grant of a body by its initials, of which there are several kinds: "ERC grant"."""
    return re.fullmatch(r"[A-Z]{2,} [Gg]rants?(?: (?:award|prize))?", text) is not None


def without_kind(text: str) -> str:
    """A text without the words that only say what it is: "Tern fellowship"."""
    if {"and", "or", ","} & set(names.fold(text).split()):
        return ""
    kept = [w for w in text.split() if names.fold(w) not in _KINDS | GENERIC | EMPTY]
    return " ".join(kept) if kept and len(kept) < len(text.split()) else ""


def called(hits: list[Hit], text: str) -> list[Hit]:
    """Those of several that one would call so: by their whole names but for what only says what they are, else by
    parts, of which one that is no proper name is told as a prize."""
    wanted = core(text)
    whole = [h for h in hits if core(h.name) == wanted]
    if whole and wanted:
        return whole
    told = set(names.fold(text).split()) & (_KINDS | GENERIC)
    proper = any(word[:1].isupper() or not word.isalpha() for word in text.split())
    long = len(wanted) >= _LONG
    return [h for h in hits if stands_for(h.name, text)] if proper or told or long else []


def stands_for(name: str, text: str) -> bool:
    """Whether one may call something of a long name by some of its words: by initials, or by a good part of it."""
    wanted = core(text)
    if (
        wanted
        and wanted <= _lists.adjectives().keys() | _lists.countries().keys() | _lists.DEGREES.keys()
    ):
        return False
    initials = any(len(w) > 1 and w.isupper() for w in text.split())
    share = _SHARE_LOW if text.islower() and " " not in text else _SHARE
    return initials or len(wanted) >= share * len(core(name))


def one_body(plain: str) -> str:
    """A name of several bodies as that of one: "indian institutes of technology"."""
    return re.sub(r"\b(institute|college|school)s\b", r"\1", plain).replace(
        "universities", "university"
    )


def core(text: str) -> frozenset[str]:
    """The words of a name without those that only say what it is."""
    said = (w.removesuffix("s") for w in names.fold(text).split() if len(w) > 1)
    return frozenset(w for w in said if w not in _KINDS | GENERIC | EMPTY)


def named(hits: Iterable[Hit]) -> Named:
    """All of several things."""
    by_thing = {h.thing.iri: h for h in hits}
    found = tuple(by_thing.values())
    return Named(tuple(h.name for h in found), tuple(h.thing.label for h in found), 0.9)


def one_of(hits: list[Hit], text: str, kind: str) -> Named | Unclear:
    """The one thing whose name has the words, or the one of several that is far more talked of."""
    by_thing = {h.thing.iri: h for h in reversed(hits)}
    ranked = sorted(by_thing.values(), key=lambda h: (-h.thing.weight, h.thing.label))
    whole = [h for h in ranked if h.thing.kind == "organization" and is_school(h.name, text)]
    if (
        len(whole) == 1
        or len(ranked) == 1
        or ranked[0].thing.weight >= _CLEAR * max(1, ranked[1].thing.weight)
    ):
        best = whole[0] if len(whole) == 1 else ranked[0]
        return Named((best.name,), (best.thing.label,), 0.9)
    begins = [
        h
        for h in ranked
        if h.thing.kind == "organization" and names.fold(h.name).startswith(f"{names.fold(text)} ")
    ]
    if len(begins) == 1 and text.isupper():
        return Named((begins[0].name,), (begins[0].thing.label,), 0.85)
    return Unclear(text, kind, tuple(h.thing.label for h in ranked[:6]))


def is_school(name: str, text: str) -> bool:
    """Whether a name is that of the university of a place: "Stanford", "Princeton"."""
    plain, asked = names.fold(name), names.fold(text)
    return plain in {
        f"{asked} university",
        f"university of {asked}",
        f"{asked} college",
        f"university {asked}",
    }


def size(name: str) -> int:
    """Words of a name, initials left out."""
    return sum(len(word) > 1 for word in names.fold(name).split())
