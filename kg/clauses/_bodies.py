"""Bodies that have members and offices (boards, academies, societies, journals): what ties one to a seat."""

from __future__ import annotations

from kg.clauses import _words as w
from kg.clauses._frames import Chunk
from kg.clauses._services import Services
from kg.model import Mention

_HOME = (["at"], ["in"], ["of"], ["within"], ["("], [","], [",", "at"], ["for"], ["from"])


class Bodies(Services):
    """Judges whether an office takes a body."""

    def _seated(self, before: list[str]) -> bool:
        """Whether a verb alone gives a seat: "serves on the board of X", "was elected to the Y Academy"."""
        if not self.licensed or self.blocked or self.relative:
            return False
        words = set(before)
        if self.verb in {"elected", "inducted", "admitted", "appointed"}:
            return bool(set(before[-3:]) & {"to", "into"})
        on = bool(words & {"on", "in"})
        serves = self.verb in {"serves", "serve", "served", "serving", "sits", "sit", "sat"}
        seats = {"board", "boards", "committee", "committees", "council", "panel"}
        return (on and (serves or bool(words & seats))) or before[-3:-1] == ["part", "of"]

    def _home_of_body(self, m: Mention, before: list[str]) -> bool:
        """Whether a place behind a body is its home ("the Heron Centre at Lund"), no place of the person."""
        chunk = self.chunk
        last = chunk.places[-1].organization if chunk and chunk.places else None
        if chunk is None or chunk.kind != "member" or last is None or last.note != "body":
            return False
        words = [word for word in before if word not in w.SMALL]
        return m.note != "body" and words in _HOME

    def _holds(self, chunk: Chunk, before: list[str]) -> bool:
        """Whether an office takes a body: the first behind a preposition, further ones in a list."""
        words = [word for word in before if word not in w.SMALL and "-" not in word[1:]]
        if chunk.anchors and chunk.anchors[-1].note == "verb" and not chunk.places:
            return not words
        if chunk.kind not in {"member", "post"} or not (chunk.anchors or chunk.rule == "body"):
            return False
        if not chunk.places:
            return bool(words) and words[-1] in {"of", "for", "on", "at", "in", "with", ","}
        listed = {",", "and", "&", ";", "(", ")", "of", "for", "on"}
        return bool(words) and set(words) <= listed
