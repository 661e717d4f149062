"""Counts of a graph as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.cli._terminal import Terminal, counted
from kg.errors import KgError, NoTalks

_SHOWN = 20
"""Inputs left out that are named one by one."""


def lines(stats: dict[str, Any], terminal: Terminal) -> Iterator[str]:
    """One line a count; empty ones are left out."""
    shown = {name: text for name, value in stats.items() if (text := _text(value))}
    width = max(map(len, shown), default=0)
    for name, text in shown.items():
        label = name.ljust(width) + "  "
        yield terminal.faint(label) + terminal.wrapped(text, len(label), label)[len(label) :]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in value.items())
        return f"{sum(value.values()):,} ({kinds})" if value else ""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list):
        return " to ".join(dict.fromkeys(map(str, value)))
    return f"{value:,}" if value else ""


class Skips:
    """What had to be left out: named on stderr at the end, so many at most, and counted."""

    def __init__(self, terminal: Terminal) -> None:
        """Start with nothing."""
        self._terminal = terminal
        self.told: list[dict[str, str]] = []
        self._last: KgError | None = None

    def __call__(self, name: str, error: KgError) -> None:
        """Note one."""
        self.told.append({"source": name, "reason": str(error)})
        self._last = error

    def show(self, more: str = "") -> None:
        """Name what was left out.

        Parameters:
            more: where all of it can be read.
        """
        for row in self.told[:_SHOWN]:
            self._terminal.error(f"skipped: {row['reason']}")
        if len(self.told) > _SHOWN:
            self._terminal.error(f"skipped: {len(self.told) - _SHOWN:,} more{more}")

    def failed(self, error: KgError) -> KgError:
        """The error to end with: where no talk was found, the only one left out; several are named before."""
        if len(self.told) > 1:
            self.show()
        only = self._last if len(self.told) == 1 and isinstance(error, NoTalks) else None
        return only or error

    def count(self, talks: int) -> None:
        """Say how many talks were read, and how much was left out."""
        if self.told:
            self._terminal.note(f"{counted(talks, 'talk')} read, {len(self.told):,} skipped")
