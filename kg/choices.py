"""Which institution a printed name means where it stands: by the place behind it, the words and names around it.

The signs are asked in turn, the strongest first. A sign that fits one reading decides; one that fits several leaves
only these to the next. Where none decides, the reading that the vocabulary marks as the usual one is taken; where none
is marked, none is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg import authorities, names, regions
from kg.model import Candidate

_AROUND = 120
"""Characters before and behind a name in which a city or state is taken to speak of it."""
_SHORT = frozenset({"acronym", "usual", "slot"})
_WORDS = 3
"""Capitals that a short name has at least, to be told by the words it begins."""
_CONTEXT = 0.8


@dataclass(frozen=True)
class Choice:
    """What a printed name was taken for.

    Parameters:
        candidates: everything it may stand for, best first.
        chosen: the one it stands for here; None when nothing is known or nothing decides.
        because: what decided, or why nothing did, in plain words.
    """

    candidates: tuple[Candidate, ...]
    chosen: Candidate | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class _Scene:
    """What is looked at: the name, the place behind it, the words around it, the other names."""

    printed: str
    place: tuple[str, ...]
    around: str
    names: tuple[str, ...]
    near: tuple[Candidate, ...]


_Sign = Callable[[Candidate, _Scene], bool]


def _in(phrase: str, text: str) -> bool:
    return bool(phrase) and f" {phrase} " in f" {text} "


_PLACE = re.compile(r"\s*[,(–-]?\s*(?:(?:in|at)\s+)?((?:[^\W\d_][\w.'’-]*[ ]?){1,3})")


def _places(behind: str) -> Iterator[str]:
    """The places that directly follow a name, one after the other: "Manipal, India"."""
    while found := _PLACE.match(behind):
        words = found[1].split()
        tries = (" ".join(words[:n]).rstrip(".,") for n in range(len(words), 0, -1))
        place = next((t for t in tries if _is_place(t)), None)
        if place is None:
            return
        yield place
        behind = behind[behind.index(words[0]) + len(place) :].lstrip(".")


def _is_place(text: str) -> bool:
    return text[:1].isupper() and bool(
        regions.named(text) or names.fold(text) in authorities.places()
    )


_NAMED = (
    "university",
    "univ",
    "college",
    "institute",
    "school",
    "state",
    "tech",
    "business",
    "law",
    "medical",
    "academy",
)
_INSIDE = re.compile(
    r"\b(?:university|college|institute|academy|bank) (?:of|at) (?:[a-z]+ ){0,2}?$|^ (?:"
    + "|".join(_NAMED)
    + r")\b"
)


def _stands_alone(phrase: str, text: str) -> bool:
    """Whether a place is named in folded text other than as a part of an institution's name ("Columbia University")."""
    for found in re.finditer(rf"\b{re.escape(phrase)}\b", text):
        before, behind = text[: found.start()], text[found.end() :]
        if not _INSIDE.search(before) and not _INSIDE.match(behind):
            return True
    return False


@lru_cache(maxsize=1 << 12)
def _full_names(name: str) -> tuple[str, ...]:
    known = authorities.institutions()[name]
    forms = (known.name, *(a for a in known.aliases if not a.endswith("?")))
    return tuple(f for form in forms if len((f := names.organization_key(form)).split()) > 1)


def _behind(candidate: Candidate, scene: _Scene) -> bool:
    return any(authorities.stands(candidate.name, place) for place in scene.place)


def _in_full(candidate: Candidate, scene: _Scene) -> bool:
    return any(
        form in (names.organization_key(n) for n in scene.names)
        for form in _full_names(candidate.name)
    ) or any(
        _in(form, names.organization_key(scene.around)) for form in _full_names(candidate.name)
    )


def _city(candidate: Candidate, scene: _Scene) -> bool:
    city = names.fold(authorities.institutions()[candidate.name].city)
    return bool(city) and _stands_alone(city, names.fold(scene.around))


def _state(candidate: Candidate, scene: _Scene) -> bool:
    around = names.fold(scene.around)
    known = authorities.institutions()[candidate.name]
    return any(
        region.state and region.holds(known.country, known.city, known.name)
        for state in regions.state_names()
        if _in(state, around) and _stands_alone(state, around)
        for region in regions.named(state)
    )


def _country(candidate: Candidate, scene: _Scene) -> bool:
    around = names.fold(scene.around)
    codes = {code for name, code in regions.country_names().items() if _in(name, around)}
    return candidate.country in codes


def _part(candidate: Candidate, scene: _Scene) -> bool:
    return any(candidate.name == n.parent for n in scene.near)


def _parent(candidate: Candidate, scene: _Scene) -> bool:
    return any(n.name == candidate.parent for n in scene.near)


def _same_city(candidate: Candidate, scene: _Scene) -> bool:
    table = authorities.institutions()
    own = table[candidate.name]
    return bool(own.city) and any(
        (table[n.name].city, n.country) == (own.city, own.country) for n in scene.near
    )


def _same_country(candidate: Candidate, scene: _Scene) -> bool:
    return bool(candidate.country) and any(n.country == candidate.country for n in scene.near)


_CLEAR: tuple[tuple[_Sign, str], ...] = (
    (_behind, "the place behind the name"),
    (_in_full, "its full name stands nearby"),
    (_city, "its city is named nearby"),
    (_state, "its state is named nearby"),
    (_part, "a part of it stands nearby"),
)
"""Signs before which even the usual reading gives way."""
_WEAK: tuple[tuple[_Sign, str], ...] = (
    (_country, "its country is named nearby"),
    (_parent, "its parent stands nearby"),
    (_same_city, "an institution of the same city stands nearby"),
    (_same_country, "an institution of the same country stands nearby"),
)
"""Signs that decide only where no reading is the usual one."""


