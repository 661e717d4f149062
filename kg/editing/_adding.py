"""Facts that a corrections file adds, each with the words of its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, fields, replace
from typing import Any

from kg.corrections import Correction
from kg.editing._kinds import class_of
from kg.errors import CorrectionError
from kg.model import Evidence, Fact, Page, Span, Talk
from kg.resolution import Entities

RULE = "correction/add"
_RESERVED = frozenset({"to", "fact", "object", "source", "quote", "printed", "page", "sha256"})
_BASE = frozenset(f.name for f in fields(Fact))


def added(talks: Sequence[Talk], entities: Entities, correction: Correction) -> list[Talk]:
    """Talks with the fact added to the first talk of its subject; as they were where the subject does not speak.

    Raises:
        CorrectionError: the fact lacks a field or has one too many, or its quote does not hold its object.
    """
    kind = class_of(correction)
    (named,) = correction.names
    wanted = {e.key for e in entities.called("person", named.name)}
    places = [
        (t.page.name, t.date or "", t.title or "", n, s)
        for n, t in enumerate(talks)
        for s, speaker in enumerate(t.speakers)
        if named.page in {"", t.page.name}
        and entities.of("person", speaker.name, t.page).key in wanted
    ]
    if not places:
        return list(talks)
    *_, n, s = min(places)
    speaker = talks[n].speakers[s]
    made = fact(kind, speaker.name, correction)
    more = replace(speaker, facts=(*speaker.facts, made))
    speakers = (*talks[n].speakers[:s], more, *talks[n].speakers[s + 1 :])
    return [*talks[:n], replace(talks[n], speakers=speakers), *talks[n + 1 :]]


def fact(kind: type[Fact], subject: str, correction: Correction) -> Fact:
    """The fact, backed by a page that holds the quote alone."""
    quote, value = correction.value("quote"), correction.value("object")
    printed = correction.value("printed") or value
    start = quote.find(printed)
    if start < 0:
        told = "give the words of the quote as printed (on the command line: --set printed=...)"
        raise _error(correction, f"the quote does not hold {printed!r}; {told}")
    page = Page(correction.value("source"), quote, correction.on or None)
    evidence = Evidence(page, 0, len(quote), quote)
    make: Any = kind
    made: Fact = make(
        subject=subject, evidence=evidence, printed=printed, at=Span(start, start + len(printed)), rule=RULE,
        confidence=1.0, **_values(kind, value, correction),
    )  # fmt: skip
    return made


def _values(kind: type[Fact], value: str, correction: Correction) -> dict[str, str]:
    allowed = {
        f.name: f for f in fields(kind) if f.name not in _BASE and "tuple" not in str(f.type)
    }
    values = {k: v for k, v in correction.values if k not in _RESERVED} | {kind.OBJECT: value}
    if strange := sorted(set(values) - set(allowed)):
        raise _error(
            correction,
            f"a fact of this kind has no {strange[0]!r}; it has {', '.join(sorted(allowed))}",
        )
    missing = [n for n, f in allowed.items() if f.default is MISSING and n not in values]
    if missing:
        raise _error(correction, f"a fact of this kind needs {missing[0]} = ...")
    return values


def _error(correction: Correction, what: str) -> CorrectionError:
    return CorrectionError(f"{correction.place}: [[add]] {what}")
