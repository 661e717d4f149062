"""Every line of a page gets a role, chosen together by the best path over the page.

Each line is scored for each role from its shape alone; what may follow what is weighed by two tables, one for
pages that print the title first and one for those that print the speaker first, and the better of the two best
paths (Viterbi, IEEE Trans. Inf. Theory 13, 1967) is taken. So the page as a whole decides, not a line.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg import lines, shapes
from kg.lines import Line, Reading

ROLES = ("title", "speaker", "both", "place", "date", "abstract", "bio", "heading", "noise")
_LONG = 28

_TITLE_FIRST = {
    "start": {
        "heading": 0.5,
        "title": 0.2,
        "date": 0,
        "both": 0.2,
        "speaker": -0.6,
        "noise": -0.3,
        "abstract": -1,
        "bio": -1,
    },
    "heading": {
        "title": 0.4,
        "date": 0.3,
        "heading": 0,
        "both": 0.2,
        "speaker": 0,
        "noise": 0,
        "abstract": -0.8,
        "bio": -1,
    },
    "title": {
        "speaker": 1.5,
        "abstract": 0.3,
        "date": 0.3,
        "title": -2.0,
        "both": -1,
        "place": -1.5,
        "bio": -1,
        "heading": -0.8,
        "noise": -0.6,
    },
    "speaker": {
        "place": 0.8,
        "abstract": 0.9,
        "bio": 0.7,
        "speaker": -0.4,
        "title": 0.0,
        "date": 0.3,
        "both": -0.5,
        "heading": -0.3,
        "noise": -0.5,
    },
    "both": {
        "abstract": 0.8,
        "bio": 0.4,
        "both": 0.6,
        "title": 0,
        "speaker": -0.8,
        "place": 0,
        "date": 0.2,
        "heading": 0,
        "noise": -0.4,
    },
    "place": {
        "place": 0.2,
        "abstract": 0.8,
        "bio": 0.7,
        "title": 0.1,
        "speaker": -0.8,
        "date": 0.2,
        "both": -0.4,
        "heading": -0.3,
        "noise": -0.4,
    },
    "date": {
        "title": 0.6,
        "speaker": 0.2,
        "both": 0.5,
        "abstract": 0.2,
        "date": 0,
        "heading": 0,
        "bio": -0.3,
        "place": -0.3,
        "noise": -0.3,
    },
    "abstract": {
        "abstract": 0.7,
        "bio": 0.7,
        "title": 0.8,
        "speaker": -0.4,
        "both": 0.5,
        "date": 0.4,
        "heading": 0.2,
        "noise": -0.2,
        "place": -1.5,
    },
    "bio": {
        "bio": 0.5,
        "title": 0.8,
        "speaker": 0.1,
        "both": 0.5,
        "date": 0.4,
        "heading": 0.3,
        "abstract": -1.2,
        "noise": -0.2,
        "place": -1.5,
    },
    "noise": {
        "title": 0.2,
        "speaker": 0,
        "both": 0.2,
        "abstract": -0.2,
        "bio": -0.2,
        "heading": 0,
        "noise": 0.2,
        "date": 0,
        "place": -1,
    },
}
_SPEAKER_FIRST = {
    **_TITLE_FIRST,
    "start": {**_TITLE_FIRST["start"], "speaker": 0.4, "title": -0.5},
    "heading": {**_TITLE_FIRST["heading"], "speaker": 0.5, "title": -0.4},
    "speaker": {**_TITLE_FIRST["speaker"], "title": 1.4, "abstract": 0.3, "bio": 0.7},
    "place": {**_TITLE_FIRST["place"], "title": 1.2, "abstract": 0.3},
    "title": {**_TITLE_FIRST["title"], "speaker": -0.6, "abstract": 1.2, "bio": 0.3},
    "abstract": {**_TITLE_FIRST["abstract"], "speaker": 0.8, "title": -0.8},
    "bio": {**_TITLE_FIRST["bio"], "speaker": 0.9, "title": -0.8},
    "date": {**_TITLE_FIRST["date"], "speaker": 0.6, "title": 0.2},
}


@dataclass(frozen=True)
class Role:
    """The role a line was given, with the reading that won."""

    line: Line
    role: str
    reading: Reading | None
    score: float


def segment(text: str) -> tuple[Role, ...]:
    """Every line that holds anything with the role the page as a whole gives it."""
    page = lines.split(text)
    if not page:
        return ()
    scored = [_scores(page, i) for i in range(len(page))]
    best = max(
        (_path(scored, table) for table in (_TITLE_FIRST, _SPEAKER_FIRST)), key=lambda p: p[0]
    )
    out = []
    for line, role, (scores, found) in zip(page, best[1], scored, strict=True):
        out.append(Role(line, role, found.get(role), scores[role]))
    return tuple(out)


Scored = tuple[dict[str, float], dict[str, Reading]]


def _path(scored: list[Scored], table: dict[str, dict[str, float]]) -> tuple[float, list[str]]:
    """Score and roles of the best path."""
    best = {r: (scored[0][0][r] + table["start"].get(r, -2.0), [r]) for r in ROLES}
    for scores, _ in scored[1:]:
        step = {}
        for role in ROLES:
            value, path = max(
                ((best[p][0] + table[p].get(role, -2.0), best[p][1]) for p in ROLES),
                key=lambda x: x[0],
            )
            step[role] = (value + scores[role], [*path, role])
        best = step
    return max(best.values(), key=lambda x: x[0])


def _scores(page: tuple[Line, ...], i: int) -> Scored:
    line = page[i]
    found = lines.readings(line) if line.size <= 60 else {}
    scores = _labelled(line) or (
        _long(line)
        if line.size > _LONG or (line.size > 14 and line.content.endswith((".", ".”", ").")))
        else _short(line, found)
    )
    _after_label(page, i, scores)
    if line.timed:
        for role in ("title", "both"):
            scores[role] += 0.7
    return scores, found


def _flat(value: float) -> dict[str, float]:
    return dict.fromkeys(ROLES, value)


def _labelled(line: Line) -> dict[str, float] | None:
    """Scores of a line with a label: it is what it says; a label alone is a heading that tells of the next line."""
    if not line.label:
        return None
    scores = _flat(-8.0)
    scores["heading" if line.alone else line.label] = 4.0
    if line.label == "speaker" and not line.alone:
        scores["both"] = 2.0 if lines.readings(line).get("both") else -8.0
    return scores


def _after_label(page: tuple[Line, ...], i: int, scores: dict[str, float]) -> None:
    """Raise the part that the nearest label above announces, most for the line right behind it."""
    if page[i].label:
        return
    for back in range(i - 1, max(-1, i - 12), -1):
        label = page[back].label
        if label:
            bonus = (
                4.0
                if back == i - 1 and page[back].alone
                else 1.2
                if label in {"abstract", "bio"}
                else 0.0
            )
            if label == "noise":
                bonus = min(bonus, 1.0)
            scores[label] = scores.get(label, 0.0) + bonus
            return
        if page[back].size <= 3:
            return


def _long(line: Line) -> dict[str, float]:
    scores = _flat(-5.0)
    career = shapes.career_score(line.content)
    named = 0.8 if shapes.opens_with_name(line.sentence) else 0.0
    lean = max(-1.6, min(1.6, career / 4)) + named
    scores["abstract"], scores["bio"], scores["noise"] = 1.5 - lean, 1.5 + lean, 0.2
    return scores


def _short(line: Line, found: dict[str, Reading]) -> dict[str, float]:
    scores = _flat(-3.0)
    heading = shapes.heading_score(line.content)
    title = lines.looks_like_title(line.content)
    scores["noise"] = 0.1
    scores["heading"] = 0.3 + 2.5 * heading
    scores["title"] = 0.9 + title
    scores["abstract"] = (
        0.2 if line.size >= 6 and line.content.endswith((".", ":", "?", ";")) else -1.0
    )
    career = shapes.career_score(line.content)
    scores["bio"] = scores["abstract"] + (1.0 if career > 4 and line.size > 5 else -0.6)
    if "speaker" in found:
        scores["speaker"] = 0.4 + found["speaker"].score
        scores["title"] -= found["speaker"].score / 2
    if "both" in found:
        scores["both"] = 0.3 + found["both"].score
    placed = shapes.place_score(line.sentence)
    scores["place"] = -2.0 + 4.5 * placed + (1.5 if shapes.is_place(line.sentence) else 0.0)
    scores["title"] -= 1.2 * placed
    if shapes.is_date(line.sentence):
        scores["date"], scores["title"], scores["heading"] = 3.0, -3.0, -0.5
    if line.content.startswith(("http", "www.", "@")) or "://" in line.content:
        scores["noise"] += 2.0
    return scores
