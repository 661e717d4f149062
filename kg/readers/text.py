"""Plain text, pasted or saved from wherever talks are announced: one file is one page."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Page
from kg.readers import Skipped, Source, _labelled

SUFFIXES = (".txt", ".text", ".md")


def claims(source: Source) -> float:
    """Whatever nothing else claims is text."""
    return 0.3 if source.suffix in SUFFIXES else 0.1


def read(source: Source) -> Iterator[Page | Skipped]:
    """The one page of a text file; where its lines begin with labels of another script, their talks.

    Raises:
        ReadError: the file is empty or holds no text.
    """
    yield from _labelled.pages(source.name, source.text.split("\n")) or [
        Page(source.name, source.text)
    ]
