"""JSON of a network, an item a line, so that a difference can be seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.network import Network


def as_lines(items: Iterable[Mapping[str, Any]]) -> str:
    """A JSON array with an item a line."""
    lines = ",\n".join(as_json(item) for item in items)
    return f"[\n{lines}\n]"


def kind(network: Network) -> str:
    """Two members of a JSON object: whether edges lead somewhere, and whether two nodes may have several."""
    multiple = as_json(network.is_multigraph())
    return f'"directed": {as_json(network.is_directed())}, "multigraph": {multiple}'


def keyed(network: Network) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Edges with their keys; "" where two nodes have one edge at most."""
    if network.is_multigraph():
        yield from network.edges(keys=True, data=True)
    else:
        yield from ((one, other, "", data) for one, other, data in network.edges(data=True))


def as_json(value: Any) -> str:
    """JSON in one line; letters stand as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
