"""Topics of a talk: concepts of the vocabulary that its title and abstract name, then cleaned key phrases.

Candidates are scored by how often and where they stand (a title counts most, the opening of an abstract more than
its end), how specific they are (more words), and whether the vocabulary knows them; after the C-value idea of
Frantzi, Ananiadou & Mima (2000), a phrase that only ever stands inside a longer one gives way to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from kg import language, names, resources, settings
from kg.language import Sentence
from kg.model import Evidence, Fact, Listing, Page, Span


@dataclass(frozen=True, kw_only=True)
class TopicAssignment(Fact):
    """A topic of a talk: a concept of the vocabulary, or a key phrase of title or abstract."""

    OBJECT: ClassVar[str] = "topic"

    topic: str
    score: float
    broader: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Hit:
    """A candidate where it stands."""

    key: str
    label: str
    span: Span
    sentence: Sentence
    weight: float
    known: bool
    loose: bool = False


def singular(word: str) -> str:
    """A word without its plural ending, as far as the spelling tells."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "sis")):
        return word[:-1]
    return word


def key_of(phrase: str) -> str:
    """The folded form two spellings of one topic share: singular words, British endings as American."""
    words = [singular(w) for w in names.fold(phrase).split()]
    return " ".join(
        re.sub(
            r"isation$",
            "ization",
            re.sub(
                r"(?<=[a-z])our$",
                "or",
                re.sub(r"(?<=\w)(is)(?=(e|ed|ing|er)$)", "iz", w)
                if w.endswith(("ise", "ised", "ising", "iser")) and len(w) > 6
                else w,
            ),
        )
        for w in words
    )


@cache
def vocabulary() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Key of every label and alternative label -> (label, broader labels)."""
    table: dict[str, tuple[str, tuple[str, ...]]] = {}
    for label, _, broader in _rows():
        table.setdefault(key_of(label), (label, broader))
    for label, alts, broader in _rows():
        for alt in alts:
            if not (alt.isupper() and len(alt) <= 5):
                table.setdefault(key_of(alt), (label, broader))
    return table


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Label, alternative labels and broader labels of every concept; the first row of a label counts."""
    rows: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {}
    for row in resources.rows("topics"):
        label, alts, broader = (*row, "", "")[:3]
        rows.setdefault(label.strip(), (label.strip(), _parts(alts), _parts(broader)))
    return tuple(rows.values())


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in cell.split("|") if p.strip())


@cache
def _narrower() -> Counter[str]:
    """How many concepts stand right below each label: the more, the less it tells of one talk."""
    return Counter(b for _, _, broader in _rows() for b in broader)


