"""Lines that hold several parts of a talk, each of them named: rows of a pasted table, whose header names the columns
(bars or tabs part the cells), and lines with labels inside ("Title: ... Speaker: ... Abstract: ...")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg import language
from kg.model import Span

Cells = tuple[tuple[str, Span], ...]
Part = Callable[[str], str]
"""Gives the part of a talk that a label announces, "" for none."""
_MARK = re.compile(r"\||\t")
_WORD = re.compile(r"[^\W_]+(?:['’(/-][^\W_]+\)?)*")
_EDGES = " *_|,;(["
_LONGEST = 40
"""Characters of a column's name."""
_PLAIN = frozenset(
    "speaker speakers presenter presenters abstract bio biography affiliation location venue host".split()
)
"""Labels that may stand behind a plain word; before another one's colon it is as often a word of a title."""
_SMALL = frozenset("the a an of is are to in on our your my as and or for with who".split())


def columns(row: str, part: Part) -> tuple[str, ...]:
    """The parts that the columns below a header hold, "" for one of no known name; () when the row is no header, which
    names the speaker, and title or date."""
    bounds = _bounds(row)
    inner = [n for n, at in enumerate(bounds) if row[slice(*at)].strip()]
    cells = [row[a:b] for a, b in bounds[inner[0] : inner[-1] + 1]] if inner else []
    if len(cells) < 2 or max(map(len, cells)) > _LONGEST:
        return ()
    parts = tuple(next(filter(None, map(part, _wordings(c))), "") for c in cells)
    return parts if "speaker" in parts and {"title", "date"} & set(parts) else ()


def parted(row: str) -> bool:
    """Whether a line may be a row."""
    return _MARK.search(row) is not None


def cells(row: str, at: int, named: tuple[str, ...], part: Part) -> Cells:
    """What stands under the known columns in a row that begins at ``at``; () where it has not as many cells."""
    found = _aligned(row, len(named))
    if not found or part(row[slice(*found[0])]):
        return ()
    out = []
    for name, bounds in zip(named, found, strict=True):
        inner = language.trim(row, *bounds)
        if name and inner and any(c.isalnum() for c in row[slice(*inner)]):
            out.append((name, Span(at + inner.start, at + inner.end)))
    return tuple(out)


def _aligned(row: str, size: int) -> list[tuple[int, int]]:
    """The cells of a row, as many as there are columns; an edge before the first or behind the last is none."""
    found = _bounds(row)
    if len(found) > size and not row[slice(*found[0])].strip():
        found = found[1:]
    if len(found) > size and not row[slice(*found[-1])].strip():
        found = found[:-1]
    return found if len(found) == size > 1 else []


def parts(row: str, at: int) -> tuple[Span, ...]:
    """What stands between the bars of a line that begins at ``at``; () where it has fewer than two bars."""
    if row.count("|") < 2:
        return ()
    found = (language.trim(row, *bounds) for bounds in _bounds(row))
    return tuple(Span(at + s.start, at + s.end) for s in found if s)


def labelled(row: str, at: int, part: Part) -> Cells:
    """What stands behind the labels inside a line that begins at ``at``; () where it has not two of different parts, or
    none of speaker or title."""
    found = list(_labels(row, part)) if row.count(":") > 1 else []
    named = {name for _, _, name in found}
    if len(named) < 2 or not {"speaker", "title"} & named:
        return ()
    out = []
    ends = [*(start for start, _, _ in found[1:]), len(row)]
    for (_, begin, name), end in zip(found, ends, strict=True):
        inner = language.trim(row, begin, begin + len(row[begin:end].rstrip(_EDGES)))
        if inner and any(c.isalnum() for c in row[slice(*inner)]):
            out.append((name, Span(at + inner.start, at + inner.end)))
    return tuple(out)


def _labels(row: str, part: Part) -> Iterator[tuple[int, int, str]]:
    """Where every label begins, where what it announces begins, and the part."""
    last = 0
    for mark in re.finditer(":", row):
        words = list(_WORD.finditer(row, max(last, mark.start() - 60), mark.start()))[-3:]
        begin = mark.end()
        while begin < len(row) and row[begin] in " *_\t":
            begin += 1
        for word in words if words and not row[words[-1].end() : mark.start()].strip(" *_") else ():
            label = row[word.start() : mark.start()].rstrip(" *_")
            name = part(label) if word.group()[0].isupper() else ""
            if name and _apart(row, last, word.start(), label):
                yield word.start(), begin, name
                break
        last = mark.end()


def _apart(row: str, last: int, start: int, label: str) -> bool:
    """Whether a label begins there: at the start of the line, behind a mark, or behind a plain word that a title does
    not end in, if it is one of the usual labels."""
    before = row[max(last, start - 30) : start]
    words = before.split()
    if (last == 0 and not row[:start].strip(" *_#>-•·|")) or before.endswith("  "):
        return True
    if words and not words[-1][-1].isalnum():
        return True
    return label.lower() in _PLAIN and bool(words) and words[-1].lower() not in _SMALL


def _wordings(cell: str) -> tuple[str, ...]:
    """A column's name as it stands, and what stands before "&", "/" or "and" in it."""
    return cell, re.split(r"[&/(,]|\band\b", cell)[0]


def _bounds(row: str) -> list[tuple[int, int]]:
    """Start and end of every cell."""
    marks = [m.start() for m in _MARK.finditer(row)]
    return list(zip([0, *(m + 1 for m in marks)], [*marks, len(row)], strict=True))
