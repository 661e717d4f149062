"""An announcement while it is put together, and what is told of it twice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg import lines, names
from kg.model import Listing, Page, Part, Span, SpeakerLine


@dataclass
class Entry:
    """A listing while it is put together; ``opens`` is the role of its first line."""

    title: Span | None = None
    series: str | None = None
    date: str | None = None
    speakers: list[SpeakerLine] = field(default_factory=list)
    abstract: list[Span] = field(default_factory=list)
    bios: list[tuple[int, list[Span]]] = field(default_factory=list)
    named_at: int = -9
    marked: list[Part] = field(default_factory=list)
    opens: str = ""

    def listing(self, page: Page) -> Listing:
        """The finished listing, without what is still open."""
        text = page.text
        is_open = self.title is not None and lines.still_open(text[slice(*self.title)])
        return Listing(
            page=page,
            title=None if is_open else self.title,
            series=self.series,
            date=self.date,
            speakers=tuple(self.speakers),
            abstract=tuple(s for s in self.abstract if not lines.still_open(text[slice(*s)])),
            bios=tuple((i, tuple(spans)) for i, spans in self.bios),
            marked=tuple(self.marked),
        )


def once(page: Page, entries: list[Entry]) -> list[Entry]:
    """Entries of which none tells again what one before does: the next talk stands above the list of all."""
    out: list[Entry] = []
    known: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        spans = [entry.title, *(s.name for s in entry.speakers)] if entry.title else []
        told = (*(names.fold(page.text[slice(*s)]) for s in spans), entry.date or "")
        first = known.setdefault(told, entry) if len(spans) > 1 else entry
        if first is entry:
            out.append(entry)
            continue
        first.abstract, first.bios = first.abstract or entry.abstract, first.bios or entry.bios
        first.marked += entry.marked
        pairs = zip(first.speakers, entry.speakers, strict=True)
        first.speakers = [replace(a, details=(*a.details, *b.details)) for a, b in pairs]
    return out
