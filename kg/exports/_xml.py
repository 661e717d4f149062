"""What both XML formats need: a network whose text XML can hold."""

from __future__ import annotations

import re

from kg.network import Network

_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cleaned(network: Network) -> Network:
    """A copy in which characters that XML 1.0 cannot hold are spaces."""
    copy = network.copy()
    _clean(copy.graph)
    for _, data in copy.nodes(data=True):
        _clean(data)
    for _, _, data in copy.edges(data=True):
        _clean(data)
    return copy


def _clean(data: dict[str, object]) -> None:
    for key, value in data.items():
        if isinstance(value, str):
            data[key] = _FORBIDDEN.sub(" ", value)
