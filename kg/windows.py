"""A page cut into the windows that the encoder reads.

For what lines are: the lines, of prose only its first and last words, with some lines around them. For what a speaker's
sentences say: the words of a paragraph, behind the speaker's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg import pieces
from kg.model import Span
from kg.pieces import Word

WHOLE, HEAD, TAIL = 48, 18, 6
"""In pieces: a line that is read whole, and what is read of a longer one, at its start and at its end."""
OWN, BEFORE, BEHIND, LONGEST = 440, 40, 24, 511
"""In pieces: the lines of a window, what it repeats of the lines before and behind them, and all of it."""
OPEN, CLOSE, LINE, GAP, CUT = 101, 102, 1, 2, 4
"""Numbers of the marks at either end, before a line, before a line behind an empty one, and where a line was cut."""
BESIDE, TOLD = 5, 6
"""Numbers of the marks before words that stand beside a speaker's name, and before a biography's."""
_MARK, _SIZES = 10, (3, 8, 16, 30, 80)
"""Shape of the mark of a line of no more than three words; one more for every size it exceeds."""
_AT_ENDS = 300
"""Characters at either end of a long line, of which its first and last words are taken."""
_NAME, _REPEATED, _WORD = 6, 40, 10
"""Words that are read of a name and repeated before a further window of a paragraph, and pieces of a word."""


@dataclass(frozen=True)
class Head:
    """The head of a line as the encoder reads it.

    Parameters:
        size: words of the whole line.
        words: words and marks of it that are read, in order.
        cut: how many of them stand before what was left out; all, where nothing was.
    """

    span: Span
    gap: bool
    size: int
    words: tuple[Word, ...]
    cut: int
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]


@dataclass(frozen=True)
class Window:
    """A stretch of a page as numbers, filled while it is made.

    Parameters:
        pieces: numbers of pieces, a mark before every line, one at either end.
        shapes: how each word is written, by its first piece; for the mark of a line, its size.
        lines: (position, number) of the lines, by their marks, or words that are the window's own.
    """

    pieces: list[int] = field(default_factory=lambda: [OPEN])
    shapes: list[int] = field(default_factory=lambda: [pieces.PLAIN])
    lines: list[tuple[int, int]] = field(default_factory=list)


def heads(text: str) -> list[Head]:
    """Heads of the lines of a page that hold anything."""
    found, at, gap = [], 0, False
    for raw in text.split("\n"):
        if raw.strip():
            found.append(_head(text, Span(at, at + len(raw)), gap))
        gap = not raw.strip()
        at += len(raw) + 1
    return found


def _head(text: str, span: Span, gap: bool) -> Head:
    size = len(text[span.start : span.end].split())
    return shortened(span, gap, size, _ends(text, span) or pieces.split(text, *span))


def _ends(text: str, span: Span) -> list[Word]:
    """Words at both ends of a line so long that more is not read of it; [] of a shorter one."""
    first, last = span.start + _AT_ENDS, span.end - _AT_ENDS
    gap = text.find(" ", first, last)
    end = text.rfind(" ", gap, last)
    if gap < 0 or end < 0:
        return []
    front, back = pieces.split(text, span.start, gap), pieces.split(text, end, span.end)
    enough = all(sum(len(w.pieces) for w in words) > WHOLE for words in (front, back))
    return [*front, *back] if enough else []


def shortened(span: Span, gap: bool, size: int, words: Sequence[Word], whole: int = WHOLE) -> Head:
    """The head of a line with these words.

    Parameters:
        whole: most pieces of a line that is read whole; training varies it.
    """
    sizes = [len(w.pieces) for w in words]
    if sum(sizes) <= WHOLE:
        return Head(span, gap, size, tuple(words), len(words), *_numbers(words, len(words)))
    first = _reach(sizes, HEAD)
    last = len(words) - max(1, _reach(sizes[::-1], TAIL))
    read = (*words[:first], *words[last:])
    return Head(span, gap, size, read, first, *_numbers(read, first))


def _numbers(words: Sequence[Word], cut: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    numbers: list[int] = []
    shapes: list[int] = []
    for n, word in enumerate(words):
        if n == cut:
            numbers.append(CUT)
            shapes.append(pieces.PLAIN)
        numbers += word.pieces
        shapes += [word.shape, *[pieces.INSIDE] * (len(word.pieces) - 1)]
    return tuple(numbers), tuple(shapes)


def cut(found: Sequence[Head], first: int = OWN) -> list[Window]:
    """Windows that together hold every line once as their own.

    Parameters:
        first: most pieces of the first window's lines; training varies it.
    """
    sizes = [1 + len(h.pieces) for h in found]
    out: list[Window] = []
    start = 0
    while start < len(found):
        before = _reach(sizes[max(0, start - BEFORE) : start][::-1], BEFORE)
        own = max(1, _reach(sizes[start : start + OWN], OWN if out else first))
        behind = _reach(sizes[start + own : start + own + BEHIND], BEHIND)
        out.append(_window(found, range(start - before, start + own + behind), start, start + own))
        start += own
    return out


def _reach(sizes: Sequence[int], room: int) -> int:
    """How many of the sizes fit into the room, in order."""
    taken = 0
    for n, size in enumerate(sizes):
        taken += size
        if taken > room:
            return n
    return len(sizes)


def _window(found: Sequence[Head], numbers: range, start: int, end: int) -> Window:
    out = Window()
    for number in numbers:
        head = found[number]
        if start <= number < end:
            out.lines.append((len(out.pieces), number))
        out.pieces.append(GAP if head.gap else LINE)
        out.shapes.append(_MARK + sum(head.size > s for s in _SIZES))
        out.pieces.extend(head.pieces)
        out.shapes.extend(head.shapes)
    out.pieces.append(CLOSE)
    out.shapes.append(pieces.PLAIN)
    assert len(out.pieces) <= LONGEST + 1
    return out


def positions(head: Head, mark: int) -> list[int]:
    """Where in a window the first pieces of a head's words stand, its mark standing at ``mark``."""
    out, at = [], mark + 1
    for n, word in enumerate(head.words):
        at += n == head.cut
        out.append(at)
        at += len(word.pieces)
    return out


