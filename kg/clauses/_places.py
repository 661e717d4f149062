"""Organizations of a sentence: which open chunk takes one, and what links it."""

from __future__ import annotations

import re

from kg import names, shapes
from kg.clauses import _words as w
from kg.clauses._frames import Chunk, Place
from kg.clauses._state import State
from kg.mentions.organization import heads_weakly
from kg.model import Mention


_SCHOOLS = frozenset("university college institute academy school hospital".split())
_COMPANY = frozenset(
    "company startup start-up firm consultancy nonprofit non-profit charity organization bank".split()
)
_GOES_ON = frozenset(
    (
        "and or in as from where before after since until while with at he she they which who "
        "for to under on but when during working focusing leading prior through respectively"
    ).split()
)
_AFTER = re.compile(
    r"(?:/[A-Z][\w /]*?|\s+and(?:\s+[A-Z]\w+){1,3})?(?:\s+([A-Z]\w+))?\s+[“\"]?([A-Za-z][\w-]*)"
)
_OWNS = re.compile(r"[’']s\b")
_THINGS = frozenset(
    (
        "conference conferences workshop workshops symposium summit series project projects "
        "grant grants award awards spin-off spinoff spin-out spinout spin-offs funded "
        "sponsored supported backed challenge competition grantee awardee alumnus alumna alum "
        "graduate podcast book journal magazine"
    ).split()
)
_WORKS = frozenset(
    "protocol language framework library toolkit package platform algorithm compiler model".split()
)


