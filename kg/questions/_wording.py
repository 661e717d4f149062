"""Questions in fewer wordings: "the largest number of" is "the most", a year in front stands behind, slips mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from kg import names, ontology, queries, resources
from kg.graph import KnowledgeGraph
from kg.questions._phrases import Words, spelt, worded
from kg.questions._times import MONTHS
from kg.questions._turned import interested, turned

_NO_NAME = r"(?:did|does|do|has|have|had|is|was|are|were|who|will|can|could|should|would|to)"
_NAME = rf"(?:(?!{_NO_NAME} )\S+ ){{0,4}}?(?!{_NO_NAME} )\S+"
_PAST = {
    "studied": "study", "worked": "work", "got": "get", "won": "win", "received": "receive", "gave": "give",
    "spoke": "speak", "did": "do", "talked": "talk", "earned": "earn", "completed": "complete", "taught": "teach",
    "obtained": "obtain", "graduated": "graduate", "joined": "join", "left": "leave", "trained": "train",
}  # fmt: skip
"""Verbs as an indirect question has them, and as a direct one does."""
PAST = {plain: past for past, plain in _PAST.items()}
"""Verbs of questions with "did", and what they say."""
_INDIRECT = re.compile(
    rf"^ (where|when|in which year|(?:which|what) (?:university|institution|school)) (?!and )({_NAME}) "
    rf"({'|'.join(_PAST)})(?= )",
    re.IGNORECASE,
)
_INDIRECT_IS = re.compile(rf"^ (where|when) ({_NAME}) (is|was)(?= )", re.IGNORECASE)
_ASKS_FIRST = r"(?!(?:\S+ )?(?:who|which|what|where|when|how) )"
_ASKED_LAST = r"(where|when|(?:in |at |from |on |for )?(?:what|which)(?: \S+){1,3})"
_IN_SITU = re.compile(
    rf"^ {_ASKS_FIRST}((?:\S+ ){{0,4}}?\S+) ({'|'.join(_PAST)}) ((?:\S+ )*?){_ASKED_LAST} $",
    re.IGNORECASE,
)
_IN_SITU_IS = re.compile(
    rf"^ {_ASKS_FIRST}((?:\S+ ){{0,6}}?\S+) (is|was|are|were) {_ASKED_LAST} $",
    re.IGNORECASE,
)
"""Questions whose asking words stand last: "Ada Byron studied where"."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = frozenset(
    "in since after before between and until from during of to by till year around for on".split()
    + MONTHS
)
_SEVERAL = frozenset(["the", "both", "two"])
"""Behind these a family name in the plural stands for several people."""
_SHORTEST = 4
_LEAST, _NEAR = 5, 0.87
_ROUNDS = 4
_GLUED = re.compile(r"[a-z]+(?:\(\?:|\[)[a-z|]+[\])][?*]?[a-z]*")
"""Words of which a form has but parts: "organi[sz]ations"."""
_WORDINGS = ("question-forms", "question-forms-loose", "question-openings", "question-tails")


def rewritten(words: Words, loose: bool = False) -> Words:
    """The words without what only asks, and with other words for the same.

    Parameters:
        loose: also by forms that might take something from a question that is understood without them.
    """
    text = interested(f" {words.text.strip(' ,.')} ")
    tails = _tails(loose)
    for _ in range(_ROUNDS):
        opened = _opened(text)
        shorter = f" {tails.sub(' ', turned(tails.sub(' ', opened))).strip(' ,')} "
        if shorter == text or not shorter.strip():
            break
        text = shorter
    for form, plain in (
        *(_forms("question-forms-loose") if loose else ()),
        *_forms("question-forms"),
    ):
        text = form.sub(plain, text).replace("  ", " ")
    text = _INDIRECT.sub(lambda m: f" {m[1]} did {m[2]} {_PAST[m[3].lower()]}", text)
    text = _IN_SITU.sub(lambda m: f" {m[4]} did {m[1]} {_PAST[m[2].lower()]} {m[3]}", text)
    text = _IN_SITU_IS.sub(r" \3 \2 \1 ", text)
    text = _INDIRECT_IS.sub(r" \1 \3 \2", text)
    return _year_last(Words.of(text))


def _opened(text: str) -> str:
    """A question without all that stands in front of it and only asks."""
    for _ in range(_ROUNDS):
        shorter = f" {_openings().sub(' ', text).strip(' ,')} "
        if shorter == text or not shorter.strip():
            break
        text = shorter
    return text


_FILLERS = frozenset(
    "own recorded listed documented known registered current currently ever really actually just themselves himself "
    "herself personally various different maybe perhaps possibly officially formally exactly also already "
    "main typical usual principal key ,".split()
)
"""Words that may be left out of a question that is not understood with them."""


