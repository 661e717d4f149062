"""Every line of a page gets a role, chosen together by the best path over the page.

Two judges score them: a linear-chain conditional random field, from a line's own shape, its neighbours' and its
page's, and what may follow what (``data/models/lines.json``, learned by ``kg/training/lines.py``); and the encoder,
which reads their words (``kg.encoder``). The best path over the whole page wins (Viterbi, IEEE Trans. Inf. Theory 13,
1967).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from kg import chain, encoder, features, lines, names, readings
from kg.lines import Line
from kg.model import Part
from kg.readings import Reading

CHAIN, TURN, LABEL = 0.8, 2.0, 3.0
"""What the chain's scores count beside the encoder's log-probabilities, and what it costs that entries open in another
way than before: from sixteen pairs tried on sites held back, where 0.7 to 0.9 are worth the same; and what a label
counts that has but one meaning."""
ROW = 20.0
"""What it counts that the columns or labels of a line say what it holds: it decides."""
TITLE = 0.8
"""How sure the encoder must be of a title to find one on a speaker line."""
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
    return tuple(out)
