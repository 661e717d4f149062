"""Corrections put to work: talks and their entities as the corrections file wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg import ontology
from kg.corrections import NONE, Correction, Corrections, Named
from kg.editing import _adding, _hiding
from kg.editing._kinds import class_of
from kg.errors import CorrectionError
from kg.model import Fact, Page, Speaker, Talk
from kg.resolution import Entities, Registry, Row, form, resolve

__all__ = ["Edited", "check", "edit"]

_Change = Callable[[Fact], Fact]


@dataclass(frozen=True)
class Edited:
    """Talks after all corrections, what they name, and what was done.

    Parameters:
        stale: corrections that matched nothing, in the order of the file.
    """

    talks: tuple[Talk, ...]
    entities: Entities
    stale: tuple[Correction, ...] = ()


def edit(
    talks: Sequence[Talk],
    corrections: Corrections = NONE,
    before: Sequence[Row] = (),
    registry: Registry | None = None,
) -> Edited:
    """Resolve talks under corrections: facts dropped and added, names joined and kept apart, people hidden.

    Parameters:
        before: the identities of an earlier build, whose keys stay.
        registry: an imported registry of organizations.

    Raises:
        CorrectionError: a fact to be added is none; with the line.
    """
    parted = _parted(talks, corrections)
    entities = resolve(parted, corrections, before, registry)
    changed, matched = list(parted), set(entities.matched)
    for correction in corrections.of("drop"):
        changed = _count(changed, _dropped(changed, entities, correction), correction, matched)
    for correction in corrections.of("add"):
        check(correction)
        changed = _count(changed, _adding.added(changed, entities, correction), correction, matched)
    hidden = [c for c in corrections.of("hide") if _hiding.names(entities, c)]
    matched.update(c.line for c in hidden)
    if hidden:
        changed = _hiding.without(changed, entities, hidden)
    if changed != list(parted):
        entities = resolve(changed, corrections, before, registry)
        matched |= entities.matched
    stale = tuple(c for c in corrections.entries if c.line not in matched)
    return Edited(tuple(changed), entities, stale)


def check(correction: Correction) -> None:
    """Refuse a correction of a fact that no build could mind.

    Raises:
        CorrectionError: there is no such kind of fact, or the fact to be added is none.
    """
    if correction.action in {"drop", "add"}:
        kind = class_of(correction)
        if correction.action == "add" and ontology.plan(kind).claim.subject != "person":
            raise CorrectionError(f"{correction.place}: a fact of a talk cannot be added")
        if correction.action == "add":
            _adding.fact(kind, correction.names[0].name, correction)


def _count(
    before: list[Talk], after: list[Talk], correction: Correction, matched: set[int]
) -> list[Talk]:
    if any(one is not other for one, other in zip(before, after, strict=True)):
        matched.add(correction.line)
    return after


def _parted(talks: Sequence[Talk], corrections: Corrections) -> list[Talk]:
    """Organizations, awards and topics that a correction tells from what they were read as go by their printed name."""
    different = [
        c for c in corrections.of("different") if c.kind in {"organization", "award", "topic"}
    ]
    return [_as_printed(talk, different) for talk in talks] if different else list(talks)


def _as_printed(talk: Talk, different: Sequence[Correction]) -> Talk:
    def changed(fact: Fact) -> Fact:
        plan = ontology.plan(type(fact))
        kind, value = plan.claim.object, getattr(fact, plan.object_field)
        if value is None or not any(
            _tells_apart(c, kind, (fact.printed, value), talk.page) for c in different
        ):
            return fact
        field: dict[str, Any] = {plan.object_field: " ".join(fact.printed.split())}
        return replace(fact, **field)

    return with_facts(talk, changed)


def _tells_apart(correction: Correction, kind: str, forms: tuple[str, str], page: Page) -> bool:
    """Whether two forms of a fact, the printed one and the one it was read as, are two for a correction."""
    if correction.kind != kind:
        return False
    named = {form(kind, n.name): n for n in correction.names}
    printed, value = (named.get(form(kind, f)) for f in forms)
    return printed is not None and value is not None and printed != value and _on(printed, page)


def _on(named: Named, page: Page) -> bool:
    return named.page in {"", page.name}


def with_facts(talk: Talk, changed: _Change) -> Talk:
    """A talk whose facts went through a function; the same talk where nothing changed."""
    speakers = tuple(_with_facts(s, changed) for s in talk.speakers)
    topics = tuple(map(changed, talk.topics))
    same = all(
        a is b for a, b in zip((*speakers, *topics), (*talk.speakers, *talk.topics), strict=True)
    )
    return talk if same else replace(talk, speakers=speakers, topics=topics)


def _with_facts(speaker: Speaker, changed: _Change) -> Speaker:
    facts = tuple(map(changed, speaker.facts))
    same = all(a is b for a, b in zip(facts, speaker.facts, strict=True))
    return speaker if same else replace(speaker, facts=facts)


def _dropped(talks: Sequence[Talk], entities: Entities, correction: Correction) -> list[Talk]:
    """Talks in which the facts that a correction withdraws are marked."""
    kind = class_of(correction)
    subjects, target = set(_keys(entities, correction)), correction.value("object")

    def changed_on(page: Page) -> _Change:
        def changed(fact: Fact) -> Fact:
            about = type(fact) is kind and _subject(entities, fact, page) in subjects
            if fact.retracted or not about or not _has_object(entities, fact, target, page):
                return fact
            return replace(fact, retracted=correction.value("on") or correction.on)

        return changed

    (named,) = correction.names
    return [with_facts(t, changed_on(t.page)) if _on(named, t.page) else t for t in talks]


def _subject(entities: Entities, fact: Fact, page: Page) -> str:
    if ontology.plan(type(fact)).claim.subject == "person":
        return entities.of("person", fact.subject, page).key
    return form("talk", fact.subject)


def _keys(entities: Entities, correction: Correction) -> Iterator[str]:
    """Keys of the people of a name, and the form of a title."""
    for named in correction.names:
        yield from (e.key for e in entities.called("person", named.name))
        yield form("talk", named.name)


def _has_object(entities: Entities, fact: Fact, name: str, page: Page) -> bool:
    """Whether a fact has an object of this name, as printed or by any name of what it stands for."""
    plan = ontology.plan(type(fact))
    kind, value = plan.claim.object, getattr(fact, plan.object_field)
    if form(kind, fact.printed) == form(kind, name):
        return True
    return value is not None and entities.of(kind, value, page) in entities.called(kind, name)
