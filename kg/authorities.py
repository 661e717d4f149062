"""Known names: the bundled gazetteer of institutions and the topic vocabulary.

A name is looked up in this order: exact canonical name, alias, acronym. An acronym or alias that several
institutions share is answered only when the vocabulary marks one reading as the usual one on talk pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg import names, regions, resources
from kg.model import Candidate

_COLUMNS = 7
_SCORES = {"exact": 1.0, "alias": 0.95, "slot": 0.8, "usual": 0.85, "acronym": 0.9}


@dataclass(frozen=True)
class Institution:
    """One row of ``data/vocabulary/institutions``."""

    name: str
    kind: str
    country: str
    city: str
    parent: str
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def institutions() -> dict[str, Institution]:
    """Every bundled institution by its canonical name; the first row of a name counts."""
    table: dict[str, Institution] = {}
    for row in resources.rows("institutions"):
        cells = [c.strip() for c in (*row, *[""] * _COLUMNS)[:_COLUMNS]]
        name, kind, country, city, parent, aliases_, acronyms_ = cells
        known = Institution(name, kind, country, city, parent, _split(aliases_), _split(acronyms_))
        table.setdefault(known.name, known)
    return table


def school(printed: str) -> Institution | None:
    """The school that a printed name stands for, if the institution it is a part of is known."""
    found = resolve(printed)
    known = institutions().get(found.name) if found else None
    return known if known and known.kind == "school" and known.parent in institutions() else None


@cache
def places() -> frozenset[str]:
    """Folded names of countries, states and the cities where known institutions stand."""
    cities = {names.fold(i.city) for i in institutions().values() if i.city}
    return frozenset(names.fold(w) for w in resources.words("places")) | cities


def _add(index: dict[str, dict[str, str]], key: str, name: str, because: str) -> None:
    if key:
        index[key].setdefault(name, because)


@cache
def _index() -> dict[str, dict[str, str]]:
    """Folded name -> {canonical name: the step that leads to it}."""
    index: dict[str, dict[str, str]] = defaultdict(dict)
    for known in institutions().values():
        for form in {names.fold(known.name), names.organization_key(known.name)}:
            _add(index, form, known.name, "exact")
        for alias in known.aliases:
            because = "slot" if alias.endswith("?") else "alias"
            for form in {names.fold(alias.rstrip("?")), names.organization_key(alias.rstrip("?"))}:
                _add(index, form, known.name, because)
    return index


@cache
def _acronyms() -> dict[str, dict[str, str]]:
    """Acronym as printed -> {canonical name: "usual" or "acronym"}."""
    index: dict[str, dict[str, str]] = defaultdict(dict)
    for known in institutions().values():
        for acronym in known.acronyms:
            because = "usual" if acronym.endswith("*") else "acronym"
            for form in {acronym.rstrip("*"), acronym.rstrip("*").replace("-", " ")}:
                _add(index, form, known.name, because)
    return index


def _candidate(name: str, because: str) -> Candidate:
    known = institutions()[name]
    acronyms = tuple(a.rstrip("*") for a in known.acronyms)
    return Candidate(
        name,
        known.kind,
        _SCORES[because],
        because,
        known.country or None,
        known.parent or None,
        acronyms,
    )


def _ranked(found: Iterable[tuple[str, str]]) -> tuple[Candidate, ...]:
    candidates = (_candidate(name, because) for name, because in found)
    return tuple(sorted(candidates, key=lambda c: (-c.score, c.name)))


@cache
def known_keys() -> frozenset[str]:
    """Every folded form under which an institution is known."""
    return frozenset(_index()) | {names.fold(a) for a in _acronyms()}


def _listed(printed: str) -> dict[str, str]:
    """What the vocabulary lists under a printed name, as it stands."""
    acronyms = _acronyms().get(printed.strip().replace(".", ""), {})
    keys = (names.fold(printed), names.organization_key(printed), names.university_key(printed))
    forms: dict[str, str] = next((_index()[k] for k in keys if k in _index()), {})
    return {**acronyms, **forms}


_SMALL = names.SMALL | names.SMALL_ABROAD | frozenset("u dem il pour para voor".split())
_ENDING = re.compile(r"(isch|utsch|lich|frei)(?:e[nmrs]?)$")
_GENITIVE = re.compile(r"(zentrum|institut|museum|verband|amt)e?s$")
_TOKEN = re.compile(r"([^\W_]+)(\.?)")
_CUT = 4
"""Letters by which abbreviated words are found before they are compared in full."""


def _spelt(text: str) -> list[tuple[str, str]]:
    """The words of a name that count, written out and without endings of case; and those with a full stop as begun."""
    plain = names.strip_accents(text).casefold().replace("nat'l", "national").replace("'", "")
    found = [(w, dot) for w, dot in _TOKEN.findall(names.undotted(plain)) if w not in _SMALL]
    return [
        (
            names.written_out(_GENITIVE.sub(r"\1", _ENDING.sub(r"\1", w))),
            w if dot and len(w) >= _CUT - 1 else "",
        )
        for w, dot in found
    ]


_Spelling = tuple[tuple[str, ...], str, str]
"""The words of a form written out, the canonical name, and the step that leads to it."""


@cache
def _spellings() -> tuple[dict[str, list[_Spelling]], dict[str, list[_Spelling]]]:
    """Every form of a name by the first letters of its words, and by its last word."""
    begun: dict[str, list[_Spelling]] = defaultdict(list)
    ended: dict[str, list[_Spelling]] = defaultdict(list)
    for known in institutions().values():
        for form in (known.name, *known.aliases):
            words = tuple(w for w, _ in _spelt(form.rstrip("?")))
            spelling = (words, known.name, "slot" if form.endswith("?") else "alias")
            begun[" ".join(w[:_CUT] for w in words)].append(spelling)
            ended[words[-1] if words else ""].append(spelling)
    return begun, ended


def _fits(printed: tuple[str, str], word: str) -> bool:
    return printed[0] == word or bool(printed[1] and word.startswith(printed[1]))


def _spelled(printed: str) -> dict[str, str]:
    """Names whose words are the printed ones written out: "Nanyang Technol. Univ.", "der Deutschen ..."."""
    words = _spelt(printed)
    if " " not in printed:
        return {}
    found = _spellings()[0].get(" ".join(w[:_CUT] for w, _ in words), ())
    return {name: because for full, name, because in found if all(map(_fits, words, full))}


_INITIALS = re.compile(r"([A-Z]{2,4})[ -](?=[^\W\d_]{4})")


def _begun(printed: str) -> dict[str, str]:
    """Names that begin with the words of the letters in front: "IIM Ahmedabad", "MPI for Informatics"."""
    short = _INITIALS.match(printed)
    if not short:
        return {}
    letters, rest = short[1].lower(), tuple(w for w, _ in _spelt(printed[short.end() :]))
    found = _spellings()[1].get(rest[-1] if rest else "", ())
    return {
        name: because
        for full, name, because in found
        if full[len(letters) :] == rest and "".join(w[0] for w in full[: len(letters)]) == letters
    }


_BRACKETS = re.compile(r"\s*\(([^()]*)\)")


def _bracketed(printed: str) -> dict[str, str]:
    """What a name with brackets stands for: the name outside, or the part of it that stands inside."""
    inside = _BRACKETS.search(printed)
    if not inside:
        return {}
    outer = _readings(_BRACKETS.sub("", printed).strip())
    inner = _readings(inside[1].strip())
    table = institutions()
    parts = {name: because for name, because in inner.items() if table[name].parent in outer}
    return parts or {name: because for name, because in outer.items() if name in inner} or outer


def placed(printed: str) -> tuple[str, str]:
    """A name without the place behind it, and the place: "Royal Institute of Technology, Stockholm"; else empty."""
    words = printed.split()
    for start in range(1, len(words)):
        place = " ".join(words[start:]).strip("()")
        if regions.named(place) or names.fold(place) in places():
            return " ".join(words[:start]).rstrip(" ,-–("), place
    return printed, ""


def stands(name: str, place: str) -> bool | None:
    """Whether an institution stands in a place, by what the vocabulary says of it; None when that does not tell.

    Parameters:
        name: canonical.
        place: a city, state or country as printed.
    """
    known = institutions()[name]
    if known.city and names.fold(known.city) == names.fold(place):
        return True
    held = [r.holds(known.country, known.city, known.name) for r in regions.named(place)]
    if True in held:
        return True
    return None if None in held or not held else False


def _somewhere(printed: str) -> dict[str, str]:
    head, place = placed(printed)
    if not place:
        return {}
    return {n: because for n, because in _readings(head).items() if stands(n, place)}


def _swapped(printed: str) -> dict[str, str]:
    """ "Maryland Univ." for "University of Maryland", of a single place or person; never the other way round."""
    words = names.organization_key(printed).split()
    if len(words) != len(("name", "university")) or words[1] != "university":
        return {}
    return _index().get(f"university {words[0]}", {})


_UNIT = re.compile(
    r"(?:the )?(?:[\w&-]+ ){0,4}?(?:departments?|dept\.?|dep\.?|schools?|faculty|division|college) (?:of|for) .+?"
    r"(?:,| at| of the)(?: the)? (?P<whole>\S.+)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?P<whole>.+?),? (?:the )?(?:[\w&-]+ ){0,3}?(?:department|dept\.?|faculty|division)(?: (?:of|for) .+)?",
    re.IGNORECASE,
)


def _unit(printed: str) -> dict[str, str]:
    """The institution of a department or school that is named with it: "Department of Statistics, University of X"."""
    for shape in (_UNIT, _BEHIND):
        found = shape.fullmatch(printed)
        whole = _listed(found["whole"]) if found else {}
        if whole and "slot" not in whole.values():
            return whole
    return {}


@cache
def _readings(printed: str) -> dict[str, str]:
    """Canonical name -> the step that leads to it, by the first way of reading the printed name that leads anywhere."""
    ways = (_listed, _bracketed, _spelled, _begun, _somewhere, _swapped, _unit)
    return next((found for way in ways if (found := way(printed))), {})


@cache
def lookup(printed: str) -> tuple[Candidate, ...]:
    """Institutions that the vocabulary lists under a printed name, best first; empty when none is known."""
    return _ranked(_listed(printed).items())


@cache
def readings(printed: str) -> tuple[Candidate, ...]:
    """Institutions that a printed name may stand for, best first, where its words are known to be one name.

    More than ``lookup``: words may be abbreviated or in another case, a short name or a place may follow. Not for
    finding where a name ends, which a place behind it would move.
    """
    return _ranked(_readings(printed).items())


def resolve(printed: str) -> Candidate | None:
    """The one institution a printed name stands for, or None when it is unknown or has several readings."""
    return decided(lookup(printed))


def decided(found: tuple[Candidate, ...]) -> Candidate | None:
    """The one of several readings, best first, that is meant where nothing else is known; None when none is."""
    if not found:
        return None
    usual = [c for c in found if c.because == "usual"]
    if len(usual) == 1 and found[0].because in {"usual", "acronym"}:
        return usual[0]
    best = [c for c in found if c.score == found[0].score]
    return best[0] if len(best) == 1 else None


@cache
def aliases(name: str) -> tuple[str, ...]:
    """Other names of a known institution: aliases, and the acronyms that are its own or usually mean it."""
    known = institutions().get(name)
    if known is None:
        return ()
    own = [
        a.rstrip("*")
        for a in known.acronyms
        if resolve(a.rstrip("*")) == _candidate_of(a.rstrip("*"), name)
    ]
    return (*(a for a in known.aliases if not a.endswith("?")), *own)


def _candidate_of(acronym: str, name: str) -> Candidate:
    return _candidate(name, _acronyms()[acronym][name])
