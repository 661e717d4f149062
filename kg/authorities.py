"""Known names: the bundled gazetteer of institutions and the topic vocabulary.

A name is looked up in this order: exact canonical name, alias, acronym. An acronym or alias that several
institutions share is answered only when the vocabulary marks one reading as the usual one on talk pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from kg import names, resources
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
            _add(index, acronym.rstrip("*"), known.name, because)
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


@cache
def lookup(printed: str) -> tuple[Candidate, ...]:
    """Institutions that a printed name may stand for, best first; empty when none is known."""
    acronyms = _acronyms().get(printed.strip().replace(".", ""), {})
    keys = (names.fold(printed), names.organization_key(printed), names.university_key(printed))
    forms: dict[str, str] = next((_index()[k] for k in keys if k in _index()), {})
    return _ranked({**acronyms, **forms}.items())


def resolve(printed: str) -> Candidate | None:
    """The one institution a printed name stands for, or None when it is unknown or has several readings."""
    found = lookup(printed)
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


def choose(printed: str, text: str = "", near: Collection[str] = ()) -> Choice:
    """What a printed name stands for in its surroundings.

    Parameters:
        printed: the name as printed.
        text: the words around it.
        near: other organizations of the page.
    """
    found = lookup(printed)
    return Choice(found, resolve(printed), ())
