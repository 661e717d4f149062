"""Verbs and adverbs that take an organization without naming a post: "works at X", "joined X", "previously at X"."""

from __future__ import annotations

from kg import names
from kg.clauses._links import Links
from kg.model import Mention

_JOINED = frozenset("joined joining joins left leaving visited".split())
_FOUNDED = frozenset("founded co-founded cofounded co-founding founding".split())
_WORKED = frozenset({"worked", "works", "working"})
_HISTORY = frozenset({"experience", "career", "background", "employers"})
_FIRMS = frozenset(
    (
        "company startup start-up firm consultancy nonprofit non-profit charity organization "
        "agency studio ngo cooperative newspaper magazine foundation"
    ).split()
)
_SMALL = frozenset({"the", "at", "with", "in", ","})


class Bases(Links):
    """Judges whether the verb takes an organization directly."""

    def _opens_base(self, m: Mention, before: list[str]) -> bool:
        """Whether a verb takes the organization directly: "joined X", "works at X", "spent two years at X"."""
        if not self.licensed or self.blocked or self.relative:
            return False
        words = [word for word in before if word not in {"the", "a", "an"}]
        link = words[-1] if words else ""
        if link in _FIRMS and words[-2:-1] in (["at"], ["for"], ["with"]):
            words, link = words[:-1], "at"
        if "as" in words[-2:] or (m.note == "slot" and (link == "in" or self.verb == "relocated")):
            return False
        if self._marked_place(before):
            return True
        if not self.base:
            return self._is_there(m, link, before) or self._on_a_team(before)
        return self._behind_verb(m, before, words)

    def _behind_verb(self, m: Mention, before: list[str], words: list[str]) -> bool:
        link = words[-1] if words else ""
        if self.told:
            return link == "at"
        if self.verb in _FOUNDED:
            return len(words) <= 1 and (before[-1:] != ["the"] or m.note not in {"run", "shape"})
        if self.verb in _JOINED:
            near = len(words) <= 2 and not {",", "of", "for", "in"} & set(words)
            return near or link == "at"
        return self._goes_with_verb(m, words, link)

    def _is_there(self, m: Mention, link: str, before: list[str]) -> bool:
        """Whether "is", "was" or a bare "currently" puts the person at a place: "he is now at X"."""
        verb = max((i for i, t in enumerate(self.gap) if t.lower == self.verb), default=-1)
        if any(t.tag not in {"RB", "JJ"} for t in self.gap[verb + 1 :] if t.lower not in _SMALL):
            return False
        if not self.verb and self.mark in {"past", "now"}:
            return link in {"at", "with"} or (
                link in {"formerly", "previously"} and not self.frames
            )
        copula = self.verb in {"is", "was", "been", "'s", "are", "were"}
        if self.verb in {"include", "includes", "included"} and not before:
            self.tense = "past"
            return bool(_HISTORY & {t.lower for t in self.sentence.tokens[:4]})
        return copula and link in {"at", "with"} | ({"in"} if m.note == "known" else set())

    def _on_a_team(self, before: list[str]) -> bool:
        """Whether the person was one of a team of the place: "was part of the search team at X"."""
        teams = {"team", "group", "lab", "teams", "staff", "faculty"}
        one = before[:2] == ["part", "of"] or before[:1] == ["on"]
        copula = self.verb in {"is", "was", "been", "'s", "are", "were"}
        ends = before[-1:] in (["at"], ["of"]) or before[-2:] in (["at", "the"], ["of", "the"])
        return copula and one and ends and bool(teams & set(before))

    def _marked_place(self, before: list[str]) -> bool:
        """Whether an adverb right before "at" tells when the person was there: "built X, previously at Y"."""
        if before[-1:] not in (["at"], ["of"], ["with"]) or not self.verb or len(before) < 2:
            return False
        if before[-2] in {"previously", "formerly", "earlier"}:
            self.tense = "past"
            return True
        return False

    def _goes_with_verb(self, m: Mention, words: list[str], link: str) -> bool:
        """Whether the small word before a name is the one that its verb asks for."""
        asked = {
            "came": "from",
            "comes": "from",
            "retired": "from",
            "belongs": "to",
            "belonged": "to",
        }.get(self.verb)
        unknown = m.note in {"run", "shape"}
        if asked:
            return link == asked and not (asked == "from" and unknown)
        if self.verb in {"divides", "splits"}:
            return link == "between" or (self.last is not None and self.last.kind == "organization")
        if self._event():
            return False
        if unknown:
            return link in {"at", "@"} or (link in {"to", "with"} and self._works_with(m, words))
        if m.note == "named" and self.verb in {"runs", "run", "owns", "manages", "heads"}:
            return link in {self.verb, "at", "for"}
        if self.verb in _WORKED:
            return link in {"at", "for", "@", "to", "by", "in", "within"}
        return link in {"at", "for", "@", "to", "by"} or (
            link in {"in", "with"} and self.verb not in {"leads", "led"}
        )

    def _works_with(self, m: Mention, words: list[str]) -> bool:
        """Whether an unknown name behind "with" may be a place; people work with people."""
        person = words[-1] == "with" and names.fold(m.value).split()[0] in names.given_names()
        return len(words) <= 2 and self.verb not in _WORKED and not person

    def _event(self) -> bool:
        """Whether what the person led or taught is an event held there: "led a summer school at X"."""
        return bool(
            {"workshop", "conference", "tutorial", "symposium", "session"} & set(self._words())
        )