def passages(name: str, words: Sequence[str], beside: bool) -> list[Window]:
    """Windows that together hold every word of a paragraph once as their own, by its first piece.

    Parameters:
        name: whom the paragraph is about.
        beside: whether it stands beside the name, not in a biography.
    """
    read = [_spoken(word) for word in words]
    out: list[Window] = []
    start = 0
    while start < len(read):
        window = _opened(name, beside)
        first = max(0, start - _REPEATED)
        for number in range(first, len(read)):
            numbers, shape = read[number]
            if len(window.pieces) + len(numbers) > LONGEST and number > start:
                break
            if number >= start:
                window.lines.append((len(window.pieces), number))
            window.pieces.extend(numbers)
            window.shapes.extend([shape, *[pieces.INSIDE] * (len(numbers) - 1)])
        window.pieces.append(CLOSE)
        window.shapes.append(pieces.PLAIN)
        out.append(window)
        start += len(window.lines)
    return out


def _opened(name: str, beside: bool) -> Window:
    window = Window()
    for word in pieces.split(name, 0, len(name))[:_NAME]:
        window.pieces.extend(word.pieces)
        window.shapes.extend([word.shape, *[pieces.INSIDE] * (len(word.pieces) - 1)])
    window.pieces.extend((CLOSE, BESIDE if beside else TOLD))
    window.shapes.extend((pieces.PLAIN, _MARK))
    return window


def _spoken(word: str) -> tuple[tuple[int, ...], int]:
    """Pieces and shape of a word as the tagger cuts them."""
    found = pieces.split(word, 0, len(word))
    numbers = tuple(n for w in found for n in w.pieces)[:_WORD]
    return numbers or (CUT,), found[0].shape if found else pieces.PLAIN
