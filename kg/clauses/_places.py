"""Organizations of a sentence: which open chunk takes one, and what links it."""

from __future__ import annotations

import re

from kg import names, shapes
from kg.clauses import _words as w
from kg.clauses._frames import Chunk, Place
from kg.clauses._state import State
from kg.model import Mention

_DEPARTMENT = re.compile(r"\)?\s+(?:\([^)]*\)\s*)?(?:department|dept|faculty|division|program)\b")


class Places(State):
    """Puts organizations into their slots."""

    def on_organization(self, m: Mention) -> None:
        """An organization binds to the open chunk, opens one behind a verb, or waits."""
        if m.note in {"run", "shape"} and self._names_department(m):
            self.used = False
        else:
            self._bind(m, self._words())

    def _bind(self, m: Mention, before: list[str]) -> None:
        if m.note == "journal":
            self._journal(m)
        elif (
            self.early
            and self.chunk
            and self.chunk.kind == "degree"
            and not self.chunk.places
            and before[-1:] == [","]
        ):
            self.close()
            self.early = [Place(m)]
        elif self.chunk and self._takes(m, before):
            self._again()
            self._place(m, before)
        elif self._opens_base(m, before):
            self.close()
            self.chunk = Chunk("post", self.tense, places=[Place(m)], sure=0.8, rule="base")
            self._remember(self.chunk.places[-1])
        elif self.line and self.chunk is None and self._stands_alone(m, before):
            self.chunk = Chunk(
                "post",
                self.tense,
                places=[Place(m)],
                sure=0.9 if m.note != "run" else 0.7,
                rule="line",
            )
        elif (
            not self.verb
            and (before[-1:] == [] or before[-1] in {"at", "from", "the", "and", ","})
            and m.note not in {"run", "shape"}
        ):
            self.early.append(Place(m))
            self._remember(self.early[-1])
        elif m.note not in {"run", "slot", "shape"}:
            self._remember(Place(m))
        else:
            self.used = False

    def _names_department(self, m: Mention) -> bool:
        """Whether an unknown capitalised word is the field of a department: "the CS department of X"."""
        after = self.sentence.text[m.span.end - self.sentence.span.start :]
        return _DEPARTMENT.match(after) is not None

    def _stands_alone(self, m: Mention, before: list[str]) -> bool:
        """Whether a bare organization of a speaker line is a piece of its own; an unknown one must be."""
        if self._verbs_between():
            return False
        if m.note not in {"run", "shape", "slot"}:
            return True
        after = self.sentence.text[m.span.end - self.sentence.span.start :].lstrip()[:1]
        ends = after in {"", ",", ")", "|", ";", "·", "-", "–", "/", "&"}
        opens = not before or before[-1] in {
            ",",
            "(",
            "|",
            "-",
            "–",
            "—",
            "·",
            "at",
            "@",
            "from",
            ":",
        }
        field = all(word in w.field_words() for word in names.fold(m.value).split())
        return ends and opens and not field

    def base_verb(self) -> bool:
        """Whether the verb takes an unknown place behind "with"; people work with people."""
        return self.verb not in {"working", "worked", "works"}

    def _remember(self, place: Place) -> None:
        self.last_place = place

    def _journal(self, m: Mention) -> None:
        if self.chunk and self.chunk.kind == "member" and not self._verbs_between():
            self.chunk.places.append(Place(m))

    def _takes(self, m: Mention, before: list[str]) -> bool:
        """Whether the open chunk takes this organization: what stands between must link it."""
        chunk = self.chunk
        assert chunk is not None
        if chunk.kind == "award" or self._verbs_between() or (self.advising and m.note == "run"):
            return False
        if m.note in {"run", "shape"} and all(
            word in w.field_words() for word in names.fold(m.value).split()
        ):
            return False
        words = [
            word
            for word in before
            if word
            not in {
                "the",
                "a",
                "an",
                "his",
                "her",
                "their",
                "as",
                "well",
                "both",
                "all",
                "then",
                "also",
                "later",
            }
        ]
        link = words[-1] if words else ""
        if chunk.places or (chunk.dates and chunk.kind != "degree"):
            return self._continues(m, words)
        if m.note in {"run", "shape"}:
            return self._run_fits(m, chunk, words, link)
        if m.note == "slot" and link not in w.AT | {"from", "in", ",", "(", "to", "with", "and"}:
            return False
        if not words:
            return self.last is not None and self.last.kind in {"role", "degree", "unit", "award"}
        return link in (w.DEGREE_PREP if chunk.kind == "degree" else w.PLACE_LINKS) or (
            link == "and" and chunk.unit is not None
        )

    def _run_fits(self, m: Mention, chunk: Chunk, words: list[str], link: str) -> bool:
        """An unknown capitalised run is a place behind "at" (or "from" for a degree), or of a chief of something."""
        if names.fold(m.value) in shapes.given_names():
            return False
        if link in w.AT or (chunk.kind == "degree" and link == "from"):
            return True
        if (
            chunk.kind == "post"
            and link in {"of", "for", ",", "(", "with", "-", "–", "—", "|", "@"}
            and len(words) == 1
        ):
            role = chunk.anchors[-1].value.lower().split()[-1] if chunk.anchors else ""
            company = role in w.COMPANY_ROLES and (
                link != "of"
                or role
                in {
                    "ceo",
                    "cto",
                    "founder",
                    "co-founder",
                    "cofounder",
                    "president",
                    "owner",
                    "coo",
                    "cfo",
                }
            )
            return company or (self.verb == "" and link in {",", "(", "|", "-", "–", "—", "@"})
        return chunk.kind == "member" and link in {"of", "for"} and len(words) == 1

    def _again(self) -> None:
        """A further place behind an advisor is held without that advisor: "a postdoc at X with A and at Y with B"."""
        chunk = self.chunk
        if chunk and chunk.advisors and chunk.places and chunk.anchors:
            self.close()
            self.chunk = Chunk(chunk.kind, chunk.tense, list(chunk.anchors))

    def _continues(self, m: Mention, words: list[str]) -> bool:
        """Whether a further organization belongs to the anchors that already have one: "at X and Y", "X, Y and Z"."""
        if any(
            word
            not in {
                ",",
                "and",
                "at",
                "from",
                "&",
                "/",
                "of",
                "in",
                "(",
                ")",
                "or",
                "with",
                "–",
                "-",
                "—",
                "another",
                "others",
            }
            for word in words
        ):
            return False
        if m.note in {"run", "shape", "slot"}:
            return "and" in words or "at" in words or (words == [","] and m.note == "slot")
        return bool(words)

    def _place(self, m: Mention, before: list[str]) -> None:
        chunk = self.chunk
        assert chunk is not None
        last = chunk.places[-1] if chunk.places else None
        if last and last.organization and last.organization.value == m.value:
            return
        if last and last.organization and w.within(last.organization, m, before):
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

    def _opens_base(self, m: Mention, before: list[str]) -> bool:
        """Whether a verb takes the organization directly: "joined X", "works at X", "spent two years at X"."""
        if not self.licensed or self.blocked or self.relative:
            return False
        words = [word for word in before if word not in {"the", "a", "an"}]
        link = words[-1] if words else ""
        if not self.base:
            return (
                self.verb in {"is", "was", "been", "'s", "are", "were"}
                and self.tense != "degree"
                and len(words) <= 3
                and link in {"at", "with"} | ({"in"} if m.note == "known" else set())
            )
        if self.verb in {
            "joined",
            "joining",
            "joins",
            "left",
            "leaving",
            "founded",
            "co-founded",
            "cofounded",
            "co-founding",
            "visited",
            "founding",
        }:
            return len(words) <= 2 or link in w.AT
        if self.verb in {"came", "comes"}:
            return link == "from" and m.note not in {"run", "shape"}
        if self.verb in {"divides", "splits"}:
            return link == "between" or (self.last is not None and self.last.kind == "organization")
        if self.verb in {"belongs", "belonged"}:
            return link == "to"
        if m.note in {"run", "shape"}:
            return link in w.AT or (link in {"to", "with"} and len(words) <= 2 and self.base_verb())
        return (
            link in {"at", "for", "@", "to", "by"}
            or (
                link in {"in", "with"}
                and self.verb not in {"worked", "works", "working", "leads", "led"}
            )
            or (link in {"in", "within"} and self.verb in {"worked", "works", "working"})
        )
