"""The words of a sentence, read left to right: verbs open and close, markers set the tense."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses import _words as w
from kg.clauses._frames import Chunk, Frame, Opening, Place
from kg.language import Sentence, Token
from kg.model import Mention

_AUXILIARIES = frozenset(
    "has have had is was are were can could may might would must should".split()
)
_BREAKS = frozenset({";", "where", "after", "following"})


_ONCE = {
    "be": "past",
    "work": "base-past",
    "teach": "base-past",
    "lead": "base-past",
    "head": "base-past",
    "run": "base-past",
    "direct": "base-past",
    "manage": "base-past",
}


_OBTAINED = {
    **dict.fromkeys(("has", "have"), "now"),
    **dict.fromkeys("took accepted assumed obtained got received gained".split(), "joined"),
    **dict.fromkeys(
        "did completed finished conducted undertook carried had trained pursued done".split(),
        "past",
    ),
}
_FIRMS = frozenset({"startup", "start-up", "spinoff", "spinout"})
_POSTS = frozenset("position positions post posts appointment appointments role roles".split())
_HOLD = frozenset("held hold holds holding has had have".split())


class State:
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
        self.waiting: list[int] = []

    # -- words -----------------------------------------------------------------------------------------------

    def word(self, token: Token) -> None:
        """Take a word that is part of no mention."""
        lower = token.lower
        self.gap.append(token)
        if lower in _BREAKS:
            self._break(lower)
        elif (lower in {"which", "whose"} and self._words()[-2:-1] != ["in"]) or (
            lower in {"who", "that"} and self.verb
        ):
            self.relative = True
        elif lower in w.ADVICE and {"his", "her", "their", "my"} & set(self._words()):
            self.advice_noun = True
        elif lower in w.FORMER | w.CURRENT | w.FUTURE:
            self._marker(lower)
        elif self._is_verb(token):
            self._verb(token)
        else:
            self._small(token)

    def _is_verb(self, token: Token) -> bool:
        if token.lower in _FIRMS or token.tag == "POS":
            return False
        return token.tag.startswith("VB") or token.lower in w.verbs()

    def _small(self, token: Token) -> None:
        """Take a word that is neither verb nor marker: a noun for posts, "time at", a pronoun, a comma."""
        lower = token.lower
        if lower in _POSTS and self.verb in _HOLD and self.licensed and self.chunk is None:
            self.base, self.gap = True, [token]
        elif lower == "at" and (
            self._words()[-2:-1] in (["stint"], ["stints"], ["experience"])
            or (self._words()[-2:-1] == ["time"] and self._times_own())
        ):
            self._open("base-past", self.gap[-2])
            self.gap.append(token)
        elif lower in {"he", "she", "they", "i", "we"}:
            self.blocked = self.relative = False
        elif lower in {",", "and"} and self.blocked:
            self.blocked = lower == "and"

    def _times_own(self) -> bool:
        """Whether "time at" is the person's: "her time at X", "through Byron's time at X"."""
        return bool(self._words()[-3:-2]) and self._words()[-3] in {
            "his", "her", "their", "my", "'s", "’s",
        }  # fmt: skip

    def _break(self, lower: str) -> None:
        """A word that ends a clause and says how the next one opens."""
        if lower in {"after", "following"}:
            self.tense, self.licensed, self.mark, self.blocked = "past", True, "past", False
            return
        if lower == "where":
            self.where = self.last_place
        self.close()
        self.blocked = self.relative = False

    def _marker(self, lower: str) -> None:
        if [t.text for t in self.gap[-2:-1]] == ["("]:
            return
        if lower in w.FUTURE:
            self.mark = "future"
        elif lower in w.CURRENT:
            self.mark = "now"
            self.tense = (
                "now" if self.tense == "past" and self.verb not in {"was", "were"} else self.tense
            )
        elif lower != "once" or not self.verb:
            self.mark = "past"
        if self.chunk and self.chunk.places:
            self.close()
        if lower in {"former", "ex"}:
            self.tense = "past"
        if not self.verb:
            self.tense = {"now": "now", "past": "past", "future": "future"}[self.mark]

    def _verb(self, token: Token) -> None:
        opens = w.verbs().get(token.lower)
        if self._back_to_the_speaker(token):
            self.close()
            self.relative, self.licensed, self.verb = False, True, token.lower
            return
        if token.lower == "used":
            self.mark = "past"
            return
        if self._words()[-3:-1] == ["used", "to"] and token.lower in _ONCE:
            opens = _ONCE[token.lower]
        if self.relative and token.tag in {"VB", "VBZ", "VBD", "VBP", "MD", "VBN"}:
            self.relative, self.licensed, self.verb = False, False, token.lower
            self.close()
            return
        if opens is None:
            self._unknown(token)
        elif token.tag in {"VBN", "VBG", "VB"} and not self.licensed and self.verb in _AUXILIARIES:
            self.verb = token.lower
        else:
            self._open(opens, token)

    def _back_to_the_speaker(self, token: Token) -> bool:
        """Whether the clause of another gives something to the speaker: "which awarded her the Tern Medal"."""
        after = next((t for t in self.sentence.tokens if t.span.start >= token.span.end), None)
        given = token.lower in {"awarded", "gave", "named", "elected", "granted", "presented"}
        return given and after is not None and after.lower in {"her", "him", "them", "me"}

    def _unknown(self, token: Token) -> None:
        """A verb of no career: a finite one closes the door, a participle shuts it until the next comma."""
        if token.tag in {"VBZ", "VBD", "VBP"} or (token.tag == "VB" and self._modal()):
            self.close()
            self.licensed = self.honours
            if self.honours:
                return
            self.licensed, self.verb, self.base = False, token.lower, False
            if token.tag == "VBD" and self.tense == "now":
                self.tense = "past"
        elif (
            token.tag in {"VBG", "VBN", "VB"}
            and not token.capital
            and token.lower not in w.field_words()
            and not (self.chunk and self.chunk.kind == "degree" and token.lower in w.ABOUT)
        ):
            self.blocked = True

    def _modal(self) -> bool:
        return any(t.tag == "MD" or t.lower == "to" for t in self.gap[-3:-1])

    def _open(self, opens: str, token: Token) -> None:
        if opens == "advised":
            self.advising = True
            return
        if self._predicate(token) or self._as_a_post(opens, token):
            return
        self.waiting = []
        if opens in {"now", "base-now"} and self.where:
            self._still_there()
        perfect = self.verb in {"has", "have", "'ve", "’ve"} and opens in {"past", "base-past"}
        if opens in {"now", "base-now"} and self.verb and self.mark in {"past", "past-next"}:
            self.mark = ""
        if self._joined_in_front(opens):
            self.mark = "before"
        if not (opens in {"list", "same", "base-same"} and self.chunk and not self.chunk.places):
            self.close()
        self.licensed, self.blocked, self.verb = opens != "none", False, token.lower
        self.base = opens.startswith("base") or opens in {"joined", "left", "founded", "came"}
        self._tense(opens)
        if perfect and self.mark not in {"past", "past-next", "future"}:
            self.tense = "perfect"
        self.gap = [token] if self.base else []

    def _still_there(self) -> None:
        """Take a post as held now: "was appointed director of X, where she leads ..."."""
        last = self.frames[-1] if self.frames else None
        if last and last.tense in {"joined", "appointed"} and last.kind == "post":
            self.frames[-1] = replace(last, tense="current")

    def _as_a_post(self, opens: str, token: Token) -> bool:
        """Whether a verb only places the post in front of it: "As a postdoc, she worked at X"."""
        chunk = self.chunk
        if not (chunk and chunk.kind == "post" and chunk.anchors and not chunk.places):
            return False
        if self.verb or not opens.startswith("base"):
            return False
        self.licensed, self.verb, self.base = True, token.lower, True
        self._tense(opens)
        chunk.tense, self.gap = self.tense, []
        return True

    def _predicate(self, token: Token) -> bool:
        """Whether a verb only ties a degree to its place and year: "Her PhD is from X", "the PhD followed in 2018"."""
        chunk = self.chunk
        if (
            chunk
            and chunk.kind == "degree"
            and not chunk.places
            and token.lower in {"is", "was", "are", "were", "followed", "came", "comes"}
        ):
            self.verb, self.licensed, self.gap = token.lower, True, []
            return True
        return False

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
        if kind in table:
            self.tense = table[kind]
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

    # -- emission --------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Turn the open chunk into frames."""
        chunk, self.chunk = self.chunk, None
        self.advising = False
        if chunk is None:
            return
        self._find_place(chunk)
        if self.early_date and not chunk.dates:
            chunk.dates.append(self.early_date)
            self.early_date = ""
        if not self.verb and chunk.kind == "post" and chunk.tense == "now" and w.is_over(chunk):
            chunk.tense = "past"
        self._emit(chunk)

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

    def _inherited(self, chunk: Chunk) -> Place | None:
        if self.where and chunk.kind in {"post", "degree", "member"}:
            return Place(self.where.organization, chunk.unit)
        if self.early and chunk.kind in {"post", "degree"}:
            return Place(self.early[0].organization, chunk.unit)
        same = (
            self.last_place
            if self.frames
            and self.frames[-1].kind == "post"
            and self.frames[-1].tense == chunk.tense
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
