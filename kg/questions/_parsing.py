"""A question to what it asks for: whom or what, under which conditions, tied by and, or, not, and times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kg import days, queries
from kg.questions._linking import THERE, Linker, Named, Unclear
from kg.questions._phrases import Words, compiled

Years = tuple[int | None, int | None]

_LEADS = (
    r"(?:(?:can|could|would) you )?(?:please )?"
    r"(?:(?:list|show|find|give|name|tell|get) (?:me )?(?:all )?(?:of )?(?:the )?)?"
)
_PEOPLE = (
    r"(?:speakers?|people|persons?|researchers?|scientists?|scholars?|lecturers?|presenters?|academics?|economists?"
    r"|physicists?|biologists?|mathematicians?|participants?|guests?|women|men|names|panelists?|alumni)"
)
_TALKS = r"(?:talks?|lectures?|seminars?|presentations?|keynotes?|events?)"
_TIE = r"(?: who| that| which)?"
_MANY = r"(?:how many(?: of)?|(?:what is )?(?:the )?number of)(?: the| our)*"
_ALL = r"(?:(?:which|what|who are|what are|all|are there|is there|do we have) )?(?:the |our |of the |any )*"
_WHO = (
    r"(?:who|whoever|(?:is there )?(?:anyone|anybody|everyone|everybody|someone|somebody)(?: who| that)?|does anyone"
    r"|has anyone|those who)"
)
_HEADS = (
    (rf"{_LEADS}{_MANY} {_PEOPLE}{_TIE}", "person", True),
    (rf"{_LEADS}{_MANY} {_TALKS}{_TIE}", "talk", True),
    (rf"{_LEADS}{_ALL}{_PEOPLE}{_TIE}", "person", False),
    (rf"{_LEADS}{_WHO}", "person", False),
    (rf"{_LEADS}{_ALL}{_TALKS}{_TIE}", "talk", False),
)
_PRIZED = re.compile(
    rf"{_LEADS}(?:(?P<many>how many)|which|what|who are|all)?(?: the| our)* ?(?P<prize>(?:\S+ ){{1,6}}?)"
    r"(?:laureates?|winners?|recipients?|holders?|prizewinners?|fellows?) (?:who |that |which )?"
)
_OF_ROLE = re.compile(
    rf"{_LEADS}(?:(?P<many>how many)|which|what|who are|all)?(?: the| our| of)* ?(?P<role>(?:\S+ ){{1,3}}?)"
    r"(?:who |that |which )?(?=\S+ )"
)
_YEAR = r"(?:19|20)\d\d"
_TIMES = (
    (rf"(?:in|during|of|from|for) (?:the year )?({_YEAR})", lambda m: (int(m[1]), int(m[1]))),
    (rf"(?:between|from) ({_YEAR}) (?:and|to|until) ({_YEAR})", lambda m: (int(m[1]), int(m[2]))),
    (rf"(?:since|from|starting in) ({_YEAR})(?: on| onwards?)?", lambda m: (int(m[1]), None)),
    (rf"(?:from )?after ({_YEAR})", lambda m: (int(m[1]) + 1, None)),
    (rf"(?:from )?(?:before|earlier than|prior to) ({_YEAR})", lambda m: (None, int(m[1]) - 1)),
    (rf"(?:until|up to|till|by) ({_YEAR})", lambda m: (None, int(m[1]))),
    (r"(?:in|during|from) the ((?:19|20)\d)0s", lambda m: (int(m[1]) * 10, int(m[1]) * 10 + 9)),
)
_EACH = 0.8
"""What every further condition costs: the fewest that explain all words are meant."""
_NOISE = frozenset(
    "the a an all also now currently today ever please any our both either each other too well as have has been "
    "already later altogether overall total only somebody someone so far together".split()
)
_TIES = frozenset(["and", "or", "but", ",", "who", "that", "which", "then", "&", "whose"])
_PLACED = frozenset(
    "work works worked working teach teaches study studied train trained been".split()
)
_PARTS = frozenset(["member", "speaker", "panelist", "moderator", "host"])
"""Roles that say nothing of a post."""
_NOT = frozenset(["not", "without", "no", "nor", "except", "excluding"])
_DO = frozenset("do does did has have had is are was were".split())


@dataclass(frozen=True)
class Atom:
    """One condition with what stands in its slots."""

    condition: queries.Query
    values: Mapping[str, Named]
    negated: bool = False
    either: bool = False
    years: Years = (None, None)

    @property
    def sure(self) -> float:
        """How well its words were understood."""
        return min((v.sure for v in self.values.values()), default=1.0)

    def told(self) -> str:
        """The condition in words."""
        labels = {name: " or ".join(v.labels) for name, v in self.values.items()}
        said = self.condition.title.format_map(labels)
        low, high = self.years
        when = (
            f" in {low}"
            if low == high and low
            else f" from {low}" * bool(low) + f" until {high}" * bool(high)
        )
        return f"{'not: ' if self.negated else ''}{said}{when}"


@dataclass(frozen=True)
class Asked:
    """What a question asks for: people or talks, or how many, that meet one of several sets of conditions."""

    target: str
    counts: bool
    atoms: tuple[Atom, ...]


@dataclass(frozen=True)
class _State:
    score: float
    atoms: tuple[Atom, ...] = ()


@dataclass
class Parser:
    """Reads questions over one graph."""

    linker: Linker
    unclear: list[Unclear] = field(default_factory=list)

    def parse(self, words: Words) -> Asked | None:
        """What is asked for; None where a word is left that nothing explains."""
        words = _at_there(words)
        best: tuple[float, Asked] | None = None
        for target, counts, first, rest in (*self._heads(words), *_headless(words)):
            found = self._atoms(rest, target, first)
            score = found.score - (rest is words) + 2.0 * len(first) if found else 0.0
            if found and found.atoms and (best is None or score > best[0]):
                best = score, Asked(target, counts, found.atoms)
        return best[1] if best else None

    def _heads(self, words: Words) -> Iterator[tuple[str, bool, tuple[Atom, ...], Words]]:
        """What may be asked for by how the question opens, with the rest of its words."""
        text = "".join(f"{w} " for w in words.plain)
        for form, target, counts in _HEADS:
            if match := re.match(rf"{form} ", text):
                yield target, counts, (), words[match.group().count(" ") :]
        if match := _OF_ROLE.match(text):
            start, end = (text.count(" ", 0, match.span("role")[n]) for n in (0, 1))
            role = self._slot("role", words[start:end])
            if role and role.labels[0] not in _PARTS:
                atom = Atom(queries.conditions()["role"], {"role": role})
                yield "person", bool(match["many"]), (atom,), words[match.group().count(" ") :]
        if match := _PRIZED.match(text):
            start, end = (text.count(" ", 0, match.span("prize")[n]) for n in (0, 1))
            prize = self._slot("award", words[start:end])
            if prize:
                atom = Atom(queries.conditions()["award"], {"award": prize})
                yield "person", bool(match["many"]), (atom,), words[match.group().count(" ") :]

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
        for end in range(at + 1, min(len(words), at + 16) + 1):
            if years := time(words[at:end]):
                yield end, _dated(state, years)
            if day := _on_day(words[at:end]):
                yield end, _on(state, day)
            either, negated = _tied(words, at)
            for atom, weight in self._fitting(words[at:end], target, state):
                new = replace(atom, either=either, negated=atom.negated or negated)
                yield end, _State(state.score + weight, (*state.atoms, new))
            if state.atoms and at and words.plain[at - 1] in {"and", "or", ","}:
                yield from self._elliptical(words, at, end, state)

    def _elliptical(
        self, words: Words, at: int, end: int, state: _State
    ) -> Iterator[tuple[int, _State]]:
        """A further name where a condition has been told: "from Lund or Oslo", "a Tern Medal and a Heron Prize"."""
        last = state.atoms[-1]
        if not last.values:
            return
        slot = list(last.values)[-1]
        named = self._slot(last.condition.parameter(slot).type, words[at:end])
        if named is None:
            return
        score = state.score + (end - at) * named.sure - 0.1
        either = "or" in words.plain[at:] and words.plain[at - 1] != "and"
        either = words.plain[at - 1] == "or" or (words.plain[at - 1] == "," and either)
        if either:
            old = last.values[slot]
            both = Named(
                (*old.values, *named.values),
                (*old.labels, *named.labels),
                min(old.sure, named.sure),
            )
            atom = replace(last, values={**last.values, slot: both})
            yield end, _State(score, (*state.atoms[:-1], atom))
        else:
            yield (
                end,
                _State(score, (*state.atoms, replace(last, values={**last.values, slot: named}))),
            )

    def _fitting(self, words: Words, target: str, state: _State) -> Iterator[tuple[Atom, float]]:
        """Conditions that some words are, each with how much of them it explains."""
        for form, negated in _affirmed(words):
            for condition in queries.conditions().values():
                for phrasing in condition.phrasings:
                    phrase = compiled(phrasing)
                    for slots in phrase.fits(form):
                        named = self._slots(condition, slots)
                        if named is not None:
                            atom = Atom(condition, named, negated)
                            own = 0.3 if condition.of == target else -0.4 * (target == "talk")
                            told = 0.05 * phrase.literal + own - _EACH
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


def _headless(words: Words) -> Iterator[tuple[str, bool, tuple[Atom, ...], Words]]:
    """Questions that are but conditions: "students of Ada Byron"."""
    yield "person", False, (), words
    yield "talk", False, (), words


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
        if word == "there" and n and words.plain[n - 1] in _PLACED:
            printed, plain = ((*w[:n], "at", *w[n:]) for w in (words.printed, words.plain))
            return Words(printed, plain)
    return words


def _affirmed(words: Words) -> Iterator[tuple[Words, bool]]:
    """Words as they stand, and where they are negated without what negates them."""
    yield words, False
    if words.plain[0] == "without":
        yield Words(("with", *words.printed[1:]), ("with", *words.plain[1:])), True
    for at, word in enumerate(words.plain[:3]):
        if word in _NOT:
            plain = words.without(at)
            yield plain, True
            if at and plain.plain[at - 1] in _DO and len(plain) > 1:
                yield plain.without(at - 1), True


def time(words: Words) -> Years | None:
    """The first and last years that words tell: "in 2014", "before 1970", "between 2000 and 2010"; None for none."""
    text = " ".join(words.plain)
    return next((years(m) for form, years in _TIMES if (m := re.fullmatch(form, text))), None)


_DAY = re.compile(r"on (?P<day>.*\d.*)")


def _on_day(words: Words) -> str | None:
    """The day that words tell, as a date: "on 8 December 1993"."""
    match = _DAY.fullmatch(" ".join(words.printed)) if 3 <= len(words) <= 6 else None
    day = days.read(match["day"]) if match else None
    return day if day and len(day) == len("2000-01-01") else None


def _on(state: _State, day: str) -> _State:
    spoke = Atom(queries.conditions()["spoke-on"], {"day": Named((day,), (day,))})
    return _State(state.score + 3, (*state.atoms, spoke))


def _dated(state: _State, years: Years) -> _State:
    """A time told behind a condition is its own; before all, or behind none that has times, it is that of a talk."""
    last = state.atoms[-1] if state.atoms else None
    if last and (last.condition.year or last.condition.of == "talk") and last.years == (None, None):
        return _State(state.score + 2, (*state.atoms[:-1], replace(last, years=years)))
    spoke = Atom(queries.conditions()["spoke"], {}, years=years)
    return _State(state.score + 1, (*state.atoms, spoke))
