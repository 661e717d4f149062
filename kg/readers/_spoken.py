"""Fields of a talk as feeds give them, told to a draft: prose without lines of links, people one a field."""

from __future__ import annotations

import re

from kg.readers import _empty
from kg.readers._composing import DraftSpeaker, DraftTalk
from kg.readers._markup import prose
from kg.readers._single import single
from kg.readers._trees import Node

_LINK = re.compile(
    r"<?\b(?:https?://|www\.)[^\s>]+>?|<?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_FEW = 6
_GENERAL = re.compile(
    r"(?:main|keynotes?|lightning|short|invited|community|misc\w*|other|general|default|sonstiges|hauptprogramm)"
    r"(?:[ -]?(?:tracks?|stage|talks?|events?|programme?|room))?|(?:dev)?rooms?|tracks?|talks?|sessions?|workshops?",
    re.IGNORECASE,
)
_ROOM = re.compile(r"\s*\b(?:dev ?room|track)\b\s*", re.IGNORECASE)


def text(value: str) -> str:
    """The prose of a value, without lines that say little more than an address."""
    return "\n".join(line for line in prose(value).split("\n") if not _is_link(line))


def _is_link(line: str) -> bool:
    rest, links = _LINK.subn(" ", line)
    return links > 0 and len(_WORD.findall(rest)) < _FEW


def say(talk: DraftTalk, *fields: Node) -> None:
    """Tell what fields say of a talk or its speakers, each once."""
    for field in fields:
        said = text(field.text)
        if said and not _empty.unsaid(said) and not _told(talk, said):
            talk.said(said, field.path)


def abstract(talk: DraftTalk, field: Node) -> None:
    """Tell the abstract of a talk."""
    said = text(field.text)
    if said and not _empty.unsaid(said) and not _told(talk, said):
        talk.told(said, field.path)


def _told(talk: DraftTalk, said: str) -> bool:
    """Whether a talk says this already, perhaps with more behind it."""
    return any(said in given.text for given in (*talk.abstract, *talk.prose))


def speakers(talk: DraftTalk, field: Node) -> list[DraftSpeaker]:
    """Add who speaks by a field for one name; words beside it are post and place."""
    added = []
    for named in single(field.text):
        speaker = talk.speaker(named.name, field.path)
        if named.post:
            speaker.post(named.post, field.path)
        added.append(speaker)
    return added


def biography(added: list[DraftSpeaker], field: Node) -> None:
    """Tell the biography of a speaker; one that is given for several people is nobody's."""
    said = text(field.text)
    if len(added) == 1 and said and not _empty.unsaid(said):
        added[0].bio(said, field.path)


def track(talk: DraftTalk, field: Node) -> None:
    """Take a track as a term, where it names a matter and not a room or a kind of talk."""
    name = _ROOM.sub(" ", field.text).strip()
    if name and not _GENERAL.fullmatch(name) and not _empty.unsaid(name) and not _empty.vague(name):
        talk.keyword(name, field.path)


def is_talk(talk: DraftTalk) -> bool:
    """Whether a draft is a talk: somebody speaks, or its title names no break and more is said than a title."""
    if any(s.name for s in talk.speakers):
        return True
    title = talk.title.text if talk.title else ""
    return bool(title and (talk.abstract or talk.prose)) and not _empty.pause(title)
