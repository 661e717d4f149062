"""Statements of the page model as the values of facts."""

from __future__ import annotations

import re
from typing import Any

from kg import authorities, language
from kg.facts import Passage
from kg.mentions import date, degree
from kg.model import Evidence, Mention, Span
from kg.statements import Statement
from kg.tagger import Tag

_ELLIPTIC = frozenset({"assistant", "associate", "full", "adjunct", "visiting"})
_FAR = 600


def values(passage: Passage, told: Statement, rule: str) -> dict[str, Any]:
    """What facts of every kind have: subject, evidence, the object as printed, rule and confidence."""
    span = told.head.span
    return {
        "subject": passage.subject,
        "evidence": _evidence(passage, told),
        "printed": passage.printed(span),
        "at": span,
        "rule": rule,
        "confidence": told.head.sure,
    }


def _evidence(passage: Passage, told: Statement) -> Evidence:
    """The sentence of the head, stretched over details that stand elsewhere, and on a speaker line over the name."""
    text, head = passage.page.text, told.head.span
    start = text.rfind("\n", 0, head.start) + 1
    end = text.find("\n", head.end)
    line = Span(start, end if end >= 0 else len(text))
    sentence = next(
        (
            s
            for s in language.sentences(text, line.start, line.end)
            if s.start <= head.start < s.end
        ),
        line,
    )
    spans = [sentence, *told.parts, *(n for n in passage.names if _close(n, sentence, told))]
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    return Evidence(passage.page, first, last, text[first:last])


def _close(name: Span, sentence: Span, told: Statement) -> bool:
    """Whether a printed name is the subject of a line: it stands on it, or a little before it."""
    return (
        not sentence.holds(name)
        and told.kind in {"aff", "pri"}
        and 0 <= sentence.start - name.end < 200
    )


def organization(passage: Passage, tag: Tag) -> str:
    """Canonical name of an organization as far as it is known, else the printed name in one line."""
    printed = _plain(passage.printed(tag.span))
    value = passage.acronyms.get(printed, printed)
    several = authorities.resolve(value) is None and bool(authorities.lookup(value))
    return passage.organization(
        Mention("organization", tag.span, value, note="ambiguous" if several else "")
    )


def _plain(text: str) -> str:
    return re.sub(r"^[Tt]he\s+", "", " ".join(text.split()))


def text(passage: Passage, tag: Tag | None) -> str | None:
    """A detail as printed, in one line."""
    return " ".join(passage.printed(tag.span).split()) if tag else None


def role(passage: Passage, tag: Tag | None) -> str | None:
    """A role as printed; a rank that shares its head with the next one gets it ("Assistant and ... Professor")."""
    printed = text(passage, tag)
    if tag and printed and printed.lower() in _ELLIPTIC:
        after = passage.page.text[tag.span.end : tag.span.end + 60].split(".")[0]
        return f"{printed} Professor" if "rofessor" in after else printed
    return printed


def day(passage: Passage, tag: Tag | None, since: str | None = None) -> str | None:
    """A date as YYYY or YYYY-MM; two digits that end a range take the century of its start."""
    printed = text(passage, tag)
    if not printed:
        return None
    if since and re.fullmatch(r"['’]?\d\d", printed):
        return since[:2] + printed[-2:]
    return date.iso(printed)


def level(passage: Passage, tag: Tag | None) -> str:
    """Level of a degree; "Other" where the page names none."""
    return degree.level(text(passage, tag) or "")
