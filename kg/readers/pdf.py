"""A programme as a PDF document: its text in reading order, without what every sheet repeats."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import MissingPart, ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _labelled
from kg.readers._decoding import clean

if TYPE_CHECKING:
    import pypdf

SUFFIXES = (".pdf",)
_MOST_SHEETS = 2_000
_MOST_CHARACTERS = 20_000_000
_EDGE = 2
"""Lines at the top and at the bottom of a sheet that may be repeated on others."""
_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.|s\.|página|pagina|sida|стр\.?|第)\s*)?[-–—|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*"
    r"(?:(?:/|of|von|de|di|из|av|sur)\s*\d{1,4})?\s*[-–—|]?(?:\s*页)?",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d\d(?: [AP]M)?(?:\s.{0,200})?|(?:file|https?)://\S{1,500} \d{1,4}/\d{1,4}"
)
_DIGITS = re.compile(r"\d+")
_HYPHEN = re.compile(r"(?<=[^\W\d_]{2})[-‐\u00ad]\Z")
_LIGATURES = str.maketrans(
    {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_BULLET = re.compile(r"[•▪●◦‣⁃·]\s*")
_NEW = re.compile(r"\d{1,2}[:.]\d\d\b|[-–•▪●◦]\s|\d{1,2}[.)]\s|[^\W\d_][^:.!?]{0,30}:\s")
_FULL, _FULLER = 0.8, 0.9
_LEAST_WIDTH = 50


def claims(source: Source) -> float:
    """Whatever begins as a PDF document."""
    return 1.0 if b"%PDF-" in source.data[:1024] else 0.0


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of a document that holds text.

    Raises:
        MissingPart: the library that reads such documents is not installed.
        ReadError: it is locked, broken, or holds pictures of text alone.
    """
    sheets: list[list[str]] = []
    for number, text in _sheets(source):
        if text is None:
            yield Skipped(source.name, f"sheet {number}", "cannot be read")
        else:
            sheets.append(
                [" ".join(line.split()) for line in clean(text).translate(_LIGATURES).split("\n")]
            )
    text = _text(sheets)
    if not any(map(str.isalnum, text)):
        raise ReadError(f"{source.name}: a PDF without text (scanned?); recognise its text first")
    yield from _labelled.pages(source.name, text.split("\n")) or [Page(source.name, text)]


def _sheets(source: Source) -> Iterator[tuple[int, str | None]]:
    """The number and the text of every sheet; None where it cannot be read."""
    document = _opened(source)
    length = 0
    try:
        total = min(len(document.pages), _MOST_SHEETS)
    except Exception as error:
        raise ReadError(
            f"{source.name}: no PDF that can be read ({type(error).__name__})"
        ) from None
    for number in range(total):
        try:
            text = document.pages[number].extract_text()
        except Exception:  # whatever is wrong with one sheet, the others are read
            yield number + 1, None
            continue
        length += len(text)
        if length > _MOST_CHARACTERS:
            raise ReadError(f"{source.name}: more text than a programme has")
        yield number + 1, text


def _opened(source: Source) -> pypdf.PdfReader:
    try:
        import pypdf  # noqa: PLC0415  an optional part
    except ImportError:
        raise MissingPart("PDF documents need pypdf: pip install 'talkgraph[pdf]'") from None
    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL
    )  # what it finds odd is nothing that a user can mend
    try:
        document = pypdf.PdfReader(io.BytesIO(source.data), strict=False)
        locked = document.is_encrypted and not document.decrypt("")
    except Exception as error:  # a broken document fails in many ways, all of them mean the same
        raise ReadError(
            f"{source.name}: no PDF that can be read ({type(error).__name__})"
        ) from None
    if locked:
        raise ReadError(f"{source.name}: a PDF that is locked with a password")
    return document


def _text(sheets: list[list[str]]) -> str:
    """The text of sheets: no running heads, no numbers of pages, broken lines and words put together."""
    repeated = _repeated(sheets)
    out: list[str] = []
    for sheet in sheets:
        out += [line for n, line in enumerate(sheet) if not _runs(sheet, n, repeated)]
    while out and not out[-1]:
        out.pop()
    return "".join(f"{line}\n" for line in _whole(out))


def _repeated(sheets: list[list[str]]) -> frozenset[str]:
    """The lines at the edges of sheets, numbers left out, that most sheets share."""
    seen: Counter[str] = Counter()
    for sheet in sheets:
        lines = [line for line in sheet if line]
        seen.update({_plain(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    return frozenset(line for line, n in seen.items() if n > 1 and n * 2 >= len(sheets))


def _plain(line: str) -> str:
    return _DIGITS.sub("#", line).casefold()


def _runs(sheet: list[str], n: int, repeated: frozenset[str]) -> bool:
    """Whether a line is a running head or the number of a page."""
    held = [i for i, line in enumerate(sheet) if line]
    edge = n in held[:_EDGE] or n in held[-_EDGE:]
    return edge and (
        _plain(sheet[n]) in repeated
        or (n in (held[0], held[-1]) and _NUMBER.fullmatch(sheet[n]) is not None)
    )


def _whole(lines: list[str]) -> Iterator[str]:
    """Lines of which those that only a margin ended go on: a word in two, a sentence within a full paragraph."""
    width = _width(lines)
    held: list[str] = []
    for line in lines:
        joint = _joint(held, line, width) if held and line else None
        if joint is None:
            if held or not line:
                yield _BULLET.sub("", "".join(held), count=1)
            held = [line] if line else []
            continue
        if joint == "":
            held[-1] = _HYPHEN.sub("", held[-1])
        held += [joint, line]
    if held:
        yield _BULLET.sub("", "".join(held), count=1)


def _width(lines: list[str]) -> int:
    """Characters of a full line: those of the longest lines, oddly long ones aside."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _joint(held: list[str], line: str, width: int) -> str | None:
    """What stands between lines and the next one when they go on: nothing, a blank; None when they do not."""
    before = held[-1]
    if _HYPHEN.search(before) and line[:1].islower():
        return ""
    full = width >= _LEAST_WIDTH and len(before) >= _FULL * width
    if not full or _NEW.match(line) or not (line[0].isalnum() or line[0] in "(\"“‘'"):
        return None
    if line[0].islower() or before[-1] in ",;":
        return " "
    if before[-1] in ".!?:" and len(before) < _FULLER * width:
        return None
    return " " if len(held) > 1 or len(line) >= _FULL * width else None
