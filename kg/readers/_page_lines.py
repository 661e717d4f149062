"""The content of a web page as lines: a block a line, rows of tables with their cells, terms with their definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.readers._clutter import clutter
from kg.readers._elements import Element
from kg.readers._fields import meaning

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math nobr output q"
    " rp rt ruby s samp small span strike strong sub sup time tt u var wbr mjx-container button slot"
    " picture figure-caption".split()
)
_APART = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol dl table section article blockquote hr pre address details header figure main".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_ROWS = frozenset("tbody thead tfoot".split())
_LABEL = re.compile(r"([^\W\d_][^:：]{0,38}?)\s*[:：]?")
_NOTE = re.compile(r"[\[(]?[\d\s,;*†‡§¶]{1,6}[\])]?")
_CLEAR = re.compile(
    r"[\[(]?(?:slides?|videos?|pdf|recordings?|link|zoom|abstract|arxiv|bibtex|code|more|read more|details"
    r"|see (?:the )?(?:announcement|abstract|poster|flyer|slides|video|recording|details|paper)|announcement|flyer"
    r"|show abstract|hide abstract|find out more\s*»?|permalink|¶|#|»|→)[\])]?",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"\(?\d{1,3}\s?(?:m|min|mins|minutes|h|hrs?|hours?|std\.?|minuten|minutos)\.?\)?", re.IGNORECASE
)
_WHO = frozenset(["speaker", "name", "author"])
_TITLES = frozenset(["title", "talk", "topic"])
_TELLING = frozenset("speaker author date abstract bio organization role".split())
_LABELLED = re.compile(r"(?:\A|[\s_-])label(?:\Z|[\s_-])", re.IGNORECASE)
_LONG = 160
_SHORT = 40


@dataclass
class Lines:
    """The lines of a page while they are written.

    Parameters:
        whole: characters of the page.
        found: the lines, and whether an empty one stands before each.
    """

    whole: int
    found: list[tuple[str, bool]] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _gap: bool = False
    _headed: int = -1

    def read(self, one: Element, within: bool = False) -> None:
        """Write the lines of an element."""
        if clutter(one, self.whole, within):
            self._parts.append(" ")
            return
        within = within or one.tag in {"main", "article"} or one.attributes.get("role") == "main"
        if one.tag == "br":
            self.end()
        elif one.tag == "sup" and _NOTE.fullmatch(one.text()) and self._word():
            return
        elif one.tag in _INLINE:
            self._inline(one, within)
        else:
            self._block(one, within)

    def _after_heading(self) -> bool:
        """Whether nothing stands between here and a heading."""
        return self._headed == len(self.found)

    def _word(self) -> bool:
        """Whether a word of letters stands before."""
        tail = "".join(self._parts[-2:]).replace("\0", "")[-3:]
        return len(tail) > 2 and (tail[-1] in ".,)" or tail.isalpha())

    def _inline(self, one: Element, within: bool) -> None:
        if one.tag == "a" and _CLEAR.fullmatch(one.text()[:40]):
            return
        edge = "" if one.tag in {"sub", "sup"} else "\0"
        self._parts.append(edge)
        if _named_label(one):
            self._parts.append(f"{one.text()}: ")
            return
        self._hold(one.held, within)
        self._parts.append(edge)

    def _hold(self, held: Iterable[Element | str], within: bool) -> None:
        for part in held:
            if isinstance(part, str):
                self._parts.append(part)
            else:
                self.read(part, within)

    def _block(self, one: Element, within: bool) -> None:
        self.end()
        self._gap = self._gap or (
            one.tag in _APART and not (one.tag == "p" and self._after_heading())
        )
        if one.tag == "pre":
            self._preformatted(one)
        elif one.tag == "table":
            self._table(one, within)
        elif one.tag == "dl":
            self._definitions(one, within)
        else:
            self._hold(one.held, within)
        self.end()
        if one.tag in _HEADINGS:
            self._headed = len(self.found)
        self._gap = (self._gap or one.tag in _APART) and one.tag not in _HEADINGS

    def end(self) -> None:
        """End a line."""
        text = _joined(self._parts)
        self._parts.clear()
        if not any(map(str.isalnum, text)) or _LENGTH.fullmatch(text):
            return
        before = self.found[-1][0] if self.found else ""
        if before[-1:] in {":", "："} and len(before) < _SHORT and meaning(before[:-1]).part:
            self.found[-1] = (f"{before} {text}", self.found[-1][1])
        else:
            self.found.append((text, self._gap))
        self._gap = False

    def _preformatted(self, one: Element) -> None:
        """Take lines as they are printed."""
        for line in "".join(_texts(one)).split("\n"):
            if line.strip():
                self._parts.append(line)
                self.end()
            else:
                self._gap = True

    def _inner(self, held: Iterable[Element | str], within: bool) -> list[str]:
        """The lines of a part by itself."""
        inner = Lines(self.whole)
        inner._hold(held, within)
        inner.end()
        return [text for text, _ in inner.found]

    def _put(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._parts.append(line)
            self.end()

    def _definitions(self, one: Element, within: bool) -> None:
        """A definition behind its term, if the term names a part of a talk; else a line each."""
        entries = [e for e in one.elements() if e.tag in {"dt", "dd"}]
        entries = entries or [
            e for d in one.elements() for e in d.elements() if e.tag in {"dt", "dd"}
        ]
        if not entries:
            self._hold(one.held, within)
        for entry in entries:
            lines = self._inner(entry.held, within)
            label = _label(" ".join(lines)) if entry.tag == "dt" else ""
            self._gap = self._gap or (entry.tag == "dt" and not label)
            self._put([f"{label}:"] if label else lines)

    def _table(self, one: Element, within: bool) -> None:
        """A row a line with its cells; where cells hold more than a line, a line for each part of them."""
        rows = _rows(one)
        cells = [
            [self._inner(c.held, within) for c in _cells(row) if not clutter(c, self.whole, True)]
            for row in rows
        ]
        for caption in (e for e in one.elements() if e.tag == "caption"):
            self._put(self._inner(caption.held, within))
        header = [" ".join(c) for c in cells[0]] if cells else []
        parts = [meaning(h).part for h in header]
        headed = len(header) > 1 and (
            sum(map(bool, parts)) > 1 or all(c.tag == "th" for c in _cells(rows[0]))
        )
        flat = all(len(c) < 2 and len(" ".join(c)) < _LONG for row in cells for c in row)
        for n, row in enumerate(cells):
            if headed and not flat:
                fits = len(row) == len(header)
                for told in _each(parts, row) if n and fits else [row] if n else []:
                    self._gap = True
                    self._put(_named(header, parts, told) if fits else _row(told))
            else:
                self._gap = self._gap or not all(len(c) < 2 for c in row)
                self._put(_row(row))


def _texts(one: Element) -> Iterator[str]:
    """The texts inside of an element in their order."""
    waiting: list[Element | str] = [one]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif part.tag not in {"script", "style"}:
            waiting += reversed(part.held)


def _rows(table: Element) -> list[Element]:
    rows = []
    for part in table.elements():
        rows += (
            [part]
            if part.tag == "tr"
            else [r for r in part.elements() if r.tag == "tr"]
            if part.tag in _ROWS
            else []
        )
    return rows


def _cells(row: Element) -> list[Element]:
    return [c for c in row.elements() if c.tag in {"td", "th"}]


def _row(row: list[list[str]]) -> list[str]:
    """A row without a header: a label and its value, cells on one line, or the lines of each."""
    held = [c for c in row if c]
    if len(held) == 2 and len(held[0]) == 1 and (label := _label(held[0][0])):
        return [f"{label}: {held[1][0]}", *held[1][1:]]
    if all(len(c) == 1 and len(c[0]) < _LONG for c in held):
        empty = all(len(c) < 2 for c in row)
        return [
            " | ".join(" ".join(c) for c in row)
            if empty and len(held) > 1
            else " | ".join(c[0] for c in held)
        ]
    return [line for c in held for line in c]


def _each(parts: list[str], row: list[list[str]]) -> list[list[list[str]]]:
    """A row for each talk of a row: where as many speak as there are titles, each has one, and the rest is of all."""
    who = [len(c) for part, c in zip(parts, row, strict=True) if part in _WHO]
    what = [len(c) for part, c in zip(parts, row, strict=True) if part in _TITLES]
    many = who[0] if who and who == what else 1
    if many < 2 or any(len(c) not in {0, 1, many} for c in row):
        return [row]
    return [[c[n : n + 1] if len(c) == many else c for c in row] for n in range(many)]


_FIRST = {"title": 0, "talk": 0, "topic": 0, "speaker": 1, "name": 1, "author": 1}
"""The order in which a talk is told: a day before its title would be that of the talk before."""


def _named(header: list[str], parts: list[str], row: list[list[str]]) -> list[str]:
    """A row below a header: each cell behind the name of its column, short lines of a cell on one."""
    out: list[str] = []
    columns = zip(header, parts, row, strict=True)
    for name, part, lines in sorted(columns, key=lambda c: _FIRST.get(c[1], len(_FIRST))):
        if not lines:
            continue
        if part in {"start", "noise", ""}:
            out += lines
            continue
        last = next(
            (n for n, line in enumerate(lines) if len(line) >= 80 or line.endswith((".", ":"))),
            len(lines),
        )
        first = ", ".join(lines[:last]) if part in _WHO else lines[0]
        rest = lines[last:] if part in _WHO and last else lines[1:]
        out += [f"{_heading(name, part)}: {first or lines[0]}", *rest]
    return out


def _heading(name: str, part: str) -> str:
    """The name of a column as a label: those of titles and of who speaks have many names."""
    return "Title" if part in _TITLES else name.rstrip(" :")


def _label(text: str) -> str:
    """The label that a text is, without a colon; "" where it names no part of a talk."""
    match = _LABEL.fullmatch(text)
    return match[1] if match and meaning(match[1]).part else ""


def _named_label(one: Element) -> bool:
    """Whether an element is called a label and names who, when or what stands behind it, without a colon."""
    if _LABELLED.search(one.attributes.get("class", "")[:200]) is None:
        return False
    text = one.text()
    return len(text) < _SHORT and text[-1:].isalnum() and meaning(text).part in _TELLING


def _joined(parts: list[str]) -> str:
    """Texts put together; where elements meet without a blank, words do not run into each other."""
    text = _EMPTIED.sub("", " ".join("".join(parts).split()))
    if "\0" not in text:
        return text.strip()
    return " ".join(_MEET.sub(lambda m: " " if m[1] else "", text).split())


_EMPTIED = re.compile(
    r"[\[(][\0 ,|/·]*(?:(?:slides?|videos?|pdf|recordings?|link|zoom|poster|paper)[\0 ,|/·]*){0,3}[\])]",
    re.IGNORECASE,
)
_MEET = re.compile(r"(?:(?<=[a-zà-ÿ0-9)])(\0+)(?=[A-ZÀ-Þ(]))|\0+")


def text_of(body: Element) -> list[tuple[str, bool]]:
    """The lines of a page, each with whether an empty one stands before it."""
    lines = Lines(body.size)
    lines.read(body)
    lines.end()
    return lines.found
