"""Sentences in other languages, read through the English word of each word that a clause of a career is made of.

The grammar of careers is written once, on English words. A sentence in another language gets beside its words the
English ones of a small vocabulary (``data/vocabulary/languages``): small words, verbs, posts and pronouns. Names stay
as printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg import resources

_LONGEST = 4
_GENITIVE = "GEN"
"""Tag of an article that also says "of the": "Mitglied der Akademie", "an der Akademie"."""
_LEAST_FOLDED = 4
_ENGLISH = frozenset(
    (
        "the and of with from she he her his for by has at received currently where who which after before "
        "their they are been works"
    ).split()
)
_ELIDED = re.compile(r"(?:l|d|un|dell|all|dall|nell|sull|quell|jusqu|qu|s|n|j)[’'](?=[^\W\d_]{2})")


@dataclass(frozen=True)
class Word:
    """What stands for a printed word: an English word and a Penn tag; ``+`` where it goes on with the word before."""

    english: str
    tag: str


Phrases = dict[tuple[str, ...], Word]


@cache
def languages() -> dict[str, Phrases]:
    """Vocabulary of each language by its code: folded words -> what stands for the first of them."""
    folder = resources.folder("data/vocabulary") / "languages"
    return {file.stem: _phrases(file.read_text("utf-8")) for file in sorted(folder.glob("*.tsv"))}


def _phrases(text: str) -> Phrases:
    exact: Phrases = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        english, tag, printed = line.split("\t")
        for phrase in printed.split("|"):
            exact[tuple(phrase.casefold().split())] = Word(english, tag)
    plain = {tuple(map(_without_accents, words)): word for words, word in exact.items()}
    return {k: w for k, w in plain.items() if len("".join(k)) >= _LEAST_FOLDED} | exact


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join(c for c in parts if not unicodedata.combining(c))


@cache
def known() -> frozenset[str]:
    """Every word of the vocabularies, as compared."""
    return frozenset(w for phrases in languages().values() for words in phrases for w in words)


@cache
def _nouns() -> dict[str, str]:
    """Posts of all languages, without those that English prints alike -> their English word."""
    found: dict[str, str] = {}
    for phrases in languages().values():
        for words, word in phrases.items():
            if word.tag == "NN":
                found.setdefault(" ".join(words), word.english)
    return {printed: english for printed, english in found.items() if printed != english}


@cache
def noun(printed: str) -> str:
    """English head noun of a post in another language ("profesora titular" -> "professor"); "" for an English one."""
    words = printed.casefold().split()
    for size in range(min(len(words), _LONGEST), 0, -1):
        for i in range(len(words) - size + 1):
            if english := _nouns().get(" ".join(words[i : i + size])):
                return english
    return ""


def elided(word: str) -> int:
    """Length of an article or preposition glued in front of a word ("l'Université"); 0 where none is."""
    match = _ELIDED.match(word) if "'" in word or "’" in word else None
    return match.end() if match else 0


def read(words: Sequence[str]) -> tuple[Word | None, ...]:
    """What stands for each word of a sentence; () when the sentence is in English or in no known language.

    Parameters:
        words: words and marks as printed.
    """
    folded = [
        w.lower() if w.isascii() else unicodedata.normalize("NFC", w).casefold().replace("’", "'")
        for w in words
    ]
    present = set(folded)
    best: tuple[Word | None, ...] = ()
    most = len(present & _ENGLISH)
    likely = [c for c, telling in _telling().items() if len(present & telling) > most]
    if not likely:
        return ()
    inside = _inside_names(words)
    for phrases in (languages()[code] for code in likely):
        found = _glossed(words, folded, phrases)
        told = [w for i, w in enumerate(found) if w and not inside[i] and folded[i] not in _SHARED]
        enough = len(told) > 1 or any(w.tag == "NN" for w in told)
        if enough and len(told) > most:
            best, most = found, len(told)
    return best


_SHARED = frozenset(
    (
        "a as an in is was on me no do la le de die per son pro or under van von director consultant editor "
        "rector professor postdoc senior"
    ).split()
)
"""Words that English sentences hold as well; they tell nothing of the language."""


def _inside_names(words: Sequence[str]) -> list[bool]:
    """Which links stand between two capitals, as in "Universidad de la República"."""
    capital = [w[:1].isupper() for w in words]
    link = [w in _NAME_LINKS for w in words]
    out = []
    for i in range(len(words)):
        before = next((capital[j] for j in range(i - 1, -1, -1) if not link[j]), False)
        after = next((capital[j] for j in range(i + 1, len(words)) if not link[j]), False)
        out.append(link[i] and before and after)
    return out


_NAME_LINKS = frozenset(
    (
        "de del della dello dell' di da do dos das des du d' l' la las los le les el van von den der y e et of the al"
    ).split()
)


_RUN = re.compile(r"[\w’'-]+|[^\w\s]")


def in_english(text: str) -> str:
    """A text with the English words of its vocabulary in place of the printed ones; as it is where it is English."""
    words = _RUN.findall(text)
    found = read(words)
    return (
        " ".join(w.english if w else word for word, w in zip(words, found, strict=True))
        if found
        else text
    )


@cache
def _telling() -> dict[str, frozenset[str]]:
    """Words of each language that English sentences do not hold as well."""
    every = {code: {w for words in p for w in words} for code, p in languages().items()}
    return {code: frozenset(words - _SHARED) for code, words in every.items()}


def _glossed(
    words: Sequence[str], folded: Sequence[str], phrases: Phrases
) -> tuple[Word | None, ...]:
    out: list[Word | None] = []
    while len(out) < len(words):
        i = len(out)
        size = next(
            (n for n in range(_LONGEST, 0, -1) if tuple(folded[i : i + n]) in phrases), 0
        )  # fmt: skip
        word = phrases.get(tuple(folded[i : i + size])) if size else None
        if word is None or _in_a_name(words, i, word):
            out.append(None)
            continue
        if word.tag == _GENITIVE:
            word = Word("of", "IN") if i and _noun(words[i - 1], out[i - 1]) else Word("the", "DT")
        out += [word, *[Word("+", "JJ")] * (size - 1)]
    return tuple(out[: len(words)])


def _noun(printed: str, word: Word | None) -> bool:
    return word.tag == "NN" if word else printed[:1].isupper()


def _in_a_name(words: Sequence[str], i: int, word: Word) -> bool:
    """Whether a capital makes a small word a part of a name: "Ella Byron", "Universidad De Chile"."""
    if not words[i][:1].isupper() or word.tag in {"NN", "JJ"}:
        return False
    return i > 0 or (word.tag == "PRP" and words[1:2] != [] and words[1][:1].isupper())