def _narrowed(
    left: tuple[Candidate, ...], signs: Sequence[tuple[_Sign, str]], scene: _Scene
) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    """The readings that the signs leave, and the signs that told them from others."""
    because: tuple[str, ...] = ()
    for sign, words in signs:
        if len(left) <= 1:
            break
        fitting = tuple(c for c in left if sign(c, scene))
        if fitting and len(fitting) < len(left):
            left, because = fitting, (*because, words)
    return left, because


def _part_of_place(scene: _Scene, text: str) -> str:
    """The longer place that the printed word is only a part of wherever it stands: "British Columbia"."""
    word, around = names.fold(scene.printed), names.fold(text)
    longer = [p for p in _longer_places(word) if _in(p, around)]
    for place in longer:
        around = around.replace(place, "")
    return longer[0] if longer and not _in(word, around) else ""


@lru_cache(maxsize=1 << 12)
def _longer_places(word: str) -> tuple[str, ...]:
    listed = authorities.places() | regions.state_names()
    return tuple(sorted(p for p in listed if p != word and _in(word, p))) if " " not in word else ()


def _scene(printed: str, text: str, near: Collection[str]) -> _Scene:
    """What is looked at around the first place where the printed name stands in the text."""
    at = text.find(printed)
    behind = text[at + len(printed) :] if at >= 0 else ""
    before = text[max(0, at - _AROUND) : max(0, at)]
    around = f"{before} {behind[:_AROUND]}" if at >= 0 else text
    inside = authorities.placed(printed)[1]
    place = tuple(p for p in (inside, *_places(behind)) if p)
    others = tuple(sorted({n for n in near if n != printed}))
    known = (authorities.decided(authorities.readings(n)) for n in others)
    return _Scene(printed, place, around, others, tuple(k for k in known if k))


_UNKNOWN = "no institution of this name is known"


def _capitals(text: str) -> str:
    return "".join(c for c in text if c.isupper())


def full_name(short: str, text: str) -> str | None:
    """The full name that a text gives for a short one: "Google Summer of Code (GSoC)"; None when it gives none.

    Parameters:
        short: with three capitals at least.
        text: a line, or a page.
    """
    letters = _capitals(short)
    at = text.find(f"({short})")
    if at < 0 or len(letters) < _WORDS:
        return None
    words = re.split(r"\s+", text[max(0, at - _AROUND) : at].strip())
    for first in range(len(words) - 1, -1, -1):
        if words[first][:1] == letters[0] and _capital_initials(words[first:]) == letters:
            return " ".join(words[first:])
    return None


def _capital_initials(words: Sequence[str]) -> str:
    return "".join(_capitals(w) for w in words if w[:1].isupper())


def _begins(letters: str, name: str) -> bool:
    """Whether the capitals of a short name begin the words of a full one, "The" in front or not."""
    words = names.without_short(name).split()
    return letters in {
        _capital_initials(words),
        _capital_initials([w for w in words if w != "The"]),
    }


def _spelled_out(scene: _Scene, text: str) -> Choice:
    """A short name that only the page explains: by the one full name around whose words its capitals begin."""
    letters = _capitals(scene.printed)
    if " " in scene.printed.strip() or len(letters) < _WORDS:
        return Choice((), None, (_UNKNOWN,))
    given = full_name(scene.printed, text)
    full = {
        names.organization_key(n): n
        for n in ([given] if given else scene.names)
        if n and _begins(letters, n)
    }
    if len(full) != 1:
        return Choice((), None, (_UNKNOWN,))
    name = names.without_short(next(iter(full.values())))
    known = authorities.decided(authorities.readings(name))
    found = known or Candidate(name, "organization", _CONTEXT, "context")
    return Choice((found,), found, ("its letters begin the words of a full name nearby",))


def _elsewhere(candidate: Candidate, scene: _Scene) -> bool:
    """Whether the place directly behind a short name is in another country than the institution."""
    if candidate.because not in _SHORT or candidate.kind == "company":
        return False
    held = [authorities.stands(candidate.name, place) for place in scene.place]
    return False in held and True not in held


def choose(printed: str, text: str = "", near: Collection[str] = ()) -> Choice:
    """What a printed name stands for in its surroundings; never a guess.

    Parameters:
        printed: the name as printed.
        text: the sentence or line around it, as printed.
        near: other names of organizations on the page.
    """
    scene = _scene(printed, text, near)
    found = authorities.readings(printed)
    if not found:
        return _spelled_out(scene, text)
    if found[0].because in _SHORT and (place := _part_of_place(scene, text)):
        return Choice(found, None, (f"it is a part of {place!r}",))
    best = tuple(c for c in found if c.because in _SHORT or c.score == found[0].score)
    left, because = _narrowed(best, _CLEAR, scene)
    if all(_elsewhere(c, scene) for c in left):
        return Choice(found, None, (f"it does not stand in {scene.place[0]}",))
    chosen = authorities.decided(left)
    if chosen is None:
        left, more = _narrowed(left, _WEAK, scene)
        chosen, because = authorities.decided(left), (*because, *more)
    return Choice(found, chosen, because or (_plainly(left, chosen),))


def _plainly(left: tuple[Candidate, ...], chosen: Candidate | None) -> str:
    """Why a name without signs around it means what it does."""
    if chosen is None:
        return f"{len(left)} institutions share the name, and nothing nearby tells them apart"
    return "the usual reading" if len(left) > 1 else "the only reading"