def relaxed(words: Words) -> Iterator[Words]:
    """A question as it stands, then without commas and words that add nothing."""
    yield words
    kept = [n for n, word in enumerate(words.plain) if word not in _FILLERS]
    if kept and len(kept) < len(words):
        said = Words(tuple(words.printed[n] for n in kept), tuple(words.plain[n] for n in kept))
        yield rewritten(said)


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(
        rf"^ (?:{'|'.join(resources.words('question-openings'))})(?=,? )", re.IGNORECASE
    )


@cache
def _tails(loose: bool) -> re.Pattern[str]:
    more = resources.words("question-tails-loose") if loose else ()
    return re.compile(
        rf" (?:, )?(?:(?:and|but) )?(?:{'|'.join((*resources.words('question-tails'), *more))}) $",
        re.IGNORECASE,
    )


@cache
def _forms(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Forms of words, in the order in which they are looked for, with what is read instead of them."""
    found = []
    for row in resources.words(name):
        form, _, plain = row.partition("\t")
        first = form.startswith("^")
        start = "^ " if first else "(?<= )"
        pattern = re.compile(rf"{start}(?:{worded(form.removeprefix('^'))})(?= )", re.IGNORECASE)
        found.append((pattern, " " * first + plain))
    return tuple(found)


def _year_last(words: Words) -> Words:
    """A year in front of what it dates stands behind: "2014 talks on tides", "the 2009 Tern Medal"."""
    for n, word in enumerate(words.plain[:-1]):
        front = n == 0 or words.plain[n - 1] not in _BEFORE
        if _YEAR.fullmatch(word) and front and words.plain[n + 1] not in _BEFORE:
            return words.without(n) + Words.of(f"in {word}")
    return words


@cache
def _known() -> tuple[str, ...]:
    """Words that questions are made of."""
    catalogue = (*queries.catalogue().values(), *queries.conditions().values())
    asked = spelt(" ".join(" ".join((*q.phrasings, *q.superlatives)) for q in catalogue))
    roles = " ".join(f"{c.label} {c.label}s" for c in ontology.load().concepts.values())
    roles = f"{roles} {' '.join(MONTHS)}"
    told = f"{asked} {roles} speakers people talks lectures winners researchers".lower()
    forms = " ".join(row for name in _WORDINGS for row in resources.words(name)).lower()
    forms = _GLUED.sub(" ", forms)
    posts = " ".join(row.partition("\t")[0] for row in resources.words("roles")).lower()
    return tuple(sorted(set(re.findall(r"[a-z]{4,}", f"{told} {posts} {forms}"))))


def _exchanged(word: str) -> list[str]:
    """Words that questions are made of, with two letters beside each other exchanged: "recieve"."""
    ways = (word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1))
    return [way for way in ways if way in _known()][:1]


def owned(graph: KnowledgeGraph, words: Words) -> Words:
    """The words with apostrophes that were left out behind names: "hulses advisor"."""
    for n, word in enumerate(words.plain[:-1]):
        if len(word) < _SHORTEST or word[-1] != "s" or words.plain[n + 1] == "'s":
            continue
        clan = n and words.plain[n - 1] in _SEVERAL
        if clan or word in _known() or not word.isalpha() or _is_family(graph, word):
            continue
        if _is_family(graph, word[:-1]):
            printed = (*words.printed[:n], words.printed[n][:-1], "'s", *words.printed[n + 1 :])
            return Words(printed, (*words.plain[:n], word[:-1], "'s", *words.plain[n + 1 :]))
    return words


def honoured(graph: KnowledgeGraph, words: Words) -> Words:
    """The words with an honour as the graph calls it: "an IEEE fellowship" where it knows the IEEE Fellow."""
    for n in range(1, len(words)):
        if words.plain[n] not in {"fellowship", "fellowships"}:
            continue
        if graph.named(f"{words.printed[n - 1]} Fellow", "award"):
            first = n - 1 - (n > 1 and words.plain[n - 2] in {"a", "an", "the"})
            the = Words.of("the") + words[n - 1 : n] + Words.of("fellow")
            return words[:first] + the + words[n + 1 :]
    return words


def _is_family(graph: KnowledgeGraph, word: str) -> bool:
    """Whether somebody's name ends in a word."""
    hits = graph.search(word, "person", 5, slips=False)
    return any(names.fold(hit.name).split()[-1:] == [names.fold(word)] for hit in hits)


def corrected(graph: KnowledgeGraph, words: Words) -> Words:
    """The words with slips mended in those that questions are made of; names of the graph stay as they are."""
    printed, plain = list(words.printed), list(words.plain)
    for n, word in enumerate(plain):
        fixed = len(word) < _LEAST or word in _known() or not word.isalpha()
        if fixed or words.printed[n][:1].isupper():
            continue
        close = _exchanged(word) or get_close_matches(word, _known(), n=1, cutoff=_NEAR)
        if (
            close
            and close[0][0] == word[0]
            and not any(word in names.fold(h.name).split() for h in graph.search(word, None, 3))
        ):
            printed[n] = plain[n] = close[0]
    return Words(tuple(printed), tuple(plain))
