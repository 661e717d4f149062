"""Who advised, where a clause is built around the advisor: "her advisor was A", "A supervised her thesis"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.clauses._frames import Frame
from kg.clauses._words import Item
from kg.language import Sentence
from kg.model import Mention

_WHOSE = r"(?:his|her|their|my|whose)"
_WORK = (
    r"(?:ph\.?\s?d\.?|doctoral|doctorate|d\.?phil\.?|graduate|undergraduate|master['’]?s?|masters|m\.?sc\.?|thesis|dissertation"
    r"|postdoctoral|postdoc|research|academic|main|primary)"
)
_ADVISOR = r"(?:co-?\s?)?(?:advisor|adviser|supervisor|mentor)s?"
_WHO = r"(?:(?:prof(?:essor)?\.?|dr\.?)\s)*\x01"
_ALL = rf"(?P<who>{_WHO}(?:\s?(?:,|and|&|as well as|,\s?and)\s{_WHO})*)"
_THESIS = rf"(?:{_WORK}\s)*(?:thesis|dissertation|ph\.?\s?d\.?|doctorate|doctoral (?:work|studies|research))"
_OVER = r"(?:advised|supervised|co-?supervised|co-?advised|directed|mentored|overseen|guided)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b{_WHOSE}\s(?P<what>(?:{_WORK}\s)*){_ADVISOR}\s(?:was|were|is|are|being|:|,)\s(?:the\s)?{_ALL}",
        rf"{_ALL}\s(?:was|were|is|are|(?:acted|served) as)\s(?:{_WHOSE}|the)\s(?P<what>(?:{_WORK}\s)*){_ADVISOR}\b",
        rf"{_ALL}\s(?:who\s)?{_OVER}\s{_WHOSE}\s(?P<what>{_THESIS})",
        rf"\b{_WHOSE}\s(?P<what>{_THESIS})\s(?:[^\x01.;]{{0,90}}\s)?{_OVER}\sby\s{_ALL}",
        rf"\b(?:thesis|dissertation)\s(?:[^\x01.;]{{0,90}}\s)?(?P<what>)under\s{_ALL}",
        rf"(?<!\w)(?P<what>(?:{_WORK}\s)*){_ADVISOR}\s?:\s?{_ALL}",
    )
)
_OF = re.compile(rf"\b(?P<what>(?:{_WORK}\s)*)(?:student|advisee)\sof\s{_ALL}")
"""Only where the sentence speaks of the person: others are students, too."""


def advised(
    sentence: Sentence, items: Sequence[Item], frames: tuple[Frame, ...], licensed: bool
) -> tuple[Frame, ...]:
    """Frames with the advisors that the clauses were not read for: tied to the degree before them, or by themselves."""
    told = {a.span for f in frames for a in f.advisors}
    out = list(frames)
    for who, what in _found(items, licensed):
        if who.span not in told:
            told.add(who.span)
            _tie(sentence, out, who, what)
    return tuple(out)


def _tie(sentence: Sentence, frames: list[Frame], who: Mention, what: str) -> None:
    degrees = [
        n
        for n, f in enumerate(frames)
        if f.kind == "degree" and f.anchor and f.anchor.value in {"PhD", "Masters"}
    ]
    fits = [n for n in degrees if _anchor(frames[n]) == ("Masters" if "master" in what else "PhD")]
    if fits:
        last = frames[fits[-1]]
        frames[fits[-1]] = replace(last, advisors=(*last.advisors, who))
    else:
        frames.append(
            Frame("advising", "past", sentence, advisors=(who,), sure=0.85, rule="advice")
        )


def _anchor(frame: Frame) -> str:
    return frame.anchor.value if frame.anchor else ""


def _found(items: Sequence[Item], licensed: bool) -> Iterator[tuple[Mention, str]]:
    """Advisors, and what they advised as far as the words tell."""
    people: dict[int, Mention] = {}
    told = ""
    for item in items:
        is_person = isinstance(item, Mention) and item.kind == "person"
        told += " " if told else ""
        if is_person and isinstance(item, Mention):
            people[len(told)] = item
        told += "\x01" if is_person else _words(item)
    for form in (*_FORMS, *([_OF] if licensed else [])):
        for match in form.finditer(told):
            for at in range(*match.span("who")):
                if at in people:
                    yield people[at], match["what"]


def _words(item: Item) -> str:
    return (item.value if isinstance(item, Mention) else item.text).lower().replace("\x01", " ")