class Places(State):
    """Puts organizations into their slots."""

    def on_organization(self, m: Mention) -> None:
        """An organization binds to the open chunk, opens one behind a verb, or waits."""
        before = self._words()
        if m.note == "journal":
            self._journal(m)
        elif self._only_qualifies(m):
            self.used = False
        elif (
            self.early
            and self.chunk
            and self.chunk.kind == "degree"
            and not self.chunk.places
            and before[-1:] == [","]
        ):
            self.close()
            self.early = [Place(m)]
        elif self.chunk and self._left_for(m, before):
            self.close()
            self.chunk = Chunk("post", "past", places=[Place(m)], sure=0.75, rule="base")
            self._remember(self.chunk.places[-1])
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
        elif m.note not in {"run", "slot", "shape"} and not heads_weakly(m.value):
            self._remember(Place(m))
        else:
            self.used = False

    def _left_for(self, m: Mention, before: list[str]) -> bool:
        """Whether the person came from the place: "joined X as a developer from Y"."""
        chunk = self.chunk
        assert chunk is not None
        from_ = [word for word in before if word != "the"][-1:] == ["from"]
        placed = chunk.kind == "post" and chunk.tense == "joined" and bool(chunk.places)
        return from_ and placed and m.note in {"known", "org", "defined", "centre"}

    def _only_qualifies(self, m: Mention) -> bool:
        """Whether the word behind a name makes it the name of a thing: "the IEEE conference", "an MIT spin-off"."""
        if self.chunk and self.chunk.kind == "member":
            return False
        after = _AFTER.match(self.sentence.text, m.span.end - self.sentence.span.start)
        words = [word.lower() for word in after.groups() if word] if after else []
        aside = self._words()
        if "(" in aside and {"part", "now", "formerly", "acquired"} & set(aside[-3:]):
            return True
        if set(words) & {"professor", "professorship"}:
            return True
        unknown = m.note in {"run", "shape"}
        if unknown and _OWNS.match(self.sentence.text, m.span.end - self.sentence.span.start):
            return True
        return bool(set(words) & (_THINGS | _WORKS if unknown else _THINGS))

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

    def _event(self) -> bool:
        """Whether what the person led or taught is an event held there: "led a summer school at X"."""
        return bool(
            {"workshop", "conference", "tutorial", "symposium", "session"} & set(self._words())
        )

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
                "now",
                "formerly",
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
            if link in _COMPANY and words[:1] and words[0] in {"of", "at", "for", "with", "in"}:
                return True
            return self._run_fits(m, chunk, words, link)
        if chunk.kind == "post" and chunk.anchors and self._no_employer(m, chunk, link):
            return False
        if m.note == "slot" and link not in w.AT | {"from", "in", ",", "(", "to", "with", "and"}:
            return False
        if self._a_field(m, chunk, before, link):
            return False
        if not words:
            return self.last is not None and self.last.kind in {"role", "degree", "unit", "award"}
        return link in (w.DEGREE_PREP if chunk.kind == "degree" else w.PLACE_LINKS) or (
            link == "and" and chunk.unit is not None
        )

    def _no_employer(self, m: Mention, chunk: Chunk, link: str) -> bool:
        """Whether the link names who gave a chair, or the school an engineer comes from."""
        role = chunk.anchors[-1].value.lower().split()[-1]
        if link == "by":
            return self.verb in {"awarded", "granted", "conferred", "given", "received"}
        taught = w.class_of(m) in {"university", "college"} and not self.line
        return link == "from" and role == "engineer" and taught

    def _a_field(self, m: Mention, chunk: Chunk, before: list[str], link: str) -> bool:
        """Whether a capitalised name behind "of" or "in" tells what the post is about: "Head of Risk Analytics"."""
        if chunk.kind != "post" or not chunk.anchors or "the" in before or m.note != "org":
            return False
        if link == "in" and w.chair(chunk.anchors[-1]):
            return not any(word in _SCHOOLS for word in names.fold(m.value).split())
        return heads_weakly(m.value) and link in {"of", "in", "for"}

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
            title = chunk.anchors[-1].value.lower().split() if chunk.anchors else [""]
            role = title[-1]
            company = (
                role in w.COMPANY_ROLES
                and not ({"vice", "provost", "dean"} & set(title) and link in {"of", "for"})
                and (
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
        if (
            self.chunk
            and self.chunk.kind != "member"
            and m.note in {"run", "shape"}
            and not self._ends_here(m)
        ):
            return False
        if m.note in {"run", "shape", "slot"}:
            return "and" in words or "at" in words or (words == [","] and m.note == "slot")
        return bool(words)

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

    def _ends_here(self, m: Mention) -> bool:
        """Whether a clause may end or go on behind a name: no noun of its own follows it."""
        after = self.sentence.text[m.span.end - self.sentence.span.start :]
        word = re.match(r"\s*([^\W\d_]+|.)", after)
        return (
            word is None
            or word.group(1).lower() in _GOES_ON
            or not (word.group(1)[0].isalpha() or word.group(1) in '“"')
        )

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

    def _opens_base(self, m: Mention, before: list[str]) -> bool:
        """Whether a verb takes the organization directly: "joined X", "works at X", "spent two years at X"."""
        if not self.licensed or self.blocked or self.relative:
            return False
        words = [word for word in before if word not in {"the", "a", "an"}]
        link = words[-1] if words else ""
        if "as" in words[-2:] or (m.note == "slot" and (link == "in" or self.verb == "relocated")):
            return False
        if not self.base and not self.verb and self.mark in {"past", "now"}:
            return link in {"at", "with"} and all(
                t.tag in {"RB", "JJ"} for t in self.gap if t.lower not in {"the", "at", "with", ","}
            )
        if not self.base:
            return (
                self.verb in {"is", "was", "been", "'s", "are", "were"}
                and self.tense != "degree"
                and all(
                    t.tag == "RB" for t in self.gap if t.lower not in {"the", "at", "with", "in"}
                )
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
            if self.verb.endswith(("founded", "founding")):
                return len(words) <= 1 and (
                    before[-1:] != ["the"] or m.note not in {"run", "shape"}
                )
            near = len(words) <= 2 and not {",", "of", "for", "in"} & set(words)
            return near or link in w.AT
        if self.verb in {"came", "comes"}:
            return link == "from" and m.note not in {"run", "shape"}
        if self.verb in {"divides", "splits"}:
            return link == "between" or (self.last is not None and self.last.kind == "organization")
        if self.verb in {"belongs", "belonged"}:
            return link == "to"
        if m.note in {"run", "shape"}:
            if self._event():
                return False
            with_whom = link == "with" and names.fold(m.value).split()[0] in shapes.given_names()
            near = link in {"to", "with"} and len(words) <= 2 and self.base_verb()
            return link in w.AT or (near and not with_whom)
        if self._event():
            return False
        return (
            link in {"at", "for", "@", "to", "by"}
            or (
                link in {"in", "with"}
                and self.verb not in {"worked", "works", "working", "leads", "led"}
            )
            or (link in {"in", "within"} and self.verb in {"worked", "works", "working"})
        )
