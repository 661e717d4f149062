"""The body of a page in Markdown by its headings: which section tells of the talk, which of who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.readers._fields import meaning
from kg.readers._markup import prose

_HEADING = re.compile(r"[ ]{0,3}(?P<marks>#{1,6})[ \t]+(?P<words>\S[^\n]{0,200}?)[ \t]*#*[ \t]*\Z")
_TAGGED = re.compile(
    r"\s*<h(?P<level>[1-6])\b[^<>]{0,200}>(?P<words>[^\n]{1,200}?)</h[1-6]>\s*\Z", re.I
)
_BOLD = re.compile(
    r"\s{0,3}(?:>\s*)?(?P<mark>\*\*|__)(?P<words>[^*_:：\n]{2,40})(?:(?P=mark)\s*[:：]|[:：]\s*(?P=mark)|(?P=mark)\s*\Z)\s*(?P<rest>[^\n]*)\Z"
)
_LABEL = re.compile(
    r"\s{0,3}(?P<words>[^\W\d_][^*_:：\n]{1,38}?)\s*[:：](?!//)[ \t]*(?P<rest>[^\n]*)\Z"
)
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-{2,})[ \t]*\Z")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_LINKS = re.compile(
    r"[\s>*-]{0,4}[*_]{0,3}[^:\n\[\](]{0,30}[:：]?[*_]{0,3}\s*+(?:\[[^\[\]]{0,80}\]\([^()\s]{0,400}\)[\s,|/·•–-]*+){1,12}\Z"
)
_ADDRESS = re.compile(r"[^:\n]{0,30}:?\s*<?(?:https?://|www\.)\S{1,400}\s*\Z")
_RULE = re.compile(r"\s{0,3}(?:[-*_]\s?){3,}\Z")
_KNOWN = frozenset(
    [
        "bio",
        "abstract",
        "text",
        "about",
        "speaker",
        "author",
        "people",
        "title",
        "talk",
        "date",
        "start",
    ]
)
_LOWEST = 7


class Section(NamedTuple):
    """A part of a body.

    Parameters:
        heading: its words, "" for what stands before the first one.
        part: what fields of such a name hold, "" where nothing known.
        text: plain text, a paragraph a line.
    """

    heading: str
    part: str
    text: str


class _Head(NamedTuple):
    words: str
    level: int
    rest: str = ""
    lines: int = 1


def sections(body: str) -> list[Section]:
    """The sections of a body; headings below one that is known belong to its text."""
    found: list[tuple[str, str, list[str]]] = [("", "", [])]
    level, fenced, skip = _LOWEST + 1, False, 0
    lines = body.split("\n")
    for n, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        fenced ^= _FENCE.match(line) is not None
        head = None if fenced else _heading(lines, n)
        part = meaning(head.words).part if head else ""
        if head and (part or head.level <= level):
            found.append((head.words, part, [head.rest]))
            level, skip = head.level, head.lines - 1
        elif not fenced and (_LINKS.match(line) or _ADDRESS.match(line) or _RULE.match(line)):
            found[-1][2].append("")
        else:
            found[-1][2].append(line)
    return [Section(words, part, prose("\n".join(held))) for words, part, held in found]


def _heading(lines: list[str], n: int) -> _Head | None:
    """The heading in a line: one with marks, one that is underlined, or a label that names a known part."""
    line = lines[n][:400]
    if len(lines[n]) < 250 and (match := _HEADING.match(line)):
        return _Head(prose(match["words"]).rstrip(":"), len(match["marks"]))
    if line.lstrip().startswith("<h") and (match := _TAGGED.match(line)):
        return _Head(prose(match["words"]).rstrip(":"), int(match["level"]))
    under = lines[n + 1] if n + 1 < len(lines) else ""
    if (
        line.strip()
        and len(line) < 80
        and _UNDERLINE.match(under)
        and not (n and lines[n - 1].strip())
    ):
        return _Head(prose(line), 1 if "=" in under else 2, lines=2)
    match = _BOLD.match(line) or _LABEL.match(line)
    if match and meaning(match["words"].strip()).part in _KNOWN:
        return _Head(match["words"].strip(), _LOWEST, lines[n][match.start("rest") :])
    return None


def known(found: list[Section]) -> Iterator[Section]:
    """The sections that tell of the talk or of who speaks."""
    return (s for s in found if s.part in _KNOWN and s.text)
