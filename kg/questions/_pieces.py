"""A question in pieces: names of the graph, times, and words whose meaning a list tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg import resources
from kg.questions._asked import Named
from kg.questions._linking import Linker
from kg.questions._phrases import Words, singular
from kg.questions._times import dated, time

_KINDS = (
    *("degree", "role", "number", "award", "person", "institution", "series", "country", "city"),
    *("topic", "talk"),
)
_LISTED = frozenset(["degree", "role", "number", "country", "city"])
"""Kinds whose names a list has."""
_LONGEST = 12
_CODE = 2
"""So many letters have the codes of countries, which are words of English, too."""
_GENERIC = frozenset(["talk", "people", "topic"])
_TITLE = 3
"""The fewest words that stand for a title."""
_OWN = frozenset(["", "gender"])
"""Meanings of words that titles are made of."""
_SURE, _SURE_LOW = 0.79, 0.95
_PROPER = frozenset(["award", "institution", "series"])
"""Kinds whose names are capitalised; several words in lower case name one only as the graph spells it."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_FILLER = "filler"
_NO_NAMES = frozenset(["time", "tie", "where", "when", "how", "why", "many", _FILLER])


@dataclass(frozen=True)
class Piece:
    """Some words of a question: the kind of thing they name, "time", or what they mean; and where they stand."""

    kind: str
    said: Words
    is_name: bool = False
    at: int = 0

    @property
    def text(self) -> str:
        """The words as printed; a year alone as the time that it is."""
        return (
            f"in {self.said.text}"
            if _is_year(self.said) and self.kind == "time"
            else self.said.text
        )


def pieces(linker: Linker, words: Words) -> tuple[Piece, ...] | None:
    """All that a question says, in its order, without what tells nothing; None where something is not known."""
    if not len(words):
        return None
    found: dict[int, Piece] = {}
    free = set(range(len(words)))
    for start, piece in _spans(linker, words, free):
        found[start] = piece
        free -= set(range(start, start + len(piece.said)))
    for start, end in _runs(sorted(free)):
        if not _guessed(linker, words, range(start, end), found):
            return None
    if any(_untold_name(found, n) for n in found):
        return None
    kept = (n for n in sorted(found) if found[n].kind != _FILLER)
    return tuple(replace(found[n], at=n) for n in kept)


def _guessed(linker: Linker, words: Words, at: range, found: dict[int, Piece]) -> bool:
    """Find what words name that are not spelt as a name: with a slip, as a post, with their neighbours, or as kin."""
    said = words[at.start : at.stop]
    name = _named(linker, said, slips=True) or _office(linker, said)
    if name:
        found[at.start] = name
        return True
    for start, end in _windows(at, len(words)):
        inside = [n for n in found if n < end and n + len(found[n].said) > start]
        if any(found[n].is_name or n < start for n in inside):
            continue
        if name := _named(linker, words[start:end], slips=True) or _office(
            linker, words[start:end]
        ):
            for n in inside:
                del found[n]
            found[start] = name
            return True
    kind, kin = linker.kin(said) if len(said) == 1 else ("", "")
    if kind:
        found[at.start] = Piece(kind, Words.of(kin), is_name=True)
    return bool(kind)


def _windows(at: range, length: int) -> Iterator[tuple[int, int]]:
    """Longer runs of words around some, the longest first."""
    for size in range(len(at) + 2, len(at), -1):
        for start in range(max(0, at.stop - size), at.start + 1):
            if start + size <= length:
                yield start, start + size


def _untold_name(found: Mapping[int, Piece], n: int) -> bool:
    """Whether words with a meaning look like a name that is not known: "the Fields Medal"."""
    piece = found[n]
    capital = n and not piece.is_name and piece.said.printed[0].istitle()
    before = next((found[m] for m in range(n - 1, -1, -1) if m in found), None)
    if all(found[m].kind in _NO_NAMES for m in found if m < n):
        return False  # the first word of a sentence
    return bool(capital and piece.kind not in _NO_NAMES and not (before and before.is_name))


