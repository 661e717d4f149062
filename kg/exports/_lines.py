"""JSON of a network, an item a line, so that a difference can be seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


def as_lines(items: Iterable[Mapping[str, Any]]) -> str:
    """A JSON array with an item a line."""
    lines = ",\n".join(as_json(item) for item in items)
    return f"[\n{lines}\n]"


def as_json(value: Any) -> str:
    """JSON in one line; letters stand as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
