"""A page to its listings: the roles of its lines are put together into announcements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import Any

from kg import days, descriptions, gloss, lines, marked, names, readings, shapes
from kg.entries import Entry, once
from kg.lines import Line
from kg.model import Listing, Outline, Page, Span, SpeakerLine
from kg.segments import Role, segment

_SERIES = re.compile(r"\b(?:seminars?|colloqui(?:um|a)|webinars?|series)\W*$", re.IGNORECASE)
_NAMED_SERIES = re.compile(
    r"\W*(?:(?:seminar|lecture|talk|colloquium|event)\s)?series\s*[:：]\s*(\S.{0,120})$",
    re.IGNORECASE,
)
"""A line that names the series of its talk: "Series: Tidal Colloquium"."""
_WHOLE_DAY, _SURE, _SLOTS = len("2021-03-04"), 0.9, 3
_VERBS = (["is"], ["was"], ["works"], ["leads"], ["directs"], ["holds"], ["teaches"])


def find(page: Page) -> tuple[Listing, ...]:
    """Listings of a page, in reading order; () when no talk or speaker stands on it."""
    if page.outlines is not None:
        return tuple(_given(page, outline) for outline in page.outlines)
    return gather(page, segment(page.text))


def _given(page: Page, outline: Outline) -> Listing:
    """A talk whose parts the source gives by name."""
    whole = descriptions.parted(page, outline)
    parts: dict[str, Any] = {f.name: getattr(whole, f.name) for f in fields(whole)}
    return Listing(page=page, **parts)


def gather(page: Page, roles: tuple[Role, ...]) -> tuple[Listing, ...]:
    """Listings of a page whose lines have these roles."""
    found = _gather(page, roles)
    if not (any(e.speakers or (e.title and e.abstract) for e in found) or _timetable(roles)):
        return ()  # a title alone is one only beside talks that have more, or in a timetable
    _undated(page, found)
    return tuple(entry.listing(page) for entry in found)


def _timetable(roles: tuple[Role, ...]) -> bool:
    """Whether titles stand behind clock times, several of them: a programme that names no speakers."""
    return sum(r.role == "title" and r.starts and r.line.timed for r in roles) >= _SLOTS


def _undated(page: Page, entries: list[Entry]) -> None:
    """Cut the days off titles that open with one, where several do: "8 October 2026 – Tides and shores".

    One alone is cut where it is all numbers: "11 September 2001: what we know" is a title.
    """
    dated = [
        (e, e.title, match)
        for e in entries
        if e.title and (match := days.leading(page.text, e.title))
    ]
    alone = len(dated) == 1
    for entry, title, match in dated:
        if alone and not days.in_numbers(match.group()):
            continue
        entry.title = Span(match.end(), title.end)
        day = _read_date(page, match.group())
        entry.date = day if day and len(day) >= len(entry.date or "") else entry.date


_TELLING = frozenset(["abstract", "bio"])
"""Roles of lines that tell of the talk above them."""


@dataclass
class _State:
    """Where the gathering of a page stands.

    Parameters:
        date: the date that the page printed last outside of an entry.
        line: how many lines were seen.
        year: that the last heading with a year is of, where it names no other.
        wraps: whether the line before ended in a title.
        inside: whether the line behind is still of the same entry, so that no day is a heading of what follows.
        told: whether the entry being filled has a day of its own.
    """

    page: Page
    prefixes: frozenset[str]
    entries: list[Entry] = field(default_factory=list)
    date: str | None = None
    line: int = 0
    year: str = ""
    wraps: bool = False
    inside: bool = False
    told: bool = False

    @property
    def last(self) -> Entry:
        """The entry being filled; a first one if there is none yet."""
        return self.entries[-1] if self.entries else self.new()

    def new(self) -> Entry:
        """Open an entry."""
        self.entries.append(Entry(date=self.date))
        self.told = False
        return self.entries[-1]


def _inside(roles: tuple[Role, ...], at: int) -> bool:
    """Whether what tells of a talk follows a line, before any other talk begins."""
    behind = roles[at + 1] if at + 1 < len(roles) else None
    return bool(behind and not behind.starts and behind.role in _TELLING)


def _dated_last(roles: tuple[Role, ...]) -> bool:
    """Whether each of several entries has its day behind it, not before."""
    told = "".join("S" if r.starts else "D" for r in roles if r.starts or r.role == "date")
    return re.fullmatch("(?:SD){2,}", told) is not None


def _gather(page: Page, roles: tuple[Role, ...]) -> list[Entry]:
    state = _State(page, _repeated_prefixes(roles))
    last = _dated_last(roles)
    for state.line, role in enumerate(roles):
        state.inside = last or _inside(roles, state.line)
        if role.starts or _next(state, role):
            state.new().opens = role.role
        named = _NAMED_SERIES.match(role.line.raw)
        if named and state.entries and role.role not in {"abstract", "bio"}:
            state.last.series = named[1].strip() or state.last.series
            continue
        _put(state, role)
        if state.entries and role.role in {"speaker", "both", "place"}:
            state.last.marked += role.parts
        if role.role in {"title", "speaker", "both"}:
            _put_cells(state, role.line)
            _dated(state, role)
        state.wraps = role.role == "title" or _title_last(role)
    told = once(page, _joined(page, state.entries))
    found = [e for e in told if e.speakers or (e.title and not lines.says_none(page.text, e.title))]
    return [e for n, e in enumerate(found) if not _frames(e, found[n + 1 : n + 3])]


def _frames(entry: Entry, rest: list[Entry]) -> bool:
    """Whether what looks like a talk is but the heading of those behind it: a title alone before lines that each hold
    title and speaker."""
    alone = not (entry.speakers or entry.abstract or entry.bios) and entry.opens == "title"
    return alone and len(rest) == 2 and all(e.opens == "both" and e.speakers for e in rest)


def _title_last(role: Role) -> bool:
    """Whether a line of title and speakers ends in its title, which may go on in the next."""
    shown = role.reading.title if role.role == "both" and role.reading else None
    return shown is not None and shown.end >= role.line.span.end - 1


def _repeated_prefixes(roles: tuple[Role, ...]) -> frozenset[str]:
    """What stands before the colon of several titles that differ behind it."""
    heads: dict[str, set[str]] = {}
    for r in roles:
        head, colon, rest = r.line.content.partition(":")
        if colon and r.role in {"title", "both"}:
            heads.setdefault(names.fold(head), set()).add(names.fold(rest)[:40])
    return frozenset(h for h, rests in heads.items() if len(rests) > 1 and h)


def _put(state: _State, role: Role) -> None:
    """Put one line where it belongs."""
    put = {
        "title": _titled, "both": _titled, "speaker": _speaker, "place": _detail, "date": _date,
        "abstract": _abstract, "bio": _bio, "heading": _heading,
    }.get(role.role)  # fmt: skip
    if put:
        put(state, role)


def _detail(state: _State, role: Role) -> None:
    """Post or place of the person named last."""
    if state.entries and state.last.speakers and state.line - state.last.named_at <= 6:
        last = state.last.speakers[-1]
        state.last.speakers[-1] = replace(last, details=(*last.details, role.line.span))


def _abstract(state: _State, role: Role) -> None:
    if state.entries and _tells_of_speaker(state, role.line):
        _bio(state, role)
    elif state.entries:
        state.last.abstract.append(role.line.span)


def _tells_of_speaker(state: _State, line: Line) -> bool:
    """Whether a paragraph opens with the speaker's whole name and what that person is: "Ada Byron es profesora"."""
    names_ = (state.page.text[slice(*s.name)] for s in state.last.speakers)
    own = next((n for n in names_ if line.content.startswith(n) and " " in n), None)
    if own is None or not state.last.abstract or state.last.bios:
        return False
    return gloss.in_english(line.content)[len(own) :].split()[:1] in _VERBS


