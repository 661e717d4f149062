"""A question by its key words, in whatever order: told again in plain words that phrasings fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.questions._clauses import Part, parts
from kg.questions._linking import Linker
from kg.questions._phrases import Words
from kg.questions._pieces import Piece, pieces
from kg.questions._told import (
    COMMON,
    FEWEST,
    NOUNS,
    NOW,
    OF_PEOPLE_ASKED,
    OF_TALKS,
    ONCE,
    ONE,
    PLAIN,
    RANKED,
    SHARED,
)

_VERBS = frozenset("do does did has have had".split())
_HONOURED = frozenset("fellow laureate winner recipient medalist medallist".split())
_TIES_OF_PEOPLE = frozenset(["advisor", "advised", "student", "colleague"])
_MOVING = frozenset("moved left people work now past".split())
_TO = frozenset(["to", "for", "into"])
_PAST = frozenset("was were did had".split())
_YES_NO = frozenset("is was are were did does do has have had".split())
_FIRST = frozenset("people laureate talk topic award student advisor series year".split())
"""What is asked for where no word asks and nobody is named."""
_NO_POST = frozenset(["role", "office"])


@dataclass(frozen=True)
class _Question:
    """A question in words and in pieces."""

    words: Words
    found: tuple[Piece, ...]

    @property
    def whether(self) -> bool:
        """Whether it is one of yes or no."""
        return self.words.plain[0] in _YES_NO

    @cached_property
    def meant(self) -> frozenset[str]:
        """The meanings in it, without ties."""
        kinds = (p.kind for p in self.found if not p.is_name)
        return frozenset(kind for kind in kinds if kind not in {"tie", "time"})

    @cached_property
    def names(self) -> tuple[Piece, ...]:
        """What it names."""
        return tuple(p for p in self.found if p.is_name)

    @cached_property
    def when(self) -> str:
        """The times it tells."""
        return "".join(f" {p.text}" for p in self.found if p.kind == "time")

    @cached_property
    def asked(self) -> str:
        """What is asked for: what stands behind the word that asks, or the first that could be."""
        for n, piece in enumerate(self.found):
            word = piece.text.lower()
            if word in {"who", "whom", "whose"}:
                return "people"
            if piece.kind in {"where", "when"}:
                return piece.kind
            if word in {"which", "what"} or piece.kind == "many":
                return self._noun(piece.at, self.found[n + 1 : n + 4])
        kinds = NOUNS if any(p.kind == "person" for p in self.names) else _FIRST
        nouns = [n for n, p in enumerate(self.found) if p.kind in kinds and not p.is_name]
        if nouns[1:] and self.found[nouns[1]].kind == "topic" and nouns[1] == nouns[0] + 1:
            nouns = nouns[1:]  # of "talk topics" the last
        return self.found[nouns[0]].kind if nouns else ""

    def _noun(self, at: int, behind: Sequence[Piece]) -> str:
        """The noun behind a word that asks, before a verb: of "what do people say" none."""
        for piece in behind:
            if _VERBS & set(self.words.plain[at + 1 : piece.at]):
                return ""
            if piece.kind == "award" and piece.said.plain[-1].rstrip("s") in _HONOURED:
                return "people"
            if piece.kind in NOUNS and not piece.is_name:
                return piece.kind
        return ""


def keyed(linker: Linker, words: Words) -> Iterator[Words]:
    """What a question may say, in plain words; nothing where a word of it is not known."""
    found = pieces(linker, words) or pieces(linker, _plain(words))
    if not found or "whose" in words.plain[1:] or found[-1].text.lower() in {"what", "which"}:
        return
    question = _Question(words, found)
    for way in (_ranking, _moves, _of_two, _whether, _of_one, _of_those, _nested, _of_several):
        for said in way(question):
            yield Words.of(said)


def _plain(words: Words) -> Words:
    """A question without what says once more what a name is: "Lund, the old university"."""
    ties = [n for n, word in enumerate(words.plain) if word == ","]
    at = ties[-1] if ties else len(words)
    return words[:at] if words.plain[at + 1 : at + 2] in {("the",), ("a",), ("an",)} else words[:0]


def _ranking(question: _Question) -> Iterator[str]:
    """Which things have most, where nothing is named."""
    number = next((p.text for p in question.names if p.kind == "number"), "")
    kinds = {p.kind for p in question.names}
    if kinds - {"number", "degree"}:
        return
    meant = question.meant | (kinds & {"degree"})
    if number and question.asked == "talk" and not meant & {"most", *FEWEST}:
        meant |= {"least"}  # "sessions with five speakers"
    fewest = next((said for word, said in FEWEST.items() if word in meant), "the")
    meant = (meant - FEWEST.keys()) | ({"most"} if meant & FEWEST.keys() else set())
    for nouns, needed, may, form in RANKED:
        need = set(needed.split())
        if question.asked in (nouns.split() or [""]) and need <= meant <= need | set(may.split()):
            most = f"{fewest} {number}" if fewest != "the" else f"the {number} most"
            yield (form.replace("the most", most) if number else form) + question.when


def _moves(question: _Question) -> Iterator[str]:
    """Who went from one place to another."""
    plain, meant = question.words.plain, question.meant
    if [p.kind in {"institution", "city"} for p in question.names] != [True, True]:
        return
    one, other = sorted(question.names, key=lambda p: plain[p.at - 1] != "from")
    if meant & {"moved", "left"} and meant <= _MOVING and plain[other.at - 1] in _TO:
        yield f"who moved from {one.text} to {other.text}"


def _of_two(question: _Question) -> Iterator[str]:
    """What two people have in common, or how they are connected."""
    if [p.kind for p in question.names] != ["person", "person"]:
        return
    one, other = (p.text for p in question.names)
    meant = question.meant - {"people", "work", "speak", "talk", "win"}
    kinds = [p.kind for p in question.found]
    if "same" in kinds and {"advisor", "advised"} & set(kinds[: kinds.index("same")]):
        meant = frozenset(["same", "student"])  # "did they mentor the same person"
    if question.asked in {"place", "school"} and "common" in meant:
        meant = frozenset(["common"])
    for noun, form in COMMON.items():
        tied = bool(meant & SHARED) or noun in {"topic", "award"}
        if meant - SHARED == {noun} - {""} and tied and (noun or "connected" not in meant):
            yield form.format(one=one, other=other)
    if meant and meant <= {"how", "connected"}:
        yield f"how are {one} and {other} connected"


def _whether(question: _Question) -> Iterator[str]:
    """Whether something holds of somebody."""
    who = next(iter(question.names), None)
    if not question.whether or who is None or who.kind != "person":
        return
    rest = [p for p in question.found if p is not who]
    if question.words.plain[0] in _PAST:
        rest.insert(0, Piece("past", question.words[:1]))
    found, left = parts(question.words, rest, "people")
    if _complete(found) and left <= PLAIN | {"past", "award"}:
        told = " and ".join(p.told() for p in found)
        verb = "is" if told.startswith("is ") else "did"
        yield f"{verb} {who.text} {told.removeprefix('is ')}"


def _of_one(question: _Question) -> Iterator[str]:
    """What is asked of one person."""
    meant, asked = question.meant, question.asked
    dropped = _NO_POST if "before" in meant else set()  # "where was she a professor before Lund"
    named = [p for p in question.names if p.kind not in dropped]
    people = [p.text for p in named if p.kind == "person"]
    others = {p.kind: p.text for p in named if p.kind != "person"}
    if len(people) != 1 or len(others) != len(named) - 1:
        return
    if len([p for p in question.found if p.kind in {"advisor", "advised"}]) > 1:
        return  # "who advised her advisor"
    who = any(p.text.lower() == "who" for p in question.found)
    if (asked == "people" and not meant & _TIES_OF_PEOPLE) or (asked == "where" and who):
        return
    if "city" in others and "institution" not in others:
        others["institution"] = others.pop("city")
    if _advises(question):
        meant = meant - {"advisor", "advised"} | {"student"}
    yield from _forms(people[0], asked, meant, others, question.when)


def _advises(question: _Question) -> bool:
    """Whether somebody is asked about as an advisor: "did she mentor anyone", "whom was she the advisor of"."""
    who = next((p for p in question.found if p.kind == "person"), None)
    advisor = next((p for p in question.found if p.kind in {"advisor", "advised"}), None)
    if who is None or advisor is None or advisor.at < who.at:
        return False
    plain = question.words.plain
    behind = plain[advisor.at + len(advisor.said) :][:1]
    owned = plain[who.at + len(who.said)] == "'s"
    return not owned and (question.whether or behind in {("of",), ("to",)})


def _of_those(question: _Question) -> Iterator[str]:
    """What is asked of those whom conditions tell: "which schools did Tern laureates go to"."""
    asked = question.asked
    if asked in OF_PEOPLE_ASKED or any(p.kind == "person" for p in question.names):
        return
    if asked == "talk" and all(p.kind in OF_TALKS for p in question.names):
        return  # told of the talks themselves
    at = next(n for n, p in enumerate(question.found) if p.kind == asked)
    rest = [p for n, p in enumerate(question.found) if n != at]
    found, left = parts(question.words, rest, "people")
    if _complete(found) and not any(p.denied for p in found):
        told = " and ".join(p.told() for p in found)
        yield from _forms(f"people who {told}", asked, left - {"people", "laureate"}, {}, "")


def _forms(
    person: str, asked: str, meant: frozenset[str], others: Mapping[str, str], when: str
) -> Iterator[str]:
    """The questions of one person, or of some, that ask for what is meant."""
    meant |= {asked} - {"", "people"}
    if "where" in meant:
        meant |= {"place"}
    for needed, may, kinds, form in ONE:
        need = set(needed.split())
        if need <= meant <= need | set(may.split()) and set(kinds.split()) == set(others):
            yield form.format(person=person, **others) + when


def _nested(question: _Question) -> Iterator[str]:
    """Who was advised by people whom conditions tell: "laureates whose advisor won a Tern Medal"."""
    at = next((n for n, p in enumerate(question.found) if p.kind == "advised"), 0)
    by = question.words.plain[question.found[at].at + 1 :][:1] == ("by",)
    if not at or not by or any(p.kind == "person" for p in question.names):
        return
    first, left = parts(question.words, question.found[:at], "people")
    last, over = parts(question.words, question.found[at + 1 :], "people")
    if _complete(last) and (_complete(first) or not first) and left | over <= PLAIN:
        before = "".join(f"{p.told()} and " for p in first)
        behind = " and ".join(p.told() for p in last)
        yield f"who {before}was advised by people who {behind}"


def _of_several(question: _Question) -> Iterator[str]:
    """Whom or which talks the names of a question tell."""
    asked, meant = question.asked, question.meant
    if [p.kind for p in question.names] == ["number", "degree"] and meant <= PLAIN:
        number, degree = question.names
        yield f"who has at least {number.text} {degree.text}"
    if asked not in {*OF_PEOPLE_ASKED, "talk"} and not question.whether:
        return
    target = "talk" if asked == "talk" else "people"
    found, left = parts(question.words, question.found, target)
    left -= PLAIN | {asked, "many", "first", "last"}
    if any(p.kind == "topic" for p in question.names):
        left -= {"topic", "field"}
    if all(p.kind not in {"institution", "city"} for p in question.names):
        left -= {"moved"}  # "a talk that goes into ageing"
    gone = [p for p in found if p.said == ONCE]
    if "left" in left and gone:
        found.append(Part(NOW, gone[-1].names, denied=True))
        left -= {"left", "moved"}
    if _complete(found) and not left:
        yield _told(found, target, meant)


def _complete(found: Sequence[Part]) -> bool:
    """Whether there are conditions, and words for all of them."""
    return bool(found) and all(part.told() for part in found)


def _told(found: list[Part], target: str, meant: frozenset[str]) -> str:
    """Conditions as a question; what is denied stands last."""
    ordered = sorted(found, key=lambda part: part.denied)
    told = ordered[0].told()
    for part in ordered[1:]:
        told += f" {'or' if part.either else 'and'} {part.told()}"
    edge = "first " * ("first" in meant) + "last " * ("last" in meant)
    if target == "talk":
        return f"{'how many' if 'many' in meant else 'which'} {edge}talks {told}"
    if edge:
        return f"who was the {edge}who {told}"
    return f"{'how many people' if 'many' in meant else 'who'} {told}"
