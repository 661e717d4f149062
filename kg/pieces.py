"""Text to the word pieces that the encoder reads.

Words and marks are cut apart, folded (lower case, no accents) and split greedily into the longest pieces of a fixed
vocabulary (WordPiece: Wu et al., arXiv 1609.08144; the vocabulary is that of BERT uncased, Devlin et al., NAACL 2019).
What folding loses, a small code for the shape of the word keeps.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from kg import resources
from kg.model import Span

_WORD = re.compile(r"\w[\w\u0300-\u036f]*|[^\w\s]")
_IDEOGRAPH = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
_LONGEST, _MOST, _UNKNOWN = 20, 8, "[UNK]"
PLAIN, LOWER, CAPITALISED, CAPITALS, DIGITS, YEAR, INITIAL, MIXED = range(8)
INSIDE = 9
"""How a word is written: a mark; abc; Abc; ABC; 12; 2012; A; aBC; a further piece of a word."""


class Word(NamedTuple):
    """A word or mark of a page: where it stands, its pieces by number, and a code for its shape."""

    span: Span
    pieces: tuple[int, ...]
    shape: int


@cache
def vocabulary() -> dict[str, int]:
    """Piece -> its number; ``##`` marks a piece that goes on within a word."""
    file = resources.folder("data/models") / "pieces.txt"
    return {
        piece: number for number, piece in enumerate(file.read_text("utf-8").rstrip().split("\n"))
    }


def split(text: str, start: int, end: int) -> list[Word]:
    """Words of a stretch of text, in order; one with an ideograph, kana or Hangul is cut at every character."""
    out: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        word, at = match.group(), match.start()
        if _IDEOGRAPH.search(word):
            out += [Word(Span(at + i, at + i + 1), pieces(c), MIXED) for i, c in enumerate(word)]
        else:
            out.append(Word(Span(*match.span()), pieces(word), _shape(word)))
    return out


def parted(text: str) -> bool:
    """Whether a text holds ideographs, kana or Hangul, whose words the encoder does not see."""
    return _IDEOGRAPH.search(text) is not None


@lru_cache(maxsize=1 << 16)
def pieces(word: str) -> tuple[int, ...]:
    """Numbers of a word's pieces, at least one and at most eight."""
    known = vocabulary()
    marks = unicodedata.normalize("NFD", word.lower())
    folded = "".join(c for c in marks if not unicodedata.combining(c))
    out: list[int] = []
    at = 0
    while at < len(folded) and len(out) < _MOST:
        lead = "##" if at else ""
        ends = range(min(len(folded), at + _LONGEST), at, -1)
        end = next((e for e in ends if lead + folded[at:e] in known), 0)
        if end:
            out.append(known[lead + folded[at:end]])
        elif not out or out[-1] != known[_UNKNOWN]:
            out.append(known[_UNKNOWN])
        at = end or at + 1
    return tuple(out) or (known[_UNKNOWN],)


def _shape(word: str) -> int:
    if word.isdigit():
        return YEAR if len(word) == 4 else DIGITS
    if not word[0].isalnum():
        return PLAIN
    if word.islower():
        return LOWER
    if word.isupper():
        return CAPITALS if len(word) > 1 else INITIAL
    return CAPITALISED if word[0].isupper() and word[1:].islower() else MIXED