@cache
def acronyms() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Acronyms, as printed, of the vocabulary."""
    table: dict[str, tuple[str, tuple[str, ...]]] = {}
    for label, alts, broader in _rows():
        for alt in alts:
            if alt.isupper() and 2 <= len(alt) <= 5:
                table.setdefault(alt, (label, broader))
    return table


@cache
def _longest() -> int:
    return max((len(k.split()) for k in vocabulary()), default=1)


@cache
def _weak() -> frozenset[str]:
    return frozenset(w for line in resources.words("topic-stopwords") for w in line.split())


def find(page: Page, listing: Listing) -> tuple[TopicAssignment, ...]:
    """Topics of a listing, most central first; () where it has no title."""
    if listing.title is None:
        return ()
    spans = [
        listing.title,
        *(s for p in listing.abstract for s in language.sentences(page.text, p.start, p.end)),
    ]
    hits: dict[str, list[_Hit]] = {}
    for n, sentence in enumerate(language.parse(page.text, spans)):
        weight = 2.2 if n == 0 else 1.0 + 0.5 / (1 + n / 3)
        for hit in (*_known(sentence, weight), *_phrases(sentence, weight)):
            hits.setdefault(hit.key, []).append(hit)
    title = page.text[listing.title.start : listing.title.end]
    best = _absorb(
        sorted(((_score(found), key) for key, found in hits.items()), reverse=True), hits
    )
    return tuple(
        _assignment(page, " ".join(title.split()), hits[key], score)
        for score, key in best[: settings.DEFAULT.max_topics]
    )


def _score(found: list[_Hit]) -> float:
    first = found[0]
    words = len(first.label.split())
    base: float = sum(h.weight for h in found[:6]) ** 0.7 / (1 + _narrower()[first.label] / 12)
    return (
        base
        * (0.65 if all(h.loose for h in found) else 1.0)
        * (1.6 if first.known else 0.55)
        * (0.75, 1.0, 1.12, 1.15)[min(words, 4) - 1]
    )


def _absorb(
    ranked: list[tuple[float, str]], hits: dict[str, list[_Hit]]
) -> list[tuple[float, str]]:
    """Leave out a candidate whose every place lies inside a place of one already taken, or that says the same words."""
    kept: list[tuple[float, str]] = []
    for score, key in ranked:
        words = set(key.split())
        inside = all(
            any(
                o.span.start <= h.span.start and h.span.end <= o.span.end
                for _, k in kept
                for o in hits[k]
            )
            for h in hits[key]
        )
        same = any(
            (words < set(k.split()) and not hits[key][0].known) or words == set(k.split())
            for _, k in kept
        )
        if not inside and not same:
            kept.append((score, key))
    return kept


def _known(sentence: Sentence, weight: float) -> Iterator[_Hit]:
    """Longest labels of the vocabulary from each word on."""
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        step = 1
        for end in range(min(len(tokens), i + _longest() + 2), i, -1):
            printed = sentence.between(i, end)
            entry = acronyms().get(printed) if end == i + 1 else None
            entry = entry or (
                vocabulary().get(key_of(printed))
                if tokens[i].word and tokens[end - 1].word
                else None
            )
            if entry and not _shouted(printed, entry[0]):
                loose = (
                    end == i + 1 and key_of(printed) != key_of(entry[0]) and not printed.isupper()
                )
                yield _Hit(
                    key_of(entry[0]),
                    entry[0],
                    sentence.place(i, end),
                    sentence,
                    weight,
                    known=True,
                    loose=loose,
                )
                step = end - i
                break
        i += step


def _shouted(printed: str, label: str) -> bool:
    """Whether a word in capitals is a name of its own, not the word of the vocabulary ("MARS" is no planet)."""
    return (
        printed.isupper()
        and len(printed) > 2
        and printed not in acronyms()
        and printed.lower() == label
    )


def _phrases(sentence: Sentence, weight: float) -> Iterator[_Hit]:
    """Noun phrases of two to four words by their tags, weak words trimmed from both ends."""
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        end = i
        while (
            end < len(tokens)
            and (tokens[end].tag in {"NN", "NNS", "NNP", "NNPS", "JJ", "VBG", "VBN"})
            and tokens[end].word
        ):
            end += 1
        first, last = i, end
        while first < last and (
            tokens[first].lower in _weak()
            or (tokens[first].tag == "VBG" and first == i and last - first > 3)
        ):
            first += 1
        while last > first and (
            tokens[last - 1].lower in _weak()
            or singular(tokens[last - 1].lower) in _weak()
            or not tokens[last - 1].tag.startswith("NN")
        ):
            last -= 1
        if 2 <= last - first <= 4 and not any(t.lower in _weak() for t in tokens[first:last]):
            printed = sentence.between(first, last)
            label = " ".join(
                [
                    *names.strip_accents(printed).lower().split()[:-1],
                    singular(tokens[last - 1].lower),
                ]
            )
            yield _Hit(
                key_of(printed), label, sentence.place(first, last), sentence, weight, known=False
            )
        i = max(end, i + 1)


def _assignment(page: Page, title: str, found: list[_Hit], score: float) -> TopicAssignment:
    hit = found[0]
    sentence = hit.sentence
    entry = vocabulary().get(hit.key)
    return TopicAssignment(
        subject=title,
        evidence=Evidence(
            page,
            sentence.span.start,
            sentence.span.end,
            page.text[sentence.span.start : sentence.span.end],
        ),
        printed=page.text[hit.span.start : hit.span.end],
        at=hit.span,
        rule="topic/vocabulary" if hit.known else "topic/phrase",
        confidence=0.9 if hit.known else 0.65,
        topic=hit.label,
        score=round(score, 3),
        broader=entry[1] if entry else (),
    )
