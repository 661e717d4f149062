"""Earlier posts that the learned chain reads in a sentence, as frames: which role, unit and years go with which place.

What stands before an organization and behind the one before it is its own; what follows the last one goes to it; one
without a role takes that of the one of its kind before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.clauses import Frame
from kg.mentions import date
from kg.model import Mention, Span
from kg.tagger import Heard, Tag

_NOW = frozenset(
    "currently presently actualmente atualmente actuellement attualmente derzeit aktuell zurzeit gegenwärtig".split()
)
_PAST = frozenset(
    "previously formerly earlier before prior after was were had worked served anteriormente previamente antes fue "
    "trabajó vorher zuvor früher war auparavant avant été prima stato stata foi".split()
)
_POSTS = frozenset({"aff", "pri", "mem"})


def read(heard: Heard, tags: Sequence[Tag], least: float, name: Span) -> list[Frame]:
    """Frames of the earlier posts of one sentence, one a role.

    Present posts are left to the clauses: of those that only the chain read on pages held back, half were wrong.

    Parameters:
        tags: of the sentence, in reading order.
        least: how sure the chain must be of the organization.
        name: where the person is named, for a line.
    """
    heads = [t for t in tags if t.kind in _POSTS]
    return [
        frame
        for n, head in enumerate(heads)
        if head.kind == "pri" and head.sure >= least and not _held_now(heard, head)
        for frame in _frames(heard, tags, heads, n, name)
    ]


def _held_now(heard: Heard, head: Tag) -> bool:
    """Whether words before the place say that the post is held: "Actualmente, es profesora en la Universidad de X"."""
    before = [t.lower for t in heard.sentence.tokens if t.span.end <= head.span.start]
    last = next((w for w in reversed(before) if w in _NOW or w in _PAST), "")
    return last in _NOW


def _frames(heard: Heard, tags: Sequence[Tag], heads: list[Tag], n: int, name: Span) -> list[Frame]:
    head, last = heads[n], n + 1 == len(heads)
    lead, trail = _lead(tags, heads, n), _between(tags, head, None if last else heads[n + 1])
    roles = roles_of(tags, heads, n)
    unit = next((t for t in (*lead[::-1], *(trail if last else ())) if t.kind == "unit"), None)
    start, end = _dates(heard, [*trail, *(lead if n == 0 else ())])
    place = _mention(heard, "organization", head)
    held = _mention(heard, "unit", unit)
    cue = name if heard.place == "line" else None
    return [
        Frame(
            "post", "past", heard.sentence, _mention(heard, "role", role), place, held,
            start=start if k == 0 else "", end=end if k == max(0, len(roles) - 1) else "",
            sure=head.sure, rule="learned", cue=cue,
        )
        for k, role in enumerate(roles or [None])
    ]  # fmt: skip


def roles_of(tags: Sequence[Tag], heads: Sequence[Tag], n: int) -> list[Tag]:
    """Roles of the ``n``-th organization."""
    own = [t for t in _lead(tags, heads, n) if t.kind == "role"]
    if not own and n + 1 == len(heads):
        own = [t for t in _between(tags, heads[n], None) if t.kind == "role"]
    if not own and n and heads[n - 1].kind == heads[n].kind:
        return roles_of(tags, heads[:n], n - 1)
    return own


def _lead(tags: Sequence[Tag], heads: Sequence[Tag], n: int) -> list[Tag]:
    return _between(tags, heads[n - 1] if n else None, heads[n])


def _between(tags: Sequence[Tag], first: Tag | None, last: Tag | None) -> list[Tag]:
    return [
        t
        for t in tags
        if (first is None or first.span.end <= t.span.start)
        and (last is None or t.span.end <= last.span.start)
    ]


def _dates(heard: Heard, tags: list[Tag]) -> tuple[str, str]:
    """Start and end; two digits that end a range take the century of its start."""
    found = {t.kind: _printed(heard, t) for t in reversed(tags) if t.kind in {"start", "end"}}
    start, end = date.iso(found.get("start", "")) or "", found.get("end", "")
    if start and re.fullmatch(r"['’]?\d\d", end):
        return start, start[:2] + end[-2:]
    return start, date.iso(end) or ""


def _printed(heard: Heard, tag: Tag) -> str:
    offset = heard.sentence.span.start
    return heard.sentence.text[tag.span.start - offset : tag.span.end - offset]


def _mention(heard: Heard, kind: str, tag: Tag | None) -> Mention | None:
    """What is known of a tag from the mentions, else the words themselves."""
    if tag is None:
        return None
    known = next((m for m in heard.mentions if m.kind == kind and m.span == tag.span), None)
    return known or Mention(kind, tag.span, _printed(heard, tag), note="run")