def _heading(state: _State, role: Role) -> None:
    if not days.academic(role.line.content) and any(c.isdigit() for c in role.line.content):
        found = _read_date(state.page, role.line.content)
        state.date = found or state.date
        state.year = days.only_year(role.line.content) if found else state.year


def _titled(state: _State, role: Role) -> None:
    """A title, alone or with its speakers; a second one in an entry opens a new entry, a wrapped line goes on."""
    reading = role.reading if role.role == "both" else None
    title = (
        reading.title
        if reading and reading.title
        else dict(role.line.cells).get("title", role.line.span)
    )
    entry = state.last
    if entry.title and state.wraps and not role.starts and reading is None:
        entry.title = Span(entry.title.start, title.end)
        return
    if entry.title and not role.starts and reading is None and _is_series(state.page, entry.title):
        entry.series = state.page.text[slice(*entry.title)]
    elif entry.title:
        entry = state.new()
    _set_title(state, entry, title)
    if reading:
        _name(state, entry, reading.speakers)


def _put_cells(state: _State, line: Line) -> None:
    """What else a line names: abstract, biography and date of its talk."""
    entry, parts = state.last, dict(reversed(line.cells))
    if "abstract" in parts and line.text[slice(*parts["abstract"])].count(" ") > 3:
        entry.abstract.append(parts["abstract"])
    if "bio" in parts and entry.speakers:
        entry.bios.append((len(entry.speakers) - 1, [parts["bio"]]))
    if "date" in parts:
        entry.date = _read_date(state.page, line.text[slice(*parts["date"])]) or entry.date


