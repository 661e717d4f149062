"""Schedules and talks as JSON of conference tools: schedule.json of frab and pretalx, and what pretalx answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _empty, _spoken, _trees, _zones
from kg.readers._composing import Composition, DraftTalk
from kg.readers._trees import Node

SUFFIXES = (".json",)
_SCHEDULE = re.compile(r'"(?:conference|schedule)"\s*:\s*\{')
_DAYS = re.compile(r'"(?:daysCount|days|timeslot_duration|acronym)"\s*:')
_FRAB = re.compile(r'"(?:conference_events|schedule_speakers)"\s*:\s*\{')
_CODE = re.compile(r'"code"\s*:\s*"[A-Z0-9]{4,12}"')
_SUBMISSION = re.compile(
    r'"(?:submission|session)_type(?:_id)?"\s*:|"content_locale"\s*:|"do_not_record"\s*:'
)
_PERSON = re.compile(r'"biography"\s*:.*"submissions"\s*:\s*\[', re.DOTALL)
_NAMES = ("public_name", "full_public_name", "name", "full_name")
_PEOPLE = ("persons", "speakers", "presenters")
_LECTURE = re.compile(
    r"lecture|talk|keynote|presentation|vortrag|track|podium|panel|tutorial", re.IGNORECASE
)
_DEEPEST = 6
_PLACES = ("affiliation", "organization", "organisation", "company")


def claims(source: Source) -> float:
    """A schedule of a conference in days, or the answers of pretalx on its talks and speakers."""
    head = source.head
    if not head.startswith(("{", "[")):
        return 0.0
    if _FRAB.search(head) or (_SCHEDULE.search(head) and _DAYS.search(head) and '"title"' in head):
        return 1.0
    if _CODE.search(head) and (_SUBMISSION.search(head) or _PERSON.search(head)):
        return 0.9
    return 0.0


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of a schedule, or of a list of talks or speakers.

    Raises:
        ReadError: it is no JSON, or holds neither a schedule nor a list.
    """
    tree = _trees.parse(source)
    yield from tree.skipped(source)
    if not isinstance(tree.root.value, dict | list):
        raise ReadError(f"{source.name}: no schedule: a value without fields")
    composition = Composition(source.name)
    root = tree.root
    known = _Known(source, root)
    for record in _records(root):
        if record.value is None:
            continue
        if not record.is_record:
            yield Skipped(source.name, record.path or "the top", "no object")
            continue
        if problem := _fault(record):
            yield Skipped(source.name, record.path or "the top", problem)
            continue
        for talk in _talks(record, known):
            if _is_talk(record, talk):
                composition.add(talk)
    yield from composition.pages()


class _Known:
    """What a document says of all its talks.

    Parameters:
        people: speakers by their code, for answers that name them by it alone.
    """

    def __init__(self, source: Source, root: Node) -> None:
        """Read the head of a document, and the speakers' answer beside it where talks give only codes."""
        conference = _conference(root)
        self.title = " ".join(conference["title"].text.split())
        self.zone = conference["time_zone_name"].text or root["timezone"].text
        self.people = {p["code"].text: p for p in _listed(root["speakers"]) if p["code"].text}
        coded = any(
            isinstance(s.value, str) for r in _answers(root) for s in r["speakers"].elements()
        )
        data = source.beside("speakers.json") if coded and not self.people else None
        try:
            beside = _trees.parse(Source("speakers.json", data)).root if data else Node(None)
        except ReadError:
            beside = Node(None)
        for person in _answers(beside):
            self.people.setdefault(
                person["code"].text, Node(person.value, f"speakers.json: {person.path}")
            )


def _conference(root: Node) -> Node:
    return root["schedule"]["conference"] or root["conference"] or root["schedule"] or root["event"]


def _listed(node: Node) -> Iterator[Node]:
    return (n for n in node.elements() if n.is_record)


def _answers(root: Node) -> list[Node]:
    """The records of an answer of pretalx: of a page of results, a list, a version of the schedule, or scattered."""
    for key in ("results", "slots", "talks", "submissions"):
        if isinstance(root[key].value, list):
            return list(root[key].each())
    if isinstance(root.value, list):
        return list(root.each())
    return list(_scattered(root, _DEEPEST))


def _scattered(node: Node, depth: int) -> Iterator[Node]:
    """Records of talks and speakers somewhere in a document, such as sorted by day, hour and room."""
    if node["code"] and (node["title"] or node["name"]):
        yield node
    elif depth:
        for inner in node.each():
            yield from _scattered(inner, depth - 1)


