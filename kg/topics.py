"""Topics of a talk: concepts of the vocabulary that its title and abstract name, and cleaned key phrases.

Every candidate is weighed by plain signs: where it stands, how often, how many words it has, how much of the title
it says, whether the vocabulary knows it or the words it is built of, and whether other candidates lie in the same
field. The weights (``data/models/topics.json``) are those of a logistic regression over annotated pages, learned by
``python -m kg.training.topics``. A phrase that only ever stands inside a longer one gives way to it, after the
C-value idea of Frantzi, Ananiadou & Mima (2000).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import ClassVar

from kg import concepts, language, phrases, resources, settings
from kg.concepts import key_of
from kg.language import Sentence
from kg.model import Evidence, Fact, Listing, Page, Span
from kg.phrases import Hit

_NOTICE = re.compile(
    r"creativecommons\.org|licen[cs]ed under|all rights reserved|release agreement", re.IGNORECASE
)
"""What is said of the recording, not of the subject."""
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_EASTERN_LONGEST = 10
Hits = dict[str, list[Hit]]
_ALIKE = 0.6
_WORDS, _LETTERS = 5, 2
"""Words that a keyword has at most, and letters that it has at least."""


@dataclass(frozen=True, kw_only=True)
class TopicAssignment(Fact):
    """A topic of a talk: a concept of the vocabulary, or a key phrase of title or abstract."""

    OBJECT: ClassVar[str] = "topic"

    topic: str
    score: float
    broader: tuple[str, ...] = ()


@cache
def weights() -> dict[str, float]:
    """Weight of every sign, and the "bias"."""
    file = resources.folder("data/models") / "topics.json"
    return {name: float(w) for name, w in json.loads(file.read_text("utf-8")).items()}


def find(
    page: Page, listing: Listing, parsed: Mapping[Span, Sentence] = MappingProxyType({})
) -> tuple[TopicAssignment, ...]:
    """Topics of a listing, those that its source gives before those of its words, each most central first.

    () where it has no title.

    Parameters:
        parsed: sentences of the page that have been parsed already.
    """
    if listing.title is None:
        return ()
    title = " ".join(page.text[listing.title.start : listing.title.end].split())
    hits = candidates(page, listing, parsed)
    ranked = sorted(((_weigh(s), key) for key, s in signs(hits, title).items()), reverse=True)
    given = _given(page, listing, title)
    left = max(0, settings.DEFAULT.max_topics - len(given))
    found = [
        (weight, key)
        for weight, key in _absorb(ranked, hits)
        if weight >= settings.DEFAULT.min_topic and key not in given
    ]
    own = (_assignment(page, title, hits[key], weight) for weight, key in found[:left])
    return (*given.values(), *own)


def _given(page: Page, listing: Listing, title: str) -> dict[str, TopicAssignment]:
    """Topics that the source gives as keywords, by their folded form; no numbers and no whole sentences."""
    found: dict[str, TopicAssignment] = {}
    for span in listing.keywords:
        printed = page.text[slice(*span)]
        words = printed.strip("#").replace("_", " ").split()
        if not 0 < len(words) <= _WORDS or sum(map(str.isalpha, printed)) < _LETTERS:
            continue
        phrase = " ".join(words)
        concept = concepts.known(phrase)
        label = concept.label if concept else phrase.lower() if phrase.istitle() else phrase
        found.setdefault(
            key_of(label),
            TopicAssignment(
                subject=title,
                evidence=Evidence(page, *span, printed),
                printed=printed,
                at=span,
                rule="topic/keyword",
                confidence=0.95,
                topic=label,
                score=1.0,
                broader=concept.broader if concept else (),
            ),
        )
    return found


def spans(page: Page, listing: Listing) -> list[Span]:
    """Where topics are looked for: the title, and the sentences of the abstract; nowhere without a title."""
    if listing.title is None:
        return []
    told = (language.sentences(page.text, p.start, p.end) for p in listing.abstract)
    return [listing.title, *(s for found in told for s in found)]


def candidates(
    page: Page, listing: Listing, parsed: Mapping[Span, Sentence] = MappingProxyType({})
) -> Hits:
    """Everything that may be a topic, by its folded form, in reading order."""
    hits: Hits = {}
    told = language.parse(page.text, spans(page, listing), parsed)
    foreign = 2 * sum(bool(s.glossed) for s in told) > len(told)
    for number, sentence in enumerate(told):
        if number and _NOTICE.search(sentence.text):
            continue
        found = list(phrases.known(sentence, number))
        if (
            sentence.glossed or not foreign
        ):  # the tags of a short title of another language are guessed
            found += phrases.phrases(sentence, number)
        for hit in found:
            hits.setdefault(key_of(hit.label), []).append(hit)
    for key in [k for k, v in hits.items() if _lone(v) or _clause(v[0])]:
        del hits[key]
    return hits


def _clause(hit: Hit) -> bool:
    """Whether a phrase behind the title, of a script without blanks, is as long as a clause."""
    long = len(hit.label) > _EASTERN_LONGEST and hit.concept is None
    return long and hit.number > 0 and _EASTERN.search(hit.label) is not None


def _lone(found: list[Hit]) -> bool:
    """Whether it is a single word that no vocabulary knows, said but once, and neither in the title nor as a name."""
    first = found[0]
    return (
        first.concept is None
        and " " not in first.label
        and "-" not in first.label
        and len(found) < 2
        and first.number > 0
        and not first.name
    )


def signs(hits: Hits, title: str) -> dict[str, dict[str, float]]:
    """The signs by which the candidates of a talk are weighed, by candidate."""
    in_title = frozenset(key_of(title).split()) - phrases.weak()
    fields = Counter(field for found in hits.values() for field in _fields(found))
    lengths = {h.number: len(h.sentence.tokens) for found in hits.values() for h in found}
    talk = {"long": math.log(1 + sum(lengths.values())), "few": math.log(1 + len(hits))}
    return {
        key: talk
        | _place(hits[key], max(lengths))
        | _wording(key, hits, in_title)
        | _standing(key, hits[key], fields)
        for key in hits
    }


def _fields(found: list[Hit]) -> frozenset[str]:
    concept = found[0].concept
    return concepts.fields(concept.label) if concept else frozenset()


def _place(found: list[Hit], sentences: int) -> dict[str, float]:
    """Where it stands and how often."""
    first = min(h.number for h in found)
    known = found[0].concept is not None
    return {
        "count": math.log(len(found)),
        "late": math.log(1 + first),
        "end": first / max(1, sentences),
        "spread": math.log(len({h.number for h in found})),
        "once": float(len(found) == 1 and first > 0),
        "known_title": float(known and first == 0),
        "lone": float(
            not known
            and "-" not in found[0].label
            and len(found) == 1
            and " " not in found[0].label
        ),
    }


def _wording(key: str, hits: Hits, in_title: frozenset[str]) -> dict[str, float]:
    """How many words it has, what they are, and how much of the title they say."""
    found, words = hits[key], key.split()
    content = [w for w in words if w not in phrases.weak()]
    return {
        "one": float(len(words) == 1),
        "one_title": float(len(words) == 1 and found[0].number == 0),
        "three": float(len(words) == 3),
        "four": float(len(words) > 3),
        "letters": sum(map(len, words)) / 10,
        "shared": sum(w in in_title for w in content) / max(1, len(content)),
        "cover": sum(w in in_title for w in set(content)) / max(1, len(in_title)),
        "longer": math.log(1 + sum(f" {key} " in f" {k} " for k in hits if k != key)),
        "name": float(all(h.name for h in found)),
        "weak": float(found[0].way == "weak"),
        "ing": float(words[0].endswith("ing") and found[0].concept is None),
    }


def _standing(key: str, found: list[Hit], fields: Counter[str]) -> dict[str, float]:
    """What the vocabulary says of it, of its words, and of others of its field that the talk names."""
    concept, words, known = found[0].concept, key.split(), concepts.vocabulary()
    kin = max((fields[f] for f in _fields(found)), default=1) - 1
    return {
        "known": float(concept is not None),
        "own": float(concept is not None and concept.label not in concepts.by_label()),
        "narrower": math.log(1 + (concept.narrower if concept else 0)),
        "depth": float(len(_fields(found))),
        "kin": math.log(1 + kin),
        "head": math.log(1 + concepts.heads()[words[-1]]) * (concept is None),
        "kind": float(concept is None and " ".join(words[1:]) in known),
        "kind2": float(concept is None and " ".join(words[2:]) in known),
    }


def _weigh(values: dict[str, float]) -> float:
    total = sum(weights().get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-total - weights()["bias"]))


def _absorb(ranked: list[tuple[float, str]], hits: Hits) -> list[tuple[float, str]]:
    """Leave out a candidate that stands only where better ones do, or that says the same words as one of them."""
    kept: list[tuple[float, str]] = []
    for score, key in ranked:
        better = [k for _, k in kept]
        phrase = hits[key][0].concept is None
        taken = [h.span for k in better for h in hits[k] if h.concept is None]
        beside = phrase and all(
            any(_meet(h.span, t) for t in taken) or _covered(h.span, better, hits)
            for h in hits[key]
        )
        if not beside and not any(_same(key, k, phrase) for k in better):
            kept.append((score, key))
    return kept


def _meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _covered(span: Span, keys: list[str], hits: Hits) -> bool:
    return any(h.span.start <= span.start and span.end <= h.span.end for k in keys for h in hits[k])


def _same(key: str, other: str, phrase: bool) -> bool:
    """Whether two say the same: most words in common, or all words of a phrase that no vocabulary knows."""
    a, b = set(key.split()), set(other.split())
    return (phrase and a < b) or len(a & b) / len(a | b) > _ALIKE


def _assignment(page: Page, title: str, found: list[Hit], weight: float) -> TopicAssignment:
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
