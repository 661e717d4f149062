"""Lanes of a server: places, those who wait for one, how long jobs took of late, and how much is held in memory."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import Any

from kg.server._jobs import Refused

_BUSY = "the server is busy; try again in a moment"
_PARTICULAR = re.compile(
    r"""\s+|\#[^\n]*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|<[^<>\s]*>|[?$]\w+|\d+"""
)
SMALL = 262_144
"""Bytes of an answer that is given whatever else waits to be sent."""
_LOOKED_AT, _REMEMBERED, _SHAPES = 5_000, 300.0, 1_000
"""Letters of a query that tell its shape; seconds that one which took long is remembered; how many are."""


class Held:
    """Bytes of answers that are not sent yet, in all."""

    def __init__(self, most: int) -> None:
        self._most, self._now = most, 0

    def more(self, size: int, is_small: bool) -> None:
        """Count some more; refuse what is beyond the limit, but small answers never."""
        self._now += size
        if self._now > self._most and not is_small:
            raise Refused(503, _BUSY)

    def less(self, size: int) -> None:
        """Count them out."""
        self._now -= size


class Lane:
    """Some places, and those who wait for one; the newest goes first where so wanted."""

    def __init__(self, places: int, waiting: int, newest_first: bool) -> None:
        self._free, self._most, self._newest = places, waiting, newest_first
        self._waiting: deque[asyncio.Future[None]] = deque()

    def try_enter(self) -> bool:
        """Take a place, if one is free."""
        if self._free:
            self._free -= 1
            return True
        return False

    async def enter(self, patience: float) -> None:
        """Take a place, when there is one."""
        if self.try_enter():
            return
        if len(self._waiting) >= self._most:
            raise Refused(503, _BUSY)
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await asyncio.wait_for(asyncio.shield(turn), patience)
        except TimeoutError:
            if turn.done():
                return  # its turn came in the same moment
            raise Refused(503, _BUSY) from None
        except asyncio.CancelledError:
            if turn.done():
                self.leave()
            raise
        finally:
            with suppress(ValueError):
                self._waiting.remove(turn)

    def leave(self) -> None:
        """Give a place to who is next."""
        while self._waiting:
            turn = self._waiting.pop() if self._newest else self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class Pace:
    """Which shapes of jobs took long of late, and which sorts of jobs were quick."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._quick: dict[str, None] = {}

    def is_long(self, shape: str) -> bool:
        """Whether a job of this shape took long in the last minutes."""
        return self._until.get(shape, 0) > monotonic()

    def is_quick(self, sort: str) -> bool:
        """Whether jobs of this sort were done, and the last one did not take long."""
        return sort in self._quick

    def was_long(self, shape: str, sort: str) -> None:
        """Remember one; of very many the first is forgotten."""
        self._quick.pop(sort, None)
        self._until.pop(shape, None)
        self._until[shape] = monotonic() + _REMEMBERED
        _fewer(self._until)

    def was_quick(self, sort: str) -> None:
        """Remember one; of very many the one is forgotten that was not done for the longest time."""
        self._quick.pop(sort, None)
        self._quick[sort] = None
        _fewer(self._quick)


def _fewer(shapes: dict[str, Any]) -> None:
    if len(shapes) > _SHAPES:
        del shapes[next(iter(shapes))]


def shape_of(job: str, arguments: Mapping[str, Any]) -> str:
    """What jobs have in common that take about as long: a query without its names, values and spaces."""
    query = arguments.get("query") or arguments.get("name")
    if not isinstance(query, str):
        return f"{job} {sorted(arguments.items())}"[:_LOOKED_AT]
    return f"{job} {_PARTICULAR.sub('', query[:_LOOKED_AT])}"


def sort_of(job: str, arguments: Mapping[str, Any]) -> str:
    """What jobs have in common that are about as quick: the shape of a query, of any other job what it is."""
    return shape_of(job, arguments) if {"query", "name"} & arguments.keys() else job


class Place:
    """A place in a lane, kept for a while: entered where it is not yet taken, left once."""

    def __init__(self, lane: Lane, patience: float | None = None) -> None:
        self._lane, self._patience, self._kept = lane, patience, True

    async def __aenter__(self) -> Place:
        if self._patience is not None:
            await self._lane.enter(self._patience)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Give it up."""
        if self._kept:
            self._kept = False
            self._lane.leave()