def _records(root: Node) -> Iterator[Node]:
    """The events of all days and rooms of a schedule, or the records of an answer."""
    conference = _conference(root)
    if conference["days"]:
        for day in conference["days"].each():
            for room in day["rooms"].each():
                events = room if isinstance(room.value, list) else room.first("events", "talks")
                yield from (_dated(event, day) for event in events.each())
    elif root["conference_events"]:
        yield from root["conference_events"]["events"].each()
    elif root["schedule_speakers"]:
        yield from root["schedule_speakers"]["speakers"].each()
    else:
        yield from _answers(root)


def _dated(event: Node, day: Node) -> Node:
    """An event that gives no date, with that of its day."""
    if isinstance(event.value, dict) and not event["date"]:
        return Node({**event.value, "date": day["date"].value}, event.path)
    return event


def _fault(record: Node) -> str:
    """What is wrong with a record of which nothing can be used; "" where nothing is."""
    if record["submission"] or record["submissions"] or record["events"]:
        return ""
    if any(record[key] for key in ("title", *_NAMES)):
        return "" if not record["title"] or record["title"].text else "its title is no text"
    if any(record[key] for key in _PEOPLE):
        return ""
    return "neither a title nor a name"


def _talks(record: Node, known: _Known) -> Iterator[DraftTalk]:
    """The talk of a record; of a speaker's record a talk for each title it names, or one without a title."""
    if record["submission"].is_record:  # a slot of the schedule that holds its talk
        inner = record["submission"].value
        assert isinstance(inner, dict)
        path = record["submission"].path
        yield _talk(Node({**inner, "slot": record.value}, path), known)
    elif record["title"]:
        yield _talk(record, known)
    elif not _held(record):
        held = [t for t in record.first("submissions", "events").elements() if t["title"]]
        for title in held or [Node({}, record.path)]:
            yield _of_speaker(title, record, known)


def _held(record: Node) -> bool:
    """Whether a record without a title only lists people for something, or stands for a break."""
    return any(record[key] for key in _PEOPLE)


def _of_speaker(title: Node, person: Node, known: _Known) -> DraftTalk:
    talk = DraftTalk(series=known.title, date=_date(title, known.zone))
    talk.named(title["title"].text, title["title"].path)
    _spoken.abstract(talk, title["abstract"])
    _person(talk, person, known)
    return talk


def _talk(record: Node, known: _Known) -> DraftTalk:
    talk = DraftTalk(series=known.title, date=_date(record, known.zone))
    talk.named(_spoken.text(record["title"].text), record["title"].path)
    people = record.first(*_PEOPLE)
    for person in [people] if isinstance(people.value, str) else people.each():
        _person(talk, person, known)
    _spoken.abstract(talk, record["subtitle"])
    _spoken.abstract(talk, record["abstract"])
    _spoken.say(talk, record["description"])
    track = record["track"]
    _spoken.track(talk, track["name"] if track["name"] else track)
    for tag in record["tags"].elements():
        _spoken.track(talk, tag["tag"] if tag.is_record else tag)
    return talk


def _date(record: Node, zone: str) -> str:
    """The day of a talk: its own, or that of the first slot it has."""
    slots = [record["slot"], *record["slots"].elements()]
    for moment in (
        record["date"],
        *(slot["start"] for slot in slots),
        record["start"],
        record["start_time"],
    ):
        if len(moment.text) > 6 and (found := _zones.local_day(moment.text, zone)):
            return found
    return ""


def _person(talk: DraftTalk, person: Node, known: _Known) -> None:
    """Add a speaker: an object, a name, or a code by which the speakers' answer knows one."""
    if not person.is_record:
        found = known.people.get(person.text)
        if found is None and not _CODE.fullmatch(f'"code":"{person.text}"'):
            _spoken.speakers(talk, person)
        if found is None:
            return
        person = found
    added = _spoken.speakers(talk, person.first(*_NAMES))
    _spoken.biography(added, person.first("biography", "bio", "description", "abstract"))
    for place in _PLACES:
        if added and person[place].text:
            added[0].organization(person[place].text, person[place].path)


def _is_talk(record: Node, talk: DraftTalk) -> bool:
    """Whether a record is a talk that takes place: it was not turned down, and somebody speaks or it is a lecture."""
    if _empty.dropped(record["state"].text):
        return False
    if any(s.name for s in talk.speakers):
        return True
    kind = record.first("type", "submission_type")
    name = kind["name"].text or kind.text
    return (
        bool(_LECTURE.search(name)) and bool(talk.abstract or talk.prose) and _spoken.is_talk(talk)
    )
