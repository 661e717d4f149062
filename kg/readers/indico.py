"""Events of Indico as JSON: its export API with contributions, sessions or a timetable, its lists, its JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _empty, _naming, _spoken, _trees, _zones
from kg.readers._composing import Composition, DraftTalk
from kg.readers._trees import Node

SUFFIXES = (".json", ".jsonld")
_EXPORT = re.compile(r'"_type"\s*:\s*"HTTPAPIResult"|"_fossil"\s*:')
_LISTED = re.compile(r'"is_speaker"\s*:')
_CONTEXT = re.compile(
    r'"@context"\s*:\s*[\[{]?\s*(?:"@vocab"\s*:\s*)?"https?://(?:www\.)?schema\.org'
)
_EVENT = re.compile(r'"@type"\s*:\s*\[?\s*"(?:https?://schema\.org/)?\w*Event(?:Series)?"')
_SPEAKERS = ("speakers", "presenters", "performer", "performers")
_STARTS = ("startDate", "start_dt", "start_date")
_PARTS = (
    "contributions",
    "subContributions",
    "subcontributions",
    "entries",
    "subEvent",
    "subEvents",
    "sessions",
)
_NO_TALKS = re.compile(
    r"Music|Theater|Theatre|Dance|Sports|Sale|Screening|Exhibition|Food|Delivery|Comedy|Festival|ChildrensEvent"
)
_UNDECIDED = frozenset(["submitted", "duplicate", "merged", "invited"])
_DAY = re.compile(r"\d{8}")
_DEEPEST = 8
_SESSIONS = ("Session", "SessionSlot", "LinkedTimeSchEntry")


def claims(source: Source) -> float:
    """What only Indico writes, or a document in JSON-LD whose matter is an event."""
    head = source.head
    if not head.startswith(("{", "[")):
        return 0.0
    if _EXPORT.search(head) or (_CONTEXT.search(head) and _EVENT.search(head)):
        return 1.0
    listed = '"persons"' in head or '"person_links"' in head
    return 0.9 if listed and _LISTED.search(head) else 0.0


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of an export: its contributions and its lectures.

    Raises:
        ReadError: it is no JSON, or a value without fields.
    """
    tree = _trees.parse(source)
    yield from tree.skipped(source)
    if not isinstance(tree.root.value, dict | list):
        raise ReadError(f"{source.name}: no event: a value without fields")
    composition = Composition(source.name)
    for found in _walk(tree.root, _Around(), _DEEPEST):
        if isinstance(found, _Found):
            if _is_talk(found.record, talk := _talk(found)):
                composition.add(talk)
        else:
            yield Skipped(source.name, found.path or "the top", "no object")
    yield from composition.pages()


@dataclass(frozen=True)
class _Around:
    """What the records around one say: the event's title, its time zone and its day."""

    series: str = ""
    zone: str = ""
    date: str = ""


@dataclass(frozen=True)
class _Found:
    """A record that may be a talk."""

    record: Node
    around: _Around


def _walk(node: Node, around: _Around, depth: int) -> Iterator[_Found | Node]:
    """The records of talks below a value, and values that stand where a record should."""
    if isinstance(node.value, list):
        for element in node.each():
            if not isinstance(element.value, dict):
                yield from [element] if element.value is not None else []
            else:
                yield from _walk(element, around, depth - 1)
    elif node.is_record and depth > 0:
        yield from _below(node, around, depth)


def _below(node: Node, around: _Around, depth: int) -> Iterator[_Found | Node]:
    title = node.first("title", "name")
    if not title.text:
        yield from _containers(node, around, depth)
        return
    if _gives_talk(node):
        yield _Found(node, around)
    inner = _inside(node, title, around)
    for key in _PARTS:
        if node[key]:
            yield from _walk(node[key], inner, depth - 1)


def _containers(node: Node, around: _Around, depth: int) -> Iterator[_Found | Node]:
    """What an object without a title holds: results, lists, a graph, the days of a timetable."""
    for key, value in node.value.items() if isinstance(node.value, dict) else ():
        if isinstance(value, dict | list) and key not in ("@context", "additionalInfo"):
            dated = around
            if _DAY.fullmatch(str(key)):
                dated = _Around(around.series, around.zone, _zones.local_day(str(key)))
            inner = node[key]
            records = isinstance(value, dict) or any(isinstance(v, dict) for v in value)
            yield from _walk(inner, dated, depth - 1) if records else ()


def _inside(node: Node, title: Node, around: _Around) -> _Around:
    """What an event says of its parts: the outermost title is their series, but no session's."""
    zone = node["timezone"].text or node["startDate"]["tz"].text or around.zone
    series = around.series or ("" if _is_session(node) else " ".join(title.text.split()))
    first, last = (
        _date(Node({"startDate": node[k].value}), around) for k in ("startDate", "endDate")
    )
    one_day = node["_type"].text == "Contribution" or (first and first == last)
    return _Around(series, zone, first if one_day else around.date)


def _is_session(node: Node) -> bool:
    return node["_type"].text in _SESSIONS or node["entryType"].text == "Session"


