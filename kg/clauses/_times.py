"""The tense of what is told: verbs, markers and spans of years."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses._emission import Emission
from kg.language import Token

_OBTAINED = {
    **dict.fromkeys(("has", "have"), "now"),
    **dict.fromkeys("took accepted assumed obtained got received gained".split(), "joined"),
    **dict.fromkeys(
        "did completed finished conducted undertook carried had trained pursued done".split(),
        "past",
    ),
}
_SHOWN = frozenset(
    "spoke presented met lived grew published keynoted performed competed played".split()
)
_RANGE = frozenset(
    "years year decade decades months two three four five six seven eight ten".split()
)


class Times(Emission):
    """Judges whether a post is held now, was held earlier or is taken up."""

    def _years_there(self) -> bool:
        """Whether "years at" tells how long the person was at a place: "after five years at X"."""
        words = self._words()
        return (
            self.chunk is None
            and not self.blocked
            and words[-2:-1] in (["years"], ["decade"], ["decades"])
            and (self.verb in {"", "including", "has", "have", "having"} or "after" in words)
            and any(t.tag == "CD" or t.lower in _RANGE for t in self.gap[-5:-1])
        )

    def _times_own(self) -> bool:
        """Whether "time at" is the person's: "her time at X", "through Byron's time at X"."""
        return bool(self._words()[-3:-2]) and self._words()[-3] in {
            "his", "her", "their", "my", "'s", "’s",
        }  # fmt: skip

    def _span_of_years(self) -> bool:
        """Whether "past" measures time, "for the past ten years"; behind one post it says that it is still held."""
        past = self.gap[-1]
        after = [t for t in self.sentence.tokens if t.span.start >= past.span.end][:3]
        if not any(t.tag == "CD" or t.lower in _RANGE for t in after):
            return False
        chunk = self.chunk
        if chunk and chunk.tense == "perfect" and len(chunk.places) == 1:
            chunk.tense = "now"
        if self.verb == "spent" and chunk is None:
            self.tense = "now"
        return True

    def _as_told(self, token: Token) -> None:
        """Take "As a postdoc at X, she found ..." as over: the verb of the sentence tells the time of its opening."""
        chunk, first = self.chunk, self.sentence.tokens[0]
        opening = not self.verb and not self.frames and first.lower == "as"
        if (
            opening
            and token.tag == "VBD"
            and chunk
            and chunk.kind == "post"
            and chunk.tense == "now"
        ):
            chunk.tense = "past"

    def _did_before(self, token: Token) -> bool:
        """Whether a sentence that opens with "before" or "previously" tells what was done, perhaps at a place."""
        first, near = self.sentence.tokens[0].lower, self._words()[-2:-1]
        opens = first in {"prior", "before", "previously", "earlier"} or near in (
            ["previously"],
            ["formerly"],
        )
        return (
            opens
            and self.licensed
            and not self.verb
            and token.tag == "VBD"
            and token.lower not in _SHOWN
        )

    def _still_there(self) -> None:
        """Take a post as held now: "was appointed director of X, where she leads ..."."""
        last = self.frames[-1] if self.frames else None
        if last and last.tense in {"joined", "appointed"} and last.kind == "post":
            self.frames[-1] = replace(last, tense="current")

    def _joined_in_front(self, opens: str) -> bool:
        """Whether "prior to" or "before" stands right before a verb in -ing."""
        words = [t.lower for t in self.gap[-4:-1]]
        return (
            opens in {"joined", "past", "founded", "same", "base-same"}
            and self.gap[-1].tag == "VBG"
            and ("before" in words or words[-2:] == ["prior", "to"])
        )

    def _tense(self, opens: str) -> None:
        kind = opens.removeprefix("base-")
        table = {
            "now": "now",
            "past": "past",
            "perfect": "perfect",
            "joined": "joined",
            "left": "past",
            "founded": "founded",
            "appointed": "appointed",
            "came": "past",
        }
        if self.verb == "made":
            self.tense = "past"
        elif self.verb in {"named", "elected", "chosen"} and not self.mark:
            self.tense = "appointed"
        if kind in table:
            self.tense = table[kind]
            if kind == "left" and self.early_date and "/" not in self.early_date:
                self.early_date = f"/{self.early_date}"  # "In 2018 she left X"
        elif self.verb == "followed":
            self.tense = "past"
        elif kind == "degree" and not self.mark:
            self.tense = _OBTAINED.get(self.verb, self.tense)
        self._by_mark()

    def _by_mark(self) -> None:
        """Bend the tense by what "before", "previously", "now" or "will" said of it."""
        if self.mark == "before":
            self.tense, self.mark = "current", "past-next"
        elif self.mark in {"past", "past-next"} and self.tense not in {"joined"}:
            self.tense = "past"
        elif self.mark == "future":
            self.tense = "future"
        elif self.mark == "now" and self.tense != "past":
            self.tense = "now"
