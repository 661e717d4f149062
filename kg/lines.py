"""The lines of a page: what label, bullet or time stands before their content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from kg import language, names, resources, shapes, tables
from kg.language import Sentence
from kg.model import Span

_LABEL = re.compile(
    r"^\s*[*_#>\s]*([^\W\d_][\w’' /&.-]{0,38}?)\s*[*_]*\s*(?::|\t|\s[-–—]\s|$)[*_]*\s*", re.UNICODE
)
_NONE = re.compile(
    r"(?:^|[|:\t]|\s[-–—]\s)\W*(?:no|kein(?:e)?|pas de|sin|nessun|geen|brak)\s+"
    r"(?:seminars?|talks?|meetings?|colloqui\w+|lectures?|vortrag|vorlesung|séminaire|seminario|séance|seminarium)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\W*(?:TB[ACD]|to be (?:announced|confirmed|determined|decided|defined)|coming soon)\W*",
    re.IGNORECASE,
)
_KIND = (
    r"\b(?:seminars?|colloquium|colloquia|lectures?|school|webinars?|series|workshop|symposium|forum|keynotes?|tutorial"
    r"|session|talks?|panel|presentation|discussion|defen[cs]e|masterclass|roundtable|meetup)"
)
_SERIES = re.compile(
    rf"^(?P<series>[^:]{{0,70}}?{_KIND}\b(?:\s+(?:series|session|discussion|talk|#?\d+|[ivx]+\b|on\s+\d[^:–—-]{{3,20}}|\([^)]*\)))*)"
    rf"\s*(?::\s+|\s[-–—|]\s+|\s+(?=[\"“«]))(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """A line that is not empty, with what stands before its content cut off.

    Parameters:
        label: the part that a label on the line announces ("speaker", "bio"), or "".
        alone: whether the label is all there is.
        timed: whether a clock time or time stamp stood before the content.
        gap: whether an empty line stands before it.
        cells: parts of the line that a table's header or labels inside the line name.
    """

    text: str = field(repr=False)
    span: Span
    label: str = ""
    alone: bool = False
    timed: bool = False
    gap: bool = False
    cells: tables.Cells = ()

    @cached_property
    def content(self) -> str:
        """The words of the line behind label, bullet and time."""
        return self.text[self.span.start : self.span.end]

    @property
    def raw(self) -> str:
        """The whole line, with what is cut off its content."""
        start = self.text.rfind("\n", 0, self.span.start) + 1
        end = self.text.find("\n", self.span.end)
        return self.text[start : end if end >= 0 else None].strip()

    @cached_property
    def sentence(self) -> Sentence:
        """Tokens of the content."""
        return language.plain(self.text, self.span)

    @cached_property
    def size(self) -> int:
        """Words of the content."""
        return sum(t.word for t in self.sentence.tokens)


@cache
def labels() -> dict[str, str]:
    """Label, folded -> the part it announces."""
    pairs = (line.split("\t") for line in resources.words("labels"))
    return {names.fold(p[0]): p[1] for p in pairs}


def split(text: str) -> tuple[Line, ...]:
    """Lines of a page that hold anything, in order."""
    out, at, gap = [], 0, False
    columns: tuple[str, ...] = ()
    for raw in text.split("\n"):
        if raw.strip():
            header = tables.columns(raw, _part)
            columns = header or (columns if tables.parted(raw) else ())
            line = _line(text, at, raw, gap)
            row = () if header else _cells(raw, at, columns)
            out.append(replace(line, cells=row) if row else line)
            gap = False
        else:
            gap = True
        at += len(raw) + 1
    return tuple(out)


def _cells(raw: str, at: int, columns: tuple[str, ...]) -> tables.Cells:
    """Parts of a line that a table's header or labels inside it name; a cell may hold labels of its own."""
    row = tables.cells(raw, at, columns, _part)
    inside = [
        tables.labelled(raw[span.start - at : span.end - at], span.start, _part) for _, span in row
    ]
    found = [c for cell, more in zip(row, inside, strict=True) for c in more or (cell,)]
    return _one_title(raw, at, found or list(tables.labelled(raw, at, _part)))


