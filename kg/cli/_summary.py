"""Counts of a graph as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.cli._terminal import Terminal


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
    if isinstance(value, tuple | list):
        return " to ".join(dict.fromkeys(map(str, value)))
    return f"{value:,}" if value else ""
