"""Lines that hold several parts of a talk, each of them named: rows of a pasted table, whose header names the columns
(bars or tabs part the cells), and lines with labels inside ("Title: ... Speaker: ... Abstract: ...")."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg import language
from kg.model import Span

Cells = tuple[tuple[str, Span], ...]
_MARK = re.compile(r"\||\t")
_COLON = re.compile(r"[\s*_]*:[\s*_]*")
_WORD = re.compile(r"[^\W_]+(?:['’(/-][^\W_]+\)?)*")
_EDGES = " *_|,;(["
_NAMED = frozenset(["speaker", "title"])
_LONGEST = 40
"""Characters of a column's name."""


def columns(row: str, part: Callable[[str], str]) -> tuple[str, ...]:
    """The parts that the columns below a header hold: "" for one of no known name, a blank for the edge before a first
    bar; () when the row is no header.

    Parameters:
        part: gives the part of a talk that a label announces, "" for none.
    """
    cells = [row[a:b] for a, b in _bounds(row)]
    if len(cells) < 2 or max(map(len, cells)) > _LONGEST:
        return ()
    parts = tuple(
        next(filter(None, map(part, _wordings(c))), "") if c.strip() else " " for c in cells
    )
    known = [p for p in parts if p.strip()]
    return parts if len(known) >= 2 and _NAMED & set(known) else ()


def cells(row: str, at: int, named: tuple[str, ...]) -> Cells:
    """What stands under the known columns in a row that begins at ``at``; () where it has more cells than columns, or
    two fewer, as half a row has."""
    found = _bounds(row)
    edge, blank = named[:1] == (" ",), not row[slice(*found[0])].strip()
    if edge and not blank:
        named = named[1:]
    elif blank and not edge and len(found) > len(named):
        found = found[1:]
    if not 2 <= len(found) <= len(named) or len(_MARK.findall(row)) < len(named) - 2:
        return ()
    out = []
    for part, (start, end) in zip(named, found, strict=False):
        inner = language.trim(row, start, end)
        if part.strip() and inner and any(c.isalnum() for c in row[slice(*inner)]):
            out.append((part, Span(at + inner.start, at + inner.end)))
    return tuple(out)


def parts(row: str, at: int) -> tuple[Span, ...]:
    """What stands between the bars of a line that begins at ``at``; () where it has fewer than two bars."""
    if row.count("|") < 2:
        return ()
    found = (language.trim(row, *bounds) for bounds in _bounds(row))
    return tuple(Span(at + s.start, at + s.end) for s in found if s)


def labelled(row: str, at: int, part: Callable[[str], str]) -> Cells:
    """What stands behind the labels inside a line that begins at ``at``; () where it has not two of different parts, or
    none of speaker or title."""
    found, last = [], 0
    for mark in _COLON.finditer(row):
        label = _before(row, last, mark.start(), part)
        found += [(mark, label)] if label else []
        last = mark.end()
    if len({p for _, (_, p) in found}) < 2 or not _NAMED & {p for _, (_, p) in found}:
        return ()
    out = []
    ends = [*(start for _, (start, _) in found[1:]), len(row)]
    for (mark, (_, named)), end in zip(found, ends, strict=True):
        inner = language.trim(
            row, mark.end(), mark.end() + len(row[mark.end() : end].rstrip(_EDGES))
        )
        if inner and any(c.isalnum() for c in row[slice(*inner)]):
            out.append((named, Span(at + inner.start, at + inner.end)))
    return tuple(out)


def _before(row: str, start: int, colon: int, part: Callable[[str], str]) -> tuple[int, str] | None:
    """Where the label before a colon begins, and the part it announces; the longest of up to three words counts."""
    words = list(_WORD.finditer(row, start, colon))[-3:]
    for word in words if words and words[-1].end() == len(row[:colon].rstrip(_EDGES)) else ():
        named = part(row[word.start() : colon]) if word.group()[0].isupper() else ""
        if named:
            return word.start(), named
    return None


def _wordings(cell: str) -> tuple[str, ...]:
    """A column's name as it stands, and what stands before "&", "/" or "and" in it."""
    return cell, re.split(r"[&/(,]|\band\b", cell)[0]


def _bounds(row: str) -> list[tuple[int, int]]:
    """Start and end of every cell, without empty ones at the end."""
    marks = [m.start() for m in _MARK.finditer(row)]
    found = list(zip([0, *(m + 1 for m in marks)], [*marks, len(row)], strict=True))
    while len(found) > 1 and not row[slice(*found[-1])].strip():
        found.pop()
    return found
