"""People who asked not to be shown: out of talks, facts and the texts of pages, with every name and sentence of theirs.

Offsets hold because a letter is replaced by a block of the same length.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any

from kg import ontology
from kg.corrections import Correction
from kg.editing._words import BLOCK, family_of, folded, given_of, is_own, words_of
from kg.model import Entity, Evidence, Fact, Page, Span, Speaker, Talk
from kg.resolution import Entities, form, listed, same_name

_LOG = logging.getLogger("kg")
_WORD = re.compile(r"(?<!\S)[^\W_]+(?!\S)")
_LINE = re.compile(r"\n")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_OWN_FIELDS = frozenset({"subject", "printed", "rule", "retracted"})


def names(entities: Entities, correction: Correction) -> frozenset[Entity]:
    """The people whom a correction hides: those who have the name."""
    return frozenset(
        e
        for e in entities.all()
        if e.kind == "person" and any(correction.is_of(n) for n in e.aliases)
    )


def without(talks: Sequence[Talk], entities: Entities, hidden: Iterable[Correction]) -> list[Talk]:
    """Talks without the hidden people."""
    people = frozenset[Entity]().union(*(names(entities, c) for c in hidden))
    hiding = _Hiding(entities, _widened(entities, people))
    for talk in talks:
        hiding.note(talk)
    after = [hiding.talk(talk) for talk in talks]
    return [talk for talk in after if talk.title or talk.speakers]


def _widened(entities: Entities, people: frozenset[Entity]) -> frozenset[Entity]:
    """With everybody whose name can be theirs, where the family name is rare: "R. Lind", "Lind" of another page."""
    mine = {n for e in people for n in e.aliases if is_own(family_of(n))}
    families = {family_of(n) for n in mine}
    return people | {
        e
        for e in entities.all()
        if e.kind == "person"
        and any(
            folded(n) == (family,)
            or (family_of(n) == family and any(same_name(n, m) for m in mine))
            for n in e.aliases
            for family in families
        )
    }


class _Hiding:
    """Hides people of one build."""

    def __init__(self, entities: Entities, people: frozenset[Entity]) -> None:
        everybody = [e for e in entities.all() if e.kind == "person"]
        self._entities, self._people = entities, people
        self._names = sorted({n for e in people for n in e.aliases})
        self._words = words_of(
            self._names, (n for e in everybody if e not in people for n in e.aliases)
        )
        self._here: set[str] = set()
        self._spans = defaultdict[str, set[Span]](set)
        self._others = defaultdict[str, set[Span]](set)
        self._shared = defaultdict[str, set[str]](set)
        self._pages: dict[Page, Page] = {}
        if {family_of(n) for n in self._names} - {""} - self._words.own:
            _LOG.warning(
                "the family name of a hidden person is a common word or somebody else's as well:"
                " where it stands alone on pages that do not name the person, it stays"
            )

    def _is_hidden(self, name: str, page: Page) -> bool:
        known = ("person", form("person", name)) in self._entities.by_form
        return (
            known and self._entities.of("person", name, page) in self._people
        ) or self._words.names_in(name)

    def note(self, talk: Talk) -> None:
        """Remember the pages that name hidden people, and where these and others are spoken of."""
        sha = talk.page.sha256
        if talk.title_at:
            self._others[sha].add(talk.title_at)
        if self._words.names_in(talk.page.text):
            self._here.add(sha)
        self._others[sha] |= {f.evidence.span for f in talk.topics}
        for speaker in talk.speakers:
            spans = {f.evidence.span for f in speaker.facts if f.evidence.page.sha256 == sha}
            if self._is_hidden(speaker.name, talk.page):
                self._here.add(sha)
                self._spans[sha] |= spans
            else:
                self._shared[sha] |= set(folded(speaker.name))
                self._others[sha] |= spans

    def _hide(self, text: str, page: Page) -> str:
        """A text of a page without their names; of pages that name them without parts of the names as well."""
        if page.sha256 not in self._here:
            return self._words.hide(text)
        shared = self._shared[page.sha256]
        small = {token for token in _WORD.findall(page.text) if token.islower()}
        given = {g for n in self._names for g in given_of(n)} - shared - small
        return self._words.hide(
            text, given, {family_of(n) for n in self._names} - {""} - shared - small
        )

    def _page(self, page: Page) -> Page:
        if page not in self._pages:
            self._pages[page] = self._blocked(page)
        return self._pages[page]

    def _blocked(self, page: Page) -> Page:
        text = self._hide(page.text, page)
        for span in (*self._spans[page.sha256], *self._lines(page)):
            start, end = self._stretch(page, span)
            text = text[:start] + re.sub(r"\S", BLOCK, text[start:end]) + text[end:]
        tells = self._words.in_name(page.name)
        name = f"page-{sha256(text.encode()).hexdigest()[:8]}" if tells else page.name
        return (
            page if text == page.text and name == page.name else replace(page, text=text, name=name)
        )

    def _lines(self, page: Page) -> Iterator[Span]:
        """Of a page on which they speak, where lines name them: such lines tell of them."""
        if self._spans[page.sha256]:
            lines = re.finditer(r"[^\n]+", page.text)
            yield from (Span(*m.span()) for m in lines if self._words.names_in(m.group()))

    def _stretch(self, page: Page, span: Span) -> tuple[int, int]:
        """The most that a sentence stands in and that speaks of nobody else: paragraph, lines, itself, or nothing."""
        others = self._others[page.sha256]
        wider = (_around(page.text, span, _PARAGRAPH), _around(page.text, span, _LINE), span)
        for start, end in wider:
            if not any(o.start < end and start < o.end for o in others):
                return start, end
        return span.start, span.start

    def talk(self, talk: Talk) -> Talk:
        """A talk without them; one in which nothing was hidden stays as it was."""
        page = self._page(talk.page)
        kept = [s for s in talk.speakers if not self._is_hidden(s.name, talk.page)]
        speakers = tuple(Speaker(s.name, tuple(self._facts(s.facts, talk.page))) for s in kept)
        topics = tuple(self._facts(talk.topics, talk.page))
        texts: dict[str, Any] = {
            key: self._hide(value, talk.page) if value else value
            for key, value in (
                ("title", talk.title),
                ("series", talk.series),
                ("abstract", talk.abstract),
            )
        }
        after = replace(talk, page=page, speakers=speakers, topics=topics, **texts)
        return talk if after == talk else after

    def _facts(self, facts: Iterable[Fact], page: Page) -> Iterator[Fact]:
        for fact in facts:
            plan = ontology.plan(type(fact))
            value = getattr(fact, plan.object_field)
            if plan.claim.object == "person" and value and self._is_hidden(value, page):
                continue
            if moved := self._moved(fact, page):
                yield moved

    def _moved(self, fact: Fact, page: Page) -> Fact | None:
        """A fact on the text as it is now; None where it cannot be read there any more, or names one of them."""
        evidence = fact.evidence
        text = self._page(evidence.page)
        quote = text.text[evidence.start : evidence.end]
        if text.text[fact.at.start : fact.at.end] != fact.printed:
            return None
        changes: dict[str, Any] = {"evidence": Evidence(text, evidence.start, evidence.end, quote)}
        for field in fields(fact):
            value = getattr(fact, field.name)
            if isinstance(value, tuple) and value and all(isinstance(v, str) for v in value):
                changes[field.name] = tuple(
                    v for v in listed(value) if not self._is_hidden(v, page)
                )
            elif (
                field.name not in _OWN_FIELDS
                and isinstance(value, str)
                and self._words.names_in(value)
            ):
                return None
        return replace(fact, **changes, subject=self._hide(fact.subject, page))


def _around(text: str, span: Span, bound: re.Pattern[str]) -> tuple[int, int]:
    """The stretch around a sentence up to what bounds it on both sides."""
    start = max((m.end() for m in bound.finditer(text, 0, span.start)), default=0)
    after = bound.search(text, span.end)
    return start, after.start() if after else len(text)
