"""Questions that are phrasings of a query of the catalogue: with what values, and what of its answer is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg import queries
from kg.model import Answer
from kg.questions import _lists
from kg.questions._answers import YEARLY, atleast, first, most, told, within
from kg.questions._asked import Named, Years, surety
from kg.questions._compared import compared, least
from kg.questions._composing import takes_people
from kg.questions._linking import Linker
from kg.questions._phrases import Book, Phrase, Words, compiled
from kg.questions._times import time
from kg.questions._wording import rewritten

_PLACES = frozenset(["institution", "school", "destination"])
_ALSO = re.compile(
    r"\band (when|where|(?:in )?(?:which|what) year)(?: (?:was|did|is) (?:it|that|he|she|they)(?: \w+){0,2})?\W*$",
    re.IGNORECASE,
)
"""What a question asks for besides, at its end."""
_ASKS = frozenset(
    "who which what where when how why is was are were did does do has have had".split()
)
_FRONTS = ("who are the", "what are the", "what is the", "which")
"""What noun phrases leave out."""
_EXTREME = re.compile(r"\b(?:MIN|MAX)\(")
_UNTOLD = "(not told)"


@dataclass(frozen=True)
class Whole:
    """A query of the catalogue that a whole question asks.

    Parameters:
        most: the rows that have most are asked for.
        told: what of the answer is asked for: a column, several tied by "+", "#" for the number of rows, behind it
            "least" or "greatest" and the column that decides.
        years: the rows of which years.
        top: how many of those that have most are asked for, 0 for the one.
        least: the rows with at least so many are asked for, 0 for all.
        among: what the rows must tell of, where some things are compared.
    """

    query: queries.Query
    values: Mapping[str, Named]
    score: float
    most: bool
    told: str = ""
    years: Years | None = None
    top: int = 0
    least: int = 0
    among: frozenset[str] = frozenset()

    @property
    def sure(self) -> float:
        """How well its names were understood."""
        return surety(self.values.values())

    @property
    def people(self) -> bool:
        """Whether it is asked of people told by conditions."""
        return any(v.people for v in self.values.values())

    def of(self, answer: Answer) -> Answer:
        """What is asked for of an answer."""
        answer = replace(answer, rows=tuple(r for r in answer.rows if r[0] != _UNTOLD))
        if self.among:
            rows = tuple(row for row in answer.rows if not self.among.isdisjoint(row))
            answer = replace(answer, rows=rows)
        if self.least:
            answer = atleast(answer, self.least)
        if self.most:
            answer = first(answer, self.top) if self.top else most(answer)
        if self.years:
            answer = within(answer, self.years)
        for part in self.told.split(", "):
            answer = told(answer, part)
        return answer


def wholes(linker: Linker, words: Words) -> Iterator[Whole]:
    """Queries of the catalogue that the whole question is a phrasing of."""
    plain, years = _timed(words)
    if years:
        dated = (w for w in _phrased(linker, plain) if YEARLY & set(_columns(w.query)))
        yield from (replace(w, years=years) for w in dated if not _EXTREME.search(w.query.text))
    yield from _phrased(linker, words)
    yield from _unasked(linker, words)
    yield from _placed(linker, words)
    yield from _ranked(linker, words)
    if which := _counted(words):
        for found in (*wholes(linker, which), *wholes(linker, _plain(which))):
            if not found.most and found.query.parameters and "GROUP BY" not in found.query.text:
                yield replace(found, told=f"{found.told}, #" if found.told else "#")


def _ranked(linker: Linker, words: Words) -> Iterator[Whole]:
    """Rankings of which so many are asked for, or those with at least so many."""
    if ranked := _topped(words):
        for found in wholes(linker, ranked[0]):
            if found.most or found.query.view == "bar":
                yield replace(found, most=True, top=ranked[1])
    if several := least(words):
        most = (w for w in wholes(linker, several[0]) if w.most and not w.least)
        yield from (replace(w, most=False, least=several[1]) for w in most)


def either(linker: Linker, words: Words) -> Iterator[Whole]:
    """Queries of the catalogue that tell which of two things is asked for."""
    if found := compared(linker, words):
        labels = frozenset(label for named in found[1] for label in named.labels)
        for whole in wholes(linker, rewritten(found[0])):
            if whole.most or whole.told:
                yield replace(whole, among=labels)


def _topped(words: Words) -> tuple[Words, int] | None:
    """ "The five most common topics" as "the most common topics", and five."""
    for n, word in enumerate(words.plain[:5]):
        number = _lists.number(word)
        if number and "most" in words.plain[n + 1 :]:
            return words.without(n), int(number.values[0])
    return None


def _counted(words: Words) -> Words | None:
    """ "How many awards did she win" as "which awards did she win"."""
    for at in (0, 1):
        if words.plain[at : at + 2] == ("how", "many"):
            return words[:at] + Words.of("which") + words[at + 2 :]
    return None


def _unasked(linker: Linker, words: Words) -> Iterator[Whole]:
    """ "Academic siblings of Ada Byron" as "who are the academic siblings of Ada Byron"."""
    if words.plain[:1] and words.plain[0] not in _ASKS:
        for front in _FRONTS:
            phrased = _phrased(linker, Words.of(front) + words)
            for found in (f for f in phrased if not f.people):
                yield replace(found, score=found.score - len(front.split()))


def _placed(linker: Linker, words: Words) -> Iterator[Whole]:
    """ "Where and when did she study": where, with the year beside it."""
    if words.plain[:3] == ("where", "and", "when"):
        for found in _phrased(linker, words[:1] + words[3:]):
            columns = _columns(found.query)
            year = next((c for c in columns if c in YEARLY), "")
            if year and not found.told and not found.most:
                yield replace(found, told=f"{columns[0]}+{year}")


def beside(found: Whole, question: str) -> Whole:
    """A query whose answer is to tell a second thing, too: "who won it, and when?"."""
    match = _ALSO.search(question)
    columns = _columns(found.query)
    front = found.told or columns[0]
    wanted = _PLACES if match and match[1].lower() == "where" else YEARLY
    also = next((c for c in columns if c in wanted and c != front), "")
    if not match or not also or front not in columns or found.most:
        return found
    return replace(found, told=f"{front}+{also}")


def _plain(words: Words) -> Words:
    """ "Which awards of Ada Byron" as "awards of Ada Byron"."""
    return words[1:] if words.plain[0] == "which" else words


def _columns(query: queries.Query) -> tuple[str, ...]:
    selected = query.text.partition("SELECT")[2].partition("WHERE")[0]
    return tuple(word.strip("?()") for word in selected.split() if "?" in word)


def _timed(words: Words) -> tuple[Words, Years | None]:
    """A question without the time at its end, and that."""
    for n in range(2, 7):
        if len(words) > n and (years := time(words[len(words) - n :])):
            return words[: len(words) - n], years
    return words, None


def _phrased(linker: Linker, words: Words) -> Iterator[Whole]:
    """Queries of the catalogue that words are a phrasing of."""
    known, book = _known()
    for query, phrase, asked in (known[number] for number in book.near(words)):
        for slots in phrase.fits(words):
            named = _values(linker, query, slots)
            if named is not None:
                sure = surety(named.values())
                score = len(words) * (0.5 + 0.5 * sure) + 0.1 * phrase.literal + phrase.exact
                yield Whole(query, named, score, phrase.exact, asked)


@cache
def _known() -> tuple[tuple[tuple[queries.Query, Phrase, str], ...], Book]:
    """Every phrasing of the catalogue with its query and what of the answer it asks for."""
    found = []
    for query in queries.catalogue().values():
        for phrasing in (*query.phrasings, *query.superlatives):
            said, _, asked = phrasing.partition(" -> ")
            found.append((query, compiled(said, phrasing in query.superlatives), asked))
    return tuple(found), Book([phrase for _, phrase, _ in found])


def _values(
    linker: Linker, query: queries.Query, slots: Mapping[str, Words]
) -> dict[str, Named] | None:
    """What stands in the slots, if all of it is known."""
    found = {}
    for name, words in slots.items():
        named = linker.link(query.parameter(name).type, words)
        if not isinstance(named, Named) or (named.people and not takes_people(query, name)):
            return None
        found[name] = named
    return found
