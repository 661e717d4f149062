"""A talk's own stretch of its page, and where a value stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg import language
from kg.model import Listing, Page, Span

_GAP = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
_MOST = 50


@dataclass(frozen=True)
class Stretch:
    """The lines of a page that belong to one talk.

    Parameters:
        parts: in reading order; lines that follow each other are one part.
    """

    page: Page
    parts: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The lines, as a model gets to see them."""
        return "\n".join(self.page.text[p.start : p.end] for p in self.parts)

    def places(self, value: str) -> list[Span]:
        """Where a value stands, letter by letter and as whole words; a line may break in it, no paragraph."""
        words = _GAP.join(re.escape(word) for word in value.split())
        if not words:
            return []
        pattern = re.compile(rf"(?<!\w){words}(?!\w)")
        found = (
            Span(*match.span())
            for part in self.parts
            for match in pattern.finditer(self.page.text, part.start, part.end)
        )
        return [span for span, _ in zip(found, range(_MOST), strict=False)]

    def part(self, at: Span) -> Span:
        """The part that holds a place."""
        return next(part for part in self.parts if part.holds(at))

    def around(self, at: Span) -> Span:
        """The sentence or line that holds a place, or all of them that it runs over."""
        part = self.part(at)
        over = [
            s
            for s in language.sentences(self.page.text, part.start, part.end)
            if s.start < at.end and at.start < s.end
        ]
        return covering([at, *over])


def covering(spans: Iterable[Span]) -> Span:
    """The shortest span over several."""
    known = list(spans)
    return Span(min(s.start for s in known), max(s.end for s in known))


def stretches(page: Page, found: tuple[Listing, ...]) -> list[Stretch]:
    """The stretch of every listing: its parts, and the lines of its speakers as far as no other listing shares them."""
    lines = [_lines(page, listing) for listing in found]
    out = []
    for listing, own in zip(found, lines, strict=True):
        others = {line for other in lines if other is not own for line in other}
        spans = [*_parts(listing), *(line for line in own if line not in others)]
        trimmed = (language.trim(page.text, s.start, s.end) for s in spans)
        out.append(Stretch(page, tuple(_joined(page.text, [s for s in trimmed if s]))))
    return out


def _lines(page: Page, listing: Listing) -> frozenset[Span]:
    """The lines that name a listing's speakers: a title of honour may stand before the name."""
    return frozenset(
        line
        for speaker in listing.speakers
        for span in (speaker.name, *speaker.details)
        for line in _whole(page.text, span)
        if not any(line.start < s.end and s.start < line.end for s in _prose(listing))
    )


def _prose(listing: Listing) -> Iterator[Span]:
    yield from listing.abstract
    for _, spans in listing.bios:
        yield from spans


def _parts(listing: Listing) -> Iterator[Span]:
    if listing.title:
        yield listing.title
    for speaker in listing.speakers:
        yield speaker.name
        yield from speaker.details
    yield from _prose(listing)


def _whole(text: str, span: Span) -> Iterator[Span]:
    at = text.rfind("\n", 0, span.start) + 1
    while at < span.end:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield Span(at, end)
        at = end + 1


def _joined(text: str, spans: list[Span]) -> Iterator[Span]:
    """Lines that follow each other as one."""
    last: Span | None = None
    for span in sorted(spans):
        if last and (span.start <= last.end or not text[last.end : span.start].strip()):
            last = covering([last, span])
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
