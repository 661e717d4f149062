"""Events, recordings and people in schema.org's terms to talks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.readers import _dates, _drafting, _empty, _naming, _records
from kg.readers._composing import DraftSpeaker, DraftTalk
from kg.readers._linked import Node, kinds
from kg.readers._people import people

_TALKS = frozenset(
    "VideoObject AudioObject PresentationDigitalDocument Clip PodcastEpisode Talk Lecture LearningResource".split()
)
_WORKS = frozenset("CreativeWork ScholarlyArticle Article".split())
_SPEAKING = (
    "performer",
    "performers",
    "speaker",
    "speakers",
    "actor",
    "actors",
    "presenter",
    "lecturer",
    "instructor",
)
_WRITING = ("author", "creator", "contributor")
_PLACES = ("affiliation", "worksFor", "memberOf")
_INNER = ("subEvent", "subEvents", "hasPart", "workPerformed", "workFeatured", "recordedIn")
_MOST_SPEAKERS = 12
_DEEPEST = 4


def talks(found: list[tuple[Node, str]]) -> list[DraftTalk]:
    """The talks of things that a page describes: those that name who speaks."""
    out: list[DraftTalk] = []
    seen: set[tuple[str, str]] = set()
    for node, place in found:
        for talk in _of(node, place, "", 0):
            key = (
                talk.title.text if talk.title else "",
                talk.speakers[0].name.text if talk.speakers[0].name else "",
            )
            if key not in seen:
                seen.add(key)
                out.append(talk)
    return out


def persons(found: list[tuple[Node, str]]) -> list[DraftTalk]:
    """The people whom a page is about, each an entry: the one it is mainly about, or several that it tells of."""
    out: list[DraftTalk] = []
    for node, place in found:
        told = _records.paragraphs(node.get("description")) and any(
            node.get(k) for k in (*_PLACES, "jobTitle")
        )
        if kinds(node) == ["Person"] and told:
            talk = DraftTalk()
            _speaker(talk, node, place)
            out += [talk] if talk.speakers else []
    several = len(out) > 1 or any(
        ".mainEntity" in s.name.place for t in out for s in t.speakers if s.name
    )
    return out if several else []


def _of(node: Node, place: str, series: str, depth: int) -> Iterator[DraftTalk]:
    """The talks of an event: those inside of it, or itself."""
    names = kinds(node)
    event = any(k.endswith("Event") or k in {"Event", "CourseInstance"} for k in names)
    work = any(k in _TALKS for k in names) or (depth > 0 and any(k in _WORKS for k in names))
    if not (event or work) or depth > _DEEPEST:
        return
    inner = [
        talk
        for key in _INNER
        for one, at in _records.each(node.get(key), f"{place}.{key}")
        if isinstance(one, dict)
        for talk in _of(one, at, _records.line(node.get("name")), depth + 1)
    ]
    if inner:
        for talk in inner:
            talk.date = talk.date or _day(node)
        yield from inner
        return
    talk = _talk(node, place, series, work)
    if talk.speakers and len(talk.speakers) <= _MOST_SPEAKERS and not _whole(node):
        yield talk


def _whole(node: Node) -> bool:
    """Whether an event is a conference that takes days rather than a talk."""
    begin, end = _day(node), _dates.day(_records.text(node.get("endDate"))) or ""
    return bool(begin and end and begin != end and end[:7] >= begin[:7] and len(end) == 10)


def _day(node: Node) -> str:
    for key in ("startDate", "dateCreated", "datePublished", "uploadDate"):
        value = node.get(key)
        if day := _dates.day(
            _records.text(value[0] if isinstance(value, list) and value else value)
        ):
            return day
    return ""


def _talk(node: Node, place: str, series: str, work: bool) -> DraftTalk:
    talk = DraftTalk(date=_day(node))
    above = node.get("superEvent") or node.get("eventSeries") or node.get("isPartOf")
    talk.series = (_records.line(above.get("name")) if isinstance(above, dict) else "") or series
    for key in _SPEAKING if any(node.get(k) for k in _SPEAKING) else _WRITING if work else ():
        for value, at in list(_records.each(node.get(key), f"{place}.{key}"))[:50]:
            _speaker(talk, value, at)
    _title(talk, node, place)
    for key in ("abstract", "description", "articleBody"):
        text = _records.paragraphs(node.get(key))
        if (
            text
            and not text.endswith(("...", "…", "[…]"))
            and all(text != g.text for g in (*talk.abstract, *talk.prose))
        ):
            (talk.told if key == "abstract" else talk.said)(text, f"{place}.{key}")
    for key in ("keywords", "about"):
        for value, at in list(_records.each(node.get(key), f"{place}.{key}"))[:20]:
            words = value.get("name") if isinstance(value, dict) else value
            for term in re.split(r"\s*[,;]\s*", _records.line(words))[:20]:
                talk.keyword(term, at)
    return talk


def _title(talk: DraftTalk, node: Node, place: str) -> None:
    """Take the title; the name of who speaks before or behind it is none of it."""
    for key in ("name", "headline"):
        title = _drafting.untitled(_records.line(node.get(key)), talk.series)
        for speaker in talk.speakers:
            name = re.escape(speaker.name.text) if speaker.name else r"\Z"
            title = re.sub(
                rf"^(?:(?:dr|prof)\.?\s+)*{name}(?:\s*\([^()]*\))?\s*[:–—|-]\s+|\s*[–—|-]\s+{name}$",
                "",
                title,
                flags=re.I,
            )
            title = "" if re.fullmatch(name, title, re.I) else title
        title = re.sub(r"^[\"“„«](.*)[\"”“»]$", r"\1", title)
        if title and not _empty.vague(title):
            talk.named(title, f"{place}.{key}")
            return


def _speaker(talk: DraftTalk, value: object, place: str) -> None:
    if isinstance(value, str):
        for named in people(value)[:_MOST_SPEAKERS]:
            if _naming.person(named.name):
                speaker = talk.speaker(named.name, place)
                if named.post:
                    speaker.post(named.post, place)
        return
    if not isinstance(value, dict):
        return
    told = kinds(value)
    if told and not {"Person", "PerformingGroup", "Thing"} & set(told):
        return
    name = _records.line(value.get("name")) or " ".join(
        filter(None, (_records.line(value.get(k)) for k in ("givenName", "familyName")))
    )
    name = _naming.bare(_naming.cleaned(name))
    if not name or _empty.unsaid(name) or not (_naming.person(name) or told == ["Person"]):
        return
    _person(talk.speaker(name, f"{place}.name" if "name" in value else place), value, place)


def _person(speaker: DraftSpeaker, node: Node, place: str) -> None:
    """Tell of a speaker what a page tells of a person."""
    for role, at in _words(node, "jobTitle", place):
        speaker.role(role, at)
    placed = (list(_words(node, key, place)) for key in _PLACES)
    for name, at in next(filter(None, placed), []):
        speaker.organization(name, at)
    for key in ("description", "disambiguatingDescription"):
        speaker.bio(_records.paragraphs(node.get(key)), f"{place}.{key}")
    name = speaker.name.text if speaker.name else ""
    for school, at in _words(node, "alumniOf", place):
        speaker.bio(f"{name} graduated from {school}.", at)
    for honour, at in _words(node, "award", place):
        speaker.bio(f"{name} received the {honour}.", at)


def _words(node: Node, key: str, place: str) -> Iterator[tuple[str, str]]:
    """The texts or names of the things in a field, each with its place."""
    for value, at in list(_records.each(node.get(key), f"{place}.{key}"))[:20]:
        held = isinstance(value, dict)
        if text := _records.line(value.get("name") if isinstance(value, dict) else value):
            yield text, f"{at}.name" if held else at
