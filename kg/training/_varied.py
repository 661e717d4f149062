"""Annotated pages as lines of words, and variations of them that no layout rules out."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from kg import pieces, windows
from kg.model import Span
from kg.pieces import Word
from kg.training._annotated import Annotated
from kg.training._network import PARTS
from kg.windows import Head

NONE = -100
"""Label of a word of which nothing is to be learned."""
_TOLD = "SBP"
_SEPARATORS = {c: pieces.split(c, 0, 1)[0] for c in ",(:|-–"}


@dataclass(frozen=True)
class Row:
    """A line: its words with the label of each, its role, whether it stands behind an empty line, its size in words."""

    words: tuple[Word, ...]
    labels: tuple[int, ...]
    role: str
    gap: bool
    size: int

    @property
    def letter(self) -> str:
        """The role without its star."""
        return self.role[0]

    @property
    def starts(self) -> bool:
        """Whether an entry begins with the line."""
        return self.role.endswith("*")

    @property
    def told(self) -> bool:
        """Whether the labels of the words count."""
        return self.letter in _TOLD

    def head(self) -> tuple[Head, list[int]]:
        """The head of the line, and a label for every word of the head."""
        head = windows.shortened(Span(0, 1), self.gap, self.size, self.words)
        behind = len(head.words) - head.cut
        kept = [*self.labels[: head.cut], *(self.labels[-behind:] if behind else ())]
        return head, kept if self.told else [NONE] * len(kept)


Page = list[Row]


def rows(page: Annotated) -> Page:
    """The lines of an annotated page."""
    out = []
    places = sorted(page.heads, key=lambda p: (p[0], -p[1])) + sorted(page.details)
    for head, role in zip(windows.heads(page.text), page.roles, strict=True):
        span = head.span
        words = pieces.split(page.text, span.start, span.end)
        labels = [0] * len(words)
        for start, end, kind in places:
            if kind not in PARTS or start >= span.end or end <= span.start:
                continue
            inside = [n for n, w in enumerate(words) if w.span.start < end and start < w.span.end]
            if not any(labels[n] for n in inside):
                for n in inside:
                    labels[n] = 1 + 2 * PARTS.index(kind) + (n != inside[0])
        out.append(Row(tuple(words), tuple(labels), role, head.gap, head.size))
    return out


def varied(page: Page, rate: float) -> Page:
    """The page, or at this rate a variation of it: other capitals and gaps, lines left out, joined or moved."""
    if random.random() > rate:
        return page
    for chance, change in (
        (0.15, _capitals), (0.1, _small), (0.25, _gaps), (0.15, _without), (0.1, _thinned),
        (0.25, _reordered), (0.15, _joined), (0.2, _shuffled),
    ):  # fmt: skip
        if random.random() < chance:
            page = change(page) or page
    return page


def _written(page: Page, letters: str, shapes: dict[int, int]) -> Page:
    """Lines of one role with their words written in another way; a word of one letter in capitals is an initial."""
    letter = random.choice(letters)
    return [
        replace(row, words=tuple(_shaped(w, shapes) for w in row.words))
        if row.letter == letter
        else row
        for row in page
    ]


def _shaped(word: Word, shapes: dict[int, int]) -> Word:
    shape = shapes.get(word.shape, word.shape)
    short = word.span.end - word.span.start == 1
    return word._replace(shape=pieces.INITIAL if short and shape == pieces.CAPITALS else shape)


def _capitals(page: Page) -> Page:
    old = {pieces.CAPITALISED: pieces.CAPITALS, pieces.LOWER: pieces.CAPITALS}
    return _written(page, "TSH", old)


def _small(page: Page) -> Page:
    old = dict.fromkeys((pieces.CAPITALISED, pieces.CAPITALS, pieces.INITIAL), pieces.LOWER)
    return _written(page, "TSHP", old)


def _gaps(page: Page) -> Page:
    gap = random.random() < 0.5
    return [replace(r, gap=gap) for r in page]


def _without(page: Page) -> Page:
    letter = random.choice("TPDAOLN")
    return _dropped(page, lambda r: r.letter == letter)


def _thinned(page: Page) -> Page:
    return _dropped(page, lambda r: random.random() < 0.07)


def _dropped(page: Page, leave: Callable[[Row], bool]) -> Page:
    """Without some lines; an entry that loses its first line begins with its next one."""
    out: Page = []
    begins = False
    for row in page:
        if leave(row):
            begins = begins or row.starts
            continue
        if row.starts or row.letter == "H":
            begins = False
        if begins and row.letter not in "LN":
            out.append(replace(row, role=row.letter + "*"))
            begins = False
        else:
            out.append(row)
    return out


def _entries(page: Page) -> list[tuple[int, int]]:
    """First line and end of every entry; headings and other lines end it."""
    out, at = [], 0
    while at < len(page):
        end = at + 1
        if page[at].starts:
            while end < len(page) and not page[end].starts and page[end].letter not in "HN":
                end += 1
            out.append((at, end))
        at = end
    return out


def _reordered(page: Page) -> Page:
    """The lines of every entry in another order, the same for all entries; a label stays before its line."""
    front = list("TSPD")
    random.shuffle(front)
    if random.random() < 0.5:
        front.remove("P")
        front.insert(front.index("S") + 1, "P")
    order = [*front, "B", *random.sample("AO", 2)]
    out = list(page)
    for start, end in _entries(page):
        groups: list[Page] = [[]]
        for row in page[start:end]:
            groups[-1].append(row)
            if row.letter != "L":
                groups.append([])
        groups = [g for g in groups if g]
        if sum(g[-1].letter == "S" for g in groups) > 1:
            continue
        groups.sort(key=lambda g: order.index(g[-1].letter) if g[-1].letter in order else 9)
        moved = [row for group in groups for row in group]
        gaps = [row.gap for row in page[start:end]]
        opens = next((n for n, row in enumerate(moved) if row.letter != "L"), 0)
        out[start:end] = [
            replace(row, role=row.letter + ("*" if n == opens else ""), gap=gap)
            for n, (row, gap) in enumerate(zip(moved, gaps, strict=True))
        ]
    return out


def _joined(page: Page) -> Page:
    """Speaker and place, or speaker and title, on one line, in all entries alike."""
    first, second = random.choice([("S", "P"), ("S", "T"), ("T", "S")])
    mark = _SEPARATORS[random.choice(list(_SEPARATORS))]
    out: Page = []
    for row in page:
        last = out[-1] if out else None
        fits = last and last.letter == first and row.letter == second and not row.starts
        if last and fits and len(last.words) < 30 and len(row.words) < 40:
            out[-1] = _both(last, mark, row)
        else:
            out.append(row)
    return out


def _both(one: Row, mark: Word, two: Row) -> Row:
    words = (*one.words, mark, *two.words)
    labels = (*_labels(one), 0, *_labels(two))
    letter = "S" if "P" in {one.letter, two.letter} else "B"
    return Row(words, labels, letter + one.role[1:], one.gap, one.size + two.size)


def _labels(row: Row) -> tuple[int, ...]:
    if row.letter != "T":
        return row.labels
    first = 1 + 2 * PARTS.index("title")
    return (first, *[first + 1] * (len(row.words) - 1))


def _shuffled(page: Page) -> Page:
    """The entries of a page in another order."""
    places = _entries(page)
    bodies = [page[a:b] for a, b in places]
    random.shuffle(bodies)
    out: Page = []
    at = 0
    for (start, end), body in zip(places, bodies, strict=True):
        out += [*page[at:start], *body]
        at = end
    return out + page[at:]
