"""Bytes to text: which encoding, what is no text at all, and which characters a page never holds."""

from __future__ import annotations

import logging
import re

from kg.errors import ReadError
from kg.readers._encodings import Encoding, encoding

_LOG = logging.getLogger("kg")
_KINDS = (
    (b"%PDF", "a PDF document (save its text and build from that)"),
    (b"PK\x03\x04", "a ZIP archive or an office document (save its text and build from that)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document (save its text and build from that)"),
)
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f"
    "\xad\u200b\ufeff"  # soft hyphen, zero-width space, byte order mark
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # marks that turn the direction of writing
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_CONTROLS = 0.005


def decode(name: str, data: bytes, found: Encoding | None = None) -> str:
    """The text of a file in whatever encoding; one that had to be guessed is noted in the log.

    Line breaks become ``\\n``; control characters, soft hyphens, zero-width spaces and marks that turn the direction
    of writing are dropped, so that what a quote shows is what stands in it.

    Parameters:
        found: the encoding, if it is known already.

    Raises:
        ReadError: the file is empty or holds no text.
    """
    if not data.strip():
        raise ReadError(f"{name} is empty")
    for start, kind in _KINDS:
        if data.startswith(start):
            raise ReadError(f"{name} is {kind}, not text")
    found = found or encoding(data)
    text = data.decode(found.codec, "replace").rstrip("\0")
    cleaned, controls = _CONTROLS.subn("", text)
    if controls > _MOST_CONTROLS * len(text):
        raise ReadError(f"{name} is a binary file, not text")
    cleaned = clean(cleaned)
    if not cleaned.strip():
        raise ReadError(f"{name} is empty")
    if found.note:
        _LOG.warning("%s %s", name, found.note)
    return cleaned


def is_binary(data: bytes) -> bool:
    """Whether bytes begin as those of a kind of file that is no text."""
    return any(data.startswith(start) for start, _ in _KINDS)


def head(data: bytes, found: Encoding) -> str:
    """The text that some first bytes of a file hold, to tell formats by."""
    return data.decode(found.codec, "ignore").replace("\0", "").lstrip("\ufeff").lstrip()


def clean(text: str) -> str:
    """A text whose line breaks are ``\\n``, without what cannot be seen or stands for nothing."""
    return _INVISIBLE.sub("", _BREAKS.sub("\n", _SURROGATE.sub("\ufffd", text)))
