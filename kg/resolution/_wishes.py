"""What a corrections file says of who and what is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from kg.corrections import Correction, Corrections, Named
from kg.names import fold
from kg.resolution._clustering import Decision
from kg.resolution._comparing import Comparison
from kg.resolution._forms import form
from kg.resolution._joining import Joined
from kg.resolution._records import Record, members, merged

_CERTAIN = 60.0


class Forms:
    """The keys by which names are compared, but for names that a correction tells apart though their keys are one."""

    def __init__(self, corrections: Corrections) -> None:
        """Read what is different."""
        self._own: dict[tuple[str, str], str] = {}
        for correction in corrections.of("different"):
            keys = [form(correction.kind, n.name) for n in correction.names]
            for named, key in zip(correction.names, keys, strict=True):
                if correction.kind != "person" and keys.count(key) > 1:
                    self._own[correction.kind, fold(named.name)] = f"{key}\n{fold(named.name)}"

    def of(self, kind: str, name: str) -> str:
        """The key of a name."""
        return (
            self._own.get((kind, fold(name))) or form(kind, name) if self._own else form(kind, name)
        )


def people(
    records: Sequence[Record], corrections: Corrections
) -> tuple[list[Record], list[Decision], frozenset[int]]:
    """Records as corrections want them: those that are one joined, those that are not kept apart.

    Where two corrections contradict each other the later one in the file holds.

    Returns:
        the records, the decisions behind what was joined, and the lines of the corrections that matched.
    """
    by_id = {r.id: r for r in records}
    joined = Joined[str]()
    decisions: list[Decision] = []
    matched: set[int] = set()
    parted: dict[frozenset[str], int] = {}
    for correction in corrections.of("different", "person"):
        groups = [_matching(by_id, n) for n in correction.names]
        for one, other in combinations(groups, 2):
            if one and other:
                matched.add(correction.line)
                _part(by_id, one, other)
                parted |= {frozenset((a, b)): correction.line for a in one for b in other}
    for correction in corrections.of("same", "person"):
        found = sorted({i for n in correction.names for i in _matching(by_id, n)})
        later = [i for i in found[1:] if parted.get(frozenset((found[0], i)), 0) < correction.line]
        for id_ in later:
            matched.add(correction.line)
            decisions.append(_told(correction, found[0], id_))
            joined.join(found[0], id_)
    return _joined(by_id, joined), decisions, frozenset(matched)


def _matching(records: Mapping[str, Record], named: Named) -> list[str]:
    key = form("person", named.name)
    return [
        r.id
        for r in records.values()
        if named.page in {"", r.where} and any(form("person", n) == key for n in (r.name, *r.names))
    ]


def _part(records: dict[str, Record], one: Sequence[str], other: Sequence[str]) -> None:
    for mine, yours in ((one, other), (other, one)):
        for id_ in mine:
            apart = records[id_].apart | (set(yours) - {id_})
            records[id_] = replace(records[id_], apart=apart)


def _told(correction: Correction, one: str, other: str) -> Decision:
    return Decision(Comparison(one, other, ((correction.because, _CERTAIN),)), "one")


def _joined(records: Mapping[str, Record], joined: Joined[str]) -> list[Record]:
    groups: dict[str, list[Record]] = {}
    for id_, record in records.items():
        groups.setdefault(joined.head(id_), []).append(record)
    return [_whole(group) for group in groups.values()]


def _whole(group: Sequence[Record]) -> Record:
    """One record of several; that its parts were named side by side does not part it from itself."""
    one = merged(group)
    return replace(one, apart=one.apart - set(members(one)))


def differ(corrections: Corrections, forms: Forms, keys: Sequence[tuple[str, str]]) -> bool:
    """Whether a correction tells some of these keys apart."""
    wanted = set(keys)
    told = (
        {(c.kind, forms.of(c.kind, n.name)) for n in c.names} for c in corrections.of("different")
    )
    return any(len(wanted & apart) > 1 for apart in told)


def joins(corrections: Corrections, forms: Forms) -> Iterator[tuple[Correction, str, list[str]]]:
    """Forms of organizations, awards and all else but people that corrections join: the correction, kind and keys."""
    for correction in corrections.of("same"):
        if correction.kind != "person":
            yield (
                correction,
                correction.kind,
                [forms.of(correction.kind, n.name) for n in correction.names],
            )
