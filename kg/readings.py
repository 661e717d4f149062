"""A line read as a speaker line, or as a talk's title and its speakers in one: every reading with a score.

A reading is ``sure`` when the line alone bears it out; where the page as a whole says what the line is, the best
one that fits at all is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg import language, lines, marked, pieces, shapes, speakers
from kg.lines import Line
from kg.model import Part, Span, SpeakerLine

PLAIN, AGREES = 1.8, 3.0
"""What it counts that the line alone bears a reading out, and that it agrees with the encoder: best of eight pairs tried
on lines of sites held back."""
_LEAD = re.compile(
    r"(?:(?:the|an?|our|invited|keynote|plenary|guest|opening|closing|special|featured|main|contributed|public|panel|pannel|miniplenary|tutorial|short)\s+)*"
    r"(?:(?:talk|lecture|speaker|presentation|keynote|plenary|miniplenary|seminar|address|session|webinar|tutorial|workshop|presenter|instructor|panelist|discussant|slides|video|recording|discussion|dialogue|conversation)s?"
    r"\s*#?\d*\s*(?:[:–—(-]\s*|\b(?:by|with|from)\s+)?|(?:presented\s+)?by\s+|with\s+|\band\s+)(?=[^\W\d_])",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?:[^|:–—]{0,60}?\b(?:seminars?|colloquium|lectures?|webinars?|series|workshop|symposium|keynotes?|tutorial|session|talks?|event)\b[^|:–—]{0,20}?|"
    r"(?=[^|:]*\d)(?:\W|\d|st\b|nd\b|rd\b|th\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|[ap]m\b)+?)"
    r"\s*(?:\||:|[–—]|\s-)\s+",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\s[-–—|]\s|:\s")
_SPLIT = re.compile(
    r"\s*:\s+|\s+[-–—]\s*|\s*[–—]\s+|\s*\|\s*|\t+|\s+/+\s+|,\s+|\s+by\s+|\s+with\s+|\s\(|\s+(?=(?:Dr|Prof|Professor)\b)"
)
_TITLED = re.compile(r"\b(?:titled|entitled|called)\s+[\"“«]([^\"”»]{4,}?)[.,]?[\"”»]")
_STOP = re.compile(r"(?<=[^\W\d_]{2})\.\s+(?=[A-Z])")


@dataclass(frozen=True)
class Reading:
    """One way to read a line."""

    score: float
    title: Span | None = None
    speakers: tuple[SpeakerLine, ...] = ()


def sure(line: Line) -> dict[str, Reading]:
    """Readings that the line alone bears out: ``speaker``, ``both``; only those that fit at all."""
    if line.size > 60:
        return {}
    return {
        role: found
        for role, found in (("speaker", _speaker(line, False)), ("both", _both(line, False)))
        if found
    }


def best(line: Line, role: str, parts: Sequence[Part] = ()) -> Reading | None:
    """The best reading of a line that is known to be a ``speaker`` line, or to hold ``both``.

    Parameters:
        parts: what the encoder saw on the line; readings that agree with it are preferred.
    """
    if role not in {"speaker", "both"}:
        return None
    read = _both if role == "both" else _speaker
    plain = read(line, False)
    seen = [p for p in parts if p.kind in {"name", "title"}]
    if not seen or pieces.parted(line.content):
        return plain or read(line, True)
    if plain and marked.agreement(line.text, plain.speakers, plain.title, seen) == 1:
        return plain
    found = [r for r in (plain, read(line, True), _marked(line, role, seen)) if r]
    return max(found, key=lambda r: _fit(line, r, r is plain, seen), default=None)


def _fit(line: Line, reading: Reading, plain: bool, parts: Sequence[Part]) -> float:
    agrees = marked.agreement(line.text, reading.speakers, reading.title, parts)
    return reading.score + PLAIN * plain + AGREES * agrees


def _marked(line: Line, role: str, parts: Sequence[Part]) -> Reading | None:
    """The encoder's own reading of a line."""
    who, title = marked.people(line, parts), marked.title(parts)
    if not who or (role == "both" and not title):
        return None
    return Reading(0.0, title if role == "both" else None, who)


def _speaker(line: Line, forced: bool) -> Reading | None:
    found: list[Reading] = []
    for n, span in enumerate(_openings(line.text, line.span, forced)):
        who, score = speakers.find(line.text, span, forced)
        if not who:
            continue
        away = bool(re.search(r"\s[-–—]\s", line.content)) and line.size > 9
        comma = line.text[: span.start].rstrip()[-1:] == ","
        reading = Reading(score - 1.5 * away - 0.2 * n - 0.8 * comma, None, who)
        if not forced:
            return reading
        found.append(reading)
    return max(found, key=lambda r: r.score, default=None)


def _openings(text: str, span: Span, forced: bool) -> Iterator[Span]:
    """Where the names of a speaker line may begin: at its start, behind words that announce a speaker, behind a
    piece that names the event or day."""
    yield span
    if text[span.start] == "(" and text[span.end - 1] == ")":
        yield Span(span.start + 1, span.end - 1)
    lead = _LEAD.match(text, span.start, span.end)
    if lead and lead.end() > span.start:
        yield Span(lead.end(), span.end)
    event = _EVENT.match(text, span.start, span.end)
    while event:  # a day, then a series
        yield Span(event.end(), span.end)
        event = _EVENT.match(text, event.end(), span.end)
    if forced:
        for match in re.finditer(
            r":\s*|\s+[-–—]\s+|,\s+|\bspeakers?:?\s+", text[span.start : span.end], re.IGNORECASE
        ):
            yield Span(span.start + match.end(), span.end)


