"""Talks as the API of researchseminars.org answers them: /search/talks, /lookup/series, /lookup/talk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _empty, _spoken, _trees, _zones
from kg.readers._composing import Composition, DraftTalk
from kg.readers._people import share
from kg.readers._single import listed
from kg.readers._trees import Node

SUFFIXES = (".json",)
_OWN = ("seminar_ctr", "speaker_affiliation", "speaker_homepage")
_APART = re.compile(r"\s*[,;\n]\s*")
_CODE = re.compile(r"[a-z]+_[A-Za-z-]+")


def claims(source: Source) -> float:
    """Records of talks with the keys of this service."""
    head = source.head
    if '"seminar_id"' not in head or '"speaker"' not in head:
        return 0.0
    return 1.0 if any(f'"{key}"' in head for key in _OWN) else 0.6


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of an answer; talks that are hidden or were deleted are left out.

    Raises:
        ReadError: it is no JSON, or no answer.
    """
    tree = _trees.parse(source)
    yield from tree.skipped(source)
    root = tree.root
    if not isinstance(root.value, dict | list):
        raise ReadError(f"{source.name}: no answer: a value without fields")
    series = _name(root["properties"])
    composition = Composition(source.name)
    for record in _records(root):
        if record.value is None:
            continue
        place = record.path or "the top"
        if not record.is_record:
            yield Skipped(source.name, place, "no object")
        elif not (record["title"].text or record["speaker"].text):
            yield Skipped(source.name, place, "neither a title nor a speaker")
        elif not (record["deleted"].yes or record["hidden"].yes):
            talk = _talk(record, series)
            if _spoken.is_talk(talk):
                composition.add(talk)
    yield from composition.pages()


def _records(root: Node) -> Iterator[Node]:
    for key in ("results", "talks"):
        if isinstance(root[key].value, list):
            return root[key].each()
    if isinstance(root.value, list):
        return root.each()
    return iter([root["properties"] if root["properties"] else root])


def _name(series: Node) -> str:
    return series["name"].text if not series["speaker"] else ""


def _talk(record: Node, series: str) -> DraftTalk:
    named = _name(record["seminar"]) or record.first("seminar_name", "series_name").text
    series = named or series or record["seminar_id"].text
    zone = record["timezone"].text
    date = _zones.local_day(record.first("start_time", "date").text, zone)
    talk = DraftTalk(series=" ".join(series.split()), date=date)
    if not _empty.unsaid(record["title"].text):
        talk.named(record["title"].text, record["title"].path)
    _speakers(talk, record["speaker"], record["speaker_affiliation"])
    _spoken.abstract(talk, record["abstract"])
    _spoken.say(talk, record["comments"])
    for term in _terms(record):
        talk.keyword(term.text, term.path)
    return talk


def _speakers(talk: DraftTalk, speaker: Node, places: Node) -> None:
    """The people of one field, and of their places one each where the field gives as many."""
    found = listed(speaker.text)
    given = "" if _empty.unsaid(places.text) else places.text
    for named, place in zip(found, share(given, len(found)), strict=True):
        added = talk.speaker(named.name, speaker.path)
        if place:
            added.organization(place, places.path)
        elif named.post:
            added.post(named.post, speaker.path)


def _terms(record: Node) -> Iterator[Node]:
    """Its keywords, and topics that are words: the service's own codes are none."""
    for node in (record["keywords"], record["topics"]):
        for part in node.elements() if isinstance(node.value, list) else [node]:
            words = part["name"].text if part.is_record else part.text
            yield from (
                Node(w, part.path) for w in _APART.split(words) if w and not _CODE.fullmatch(w)
            )
