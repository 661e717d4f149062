"""What may be a topic: names of the vocabulary and noun phrases, where they stand in a sentence.

Beside the phrase itself, other readings of it are offered. Of a long one also its last words ("3d pose estimation":
"pose estimation"); of one that a weak noun was cut from, both words ("work estimation"). A name of the vocabulary is
also found in a list whose members share the head ("life and pension insurance": "life insurance") and turned around
("detection of objects"). A short form inside a phrase is spelled out as the vocabulary does ("DNN training").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from kg import concepts, names, resources
from kg.concepts import Concept, key_of, key_words, singular
from kg.language import Sentence, Token
from kg.model import Span
from kg.vocabularies import remembered

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_INNER = _NOUNS | {"JJ", "VBG", "VBN"}
_MEMBERS = frozenset({"NN", "NNP", "JJ", "VBN", "VBG"})
_ODD = re.compile(r"\d+(?:st|nd|rd|th|am|pm)?$|\d\d|.*://|www\.|.*\w\.\w+/|.*@")
"""Numbers, times and addresses."""
_OWNING = frozenset({"'s", "’s", "‘s"})
Tokens = tuple[Token, ...]


@dataclass(frozen=True)
class Hit:
    """A candidate where it stands: in the ``number``-th sentence, 0 being the title.

    Parameters:
        name: whether every word of it is printed as a name.
        way: how it was read: "" as it stands, or "tail", "weak", "list", "turned".
    """

    label: str
    span: Span
    sentence: Sentence
    number: int
    concept: Concept | None
    name: bool = False
    way: str = ""


@cache
def weak() -> frozenset[str]:
    """Words that neither begin nor end a topic."""
    return frozenset(w for line in resources.words("topic-stopwords") for w in line.split())


@remembered
def _nouns_first() -> frozenset[str]:
    """Words that begin a name of several words in the vocabulary."""
    return frozenset(k.split()[0] for k in concepts.vocabulary() if " " in k)


class _Known(NamedTuple):
    """The vocabulary, looked up once for a sentence: words that begin a name, names by key, acronyms."""

    starts: Mapping[str, int]
    names: Mapping[str, Concept]
    short: Mapping[str, Concept]


def known(sentence: Sentence, number: int) -> Iterator[Hit]:
    """Longest names of the vocabulary from each word on."""
    keys = [key_words(t.text) for t in sentence.tokens]
    words = _Known(concepts.starts(), concepts.vocabulary(), concepts.acronyms())
    i = 0
    while i < len(keys):
        end, concept = _longest(sentence, keys, i, words)
        if concept:
            yield Hit(concept.label, sentence.place(i, end), sentence, number, concept)
        i = max(end, i + 1)


def _longest(
    sentence: Sentence, keys: list[tuple[str, ...]], first: int, known: _Known
) -> tuple[int, Concept | None]:
    """End and concept of the longest name from a word on; the word itself and None where there is none."""
    tokens = sentence.tokens
    most = known.starts.get(keys[first][0], 0) if keys[first] and tokens[first].word else 0
    for end, key in reversed(_ends(sentence, keys, first, most)):
        if end == first + 1:
            break
        concept = known.names.get(key)
        if concept and not _shouted(sentence.between(first, end), concept.label):
            return end, concept
    printed = tokens[first].text
    concept = known.short.get(printed) or known.short.get(printed.removesuffix("s"))
    concept = concept or known.names.get(" ".join(keys[first]))
    return (
        (first + 1, concept) if concept and not _shouted(printed, concept.label) else (first, None)
    )


def _ends(
    sentence: Sentence, keys: list[tuple[str, ...]], first: int, most: int
) -> list[tuple[int, str]]:
    """Where a name of at most so many words may end, and its key up to there."""
    tokens = sentence.tokens
    words: list[str] = []
    ends: list[tuple[int, str]] = []
    for end in range(first + 1, len(keys) + 1):
        if len(words) + len(keys[end - 1]) > most:
            break
        if tokens[end - 1].word:
            ends.append((end, " ".join([*words, *keys[end - 1]])))
        owner = end < len(keys) and tokens[end].text in _OWNING
        words += key_words(f"{tokens[end - 1].text}'s") if owner else keys[end - 1]
    return ends


def _shouted(printed: str, label: str) -> bool:
    """Whether a word in capitals is a name of its own, not the word of the vocabulary ("MARS" is no planet)."""
    return (
        printed.isupper()
        and len(printed) > 2
        and printed not in concepts.acronyms()
        and printed.lower() == label
    )


def phrases(sentence: Sentence, number: int) -> Iterator[Hit]:
    """Noun phrases by their tags, weak words trimmed from both ends, in all their readings."""
    sentence = sentence.in_english
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        end = i
        while end < len(tokens) and tokens[end].tag in _INNER and _plain(tokens[end]):
            end += 1
        first, last = _trimmed(tokens, i, end)
        for start in sorted({first, last - 3, last - 2}) if last - first > 2 else [first]:
            if first <= start < last and last - start <= 4:
                yield from _phrase(sentence, number, start, last, "tail" if start > first else "")
        if first > i and last - first == 1 and tokens[first - 1].tag in {"NN", "NNP"}:
            yield from _phrase(sentence, number, first - 1, last, "weak")
        if first < last:
            yield from _listed(sentence, number, i, (first, last))
            yield from _turned(sentence, number, (first, last), end)
        i = max(end, i + 1)


def _phrase(sentence: Sentence, number: int, start: int, last: int, way: str) -> Iterator[Hit]:
    part = sentence.tokens[start:last]
    if any(t.lower in weak() for t in part[way == "weak" :]) or (part[0].tag == "VBN" and way):
        return
    name = all(t.tag.startswith("NNP") for t in part) and number > 0
    alone = len(part) == 1 and "-" not in part[0].text
    if not _person(part) and (not alone or number == 0 or name):
        span = sentence.place(start, last)
        yield from _unknown(part, Hit("", span, sentence, number, None, name, way))


def _unknown(part: Tokens, place: Hit) -> Iterator[Hit]:
    """The phrase that some words make; if the vocabulary has it, only where it does not stand as such."""
    if place.sentence.glossed:  # no rule of English plurals and short forms holds
        yield replace(place, label=" ".join(t.text for t in part).lower())
        return
    label = _label(part, place.name)
    concept, made = concepts.vocabulary().get(key_of(label)), place.way in {"list", "turned"}
    if concept is None and not made:
        yield replace(place, label=label)
    elif concept and (made or label != _label(part, place.name, spell=False)):
        yield replace(place, label=concept.label, concept=concept, name=False)


def _label(part: Tokens, name: bool, spell: bool = True) -> str:
    """Words in lower case, the last one singular, short forms spelled out."""
    words = [names.strip_accents(t.text).lower() for t in part]
    if not (name and part[-1].tag == "NNP"):
        words[-1] = singular(words[-1])
    if spell and len(part) > 1:
        words = [_spelled(t.text) or w for t, w in zip(part, words, strict=True)]
    return " ".join(words)


def _spelled(printed: str) -> str | None:
    concept = concepts.acronyms().get(printed)
    return concept.label if concept else None


def _listed(sentence: Sentence, number: int, begin: int, phrase: tuple[int, int]) -> Iterator[Hit]:
    """What the words before "and" or "or" make with the head behind it."""
    tokens, (first, last) = sentence.tokens, phrase
    if last - first < 2 or first != begin:
        return
    head, at, joined = tokens[first + 1 : last], begin, False
    while at >= 2 and tokens[at - 1].lower in {"and", "or", ","}:
        joined = joined or tokens[at - 1].text != ","
        at -= 2 if tokens[at - 2].text != "," else 3
        member = tokens[at] if at >= 0 else None
        alone = at == 0 or tokens[at - 1].tag not in _INNER
        if not joined or not member or member.tag not in _MEMBERS or not alone:
            return
        if len(head) <= 2 and _plain(member) and member.lower not in weak():
            place = Hit("", sentence.place(at, last), sentence, number, None, way="list")
            yield from _unknown((member, *head), place)


def _turned(sentence: Sentence, number: int, phrase: tuple[int, int], end: int) -> Iterator[Hit]:
    """A name of the vocabulary whose head stands first: "detection of objects"."""
    tokens, last = sentence.tokens, phrase[1]
    if last != end or end + 1 >= len(tokens) or tokens[end].lower not in {"of", "in", "for"}:
        return
    start = end + 1 + (tokens[end + 1].tag == "DT")
    stop = start
    while stop < len(tokens) and tokens[stop].tag in _INNER and stop - start < 3:
        stop += 1
        key = key_of(" ".join(t.text for t in (*tokens[start:stop], *tokens[last - 1 : last])))
        concept = concepts.vocabulary().get(key)
        if concept:
            yield Hit(
                concept.label,
                sentence.place(last - 1, stop),
                sentence,
                number,
                concept,
                way="turned",
            )


def _plain(token: Token) -> bool:
    """Whether a word may stand in a phrase: letters first, no contraction, no ordinal, no clock time, no address."""
    told = token.lower
    return token.word and not _ODD.match(told) and "'" not in told.removesuffix("'s")


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """The stretch without weak words at its ends, a leading "-ing" that is a verb, and a tail that is no noun."""
    while first < last and (
        tokens[first].lower in weak()
        or (tokens[first].lower.endswith("ing") and tokens[first].lower not in _nouns_first())
    ):
        first += 1
    while last > first and (
        tokens[last - 1].lower in weak()
        or singular(tokens[last - 1].lower) in weak()
        or tokens[last - 1].tag not in _NOUNS
    ):
        last -= 1
    return first, last


def _person(part: Tokens) -> bool:
    """Whether the words are somebody's name."""
    return (
        len(part) in {2, 3}
        and all(t.capital for t in part)
        and names.fold(part[0].text) in names.given_names()
        and key_of(part[-1].text) not in concepts.words()
    )
