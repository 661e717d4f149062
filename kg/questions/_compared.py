"""Questions that compare: two names of which one is asked for, and numbers that at least some have."""

from __future__ import annotations

import re

from kg.questions import _lists
from kg.questions._asked import Named
from kg.questions._linking import Linker
from kg.questions._phrases import Words
from kg.questions._wording import PAST

_KINDS = ("person", "institution", "award", "topic", "series", "year")
_ASKED = {"person": "who", "year": "which year"}
_MORE = re.compile(r" (?:more|a higher number of|a larger number of|a greater number of) ")
_NOW = re.compile(r" (?:now|currently|today|right now|at the moment)(?= )")
_EARLIER = re.compile(r" (?:earlier|sooner|before the other) ")
_LATER = re.compile(r" (?:later|after the other) ")
_DO = frozenset("do does did has have had is are was were".split())
_BEFORE = frozenset([",", "between", "in", "at", "from", "on"])
_LOOSE = frozenset(["in", "at", "from", "on", "by", "with"])
_HAVING = {
    "institution": "which institution has",
    "year": "which year had",
    "topic": "which topic has",
}
_LONGEST = 5
"""How many words a name has that nothing parts from what is asked."""
_NUMBER = r"(?P<number>\w+)"
_LEAST = (
    (re.compile(rf" (?:more than|over|upwards of) {_NUMBER}(?: of)? "), 1),
    (re.compile(rf" (?:at least|no less than|no fewer than|not less than) {_NUMBER}(?: of)? "), 0),
    (re.compile(rf" {_NUMBER} or more(?: of)? "), 0),
    (re.compile(r" (?:several|multiple|a few|various)(?: of)? "), 0),
)
_SEVERAL = 2


def least(words: Words) -> tuple[Words, int] | None:
    """ "Schools of more than two people" as "schools of the most people", and three."""
    text = f" {' '.join(words.printed)} "
    for form, more in _LEAST:
        match = form.search(text.lower())
        if match is None:
            continue
        said = match.groupdict().get("number")
        number = _lists.number(said) if said else None
        if said and number is None:
            continue
        fewest = int(number.values[0]) + more if number else _SEVERAL
        return Words.of(f"{text[: match.start()]} the most {text[match.end() :]}"), fewest
    return None


def compared(linker: Linker, words: Words) -> tuple[Words, tuple[Named, Named]] | None:
    """ "Who won more awards, A or B" and "did A win more awards than B" as "who won the most awards", and both."""
    return _either(linker, words) or _than(linker, words) or _which(linker, words)


def _either(linker: Linker, words: Words) -> tuple[Words, tuple[Named, Named]] | None:
    """Two names behind a question, the second behind "or"."""
    if words.plain[1:2] == ("more",) and words.plain[0] in _DO:
        words = Words.of("at which institution") + words
    if "or" not in words.plain[2:] or words.plain[0] in _DO:
        return None
    last = len(words) - 1 - words.plain[::-1].index("or")
    ties = [n + 1 for n in range(1, last) if words.plain[n] in _BEFORE]
    other = words[last + 1 :]
    other = other[1:] if other.plain[:1] and other.plain[0] in _LOOSE else other
    for start in (*reversed(ties), *range(max(2, last - _LONGEST), last)):
        pair = _pair(linker, words[start:last], other)
        if pair:
            rest = words[: start - 1] if start in ties else words[:start]
            return _most(_of_kind(pair[0], rest)), (pair[1], pair[2])
    return None


def _of_kind(kind: str, words: Words) -> Words:
    """ "Which more speakers at" as "which institution has more speakers", where two institutions are compared."""
    if kind not in _HAVING or "more" not in words.plain or words.plain[0] == "at":
        return words
    while words.plain[-1] in _LOOSE:
        words = words[:-1]
    return Words.of(_HAVING[kind]) + words[words.plain.index("more") :]


def _than(linker: Linker, words: Words) -> tuple[Words, tuple[Named, Named]] | None:
    if "than" not in words.plain or "more" not in words.plain or words.plain[0] not in _DO:
        return None
    than, more = words.plain.index("than"), words.plain.index("more")
    for end in range(more, 1, -1):
        pair = _pair(linker, words[1:end], words[than + 1 :])
        if pair:
            asked = Words.of(_ASKED.get(pair[0], "which institution"))
            verb = words[end:more] if end < more else words[:1]
            past = Words.of(PAST.get(verb.text, verb.text)) if words.plain[0] == "did" else verb
            return _most(asked + past + words[more:than]), (pair[1], pair[2])
    return None


def _which(linker: Linker, words: Words) -> tuple[Words, tuple[Named, Named]] | None:
    """ "Does A or B have more speakers"."""
    if "or" not in words.plain or "more" not in words.plain or words.plain[0] not in _DO:
        return None
    tie, more = words.plain.index("or"), words.plain.index("more")
    for end in range(more, tie + 1, -1):
        if pair := _pair(linker, words[1:tie], words[tie + 1 : end]):
            asked = Words.of(_HAVING.get(pair[0], f"{_ASKED.get(pair[0], 'which')} has"))
            return _most(asked + words[more:]), (pair[1], pair[2])
    return None


def _pair(linker: Linker, one: Words, other: Words) -> tuple[str, Named, Named] | None:
    """The kind of thing that both of two names are of, and what they name."""
    one, other = (w[:-1] if w.plain[-1:] == ("'s",) else w for w in (one, other))
    for kind in _KINDS:
        found = linker.link(kind, one) if len(one) and len(other) else None
        second = linker.link(kind, other) if isinstance(found, Named) and not found.people else None
        if isinstance(found, Named) and isinstance(second, Named) and not second.people:
            return kind, found, second
    return None


def _most(words: Words) -> Words:
    """A comparison as what is first or most."""
    text = _NOW.sub(" ", f" {words.text.strip(' ,')} ")
    text = _LATER.sub(" last ", _EARLIER.sub(" first ", text))
    return Words.of(_MORE.sub(" the most ", text))
