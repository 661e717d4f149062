"""Tags of web pages without attributes past counting: to parse n of them in one tag takes n² steps."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONG = 4_000
"""Characters of a tag from which on its attributes are counted."""
_MOST = 50
_RAW = re.compile(r"</(?:script|style|title|textarea|xmp|iframe|noembed|noframes)(?=[\s/>])", re.I)
_TAG = re.compile(
    r"<!--|<(?P<raw>script|style|title|textarea|xmp|iframe|noembed|noframes)?(?P<name>(?(raw)(?=[\s/>])|[a-z][^\s/>]*+))",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+"
)


def thinned(text: str) -> str:
    """A page whose long tags have their first attributes alone; all others stay as they are."""
    if len(text) < _LONG:
        return text
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    at = done = 0
    while match := _TAG.search(text, at):
        at = match.end()
        if match.group() == "<!--":
            end = text.find("-->", at)
            at = len(text) if end < 0 else end
            continue
        kept, at = _attributes(text, at)
        if at - match.start() > _LONG:
            yield text[done : match.end()]
            yield "".join(kept)
            done = at
        if match["raw"]:
            closing = _closing(text, at, match["raw"])
            at = len(text) if closing is None else closing
    yield text[done:]


def _attributes(text: str, at: int) -> tuple[list[str], int]:
    """The first attributes of a tag, and where the tag ends."""
    kept: list[str] = []
    while match := _ATTRIBUTE.match(text, at):
        if len(kept) < 2 * _MOST:
            kept.append(match.group())
        at = match.end()
    return kept, at


def _closing(text: str, at: int, name: str) -> int | None:
    """Where the content of an element ends in which no tags count."""
    for match in _RAW.finditer(text, at):
        if match.group()[2:].lower() == name.lower():
            return match.start()
    return None
