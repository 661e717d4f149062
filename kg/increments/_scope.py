"""The part of what is named that a change can touch, resolved by itself as if all were.

What a form stands for depends on what was seen of it, on the forms that it may be joined with (one record of the
registry, one known institution) and on those that want the same key; a person on the records of one family of names.
So a change is widened until nothing outside depends on it, and what lies outside keeps the keys that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields
from typing import TypeVar

from kg.corrections import NONE
from kg.increments._people import Touched
from kg.increments._rows import REGISTRY, target, wanted
from kg.increments._state import Form, Key, State, TooMuch, changed
from kg.model import Entity, Talk
from kg.resolution import (
    Before,
    Beyond,
    Entities,
    Forms,
    Ledger,
    Name,
    Registry,
    Seen,
    joinable,
    owner_form,
    resolved,
    talk_form,
)

_MOST = 20_000
"""Forms; where a change touches more, all is done anew."""
_T = TypeVar("_T")

Telling = Callable[[str, str], Iterable[Key]]
"""Kinds and keys of the things that tell of a thing, by its kind and key."""


@dataclass(frozen=True)
class Change:
    """Talks that are no longer there, and talks that are new."""

    gone: Sequence[Talk]
    new: Sequence[Talk]

    @property
    def pages(self) -> frozenset[str]:
        """The hashes of all their pages."""
        return frozenset(t.page.sha256 for t in (*self.gone, *self.new))


@dataclass(frozen=True)
class Scope:
    """What a change touches, resolved.

    Parameters:
        entities: of what is touched; asked for anything else it answers from the state.
        forms: the rows of its forms before, by kind and form.
        known: kinds and forms in it, before or after.
        people: the people in it.
        moved: kinds and keys that some form no longer stands for.
        pages: hashes of the pages that name a person who has another key now.
    """

    entities: Entities
    forms: dict[Key, Form] = field(repr=False)
    known: frozenset[Key] = field(repr=False)
    people: Touched = field(repr=False)
    moved: frozenset[Key]
    pages: frozenset[str]

    def holds(self, talk: Talk) -> bool:
        """Whether what a talk stands for is in it."""
        return ("talk", talk_form(talk)) in self.known

    @property
    def before(self) -> set[Key]:
        """Kinds and keys of the things in it before."""
        people = {("person", key) for key in self.people.before.values()}
        return {(row.kind, row.key) for row in self.forms.values()} | people


_ALWAYS_NEW = frozenset({"talk", "unit"})
_OF_KEY = "kind = ? AND key = ?"


class _Beside(Before):
    """The keys of the build before, of which only those of the scope are asked for anew."""

    def __init__(self, state: State, known: Set[Key], persons: Set[Key]) -> None:
        self._state, self._known, self._persons = state, known, persons

    def key(self, kind: str, name: Name) -> str | None:
        """The key that a form on a page had; talks and units get theirs from what they are alone."""
        if kind == "person":
            rows = self._state.people("form = ? AND place = ?", *name)
            return rows[-1].key if rows else None
        return None if kind in _ALWAYS_NEW else self._state.key(kind, name[0])

    def reserved(self, kind: str, key: str) -> bool:
        """Whether something had a key."""
        if kind == "person":
            return self._state.has_person(key, ())
        return kind not in _ALWAYS_NEW and any(self._state.forms(_OF_KEY, kind, key))

    def taken(self, kind: str, key: str) -> bool:
        """Whether something outside the scope has a key.

        Raises:
            TooMuch: it has, and would have to be asked for its own again.
        """
        if kind == "person":
            return self._state.has_person(key, self._persons)
        held = not self._known >= set(self._state.forms(_OF_KEY, kind, key))
        if held and kind in _ALWAYS_NEW:
            raise TooMuch(f"{kind} {key} is wanted twice")
        return held

    def replaced(self, kind: str, key: str) -> Iterable[str]:
        """The earlier keys that a key stood in for."""
        return self._state.replaced(kind, key)


class _Overlay(dict[Key, Entity]):
    """Entities of the scope by form; of what lies outside, only its kind and key are known, when asked for."""

    def __init__(
        self, found: Iterable[tuple[Key, Entity]], look: Callable[[Key], Entity | None]
    ) -> None:
        super().__init__(found)
        self._look = look
        self._kept: dict[Key, Entity] = {}

    def __missing__(self, key: Key) -> Entity:
        if key not in self._kept:
            found = self._look(key)
            if found is None:
                raise KeyError(key)
            self._kept[key] = found
        return self._kept[key]

    def get(self, key: Key, default: _T | None = None) -> Entity | _T | None:  # type: ignore[override]
        """The entity of a form, or the default."""
        try:
            return self[key]
        except KeyError:
            return default


@dataclass(frozen=True)
class _Beyond(Entities):
    """Entities of the scope, which ask the state for all others."""

    look: Callable[[str], Entity | None] = field(default=lambda _: None, repr=False)

    def registered(self, id_: str) -> Entity | None:
        """The organization that stands for a record of the registry, in the scope or outside."""
        return super().registered(id_) or self.look(id_)


def _overlaid(found: Entities, state: State, known: Set[Key], persons: Set[Key]) -> Entities:
    """Entities of a scope, with all else that the state knows behind them."""

    def by_form(key: Key) -> Entity | None:
        kept = state.key(*key) if key not in known and key[0] != "person" else None
        return Entity(key[0], kept, kept) if kept else None

    def by_page(key: Key) -> Entity | None:
        kept = state.person_key(*key) if key not in persons else None
        return Entity("person", kept, kept) if kept else None

    def by_id(id_: str) -> Entity | None:
        kept = state.registered(id_)
        inside = kept is None or known >= set(state.forms(_OF_KEY, "organization", kept))
        return None if inside else Entity("organization", str(kept), str(kept))

    values = {f.name: getattr(found, f.name) for f in fields(Entities)}
    values["by_form"] = _Overlay(found.by_form.items(), by_form)
    values["by_page"] = _Overlay(found.by_page.items(), by_page)
    return _Beyond(**values, look=by_id)


class Widening:
    """Widens a change until nothing outside depends on it."""

    def __init__(
        self, state: State, change: Change, registry: Registry | None, telling: Telling
    ) -> None:
        """Note what the talks name.

        Parameters:
            telling: the things of the graph that tell of another.

        Raises:
            TooMuch: the change is too wide.
        """
        self._state, self._registry, self._telling = state, registry, telling
        self._minus, self._plus = _noted(change.gone), _noted(change.new)
        self._forms: dict[Key, Form] = {}
        self._known: set[Key] = set()
        self.people = Touched(state, self._minus, self._plus)

    def scope(self) -> Scope:
        """The scope of the change.

        Raises:
            TooMuch: it is too wide.
        """
        self._widen({*self._minus.seen, *self._plus.seen})
        while True:
            entities = self._resolved()
            now = {key: entity.key for key, entity in entities.by_form.items()}
            moved = {(r.kind, r.key) for key, r in self._forms.items() if now.get(key) != r.key}
            more = {*self._dependents(entities, now), *self._tellers(moved)} - self._known
            if not more:
                pages = frozenset(self.people.moved(entities))
                keys = frozenset(self._known)
                return Scope(
                    entities, dict(self._forms), keys, self.people, frozenset(moved), pages
                )
            self._widen(more)

    def _widen(self, keys: Iterable[Key]) -> None:
        """Take in forms, and all that they may be joined or come in conflict with."""
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key in self._known:
                continue
            self._known.add(key)
            if len(self._known) > _MOST:
                raise TooMuch(f"more than {_MOST:,} names")
            if row := self._state.form(*key):
                self._forms[key] = row
                waiting += self._state.forms(_OF_KEY, key[0], row.key)
            if beside := _BESIDE.get(key[0]):
                waiting += beside(self, key, row)

    def _of_organization(self, key: Key, row: Form | None) -> Iterator[Key]:
        seen = self._seen(key)
        registry, near = joinable(key, seen, self._registry) if seen else ("", "")
        for id_ in {registry, row.registry if row else ""} - {""}:
            yield from self._state.forms("registry = ?", id_)
        for form in {key[1], near, row.near if row else ""} - {""}:
            yield from self._state.forms("near = ?", form)
            yield from self._state.forms("kind = 'organization' AND form = ?", form)
        yield from self._state.forms(
            "kind = 'unit' AND form >= ? AND form < ?", f"{key[1]}\n", f"{key[1]}\x0b"
        )

    def _of_unit(self, key: Key, row: Form | None) -> Iterator[Key]:
        yield "organization", owner_form(key[1])

    def _of_talk(self, key: Key, row: Form | None) -> Iterator[Key]:
        seen = self._seen(key)
        for name in {row.wanted if row else "", wanted(key, seen) if seen else ""} - {""}:
            yield from self._state.forms("kind = 'talk' AND wanted = ?", name)

    def _seen(self, key: Key) -> Seen | None:
        """What is seen of a form after the change; None where nothing is."""
        row = self._forms.get(key)
        minus, plus = self._minus.seen.get(key), self._plus.seen.get(key)
        if minus is None and plus is None:
            return row.seen if row else None
        found = changed(row.seen if row else Seen(), minus, plus)
        return found if found.names else None

    def _resolved(self) -> Entities:
        ledger = Ledger(Forms(NONE))
        ledger.seen.update({key: seen for key in sorted(self._known) if (seen := self._seen(key))})
        ledger.people.update(self.people.seen)
        persons = {*self.people.before, *self.people.seen}
        before = _Beside(self._state, self._known, persons)
        found = resolved(ledger, before, Beyond(self._registry, self.people.world))
        return _overlaid(found, self._state, self._known, persons)

    def _tellers(self, moved: Iterable[Key]) -> Iterator[Key]:
        """Forms of the things that tell of what some form no longer stands for."""
        for kind, key in moved:
            for other in self._telling(kind, key):
                yield from self._state.forms(_OF_KEY, *other)

    def _dependents(self, entities: Entities, now: Mapping[Key, str]) -> Iterator[Key]:
        """Forms of the things that tell of another if it is there, where that was not, or had another key."""
        for key, entity in now.items():
            row = self._forms.get(key)
            if row is None or row.key != entity:
                yield from self._state.looking(target(*key))
        for known in entities.known.values():
            if self._state.registered(known.record.id) is None:
                yield from self._state.looking(target(REGISTRY, known.record.id))


_BESIDE = {
    "organization": Widening._of_organization,
    "unit": Widening._of_unit,
    "talk": Widening._of_talk,
}


def _noted(talks: Iterable[Talk]) -> Ledger:
    ledger = Ledger(Forms(NONE))
    for talk in talks:
        ledger.talk(talk)
    return ledger
