"""How far long work is, told on one line: how many of how many, how many a second, and how long it will take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from logging import getLogger
from time import monotonic
from typing import TypeVar

_LOG = getLogger("kg.progress")
_OFTEN = 0.2
"""Seconds between two tellings."""
_T = TypeVar("_T")


class Progress:
    """Counts what is done of a kind of work."""

    def __init__(self, doing: str, what: str, total: int = 0) -> None:
        """Start the clock.

        Parameters:
            doing: the work ("reading").
            what: what is counted ("pages").
            total: how many there are; 0 where nobody knows.
        """
        self._doing, self._what, self._total = doing, what, total
        self._done, self._start, self._told = 0, monotonic(), 0.0

    def more(self, number: int = 1) -> None:
        """Count some more, and tell, if that was not done just now."""
        self._done += number
        now = monotonic()
        if now - self._told < _OFTEN and self._done != self._total:
            return
        self._told = now
        rate = self._done / max(0.001, now - self._start)
        left = (self._total - self._done) / rate if self._total else 0
        of = f" of {self._total:,}" if self._total else ""
        rest = f", {left:,.0f} s left" if left >= 1 else ""
        counts = f"{self._done:,}{of} {self._what}"
        _LOG.info("%s: %s (%s a second%s)", self._doing, counts, f"{rate:,.0f}", rest)


def counted(things: Iterable[_T], doing: str, what: str, total: int = 0) -> Iterator[_T]:
    """Things, whose progress is told while they are taken; the parameters are those of ``Progress``."""
    progress = Progress(doing, what, total)
    for thing in things:
        yield thing
        progress.more()
