"""Frames to facts, one kind a module: a ``Fact`` subclass and ``find(passage) -> list[Fact]``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Protocol, cast

from kg import authorities, choices, names, registry
from kg.clauses import Frame
from kg.model import Evidence, Fact, Mention, Page, Span


@dataclass(frozen=True)
class Passage:
    """All frames that speak of one person on a page.

    Parameters:
        subject: the person's name.
        current: canonical names of the organizations the person is at, by the page.
        known: canonical names of every organization the page names, to read an ambiguous short name.
    """

    page: Page
    subject: str
    frames: tuple[Frame, ...]
    current: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()

    def organization(self, mention: Mention) -> str:
        """Canonical name of an organization as far as it is known, else the printed name in one line."""
        return organization_name(mention, self.known, self.page.text)

    def place(self, frame: Frame) -> str | None:
        """Canonical name of the frame's organization."""
        return self.organization(frame.organization) if frame.organization else None

    def printed(self, span: Span) -> str:
        """The page's words at a span."""
        return self.page.text[span.start : span.end]

    def evidence(self, frame: Frame, *others: Mention | None) -> Evidence:
        """The sentence, stretched over what was carried in from elsewhere."""
        spans = [
            frame.sentence.span,
            *([frame.cue] if frame.cue else []),
            *(m.span for m in others if m),
        ]
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        return Evidence(self.page, start, end, self.page.text[start:end])

    def held(self, frame: Frame) -> str:
        """``now``, ``past`` or ``future``: the frame's tense in the light of where the person is now."""
        place = self.place(frame)
        if frame.tense in {"joined", "appointed"} and self._rose(frame):
            return "past"
        if frame.tense in {"now", "past", "future"}:
            return frame.tense
        if place in self.current or (frame.tense == "current" and not self._left(place)):
            return "now"
        if frame.tense == "perfect":
            lasts = (frame.start and not frame.end) or _SINCE.search(frame.sentence.text)
            return "now" if lasts else "past"
        if frame.tense == "founded":
            return "now"
        return "past" if self.current or self._moved_on(frame) else "now"

    def _rose(self, frame: Frame) -> bool:
        """Whether the page tells of a later post at the same place that the person was raised to."""
        place = self.place(frame)
        return bool(frame.anchor and frame.start) and any(
            other.kind == "post"
            and other.tense in _TAKEN_UP
            and other.anchor is not None
            and other.start > frame.start
            and self.place(other) == place
            for other in self.frames
        )

    def _moved_on(self, frame: Frame) -> bool:
        """Whether the page tells of a later place that the person took up."""
        place, at = self.place(frame), self.frames.index(frame)
        for n, other in enumerate(self.frames):
            elsewhere = other.organization is not None and self.place(other) != place
            if other.kind != "post" or not elsewhere or other.tense not in _TAKEN_UP:
                continue
            centre = other.organization is not None and other.organization.note == "centre"
            later = other.start > frame.start if other.start and frame.start else n > at
            if later and not (centre and other.tense == "appointed"):
                return True
        return False

    def _left(self, place: str | None) -> bool:
        """Whether the page tells of a post at the place as held earlier."""
        return any(f.tense == "past" and self.place(f) == place for f in self.frames)


_SINCE = re.compile(r"\b(?:since then|ever since)\b", re.IGNORECASE)
_TAKEN_UP = frozenset({"joined", "appointed", "current"})


class Finder(Protocol):
    """What a module of this folder offers."""

    def find(self, passage: Passage) -> list[Fact]:
        """Facts of the module's kind."""


@cache
def finders() -> tuple[Finder, ...]:
    """Every module of this folder, in the order of their names."""
    import kg.facts as package  # noqa: PLC0415  the folder is the registry

    return tuple(cast(Finder, m) for m in registry.modules(package))


def find_all(passage: Passage) -> tuple[Fact, ...]:
    """Facts of every kind, repeats settled."""
    return settle(f for finder in finders() for f in finder.find(passage))


Chances = Mapping[tuple[Span, str], float]


def believed(
    grammar: tuple[Fact, ...], added: Iterable[Fact], chances: Chances, least: float
) -> tuple[Fact, ...]:
    """Facts of the clauses that the learned chain does not find improbable, and posts that only it reads.

    Which kinds it may strike out was chosen on pages held back.

    Parameters:
        chances: what the chain gives the facts of the clauses, by object and kind.
        least: how probable a fact of the clauses must be to stay.
    """
    kept = [f for f in grammar if _stands(f, chances, least)]
    new = [a for a in added if not any(_overlap(f.at, a.at) for f in kept)]
    return settle([*kept, *new])


_CHECKED = frozenset({"Affiliation", "Education"})


