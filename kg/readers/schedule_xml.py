"""Schedules as conference tools write them: schedule.xml of frab, Pentabarf, pretalx, FOSDEM and their kin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.errors import ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _empty, _spoken, _zones
from kg.readers._composing import Composition, DraftTalk
from kg.readers._decoding import clean, decode
from kg.readers._people import people
from kg.readers._trees import Node

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".xml",)
_PROLOG = re.compile(
    r"(?:\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>))*\s*", re.DOTALL
)
_ROOT = re.compile(r"<schedule[\s>]")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?\?>")
_ENCODING = re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.-]{2,40})[\"']")
_LECTURE = re.compile(
    r"lecture|talk|keynote|presentation|vortrag|maintrack|main track|devroom|track|podium|panel|tutorial"
    r"|conf[ée]rence|charla|ponencia|palestra|wykład|доклад",
    re.IGNORECASE,
)
_NAMES = ("name", "public_name", "full_public_name", "display_name")
_BIOS = ("biography", "bio", "description", "about", "abstract")
_EVENTS = ("event", "entry")
_MOST_TOLD = 50


def claims(source: Source) -> float:
    """A document whose root is a schedule of days, rooms and events."""
    head = source.head
    start = _PROLOG.match(head)
    if not start or not _ROOT.match(head, start.end()):
        return 0.0
    if "<conference" in head or ("<day" in head and "<event" in head and "<persons" in head):
        return 1.0
    return 0.6 if "<day" in head and ("<speakers" in head or "<event" in head) else 0.0


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of a schedule: its events at which somebody speaks, and lectures that nobody is named for.

    Raises:
        ReadError: it is no XML, or no schedule.
    """
    root, log = _root(source)
    yield from _faults(source, log)
    conference = _Conference(root)
    composition = Composition(source.name)
    events = [e for e in root.iter() if e.tag in _EVENTS]
    if not events and conference.nothing:
        raise ReadError(f"{source.name}: no schedule: its root is {str(root.tag)[:40]!r}")
    for event in events:
        talk = _talk(event, conference)
        if talk.title is None and not talk.speakers:
            place = f"line {event.sourceline}"
            yield Skipped(source.name, place, "an event without title and persons")
        elif _is_talk(event, talk):
            composition.add(talk)
    yield from composition.pages()


def _root(source: Source) -> tuple[_Element, Any]:
    """The root element and the log of faults; no entity is read, nothing is fetched."""
    from lxml import etree  # noqa: PLC0415  heavy, only for XML

    text = _DECLARATION.sub("", _text(source), count=1)
    text = _DOCTYPE.sub(lambda m: "\n" * m[0].count("\n"), text).replace("<!ENTITY", "<!-ENTITY")
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{source.name}: no XML: {_line(str(error))}") from None
    if root is None:
        raise ReadError(f"{source.name}: no XML")
    return root, parser.error_log


def _text(source: Source) -> str:
    """The text, in the encoding that the document declares where it is none of Unicode's."""
    declared = _ENCODING.match(source.data.lstrip())
    name = declared[1].decode("ascii") if declared else "utf-8"
    if name.casefold().startswith("utf"):
        return source.text
    try:
        return clean(source.data.decode(name, "replace"))
    except (LookupError, ValueError):
        return decode(source.name, source.data)


def _faults(source: Source, log: Any) -> Iterator[Skipped]:
    """Each line at which the document is broken; names of characters that XML does not know are read all the same."""
    lines = {e.line: e.message for e in reversed(log) if "ntity" not in e.message}
    for line, message in islice(sorted(lines.items()), _MOST_TOLD):
        yield Skipped(source.name, f"line {line}", f"broken XML: {_line(message)}")
    if len(lines) > _MOST_TOLD:
        yield Skipped(
            source.name, "later lines", f"{len(lines) - _MOST_TOLD} more faults of its XML"
        )


def _line(message: str) -> str:
    return " ".join(message.split())[:200]


class _Conference:
    """What a schedule says of all its events."""

    def __init__(self, root: _Element) -> None:
        """Read the head of a schedule."""
        found = next(root.iter("conference"), None)
        self.title = _value(found, "title", "name").text if found is not None else ""
        self.zone = _value(found, "time_zone_name").text if found is not None else ""
        self.nothing = found is None and root.tag != "schedule"


def _value(element: _Element, *names: str) -> Node:
    """The text of the first child of one of these names that has any, and its place."""
    for name in names:
        for child in element.iterchildren(name):
            if said := _inner(child):
                return Node(said, _place(child))
    return Node("", "")


def _place(element: _Element) -> str:
    return f"line {element.sourceline}, {element.tag}"


def _inner(element: _Element) -> str:
    """The text of an element; marks inside of it, which some tools do not escape, stand as they do in HTML."""
    from lxml import etree  # noqa: PLC0415  loaded by now

    if not len(element):
        return (element.text or "").strip()
    parts = (etree.tostring(child, encoding="unicode") for child in element)
    return f"{element.text or ''}{''.join(parts)}".strip()


def _talk(event: _Element, conference: _Conference) -> DraftTalk:
    talk = DraftTalk(series=" ".join(conference.title.split()), date=_date(event, conference.zone))
    title = _value(event, "title")
    talk.named(_spoken.text(title.text), title.path)
    for group in event.iterchildren("persons", "speakers", "presenters"):
        for person in group.iterchildren("person", "speaker", "presenter"):
            _person(talk, person)
    for person in event.iterchildren("person", "speaker", "presenter"):
        _bare(talk, person)
    _spoken.abstract(talk, _value(event, "subtitle"))
    _spoken.abstract(talk, _value(event, "abstract"))
    _spoken.say(talk, _value(event, "description"))
    _spoken.track(talk, _value(event, "track"))
    return talk


def _date(event: _Element, zone: str) -> str:
    """The day an event begins: its own, else that of the day it stands in."""
    own = _zones.local_day(_value(event, "date").text, zone)
    days = (a.get("date", "") for a in event.iterancestors("day"))
    return own or next((d for d in (_zones.local_day(given) for given in days) if d), "")


def _person(talk: DraftTalk, person: _Element) -> None:
    name = _value(person, *_NAMES)
    if not name and not len(person):
        name = Node(_inner(person), _place(person))
    elif not name:
        name = Node((person.text or "").strip(), _place(person))
    added = _spoken.speakers(talk, name)
    _spoken.biography(added, _value(person, *_BIOS))
    for place in ("affiliation", "organization", "company"):
        if added and (said := _value(person, place)):
            added[0].organization(said.text, said.path)


def _bare(talk: DraftTalk, person: _Element) -> None:
    """Add who speaks by an element that no group holds; templates write all names into one."""
    if len(person):
        _person(talk, person)
        return
    for named in people(_inner(person)):
        speaker = talk.speaker(named.name, _place(person))
        if named.post:
            speaker.post(named.post, _place(person))


def _is_talk(event: _Element, talk: DraftTalk) -> bool:
    if any(s.name for s in talk.speakers):
        return True
    kind = _value(event, "type").text
    return bool(_LECTURE.search(kind)) and bool(talk.title) and not _pause(talk)


def _pause(talk: DraftTalk) -> bool:
    title = talk.title.text if talk.title else ""
    return _empty.pause(title) or _empty.vague(title) or not (talk.abstract or talk.prose)
