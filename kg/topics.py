"""Topics of a talk: concepts of the vocabulary that its title and abstract name, and cleaned key phrases.

Every candidate is weighed by a few plain signs: where it stands (title, opening of the abstract), how often, how
many words it has, how much of the title it says, whether the vocabulary knows it or the words it is built of, and
whether other candidates lie in the same field. The weights (``_WEIGHTS``) are those of a logistic regression over
the annotated pages. A phrase that only ever stands inside a longer one gives way to it, after the C-value idea of
Frantzi, Ananiadou & Mima (2000).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from kg import concepts, language, names, resources, settings, shapes
from kg.concepts import Concept, key_of, singular
from kg.language import Sentence, Token
from kg.model import Evidence, Fact, Listing, Page, Span

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_INNER = _NOUNS | {"JJ", "VBG", "VBN"}
_BIAS = -0.9
_WEIGHTS = {
    "title": 0.29, "opening": -0.23, "count": 0.33, "late": -0.18, "once": -0.66, "shared": 0.24, "cover": 0.96,
    "one": -1.55, "one_title": -0.5, "three": 0.86, "four": 0.53, "longer": 0.24, "kin": 0.6,
    "known": 1.55, "narrower": -0.32, "kind": 0.92, "kind2": 0.55, "head": 0.07, "name": 0.21, "ing": -0.5,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TopicAssignment(Fact):
    """A topic of a talk: a concept of the vocabulary, or a key phrase of title or abstract."""

    OBJECT: ClassVar[str] = "topic"

    topic: str
    score: float
    broader: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Hit:
    """A candidate where it stands: in the ``number``-th sentence, 0 being the title."""

    label: str
    span: Span
    sentence: Sentence
    number: int
    concept: Concept | None
    name: bool = False


@cache
def _weak() -> frozenset[str]:
    return frozenset(w for line in resources.words("topic-stopwords") for w in line.split())


def find(page: Page, listing: Listing) -> tuple[TopicAssignment, ...]:
    """Topics of a listing, most central first; () where it has no title."""
    if listing.title is None:
        return ()
    title = " ".join(page.text[listing.title.start : listing.title.end].split())
    hits = candidates(page, listing)
    weighed = {key: _weigh(signs(key, hits, title)) for key in hits}
    best = _absorb(sorted(((w, key) for key, w in weighed.items()), reverse=True), hits)
    return tuple(
        _assignment(page, title, hits[key], weight)
        for weight, key in best[: settings.DEFAULT.max_topics]
        if weight >= settings.DEFAULT.min_topic
    )


def candidates(page: Page, listing: Listing) -> dict[str, list[_Hit]]:
    """Everything that may be a topic, by its folded form, in reading order."""
    assert listing.title is not None
    spans = [
        listing.title,
        *(s for p in listing.abstract for s in language.sentences(page.text, p.start, p.end)),
    ]
    hits: dict[str, list[_Hit]] = {}
    for number, sentence in enumerate(language.parse(page.text, spans)):
        known = list(_known(sentence, number))
        for hit in (*known, *_phrases(sentence, number)):
            hits.setdefault(key_of(hit.label), []).append(hit)
    for key in [k for k, v in hits.items() if _lone(v)]:
        del hits[key]
    return hits


def _lone(found: list[_Hit]) -> bool:
    """Whether it is a single word that no vocabulary knows and that is said but once."""
    label = found[0].label
    return found[0].concept is None and " " not in label and "-" not in label and len(found) < 2


def signs(key: str, hits: dict[str, list[_Hit]], title: str) -> dict[str, float]:
    """The signs by which a candidate is weighed."""
    found = hits[key]
    first, words = found[0], key.split()
    concept = first.concept
    in_title = set(key_of(title).split()) - _weak()
    content = [w for w in words if w not in _weak()]
    fields = concepts.fields(concept.label) if concept else frozenset()
    kin = sum(
        1
        for other, there in hits.items()
        if other != key and there[0].concept and fields & concepts.fields(there[0].concept.label)
    )
    longer = sum(1 for other in hits if other != key and f" {key} " in f" {other} ")
    return {
        "title": float(any(h.number == 0 for h in found)),
        "opening": float(any(1 <= h.number <= 2 for h in found)),
        "count": math.log(len(found)),
        "late": math.log(1 + min(h.number for h in found)),
        "known": float(concept is not None),
        "one": float(len(words) == 1),
        "three": float(len(words) == 3),
        "four": float(len(words) > 3),
        "narrower": math.log(1 + (concept.narrower if concept else 0)),
        "kin": math.log(1 + kin),
        "shared": sum(w in in_title for w in content) / max(1, len(content)),
        "cover": sum(w in in_title for w in set(content)) / max(1, len(in_title)),
        "longer": math.log(1 + longer),
        "name": float(all(h.name for h in found)),
        "head": math.log(1 + concepts.heads()[words[-1]]) * (concept is None),
        "kind": float(concept is None and " ".join(words[1:]) in concepts.vocabulary()),
        "kind2": float(concept is None and " ".join(words[2:]) in concepts.vocabulary()),
        "once": float(len(found) == 1 and first.number > 0),
        "one_title": float(len(words) == 1 and first.number == 0),
        "ing": float(words[0].endswith("ing") and concept is None),
    }


def _weigh(values: dict[str, float]) -> float:
    total = _BIAS + sum(_WEIGHTS.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-total))


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
        beside = hits[key][0].concept is None and all(
            any(
                o.span.start < h.span.end and h.span.start < o.span.end
                for _, k in kept
                for o in hits[k]
                if o.concept is None
            )
            for h in hits[key]
        )
        same = beside or any(
            (words < set(k.split()) and not hits[key][0].concept)
            or words == set(k.split())
            or (len(words & set(k.split())) / len(words | set(k.split())) > 0.6)
            for _, k in kept
        )
        if not inside and not same:
            kept.append((score, key))
    return kept


def _known(sentence: Sentence, number: int) -> Iterator[_Hit]:
    """Longest names of the vocabulary from each word on."""
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        step = 1
        for end in range(min(len(tokens), i + concepts.longest() + 2), i, -1):
            if not (tokens[i].word and tokens[end - 1].word):
                continue
            printed = sentence.between(i, end)
            concept = concepts.acronyms().get(printed) or concepts.acronyms().get(
                printed.removesuffix("s")
            )
            concept = (concept if end == i + 1 else None) or concepts.vocabulary().get(
                key_of(printed)
            )
            if concept and not _shouted(printed, concept.label):
                yield _Hit(concept.label, sentence.place(i, end), sentence, number, concept)
                step = end - i
                break
        i += step


def _shouted(printed: str, label: str) -> bool:
    """Whether a word in capitals is a name of its own, not the word of the vocabulary ("MARS" is no planet)."""
    return (
        printed.isupper()
        and len(printed) > 2
        and printed not in concepts.acronyms()
        and printed.lower() == label
    )


def _phrases(sentence: Sentence, number: int) -> Iterator[_Hit]:
    """Noun phrases by their tags, weak words trimmed from both ends; of a long one also its last words."""
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        end = i
        while end < len(tokens) and tokens[end].tag in _INNER and _plain(tokens[end]):
            end += 1
        first, last = _trimmed(tokens, i, end)
        for start in {first, last - 3, last - 2} if last - first > 2 else {first}:
            if start < first or last - start > 4 or start >= last:
                continue
            part = tokens[start:last]
            if any(t.lower in _weak() for t in part) or (part[0].tag == "VBN" and start > first):
                continue
            name = all(t.tag.startswith("NNP") for t in part) and number > 0
            if not _person(part) and (len(part) > 1 or "-" in part[0].text or number == 0 or name):
                words = [names.strip_accents(t.text).lower() for t in part]
                last_word = words[-1] if name and part[-1].tag == "NNP" else singular(words[-1])
                label = " ".join([*words[:-1], last_word])
                key = key_of(label)
                if key not in concepts.vocabulary():
                    yield _Hit(label, sentence.place(start, last), sentence, number, None, name)
        i = max(end, i + 1)


def _plain(token: Token) -> bool:
    """Whether a word may stand in a phrase: letters first, no contraction, no ordinal, no clock time."""
    return (
        token.word
        and not re.match(r"\d+(?:st|nd|rd|th|am|pm)?$|\d\d", token.lower)
        and "'" not in token.lower.removesuffix("'s")
    )


def _trimmed(tokens: tuple[Token, ...], first: int, last: int) -> tuple[int, int]:
    """The stretch without weak words at its ends, a leading "-ing" that is a verb, and a tail that is no noun."""
    while first < last and (
        tokens[first].lower in _weak()
        or (tokens[first].lower.endswith("ing") and not _leads(tokens[first:last]))
    ):
        first += 1
    while last > first and (
        tokens[last - 1].lower in _weak()
        or singular(tokens[last - 1].lower) in _weak()
        or tokens[last - 1].tag not in _NOUNS
    ):
        last -= 1
    return first, last


@cache
def _leaders() -> frozenset[str]:
    return frozenset(k.split()[0] for k in concepts.vocabulary() if " " in k)


def _leads(part: Iterable[Token]) -> bool:
    """Whether an "-ing" word begins a term ("learning rate", "sampling bias"), as it does in the vocabulary."""
    return next(iter(part)).lower in _leaders()


def _person(part: tuple[Token, ...]) -> bool:
    """Whether the words are somebody's name."""
    return (
        len(part) in {2, 3}
        and all(t.capital for t in part)
        and names.fold(part[0].text) in shapes.given_names()
        and key_of(part[-1].text) not in concepts.words()
    )


def _assignment(page: Page, title: str, found: list[_Hit], weight: float) -> TopicAssignment:
    hit = found[0]
    sentence = hit.sentence
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
        rule="topic/vocabulary" if hit.concept else "topic/phrase",
        confidence=0.9 if hit.concept else 0.65,
        topic=hit.label,
        score=round(weight, 3),
        broader=hit.concept.broader if hit.concept else (),
    )