def _is_series(page: Page, title: Span) -> bool:
    """Whether what stands where a title is expected only names a series of talks: "3 May 2021: Tidal Seminar"."""
    before = page.text.rfind("\n", 0, title.start) + 1
    dated = any(c.isdigit() for c in page.text[before : title.end])
    return dated and _SERIES.search(page.text[slice(*title)]) is not None


def _set_title(state: _State, entry: Entry, span: Span) -> None:
    text = state.page.text[span.start : span.end]
    series, cut = lines.series_prefix(text, state.prefixes)
    entry.series = series or entry.series
    entry.title = readings.titled(state.page.text, Span(span.start + cut, span.end))
    if last := days.last(state.page.text, entry.title):
        entry.title = Span(entry.title.start, last.start())
        entry.date = _read_date(state.page, last["day"]) or entry.date


def _speaker(state: _State, role: Role) -> None:
    _name(state, state.last, role.reading.speakers if role.reading else ())


def _name(state: _State, entry: Entry, speakers: tuple[SpeakerLine, ...]) -> None:
    """Add speakers to an entry; one that it has already brings but the words beside the name."""
    text = state.page.text
    for speaker in speakers:
        known = [names.fold(text[slice(*s.name)]) for s in entry.speakers]
        name = names.fold(text[slice(*speaker.name)])
        if name in known:
            at = known.index(name)
            old = entry.speakers[at]
            entry.speakers[at] = replace(old, details=(*old.details, *speaker.details))
        else:
            entry.speakers.append(speaker)
    entry.named_at = state.line


def _read_date(page: Page, text: str) -> str | None:
    """The first date of a text, in the order that the page writes its days in."""
    return days.read(text, days.day_first(page.text))


def _date(state: _State, role: Role) -> None:
    """A date inside an entry is the entry's; it also dates what follows, unless a label ties it to one talk."""
    found = _read_date(state.page, role.line.content)
    found = found or days.within(role.line.content, state.year)
    if not found:
        return
    own = state.inside and not state.told
    if state.entries and (role.starts or own or days.fuller(found, state.last.date or "")):
        state.last.date, state.told = found, True
    state.date = found if not role.line.label else state.date
    if role.starts and (title := _behind_day(role)):
        state.last.title = state.last.title or title


def _dated(state: _State, role: Role) -> None:
    """The day that a line of title or speaker opens with, or that one of a speaker ends in."""
    line, own = role.line, role.role == "speaker" and not state.told
    last = days.behind(state.page.text, line.span) if own else ""
    day = _read_date(state.page, days.first(line.content) or last)
    day = day or days.opening(line.content, state.year, days.day_first(state.page.text))
    if day and state.entries:
        state.last.date = day  # what stands there may be the day of the talk above


