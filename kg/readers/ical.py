"""iCalendar files: events of seminars and conferences as Google, Outlook, Indico, pretalx and others export them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _calendar_words, _descriptions, _empty, _summaries, _zones
from kg.readers._composing import Composition, DraftTalk
from kg.readers._content_lines import Component, calendars
from kg.readers._decoding import decode
from kg.readers._descriptions import Told
from kg.readers._people import Named
from kg.readers._summaries import Habits

SUFFIXES = (".ics", ".ical", ".ifb", ".icalendar", ".vcs")
_START = re.compile(r"\s*BEGIN\s*:\s*VCALENDAR", re.IGNORECASE)
_EVENT = re.compile(r"^BEGIN\s*:\s*VEVENT", re.IGNORECASE | re.MULTILINE)
_CUT_LETTER = re.compile(rb"([\xc2-\xf4][\x80-\xbf]*)(\r?\n[ \t])([\x80-\xbf]+)")
_ADDRESS = re.compile(r"\S+@\S+|[\w-]+(?:\.[\w-]+)+")
_LEAST_ABSTRACT = 80


def claims(source: Source) -> float:
    """A file that begins a calendar, or one of its events."""
    head = source.head
    if _START.match(head):
        return 1.0
    if _EVENT.search(head) and "DTSTART" in head:
        return 0.8 if source.suffix in SUFFIXES else 0.6
    return 0.3 if source.suffix in SUFFIXES else 0.0


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of a calendar: its events at which somebody is named to speak.

    Raises:
        ReadError: no calendar and no event stands in it.
    """
    text = decode(source.name, _CUT_LETTER.sub(rb"\1\3\2", source.data))
    found = calendars(text)
    if not found:
        raise ReadError(f"{source.name}: no calendar: no line BEGIN:VCALENDAR or BEGIN:VEVENT")
    composition = Composition(source.name)
    for calendar in found:
        events = list(_events(calendar))
        for event in events:
            yield from _faults(source, event)
        for talk in _talks(calendar, events):
            composition.add(talk)
    yield from composition.pages()


def _talks(calendar: Component, events: list[Component]) -> Iterator[DraftTalk]:
    """The talks of a calendar, each once: a day of a series is one where it says something else than the series."""
    known, zone = _habits(calendar, events), _zone(calendar)
    found = [(e, talk) for e in events if (talk := _talk(e, known, zone))]
    series = {(e.text("UID"), _key(talk)[1]) for e, talk in found if not e.first("RECURRENCE-ID")}
    seen: set[tuple[str, str]] = set()
    for event, talk in found:
        key = _key(talk)
        moved = event.first("RECURRENCE-ID") and (event.text("UID"), key[1]) in series
        if key not in seen and not moved:
            seen.add(key)
            yield talk


def _events(calendar: Component) -> Iterator[Component]:
    """The events of a calendar that are not called off."""
    for event in calendar.all("VEVENT"):
        state = event.text("STATUS").upper()
        if state not in ("CANCELLED", "CANCELED") and not _summaries.off(event.text("SUMMARY")):
            yield event


def _faults(source: Source, event: Component) -> Iterator[Skipped]:
    place = f"line {event.line}"
    if not event.text("SUMMARY"):
        yield Skipped(source.name, place, "an event without a summary")
    elif not event.ended:
        rest = "left out" if _is_cut(event) else "what it says is used"
        yield Skipped(source.name, place, f"an event that does not end; {rest}")
    start = event.first("DTSTART")
    if start and not _day(start.text, ""):
        yield Skipped(source.name, f"line {start.line}", f"no day: {start.text[:40]!r}")


def _is_cut(event: Component) -> bool:
    """Whether the line that names an event is its last and may be cut."""
    lines = [p.line for found in event.properties.values() for p in found]
    summary = event.first("SUMMARY")
    return not event.ended and summary is not None and summary.line == max(lines)


def _day(moment: str, zone: str) -> str:
    """The day of a moment; "" where it gives no whole day."""
    found = _zones.local_day(moment, zone)
    return found if len(found) == len("2000-01-01") else ""


def _habits(calendar: Component, events: list[Component]) -> Habits:
    name = " ".join(calendar.text("X-WR-CALNAME", "NAME").split())
    series = "" if _ADDRESS.fullmatch(name) or _calendar_words.nameless(name) else name
    return _summaries.habits(
        series, calendar.text("PRODID").casefold(), [e.text("SUMMARY") for e in events]
    )


def _zone(calendar: Component) -> str:
    """The zone of moments in universal time: the calendar's own, or the only one it describes."""
    zones = {z.text("TZID") for z in calendar.all("VTIMEZONE")}
    return calendar.text("X-WR-TIMEZONE") or (zones.pop() if len(zones) == 1 else "")


def _key(talk: DraftTalk) -> tuple[str, str]:
    """What tells two entries of one event: an event changed later may stand twice in a file."""
    speakers = "/".join(s.name.text for s in talk.speakers if s.name)
    return talk.date, f"{talk.title.text if talk.title else ''}/{speakers}"


def _talk(event: Component, known: Habits, zone: str) -> DraftTalk | None:
    """The talk that an event is; None where it names nobody and no abstract."""
    line = event.text("SUMMARY")
    told = _told(event)
    if not line or _is_cut(event) or (_summaries.no_talk(line) and not told.people):
        return None
    if _calendar_words.show(f"{known.name}\n{line}\n{event.text('DESCRIPTION')}"):
        return None
    reading = None if "indico" in known.tool else _summaries.best(line, known)
    people: tuple[Named, ...] = tuple(told.people)
    if people:
        series, title = _summaries.title(line, people, known)
        people = _placed(people, reading.people if reading else ())
    elif reading:
        series, title = reading.series, reading.title
        people = _descriptions.beside(told, reading.people)
    else:
        series, title = _summaries.title(line, (), known)
        if not told.title and len(told.abstract) < _LEAST_ABSTRACT:
            return None
    start = event.first("DTSTART")
    talk = DraftTalk(
        series=told.series or series or known.name,
        date=_day(start.text, zone) if start else "",
    )
    title = "" if _empty.vague(title) else title
    at = "SUMMARY" if title and not told.title else "DESCRIPTION"
    talk.named(_descriptions.heading(told, told.title or title), _place(event, at))
    _say(talk, event, told, people)
    return talk if talk.title or people else None


def _told(event: Component) -> Told:
    """What the description says, or a description in HTML that stands beside or instead of it."""
    text = event.text("DESCRIPTION")
    styled = event.text("X-ALT-DESC", "STYLED-DESCRIPTION")
    return _descriptions.read(text if sum(map(str.isalnum, text)) > 3 else styled)


def _placed(people: tuple[Named, ...], other: tuple[Named, ...]) -> tuple[Named, ...]:
    """People with the places that the other field gives them."""
    posts = {named.name: named.post for named in other}
    return tuple(n if n.post else n._replace(post=posts.get(n.name, "")) for n in people)


def _place(event: Component, name: str) -> str:
    found = event.first(name)
    return f"line {found.line if found else event.line}, {name}"


def _say(talk: DraftTalk, event: Component, told: Told, people: tuple[Named, ...]) -> None:
    at = "DESCRIPTION" if told.people else "SUMMARY"
    for named in people:
        speaker = talk.speaker(named.name, _place(event, at))
        if named.post:
            speaker.post(named.post, _place(event, at))
    below = _place(event, "DESCRIPTION")
    talk.told(told.abstract, below)
    if told.bio and len(people) == 1:
        talk.speakers[0].bio(told.bio, below)
    else:
        talk.said(told.bio, below)
    talk.said(told.rest, below)
