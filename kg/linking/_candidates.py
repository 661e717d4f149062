"""Candidates for an affiliation: the organizations that it may name, and how sure each is."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg import names, resources
from kg.linking import _asked
from kg.linking._matches import Finder, Match
from kg.linking._ror import Organization
from kg.linking._signs import Sign, Surroundings, says_nothing, signs
from kg.linking._store import Store

_SCHOOL = re.compile(r"\b(?:school|faculty|department|college of)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Weights:
    """What the signs count, learned by ``python -m kg.training.affiliations``.

    Parameters:
        least: how sure an answer must be.
    """

    points: Mapping[str, float]
    least: float


@cache
def weights() -> Weights:
    """Those in use: ``data/models/affiliations.json``."""
    known = json.loads((resources.folder("data/models") / "affiliations.json").read_text("utf-8"))
    return Weights(known["points"], known["least"])


@dataclass(frozen=True)
class Candidate:
    """An organization that an affiliation may name.

    Parameters:
        home: what it stands for: the university of a school; mostly itself.
    """

    record: Organization
    home: Organization
    match: Match
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Judged:
    """A candidate with the points of its signs, and how likely it is that the affiliation stands for its home."""

    candidate: Candidate
    because: tuple[tuple[str, float], ...]
    sure: float


class Reader:
    """Reads affiliations against one registry."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._finder = Finder(store)
        self._codes = store.countries()
        self._countries = {names.fold(c): c for c in self._codes.values()} | _asked.country_names()

    def candidates(self, text: str) -> list[Candidate]:
        """All that it may name, with the signs of each."""
        asked = _asked.read(text)
        matches = self._finder.matches(asked)
        if not matches:
            return []
        found = {m.id: self.store.record(m.id) for m in matches}
        around = Surroundings(
            asked,
            asked.countries(self._countries, self._codes),
            {m.id: found[m.id].parents for m in matches if m.firm},
            self._finder.ids_of_acronyms(asked),
            self.store.words,
        )
        return [
            Candidate(found[m.id], self._home(found[m.id]), m, tuple(signs(m, found[m.id], around)))
            for m in matches
            if not says_nothing(m, found[m.id], around)
        ]

    def judged(self, text: str) -> list[Judged]:
        """One candidate an organization, the surest first."""
        return judge(self.candidates(text), weights())

    def _home(self, record: Organization) -> Organization:
        """The institution of a school or faculty; the record itself for all others."""
        if _SCHOOL.search(record.name):
            known = [self.store.record(p) for p in record.parents if self.store.has(p)]
            parents = [p for p in known if p.kind == "education"]
            if len(parents) == 1:
                return parents[0]
        return record


def judge(candidates: Sequence[Candidate], by: Weights) -> list[Judged]:
    """How likely each is, against all others and against that it is none of them (which has no points)."""
    because = [_because(c, by) for c in candidates]
    points = [math.exp(sum(p for _, p in its)) for its in because]
    total = 1.0 + sum(points)
    best: dict[str, tuple[float, int]] = {}
    sure: dict[str, float] = {}
    for n, c in enumerate(candidates):
        best[c.home.id] = max(best.get(c.home.id, (0.0, n)), (points[n], -n), key=lambda x: x[0])
        sure[c.home.id] = sure.get(c.home.id, 0.0) + points[n] / total
    chosen = [
        (Judged(candidates[abs(n)], because[abs(n)], sure[id_])) for id_, (_, n) in best.items()
    ]
    return sorted(chosen, key=lambda j: (-j.sure, j.candidate.home.id))


def _because(candidate: Candidate, by: Weights) -> tuple[tuple[str, float], ...]:
    return tuple(
        (s.shown or s.name, round(by.points[s.name] * s.value, 2))
        for s in candidate.signs
        if by.points.get(s.name)
    )
