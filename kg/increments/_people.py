"""The people that a change can touch: the families of its names, and of names that share what it makes more common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.corrections import NONE
from kg.increments._rows import signs
from kg.increments._state import Key, State, TooMuch, sign_of
from kg.names import fold
from kg.resolution import Entities, Forms, Ledger, Record, kin, names, quantised, world_size

_NAMES = "names"
_MOST = 2_000
"""Records of people; where a change touches more, all is done anew."""


class World:
    """How common things are among all names, after a change."""

    def __init__(self, state: State, change: Mapping[Key, int], names: int) -> None:
        """Remember what changed: records of a name with a sign, and how many names there are."""
        self._state, self._people = state, names
        self._change: dict[str, dict[str, int]] = {}
        for (sign, name), number in change.items():
            self._change.setdefault(sign, {})[name] = number

    def holders(self, sign: str) -> dict[str, int]:
        """The names that have a sign, and how many records of each."""
        found = self._state.holders(sign)
        for name, number in self._change.get(sign, {}).items():
            found[name] = found.get(name, 0) + number
        return {name: number for name, number in found.items() if number > 0}

    def frequency(self, sign: Key) -> int:
        """How many names have a sign, roughly."""
        return max(1, quantised(len(self.holders(sign_of(sign)))))

    def people(self) -> int:
        """How many names there are, roughly."""
        return quantised(self._people)


class Touched:
    """The people of the scope.

    Parameters:
        before: the key of the person that each form on a page stood for.
        seen: what is seen of each form on a page after the change.
        families: those that they were of.
    """

    def __init__(self, state: State, minus: Ledger, plus: Ledger) -> None:
        """Find them.

        Raises:
            TooMuch: they are too many.
        """
        self._state = state
        gone, new = minus.records(), plus.records()
        self.signs = signs(new)
        for key, number in signs(gone).items():
            self.signs[key] = self.signs.get(key, 0) - number
        self.signs = {key: number for key, number in self.signs.items() if number}
        self.names = self._count(gone, new)
        self.world = World(state, self.signs, self.names)
        old_world = int(state.meta()[_NAMES])
        if world_size(old_world) != world_size(self.names):
            raise TooMuch("the world of names has grown")
        self.families = self._families(gone, new)
        rows = [row for f in sorted(self.families) for row in state.people("family = ?", f)]
        if len(rows) > _MOST:
            raise TooMuch(f"{len(rows):,} people")
        self.before = {(row.form, row.page): row.key for row in rows}
        self.seen = {(row.form, row.page): row.seen for row in rows}
        for key in minus.people:
            self.seen.pop(key, None)
        self.seen.update(plus.people)

    def _count(self, gone: list[Record], new: list[Record]) -> int:
        """How many folded names there are after the change."""
        before, there = int(self._state.meta()[_NAMES]), dict[str, int]()
        change = dict[str, int]()
        for record, step in (*((r, -1) for r in gone), *((r, 1) for r in new)):
            name = fold(record.name)
            there[name] = self._state.records(name)
            change[name] = change.get(name, 0) + step
        return before + sum(
            (there[name] + step > 0) - (there[name] > 0) for name, step in change.items()
        )

    def _families(self, gone: list[Record], new: list[Record]) -> set[str]:
        affected = {fold(r.name) for r in (*gone, *new)} | set(self._shaken())
        found = {f for name in affected for f in self._state.families(name)}
        for record in new:
            for name in names(record):
                for other in kin(name, self._state.names):
                    found.update(filter(None, [self._state.family(other)]))
        return found

    def _shaken(self) -> Iterator[str]:
        """Names that share a sign which tells more, or less, than before."""
        for sign in {sign for sign, _ in self.signs}:
            old, now = self._state.holders(sign), self.world.holders(sign)
            if quantised(len(old)) != quantised(len(now)) and len(old) + len(now) > 1:
                yield from {*old, *now}

    def records(self) -> list[Record]:
        """The records after the change."""
        ledger = Ledger(Forms(NONE))
        ledger.people.update(self.seen)
        return ledger.records()

    def moved(self, entities: Entities) -> Iterator[str]:
        """Hashes of the pages that name somebody who has another key now."""
        keys = {r.id: key for key, held in entities.records.items() for r in held}
        for (name, page), key in self.before.items():
            if keys.get(f"{name}@{page}", key) != key:
                yield page
