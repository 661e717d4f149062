"""HTML and Markdown inside of values, as plain text."""

from __future__ import annotations

from kg.readers import _blocks
from kg.readers._decoding import clean
from kg.readers._marks import unmarked
from kg.readers._tags import BREAK, looks_tagged, unescaped, untagged


def prose(text: str) -> str:
    """The plain text of a value that may hold HTML or Markdown: a paragraph a line, links by their words."""
    return "\n".join(line for line, _ in lines(text))


def lines(text: str) -> list[tuple[str, bool]]:
    """The lines of a document in Markdown, as ``prose`` has them, and whether an empty one stands before each."""
    plain, folded = untagged(clean(text.replace(BREAK, " ")))
    if not folded and "&lt;" in plain and looks_tagged(twice := unescaped(plain)):
        plain, folded = untagged(twice)
    raw = plain.split("\n")
    targets = _blocks.targets(raw)
    out = []
    for paragraph, before in _blocks.paragraphs(raw, folded):
        gap = before
        for line in unescaped(unmarked(paragraph, targets)).split(BREAK):
            if any(map(str.isalnum, line)):
                out.append((" ".join(line.split()), gap))
                gap = False
    return out
