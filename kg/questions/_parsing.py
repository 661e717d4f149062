"""A question to what it asks for: whom or what, under which conditions, tied by and, or, not, and times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from kg import queries
from kg.questions._asked import THERE, Asked, Atom, Named, Unclear, Years
from kg.questions._composing import edged
from kg.questions._heads import Head, heads
from kg.questions._linking import Linker
from kg.questions._phrases import Book, Phrase, Words, compiled
from kg.questions._times import dated, time

_HEADLESS = (Head("person", 0), Head("talk", 0))
"""Questions that are but conditions: "students of Ada Byron"."""
_PEOPLE = frozenset("expert experts specialist specialists people speakers researchers".split())
"""Questions that open so ask for no talks."""
_DEEPEST = 2
_ASKS = frozenset("which what who where when how why".split())
_TALKS = frozenset(
    "talk talks lecture lectures seminar seminars presentation presentations".split()
)
_NOUN = re.compile(
    r"(?:(?:the|all|our|any|other|a|an|of|those|former|phd|doctoral|graduate|most) )*"
    r"(?:\S+ ){0,5}?(?:(?:'s )?(?:speakers?|people|persons?|researchers?|scientists?|scholars?|students?|advisees?"
    r"|winners?|laureates?|recipients?|holders?|members?|fellows?|alumni|alumnus|graduates?|professors?|postdocs?"
    r"|founders?|advisors?|supervisors?|mentors?|lecturers?|colleagues?|directors?|engineers?|academics|everyone"
    r"|everybody|someone|somebody|anyone|anybody|those|staff|faculty|scholars?|economists?|presenters?|panelists?))"
    r"(?: |$)"
)
"""Words that tell people by conditions have one of these soon."""
_EACH = 0.8
"""What every further condition costs: the fewest that explain all words are meant."""
_NOISE = frozenset(
    "the a an all also now currently today ever please any our both either each other too well as have has been "
    "already later altogether overall total so far ones".split()
)
_TIES = frozenset(["and", "or", "but", ",", "who", "that", "which", "then", "&", "whose"])
_LINKS = frozenset(["and", "or", ",", "not", "nor"])
_AGAIN = frozenset("of at from in on about the to by for with a an".split())
"""What may be said again before a further name: "from Lund or from Oslo"."""
_DEGREES = frozenset(
    ["degree", "degree-in", "any-degree", "any-degree-in", "office", "post-called"]
)
_NARROWER = {"degree-from": ("in", "topic"), "degree-in": ("from at", "institution")}
"""Conditions of a degree, before what further words tell of it."""
_OF_TALKS = frozenset(["took-place", "talk-from"])
_FROM = frozenset(["works-at", "city", "country"])
"""Behind a degree "from Lund" tells of the degree, not of the person."""
_POSTS = frozenset(["role", "named"])
_NO_PLACE = frozenset("is are was were be at from in to do does did who that which and or".split())
"""Behind these "there" stands for no place, or already with what ties it."""
_NOT = frozenset(["not", "neither", "without", "no", "nor", "except", "excluding"])
_DO = frozenset("do does did has have had is are was were".split())


@dataclass(frozen=True)
class _State:
    score: float
    atoms: tuple[Atom, ...] = ()


@dataclass
class Parser:
    """Reads questions over one graph."""

    linker: Linker
    unclear: list[Unclear] = field(default_factory=list)
    _depth: int = 0

    def __post_init__(self) -> None:
        """People may also be told by conditions."""
        self.linker.described = self.people

    def parse(self, words: Words) -> Asked | None:
        """What is asked for; None where a word is left that nothing explains."""
        words = _at_there(words)
        openings = list(heads(words, self._slot))
        if not any(head.whether for head in openings):  # "did Ada Byron train ..." asks of her
            openings += _headless(words)
        return self._best(self._read(words, openings))

    def people(self, words: Words) -> Asked | None:
        """Those whom words tell by conditions, as in "speakers from Lund", "the students of Ada Byron"."""
        asks = words.plain[0] in _ASKS
        asks = asks or words.plain[0] in _TALKS
        if self._depth >= _DEEPEST or asks or not _NOUN.match(" ".join(words.plain)):
            return None
        self._depth += 1
        known = len(self.unclear)
        openings = [
            h
            for h in (*heads(words, self._slot), _HEADLESS[0])
            if h.target == "person" and not (h.counts or h.whether or h.edge)
        ]
        found = self._best(self._read(words, openings))
        del self.unclear[known:]
        self._depth -= 1
        return found

    def _read(self, words: Words, openings: list[Head]) -> Iterator[tuple[float, Asked]]:
        """Every opening with the best reading of what follows it."""
        for head in openings:
            for rest in _rests(words, head):
                found = self._atoms(rest, head.target, head.first)
                if found and len(found.atoms) > head.whether:
                    score = found.score + head.told - (not head.end)
                    asked = Asked(head.target, head.counts, found.atoms, head.edge, head.whether)
                    yield score, replace(asked, dated=head.dated)

    def _best(self, found: Iterator[tuple[float, Asked]]) -> Asked | None:
        fine = (pair for pair in found if not pair[1].edge or edged(pair[1]))
        best = max(fine, key=lambda pair: pair[0], default=None)
        return replace(best[1], atoms=_shared(best[1].atoms)) if best else None

    def _atoms(self, words: Words, target: str, first: tuple[Atom, ...]) -> _State | None:
        """The best way to read all words as conditions, from left to right."""
        reached: list[list[_State]] = [[] for _ in range(len(words) + 1)]
        reached[0] = [_State(0.0, first)]
        for at in range(len(words)):
            for state in sorted(reached[at], key=lambda s: -s.score)[:4]:
                for end, new in self._steps(words, at, state, target):
                    reached[end].append(new)
        return max(reached[-1], key=lambda s: s.score, default=None)

    def _steps(
        self, words: Words, at: int, state: _State, target: str
    ) -> Iterator[tuple[int, _State]]:
        word = words.plain[at]
        if word in _TIES or word in _NOISE:
            yield at + 1, replace(state, score=state.score - (0.2 if word in _NOISE else 0.05))
        either, negated = _tied(words, at)
        for end in range(at + 1, min(len(words), at + 16) + 1):
            yield from ((end, new) for new in _timed(words[at:end], state))
            yield from ((end, new) for new in _again(words, at, end, state, target))
            for atom, weight in self._within(words[at:end], target, state):
                new = replace(atom, either=either, negated=atom.negated or negated)
                yield end, _State(state.score + weight, (*state.atoms, new))
            if state.atoms and at and words.plain[at - 1] in _LINKS:
                yield from self._elliptical(words, at, end, state)
            if state.atoms and word in {"not", "nor"} and end > at + 1:
                further = self._elliptical(words, at + 1, end, state)
                yield from ((to, replace(new, score=new.score + 1)) for to, new in further)
            if state.atoms and word in _NOT and end > at + 2:
                yield from self._narrowed(words, at, end, state)

    def _within(self, words: Words, target: str, state: _State) -> Iterator[tuple[Atom, float]]:
        """Conditions that some words are, perhaps with a time in their middle."""
        for told, years in _untimed(words):
            for atom, weight in self._fitting(told, target, state):
                if years is None:
                    yield atom, weight
                elif atom.condition.year or atom.condition.of == "talk":
                    yield replace(atom, years=years), weight + len(words) - len(told)

    def _narrowed(
        self, words: Words, at: int, end: int, state: _State
    ) -> Iterator[tuple[int, _State]]:
        """What a degree just told is not: "a PhD from Lund, but not in physics"."""
        last = state.atoms[-1]
        links, slot = _NARROWER.get(last.condition.name, ("", ""))
        if words.plain[at + 1] not in links.split() or last.negated:
            return
        whole = queries.conditions()["degree-in-from"]
        named = self._slot(whole.parameter(slot).type, words[at + 2 : end])
        if named:
            atom = Atom(whole, {**last.values, slot: named}, negated=True)
            score = state.score + (end - at) * named.sure
            yield end, _State(score, (*state.atoms, atom))

    def _elliptical(
        self, words: Words, at: int, end: int, state: _State
    ) -> Iterator[tuple[int, _State]]:
        """A further name where a condition has been told: "from Lund or Oslo", "a Tern Medal and a Heron Prize"."""
        last = state.atoms[-1]
        if not last.values:
            return
        slot = list(last.values)[-1]
        start = at
        while start < end - 1 and words.plain[start] in _AGAIN:
            start += 1
        named = self._slot(last.condition.parameter(slot).type, words[start:end])
        if named is None:
            return
        score = state.score + (end - at) * named.sure - 0.1
        tied = words.plain[at - 1] == "and"
        every = tied and last.condition.name == "named"  # nobody is two people: each of them
        either = every or ("or" in words.plain[at:] and not tied)
        either = every or words.plain[at - 1] == "or" or (words.plain[at - 1] == "," and either)
        if either:
            old = last.values[slot]
            both = Named(
                (*old.values, *named.values),
                (*old.labels, *named.labels),
                min(old.sure, named.sure),
                every=every,
            )
            atom = replace(last, values={**last.values, slot: both})
            yield end, _State(score, (*state.atoms[:-1], atom))
        else:
            denied = words.plain[at - 1] in {"not", "nor"}
            atom = replace(last, values={**last.values, slot: named}, negated=denied)
            yield end, _State(score, (*state.atoms, atom))

    def _fitting(self, words: Words, target: str, state: _State) -> Iterator[tuple[Atom, float]]:
        """Conditions that some words are, each with how much of them it explains."""
        ceased = tuple(_ceased(words, state))
        possible = {condition.name for condition in _possible(target, state)}
        if ceased:
            possible.discard("left")  # of those told before, not of everybody
        known, book = _known()
        for form, negated in (*_affirmed(words), *ceased):
            near = (known[number] for number in book.near(form))
            for condition, phrase in (pair for pair in near if pair[0].name in possible):
                for slots in phrase.fits(form):
                    named = self._slots(condition, slots)
                    if named is not None:
                        atom = Atom(condition, named, negated)
                        own = 0.3 if condition.of == target else -0.4 * (target == "talk")
                        told = 0.05 * phrase.literal - 0.1 * len(slots) + own - _EACH
                        yield _there(atom, state), len(words) * (0.5 + 0.5 * atom.sure) + told

    def _slots(
        self, condition: queries.Query, slots: Mapping[str, Words]
    ) -> dict[str, Named] | None:
        found = {}
        for name, words in slots.items():
            named = self._slot(condition.parameter(name).type, words)
            if named is None:
                return None
            found[name] = named
        return found

    def _slot(self, kind: str, words: Words) -> Named | None:
        if len(words) > 12 or not len(words):
            return None
        found = self.linker.link(kind, words)
        if isinstance(found, Unclear):
            self.unclear.append(found)
            return None
        return found


@cache
def _known() -> tuple[tuple[tuple[queries.Query, Phrase], ...], Book]:
    """Every phrasing of a condition with it."""
    every = queries.conditions().values()
    found = tuple((c, compiled(phrasing)) for c in every for phrasing in c.phrasings)
    return found, Book([phrase for _, phrase in found])


def _headless(words: Words) -> tuple[Head, ...]:
    """Questions that are but conditions open with no word that asks."""
    if words.plain[:1] and words.plain[0] in _ASKS:
        return ()
    return _HEADLESS[: 1 if words.plain[:1] and words.plain[0] in _PEOPLE else 2]


def _rests(words: Words, head: Head) -> Iterator[Words]:
    """What follows an opening; in a question of yes or no the verb in front may belong to it."""
    rest = words[head.end :]
    yield rest
    if head.whether:
        yield words[:1] + rest


def _possible(target: str, state: _State) -> Iterator[queries.Query]:
    """The conditions that may come next: what tells but a place stands right behind those who are there."""
    alone = all(a.condition.name in _POSTS for a in state.atoms)
    degree = bool(state.atoms) and state.atoms[-1].condition.name in _DEGREES
    for name, condition in queries.conditions().items():
        if name == "by" and target == "person":
            continue  # of people in the same talks nobody asks so
        bare = (not alone and name.startswith("in-")) or (degree and name in _FROM)
        if not bare and (target == "talk" or name not in _OF_TALKS):
            yield condition


def _untimed(words: Words) -> Iterator[tuple[Words, Years | None]]:
    """Words as they stand, and without a time in their middle: "a PhD in 1999 from Lund"."""
    yield words, None
    if not any(word[:2] in {"19", "20"} for word in words.plain[2:-1]):
        return
    for start in range(1, len(words) - 2):
        for end in range(start + 2, min(len(words), start + 6)):
            if years := time(words[start:end]):
                yield words[:start] + words[end:], years


def _shared(atoms: tuple[Atom, ...]) -> tuple[Atom, ...]:
    """Conditions where a school told last is that of the degrees before: "a bachelor's and a PhD from Lund"."""
    found = list(atoms)
    for n in range(len(found) - 1, 0, -1):
        last, before = found[n], found[n - 1]
        if (last.condition.name, before.condition.name) == ("degree-from", "degree"):
            values = {**before.values, "institution": last.values["institution"]}
            found[n - 1] = replace(before, condition=last.condition, values=values)
    return tuple(found)


def _there(atom: Atom, state: _State) -> Atom:
    """A condition whose institution is "there": that of the condition before."""
    if atom.values.get("institution") != THERE:
        return atom
    before = (a.values["institution"] for a in reversed(state.atoms) if "institution" in a.values)
    return replace(atom, values={**atom.values, "institution": next(before, THERE)})


def _tied(words: Words, at: int) -> tuple[bool, bool]:
    """Whether the words before a condition say "or", and whether they say "not"."""
    before: list[str] = []
    while at and words.plain[at - 1] in _TIES | _NOISE | _NOT:
        at -= 1
        before.append(words.plain[at])
    return "or" in before, bool(_NOT & set(before[:1]))


def _at_there(words: Words) -> Words:
    """ "Works there" as "works at there": what stands behind "at" is a name."""
    for n, word in enumerate(words.plain):
        if word == "there" and n and words.plain[n - 1] not in _NO_PLACE:
            return words[:n] + Words.of("at") + words[n:]
    return words


def _affirmed(words: Words) -> Iterator[tuple[Words, bool]]:
    """Words as they stand, and where they are negated without what negates them."""
    yield words, False
    if words.plain[0] == "without":
        yield Words.of("with") + words[1:], True
    for at, word in enumerate(words.plain[:3]):
        if word in _NOT:
            plain = words.without(at)
            yield plain, True
            if at and plain.plain[at - 1] in _DO and len(plain) > 1:
                yield plain.without(at - 1), True


def _ceased(words: Words, state: _State) -> Iterator[tuple[Words, bool]]:
    """Behind other conditions "no longer works there" and "is not there any more" deny what is now."""
    if not state.atoms:
        return
    if words.plain[:2] == ("no", "longer") and len(words) > 2:
        yield words[2:], True
    if words.plain[-1] in {"anymore", "now"} and len(words) > 1:
        yield from ((form, True) for form, negated in _affirmed(words[:-1]) if negated)


def _timed(words: Words, state: _State) -> Iterator[_State]:
    """What a time, or a day or months of a talk, adds."""
    if years := time(words):
        yield _dated(state, years)
    if day := dated(words):
        yield _State(state.score + len(words), (*state.atoms, day))


def _again(words: Words, at: int, end: int, state: _State, target: str) -> Iterator[_State]:
    """A further time of a talk: "who spoke in 2014 and 2009", "in 2014 but not in 2009"."""
    last = state.atoms[-1] if state.atoms else None
    if last is None or last.years == (None, None) or last.condition.of != "talk":
        return
    said, denied = _denying(words[at:end])
    years = time(said) or time(Words.of("in") + said)
    if years is None or (at and words.plain[at - 1] not in _LINKS and not denied):
        return
    either = not denied and (target == "talk" or words.plain[at - 1] == "or")
    if either and len(state.atoms) > 1:
        return  # "or" parts all that is told before
    atom = replace(last, years=years, negated=denied, either=either)
    yield _State(state.score + end - at + 1, (*state.atoms, atom))


def _denying(words: Words) -> tuple[Words, bool]:
    """Words without a "not" in front, and whether there is one."""
    denied = words.plain[0] in _NOT
    return (words[1:] if denied else words), denied


def _dated(state: _State, years: Years) -> _State:
    """A time told behind a condition is its own; before all, or behind none that has times, it is that of a talk."""
    last = state.atoms[-1] if state.atoms else None
    if last and (last.condition.year or last.condition.of == "talk") and last.years == (None, None):
        return _State(state.score + 2, (*state.atoms[:-1], replace(last, years=years)))
    spoke = Atom(queries.conditions()["spoke"], {}, years=years)
    return _State(state.score + 1, (*state.atoms, spoke))
