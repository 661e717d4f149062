"""Plain text, pasted or saved from wherever talks are announced: one file is one page."""

from __future__ import annotations

import re

from kg.errors import UnknownFormat
from kg.model import Page
from kg.readers import Source
from kg.readers._decoding import decode

SUFFIXES = (".txt", ".text", ".md")
_MARKUP = re.compile(
    r"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)


def read(source: Source) -> list[Page]:
    """The one page of a text file.

    Raises:
        ReadError: the file is empty or holds no text.
        UnknownFormat: it is a web page.
    """
    text = decode(source.name, source.data)
    if _MARKUP.match(text[:10_000]):
        known = ", ".join(SUFFIXES)
        raise UnknownFormat(
            f"{source.name} is HTML; no reader knows it yet, copy the page's text (known: {known})"
        )
    return [Page(source.name, text)]
