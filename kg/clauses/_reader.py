"""The mentions of a sentence, each put into its slot."""

from __future__ import annotations

import re
from dataclasses import replace

from kg import authorities, names
from kg.clauses import _words as w
from kg.clauses._circumstances import Circumstances
from kg.clauses._frames import Chunk, Place
from kg.clauses._words import Item
from kg.language import Token
from kg.mentions import role
from kg.model import Mention, Span


def _given(m: Mention) -> bool:
    """Whether a name begins with a given name."""
    return names.fold(m.value).split()[0] in names.given_names()


_OTHERS = re.compile(r"\b(?:to|with|by|under) (?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w’'-]+, (?:an?|the) $")
_LISTED = frozenset({",", "and", "the", "a", "an", "&", "as", "well", "his", "her", "their"})
_FIRM_ENDS = frozenset("inc ltd gmbh llc corp university laboratory lab".split())


class Reader(Circumstances):
    """Hands each mention to its slot: a role, degree or award anchors, the rest binds to what is open."""

    def take(self, item: Item) -> None:
        """Take the next token or mention."""
        if isinstance(item, Mention):
            self.mention(item)
        else:
            self.word(item)

    def mention(self, m: Mention) -> None:
        """Hand a mention to the slot of its kind."""
        handler = getattr(self, f"on_{m.kind}", None)
        self.used = True
        if handler is not None:
            handler(m)
        if m.kind != "place" and self.used:
            self.last, self.gap = m, []

    def on_role(self, m: Mention) -> None:
        """A post anchors a chunk where the words before it let one begin."""
        if m.note == "service":
            self._service(m)
            return
        if self._of_another(m):
            self.blocked = True
            return
        shut = not self.licensed or self.blocked or not self._may_follow(w.seat(m))
        if self._advisor_noun(m):
            self.advising = True
            return
        if shut:
            return
        if m.note == "verb":
            self.close()
            self.chunk = Chunk("member", "past" if m.value.endswith("ed") else "now", [m])
            return
        if self._of_many(m) and not w.is_member(m):
            return
        if self._received(m):
            self.on_award(replace(m, kind="award", note="whole"))
            return
        self._anchor(m, "member" if w.is_member(m) else "post")

    def _of_another(self, m: Mention) -> bool:
        """Whether a post stands behind another's name: "is married to Karl Dahl, a professor at X"."""
        before = self.sentence.text[: m.span.start - self.sentence.span.start]
        return not self.line and _OTHERS.search(before) is not None

    def _of_many(self, m: Mention) -> bool:
        """Whether a plural names others, not the person: "all about developers"; "one of the founders" does."""
        last = m.value.lower().split()[-1]
        many = last != role.singular(last) and last[:-1] not in w.SEVERAL
        return many and not {"one", "among"} & {*self._words(), *m.value.lower().split()}

    def _received(self, m: Mention) -> bool:
        """Whether a named chair was received as an honour: "was awarded the Heron Professorship"."""
        listed = self.chunk is not None and self.chunk.kind == "award"
        given = (
            self.verb in w.GIVEN
            or (listed and set(self._words()) <= {",", "and", "the", "a", "an", "&", ";", "(", ")"})
            or (self.verb in {"including", "include", "includes"} and listed)
        )
        return given and w.chair(m) and m.value[:1].isupper() and " " in m.value

    def _advisor_noun(self, m: Mention) -> bool:
        return m.value.lower().split()[-1] in w.ADVICE and (
            self._words()[-1:] == ["his"]
            or self._words()[-1:] == ["her"]
            or bool(self.chunk and self.chunk.kind == "degree")
        )

    def _may_follow(self, seat: bool = False) -> bool:
        """Whether the words since the last mention let a new anchor begin."""
        return all(
            t.lower in w.QUIET
            or t.lower in w.verbs()
            or t.tag in {"RB", "JJ", "DT", "PRP$", "PRP", "CC", "CD", "EX", "JJR", "POS"}
            or t.lower in w.LEAD
            or (seat and t.lower == "in")
            or t.lower in w.FORMER | w.CURRENT | w.FUTURE
            or not t.word
            for t in self._since_comma()
        )

    def _since_comma(self) -> list[Token]:
        """Words since the last comma, where the open chunk has its place and no verb stands between; else all."""
        commas = [i for i, t in enumerate(self.gap) if t.text == ","]
        filled = self.chunk is not None and bool(self.chunk.places)
        if filled and commas and not any(t.tag.startswith("VB") for t in self.gap):
            return self.gap[commas[-1] + 1 :]
        return self.gap

    def _anchor(self, m: Mention, kind: str) -> None:
        chunk = self.chunk
        if chunk and chunk.kind == kind == "post" and self._explains(chunk):
            chunk.anchors.append(m)
            return
        if chunk and (chunk.kind != kind or chunk.places or chunk.dates or chunk.advisors):
            self.close()
            chunk = None
        if (
            chunk
            and chunk.anchors
            and kind == "member"
            and w.seat(m)
            and set(self._words()) <= {"of", "the", "on", "a", "in"}
        ):
            one = self.last if self.last and self.last.kind == "role" else chunk.anchors[-1]
            chunk.anchors[-1] = self._upto(one, m)
            return
        if chunk is None:
            tense = "past" if m.value.lower().startswith("ex-") else self.tense
            self.chunk = chunk = Chunk(kind, tense)
            if self.last and self.last.kind == "organization" and self._owns(m):
                chunk.places.append(Place(self.last))
                chunk.owned = True
                self.early = [p for p in self.early if p.organization is not self.last]
        chunk.anchors.append(m)

    def _upto(self, one: Mention, other: Mention) -> Mention:
        """One role of two: "member" and "board" of "member of the board"."""
        span, start = Span(one.span.start, other.span.end), self.sentence.span.start
        return replace(
            one, span=span, value=self.sentence.text[span.start - start : span.end - start]
        )

    def _owns(self, m: Mention) -> bool:
        """Whether the name right before a post is its employer: "Nokia engineer", "the bank's chief economist"."""
        assert self.last is not None
        if self.last.note not in {"known", "defined", "org", "centre", "named"}:
            return False
        if self._words() in (["'s"], ["’s"], ["'"], ["’"]):
            return True
        near = m.span.start - self.last.span.end <= 1
        if near and self._before_name(m):
            return True
        return near and self.last.note == "known" and (not w.chair(m) or w.is_school(self.last))

    def _before_name(self, m: Mention) -> bool:
        """Whether a sentence opens with employer, post and name: "Open Tides CEO Ada Byron is ..."."""
        if self.verb or self.frames or self.line:
            return False
        after = next((t for t in self.sentence.tokens if t.span.start >= m.span.end), None)
        return after is not None and after.tag == "NNP"

    def _explains(self, chunk: Chunk) -> bool:
        """Whether a post follows the place it was held at: "joined X as a lecturer", "was at X, a postdoc"."""
        links = {
            ",",
            "a",
            "an",
            "as",
            "the",
            "first",
            "initially",
            "his",
            "her",
            "their",
            "position",
            "role",
            "of",
            "in",
        }
        return not chunk.anchors and bool(chunk.places) and set(self._words()) <= links

    def on_degree(self, m: Mention) -> None:
        """A degree anchors a chunk."""
        if (self.blocked and self._words()[-1:] != ["("]) or not (self.licensed or self.verb == ""):
            return
        if school := self._school_of(m):
            self.early = [p for p in self.early if p.organization is not school]
            if self.chunk and self.last is school:
                self.chunk.places = [p for p in self.chunk.places if p.organization is not school]
            if self.chunk and (self.chunk.places or self.chunk.dates):
                self.close()
            self.chunk = Chunk("degree", self.tense, [m], places=[Place(school)])
            return
        self._anchor(m, "degree")

    def on_award(self, m: Mention) -> None:
        """An award is a chunk of its own, a fellow with a place a post."""
        after = self.sentence.text[m.span.end - self.sentence.span.start :].lstrip()
        if names.fold(m.value).startswith("postdoctoral fellowship") and after.startswith("at "):
            self.on_role(replace(m, kind="role", note=""))
            return
        network = w.network(m) if m.note == "fellow" else ""
        if m.note == "fellow" and not network and self._is_post_fellow(m):
            self._post_fellow(m)
            return
        if (
            not self.licensed
            or (self.blocked and "holding" not in self._words())
            or self.advising
            or self._runs_it()
            or any(word in w.ADVICE for word in self._words())
        ):
            self.used = False
            return
        shared = set(self._words()) <= _LISTED
        self.close()
        if self.fronted and shared and not self.early_date:
            self.early_date = self.fronted  # "In 2017 she won the Abel and the Wolf Prize"
        if network:
            roles = [replace(m, kind="role", note="member")] if w.said_whole(m) else []
            place = replace(
                m, kind="organization", value=network, note="known", span=w.network_span(m)
            )
            self.chunk = Chunk("member", self.tense, roles, places=[Place(place)])
            self.close()
        else:
            self.chunk = Chunk("award", self.tense, [m], rule="award")

    def _runs_it(self) -> bool:
        """Whether the person directs a fellowship or sits for a prize, and did not win it."""
        chunk = self.chunk
        if chunk is None or chunk.kind not in {"post", "member"} or chunk.places:
            return False
        return bool(set(self._words()[-2:]) & {"of", "for"})

    def _post_fellow(self, m: Mention) -> None:
        """Read "Fellow of the X Institute" as a post at X."""
        at = m.value.lower().find(" of ")
        if at < 0:
            self.on_role(replace(m, kind="role", note=""))
            return
        tail = m.value[at + 4 :].removeprefix("the ")
        start = m.span.end - len(tail)
        self.on_role(Mention("role", self._printed_head(m, at), m.value[:at], 1.5))
        if self.chunk:
            known = authorities.resolve(tail)
            place = Mention(
                "organization", Span(start, m.span.end), known.name if known else tail, 2.2, "known"
            )
            if len(self.chunk.anchors) > 1:
                self.chunk.units[self.chunk.anchors[-1].span] = place
            else:
                self.chunk.places.append(Place(place))

    def _printed_head(self, m: Mention, size: int) -> Span:
        """Where the first letters of a value stand; before it where several share them ("Fellow of A, B and C")."""
        offset = self.sentence.span.start
        before = self.sentence.text[: m.span.start - offset + size]
        starts = [f.start() for f in re.finditer(re.escape(m.value[:size]), before, re.IGNORECASE)]
        start = starts[-1] + offset if starts else m.span.start
        return Span(start, start + size)

    def _is_post_fellow(self, m: Mention) -> bool:
        """A fellow "at" or "in" a place holds a post; a fellow of a university or institute too."""
        after = self.sentence.text[m.span.end - self.sentence.span.start :].lstrip().lower()
        if after.startswith(("at ", "in the ", "with ", "from ")):
            return True
        words = names.fold(m.value)
        if " of " not in f" {words} ":
            return any(
                word in words.split()
                for word in (
                    "postdoctoral",
                    "research",
                    "postdoc",
                    "teaching",
                    "visiting",
                    "clinical",
                    "junior",
                    "doctoral",
                    "faculty",
                )
            )
        if words.split()[-1] in _FIRM_ENDS:
            return True
        if words.endswith(" college") and not {"royal", "american"} & set(words.split()):
            return True
        known = authorities.resolve(m.value[m.value.lower().find(" of ") + 4 :])
        return known is not None and known.kind in {
            "university",
            "college",
            "institute",
            "laboratory",
            "hospital",
            "company",
        }

    def on_organization(self, m: Mention) -> None:
        """A centre that the last of several posts heads is that post's own; the place of all is still to come."""
        chunk = self.chunk
        if self._post_of_another(m):
            self.chunk = None
            return
        if (
            m.note == "centre"
            and chunk
            and chunk.kind == "post"
            and not chunk.places
            and len(chunk.anchors) > 1
            and w.heads_it(chunk.anchors[-1])
            and set(self._words()) <= {"of", "the", "for"}
            and self._words()[:1] == ["of"]
        ):
            chunk.units.setdefault(chunk.anchors[-1].span, m)
            return
        super().on_organization(m)

    def on_unit(self, m: Mention) -> None:
        """A unit binds to the open chunk, or opens one behind a verb."""
        if (
            self.chunk
            and self.chunk.kind in {"post", "degree", "member"}
            and not self._verbs_between()
        ):
            if self.chunk.places and self._words()[:1] != [","] and "and" not in self._words():
                return
            if self.chunk.places:
                last = self.chunk.places[-1]
                last.unit = last.unit or m
            else:
                self._unit_of(self.chunk, m)
        elif self.base or (self.licensed and self.chunk is None and (self.line or not self.verb)):
            self.chunk = Chunk("post", self.tense, unit=m, sure=0.75, rule="base")

    def _unit_of(self, chunk: Chunk, m: Mention) -> None:
        """Give a unit to the last anchor; behind "in" or "at" the anchors before it share it."""
        links = [word for word in self._words() if word != "the"]
        if chunk.anchors:
            chunk.units.setdefault(chunk.anchors[-1].span, m)
        if links[-1:] != ["of"] or not chunk.anchors:
            chunk.unit = m

    def _post_of_another(self, m: Mention) -> bool:
        """Whether employer and post stand before another's name: "experts such as Open Tides CEO Karl Dahl"."""
        if self.chunk is None or not self.chunk.owned or self.line or self.gap:
            return False
        named = m.note in {"shape", "titled"} or (m.note == "run" and _given(m))
        return named and self.last is not None and self.last.kind == "role"

    def _advisee(self, m: Mention) -> bool:
        """Whether the post is that of another's advisor: "the advisor of Karl Dahl and Mia Roth"."""
        anchor = (
            self.chunk.anchors[-1].value.lower().split()
            if self.chunk and self.chunk.anchors
            else []
        )
        named = m.note in {"shape", "speaker"} and _given(m)
        return (
            named
            and anchor[-1:] != []
            and anchor[-1] in w.ADVICE
            and self._words()[-1:] in (["of"], ["to"])
        )

    def on_person(self, m: Mention) -> None:
        """A person is an advisor where the words before say so, else perhaps an unknown place."""
        if self.advising or self.advice_noun or self._advice_before(m):
            self._advisor(m)
        elif self._post_of_another(m) or self._advisee(m):
            self.chunk = None
        elif self.line and m.note == "titled":
            self.close()
            self.licensed = self.line = False
        elif (self.line or self._words()[-1:] == ["with"]) and _given(m):
            self.used = False
        elif m.note == "shape":
            self.on_organization(replace(m, kind="organization", note="shape"))
