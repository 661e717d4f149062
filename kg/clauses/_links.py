"""What ties the name of an organization to the posts and degrees that are open."""

from __future__ import annotations

import re

from kg import names, shapes
from kg.clauses import _lists
from kg.clauses import _words as w
from kg.clauses._bodies import Bodies
from kg.clauses._frames import Chunk
from kg.mentions.organization import heads_weakly
from kg.model import Mention

_QUIET = frozenset(
    (
        "now formerly the a an his her their as well both all then also later finally subsequently "
        "eventually la el los las"
    ).split()
)
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
_TOPICS = re.compile(r" (?:for|of|on) ")
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


class Links(Bodies):
    """Judges whether an open chunk takes an organization."""

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
            return not w.is_school(m)
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
        if before[-1:] == ["("] and names.fold(m.value) in names.given_names():
            return False  # what friends call the person: "Grace Lin (Ricky)"
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
        field = all(
            word in w.field_words() or (word in shapes.common_words() and before[-1:] != ["("])
            for word in names.fold(m.value).split()
        )
        return ends and opens and not field

    def _takes(self, m: Mention, before: list[str]) -> bool:
        """Whether the open chunk takes this organization: what stands between must link it."""
        chunk = self.chunk
        assert chunk is not None
        if self._shut_out(m, chunk):
            return False
        if m.note == "body":
            return self._holds(chunk, before)
        words = [word for word in before if word not in _QUIET]
        link = words[-1] if words else ""
        if chunk.places or (chunk.dates and chunk.kind != "degree"):
            return self._continues(m, words)
        if m.note in {"run", "shape"}:
            firm = link in _COMPANY and bool({"of", "at", "for", "with", "in"} & set(words[:1]))
            return firm or self._run_fits(m, chunk, words, link)
        refused = self._no_employer(m, chunk, link) or self._a_field(m, chunk, before, link)
        return not refused and self._linked(m, chunk, words, link)

    def _linked(self, m: Mention, chunk: Chunk, words: list[str], link: str) -> bool:
        """Whether the last small word ties a known name or one with a head to the open chunk."""
        if m.note == "slot" and link not in w.AT | {"from", "in", ",", "(", "to", "with", "and"}:
            return False
        if not words:
            return self.last is not None and self.last.kind in {"role", "degree", "unit", "award"}
        return link in (w.DEGREE_PREP if chunk.kind == "degree" else w.PLACE_LINKS) or (
            link == "and" and chunk.unit is not None
        )

    def _shut_out(self, m: Mention, chunk: Chunk) -> bool:
        """Whether nothing that stands between could tie the name to the open chunk."""
        if (
            chunk.kind == "award"
            or chunk.rule == "service"
            or self._verbs_between()
            or (self.advising and m.note == "run")
        ):
            return True
        field = all(word in w.field_words() for word in names.fold(m.value).split())
        return m.note in {"run", "shape"} and field

    def _no_employer(self, m: Mention, chunk: Chunk, link: str) -> bool:
        """Whether the link names who gave a chair, or the school an engineer comes from."""
        if chunk.kind != "post" or not chunk.anchors:
            return False
        role = w.title(chunk.anchors[-1])[-1]
        if link == "by":
            return self.verb in {"awarded", "granted", "conferred", "given", "received"}
        taught = w.class_of(m) in {"university", "college"} and not self.line
        return link == "from" and role == "engineer" and taught

    def _a_field(self, m: Mention, chunk: Chunk, before: list[str], link: str) -> bool:
        """Whether a capitalised name behind "of" or "in" tells what the post is about: "Head of Risk Analytics"."""
        if chunk.kind == "degree" and link in {"in", "of"} and "the" not in before:
            named = set(names.fold(m.value).split()) & (
                _SCHOOLS | {"universidad", "universite", "polytechnic"}
            )
            return m.note in {"org", "centre"} and not named and before[0] == link
        if chunk.kind != "post" or not chunk.anchors or "the" in before or m.note != "org":
            return False
        if link == "in" and w.chair(chunk.anchors[-1]):
            return not any(word in _SCHOOLS for word in names.fold(m.value).split())
        return heads_weakly(m.value) and link in {"of", "in", "for"}

    def _run_fits(self, m: Mention, chunk: Chunk, words: list[str], link: str) -> bool:
        """An unknown capitalised run is a place behind "at" (or "from" for a degree), or of a chief of something."""
        if names.fold(m.value) in names.given_names():
            return False
        if chunk.kind == "degree":
            return link in {"at", "@", "from"}
        if link in w.AT:
            return True
        if w.common(m.value):
            return False
        given = names.fold(m.value).split()[0] in names.given_names()
        if chunk.kind == "post" and words == ["with"] and not given and not w.trains(chunk):
            return True
        if (
            chunk.kind == "post"
            and link in {"of", "for", ",", "(", "with", "-", "–", "—", "|", "@"}
            and len(words) == 1
        ):
            title = w.title(chunk.anchors[-1]) if chunk.anchors else [""]
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

    def _continues(self, m: Mention, words: list[str]) -> bool:
        """Whether a further organization belongs to the anchors that already have one: "at X and Y", "X, Y and Z"."""
        known = self.last is not None and self.last.note in {"known", "defined"}
        if words == ["("] and known and m.note in {"org", "centre"}:
            return False  # the short name spelled out
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
            listed = words == [","] and (m.note == "slot" or self._listed(m))
            return "and" in words or "at" in words or listed
        return bool(words)

    def _listed(self, m: Mention) -> bool:
        """Whether an unknown name stands in a list that goes on to an "and": "at X, Celo, and Y"."""
        last = self.chunk.places[-1].organization if self.chunk and self.chunk.places else None
        if not self.verb or self.line or w.common(m.value):
            return False
        if last is not None and _TOPICS.search(last.value) and not w.is_school(last):
            return False  # "the Institute for Agriculture, Food, and Environment"
        return _lists.goes_on(self.sentence.text, m.span.end - self.sentence.span.start)

    def _ends_here(self, m: Mention) -> bool:
        """Whether a clause may end or go on behind a name: no noun of its own follows it."""
        after = self.sentence.text[m.span.end - self.sentence.span.start :]
        word = re.match(r"\s*([^\W\d_]+|.)", after)
        return (
            word is None
            or (word.group(1).islower() and word.group(1).endswith("ing"))
            or word.group(1).lower() in _GOES_ON
            or not (word.group(1)[0].isalpha() or word.group(1) in '“"')
        )
