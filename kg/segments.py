"""Every line of a page gets a role, chosen together by the best path over the page.

Two judges score them: a linear-chain conditional random field, from a line's own shape, its neighbours' and its
page's, and what may follow what (``data/models/lines.json``, learned by ``kg/training/lines.py``); and the encoder,
which reads their words (``kg.encoder``). The best path over the whole page wins (Viterbi, IEEE Trans. Inf. Theory 13,
1967).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from kg import chain, days, encoder, features, lines, names, readings
from kg.lines import Line
from kg.model import Part
from kg.readings import Reading

CHAIN, TURN, LABEL = 0.8, 2.0, 3.0
"""What the chain's scores count beside the encoder's log-probabilities, and what it costs that entries open in another
way than before: from sixteen pairs tried on sites held back, where 0.7 to 0.9 are worth the same; and what a label
counts that has but one meaning."""
ROW = 20.0
"""What it counts that the columns or labels of a line say what it holds: it decides."""
TITLE, NAME = 0.8, 0.7
"""How sure the encoder must be of a title to find one on a speaker line, and of a name on a line like others that are
talks."""
_CHAIR = re.compile(
    r"[^,;]+\s\(?(?:session\s)?(?:co-?)?(?:chair(?:person|man|woman)?|moderator)\)?"
    r"|(?:session\s)?(?:chair(?:ed by)?|moderat(?:or|ed by))\b(?! of)[^,]*",
    re.IGNORECASE,
)
"""A cell that names who leads a session."""
_MEANS = {"abstract": "A", "bio": "O", "biography": "O"}
ROLES = {
    "T": "title", "S": "speaker", "B": "both", "P": "place", "D": "date",
    "A": "abstract", "O": "bio", "H": "heading", "L": "label", "N": "other",
}  # fmt: skip


@dataclass(frozen=True)
class Role:
    """The role a line was given.

    Parameters:
        starts: whether a new entry begins with the line.
        margin: how much better the role's path is than the best one that gives the line another role, at least 0.
        reading: the line read as a speaker line, or as title and speaker in one, where its role asks for it.
        parts: what the encoder saw on it.
    """

    line: Line
    role: str
    starts: bool
    margin: float
    reading: Reading | None
    parts: tuple[Part, ...] = ()


def _judged(line: Line, roles: dict[str, float]) -> dict[str, float]:
    """The encoder's log-probabilities of a line's roles, with what a label counts that has but one meaning.

    Of prose the encoder reads the ends only: whether that is abstract or biography is left to the chain, which reads
    all of it.
    """
    if line.size > encoder.LONG:
        low, high = sorted((roles["A"], roles["O"]))
        even = high + math.log1p(math.exp(low - high)) - math.log(2)
        roles = {**roles, "A": even, "O": even}
    start = line.text.rfind("\n", 0, line.span.start) + 1
    letter = _MEANS.get(names.fold(line.text[start : line.span.start]))
    row = _row(line)
    letter, counts = (row, ROW) if row else (letter, LABEL)
    return {r: p + counts * (r[0] == letter) for r, p in roles.items()}


def _row(line: Line) -> str | None:
    """What a row of a table holds under the columns its header names."""
    found = {part for part, _ in line.cells}
    if any(
        part == "speaker" and _CHAIR.fullmatch(line.text[slice(*at)].strip())
        for part, at in line.cells
    ):
        return "H"  # "Session: Seeds | Ada Byron chair"
    if not readings.names_someone(line):
        return None  # "Holiday | no talk"
    return "B" if "title" in found else "S"


def _read(line: Line, role: str, parts: tuple[Part, ...]) -> tuple[str, Reading | None]:
    """The reading of a line that its role asks for; a speaker line on which the encoder sees a title holds both, and
    one of both on which no title can be told names the speaker."""
    other = {"both": "speaker", "speaker": "both"}.get(role, "")
    shown = any(p.kind == "title" and p.sure >= TITLE for p in parts)
    order = (other, role) if role == "speaker" and shown else (role, other)
    for name in order if other == "speaker" or shown else (role,):
        reading = readings.best(line, name, parts)
        if reading:
            return name, reading
    return role, readings.title_only(line, parts) if role == "both" else None


def segment(text: str) -> tuple[Role, ...]:
    """Every line that holds anything with the role the page as a whole gives it."""
    page = lines.split(text)
    read = encoder.read(text)
    judged = [_judged(line, r.roles) for line, r in zip(page, read, strict=True)]
    path = chain.load("lines").decode(features.page_features(page), judged, CHAIN, TURN)
    out = []
    for line, (role, margin), seen in zip(page, path, read, strict=True):
        name, reading = _read(line, ROLES[role[0]], seen.parts)
        out.append(Role(line, name, role.endswith("*"), round(margin, 2), reading, seen.parts))
    return tuple(_begun(_labelled(_alike(_helped(out)))))


_DAYED = re.compile(r"\W*\d[\d./-]{4,9}\d\s*[:–—-]\s+(?=\S)")
_SEVERAL = 2
_LEADS = ("date", "speaker", "title")


_HELPERS = re.compile(
    r"\W*(?:\w+ )?(?:(?:co-?)?organi[sz](?:ers?|ing committee|ation)|(?:\w+ )?committee|conveners?|contacts?"
    r"|coordinators?|veranstalter|organisatoren|organisat(?:eurs?|rices?)|comité(?: \w+){0,2}|organizador[ae]?s?"
    r"|organizzatori|organisatie|организаторы)\W*",
    re.IGNORECASE,
)
"""A line above those who organize a seminar."""
_OPENS = frozenset(["heading", "label", "title", "both", "abstract"])


def _helped(roles: list[Role]) -> list[Role]:
    """Names below a line that says but "Organizers", up to the next heading or title, are not of those who speak."""
    out, below = [], False
    for role in roles:
        if role.line.alone or role.role in _OPENS:
            below = _HELPERS.fullmatch(role.line.content) is not None
        elif role.line.label:
            below = False
        helps = below and role.role in {"speaker", "place", "bio"}
        out.append(replace(role, role="other", starts=False, reading=None) if helps else role)
    return out


def _alike(roles: list[Role]) -> list[Role]:
    """Lines that open with a day hold what others of the page do that open so: a name behind the day is a speaker's
    ("18/6/2021: Ada Byron"), a name and a title are a talk ("Friday 3/14 Ada Byron Why rivers turn")."""
    opened = [days.opens(r.line.content) for r in roles]
    if sum(r.role == "both" for r, o in zip(roles, opened, strict=True) if o) > _SEVERAL:
        roles = [_talk(r) if o else r for r, o in zip(roles, opened, strict=True)]
    dayed = [r for r in roles if _DAYED.match(r.line.content)]
    if sum(r.role == "speaker" for r in dayed) < _SEVERAL:
        return roles
    return [_begins(r, "speaker") if r.role == "date" and r in dayed else r for r in roles]


def _talk(role: Role) -> Role:
    named = any(p.kind == "name" and p.sure >= NAME for p in role.parts)
    return _begins(role, "both") if named and role.role in {"other", "heading"} else role


def _begins(role: Role, name: str) -> Role:
    """A line that begins an entry in another role, if it can be read so."""
    reading = readings.best(role.line, name, role.parts)
    return replace(role, role=name, starts=True, reading=reading) if reading else role


def _labelled(roles: list[Role]) -> list[Role]:
    """Lines by their labels: one that is labelled as speaker and names somebody is one, and what stands without a
    label where others have the title above their labelled speaker is the title, though it may be full of names."""
    out = [_spoken(r) for r in roles]
    above = [n for n, r in enumerate(out[1:]) if r.role == "speaker" and r.line.label == "speaker"]
    if not any(out[n].role == "title" and not out[n].line.label for n in above):
        return out
    for n in above:
        if out[n].role == "speaker" and not out[n].line.label and _differ(out[n], out[n + 1]):
            out[n] = replace(out[n], role="title", reading=None)
    return out


def _differ(role: Role, other: Role) -> bool:
    """Whether a line does not hold the name that the other opens with."""
    first = names.fold(other.line.content).split()[:1]
    return bool(first) and first[0] not in names.fold(role.line.content).split()


def _spoken(role: Role) -> Role:
    if role.role != "other" or role.line.label != "speaker":
        return role
    reading = readings.best(role.line, "speaker", role.parts)
    return replace(role, role="speaker", reading=reading) if reading else role


def _begun(roles: list[Role]) -> list[Role]:
    """Where blocks of labelled lines have speaker and title each, an entry begins with the label that the first of
    them begins with."""
    told = [n for n, r in enumerate(roles) if r.line.label in _LEADS and r.role == r.line.label]
    lead = roles[told[0]].line.label if told else ""
    blocks: list[list[int]] = []
    for n in told:
        if roles[n].line.label == lead:
            blocks.append([])
        blocks[-1].append(n)
    held = [{roles[n].line.label for n in block} for block in blocks]
    if not held or not all({"speaker", "title"} <= labels for labels in held):
        return roles
    if len(blocks) < _SEVERAL and len(told) > len(held[0]):
        return roles  # one label comes again, but not the first
    firsts = {block[0] for block in blocks}
    return [replace(r, starts=n in firsts) if n in told else r for n, r in enumerate(roles)]
