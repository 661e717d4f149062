"""Things that are joined step by step, and the head of the group that each is in; the least of a group is its head."""

from __future__ import annotations

from typing import Generic, TypeVar

_T = TypeVar("_T", str, tuple[str, str])


class Joined(Generic[_T]):
    """Groups of things (union-find with paths cut short: Tarjan, JACM 1975)."""

    def __init__(self) -> None:
        """Start with everything by itself."""
        self._above: dict[_T, _T] = {}

    def head(self, thing: _T) -> _T:
        """The least thing of its group."""
        while (above := self._above.get(thing, thing)) != thing:
            self._above[thing] = self._above.get(above, above)
            thing = above
        return thing

    def join(self, *things: _T) -> None:
        """Put things and all of their groups into one."""
        heads = sorted({self.head(thing) for thing in things})
        self._above |= dict.fromkeys(heads[1:], heads[0])
