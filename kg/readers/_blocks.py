"""Lines of Markdown to paragraphs: what is a heading, an item, a row, a rule or no text, and which lines go on."""

from __future__ import annotations

import itertools
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.readers._tags import BREAK

_FENCE = re.compile(r"(?:```+|~~~+)\s*+\{?\.?([\w+-]*)")
_PLAIN_CODE = frozenset(["", "text", "txt", "md", "markdown", "plain"])
_HEADING = re.compile(r"#{1,6}[ \t]++(?=\S)")
_CLOSED = re.compile(r"[ \t]#+\Z")
_ITEM = re.compile(r"[-*+•·▪●◦‣⁃][ \t]++(?:\[[ xX]\][ \t]++)?(?=\S)")
_NUMBER = re.compile(r"\d{1,2}[.)][ \t]++(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)++(?!\d)")
_LABEL = re.compile(r"[*_]{0,3}[^\W\d_][^:：.!?]{0,30}[:：](?!//)")
_NOTE = re.compile(r"\[\^[^\[\]\s]{1,60}\]:[ \t]*+")
_NO_TEXT = re.compile(
    r":::|\{%.*%\}\Z|\{\{[<%].*[%>]\}\}\Z|\{:.*\}\Z|\[\[?_?TOC_?\]?\]\Z|import [\w{ ,}*]+ from ['\"]"
)
_GOES_ON = re.compile(
    r"(?:[,;(–—-]|\b(?:a|an|and|at|by|for|from|in|is|of|on|or|the|to|with|y|de|del|la|und|der|die|et|le|les|des|e|di))\Z"
)
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_TARGET = re.compile(r"\[([^\[\]^]{1,200})\]:[ \t]*+<?(?:https?:|mailto:|[/.#\w-]*[/.#])\S*+")
_FOLDED = 60
"""Characters of a paragraph's longest line from which on an editor may have broken its lines."""


class Paragraph(NamedTuple):
    """Lines that belong together, put on one; ``gap`` tells that an empty one stands before."""

    text: str
    gap: bool


class _Piece(NamedTuple):
    """A line without the mark of its block.

    Parameters:
        kind: "" for none that holds text, "gap" for an empty one, "own" for one that stands alone, "item" for one that
            others may go on, "told" for the definition of the line before, "text" for any other.
        hard: whether its break holds.
    """

    kind: str
    text: str = ""
    hard: bool = False


_GAP = _Piece("gap")


def targets(lines: Iterable[str]) -> frozenset[str]:
    """The names of the links whose targets a document gives apart, in lower case."""
    found = (_TARGET.match(line.strip()) for line in lines if "]:" in line)
    return frozenset(match[1].strip().lower() for match in found if match)


def paragraphs(lines: Sequence[str], folded: bool) -> Iterator[Paragraph]:
    """The paragraphs of a text.

    Parameters:
        folded: whether HTML makes the paragraphs, so that breaks of lines mean nothing.
    """
    held: list[_Piece] = []
    gap = before = False
    for piece in _pieces(lines):
        if piece.kind == "told" and held and held[-1].kind != "told":
            held[-1] = _Piece("told", f"{held[-1].text.rstrip(':')}: {piece.text}", True)
        elif piece.kind in {"text", "told"} and held:
            held.append(piece._replace(kind="text"))
        else:
            yield from _joined(held, folded, before)
            held, gap = [], (gap and not held) or piece.kind == "gap"
            if piece.text:
                held, before, gap = [piece], gap, False
        if piece.kind == "own":
            yield from _joined(held, folded, before)
            held = []
    yield from _joined(held, folded, before)


def _pieces(lines: Sequence[str]) -> Iterator[_Piece]:
    """Every line without the mark of its block; code in another language than that of people is left out."""
    bare = {mark: list(_bare(lines, mark)) for mark in "`~"}
    closing, told = -1, True
    for n, line in enumerate(lines):
        text = line.strip()
        fence = _FENCE.match(text) if text[:3] in {"```", "~~~"} else None
        if n < closing:
            yield _Piece("own", text if told else "")
        elif fence:
            ends = bare[text[0]]
            at = bisect(ends, n)
            closing = ends[at] if at < len(ends) and n > closing else -1
            told = fence[1].lower() in _PLAIN_CODE
            yield _Piece("")
        else:
            yield _piece(line, text)


def _bare(lines: Sequence[str], mark: str) -> Iterator[int]:
    """The lines that hold nothing but a fence."""
    for n, line in enumerate(lines):
        if mark * 3 in line and set(line.strip()) == {mark}:
            yield n


def _piece(line: str, text: str) -> _Piece:
    if not text:
        return _GAP
    text = _QUOTE.sub("", text, count=1) if text.startswith(">") else text
    if not any(map(str.isalnum, text)):
        return _Piece("") if "|" in text or set(text) == {"="} else _GAP
    if _NO_TEXT.match(text) or _TARGET.match(text):
        return _Piece("")
    if heading := _HEADING.match(text):
        return _Piece("own", _CLOSED.sub("", text[heading.end() :]))
    if text.startswith("|") or text.count(" | ") > 1:
        return _Piece("own", _row(text))
    if text.startswith(": "):
        return _Piece("told", text[2:].strip())
    return _running(line, text)


def _running(line: str, text: str) -> _Piece:
    """A line that others may go on."""
    hard = line.endswith("  ") or text.endswith("\\")
    text = text.rstrip("\\") if hard else text
    if mark := _ITEM.match(text) or _NOTE.match(text):
        return _Piece("item", text[mark.end() :], hard)
    return _Piece("item" if _NUMBER.match(text) else "text", text, hard)


def _row(text: str) -> str:
    """A row of a table without bars at its edges; one that is escaped parts no cells."""
    text = text.replace("\\|", "/")
    return text.removeprefix("|").removesuffix("|").strip()


def _joined(held: list[_Piece], folded: bool, gap: bool) -> Iterator[Paragraph]:
    """The lines of a paragraph on one, or on as many as it has breaks that hold."""
    if not held:
        return
    joins = folded or _filled(held)
    out = [held[0].text]
    for before, after in itertools.pairwise(held):
        narrow = _WIDE.match(before.text[-1:]) and _WIDE.match(after.text)
        out += BREAK if _holds(before, after, joins) else "" if narrow else " ", after.text
    yield Paragraph("".join(out), gap)


def _holds(before: _Piece, after: _Piece, joins: bool) -> bool:
    """Whether a break of lines inside of a paragraph is one for readers, too."""
    if before.hard or _LABEL.match(after.text):
        return True
    if joins or after.text[0].islower() or _GOES_ON.search(before.text[-8:]):
        return False
    wide = len(before.text) >= 30 and _WIDE.match(before.text[-1]) and _WIDE.match(after.text)
    return not wide


def _filled(held: list[_Piece]) -> bool:
    """Whether an editor broke the lines: in most, the next one's first word had no room."""
    width = max(len(p.text) for p in held)
    if len(held) < 3 or width < _FOLDED:
        return False
    pairs = itertools.pairwise(held)
    full = sum(len(a.text) + len(b.text.split(maxsplit=1)[0]) >= width - 1 for a, b in pairs)
    return full >= 0.6 * (len(held) - 1)
