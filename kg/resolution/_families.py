"""Which names can be one person's at all, and so which records need be looked at together: the families of names.

Two names are kin if they are equal once folded, or differ in a way that one person's names do; a family is all that is
kin, in however many steps. Whether two names are kin depends on these two alone, so a new name changes its own family
and no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.names import fold
from kg.resolution import _personal as personal
from kg.resolution._joining import Joined
from kg.resolution._records import Record

_SEPARATOR = "\t"


def tokens(name: str) -> Iterator[str]:
    """Where a name meets its kin: itself folded, and its words as they sound with the initial of another."""
    yield fold(name)
    yield from (_SEPARATOR.join(token) for token in personal.tokens(name))


def kin(name: str, at: Callable[[str], Iterable[str]]) -> set[str]:
    """The names that are kin to a name.

    Parameters:
        at: the names that meet at a token.
    """
    met = {other for token in tokens(name) for other in at(token)}
    return {other for other in met if _are_kin(name, other)}


def _are_kin(one: str, other: str) -> bool:
    return fold(one) == fold(other) or bool(personal.ways(one, other))


def names(record: Record) -> set[str]:
    """All forms of the name of a record."""
    return {record.name, *record.names}


def families(records: Sequence[Record]) -> list[list[Record]]:
    """Records by family, each sorted by id, and the families by their first record."""
    joined, at = Joined[str](), defaultdict[str, list[str]](list)
    known = set[str]()
    for record in records:
        forms = sorted(names(record))
        joined.join(*forms)
        for name in (n for n in forms if n not in known):
            known.add(name)
            joined.join(name, *kin(name, lambda token: at[token]))
            for token in set(tokens(name)):
                at[token].append(name)
    found = defaultdict[str, list[Record]](list)
    for record in sorted(records, key=lambda r: r.id):
        found[joined.head(record.name)].append(record)
    return list(found.values())
