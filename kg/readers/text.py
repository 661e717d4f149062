"""Plain text, pasted or saved from wherever talks are announced: one file is one page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import UnknownFormat
from kg.model import Page
from kg.readers import Source

SUFFIXES = (".txt", ".text", ".md")
_MARKUP = re.compile(
    r"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)


def claims(source: Source) -> float:
    """Whatever nothing else claims is text."""
    return 0.3 if source.suffix in SUFFIXES else 0.1


def read(source: Source) -> Iterator[Page]:
    """The one page of a text file.

    Raises:
        ReadError: the file is empty or holds no text.
        UnknownFormat: it is a web page.
    """
    text = source.text
    if _MARKUP.match(text[:10_000]):
        known = ", ".join(SUFFIXES)
        raise UnknownFormat(
            f"{source.name} is HTML; no reader knows it yet, copy the page's text (known: {known})"
        )
    yield Page(source.name, text)