def _spans(linker: Linker, words: Words, free: set[int]) -> Iterator[tuple[int, Piece]]:
    """Long pieces before short ones; those taken are no longer free."""
    for start, end in _runs([n for n, w in enumerate(words.printed) if w[:1].isupper()]):
        said = words[start:end]
        if (
            end - start > 1
            and not _named(linker, said)
            and (name := _named(linker, said, slips=True))
        ):
            yield start, name
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            if free.issuperset(range(start, start + size)) and (
                piece := _piece(linker, words[start : start + size])
            ):
                yield start, piece


def _piece(linker: Linker, words: Words) -> Piece | None:
    if time(words) or dated(words) or _is_year(words):
        return Piece("time", words)
    meant = _meanings().get(tuple(map(singular, words.plain))) or (
        _meaning(words.plain[0]) if len(words) == 1 else ""
    )
    if meant:
        return Piece(meant, words)
    titled = len(words) > 1 and all(w[:1].isupper() for w in words.printed)
    if titled or not all(map(_meaning, words.plain)):
        return _named(linker, words)
    whole = linker.plainly("award", words) if len(words) > 1 else None
    return Piece("award", words, is_name=True) if whole and whole.sure == 1 else None


def _named(linker: Linker, words: Words, slips: bool = False) -> Piece | None:
    """What words name, the kind that they name best; spelt as the graph does, unless slips are forgiven."""
    if "," in {words.plain[0], words.plain[-1]}:
        return None
    edges = {_meaning(w) for w in (words.printed[0], words.printed[-1]) if w.islower()}
    if len(words) > 1 and (edges & {_FILLER, "tie"} or _meaning(words.printed[-1]) in _GENERIC):
        return None
    if len(words) == 1 and linker.link("adjective", words):
        return None  # "Norwegian" is no university
    best: tuple[float, str] = _SURE, ""
    for kind in (k for k in _KINDS if _may_name(k, words)):
        look = linker.link if slips or kind in _LISTED else linker.plainly
        named = look(kind, words)
        if isinstance(named, Named) and not named.people:
            lower = len(words) > 1 and kind in _PROPER and words.text.islower()
            if named.sure > best[0] and (named.sure >= _SURE_LOW or not lower):
                best = named.sure, kind
    return Piece(best[1], words, is_name=True) if best[1] else None


def _may_name(kind: str, words: Words) -> bool:
    """Whether words may name a thing of a kind, by how they look."""
    if kind == "talk":
        return _is_title(words)
    if kind == "country":
        return len(words.text) > _CODE
    low = len(words) > 1 and words.printed[0].islower() and _meaning(words.plain[0])
    return not low or kind not in _PROPER | {"person"}


def _is_title(words: Words) -> bool:
    """Whether words may stand for a title: enough of them have no meaning of their own, the first and the last too."""
    own = [_meaning(word) in _OWN for word in words.plain]
    return own[0] and own[-1] and sum(own) >= _TITLE


def _office(linker: Linker, words: Words) -> Piece | None:
    """A post that is no kind of post, as "president"."""
    found = isinstance(linker.link("office", words), Named)
    return Piece("office", words, is_name=True) if found else None


def _is_year(words: Words) -> bool:
    return len(words) == 1 and _YEAR.fullmatch(words.plain[0]) is not None


def _meaning(word: str) -> str:
    return _FILLER if word == "'s" else _meanings().get((singular(word),), "")


def _runs(free: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where words stand that are left, side by side."""
    start = None
    for n in free:
        if start is None:
            start = n
        if n + 1 not in free:
            yield start, n + 1
            start = None


@cache
def _meanings() -> dict[tuple[str, ...], str]:
    """What words mean, by the words in the singular."""
    known: dict[tuple[str, ...], str] = {}
    for row in resources.words("question-concepts"):
        concept, _, told = row.partition("\t")
        for said in told.split("|"):
            known.setdefault(tuple(map(singular, Words.of(said).plain)), concept)
    return known
