"""The last segments of IRIs: readable, one for each thing, and the same in the next build."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from kg.resolution._forms import form

_DIGITS = 6
Name = tuple[str, str]
"""A form, and the page that it stands on ("" where a form is one thing on all pages)."""


@dataclass(frozen=True)
class Wanted:
    """A thing that needs a key.

    Parameters:
        key: the one it would have if it were alone.
        first: what it was first known by; tells it from others of the same key.
        names: by which an earlier build knew it.
    """

    key: str
    first: str
    names: tuple[Name, ...] = ()


@dataclass(frozen=True)
class Given:
    """A key, and those of earlier builds that it stands in for."""

    key: str
    replaces: tuple[str, ...] = ()


class Keys:
    """Gives keys, minding those that an earlier build gave.

    Parameters:
        before: the rows that the earlier build wrote (``identities``).
    """

    def __init__(self, before: Iterable[Mapping[str, Any]] = ()) -> None:
        self._before: dict[tuple[str, str, str], str] = {}
        self._replaced: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._reserved: set[tuple[str, str]] = set()
        for row in before:
            kind, key = row["kind"], row["key"]
            self._reserved.add((kind, key))
            self._replaced[kind, key].update(row.get("replaces", ()))
            for name, page in _names(row):
                self._before[kind, form(kind, name), page] = key
        self._taken: set[tuple[str, str]] = set()

    def give(self, kind: str, things: Sequence[Wanted]) -> list[Given]:
        """A key for each thing of a kind, in their order; those that an earlier build knew come first."""
        known = [self._known(kind, thing) for thing in things]
        found: dict[int, str] = {}
        for n, keys in enumerate(known):
            if key := next((k for k in keys if (kind, k) not in self._taken), None):
                self._taken.add((kind, key))
                found[n] = key
        for n, thing in enumerate(things):
            if n not in found:
                found[n] = self._new(kind, thing)
        return [Given(found[n], self._gone(kind, known[n], found[n])) for n in range(len(things))]

    def _known(self, kind: str, thing: Wanted) -> list[str]:
        """Keys an earlier build gave to the names of a thing, the commonest first."""
        if not self._before:
            return []
        found = Counter(k for name in thing.names if (k := self._before.get((kind, *name))))
        return sorted(found, key=lambda k: (-found[k], k))

    def _new(self, kind: str, thing: Wanted) -> str:
        """The wanted key; where another has it, with a hash of what this one was first known by."""
        key = thing.key
        if (kind, key) in self._taken or (kind, key) in self._reserved:
            key = f"{key}-{sha256(thing.first.encode('utf-8', 'replace')).hexdigest()[:_DIGITS]}"
        self._taken.add((kind, key))
        return key

    def _gone(self, kind: str, known: Iterable[str], key: str) -> tuple[str, ...]:
        """Earlier keys that lead here now."""
        gone = {k for k in known if (kind, k) not in self._taken}
        gone |= {old for k in (*known, key) for old in self._replaced.get((kind, k), ())}
        return tuple(sorted(k for k in gone if (kind, k) not in self._taken))


def _names(row: Mapping[str, Any]) -> Iterable[Name]:
    if row["kind"] == "person":
        return [(m["name"], m["page"]) for m in row.get("mentions", ())]
    return [(name, "") for name in row["names"]]
