"""HTML and Markdown inside of values, as plain text."""

from __future__ import annotations

import html
import re

_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h\d|/tr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def prose(text: str) -> str:
    """The plain text of a value that may hold HTML or Markdown: a paragraph a line, links by their words."""
    plain = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", text)))
    return "\n".join(line for part in plain.splitlines() if (line := " ".join(part.split())))