def _gives_talk(node: Node) -> bool:
    """Whether a record may be a talk itself: a contribution or a lecture, no event with parts, session or break."""
    kind = node["_type"].text
    if _is_session(node) or kind.startswith("Break") or node["entryType"].text == "Break":
        return False
    if kind == "Conference":
        return node["type"].text in ("simple_event", "lecture")
    if node["@type"]:
        return not _types(node, _NO_TALKS) and bool(_EVENT.search(f'"@type": "{_type(node)}"'))
    return True


def _type(node: Node) -> str:
    return node["@type"].text or next((t.text for t in node["@type"].elements() if t.text), "")


def _types(node: Node, pattern: re.Pattern[str]) -> bool:
    return pattern.search(_type(node)) is not None


def _talk(found: _Found) -> DraftTalk:
    record, around = found.record, found.around
    talk = DraftTalk(series=_series(record, around), date=_date(record, around))
    title = record.first("title", "name")
    if not _empty.unsaid(title.text):
        talk.named(_spoken.text(title.text), title.path)
    for person in _people(record):
        _person(talk, person)
    _spoken.say(talk, record["content"], record["description"])
    keywords = record["keywords"]
    for term in keywords.elements() if isinstance(keywords.value, list) else [keywords]:
        for word in re.split(r"\s*[,;]\s*", term.text):
            talk.keyword(word, term.path)
    track = record.first("track", "accepted_track")
    _spoken.track(talk, track["title"] if track.is_record else track)
    return talk


def _series(record: Node, around: _Around) -> str:
    """The event around a contribution; of a lecture its category or the event it belongs to."""
    own = record["superEvent"]["name"].text or record["category"].text
    if record["_type"].text == "Conference" or not around.series:
        return " ".join((own or around.series).split())
    return around.series


def _date(record: Node, around: _Around) -> str:
    """The day a record begins: a date in its own time zone, or a moment."""
    start = record.first(*_STARTS)
    if start.is_record:
        return _zones.local_day(start["date"].text) or around.date
    return _zones.local_day(start.text, record["timezone"].text or around.zone) or around.date


def _people(record: Node) -> Iterator[Node]:
    """Who speaks: those of the speakers' fields, persons marked as speakers, a lecture's chairs, or the one author."""
    named = record.first(*_SPEAKERS)
    if named:
        yield from (
            [named]
            if isinstance(named.value, str) or named["@type"] or named["name"]
            else named.each()
        )
        return
    persons = list(record.first("persons", "person_links").elements())
    if persons:
        marked = [p for p in persons if p["is_speaker"].yes or "speaker" in _roles(p)]
        yield from marked or (persons if len(persons) == 1 else [])
    elif record["_type"].text == "Conference":
        yield from record["chairs"].elements()
    else:
        authors = list(record.first("primaryauthors", "primary_authors").elements())
        yield from authors if len(authors) == 1 else []


def _roles(person: Node) -> list[str]:
    return [role.text for role in person["roles"].elements()]


def _person(talk: DraftTalk, person: Node) -> None:
    if person["@type"] and _types(person, re.compile("Organization|Group|Corporation")):
        return
    name = _name(person)
    added = _spoken.speakers(talk, name)
    if not added:
        return
    title = person.first("jobTitle", "job_title")
    if title.text:
        added[0].role(title.text, title.path)
    place = person.first("affiliation", "affiliation_link", "worksFor", "organization")
    for one in place.elements() if isinstance(place.value, list) else [place]:
        said = one["name"] if one.is_record else one
        if said.text and not _empty.unsaid(said.text):
            added[0].organization(said.text, said.path)
    _spoken.biography(added, person.first("description", "biography"))


def _name(person: Node) -> Node:
    """The name of a person, first name first; titles before it are left out later."""
    for first, last in (
        ("first_name", "last_name"),
        ("firstName", "familyName"),
        ("givenName", "familyName"),
    ):
        if person[last].text:
            whole = f"{person[first].text} {person[last].text}".strip()
            return Node(whole, person[last].path)
    if not person.is_record:
        return person
    whole_name = person.first("fullName", "full_name", "name")
    last_name, comma, first_name = whole_name.text.partition(", ")
    if comma and "," not in first_name:  # "Prof. Roe, Ada"
        return Node(f"{first_name} {_naming.bare(last_name)}", whole_name.path)
    return whole_name


def _is_talk(record: Node, talk: DraftTalk) -> bool:
    """Whether a record is a talk that takes place, and no poster."""
    state = record["state"].text or record["eventStatus"].text.rpartition("/")[2].removeprefix(
        "Event"
    )
    if _empty.dropped(state) or state in _UNDECIDED:
        return False
    kind = record.first("type", "accepted_contrib_type")
    if re.search(r"\bposters?\b", kind["name"].text or kind.text, re.IGNORECASE):
        return False
    parts = any(record[key] for key in _PARTS if not key.lower().startswith("subcontrib"))
    if any(s.name for s in talk.speakers):
        return not parts
    return not parts and record["_type"].text != "Conference" and _spoken.is_talk(talk)
