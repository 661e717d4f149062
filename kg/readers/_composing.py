"""Fields of a source put together as the text of a page, so that every fact has a place to point at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from kg import resources
from kg.model import Outline, Page, Part, Place, Span, SpeakerLine
from kg.names import fold
from kg.readers._decoding import clean

_GIVEN = 1.0


@cache
def _no_affiliation() -> frozenset[str]:
    return frozenset(fold(w) for w in resources.words("no-affiliation"))


class Composition:
    """The text of a page while it grows, talk by talk."""

    def __init__(self, name: str, read_on: str | None = None) -> None:
        """Start with an empty page of this name."""
        self._name, self._read_on = name, read_on
        self._parts: list[str] = []
        self._length = 0
        self._places: list[Place] = []
        self._outlines: list[Outline] = []

    def add(self, talk: DraftTalk) -> None:
        """Write a talk: title, date, each speaker with posts, then abstract, prose, biographies and keywords.

        A talk without a title and without a speaker is left out.
        """
        speakers = [s for s in talk.speakers if s.name]
        if not (talk.title or speakers):
            return
        if self._parts:
            self._put("\n")
        title = self._field(talk.title) if talk.title else None
        if talk.date:
            self._put(f"{talk.date}\n")
        marked: list[Part] = []
        lines = tuple(self._speaker(s, marked) for s in speakers)
        abstract = self._paragraphs(talk.abstract)
        prose = self._paragraphs(talk.prose)
        bios = [(n, self._paragraphs(s.bios)) for n, s in enumerate(speakers)]
        keywords = tuple(self._field(k) for k in talk.keywords)
        self._outlines.append(
            Outline(
                title=title,
                series=talk.series or None,
                date=talk.date or None,
                speakers=lines,
                abstract=abstract,
                bios=tuple((n, spans) for n, spans in bios if spans),
                marked=tuple(marked),
                keywords=keywords,
                prose=prose,
            )
        )

    def pages(self) -> list[Page]:
        """The page, if it holds a talk."""
        if not self._outlines:
            return []
        text = "".join(self._parts)
        return [Page(self._name, text, self._read_on, tuple(self._outlines), tuple(self._places))]

    def _put(self, text: str) -> Span:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return Span(start, self._length)

    def _field(self, given: Given) -> Span:
        """Write one field on a line of its own."""
        span = self._put(given.text)
        self._places.append(Place(span, given.place))
        self._put("\n")
        return span

    def _paragraphs(self, fields: list[Given]) -> tuple[Span, ...]:
        """Write fields of several paragraphs; a span for each paragraph."""
        found: list[Span] = []
        for given in fields:
            self._put("\n")
            for line in given.text.split("\n"):
                if line.strip():
                    found.append(self._field(Given(line.strip(), given.place)))
        return tuple(found)

    def _speaker(self, speaker: DraftSpeaker, marked: list[Part]) -> SpeakerLine:
        assert speaker.name is not None
        name = self._field(speaker.name)
        marked.append(Part("name", name, _GIVEN))
        start = self._length
        for n, (before, kind, given) in enumerate(_told(speaker.posts)):
            if n:
                self._put(before)
            span = self._put(given.text)
            self._places.append(Place(span, given.place))
            if kind:
                marked.append(Part(kind, span, _GIVEN))
        if start == self._length:
            return SpeakerLine(name)
        line = Span(start, self._length)
        self._put("\n")
        return SpeakerLine(name, (line,))


def _told(posts: list[tuple[str, Given]]) -> Iterator[tuple[str, str, Given]]:
    """Posts as a line tells them, each with what stands before it: a role, then its place; other posts behind "; "."""
    waiting = list(posts)
    while waiting:
        kind, given = waiting.pop(0)
        partner = {"role": "aff", "aff": "role"}.get(kind)
        if waiting and waiting[0][0] == partner:
            pair = sorted([(kind, given), waiting.pop(0)], key=lambda p: p[0] == "aff")
            yield "; ", *pair[0]
            yield ", ", *pair[1]
        else:
            yield "; ", kind, given


@dataclass(frozen=True)
class Given:
    """A field as the source gives it, cleaned, and where it stands there."""

    text: str
    place: str


def _line(text: str, place: str) -> Given | None:
    """A field of one line: all its white space is one blank; None where it says nothing."""
    found = " ".join(clean(text).split())
    return Given(found, place) if any(map(str.isalnum, found)) else None


def _text(text: str, place: str) -> Given | None:
    """A field of several paragraphs, a line each; None where it says nothing."""
    found = clean(text).strip()
    return Given(found, place) if any(map(str.isalnum, found)) else None


@dataclass
class DraftSpeaker:
    """A speaker whose fields are being read. Values that say nothing are passed over."""

    name: Given | None = None
    posts: list[tuple[str, Given]] = field(default_factory=list)
    bios: list[Given] = field(default_factory=list)

    def post(self, text: str, place: str) -> None:
        """Words that tell post and place together: "Reader in logic, Lund University"."""
        self._post("", text, place)

    def role(self, text: str, place: str) -> None:
        """A post: "Reader in logic"."""
        self._post("role", text, place)

    def organization(self, text: str, place: str) -> None:
        """Where the speaker works, or several places in one field; words for having no place say nothing."""
        if fold(text) not in _no_affiliation():
            self._post("aff", text, place)

    def bio(self, text: str, place: str) -> None:
        """A biography: plain text, a paragraph a line (see ``_markup.prose``)."""
        if given := _text(text, place):
            self.bios.append(given)

    def _post(self, kind: str, text: str, place: str) -> None:
        if given := _line(text, place):
            self.posts.append((kind, given))


@dataclass
class DraftTalk:
    """A talk whose fields are being read. Values that say nothing are passed over.

    Parameters:
        series: the series of the talk, the name of the event.
        date: YYYY-MM-DD, YYYY-MM or YYYY.
    """

    series: str = ""
    date: str = ""
    title: Given | None = None
    speakers: list[DraftSpeaker] = field(default_factory=list)
    abstract: list[Given] = field(default_factory=list)
    prose: list[Given] = field(default_factory=list)
    keywords: list[Given] = field(default_factory=list)

    def named(self, text: str, place: str) -> None:
        """Take the title."""
        self.title = _line(text, place)

    def speaker(self, name: str, place: str) -> DraftSpeaker:
        """Add a speaker; one without a name is left out when the talk is written."""
        found = DraftSpeaker(_line(name, place))
        self.speakers.append(found)
        return found

    def told(self, text: str, place: str) -> None:
        """Take an abstract: plain text, a paragraph a line (see ``_markup.prose``)."""
        if given := _text(text, place):
            self.abstract.append(given)

    def said(self, text: str, place: str) -> None:
        """Take text of which nobody says whether it is an abstract, a biography or both."""
        if given := _text(text, place):
            self.prose.append(given)

    def keyword(self, text: str, place: str) -> None:
        """Take a term that the source gives the talk."""
        if given := _line(text, place):
            self.keywords.append(given)
