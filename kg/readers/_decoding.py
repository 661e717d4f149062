"""Bytes to text: which encoding, what is no text at all, and which characters a page never holds."""

from __future__ import annotations

import codecs
import logging
import re

from kg.errors import ReadError

_LOG = logging.getLogger("kg")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
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


def decode(name: str, data: bytes) -> str:
    """The text of a file: UTF-8, or what its byte order mark says, else Windows-1252 with a note in the log.

    Line breaks become ``\\n``; control characters, soft hyphens, zero-width spaces and marks that turn the direction
    of writing are dropped, so that what a quote shows is what stands in it.

    Raises:
        ReadError: the file is empty or holds no text.
    """
    if not data.strip():
        raise ReadError(f"{name} is empty")
    for start, kind in _KINDS:
        if data.startswith(start):
            raise ReadError(f"{name} is {kind}, not text")
    text = _text(name, data)
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise ReadError(f"{name} is a binary file, not text")
    cleaned = clean(text)
    if not cleaned.strip():
        raise ReadError(f"{name} is empty")
    return cleaned


def clean(text: str) -> str:
    """A text whose line breaks are ``\\n``, without what cannot be seen or stands for nothing."""
    return _INVISIBLE.sub("", _BREAKS.sub("\n", _SURROGATE.sub("\ufffd", text)))


def _text(name: str, data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("cp1252", "replace")
        if b"\0" not in data:
            _LOG.warning("%s is not UTF-8 (byte %d); read as Windows-1252", name, error.start)
        return text
