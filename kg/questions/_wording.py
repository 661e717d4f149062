"""Questions in fewer wordings: "the largest number of" is "the most", a year in front stands behind, slips mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache

from kg import ontology, queries, resources
from kg.graph import KnowledgeGraph
from kg.questions._phrases import Words, spelt

_ASKING = re.compile(
    r"^(?:(?:please|kindly|hi|hello|hey|so|and|then|ok|okay|um|well|now) ,? ?|,|(?:can|could|would|will) (?:you|i|we|u) (?:please )?"
    r"|i(?: need| want| would like|'d like| am looking for| wonder| was wondering| am interested in| am searching for)"
    r"(?: to (?:know|see|find|find out|have|get|ask|learn))?(?: about)? |we (?:need|want|are looking for) "
    r"|i'm (?:looking for|searching for|interested in) |looking for |search for |searching for |display |print "
    r"|(?:show|give|tell|get|find|send|bring|fetch|name|list|identify|enumerate|return|find out|look up|get me)"
    r"(?: (?:me|us|out|up))*(?: (?:a|the) list of| a listing of| the names of| names of)? "
    r"|do (?:you|we) (?:happen to )?know |any idea |a list of |list of |the names of (?=all|the|people|speakers|everyone))",
    re.IGNORECASE,
)
"""What only asks to be answered."""
_TAIL = re.compile(
    r",? (?:and (?:when|where|how many|who|whom|in (?:which|what) year|what year|why|from where|which ones)|who|which ones|which"
    r"|who are they|who is it|please|if any|if anyone|if so|thanks|thank you|in (?:the|this|your|our) (?:graph|data|database|dataset|data set"
    r"|corpus|collection|knowledge graph|calendar|programme|program|listing|listings)|on the calendar|among (?:the|our|all) (?:speakers|people|talks)"
    r"|here|by the way|exactly|again|at all|do you know|i wonder)$",
    re.IGNORECASE,
)
"""What is told with every answer, or says nothing."""
_NAME = r"(?:(?!(?:did|does|do|has|have|is|was|are|were|who) )\S+ ){0,4}?(?!(?:did|does|do|has|have|is|was|are|were|who) )\S+"
_PAST = {
    "studied": "study", "worked": "work", "got": "get", "won": "win", "received": "receive", "gave": "give",
    "spoke": "speak", "did": "do", "talked": "talk", "earned": "earn", "completed": "complete", "taught": "teach",
    "obtained": "obtain", "graduated": "graduate", "joined": "join", "left": "leave", "trained": "train",
}  # fmt: skip
"""Verbs as an indirect question has them, and as a direct one does."""


def _inverted(match: re.Match[str]) -> str:
    """ "Where Ada Byron studied" as "where did Ada Byron study"."""
    return f" {match[1]} did {match[2]} {_PAST[match[3].lower()]}"


_SAME: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    ("the (?:largest|greatest|highest|biggest) (?:number|amount|share|proportion) of", "the most"),
    ("(?:largest|greatest|highest|biggest) number of", "most"),
    ("altogether|in total|in all|so far|to date", ""),
    ("as well as|in addition to|along with|together with|plus", "and"),
    ("^is there anything (?:on|about)", "talks on"),
    ("^anything (?:on|about)", "talks on"),
    ("^(?:do|does) (?:you|we) have (?:any|some|a|anything)", "which"),
    ("^(?:do|does) (?:you|we) have (?=people|speakers|talks|lectures|anyone|anybody)", "which"),
    (
        "what (?:has been|was|is|have been) (?:presented|given|said|shown|there)",
        "which talks were given",
    ),
    ("(?:has|have) (?:ever |also |already )?(won|received|got|studied|worked|spoken|trained|written|earned|done|held|been)", r"has \1"),
    ("grad (students?)", r"graduate \1"),
    ("bachelor'?s", "bachelor"),
    ("master'?s", "master"),
    ("uni", "university"),
    ("doctoral degrees?|ph d|ph\\. d\\.|dphils?", "phd"),
    ("(?:first|undergraduate|undergrad) degree", "bachelor"),
    ("for (?:his|her|their) (undergraduate|bachelor|master|masters) (?:degree|studies)", r"for his \1"),
    ("^(?:did|does|do) any(?:one|body)", "who"),
    ("^has any(?:one|body)(?: here| there| in the \\w+)?", "who has"),
    ("^(?:is|was) there (?:any|some)(?:one|body)(?: who| that| here)?", "who"),
    ("^(?:are|were|is|was) there(?: any| some| a| an)?(?! (?:any |some |a |an )?(?:connection|link|path|relation|relationship|tie) )", "which"),
    ("^(?:have|has|did|do|are|were) any of (?:the|our|these) (speakers|people|researchers|lecturers|participants)", r"which \1"),
    ("^(?:have|has|did|do|are|were) any (speakers|people|researchers|talks|lecturers)", r"which \1"),
    ("^(?:is|are) any(?:one|body)(?: here)?", "who is"),
    ("(?:what is |what was |what 's )?the (?:total )?number of", "how many"),
    ("^number of", "how many"),
    ("^count(?: all| the| of)*", "how many"),
    ("how often (did|has|does|do)", r"how many talks \1"),
    ("how many times (did|has|does|do)", r"how many talks \1"),
    ("what kind of", "which"),
    ("^(?:when and where|where and when)", "where"),
    ("(?:among|amongst) (?:the|our|all) (?:speakers|people|researchers)", ""),
    ("^whose (?:talks?|lectures?) (?:is|was|are|were|deals? with|dealt with) (?:about|on)?", "who spoke about"),
    (r"^where (.+) (work|teach)(?:es|s)", r"where does \\1 \\2"),
    (rf"^(where|when|in which year|(?:which|what) (?:university|institution|school)) ({_NAME}) ({'|'.join(_PAST)})", _inverted),
    (rf"^(where|when) ({_NAME}) (is|was)", r"\\1 \\3 \\2"),
    ("^who else", "who"),
    (r"how many ((?:(?!talk|lecture|seminar|presentation)\S+ )+)(?:are|were) there", r"how many \1"),
    ("which of (?:the|our|your|these|all) (speakers|people|talks|lectures|researchers|participants|awards|lecturers)", r"which \1"),
    ("^whose (\\S+) is the (?:oldest|earliest)", r"who was the first to get a \1"),
    ("^whose (\\S+) is the (?:most recent|newest|latest|youngest)", r"who was the last to get a \1"),
    ("who (got|received|earned|did|finished|won|completed) ((?:\\S+ )+?)(?:the )?(?:first|earliest)", r"who was the first to \1 \2"),
    ("who (got|received|earned|did|finished|won|completed) ((?:\\S+ )+?)(?:the )?(?:most recently|last|latest)", r"who was the last to \1 \2"),
    ("the name of the (speaker|person|researcher|advisor|supervisor)", r"the \1"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = frozenset(
    "in since after before between and until from during of to by till year around for on january february march april "
    "may june july august september october november december".split()
)
_LEAST, _NEAR = 6, 0.88
_ROUNDS = 4


def rewritten(words: Words) -> Words:
    """The words without what only asks, and with other words for the same."""
    text = words.text.strip(" ,.")
    for _ in range(_ROUNDS):
        shorter = _TAIL.sub("", _ASKING.sub("", text)).strip(" ,")
        if shorter == text or not shorter:
            break
        text = shorter
    text = f" {text} "
    for form, plain in _SAME:
        start = "^ " if form.startswith("^") else "(?<= )"
        opened = " " if form.startswith("^") else ""
        found = rf"{start}(?:{form.removeprefix('^')})(?= )"
        new = opened + plain if isinstance(plain, str) else plain
        text = re.sub(found, new, text, flags=re.IGNORECASE)
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
