"""What a pass over a sentence holds, and how an open chunk becomes frames."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses import _words as w
from kg.clauses._frames import Chunk, Frame, Opening, Place
from kg.clauses._turns import goes_on
from kg.language import Sentence, Token
from kg.model import Mention


class Emission:
    """The state of one pass over a sentence."""

    def __init__(self, sentence: Sentence, opening: Opening) -> None:
        self.sentence = sentence
        self.licensed = opening.licensed
        self.tense = opening.tense
        self.mark = ""
        self.base = False
        self.verb = ""
        self.relative = False
        self.blocked = False
        self.gap: list[Token] = []
        self.chunk: Chunk | None = None
        self.frames: list[Frame] = []
        self.early_date = ""
        self.fronted = ""
        self.last_place: Place | None = None
        self.where: Place | None = None
        self.last: Mention | None = None
        self.advising = False
        self.line = opening.line
        self.advice_noun = False
        self.honours = opening.honours
        self.early: list[Place] = []
        self.early_dates: list[str] = []
        self.used = False
        self.told = False
        self.waiting: list[int] = []
        self.bracketed: Mention | None = None
        self.gave_up = False

    def close(self) -> None:
        """Turn the open chunk into frames."""
        chunk, self.chunk = self.chunk, None
        self.advising = False
        if chunk is None:
            return
        self._find_place(chunk)
        self._date_early(chunk)
        if not self.verb and chunk.kind == "post" and chunk.tense == "now" and w.is_over(chunk):
            chunk.tense = "past"
        self._emit(chunk)

    def _date_early(self, chunk: Chunk) -> None:
        """Give a chunk the date in front of it: "In 1997 she won ..."; being "the first engineer to ..." is no post."""
        only_first = chunk.kind == "post" and not chunk.places and w.is_first(chunk)
        if self.early_date and not chunk.dates and not only_first:
            chunk.dates.append(self.early_date)
            self.fronted = self.early_date if chunk.kind == "award" else ""
            self.early_date = ""
        elif chunk.dates:
            self.early_date = "" if self.early_date == self.fronted else self.early_date
            self.fronted = ""

    def _find_place(self, chunk: Chunk) -> None:
        """Give a chunk without a place the one in front of it, its own centre or the one it goes on from."""
        if (
            self.early
            and chunk.kind == "degree"
            and not chunk.places
            and len(self.early) == len(chunk.anchors)
        ):
            chunk.places, self.early = self.early, []
            chunk.dates = chunk.dates or self.early_dates
        if not chunk.places:
            own = next((u for u in chunk.units.values() if u.kind == "organization"), None)
            place = Place(own) if own and not self.where else self._inherited(chunk)
            if place:
                chunk.places.append(place)
                chunk.sure -= 0.1

    def _emit(self, chunk: Chunk) -> None:
        """Add a chunk's frames; dated posts that wait for a place take the next one."""
        new = w.emit(chunk, self.sentence)
        if chunk.kind == "post" and chunk.places and self.waiting:
            for n in self.waiting:
                self.frames[n] = replace(self.frames[n], organization=chunk.places[0].organization)
        dated = chunk.kind == "post" and chunk.anchors and chunk.dates and not chunk.places
        at = len(self.frames)
        self.waiting = [*self.waiting, *range(at, at + len(new))] if dated else []
        self.frames += new
        self.gave_up = any(f.tense != chunk.tense for f in new)

    def _inherited(self, chunk: Chunk) -> Place | None:
        if self.where and chunk.kind in {"post", "degree", "member"}:
            return Place(self.where.organization, chunk.unit)
        if self.early and chunk.kind in {"post", "degree"}:
            return Place(self.early[0].organization, chunk.unit)
        same = (
            self.last_place
            if self.frames
            and self.frames[-1].kind == "post"
            and (
                self.frames[-1].tense == chunk.tense
                or self.gave_up
                or goes_on(chunk, self.sentence)
            )
            else None
        )
        if chunk.kind == "post" and same and same.organization and (chunk.unit or chunk.anchors):
            return Place(same.organization, chunk.unit)
        return None

    def finish(self) -> tuple[Frame, ...]:
        """Close what is open and return every frame."""
        self.close()
        return tuple(self.frames)

    def _words(self) -> list[str]:
        return [t.lower for t in self.gap]

    def _verbs_between(self) -> bool:
        return any(t.tag in {"VBZ", "VBD", "VBP"} for t in self.gap) or self.blocked
