"""Pairs of names in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.cli._terminal import printable


def pair(decision: Mapping[str, Any]) -> str:
    """Two names and where they stand, and how sure it is that they are one."""
    one, other = (_end(decision[key]) for key in ("one", "other"))
    return f"{one} and {other}: {decision['bits']:g} bits, {decision['sure']:.1%} sure"


def _end(end: Mapping[str, str]) -> str:
    return printable(f"{end['name']} @ {end['page']}" if end["page"] else end["name"])
