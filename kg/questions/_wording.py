"""Questions in fewer wordings: "the largest number of" is "the most", a year in front stands behind, slips mended."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from kg import ontology, queries, resources
from kg.graph import KnowledgeGraph
from kg.questions._phrases import Words

_SAME = (
    ("the (?:largest|greatest|highest|biggest) number of", "the most"),
    ("altogether|in total|in all|so far", ""),
    ("is there anything (?:on|about)", "talks on"),
    ("anything (?:on|about)", "talks on"),
    (
        "what (?:has been|was|is|have been) (?:presented|given|said|shown|there)",
        "which talks were given",
    ),
    ("(?:has|have) (?:ever )?(won|received|got|studied|worked|spoken|trained|written)", r"\1"),
    ("employed", "working"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = frozenset(
    "in since after before between and until from during of to by till year around for on january february march april "
    "may june july august september october november december".split()
)
_LEAST, _NEAR = 6, 0.88


def rewritten(words: Words) -> Words:
    """The words with other words for the same."""
    text = f" {words.text} "
    for form, plain in _SAME:
        text = re.sub(rf"(?<= )(?:{form})(?= )", plain, text, flags=re.IGNORECASE)
    return _year_last(Words.of(text))


def _year_last(words: Words) -> Words:
    """A year in front of what it dates stands behind: "2014 talks on tides", "the 2009 Tern Medal"."""
    for n, word in enumerate(words.plain[:-1]):
        front = n == 0 or words.plain[n - 1] not in _BEFORE
        if _YEAR.fullmatch(word) and front and words.plain[n + 1] not in _BEFORE:
            rest = words.without(n)
            return Words((*rest.printed, "in", word), (*rest.plain, "in", word))
    return words


@cache
def _known() -> tuple[str, ...]:
    """Words that questions are made of."""
    catalogue = (*queries.catalogue().values(), *queries.conditions().values())
    asked = " ".join(" ".join((*q.phrasings, *q.superlatives)) for q in catalogue)
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
