"""Tags of a sentence put together: which role, unit, years, degree, field belong to which head.

What stands before a head and behind the one before it is its own; what follows the last head goes to it; a head
without a role takes that of the head of its kind before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Span
from kg.tagger import Tag

POSTS = frozenset({"aff", "pri", "mem"})


@dataclass(frozen=True)
class Statement:
    """A fact as the learned chain reads it.

    Parameters:
        kind: ``aff`` (a post now), ``pri`` (an earlier one), ``mem`` (served beside the job), ``edu``, ``awd`` or
            ``adv``.
        head: the organization, award or advisor; of a degree without an organization the degree.
    """

    kind: str
    head: Tag
    role: Tag | None = None
    unit: Tag | None = None
    start: Tag | None = None
    end: Tag | None = None
    degree: Tag | None = None
    field: Tag | None = None
    advisors: tuple[Tag, ...] = ()

    @property
    def parts(self) -> tuple[Span, ...]:
        """Where its head and details stand."""
        tags = (self.head, self.role, self.unit, self.start, self.end, self.degree, self.field)
        return tuple(t.span for t in (*tags, *self.advisors) if t)


def read(tags: Sequence[Tag]) -> list[Statement]:
    """Statements of one sentence, from its tags in reading order."""
    out: list[Statement] = []
    posts = [t for t in tags if t.kind in POSTS]
    for n, head in enumerate(posts):
        out += _posts(tags, posts, n, head)
    out += _degrees(tags)
    for tag in tags:
        if tag.kind == "awd":
            out.append(Statement("awd", tag, start=_year(tags, tag)))
        elif tag.kind == "adv":
            out.append(Statement("adv", tag))
    return sorted(out, key=lambda s: (s.head.span, s.kind))


def _posts(tags: Sequence[Tag], posts: list[Tag], n: int, head: Tag) -> list[Statement]:
    before = posts[n - 1] if n else None
    after = posts[n + 1] if n + 1 < len(posts) else None
    lead = _between(tags, before, head)
    trail = _between(tags, head, after)
    roles = [t for t in lead if t.kind == "role"]
    if not roles and (n == 0 or after is None):
        roles = [t for t in trail if t.kind == "role"] if after is None else []
    if not roles and before is not None and before.kind == head.kind:
        roles = [t for t in _lead(tags, posts, n - 1) if t.kind == "role"]
    units = [t for t in (*lead[::-1], *(trail if after is None else ())) if t.kind == "unit"]
    dates = [t for t in trail if t.kind in {"start", "end"}] or [
        t for t in (lead if n == 0 else ()) if t.kind in {"start", "end"}
    ]
    start = next((t for t in dates if t.kind == "start"), None)
    end = next((t for t in dates if t.kind == "end"), None)
    return [
        Statement(
            head.kind, head, role, units[0] if units else None, start if k == 0 else None,
            end if k == len(roles or [0]) - 1 else None,
        )
        for k, role in enumerate(roles or [None])
    ]  # fmt: skip


def _lead(tags: Sequence[Tag], posts: list[Tag], n: int) -> list[Tag]:
    """Details in front of the ``n``-th post; of one that has none, those of the post it follows."""
    while n >= 0:
        lead = _between(tags, posts[n - 1] if n else None, posts[n])
        if any(t.kind == "role" for t in lead):
            return lead
        n -= 1
    return []


def _between(tags: Sequence[Tag], first: Tag | None, last: Tag | None) -> list[Tag]:
    start = first.span.end if first else -1
    end = last.span.start if last else max((t.span.end for t in tags), default=0) + 1
    return [t for t in tags if start <= t.span.start and t.span.end <= end]


def _degrees(tags: Sequence[Tag]) -> list[Statement]:
    degrees = [t for t in tags if t.kind == "deg"]
    schools = [t for t in tags if t.kind == "edu"]
    out, used = [], set()
    for n, degree in enumerate(degrees):
        own = _between(tags, degree, degrees[n + 1] if n + 1 < len(degrees) else None)
        found = [t for t in own if t.kind == "edu"]
        if not found:  # "BSc and MSc from X", "from X she holds a BSc"
            later = [t for t in schools if t.span.start > degree.span.end]
            sooner = [t for t in schools if t.span.end <= degree.span.start]
            found = later[:1] or sooner[-1:]
        used |= set(found)
        out += [_degree(tags, school, degree, own) for school in found or [degree]]
    for school in schools:
        if school not in used:
            own = _between(tags, school, None)
            year = next((t for t in own if t.kind == "year"), None)
            out.append(Statement("edu", school, start=year))
    return out


def _degree(tags: Sequence[Tag], head: Tag, degree: Tag, own: list[Tag]) -> Statement:
    found = {t.kind: t for t in reversed(own)}
    field = found.get("field") or next((t for t in tags if t.kind == "field" and not own), None)
    advisors = tuple(t for t in own if t.kind == "adv")
    return Statement(
        "edu", head, start=found.get("year"), degree=degree, field=field, advisors=advisors
    )


def _year(tags: Sequence[Tag], award: Tag) -> Tag | None:
    """The year right behind an award, else one right before it."""
    years = [t for t in tags if t.kind == "year"]
    heads = [t for t in tags if t.kind in {"awd", "deg"} and t is not award]
    behind = [
        y
        for y in years
        if y.span.start >= award.span.end
        and not any(award.span.end <= h.span.start < y.span.start for h in heads)
    ]
    return behind[0] if behind else None
