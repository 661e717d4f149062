"""A line read as a speaker line, or as a talk's title and its speakers in one: every reading with a score.

A reading is ``sure`` when the line alone bears it out; where the page as a whole says what the line is, the best
one that fits at all is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg import language, lines, marked, pieces, shapes, speakers, tables
from kg.lines import Line
from kg.mentions import date
from kg.model import Part, Span, SpeakerLine

PLAIN, AGREES = 1.8, 3.0
"""What it counts that the line alone bears a reading out, and that it agrees with the encoder: best of eight pairs tried
on lines of sites held back."""
_LEAD = re.compile(
    r"(?:(?:the|an?|our|invited|keynote|plenary|guest|opening|closing|special|featured|main|contributed|public|panel|pannel|miniplenary|tutorial|short)\s+)*"
    r"(?:(?:talk|lecture|speaker|presentation|keynote|plenary|miniplenary|seminar|address|session|webinar|tutorial|workshop|presenter|instructor|panelist|discussant|slides|video|recording|discussion|dialogue|conversation)s?(?![^\W\d_])"
    r"\s*#?\d*\s*(?:[:–—(-]\s*|\b(?:by|with|from)\s+)?|(?:presented\s+)?by\s+|with\s+|\band\s+|(?-i:ved|med|av|von|mit|par|avec|con|por|door|met|a cura di|a cargo de|ne parla)\s+)(?=[^\W\d_])",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?:[^|:–—]{0,60}?\b(?:seminars?|colloquium|lectures?|webinars?|series|workshop|symposium|keynotes?|tutorial|session|talks?|event)\b[^|:–—]{0,20}?|"
    r"(?=[^|:]*\d)(?:\W|\d|st\b|nd\b|rd\b|th\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|[ap]\.?m\b)+?)"
    r"\s*(?:\||:|[–—]|\s-)\s+",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"(?:{date.WEEKDAY}\b[.,]*\s+)?"
    rf"(?:{date.MONTH}\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\d{{1,2}}(?:st|nd|rd|th)?[.\s]+{date.MONTH}\b\.?)"
    r",?(?:\s+(?:19|20)\d\d)?,?(?:\s+(?:at\s+)?\d{1,2}(?:[:.h]\d\d)?\s*(?:[ap]\.?m\b\.?)?)?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\s[-–—|]\s|:\s")
_SPLIT = re.compile(
    r"\s*:\s+|\s+[-–—]\s*|\s*[–—]\s+|\s*\|\s*|\t+|\s+/+\s+|,\s+|\s+by\s+|\s+with\s+|\s\(|\s+(?=(?:Dr|Prof|Professor)\b)"
)
_TITLED = re.compile(r"\b(?:titled|entitled|called)\s+[\"“«]([^\"”»]{4,}?)[.,]?[\"”»]")
_CLOSED = re.compile(r"(?<=[)\]])\s+(?=[^\W_])")
_GOES_ON = re.compile(r"(?:and|und|et|y|e|with|from|of|at|on|in)\b", re.IGNORECASE)
_BY = re.compile(r"(?:presented\s+|hosted\s+)?(?:by|with|von|par|por|di|door|av)\b", re.IGNORECASE)
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
    if role not in {"speaker", "both"} or shapes.is_town(line.content):
        return None
    row = _row(line, role) if line.cells else None
    if row:
        return row
    read = _both if role == "both" else _speaker
    plain = _barred(line, read(line, False)) if role == "both" else read(line, False)
    seen = [p for p in parts if p.kind in {"name", "title"}]
    if not seen or pieces.parted(line.content):
        return plain or read(line, True)
    if plain and marked.agreement(line.text, plain.speakers, plain.title, seen) == 1:
        return plain
    found = [r for r in (plain, read(line, True), _marked(line, role, seen)) if r]
    return max(found, key=lambda r: _fit(line, r, r is plain, seen), default=None)


def _row(line: Line, role: str) -> Reading | None:
    """A row of a table, whose columns say what is what."""
    title = dict(line.cells).get("title")
    if title is None and role == "both":
        return None
    places = tuple(span for part, span in line.cells if part == "place")
    told: list[SpeakerLine] = []
    for part, span in line.cells:
        if part == "speaker":
            who = speakers.find(line.text, span)[0] or speakers.find(line.text, span, True)[0]
            told += [replace(s, details=(*s.details, *places)) for s in who]
    shown = _titled(line.text, title) if title and role == "both" else None
    return Reading(1.0, shown, tuple(told)) if told else None


def names_someone(line: Line) -> bool:
    """Whether what the columns or labels of a line call a speaker looks like a name."""
    spans = [span for part, span in line.cells if part == "speaker"]
    return any(speakers.find(line.text, span)[0] for span in spans)


def _barred(line: Line, plain: Reading | None) -> Reading | None:
    """A row of a table that no header names, where what was read of it takes several cells for a title: the cell that is
    a name, the one that looks most like a title, and those that are places."""
    if plain and plain.title and "|" not in line.text[slice(*plain.title)]:
        return plain
    cells = tables.parts(line.content, line.span.start)
    found = [(*speakers.find(line.text, cell), cell) for cell in cells]
    named, score, at = max(found, key=lambda f: f[1], default=((), 0.0, line.span))
    rest = [c for c in cells if c != at and not shapes.is_date(language.plain(line.text, c))]
    places = tuple(c for c in rest if shapes.tells_place(line.text[slice(*c)]))
    titles = [c for c in rest if c not in places and line.text[slice(*c)].count(" ")]
    if not (named and titles):
        return plain
    told = tuple(replace(s, details=(*s.details, *places)) for s in named)
    return Reading(score, _titled(line.text, _widened(line, cells, titles)), told)


def _widened(line: Line, cells: Sequence[Span], titles: Sequence[Span]) -> Span:
    """The cell that looks most like a title, with those beside it that may be of the same."""
    likely = max(titles, key=lambda c: lines.looks_like_title(line.text[slice(*c)]))
    first = last = cells.index(likely)
    while first and cells[first - 1] in titles:
        first -= 1
    while last + 1 < len(cells) and cells[last + 1] in titles:
        last += 1
    return Span(cells[first].start, cells[last].end)


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
    day = _DAY.match(text, span.start, span.end)
    if day:
        yield Span(day.end(), span.end)
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
    """Where title and speakers may part; a closing bracket or a full stop parts them only if nothing else is possible."""
    yield from _SPLIT.finditer(text, span.start, span.end)
    if forced:
        for mark in _CLOSED.finditer(text, span.start, span.end):
            if not _GOES_ON.match(text, mark.end()):
                yield mark
    for mark in _STOP.finditer(text, span.start, span.end):
        if forced or _all_names(text, Span(span.start, mark.start())):
            yield mark


def _all_names(text: str, span: Span) -> bool:
    """Whether a stretch is a list of names and nothing else: "Ada Byron, Karl Berg and Ruth Dahl"."""
    if text.count(",", span.start, span.end) + text.count(" and ", span.start, span.end) < 1:
        return False
    who, _ = speakers.find(text, span)
    return len(who) > 1 and who[-1].name.end == span.end


def _split(line: Line, span: Span, mark: re.Match[str], forced: bool) -> Iterator[Reading]:
    text = line.text
    left = language.trim(text, span.start, mark.start())
    right = language.trim(
        text, mark.end(), span.end - (mark.group() == " (" and text[span.end - 1] == ")")
    )
    if left is None or right is None:
        return
    closed = not mark.group().strip() and text[mark.start() - 1] in ")]"
    weak = mark.group().strip() in {",", "(", "by", "with", ""} and not closed
    if not weak or mark.group().strip() == ",":
        yield from _name_first(text, left, right, weak, forced and not closed)
    yield from _title_first(text, left, right, weak, forced)


def _name_first(text: str, left: Span, right: Span, weak: bool, forced: bool) -> Iterator[Reading]:
    title = _titled(text, right)
    words = text[title.start : title.end].split() if title else []
    if title is None or len(words) < (4 if weak and not forced else 2):
        return
    if weak and not forced and any(w in {"-", "–", "—", "|"} for w in words[1:5]):
        return  # "Ada Byron, Analytics Ltd – Title": the dash parts them
    who, score = speakers.find(text, left)
    if not who and forced and not weak:
        who, score = speakers.find(text, left, True)
    if not who or (weak and not forced and (who[-1].details or score < 1.9)):
        return
    placed = shapes.place_score(text[title.start : title.end])
    if forced or placed < (0.3 if weak else 0.6):
        listed = () if weak else who[1:]
        named = sum(len(text[s.name.start : s.name.end].split()) for s in listed)
        before = len(text[left.start : left.end].split()) - named
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
    printed = text[inner.start : inner.end]
    quoted = shapes.quoted(printed)
    if quoted and _only_quoted(printed, quoted):
        return Span(inner.start + quoted.start(1), inner.start + quoted.end(1))
    if printed[0] in "'‘" and printed[-1] in "'’" and len(printed) > 2:
        return Span(inner.start + 1, inner.end - 1)
    opened = printed[0] in '"“«' and not any(c in '"”»' for c in printed[1:])
    closed = printed[-1] in '"”»' and not any(c in '"“”„«»' for c in printed[:-1])
    halved = opened or closed  # the other mark stands on another line
    return (halved and language.trim(text, inner.start + opened, inner.end - closed)) or inner


def _only_quoted(printed: str, quoted: re.Match[str]) -> bool:
    """Whether a title is but what is quoted of it: all of it, or what is left only leads up to it or follows behind a
    mark; in "Reading 'Tides' in Lagos" the quotation is a part."""
    before, behind = printed[: quoted.start()].rstrip(), printed[quoted.end() :].lstrip()
    if (before and behind) or quoted[1].count(" ") < 2:
        return False
    if before:
        return before[-1] in ":,–—-|" or len(before.split()) < 3 or bool(_LEAD.match(before + " A"))
    stops = quoted[1].endswith((".", ",")) or _BY.match(behind) is not None
    stops = stops or shapes.place_score(behind.lstrip(":–—- ")) > 0.5
    goes_on = behind[:1] in {":", "–", "—", "-"} or behind[:1].isalpha()
    return stops or not goes_on or not 3 <= len(behind.split()) <= 12


def _titled(text: str, span: Span) -> Span | None:
    return titled(text, span) if span.end > span.start else None


def _quoted(line: Line, forced: bool) -> Reading | None:
    """A title in quotation marks, the speakers behind it or, if nothing stands there, before it."""
    match = shapes.quoted(line.content)
    if not match:
        return None
    start = line.span.start
    title = Span(start + match.start(1), start + match.end(1))
    behind = speakers.trim_marks(line.text, start + match.end(), line.span.end)
    lead = line.text[start : start + match.start()].rstrip(" ,:;–—-")
    before = language.trim(line.text, start, start + len(lead))
    sides = [(behind, 1.5)] if match.start() <= 2 or forced else []
    sides += [(before, 1.0)] if not behind or forced else []
    for loose in (False, True)[: 1 + forced]:
        for side, counts in sides:
            for span in _openings(line.text, side, False) if side else ():
                who, score = speakers.find(line.text, span, loose)
                if who:
                    return Reading(score + counts, title, who)
    return None


def title_only(line: Line, parts: Sequence[Part]) -> Reading | None:
    """A line of which no speaker can be read, but what is quoted on it or what the encoder takes for a title."""
    match = shapes.quoted(line.content)
    if match and match[1].count(" ") >= 2:
        at = line.span.start
        return Reading(0.0, Span(at + match.start(1), at + match.end(1)))
    shown = marked.title(parts)
    return Reading(0.0, shown) if shown else None
