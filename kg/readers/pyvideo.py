"""Recorded talks in the layout of pyvideo: EVENT/category.json names the event, EVENT/videos/NAME.json is a talk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _dates, _empty, _spoken, _trees
from kg.readers._composing import Composition, DraftTalk
from kg.readers._trees import Node

SUFFIXES = (".json",)
_CATEGORY = "category.json"
_KEYS = ("title", "speakers", "recorded", "videos")
_OWN = ("copyright_text", "thumbnail_url", "related_urls", "quality_notes")
_WORD = re.compile(r"\w+")


def claims(source: Source) -> float:
    """An object with the keys of a video, or the file that names an event."""
    head = source.head
    if not head.startswith("{"):
        return 0.0
    if source.name.endswith(_CATEGORY):
        return 1.0 if '"title"' in head and '"speakers"' not in head else _video(head)
    return _video(head)


def _video(head: str) -> float:
    if not all(f'"{key}"' in head for key in _KEYS):
        return 0.0
    return 1.0 if any(f'"{key}"' in head for key in _OWN) else 0.6


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of one video; none of a file that names an event, or of a video of nobody and nothing.

    Raises:
        ReadError: it is no JSON object.
    """
    tree = _trees.parse(source)
    if not tree.root.is_record:
        raise ReadError(f"{source.name}: no JSON object")
    yield from tree.skipped(source)
    composition = Composition(source.name)
    talk = _talk(tree.root, _series(source, tree.root))
    if (tree.root["videos"] or tree.root["speakers"]) and _is_talk(talk):
        composition.add(talk)
    yield from composition.pages()


def _series(source: Source, video: Node) -> str:
    """The title of the event's file beside the folder of videos, or what the video itself gives."""
    for place in (f"../{_CATEGORY}", _CATEGORY):
        data = source.beside(place)
        if data is None or place == source.name:
            continue
        try:
            title = _trees.parse(Source(_CATEGORY, data)).root["title"].text.strip()
        except ReadError:
            continue
        if title:
            return title
    return video["category"].text.strip()


def _talk(video: Node, series: str) -> DraftTalk:
    talk = DraftTalk(series=" ".join(series.split()), date=_dates.day(video["recorded"].text) or "")
    talk.named(video["title"].text, video["title"].path)
    for name in video["speakers"].elements():
        _spoken.speakers(talk, name)
    _spoken.abstract(talk, video["abstract"])
    _spoken.say(talk, *sorted((video["description"], video["summary"]), key=lambda n: -len(n.text)))
    for tag in video["tags"].elements():
        if _tells(tag.text, series):
            talk.keyword(tag.text, tag.path)
    return talk


def _tells(tag: str, series: str) -> bool:
    """Whether a tag names a matter: not the event, its year or the kind of talk."""
    words = {w.casefold() for w in _WORD.findall(tag)}
    event = {w.casefold() for w in _WORD.findall(series)}
    squeezed = "".join(_WORD.findall(series)).casefold()
    if words <= event or "".join(_WORD.findall(tag)).casefold() in squeezed:
        return False
    return not any(w[-4:].isdigit() for w in words) and not _empty.vague(tag)


def _is_talk(talk: DraftTalk) -> bool:
    """Whether somebody speaks, or a title names more than a break or a number of short talks."""
    if any(s.name for s in talk.speakers):
        return True
    title = talk.title.text if talk.title else ""
    return bool(title) and not _empty.pause(title) and not _empty.vague(title)
