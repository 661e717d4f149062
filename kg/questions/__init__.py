"""Questions in English: to a query of the catalogue, or to conditions put together; always with the query that ran.

Nothing is guessed: every word of a question must be explained, and every name must be one of the graph's. Where that
fails the question is declined, with what was not understood and the nearest questions that can be answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from kg import queries
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.model import Answer
from kg.questions._composing import composed
from kg.questions._linking import THERE, Linker, Named, Unclear
from kg.questions._parsing import Atom, Parser, Years, time
from kg.questions._phrases import Words, compiled
from kg.questions._wording import corrected, rewritten

__all__ = ["NotUnderstood", "Reply", "ask"]

_NEAREST, _LONGEST, _MOST_WORDS = 3, 2_000, 60


class NotUnderstood(KgError):
    """A question that cannot be answered from the graph: carries the nearest ones that can."""

    def __init__(self, reason: str, nearest: tuple[str, ...]) -> None:
        """Say why, and what could be asked instead."""
        self.reason, self.nearest = reason, nearest
        told = f"; nearest: {'; '.join(nearest)}" if nearest else ""
        super().__init__(f"{reason}{told}")


@dataclass(frozen=True)
class Reply:
    """An answer to a question.

    Parameters:
        reading: the question as it was understood.
        query: the name in the catalogue, "" where conditions were put together.
        values: what the query was asked with.
        answer: the rows; the first column is what was asked for.
        notes: names that were not spelt as the graph spells them.
    """

    reading: str
    query: str
    values: Mapping[str, str]
    answer: Answer = field(repr=False)
    notes: tuple[str, ...] = ()


def ask(graph: KnowledgeGraph, question: str) -> Reply:
    """Answer a question.

    Raises:
        NotUnderstood: it cannot be read, or names what the graph does not know.
    """
    words = corrected(graph, rewritten(Words.of(question[:_LONGEST])))
    if len(words) > _MOST_WORDS:
        raise NotUnderstood(f"the question is too long: {_MOST_WORDS} words are read at most", ())
    linker = Linker(graph)
    parser = Parser(linker)
    if way := _connection(graph, linker, words):
        return way
    whole = max(_catalogued(linker, words), key=lambda found: found.score, default=None)
    asked = None if whole and whole.sure == 1 else parser.parse(words)
    if whole and (asked is None or _sure(asked.atoms) <= whole.sure):
        return _from_catalogue(graph, whole)
    if asked is None or any(THERE in a.values.values() for a in asked.atoms):
        raise _declined(words, parser.unclear)
    atoms = asked.atoms
    answer = graph.query(composed(asked))
    rests = tuple(dict.fromkeys(name for atom in atoms for name in atom.condition.rests))
    node = {"person": "who", "talk": "event"}[asked.target]
    answer = replace(
        answer,
        things={} if asked.counts else {asked.target: node},
        rests=tuple(graph.coverage(name) for name in rests),
    )
    told = " or ".join("; ".join(a.told() for a in group) for group in _grouped(atoms))
    what = (
        f"{'how many ' if asked.counts else ''}{'people' if asked.target == 'person' else 'talks'}"
    )
    return Reply(
        f"{what}: {told}", "", {}, answer, _notes(v for a in atoms for v in a.values.values())
    )


@dataclass(frozen=True)
class _Whole:
    query: queries.Query
    values: Mapping[str, Named]
    score: float
    most: bool
    first: str = ""
    years: Years | None = None

    @property
    def sure(self) -> float:
        """How well its names were understood."""
        return min((v.sure for v in self.values.values()), default=1.0)


def _catalogued(linker: Linker, words: Words) -> Iterator[_Whole]:
    """Queries of the catalogue that the whole question is a phrasing of."""
    plain, years = _timed(_unasked(words))
    if years:
        dated = _catalogued_plain(linker, plain)
        yield from (replace(w, years=years) for w in dated if _YEARLY & set(_columns(w.query)))
    yield from _catalogued_plain(linker, _unasked(words))


_YEARLY = frozenset(["year", "date", "when", "from"])


def _columns(query: queries.Query) -> tuple[str, ...]:
    selected = query.text.partition("SELECT")[2].partition("WHERE")[0]
    return tuple(word.strip("?()") for word in selected.split())


def _timed(words: Words) -> tuple[Words, Years | None]:
    """A question without the time at its end, and that."""
    for n in range(2, 6):
        if len(words) > n and (years := time(words[len(words) - n :])):
            return words[: len(words) - n], years
    return words, None


def _within(answer: Answer, years: Years) -> Answer:
    """The rows of those years; rows without a year are left out."""
    low, high = years[0] or 0, years[1] or 9999
    at = next(n for n, c in enumerate(answer.columns) if c in _YEARLY)
    told = [(str(row[at] or "")[:4], row) for row in answer.rows]
    rows = tuple(row for year, row in told if year.isdecimal() and low <= int(year) <= high)
    return replace(answer, rows=rows)


def _catalogued_plain(linker: Linker, plain: Words) -> Iterator[_Whole]:
    """Queries of the catalogue that words are a phrasing of."""
    for query in queries.catalogue().values():
        for phrasing in (*query.phrasings, *query.superlatives):
            said, _, first = phrasing.partition(" -> ")
            phrase = compiled(said)
            for slots in phrase.fits(plain):
                named = {n: linker.link(query.parameter(n).type, w) for n, w in slots.items()}
                if all(isinstance(v, Named) for v in named.values()):
                    values = {n: v for n, v in named.items() if isinstance(v, Named)}
                    sure = min((v.sure for v in values.values()), default=1.0)
                    score = (
                        len(plain) * (0.5 + 0.5 * sure)
                        + 0.1 * phrase.literal
                        + (phrasing in query.superlatives)
                    )
                    yield _Whole(query, values, score, phrasing in query.superlatives, first)


_POLITE = (
    ("please",),
    ("can", "you"),
    ("could", "you"),
    ("tell", "me"),
    ("show", "me"),
    ("list",),
    ("give", "me"),
    ("show",),
)


def _unasked(words: Words) -> Words:
    """A question without what only asks to be answered."""
    for polite in _POLITE:
        if words.plain[: len(polite)] == polite:
            return _unasked(words[len(polite) :])
    return words


def _from_catalogue(graph: KnowledgeGraph, found: _Whole) -> Reply:
    query = found.query
    examples = {name: v for name, v in query.examples.items() if name not in found.values}
    values = {name: v.values for name, v in found.values.items()} | {
        n: (v,) for n, v in examples.items()
    }
    answer = graph.query(query.fill(**values))
    if found.most:
        answer = _most(answer)
    if found.years:
        answer = _within(answer, found.years)
    if found.first == "#":
        counted = len({row[0] for row in answer.rows if row[0]})
        answer = Answer(("count",), ((str(counted),),), answer.sparql)
    elif found.first:
        answer = _fronted(answer, found.first)
    things = query.things if len(answer.columns) > 1 else {}
    answer = replace(answer, things=things, rests=tuple(graph.coverage(n) for n in query.rests))
    labels = {name: " or ".join(v.labels) for name, v in found.values.items()} | examples
    told = ", ".join(f"{name}: {label}" for name, label in labels.items())
    reading = f"{query.title}{f' ({told})' if told else ''}"
    shown = {name: "; ".join(v) for name, v in values.items()}
    return Reply(reading, query.name, shown, answer, _notes(found.values.values()))


def _fronted(answer: Answer, column: str) -> Answer:
    """An answer with the column first that was asked for, and the rows that have it."""
    at = answer.columns.index(column)
    columns = (column, *(c for c in answer.columns if c != column))
    rows = tuple((row[at], *row[:at], *row[at + 1 :]) for row in answer.rows if row[at])
    return replace(answer, columns=columns, rows=rows)


_TIED = (
    "how (is|are) {one} (connected|related|linked|tied) (to|with) {other}",
    "how (is|are) {one} and {other} (connected|related|linked|tied)",
    "(path|connection|link) (from|between) {one} (to|and) {other}",
    "what is the [shortest] (path|connection|link|relation) (from|between) {one} (to|and) {other}",
    "(is|are) there [a|any] (path|connection|link|tie|relation) between {one} and {other}",
    "what (connects|connect|links|ties|relates) {one} (and|with|to) {other}",
)


def _connection(graph: KnowledgeGraph, linker: Linker, words: Words) -> Reply | None:
    """The shortest ways between two things, where a question asks for them."""
    for phrasing in _TIED:
        for slots in compiled(phrasing).fits(_unasked(words)):
            named = [linker.link("entity", w) for w in (slots["one"], slots["other"])]
            if all(isinstance(n, Named) for n in named):
                one, other = (graph.find(n.values[0])[0] for n in named if isinstance(n, Named))
                ways = graph.paths(one, other)
                rows = tuple(row for way in ways for row in way.rows)
                columns = ("reaches", "by", "from", "sentence", "end", "start")
                answer = Answer(columns, rows, "", {"reaches": "end", "from": "start"})
                return Reply(
                    f"the shortest connections of {one.name} and {other.name}", "path", {}, answer
                )
    return None


def _most(answer: Answer) -> Answer:
    """The rows with the highest number of the first column of numbers behind the first column."""
    rows = [row for row in answer.rows if row[0] != "(not told)"]
    at = (
        next((n for n, cell in enumerate(rows[0]) if n and str(cell).isdecimal()), None)
        if rows
        else None
    )
    if at is None:
        return answer
    most = max(int(row[at] or 0) for row in rows)
    return replace(answer, rows=tuple(row for row in rows if row[at] == str(most)))


def _sure(atoms: tuple[Atom, ...]) -> float:
    return min((a.sure for a in atoms), default=1.0)


def _grouped(atoms: tuple[Atom, ...]) -> list[list[Atom]]:
    groups: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.either and groups[-1]:
            groups.append([])
        groups[-1].append(atom)
    return groups


def _notes(values: object) -> tuple[str, ...]:
    found = [v for v in values if isinstance(v, Named) and v.sure < 1]  # type: ignore[attr-defined]
    return tuple(dict.fromkeys(f"read as {' or '.join(v.labels)}" for v in found))


def _declined(words: Words, unclear: list[Unclear]) -> NotUnderstood:
    if unclear:
        one = max(unclear, key=lambda u: len(u.text))
        return NotUnderstood(f"{one.text!r} may be {', '.join(one.choices)}: say which", ())
    return NotUnderstood(f"I cannot answer {words.text!r} from this graph", _near(words))


def _near(words: Words) -> tuple[str, ...]:
    """The phrasings that are most like a question."""
    text = " ".join(words.plain)
    known = {
        phrasing.format_map({p.name: p.example for p in query.parameters})
        for query in queries.catalogue().values()
        for phrasing in query.phrasings
        if not set("([") & set(phrasing)
    }
    ranked = sorted(known, key=lambda k: (-SequenceMatcher(None, text, k.lower()).ratio(), k))
    return tuple(ranked[:_NEAREST])
