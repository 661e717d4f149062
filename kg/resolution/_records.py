"""Plain records: somebody as one page names them. What the steps of resolution take and give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

_NONE: frozenset[str] = frozenset()
Sign = tuple[str, str]
"""What can tie a record to another: a kind ("organization", "doctorate", "topic") and a value."""


@dataclass(frozen=True)
class Record:
    """Somebody as a page names them, or several such records that were found to be one person.

    Parameters:
        id: unique among all records.
        name: the fullest name.
        names: every form of it.
        signs: what was said of them, for comparing.
        members: the ids of the records that this one was made of; its own id where it was made of none.
        apart: ids of records that are somebody else: who speaks in the same talk, who was advised.
        where: the name of the page.
    """

    id: str
    name: str
    names: tuple[str, ...] = ()
    signs: frozenset[Sign] = frozenset()
    members: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()
    where: str = ""

    def values(self, kind: str) -> frozenset[str]:
        """The values of its signs of a kind."""
        return self._by_kind.get(kind, _NONE)

    @cached_property
    def _by_kind(self) -> dict[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for kind, value in self.signs:
            found[kind].add(value)
        return {kind: frozenset(values) for kind, values in found.items()}


def merged(records: Sequence[Record]) -> Record:
    """One record of several, in the order of their ids."""
    if len(records) == 1:
        return records[0]
    ordered = sorted(records, key=lambda r: r.id)
    names = tuple(sorted({n for r in ordered for n in (r.name, *r.names)}))
    return Record(
        id=ordered[0].id,
        name=max((r.name for r in ordered), key=lambda n: (len(n.split()), len(n), n)),
        names=names,
        signs=frozenset[Sign]().union(*(r.signs for r in ordered)),
        members=tuple(sorted(m for r in ordered for m in members(r))),
        apart=frozenset[str]().union(*(r.apart for r in ordered)),
        where=ordered[0].where,
    )


def members(record: Record) -> tuple[str, ...]:
    """The ids of the records that a record was made of."""
    return record.members or (record.id,)


def forbidden(one: Record, other: Record) -> str:
    """Why two records cannot be one person whatever else speaks for it, or ""."""
    if not (one.apart.isdisjoint(members(other)) and other.apart.isdisjoint(members(one))):
        return "they are named side by side, or kept apart by a correction"
    mine, yours = one.values("doctorate"), other.values("doctorate")
    if mine and yours and not mine & yours:
        return f"two doctorates: {min(mine)} and {min(yours)}"
    return ""
