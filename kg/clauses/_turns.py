"""Posts that followed each other at one place."""

from __future__ import annotations

import re

from kg.clauses._frames import Chunk
from kg.language import Sentence

_FIRST = re.compile(r"\b(?:first|initially|originally),?(?: as)?(?: an?| the)?\s+$", re.IGNORECASE)
_SECOND = re.compile(r"\b(?:now|later|then|subsequently|currently)\b")


_NOW_AS = re.compile(r"\b(?:now|later|then|currently|subsequently) as(?: an?| the)?\s+$")


def goes_on(chunk: Chunk, sentence: Sentence) -> bool:
    """Whether a post is another one at the same place: "as an intern and now as a manager"."""
    at = chunk.anchors[0].span.start - sentence.span.start if chunk.anchors else 0
    return _NOW_AS.search(sentence.text[:at]) is not None


def first_only(chunk: Chunk, sentence: Sentence) -> bool:
    """Whether the first post was given up for another: "first as a postdoc and now as a professor"."""
    if not chunk.anchors or chunk.kind != "post":
        return False
    at = chunk.anchors[0].span.start - sentence.span.start
    behind = sentence.text[chunk.anchors[0].span.end - sentence.span.start :]
    return bool(_FIRST.search(sentence.text[:at]) and _SECOND.search(behind[:80]))


def in_turn(chunk: Chunk, sentence: Sentence) -> bool:
    """Whether two posts followed each other within one range: "Assistant and then Associate Professor"."""
    if len(chunk.anchors) < 2 or chunk.kind != "post" or len(chunk.dates) != 1:
        return False
    start = sentence.span.start
    between = sentence.text[
        chunk.anchors[0].span.end - start : chunk.anchors[-1].span.start - start
    ]
    return any(word in between.split() for word in ("then", "later", "subsequently"))
