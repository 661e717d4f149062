"""Groups of records that are one person, made of compared pairs: the surest first, and no group holds two people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.resolution import _personal as personal
from kg.resolution._comparing import Comparison
from kg.resolution._joining import Joined
from kg.resolution._records import Record, forbidden, members, merged
from kg.resolution._weights import WEIGHTS, Weights


@dataclass(frozen=True)
class Decision:
    """A pair that was looked at, and what was decided.

    Parameters:
        verdict: "one", "apart" (something forbids it), "open" (for a person to look at) or "ambiguous" (two readings).
        because: what forbids it, or the other reading.
    """

    comparison: Comparison
    verdict: str
    because: str = ""


@dataclass
class _Groups:
    """Records and the group that each belongs to."""

    records: Mapping[str, Record]
    joined: Joined[str] = field(default_factory=Joined)
    held: dict[str, Record] = field(default_factory=dict)

    def of(self, id_: str) -> str:
        return self.joined.head(id_)

    def record(self, head: str) -> Record:
        return self.held.get(head) or self.records[head]

    def join(self, one: str, other: str) -> None:
        whole = merged([self.record(one), self.record(other)])
        self.joined.join(one, other)
        self.held[self.of(one)] = whole


def cluster(
    records: Mapping[str, Record], compared: Iterable[Comparison], weights: Weights = WEIGHTS
) -> tuple[list[Record], list[Decision]]:
    """Join records, the surest pair first.

    Parameters:
        records: by id.
        compared: pairs of them.

    Returns:
        the records that are left, the joined ones in place of their parts; and what was decided of each pair.
    """
    ordered = sorted(compared, key=lambda c: (-c.bits, c.one, c.other))
    unsure = _ambiguous(records, ordered, weights)
    groups, decisions = _Groups(records), list[Decision]()
    for comparison in ordered:
        verdict, because = _verdict(groups, comparison, unsure, weights)
        if verdict == "one":
            one, other = groups.of(comparison.one), groups.of(comparison.other)
            if one == other:
                continue
            groups.join(one, other)
        if verdict:
            decisions.append(Decision(comparison, verdict, because))
    left = [groups.record(r) for r in records if groups.of(r) == r]
    return left, decisions


def _verdict(
    groups: _Groups, comparison: Comparison, unsure: Mapping[tuple[str, str], str], weights: Weights
) -> tuple[str, str]:
    if comparison.bits < weights.review:
        return (
            ("apart", comparison.barrier or "too little speaks for it")
            if comparison.same
            else ("", "")
        )
    if comparison.barrier:
        return "apart", comparison.barrier
    if comparison.bits < weights.merge or comparison.lacks:
        return "open", comparison.lacks
    if other := unsure.get((comparison.one, comparison.other)):
        return "ambiguous", f"one of them can as well be {other}"
    one, other_head = groups.of(comparison.one), groups.of(comparison.other)
    if one != other_head and (why := _clash(groups.record(one), groups.record(other_head))):
        return "apart", why
    return "one", ""


def _clash(one: Record, other: Record) -> str:
    """Why two groups cannot be one, though two of their records could."""
    if why := forbidden(one, other):
        return why
    for a in {one.name, *one.names}:
        for b in {other.name, *other.names}:
            if not personal.ways(a, b):
                return f"{a} cannot be {b}"
    return ""


def _ambiguous(
    records: Mapping[str, Record], ordered: Sequence[Comparison], weights: Weights
) -> dict[tuple[str, str], str]:
    """Pairs in which one record has another reading, nearly as good, that cannot be the same person."""
    near: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for c in ordered:
        if c.bits >= weights.merge and not (c.barrier or c.lacks):
            near[c.one].append((c.bits, c.other))
            near[c.other].append((c.bits, c.one))
    found: dict[tuple[str, str], str] = {}
    for id_, readings in near.items():
        for bits, other in readings:
            near_by = (r for b, r in readings if r != other and b > bits - weights.margin)
            rival = next((r for r in near_by if _clash(records[r], records[other])), None)
            if rival:
                pair = (id_, other) if id_ < other else (other, id_)
                found[pair] = f"{records[rival].name} ({', '.join(members(records[rival])[:1])})"
    return found
