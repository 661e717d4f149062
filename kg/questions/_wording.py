"""Questions in fewer wordings: "the largest number of" is "the most", a year in front stands behind, slips mended."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from kg import ontology, queries, resources
from kg.graph import KnowledgeGraph
from kg.questions._phrases import Words, spelt, worded
from kg.questions._times import MONTHS

_NO_NAME = r"(?:did|does|do|has|have|had|is|was|are|were|who|will|can|could|should|would|to)"
_NAME = rf"(?:(?!{_NO_NAME} )\S+ ){{0,4}}?(?!{_NO_NAME} )\S+"
_PAST = {
    "studied": "study", "worked": "work", "got": "get", "won": "win", "received": "receive", "gave": "give",
    "spoke": "speak", "did": "do", "talked": "talk", "earned": "earn", "completed": "complete", "taught": "teach",
    "obtained": "obtain", "graduated": "graduate", "joined": "join", "left": "leave", "trained": "train",
}  # fmt: skip
"""Verbs as an indirect question has them, and as a direct one does."""
_INDIRECT = re.compile(
    rf"^ (where|when|in which year|(?:which|what) (?:university|institution|school)) (?!and )({_NAME}) "
    rf"({'|'.join(_PAST)})(?= )",
    re.IGNORECASE,
)
_INDIRECT_IS = re.compile(rf"^ (where|when) ({_NAME}) (is|was)(?= )", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = frozenset(
    "in since after before between and until from during of to by till year around for on".split()
    + MONTHS
)
_LEAST, _NEAR = 6, 0.88
_ROUNDS = 4


def rewritten(words: Words) -> Words:
    """The words without what only asks, and with other words for the same."""
    text = f" {words.text.strip(' ,.')} "
    for _ in range(_ROUNDS):
        shorter = f" {_tails().sub(' ', _openings().sub(' ', text)).strip(' ,')} "
        if shorter == text or not shorter.strip():
            break
        text = shorter
    for form, plain in _forms():
        text = form.sub(plain, text)
    text = _INDIRECT.sub(lambda m: f" {m[1]} did {m[2]} {_PAST[m[3].lower()]}", text)
    text = _INDIRECT_IS.sub(r" \1 \3 \2", text)
    return _year_last(Words.of(text))


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(
        rf"^ (?:{'|'.join(resources.words('question-openings'))})(?= )", re.IGNORECASE
    )


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(
        rf" (?:, )?(?:{'|'.join(resources.words('question-tails'))}) $", re.IGNORECASE
    )


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Forms of words, in the order in which they are looked for, with what is read instead of them."""
    found = []
    for row in resources.words("question-forms"):
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
    told = f"{asked} {roles} speakers people talks lectures winners researchers".lower()
    posts = " ".join(row.partition("\t")[0] for row in resources.words("roles")).lower()
    return tuple(sorted(set(re.findall(r"[a-z]{4,}", f"{told} {posts}"))))


def corrected(graph: KnowledgeGraph, words: Words) -> Words:
    """The words with slips mended in those that questions are made of; names of the graph stay as they are."""
    printed, plain = list(words.printed), list(words.plain)
    for n, word in enumerate(plain):
        fixed = len(word) < _LEAST or word in _known() or not word.isalpha()
        if fixed or words.printed[n][:1].isupper():
            continue
        close = get_close_matches(word, _known(), n=1, cutoff=_NEAR)
        if (
            close
            and close[0][0] == word[0]
            and not any(h.score > 0.6 for h in graph.search(word, None, 3))
        ):
            printed[n] = plain[n] = close[0]
    return Words(tuple(printed), tuple(plain))
