"""Questions that are phrasings of a query of the catalogue: with what values, and what of its answer is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg import queries
from kg.model import Answer
from kg.questions._asked import Named, Years
from kg.questions._composing import takes_people
from kg.questions._linking import Linker
from kg.questions._phrases import Words, compiled
from kg.questions._times import time

_YEARLY = frozenset(["year", "date", "when", "from"])
_PLACES = frozenset(["institution", "school", "destination"])
_ALSO = re.compile(r"\band (when|where|(?:in )?(?:which|what) year)\W*$", re.IGNORECASE)
"""What a question asks for besides, at its end."""
_EXTREME = re.compile(r"\b(?:MIN|MAX)\(")
_TIMES = _YEARLY | {"to"}
_UNTOLD = "(not told)"


@dataclass(frozen=True)
class Whole:
    """A query of the catalogue that a whole question asks.

    Parameters:
        most: the rows that have most are asked for.
        told: what of the answer is asked for: a column, several tied by "+", "#" for the number of rows, behind it
            "least" or "greatest" and the column that decides.
        years: the rows of which years.
    """

    query: queries.Query
    values: Mapping[str, Named]
    score: float
    most: bool
    told: str = ""
    years: Years | None = None

    @property
    def sure(self) -> float:
        """How well its names were understood."""
        return min((v.sure for v in self.values.values()), default=1.0)

    @property
    def people(self) -> bool:
        """Whether it is asked of people told by conditions."""
        return any(v.people for v in self.values.values())

    def of(self, answer: Answer) -> Answer:
        """What is asked for of an answer."""
        answer = replace(answer, rows=tuple(r for r in answer.rows if r[0] != _UNTOLD))
        if self.most:
            answer = _most(answer)
        if self.years:
            answer = _within(answer, self.years)
        for part in self.told.split(", "):
            answer = _told(answer, part)
        return answer


def wholes(linker: Linker, words: Words) -> Iterator[Whole]:
    """Queries of the catalogue that the whole question is a phrasing of."""
    plain, years = _timed(words)
    if years:
        dated = (w for w in _phrased(linker, plain) if _YEARLY & set(_columns(w.query)))
        yield from (replace(w, years=years) for w in dated if not _EXTREME.search(w.query.text))
    yield from _phrased(linker, words)
    yield from _placed(linker, words)
    if which := _counted(words):
        for found in (*wholes(linker, which), *wholes(linker, _plain(which))):
            if not found.most and found.query.parameters and "GROUP BY" not in found.query.text:
                yield replace(found, told=f"{found.told}, #" if found.told else "#")


def _counted(words: Words) -> Words | None:
    """ "How many awards did she win" as "which awards did she win"."""
    for at in (0, 1):
        if words.plain[at : at + 2] == ("how", "many"):
            return words[:at] + Words.of("which") + words[at + 2 :]
    return None


def _placed(linker: Linker, words: Words) -> Iterator[Whole]:
    """ "Where and when did she study": where, with the year beside it."""
    if words.plain[:3] == ("where", "and", "when"):
        for found in _phrased(linker, words[:1] + words[3:]):
            columns = _columns(found.query)
            year = next((c for c in columns if c in _YEARLY), "")
            if year and not found.told and not found.most:
                yield replace(found, told=f"{columns[0]}+{year}")


def beside(found: Whole, question: str) -> Whole:
    """A query whose answer is to tell a second thing, too: "who won it, and when?"."""
    match = _ALSO.search(question)
    columns = _columns(found.query)
    front = found.told or columns[0]
    wanted = _PLACES if match and match[1].lower() == "where" else _YEARLY
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
    for query in queries.catalogue().values():
        for phrasing in (*query.phrasings, *query.superlatives):
            most = phrasing in query.superlatives
            said, _, told = phrasing.partition(" -> ")
            phrase = compiled(said)
            for slots in phrase.fits(words):
                if values := _values(linker, query, slots):
                    named = values[0]
                    sure = min((v.sure for v in named.values()), default=1.0)
                    score = len(words) * (0.5 + 0.5 * sure) + 0.1 * phrase.literal + most
                    yield Whole(query, named, score, most, told)


def _values(
    linker: Linker, query: queries.Query, slots: Mapping[str, Words]
) -> tuple[dict[str, Named]] | None:
    """What stands in the slots, if all of it is known."""
    found = {}
    for name, words in slots.items():
        named = linker.link(query.parameter(name).type, words)
        if not isinstance(named, Named) or (named.people and not takes_people(query, name)):
            return None
        found[name] = named
    return (found,)


def _within(answer: Answer, years: Years) -> Answer:
    """The rows of those years; rows without a year are left out."""
    low, high = years[0] or 0, years[1] or 9999
    at = next(n for n, c in enumerate(answer.columns) if c in _YEARLY)
    told = [(str(row[at] or "")[:4], row) for row in answer.rows]
    rows = tuple(row for year, row in told if year.isdecimal() and low <= int(year) <= high)
    return replace(answer, rows=rows)


def _told(answer: Answer, part: str) -> Answer:
    """One step to what is asked for: rows with the least or the greatest, a column in front, or a number of rows."""
    if part == "#":
        count = len({row[0] for row in answer.rows if row[0]})
        return Answer(("count",), ((str(count),),), answer.sparql)
    if "+" in part:
        return _both(answer, part.split("+"))
    column, _, rest = part.partition(" ")
    which, _, by = rest.partition(" ")
    if which:
        answer = _edge(answer, by or column, which == "greatest")
    name, _, kind = column.partition(".")
    return _fronted(answer, name, kind) if name else answer


def _both(answer: Answer, columns: list[str]) -> Answer:
    """An answer that tells several columns one below the other, where it says one thing of each; else side by side."""
    places = [answer.columns.index(c) for c in columns]
    told = {tuple(row[n] for n in places) for row in answer.rows if any(row[n] for n in places)}
    if len({t[0] for t in told}) > 1 and not set(columns) <= _TIMES:
        for column in reversed(columns):
            answer = _first(answer, column)
        return answer
    rows = [(row[n], *row) for n in places for row in answer.rows if row[n]]
    return replace(answer, columns=("answer", *answer.columns), rows=tuple(dict.fromkeys(rows)))


def _first(answer: Answer, column: str) -> Answer:
    """An answer with a column in front."""
    at = answer.columns.index(column)
    columns = (column, *(c for c in answer.columns if c != column))
    rows = tuple((row[at], *row[:at], *row[at + 1 :]) for row in answer.rows)
    return replace(answer, columns=columns, rows=rows)


def _edge(answer: Answer, column: str, greatest: bool) -> Answer:
    at = answer.columns.index(column)
    told = [str(row[at]) for row in answer.rows if row[at]]
    if not told:
        return replace(answer, rows=())
    numbers = all(t.isdecimal() for t in told)
    ranked = sorted(told, key=lambda t: (int(t) if numbers else 0, t))
    edge = ranked[-1] if greatest else ranked[0]
    return replace(answer, rows=tuple(row for row in answer.rows if row[at] == edge))


def _fronted(answer: Answer, column: str, kind: str) -> Answer:
    """An answer with the column first that was asked for, and the rows that have it; of days perhaps their years."""
    answer = _first(answer, column)
    rows = tuple(row for row in answer.rows if row[0])
    if kind == "year":
        rows = tuple((str(row[0])[:4], *row[1:]) for row in rows)
    return replace(answer, rows=rows)


def _most(answer: Answer) -> Answer:
    """The rows with the highest number of the first column of numbers behind the first; of people told by conditions
    those that most of them have."""
    rows = [row for row in answer.rows if row[0] not in {None, ""}]
    if "of" in answer.columns:
        of = answer.columns.index("of")
        whose = {row[0]: {r[of] for r in rows if r[0] == row[0]} for row in rows}
        most = max(map(len, whose.values()), default=0)
        return replace(answer, rows=tuple(r for r in rows if len(whose[r[0]]) == most))
    at = (
        next((n for n, cell in enumerate(rows[0]) if n and str(cell).isdecimal()), None)
        if rows
        else None
    )
    if at is None:
        return answer
    highest = max(int(row[at] or 0) for row in rows)
    return replace(answer, rows=tuple(row for row in rows if row[at] == str(highest)))
