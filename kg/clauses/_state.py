"""The words of a sentence, read left to right: verbs open and close, markers set the tense."""

from __future__ import annotations

from kg.clauses import _lists
from kg.clauses import _words as w
from kg.clauses._times import Times
from kg.language import Token

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
    "serve": "base-past",
    "intern": "base-past",
    "research": "base-past",
    "lecture": "base-past",
    "become": "past",
    "join": "joined",
    "found": "founded",
    "co-found": "founded",
}


_FIRMS = frozenset({"startup", "start-up", "spinoff", "spinout"})
_POSTS = frozenset("position positions post posts appointment appointments role roles".split())
_HOLD = frozenset(
    "held hold holds holding has had have include includes included including".split()
)
_BEGAN = frozenset("started began starting beginning commenced launched".split())
_DID = frozenset("conducted did carried continued pursued performed".split())
_CONTRACTED = frozenset({"i've", "i’ve", "we've", "we’ve"})

_BEING = frozenset(["is", "'s", "’s", "are", "am"])


class State(Times):
    """Reads the words of a sentence."""

    def word(self, token: Token) -> None:
        """Take a word that is part of no mention."""
        lower = token.lower
        self.gap.append(token)
        if self._in_a_list(token):
            return
        if lower in _CONTRACTED:
            self.verb, self.blocked = "have", False
        elif lower in _BREAKS:
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
            self.fronted = ""
        else:
            self._small(token)

    def _in_a_list(self, token: Token) -> bool:
        """Whether a word only introduces examples of what was told: "at companies such as"."""
        if self.blocked or not self.licensed or not _lists.introduces(self.gap):
            return False
        open_post = self.chunk is not None and self.chunk.kind == "post" and not self.chunk.places
        if not (open_post or (self.base and self.chunk is None)):
            return False
        link = _lists.kind_of_place(self.gap) if self.verb != "lectured" else None
        after = next((t for t in self.sentence.tokens if t.span.start >= token.span.end), None)
        if link is not None:
            self.gap = [link]
        elif (
            token.lower == "including"
            and after is not None
            and after.lower in {"at", "for", "with"}
        ):
            self.gap = []
        else:
            return False
        return True

    def _is_verb(self, token: Token) -> bool:
        if token.lower in _FIRMS or token.tag == "POS":
            return False
        to = token.lower in _ONCE and self._words()[-2:-1] == ["to"]
        return to or token.tag.startswith("VB") or token.lower in w.verbs()

    def _small(self, token: Token) -> None:
        """Take a word that is neither verb nor marker: a noun for posts, "time at", a pronoun, a comma."""
        lower = token.lower
        if lower in _POSTS and self.verb in _HOLD and self.licensed and self.chunk is None:
            self.base, self.gap = True, [token]
            if self.verb.startswith("includ"):
                self.tense = "perfect"
        elif lower == "career" and self.verb in _BEGAN and self.licensed:
            self.tense = "past"
        elif lower in {"at", "with"} and self._time_there(token):
            self.gap.append(token)
        elif lower in {"he", "she", "they", "i", "we"}:
            self.blocked = self.relative = False
        elif lower in {",", "and"} and self.blocked:
            self.blocked = lower == "and"

    def _time_there(self, token: Token) -> bool:
        """Whether a noun before "at" tells of a time there: "five years at", "a stint at", "did research at"."""
        at, noun, before = token.lower == "at", self._words()[-2:-1], self.tense
        if self.licensed and self._years_there():
            self._open("base-past", token)
            self.tense = "past" if before == "past" else "perfect"
        elif at and noun == ["research"] and self.verb in _DID:
            self._open("base-past", token)
        elif at and (
            noun in (["stint"], ["stints"], ["experience"])
            or (noun == ["time"] and self._times_own())
        ):
            self._open("base-past", self.gap[-2])
        else:
            return False
        return True

    def _break(self, lower: str) -> None:
        """A word that ends a clause and says how the next one opens."""
        if lower in {"after", "following"}:
            self.tense, self.licensed, self.mark, self.blocked = "past", True, "past", False
            return
        self.close()
        if lower == "where":
            self.where = self.last_place
        self.blocked = self.relative = False

    def _marker(self, lower: str) -> None:
        aside = [t.text for t in self.gap[-2:-1]] == ["("]
        if aside or (lower == "past" and self._span_of_years()):
            return
        if lower in w.FUTURE:
            self.mark = "future"
        elif lower in w.CURRENT:
            self.mark = "now"
            self.tense = (
                "now"
                if self.tense in {"past", "perfect"} and self.verb not in {"was", "were"}
                else self.tense
            )
        elif lower != "once" or not self.verb:
            self.mark = "past"
        aside = lower in {"formerly", "previously"} and self._words()[-2:-1] == [","]
        if self.chunk and (self.chunk.places or aside):
            self.close()
        if lower in {"former", "ex"}:
            self.tense = "past"
        if not self.verb:
            self.tense = {"now": "now", "past": "past", "future": "future"}[self.mark]

    def _verb(self, token: Token) -> None:
        opens = w.verbs().get(token.lower)
        self._as_told(token)
        if self._back_to_the_speaker(token):
            self.close()
            self.relative, self.licensed, self.verb = False, True, token.lower
            return
        if token.lower == "used":
            self.mark = "past"
            return
        went_on = self.verb == "went" and self._words()[-3:-1] == ["on", "to"]
        if (went_on or self._words()[-3:-1] == ["used", "to"]) and token.lower in _ONCE:
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
            before = self._did_before(token)
            self.close()
            if before:
                self.verb, self.base, self.told = token.lower, True, True
                self.tense, self.gap = "past", [token]
                return
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
        self._mark_by(opens, token)
        if not (opens in {"list", "same", "base-same"} and self.chunk and not self.chunk.places):
            self.close()
        self.licensed, self.blocked, self.verb = opens != "none", False, token.lower
        self.base = opens.startswith("base") or opens in {"joined", "left", "founded", "came"}
        self.told = False
        self.base = self.base or token.lower in {"hired", "recruited"}
        self._tense(opens)
        if perfect and self.mark not in {"past", "past-next", "future"}:
            self.tense = "perfect"
        self.gap = [token] if self.base else []

    def _mark_by(self, opens: str, token: Token) -> None:
        """What a verb makes of the marks before it: "before joining X", "is moving to X in May"."""
        if opens in {"now", "base-now"} and self.verb and self.mark in {"past", "past-next"}:
            self.mark = ""
        if self._joined_in_front(opens):
            self.mark = "before"
        elif opens == "joined" and token.tag == "VBG" and self.verb in _BEING:
            self.mark = "future"

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
