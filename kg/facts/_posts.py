"""What affiliations, earlier posts and memberships have in common."""

from __future__ import annotations

from typing import TypedDict

from kg import authorities, names
from kg.clauses import Frame
from kg.facts import Passage
from kg.mentions import body
from kg.model import Evidence, Mention, Span


class Post(TypedDict):
    """Values of a post that any of its kinds takes."""

    subject: str
    evidence: Evidence
    printed: str
    at: Span
    confidence: float
    organization: str
    role: str | None
    unit: str | None


_OFFICES = frozenset(
    (
        "president vice-president chair co-chair chairman chairwoman chairperson vice-chair secretary founder "
        "co-founder cofounder director co-director leader lead co-leader convenor convener officer "
        "representative delegate ambassador coordinator organizer co-organizer advisor"
    ).split()
)
_EMPLOYERS = frozenset({"university", "college", "company", "laboratory", "hospital"})


def is_membership(passage: Passage, frame: Frame) -> bool:
    """Whether a frame tells a seat or office beside the job: at a society or journal, not at an employer."""
    place = frame.organization
    if place is None:
        return False
    known = authorities.institutions().get(place.value)
    role = frame.anchor.value.lower().split()[-1] if frame.anchor else ""
    if frame.kind == "member":
        return not (role in {"member", "members", "team"} and known and known.kind in _EMPLOYERS)
    if frame.kind != "post" or role not in _OFFICES or not _beside(place):
        return False
    if any(_same_place(frame, f) for f in passage.frames):
        return False
    return frame.tense == "past" or any(_is_job(f) for f in passage.frames)


def _same_place(frame: Frame, other: Frame) -> bool:
    """Whether another frame has the person at work there: then the office is the job."""
    place = other.organization
    return (
        other is not frame
        and other.rule in {"line", "base"}
        and place is not None
        and frame.organization is not None
        and place.value == frame.organization.value
    )


def _is_job(frame: Frame) -> bool:
    """Whether a frame tells a present post that is no office at a body."""
    place = frame.organization
    return (
        frame.kind == "post" and frame.tense != "past" and place is not None and not _beside(place)
    )


def _beside(place: Mention) -> bool:
    """Whether an organization is a body of the kind that people serve beside their job."""
    known = authorities.institutions().get(place.value)
    if known:
        return known.kind in {"society", "foundation"}
    words = names.fold(place.value).split()
    if set(words) & {"lab", "laboratory", "institute", "center", "centre", "university", "school"}:
        return False
    return place.note == "body" or any(body.kinds().get(w) == "society" for w in words)


def is_post(passage: Passage, frame: Frame) -> bool:
    """Whether a frame tells a post, now or earlier."""
    return frame.kind in {"post", "member"} and not is_membership(passage, frame)


def post(passage: Passage, frame: Frame) -> Post | None:
    """Values of a frame's post; None without an organization."""
    place = frame.organization
    name = passage.place(frame)
    if place is None or not name:
        return None
    known = (
        0.05
        if place.note in {"known", "defined", "body"}
        else -0.25
        if place.note in {"run", "shape", "slot"}
        else 0.0
    )
    return {
        "subject": passage.subject,
        "evidence": passage.evidence(frame, place, frame.anchor),
        "printed": passage.printed(place.span),
        "at": place.span,
        "confidence": round(max(0.05, min(0.99, frame.sure + known)), 3),
        "organization": name,
        "role": _role(passage, frame),
        "unit": _line(passage.printed(frame.unit.span)) if frame.unit else None,
    }


def _role(passage: Passage, frame: Frame) -> str | None:
    """The post as printed; a rank that shares its head with the next one gets it ("Assistant and ... Professor")."""
    if frame.anchor is None:
        return None
    printed = _line(passage.printed(frame.anchor.span))
    if printed.lower() in {"assistant", "associate", "full", "adjunct", "visiting"}:
        rest = passage.page.text[frame.anchor.span.end : frame.sentence.span.end].split(".")[0]
        return f"{printed} Professor" if "rofessor" in rest[:60] else printed
    return printed


def _line(text: str) -> str:
    return " ".join(text.split())
