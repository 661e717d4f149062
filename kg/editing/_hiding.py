"""People who asked not to be shown: out of talks, facts and the texts of pages, with every name and sentence of theirs.

Offsets hold because a letter is replaced by a block of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any

from kg import ontology
from kg.corrections import Correction
from kg.model import Entity, Evidence, Fact, Page, Span, Speaker, Talk
from kg.names import slug
from kg.resolution import Entities, form, listed

BLOCK = "█"
_LONG = 3
_LINE = re.compile(r"\n")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def names(entities: Entities, correction: Correction) -> frozenset[Entity]:
    """The people whom a correction hides: those who have the name, with all their other names."""
    return frozenset(
        e
        for e in entities.all()
        if e.kind == "person" and any(correction.is_of(n) for n in e.aliases)
    )


def without(talks: Sequence[Talk], entities: Entities, hidden: Iterable[Correction]) -> list[Talk]:
    """Talks without the hidden people."""
    people = frozenset[Entity]().union(*(names(entities, c) for c in hidden))
    hiding = _Hiding(entities, people)
    for talk in talks:
        hiding.note(talk)
    after = [hiding.talk(talk) for talk in talks]
    return [talk for talk in after if talk.title or talk.speakers]


class _Hiding:
    """Hides people of one build."""

    def __init__(self, entities: Entities, people: frozenset[Entity]) -> None:
        self._entities, self._people = entities, people
        self._full = _pattern(n for e in people for n in e.aliases if " " in n)
        self._here: dict[str, set[str]] = {}
        self._spans: dict[str, set[Span]] = {}
        self._others: dict[str, set[Span]] = {}
        self._shared: dict[str, set[str]] = {}
        self._pages: dict[Page, Page] = {}

    def _is_hidden(self, name: str, page: Page) -> bool:
        return ("person", form("person", name)) in self._entities.by_form and (
            self._entities.of("person", name, page) in self._people
        )

    def note(self, talk: Talk) -> None:
        """Remember the names of hidden people on a page, and where it speaks of them."""
        sha = talk.page.sha256
        if talk.title_at:
            self._others.setdefault(sha, set()).add(talk.title_at)
        for speaker in talk.speakers:
            spans = {f.evidence.span for f in speaker.facts if f.evidence.page.sha256 == sha}
            if self._is_hidden(speaker.name, talk.page):
                self._here.setdefault(sha, set()).add(speaker.name)
                self._spans.setdefault(sha, set()).update(spans)
            else:
                self._note_named(speaker, talk.page)
                self._shared.setdefault(sha, set()).update(speaker.name.split())
                self._others.setdefault(sha, set()).update(spans)

    def _note_named(self, speaker: Speaker, page: Page) -> None:
        """Hidden people whom a fact about somebody else names: an advisor."""
        for fact in speaker.facts:
            plan = ontology.plan(type(fact))
            value = getattr(fact, plan.object_field)
            if plan.claim.object == "person" and value and self._is_hidden(value, page):
                self._here.setdefault(page.sha256, set()).add(value)

    def _page(self, page: Page) -> Page:
        if page not in self._pages:
            self._pages[page] = self._blocked(page)
        return self._pages[page]

    def _blocked(self, page: Page) -> Page:
        text = self._hide(page.text)
        shared = self._shared.get(page.sha256, set())
        parts = {p for n in self._here.get(page.sha256, ()) for p in n.split() if len(p) >= _LONG}
        text = _pattern(parts - shared, re.NOFLAG).sub(_blocks, text)
        for span in self._spans.get(page.sha256, ()):
            start, end = self._stretch(page, span)
            text = text[:start] + re.sub(r"\S", BLOCK, text[start:end]) + text[end:]
        hides = any(slug(n) in slug(page.name) for e in self._people for n in e.aliases if " " in n)
        name = f"page-{sha256(text.encode()).hexdigest()[:8]}" if hides else page.name
        return (
            page if text == page.text and name == page.name else replace(page, text=text, name=name)
        )

    def _stretch(self, page: Page, span: Span) -> tuple[int, int]:
        """The most that a sentence stands in and that speaks of nobody else: paragraph, lines, itself, or nothing."""
        others = self._others.get(page.sha256, ())
        wider = (_around(page.text, span, _PARAGRAPH), _around(page.text, span, _LINE), span)
        for start, end in wider:
            if not any(o.start < end and start < o.end for o in others):
                return start, end
        return span.start, span.start

    def _hide(self, text: str) -> str:
        return self._full.sub(_blocks, text)

    def talk(self, talk: Talk) -> Talk:
        """A talk without them; one in which nothing was hidden stays as it was."""
        page = self._page(talk.page)
        kept = [s for s in talk.speakers if not self._is_hidden(s.name, talk.page)]
        speakers = tuple(Speaker(s.name, tuple(self._facts(s.facts, talk.page))) for s in kept)
        topics = tuple(self._facts(talk.topics, talk.page))
        texts: dict[str, Any] = {
            key: self._hide(value) if value else value
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
        """A fact on the text as it is now; None where what it states is not to be read any more."""
        evidence = fact.evidence
        text = self._page(evidence.page)
        quote = text.text[evidence.start : evidence.end]
        if text.text[fact.at.start : fact.at.end] != fact.printed:
            return None
        changes: dict[str, Any] = {"evidence": Evidence(text, evidence.start, evidence.end, quote)}
        for field in fields(fact):
            value = getattr(fact, field.name)
            if field.name == "advisors":
                changes["advisors"] = tuple(
                    v for v in listed(value) if not self._is_hidden(v, page)
                )
        if self._full.search(fact.subject):
            changes["subject"] = self._hide(fact.subject)
        return replace(fact, **changes)


def _pattern(names: Iterable[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Any of some names, whatever stands between their words; nothing where there are none."""
    found = sorted(
        {r"\W+".join(map(re.escape, n.split())) for n in names}, key=lambda n: (-len(n), n)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)" if found else r"(?!)", flags)


def _blocks(match: re.Match[str]) -> str:
    return re.sub(r"\S", BLOCK, match[0])


def _around(text: str, span: Span, bound: re.Pattern[str]) -> tuple[int, int]:
    """The stretch around a sentence up to what bounds it on both sides."""
    start = max((m.end() for m in bound.finditer(text, 0, span.start)), default=0)
    after = bound.search(text, span.end)
    return start, after.start() if after else len(text)