def _next(state: _State, role: Role) -> bool:
    """Whether a speaker with a day is that of the next talk: the last one began so, too, and its title followed."""
    whole = state.entries and state.last.opens == role.role == "speaker" and state.last.title
    return bool(whole and days.behind(state.page.text, role.line.span))


def _behind_day(role: Role) -> Span | None:
    """The title on a line that opens with a day: "2021-03-04 Tides and shores"."""
    title = marked.title([p for p in role.parts if p.sure >= _SURE])
    day = role.line.content[: title.start - role.line.span.start].strip() if title else ""
    return title if len(days.read(day) or "") == _WHOLE_DAY else None


def _bio(state: _State, role: Role) -> None:
    """Attach a biography: to the speaker it opens with, to one it introduces, or to the last one."""
    span = role.line.span
    owner = _owner(state.page, state, span)
    if owner is None and not (state.entries and state.last.speakers):
        name = _introduced(role.line)
        if name is None:
            return
        state.last.speakers.append(SpeakerLine(name))
        owner = state.last, len(state.last.speakers) - 1
    if owner is None:
        entry = state.last
        owner = entry, entry.bios[-1][0] if entry.bios else len(entry.speakers) - 1
    entry, index = owner
    if entry.bios and entry.bios[-1][0] == index:
        entry.bios[-1][1].append(span)
    else:
        entry.bios.append((index, [span]))


def _introduced(line: Line) -> Span | None:
    """The name of the person that a biography opens with."""
    end = shapes.opens_with_name(line.sentence)
    return shapes.bare_name(line.sentence, 0, end) if end else None


def _owner(page: Page, state: _State, span: Span) -> tuple[Entry, int] | None:
    """The speaker whose name stands in the opening words of a biography; the latest entry is asked first."""
    head = names.fold(page.text[span.start : span.start + 90]).split()[:9]
    for entry in reversed(state.entries):
        for index, speaker in enumerate(entry.speakers):
            own = names.fold(page.text[speaker.name.start : speaker.name.end]).split()
            if own and own[-1] in head and (own[0] in head or len(own[-1]) > 2):
                return entry, index
    return _called(page, state, head)


def _called(page: Page, state: _State, head: list[str]) -> tuple[Entry, int] | None:
    """The one of several speakers of the last entry by whose given name a biography opens."""
    speakers = state.last.speakers if state.entries else []
    given = [names.fold(page.text[s.name.start : s.name.end]).split()[:1] for s in speakers]
    named = [index for index, own in enumerate(given) if own and own == head[:1]]
    return (state.last, named[0]) if len(speakers) > 1 and len(named) == 1 else None


def _joined(page: Page, entries: list[Entry]) -> list[Entry]:
    """Entries without title that only repeat a speaker of a talk give their biography to that talk; names listed before
    their talks are no talks."""
    out: list[Entry] = []
    for n, entry in enumerate(entries):
        lone = entry.title is None and len(entry.speakers) == 1
        if lone and _bare(entry) and _home(page, [e for e in entries[n + 1 :] if e.title], entry):
            continue
        home = _home(page, out, entry) if lone else None
        if home is None:
            out.append(entry)
            continue
        target, index = home
        target.bios += [(index, spans) for _, spans in entry.bios]
        target.abstract += entry.abstract
        target.marked += entry.marked
        target.speakers[index] = replace(
            target.speakers[index],
            details=(*target.speakers[index].details, *entry.speakers[0].details),
        )
    return out


def _bare(entry: Entry) -> bool:
    """Whether an entry holds a name and nothing else."""
    return not (entry.abstract or entry.bios or entry.speakers[0].details)


def _home(page: Page, entries: list[Entry], entry: Entry) -> tuple[Entry, int] | None:
    own = entry.speakers[0].name
    wanted = names.fold(page.text[own.start : own.end])
    for other in entries:
        for index, speaker in enumerate(other.speakers):
            if names.fold(page.text[speaker.name.start : speaker.name.end]) == wanted:
                return other, index
    return None
