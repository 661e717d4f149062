"""When two entries say the same: the comparisons of people, organizations, degrees, awards, topics and talks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from kg import names

Entry = Mapping[str, Any]
_TITLES = frozenset("prof professor dr mr ms mrs sir phd dame".split())
_LEGAL = frozenset("at in the of for and inc llc ltd gmbh corp corporation company".split())
_AROUND = frozenset("the a an award awards prize of for in from by at and on".split())
_ONE = {
    "fellowship": "fellow",
    "fellows": "fellow",
    "scholarship": "scholar",
    "scholars": "scholar",
}
_LEVELS = {
    "PhD": "phd doctor dphil scd dsc doctorate doctoral",
    "Masters": "masters master ms msc ma meng mphil mtech mba sm mmath mpp mph mfa",
    "Bachelors": "bachelors bachelor bs bsc ba beng btech be ab sb undergraduate bse",
}
_LEVEL_OF = {word: level for level, words in _LEVELS.items() for word in words.split()}


def ratio(a: str, b: str) -> float:
    """How alike two strings are, from 0 to 1."""
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def fold(value: object) -> str:
    """Folded words of a value; "" for none."""
    return names.fold(str(value or ""))


def pair(
    wanted: Sequence[Any],
    given: Sequence[Any],
    same: Callable[[Any, Any], bool],
    closeness: Callable[[Any, Any], float] = lambda a, b: 0.0,
) -> list[tuple[int, int]]:
    """One-to-one pairs of the same, the closest first: (index wanted, index given)."""
    options = sorted(
        (-closeness(a, b), i, j)
        for i, a in enumerate(wanted)
        for j, b in enumerate(given)
        if same(a, b)
    )
    left: set[int] = set()
    right: set[int] = set()
    out = []
    for _, i, j in options:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j))
    return out


def person(a: str, b: str) -> bool:
    """The same name in any order, or the same family name and first initial."""
    x, y = ([w for w in fold(name).split() if w not in _TITLES] for name in (a, b))
    if not x or not y:
        return False
    whole = sorted(x) == sorted(y) or "".join(x) == "".join(y)
    return whole or (x[-1] == y[-1] and x[0][0] == y[0][0])


def _organization(name: object) -> str:
    text = re.sub(r"^(?:uc|univ of california) (?=\w)", "university of california ", fold(name))
    words = ["university" if w in {"univ", "u"} else w for w in text.split()]
    return " ".join(w for w in words if w not in _LEGAL) or text


def _named(entry: Entry) -> set[str]:
    every = (entry.get("organization"), entry.get("as_printed"), *(entry.get("aliases") or ()))
    return {_organization(n) for n in every if n}


def organization(a: Entry, b: Entry) -> bool:
    """One organization under any of its names, small differences of spelling and order allowed."""
    x, y = _named(a), _named(b)
    if x & y:
        return True
    turned = [(" ".join(sorted(m.split())), " ".join(sorted(n.split()))) for m in x for n in y]
    return any(min(len(m), len(n)) > 8 and ratio(m, n) >= 0.92 for m, n in turned)


def level(degree: object) -> str:
    """The level of a degree as printed: PhD, Masters, Bachelors, or its folded name."""
    text = fold(degree).replace("degree", "")
    first = text.split()[:1]
    return _LEVEL_OF.get(text.replace(" ", "")) or _LEVEL_OF.get(first[0] if first else "", text)


def degree(a: Entry, b: Entry) -> bool:
    """A degree of one level from one organization, or from none in both."""
    if level(a.get("degree")) != level(b.get("degree")):
        return False
    return organization(a, b) or not (_named(a) or _named(b))


def award(a: Entry, b: Entry) -> bool:
    """One award: the words that name it agree, those around them aside."""
    x, y = fold(a.get("name")).split(), fold(b.get("name")).split()
    if x == y:
        return True
    m, n = ({_ONE.get(w, w) for w in words} - _AROUND for words in (x, y))
    if not m or not n or any((w in m) != (w in n) for w in ("best", "finalist", "fellow")):
        return False
    common = len(m & n)
    if common == min(len(m), len(n)) and (common >= 2 or m == n):
        return True
    return (
        common / max(len(m), len(n)) >= 0.6
        or ratio(" ".join(sorted(m)), " ".join(sorted(n))) >= 0.86
    )


def topic(a: str, b: str) -> bool:
    """One topic: most of the words agree, in the singular."""
    x, y = ({_singular(w) for w in fold(t).split()} for t in (a, b))
    return bool(x and y) and len(x & y) / len(x | y) >= 0.6


def _singular(word: str) -> str:
    if word.endswith(("ss", "us", "is")) or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def talk(a: Entry, b: Entry) -> bool:
    """One talk: by its title, or by a speaker where one has none."""
    x, y = fold(a.get("title")), fold(b.get("title"))
    if x and y:
        inside = len(min(x, y, key=len)) > 15 and (x in y or y in x)
        return x == y or ratio(x, y) >= 0.8 or inside
    speakers = b.get("speakers") or ()
    return any(person(s["name"], r["name"]) for s in a.get("speakers") or () for r in speakers)


def detail(key: str, wanted: object, given: object) -> bool:
    """Whether a role, field or year agrees; of dates the year decides."""
    if key in {"year", "start", "end"}:
        return str(wanted)[:4] == str(given or "")[:4]
    x, y = fold(wanted), fold(given)
    return bool(y) and (x in y or y in x or ratio(x, y) >= 0.75)


def _speaker(a: Entry, b: Entry) -> bool:
    return person(a["name"], b["name"])


def _post_closeness(a: Entry, b: Entry) -> float:
    same_start = str(a.get("start"))[:4] == str(b.get("start"))[:4]
    return ratio(fold(a.get("role")), fold(b.get("role"))) + same_start


OF: dict[str, Callable[[Any, Any], bool]] = {
    "speaker": _speaker, "affiliation": organization, "prior": organization, "membership": organization,
    "education": degree, "award": award, "advisor": person,
}  # fmt: skip
CLOSE: dict[str, Callable[[Any, Any], float]] = {
    "affiliation": _post_closeness, "prior": _post_closeness, "membership": _post_closeness,
    "education": lambda a, b: float(str(a.get("year")) == str(b.get("year"))),
    "award": lambda a, b: ratio(fold(a.get("name")), fold(b.get("name"))),
}  # fmt: skip
