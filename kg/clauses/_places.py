"""Organizations of a sentence: which open chunk takes one, or what it opens."""

from __future__ import annotations

import re

from kg.clauses import _lists
from kg.clauses import _words as w
from kg.clauses._bases import Bases
from kg.clauses._frames import Chunk, Place
from kg.mentions.organization import heads_weakly
from kg.model import Mention, Span

_DEPARTMENT = re.compile(r"\)?\s+(?:\([^)]*\)\s*)?(?:department|dept|faculty|division|program)\b")

_STUDIED = frozenset("studied educated trained graduated studying read".split())


class Places(Bases):
    """Puts organizations into their slots."""

    def on_organization(self, m: Mention) -> None:
        """An organization binds to the open chunk, opens one behind a verb, or waits."""
        before = self._words()
        if m.note == "service":
            self._served(m)
        elif m.note == "journal":
            self._journal(m)
        elif m.note == "body" and self._seated(before) and not self._held_open(m, before):
            self.close()
            self.chunk = Chunk("member", self.tense, places=[Place(m)], sure=0.85, rule="body")
        elif not self._home_of_body(m, before):
            self._bind(m, before)

    def _held_open(self, m: Mention, before: list[str]) -> bool:
        return self.chunk is not None and self._takes(m, before)

    def _bind(self, m: Mention, before: list[str]) -> None:
        if self._only_qualifies(m) or self._names_department(m):
            self.used = False
        elif self.chunk and self._binds(m, before):
            return
        elif self._opens_base(m, before):
            sold = _lists.sold(self.sentence.text, m.span.end - self.sentence.span.start)
            self._open_at(m, "past" if sold and self.tense == "founded" else self.tense, 0.8)
        elif self.line and self.chunk is None and self._stands_alone(m, before):
            self.chunk = Chunk(
                "post",
                self.tense,
                places=[Place(m)],
                sure=0.9 if m.note != "run" else 0.7,
                rule="line",
            )
        else:
            self._wait(m, before)

    def _binds(self, m: Mention, before: list[str]) -> bool:
        """Put an organization into the open chunk, or begin the next one with it, where the words allow."""
        chunk = self.chunk
        assert chunk is not None
        degree = chunk.kind == "degree" and not chunk.places
        if chunk.kind == "post" and chunk.places:
            before = self._with_unnamed(chunk, before)
        if self.early and degree and before[-1:] == [","]:
            self.close()
            self.early = [Place(m)]
        elif self._left_for(m, before):
            self._open_at(m, "past", 0.75)
        elif self._next_of_dated(chunk, m, before):
            self._open_at(m, chunk.tense, chunk.sure)
        elif self._advisors_own(chunk, before):
            return True
        elif self._takes(m, before):
            self._again(m)
            self._place(m, before)
        else:
            return False
        return True

    @staticmethod
    def _next_of_dated(chunk: Chunk, m: Mention, before: list[str]) -> bool:
        """Whether a place with years in brackets is followed by the next: "at X (2001-2004), Y (2004-2008) and Z"."""
        bare = chunk.kind == "post" and not chunk.anchors and bool(chunk.places and chunk.dates)
        listed = before[:1] == [")"] and set(before[1:]) <= {",", "and", "at", "for", "the", ";"}
        return bare and listed and len(before) > 1 and m.note not in {"shape"}

    @staticmethod
    def _advisors_own(chunk: Chunk, before: list[str]) -> bool:
        """Whether a place is but where an advisor is from: "a PhD at X under Karl Dahl from Y"."""
        from_ = [word for word in before if word != "the"] == ["from"]
        return from_ and bool(chunk.advisors) and bool(chunk.places)

    def _with_unnamed(self, chunk: Chunk, before: list[str]) -> list[str]:
        """Take the names in a list that nothing but the list makes names; the words left before the mention."""
        if not self.verb or self.line:
            return before
        for name in _lists.unnamed(self.gap):
            start, end = name[0].span.start, name[-1].span.end
            at = self.sentence.span.start
            text = self.sentence.text[start - at : end - at]
            chunk.places.append(Place(Mention("organization", Span(start, end), text, 0.5, "run")))
            before = [",", "and"]
        return before

    def _open_at(self, m: Mention, tense: str, sure: float) -> None:
        self.close()
        self.chunk = Chunk("post", tense, places=[Place(m)], sure=sure, rule="base")
        self._remember(self.chunk.places[-1])

    def _wait(self, m: Mention, before: list[str]) -> None:
        """Keep an organization that nothing asks for yet."""
        opens = before[-1:] == [] or before[-1] in {"at", "from", "the", "and", ","}
        if not self.verb and opens and m.note not in {"run", "shape"}:
            self.early.append(Place(m))
            self._remember(self.early[-1])
        elif m.note not in {"run", "slot", "shape"} and not heads_weakly(m.value):
            self._remember(Place(m))
        else:
            self.used = False

    def _names_department(self, m: Mention) -> bool:
        """Whether an unknown capitalised word is the field of a department: "the CS department of X"."""
        after = self.sentence.text[m.span.end - self.sentence.span.start :]
        return m.note in {"run", "shape"} and _DEPARTMENT.match(after) is not None

    def _left_for(self, m: Mention, before: list[str]) -> bool:
        """Whether the person came from the place: "joined X as a developer from Y"."""
        chunk = self.chunk
        assert chunk is not None
        from_ = [word for word in before if word != "the"][-1:] == ["from"]
        placed = chunk.kind == "post" and chunk.tense == "joined" and bool(chunk.places)
        return from_ and placed and m.note in {"known", "org", "defined", "centre"}

    def _remember(self, place: Place) -> None:
        self.last_place = place

    def _journal(self, m: Mention) -> None:
        if self.chunk and self.chunk.kind == "member" and not self._verbs_between():
            self.chunk.places.append(Place(m))

    def _again(self, m: Mention) -> None:
        """A further place behind an advisor or a body's date begins anew: "a postdoc at X with A and at Y with B"."""
        chunk = self.chunk
        dated = chunk is not None and bool(chunk.dates) and m.note == "body"
        if chunk and (chunk.advisors or dated) and chunk.places and chunk.anchors:
            self.close()
            self.chunk = Chunk(chunk.kind, chunk.tense, list(chunk.anchors))

    def _unit_first(self, chunk: Chunk, inner: Mention, outer: Mention, before: list[str]) -> bool:
        """Whether an unknown piece of a line is a part of the university or firm behind it."""
        if chunk.rule != "line" and self.verb:
            return False
        unknown = inner.note in {"run", "shape"} or heads_weakly(inner.value)
        if not unknown or outer.note != "known" or before not in ([","], ["/"], ["-"], ["–"], []):
            return False
        school = before == [","] and w.class_of(outer) in {
            "university", "college", "institute", "hospital", "laboratory",
        }  # fmt: skip
        return school or heads_weakly(inner.value) or w.common(inner.value)

    def _place(self, m: Mention, before: list[str]) -> None:
        chunk = self.chunk
        assert chunk is not None
        last = chunk.places[-1] if chunk.places else None
        if last and last.organization and last.organization.value == m.value:
            return
        if last and chunk.owned and before[:1] == ["at"] and m.note not in {"run", "shape"}:
            last.unit, last.organization, chunk.owned = last.organization, m, False
        elif last and last.organization and self._unit_first(chunk, last.organization, m, before):
            last.unit = last.unit or last.organization
            last.organization = m
        elif (
            last
            and last.organization
            and m.note == "centre"
            and last.organization.note == "known"
            and before == [","]
        ):
            last.unit = last.unit or m
        elif last and last.organization and w.within(last.organization, m, before):
            last.narrow = last.unit is None
            last.unit = last.unit or (
                last.organization if last.organization.note in {"centre", "unit"} else None
            )
            last.organization = m
        elif last and last.organization and w.parent_of(last.organization, m, before):
            pass
        else:
            chunk.places.append(Place(m, chunk.unit))
            chunk.unit = None
        self._remember(chunk.places[-1])

    def _school_of(self, m: Mention) -> Mention | None:
        """The school that a degree stands behind, in brackets: "was educated at Lund (BA 1991, PhD 1996)"."""
        studied = self.verb in _STUDIED or (self.chunk is not None and self.chunk.kind == "degree")
        if not studied or self.line:
            return None
        if self._words() == ["("] and self.last and self.last.kind == "organization":
            self.bracketed = self.last
            return self.last
        if self.bracketed and set(self._words()) <= {",", "and", "&", ";"}:
            start = self.sentence.span.start
            between = self.sentence.text[self.bracketed.span.end - start : m.span.start - start]
            return self.bracketed if "(" in between and ")" not in between else None
        return None