def _both(line: Line, forced: bool) -> Reading | None:
    """The best split of a line into a title and its speakers, in either order."""
    quoted = _quoted(line, forced)
    if quoted:
        return quoted
    found: list[Reading] = []
    for n, span in enumerate(_openings(line.text, line.span, False)):
        found += [
            replace(r, score=r.score + 0.5 * (n > 0))
            for m in _marks(line.text, span, forced)
            for r in _split(line, span, m, forced)
        ]
    return max(found, key=lambda r: r.score, default=None)


def _marks(text: str, span: Span, forced: bool) -> Iterator[re.Match[str]]:
    """Where title and speakers may part; a full stop parts them only if nothing else is possible."""
    yield from _SPLIT.finditer(text, span.start, span.end)
    if forced:
        yield from _STOP.finditer(text, span.start, span.end)


def _split(line: Line, span: Span, mark: re.Match[str], forced: bool) -> Iterator[Reading]:
    text = line.text
    left = language.trim(text, span.start, mark.start())
    right = language.trim(
        text, mark.end(), span.end - (mark.group() == " (" and text[span.end - 1] == ")")
    )
    if left is None or right is None:
        return
    weak = mark.group().strip() in {",", "(", "by", "with", ""}
    if not (weak and mark.group().strip() != ","):
        yield from _name_first(text, left, right, weak, forced)
    yield from _title_first(text, left, right, weak, forced)


def _name_first(text: str, left: Span, right: Span, weak: bool, forced: bool) -> Iterator[Reading]:
    title = _titled(text, right)
    words = text[title.start : title.end].split() if title else []
    if title is None or len(words) < (4 if weak and not forced else 2):
        return
    who, score = speakers.find(text, left)
    if not who and forced and not weak:
        who, score = speakers.find(text, left, True)
    if not who or (weak and not forced and (who[-1].details or score < 1.9)):
        return
    placed = shapes.place_score(text[title.start : title.end])
    if forced or placed < (0.3 if weak else 0.6):
        before = len(text[left.start : left.end].split())
        fit = score + 0.3 * lines.looks_like_title(" ".join(words)) - 0.8 * weak - 0.06 * before
        fit -= 0.7 * len(_STRONG.findall(text[left.start : left.end]))
        yield Reading(fit - placed, title, who)


def _title_first(text: str, left: Span, right: Span, weak: bool, forced: bool) -> Iterator[Reading]:
    title = _titled(text, left)
    words = text[title.start : title.end].split() if title else []
    if title is None or len(words) < 3 - forced:
        return
    who, score = speakers.find(text, right)
    if not who or not (forced or score >= 2.0 or any(s.details for s in who)):
        return
    named = shapes.opens_with_name(language.plain(text, left))
    if named and not forced:
        return
    placed = shapes.place_score(text[left.start : left.end])
    if placed < 0.6 or forced:
        fit = (
            score
            + 0.3 * lines.looks_like_title(" ".join(words))
            - 0.4
            - 0.2 * weak
            - 0.7 * bool(named)
        )
        yield Reading(fit - placed, title, who)


def titled(text: str, span: Span) -> Span:
    """A title without notes behind it and quotation marks around it; a quoted one without the words around it."""
    note = speakers.NOTE.search(text[span.start : span.end])
    end = span.start + note.start() if note else span.end
    inner = language.trim(text, span.start, end) or span
    told = _TITLED.search(text[inner.start : inner.end])
    if told:
        return Span(inner.start + told.start(1), inner.start + told.end(1))
    quoted = shapes.quoted(text[inner.start : inner.end])
    if (
        quoted
        and (quoted.start() == 0 or quoted.end() == inner.end - inner.start)
        and quoted[1].count(" ") >= 2
    ):
        return Span(inner.start + quoted.start(1), inner.start + quoted.end(1))
    if text[inner.start] in "'‘" and text[inner.end - 1] in "'’" and inner.end - inner.start > 2:
        return Span(inner.start + 1, inner.end - 1)
    return inner


def _titled(text: str, span: Span) -> Span | None:
    return titled(text, span) if span.end > span.start else None


def _quoted(line: Line, forced: bool) -> Reading | None:
    match = shapes.quoted(line.content)
    if not match:
        return None
    start = line.span.start
    title = Span(start + match.start(1), start + match.end(1))
    rest = speakers.trim_marks(line.text, start + match.end(), line.span.end)
    if match.start() <= 2 and rest:
        for span in _openings(line.text, rest, False):
            who, score = speakers.find(line.text, span, forced)
            if who:
                return Reading(score + 1.5, title, who)
    before = language.trim(
        line.text, start, start + len(line.text[start : start + match.start()].rstrip(" ,:;–—-"))
    )
    if before and (not rest or forced):
        for span in _openings(line.text, before, False):
            who, score = speakers.find(line.text, span, forced)
            if who:
                return Reading(score + 1.0, title, who)
    return None