def _stands(fact: Fact, chances: Chances, least: float) -> bool:
    kind = type(fact).__name__
    return kind not in _CHECKED or chances.get((fact.at, kind), 1.0) >= least


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


@cache
def classes() -> dict[str, type[Fact]]:
    """The class of every kind of fact of this folder, by its name."""
    import kg.facts as package  # noqa: PLC0415  the folder is the registry

    return {
        thing.__name__: thing
        for module in registry.modules(package)
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Fact)
        and thing.__module__ == module.__name__
    }


def settle(found: Iterable[Fact]) -> tuple[Fact, ...]:
    """Of facts that say the same of the same object keep the fuller one, in reading order."""
    kept: list[Fact] = []
    numbered = list(enumerate(found))
    order = {id(f): n for n, f in numbered}
    for _, fact in sorted(
        numbered, key=lambda p: (type(p[1]).__name__, p[1].at, -_fullness(p[1]), p[0])
    ):
        at = next((i for i, k in enumerate(kept) if _same(k, fact)), None)
        if at is None:
            kept.append(fact)
        elif _fullness(fact) > _fullness(kept[at]):
            kept[at] = filled(fact, kept[at])
        else:
            kept[at] = filled(kept[at], fact)
        order.setdefault(id(kept[at if at is not None else -1]), order[id(fact)])
    return tuple(sorted(kept, key=lambda f: (f.at, type(f).__name__, -_dated(f), order[id(f)])))


def _dated(fact: Fact) -> int:
    return sum(bool(getattr(fact, n, None)) for n in ("start", "end"))


def _values(fact: Fact) -> dict[str, object]:
    base = set(Fact.__dataclass_fields__)
    return {n: getattr(fact, n) for n in type(fact).__dataclass_fields__ if n not in base}


def _fullness(fact: Fact) -> int:
    """How much a fact tells; a role tells more than a unit."""
    values = _values(fact)
    return sum(bool(v) for v in values.values()) + bool(values.get("role"))


def housed(fact: Fact) -> Fact:
    """A fact of a school as one of the institution that the school is a unit of."""
    place = getattr(fact, "organization", None)
    school = authorities.school(place) if place and hasattr(fact, "unit") else None
    if school is None:
        return fact
    inner = getattr(fact, "unit", None) or ""
    apart = inner and names.fold(school.name) not in names.fold(inner)
    unit = f"{inner}, {school.name}" if apart else inner or school.name
    told: dict[str, Any] = {"organization": school.parent, "unit": unit}
    return replace(fact, **told)


_APART = 1500


def filled(fuller: Fact, other: Fact) -> Fact:
    """The fuller of two facts of one post, with the unit and years that only the other one tells.

    The quote is stretched over both; what stands further than a long paragraph away is left alone.
    """
    missing = {
        n: getattr(other, n)
        for n in ("unit", "start", "end")
        if getattr(fuller, n, "") is None and getattr(other, n, None)
    }
    a, b = fuller.evidence, other.evidence
    start, end = min(a.start, b.start), max(a.end, b.end)
    if not missing or a.page is not b.page or end - start > _APART:
        return fuller
    both = Evidence(a.page, start, end, a.page.text[start:end])
    return replace(fuller, evidence=both, **missing)


def _same(a: Fact, b: Fact) -> bool:
    """Whether two facts are one: same kind and object, and no value on which they differ."""
    if type(a) is not type(b):
        return False
    one, two = _values(a), _values(b)
    key = type(a).OBJECT
    if one[key] is None or names.fold(str(one[key])) != names.fold(str(two[key])):
        return False
    return all(not one[n] or not two[n] or _agree(n, one[n], two[n]) for n in one if n != key)


def _agree(name: str, one: object, two: object) -> bool:
    a, b = names.fold(str(one)), names.fold(str(two))
    return (
        a == b or (name in {"role", "unit", "field"} and (a in b or b in a)) or name == "advisors"
    )


def organization_name(mention: Mention, known: frozenset[str], text: str = "") -> str:
    """Canonical name of an organization mention.

    Parameters:
        known: canonical names that the page holds in full; they settle an ambiguous short name.
        text: of the page; the line around the mention settles one as well.
    """
    span = mention.span
    printed = text[span.start : span.end] if text else mention.value
    line = text[text.rfind("\n", 0, span.start) + 1 :].split("\n", 1)[0] if text else ""
    choice = choices.choose(" ".join(printed.split()), line, known)
    if len(choice.candidates) > 1 and mention.value in {
        printed,
        *(c.name for c in choice.candidates),
    }:
        return choice.chosen.name if choice.chosen else " ".join(printed.split())
    best = authorities.resolve(mention.value)
    return (
        best.name
        if best
        else " ".join(mention.value.split()).removeprefix("the ").removeprefix("The ")
    )
