"""The last segments of IRIs: readable, one for each thing, and the same in the next build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, count
from typing import Any, Protocol

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


class Before(Protocol):
    """The keys of an earlier build."""

    def key(self, kind: str, name: Name) -> str | None:
        """The key that a form on a page had."""

    def reserved(self, kind: str, key: str) -> bool:
        """Whether something had a key."""

    def taken(self, kind: str, key: str) -> bool:
        """Whether something that no key is asked for has a key, and keeps it."""

    def replaced(self, kind: str, key: str) -> Iterable[str]:
        """The earlier keys that a key stood in for."""


class Rows:
    """The keys of an earlier build by the rows that it wrote (``identities``)."""

    def __init__(self, rows: Iterable[Mapping[str, Any]] = ()) -> None:
        """Index the rows."""
        self._keys: dict[tuple[str, str, str], str] = {}
        self._replaced: dict[tuple[str, str], tuple[str, ...]] = {}
        for row in rows:
            kind, key = row["kind"], row["key"]
            self._replaced[kind, key] = tuple(row.get("replaces", ()))
            for name, page in _names(row):
                self._keys[kind, form(kind, name), page] = key

    def key(self, kind: str, name: Name) -> str | None:
        """The key that a form on a page had."""
        return self._keys.get((kind, *name))

    def reserved(self, kind: str, key: str) -> bool:
        """Whether something had a key."""
        return (kind, key) in self._replaced

    def taken(self, kind: str, key: str) -> bool:
        """Nothing: keys are asked for all there is."""
        return False

    def replaced(self, kind: str, key: str) -> Iterable[str]:
        """The earlier keys that a key stood in for."""
        return self._replaced.get((kind, key), ())


class Keys:
    """Gives keys, minding those that an earlier build gave."""

    def __init__(self, before: Before) -> None:
        """Start with none given."""
        self._before = before
        self._given: set[tuple[str, str]] = set()

    def give(self, kind: str, things: Sequence[Wanted]) -> list[Given]:
        """A key for each thing of a kind, in their order; those that an earlier build knew come first."""
        known = [self._known(kind, thing) for thing in things]
        found: dict[int, str] = {}
        for n, keys in enumerate(known):
            if key := next((k for k in keys if not self._is_taken(kind, k)), None):
                self._given.add((kind, key))
                found[n] = key
        for n, thing in enumerate(things):
            if n not in found:
                found[n] = self._new(kind, thing)
        return [Given(found[n], self._gone(kind, known[n], found[n])) for n in range(len(things))]

    def _is_taken(self, kind: str, key: str) -> bool:
        return (kind, key) in self._given or self._before.taken(kind, key)

    def _known(self, kind: str, thing: Wanted) -> list[str]:
        """Keys an earlier build gave to the names of a thing, the commonest first."""
        found = Counter(k for name in thing.names if (k := self._before.key(kind, name)))
        return sorted(found, key=lambda k: (-found[k], k))

    def _new(self, kind: str, thing: Wanted) -> str:
        """The wanted key; where another has it or had it, with a hash of what this one was first known by."""
        told = (f"{thing.key}-{_hash(thing.first, n)}" for n in count())
        key = next(k for k in chain([thing.key], told) if not self._is_held(kind, k))
        self._given.add((kind, key))
        return key

    def _is_held(self, kind: str, key: str) -> bool:
        return self._is_taken(kind, key) or self._before.reserved(kind, key)

    def _gone(self, kind: str, known: Iterable[str], key: str) -> tuple[str, ...]:
        """Earlier keys that lead here now."""
        gone = {k for k in known if not self._is_taken(kind, k)}
        gone |= {old for k in (*known, key) for old in self._before.replaced(kind, k)}
        return tuple(sorted(k for k in gone if not self._is_taken(kind, k)))


def _hash(first: str, number: int) -> str:
    """A hash; a further one where a thing that was first known by the same went on under another's names."""
    told = f"{first}\n{number}" if number else first
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def _names(row: Mapping[str, Any]) -> Iterable[Name]:
    if row["kind"] == "person":
        return [(m["name"], m["page"]) for m in row.get("mentions", ())]
    return [
        (name, "") for name, count in row["names"].items() if count
    ]  # the others are only printed
