"""The conditions that the pieces of a question tell: each name with the meanings that stand in its clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.questions._phrases import Words
from kg.questions._pieces import Piece
from kg.questions._told import ALONE, HOLDERS, MARKS, NOW, OF_PEOPLE, OF_TALKS

_DOCTORAL = ("phd", "doctoral")
_SPOKE = ("spoke", "did not speak")


@dataclass
class Part:
    """A condition.

    Parameters:
        said: its words with a place for names, and those that deny it.
        names: what it is about; of several, any.
        denied: whether it must not hold.
        either: whether "or" ties it to the one before.
        when: the times it tells.
        kind: of what kind its names are.
    """

    said: tuple[str, str]
    names: list[str] = field(default_factory=list)
    denied: bool = False
    either: bool = False
    when: list[str] = field(default_factory=list)
    kind: str = ""

    def told(self) -> str:
        """In plain words, "" where there are none."""
        form = self.said[self.denied]
        return " ".join([form.replace("{}", " or ".join(self.names)), *self.when]) if form else ""


def parts(words: Words, found: Sequence[Piece], target: str) -> tuple[list[Part], frozenset[str]]:
    """The conditions of people or talks, and the meanings that none of them tells; none where a name tells nothing."""
    sentence = _Sentence(words, found, target)
    told: list[Part] = []
    early: list[str] = []
    denied = either = False
    for n, piece in enumerate(found):
        denied = denied or piece.kind == "not"
        either = either or (piece.kind == "tie" and piece.text.lower() == "or")
        if piece.kind == "time" and denied and told:  # "spoke on tides, but not in 2014"
            told.append(
                Part(_SPOKE if target == "people" else ("", "not"), [], True, False, [piece.text])
            )
            denied = either = False
        elif piece.kind == "time":
            (told[-1].when if told else early).append(piece.text)
        if piece.is_name and not sentence.tells_of_another(n):
            part = sentence.part(n)
            if part is None:
                return [], frozenset()
            _join(told, part, denied, either)
            denied = either = False
    if denied and told and told[-1].kind == "institution" and not told[-1].denied:
        told.append(
            Part(NOW, told[-1].names, denied=True)
        )  # "worked at Lund and no longer works there"
        denied = False
    left = _alone(told, sentence.left(), found) if target == "people" else sentence.left()
    if early:
        told = told or [Part(_SPOKE)]
        told[0].when += early
    return ([] if denied else told), left


def _join(told: list[Part], part: Part, denied: bool, either: bool) -> None:
    """Add a condition; what says the same of a further name behind "or" adds but the name."""
    part.denied, part.either = denied, either
    if either and told and told[-1].said == part.said and not part.when:
        told[-1].names += part.names
    else:
        told.append(part)


def _alone(told: list[Part], left: frozenset[str], found: Sequence[Piece]) -> frozenset[str]:
    """Add what meanings say that stand beside no name; the meanings that are still left."""
    alone = left & ALONE.keys()
    told += [Part((ALONE[meaning], "")) for meaning in sorted(alone)]
    if "founded" in alone:
        alone |= {"place"}
    if "student" in left and any(p.text.lower().startswith(_DOCTORAL) for p in found):
        told.append(Part(("is a PhD student", "is not a PhD student")))
        alone |= {"student"}
    return left - alone


def _tells_all(form: str, held: Mapping[str, str]) -> bool:
    """Whether a form has places for all degrees and posts that somebody holds."""
    return all(f"{{{kind}}}" in form for kind in held)


def _holding(form: str, held: Mapping[str, str]) -> str:
    """A form with the degree or the post that somebody holds."""
    for kind in HOLDERS:
        form = form.replace(f"{{{kind}}}", held.get(kind, kind))
    return form


class _Sentence:
    """The pieces of a question in their clauses, and which of them are used."""

    def __init__(self, words: Words, found: Sequence[Piece], target: str) -> None:
        """Ties and denials part the clauses."""
        self._words, self._found, self._target = words, found, target
        self._used: set[int] = set()
        clause, self._clauses = 0, list[int]()
        for piece in found:
            clause += piece.kind in {"tie", "not"}
            self._clauses.append(clause)

    def left(self) -> frozenset[str]:
        """The meanings that no condition has told."""
        pieces = enumerate(self._found)
        told = {p.kind for n, p in pieces if not p.is_name and n not in self._used}
        return frozenset(told - {"tie", "time", "not"})

    def tells_of_another(self, n: int) -> bool:
        """Whether a name only says more of another in its clause: the degree or the post that somebody has there."""
        others = HOLDERS.get(self._found[n].kind, ())
        return self._target == "people" and any(p.kind in others for p in self._beside(n))

    def part(self, n: int) -> Part | None:
        """What a name says with the meanings beside it."""
        piece = self._found[n]
        if self._target == "talk":
            said = OF_TALKS.get(piece.kind)
            return Part(said, [piece.text]) if said else None
        near = self._near(n)
        if piece.kind == "person" and not near and self._words.plain[piece.at - 1] == "with":
            near = {"with": []}
        held = {p.kind: p.text for p in self._beside(n) if p.kind in HOLDERS}
        for meaning in (*MARKS.get(piece.kind, ()), ""):
            forms = OF_PEOPLE.get((piece.kind, meaning))
            if meaning == "past" and "role" in held:
                forms = None if "now" in near else OF_PEOPLE["institution", "past role"]
            if forms and (not meaning or meaning in near) and _tells_all(forms[0], held):
                self._used |= {m for told in near.values() for m in told}
                said = _holding(forms[0], held), _holding(forms[1], held)
                return Part(said, [piece.text], kind=piece.kind)
        return None

    def _beside(self, n: int) -> list[Piece]:
        """The other names of a clause."""
        pieces = zip(self._found, self._clauses, strict=True)
        return [
            p
            for m, (p, clause) in enumerate(pieces)
            if m != n and p.is_name and clause == self._clauses[n]
        ]

    def _near(self, n: int) -> dict[str, list[int]]:
        """The meanings that tell of a name: those of its clause, else of the one before, else of the one behind."""
        for clause in (self._clauses[n], self._clauses[n] - 1, self._clauses[n] + 1):
            near: dict[str, list[int]] = {}
            for m in range(len(self._found)):
                if self._clauses[m] == clause and self._tells(m, n):
                    near.setdefault(self._meant(m, n), []).append(m)
            if near:
                return near
        return {}

    def _tells(self, m: int, n: int) -> bool:
        """Whether one piece tells something of another."""
        piece = self._found[m]
        named = piece.is_name and piece.kind not in HOLDERS
        return not named and self._meant(m, n) in MARKS.get(self._found[n].kind, ())

    def _meant(self, m: int, n: int) -> str:
        """What one piece means to another: a talk or what is shared "with" somebody, training "under" somebody."""
        piece, before = self._found[m], self._words.plain[self._found[n].at - 1]
        if before == "with" and piece.kind in {"talk", "speak", "common"}:
            return "with"
        return "under" if before in {"with", "under"} and piece.kind == "study" else piece.kind