def _one_title(raw: str, at: int, cells: list[tuple[str, Span]]) -> tables.Cells:
    """The cells with the longest of what may be titles; "Title: Professor" is a post, and a place beside the cell of
    places is in a title."""
    printed = {
        span: raw[span.start - at : span.end - at] for part, span in cells if part == "title"
    }
    placed = any(part == "place" for part, _ in cells)
    posts = {
        span
        for span, text in printed.items()
        if shapes.tells_place(text) and (not placed or shapes.tells_post(text))
    }
    titles = [span for span in printed if span not in posts]
    title = max(titles, key=lambda span: len(printed[span].split()), default=None)
    kept = [("place" if span in posts else part, span) for part, span in cells]
    return tuple((part, span) for part, span in kept if part != "title" or span == title)


def _line(text: str, at: int, raw: str, gap: bool) -> Line:
    cut = shapes.bullets(raw)
    rest, stamp = shapes.strip_time(raw[cut:])
    cut += stamp
    timed = stamp > 0
    label, length = _label(rest)
    if label:
        inner = language.trim(text, at + cut + length, at + len(raw))
        if inner is None:
            whole = language.trim(text, at + cut, at + len(raw))
            return Line(
                text, whole or Span(at, at + len(raw)), label, alone=True, timed=timed, gap=gap
            )
        return Line(text, inner, label, timed=timed, gap=gap)
    cut, end = _framed(raw, cut)
    whole = language.trim(text, at + cut, at + end) or language.trim(text, at, at + len(raw))
    assert whole is not None
    return Line(text, whole, timed=timed, gap=gap)


def _framed(raw: str, cut: int) -> tuple[int, int]:
    """Bounds of the content without bars of a table row and marks of emphasis around it."""
    end = len(raw.rstrip(" |\t"))
    inner = raw[cut:end]
    for mark in ("**", "__", "*", "_"):
        if len(inner) > 2 * len(mark) and inner.startswith(mark) and inner.endswith(mark):
            return cut + len(mark), end - len(mark)
    return cut, max(end, cut)


def _part(label: str) -> str:
    """The part that a label announces, "" for none; "Speaker 2" is a speaker."""
    word = names.fold(label)
    return labels().get(word) or labels().get(re.sub(r"\s*\d+$", "", word)) or ""


def _label(rest: str) -> tuple[str, int]:
    """The part that a label at the start announces, and the label's length with its colon."""
    match = _LABEL.match(rest)
    if not match:
        return "", 0
    part = _part(match.group(1))
    if not part:
        return "", 0
    dash = re.search(r"\s[-–—]\s*[*_]*\s*$", match.group())
    if dash and part not in {"abstract", "bio", "speaker", "title"}:
        return "", 0
    return part, match.end()


def labelled(text: str, span: Span) -> tuple[str, Span, bool]:
    """The part that a label opening a paragraph announces, or ""; the words behind it; whether there are none."""
    label, length = _label(text[slice(*span)])
    inner = language.trim(text, span.start + length, span.end) if label else span
    return label, inner or span, inner is None


def series_prefix(title: str, prefixes: frozenset[str] = frozenset()) -> tuple[str | None, int]:
    """A series printed before a title ("Quantum Colloquium: ..."), and the length of prefix and colon; what only
    says that a title follows is no series."""
    match = _SERIES.match(title)
    if match and len(match.group("series").split()) <= 9:
        return match.group("series").strip() or None, match.end()
    head, colon, rest = title.partition(":")
    if colon and rest.strip() and names.fold(head) in prefixes:
        series = None if names.fold(head) in labels() else head.strip()  # "Talk title: ..."
        return series, len(head) + 1 + len(rest) - len(rest.lstrip())
    return None, 0


def says_none(text: str, title: Span) -> bool:
    """Whether the line of a title says that there is no talk: "No seminar - exams"."""
    start = text.rfind("\n", 0, title.start) + 1
    return _NONE.search(text[start : title.end]) is not None or still_open(text[slice(*title)])


def still_open(value: str) -> bool:
    """Whether a value only says that it will be told later: "TBA"."""
    return _OPEN.fullmatch(value) is not None


def looks_like_title(text: str) -> float:
    """How much a text looks like a title, about -1 to 1.5."""
    words = text.split()
    score = 0.3 if 3 <= len(words) <= 22 else -0.5
    if text.rstrip().endswith((".", ":", ";", ",")):
        score -= 0.6 if text.rstrip().endswith(".") else 1.5
    if text.rstrip().endswith("?"):
        score += 0.5
    common = sum(names.fold(w) in shapes.common_words() for w in words)
    score += 0.7 * common / max(1, len(words))
    return score - shapes.heading_score(text)
