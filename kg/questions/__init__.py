"""Questions in English: to a query of the catalogue, or to conditions put together; always with the query that ran.

Nothing is guessed: every word of a question must be explained, and every name must be one of the graph's. Where that
fails the question is declined, with what was not understood and the nearest questions that can be answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from kg.errors import NotUnderstood
from kg.graph import KnowledgeGraph
from kg.model import Answer
from kg.queries import conditions
from kg.questions._answers import edge, fronted
from kg.questions._asked import THERE, Asked, Atom, Named, Unclear
from kg.questions._catalogue import Whole, beside, either, wholes
from kg.questions._compared import compared
from kg.questions._composing import NODES, composed, filled
from kg.questions._keyed import keyed
from kg.questions._linking import Linker
from kg.questions._nearest import nearest
from kg.questions._parsing import Parser
from kg.questions._phrases import Words, compiled, spelt, spoken
from kg.questions._proposing import Unfit, proposed, timely
from kg.questions._wording import corrected, honoured, owned, relaxed, rewritten
from kg.settings import LanguageModel

__all__ = ["PROPOSED", "NotUnderstood", "Reply", "ask", "spelt", "spoken"]

_LONGEST, _MOST_WORDS = 2_000, 60
PROPOSED = "proposed by a language model, not by the catalogue"
"""How a reply is marked that no phrasing of ours led to."""


@dataclass(frozen=True)
class Reply:
    """An answer to a question.

    Parameters:
        reading: the question as it was understood.
        query: the name in the catalogue, "" where conditions were put together.
        values: what the query was asked with.
        answer: the rows; the first column is what was asked for.
        notes: names that were not spelt as the graph spells them.
        proposed_by: the language model that the query came from, "" for none.
    """

    reading: str
    query: str
    values: Mapping[str, str]
    answer: Answer = field(repr=False)
    notes: tuple[str, ...] = ()
    proposed_by: str = ""

    def to_frame(self) -> Any:
        """The rows as a pandas DataFrame.

        Raises:
            MissingPart: pandas is not installed.
        """
        return self.answer.to_frame()

    def _repr_html_(self) -> str:
        """How it was read, and the rows, for notebooks."""
        read = f"<p>Read as: {escape(self.reading)}</p>"
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"{read}{notes}{self.answer._repr_html_()}"


def ask(
    graph: KnowledgeGraph,
    question: str,
    llm: LanguageModel | None = None,
    shown: Callable[[str], None] | None = None,
) -> Reply:
    """Answer a question.

    Parameters:
        llm: a language model that proposes SPARQL where the question is not understood without it.
        shown: gets a proposed query before it runs.

    Raises:
        NotUnderstood: it cannot be read, or names what the graph does not know; or what a language model proposed
            for it does not pass.
        ModelError: the language model cannot be asked.
    """
    try:
        return _understood(graph, question)
    except NotUnderstood as refused:
        if llm is None:
            raise
        try:
            sparql = proposed(llm, question[:_LONGEST])
            if shown:
                shown(sparql)
            answer = timely(graph, sparql)
        except Unfit as unfit:
            raise NotUnderstood(
                f"{refused.reason}, and {llm.name} {unfit}", refused.nearest
            ) from None
    return Reply(PROPOSED, "", {}, answer, (), llm.name)


_NO = "no source says so"


def _understood(graph: KnowledgeGraph, question: str) -> Reply:
    """A reply without any language model."""
    words = _mended(graph, question, False)
    if len(words) > _MOST_WORDS:
        raise NotUnderstood(f"the question is too long: {_MOST_WORDS} words are read at most", ())
    loose = _mended(graph, question, True)
    linker = Linker(graph)
    parser = Parser(linker)
    found = _first(graph, parser, relaxed(words), question)
    if found and (found.answer.rows or found.notes[:1] == (_NO,) or loose == words):
        return found
    unclear = list(parser.unclear)
    freely = _first(graph, parser, relaxed(loose), question) if loose != words else None
    if freely and (found is None or freely.answer.rows):
        return freely
    if found:
        return found
    said = (form for way in dict.fromkeys((words, loose)) for form in keyed(linker, way))
    if found := _first(graph, parser, said, question):
        return replace(found, notes=(*found.notes, "read by its key words"))
    raise _declined(linker, words, unclear)


def _mended(graph: KnowledgeGraph, question: str, loose: bool) -> Words:
    """The words of a question in fewer wordings, without slips."""
    plain = honoured(graph, owned(graph, rewritten(Words.of(question[:_LONGEST]), loose)))
    return rewritten(corrected(graph, plain), loose)


def _first(
    graph: KnowledgeGraph, parser: Parser, ways: Iterable[Words], question: str
) -> Reply | None:
    """The reply to the first wording of a question that is understood."""
    return next((found for w in ways if (found := _read(graph, parser, w, question))), None)


def _read(graph: KnowledgeGraph, parser: Parser, words: Words, question: str) -> Reply | None:
    """A reply to a question in some words; None where they are not understood."""
    linker = parser.linker
    if way := _connection(graph, linker, words):
        return way
    found = (*wholes(linker, words), *either(linker, words))
    whole = max(found, key=lambda whole: whole.score, default=None)
    asked = None if whole and whole.sure == 1 else parser.parse(words) or _sooner(parser, words)
    if whole and (asked is None or asked.sure <= whole.sure):
        return _from_catalogue(graph, beside(whole, question))
    if asked is None or any(THERE in a.values.values() for a in asked.atoms):
        return None
    return _from_conditions(graph, asked)


def _sooner(parser: Parser, words: Words) -> Asked | None:
    """Which of two people was the first, or the last, to do something."""
    found = compared(parser.linker, words)
    asked = parser.parse(rewritten(found[0])) if found else None
    if found is None or asked is None or not asked.edge or asked.target != "person":
        return None
    one, other = found[1]
    sure = min(one.sure, other.sure)
    both = Named((*one.values, *other.values), (*one.labels, *other.labels), sure)
    named = Atom(conditions()["named"], {"name": both})
    return replace(asked, atoms=(named, *asked.atoms))


def _from_conditions(graph: KnowledgeGraph, asked: Asked) -> Reply:
    atoms = asked.atoms
    answer = graph.query(composed(asked))
    if asked.edge:
        answer = edge(answer, "date", asked.edge == "last")
    if asked.dated:
        answer = fronted(answer, "date")
    rests = tuple(dict.fromkeys(name for atom in atoms for name in atom.condition.rests))
    answer = replace(
        answer,
        things={} if asked.counts else {asked.target: NODES[asked.target]},
        rests=tuple(graph.coverage(name) for name in rests),
    )
    notes = _notes(v for a in atoms for v in a.values.values())
    if asked.whether:
        wanted = (len(v.labels) for a in atoms for v in a.values.values() if v.every)
        holds = len({row[0] for row in answer.rows}) >= max(wanted, default=1)
        notes = ("yes" if holds else _NO, *notes)
    return Reply(asked.told(), "", {}, answer, notes)


def _from_catalogue(graph: KnowledgeGraph, found: Whole) -> Reply:
    query = found.query
    examples = {name: v for name, v in query.examples.items() if name not in found.values}
    given = {n: Named((v,), (v,)) for n, v in examples.items()}
    values = {n: v.values for n, v in (*found.values.items(), *given.items())}
    answer = found.of(graph.query(filled(query, {**found.values, **given})))
    things = query.things if len(answer.columns) > 1 else {}
    answer = replace(answer, things=things, rests=tuple(graph.coverage(n) for n in query.rests))
    labels = {name: " or ".join(v.labels) for name, v in found.values.items()} | examples
    told = ", ".join(f"{name}: {label}" for name, label in labels.items())
    reading = f"{query.title}{f' ({told})' if told else ''}"
    notes = _notes(found.values.values())
    if found.people:
        return Reply(reading, "", {}, answer, notes)
    shown = {name: "; ".join(v) for name, v in values.items()}
    return Reply(reading, query.name, shown, answer, notes)


_TIED = (
    "how <is> {one} (connected|related|linked|tied) (to|with) {other}",
    "how <is> {one} and {other} (connected|related|linked|tied) [to each other|with each other]",
    "[the] [shortest] (path|connection|link|way) (from|between) {one} (to|and) {other}",
    "what is the [shortest] (path|connection|link|relation|relationship) (from|between) {one} (to|and) {other}",
    "(is|are) there [a|any] (path|connection|link|tie|relation|relationship) (between|from) {one} (and|to) {other}",
    "what (connects|connect|links|link|ties|relates|connection exists between) {one} (and|with|to) {other}",
    "<is> {one} (connected|related|linked|tied) (to|with) {other}",
    "<is> {one} and {other} (connected|related|linked|tied)",
    "how does {one} (connect|relate) to {other}",
    "how do {one} and {other} (connect|relate)",
)


def _connection(graph: KnowledgeGraph, linker: Linker, words: Words) -> Reply | None:
    """The shortest ways between two things, where a question asks for them."""
    for phrasing in _TIED:
        for slots in compiled(phrasing).fits(words):
            named = [linker.link("entity", w) for w in (slots["one"], slots["other"])]
            found = [graph.find(n.values[0])[0] for n in named if isinstance(n, Named)]
            if len(found) == len(named):
                one, other = found
                ways = graph.paths(one, other)
                rows = tuple(row for way in ways for row in way.rows)
                columns = ("reaches", "by", "from", "sentence", "end", "start")
                answer = Answer(columns, rows, "", {"reaches": "end", "from": "start"})
                return Reply(
                    f"the shortest connections of {one.name} and {other.name}", "path", {}, answer
                )
    return None


def _notes(values: Iterable[Named]) -> tuple[str, ...]:
    found = [v for v in values if v.sure < 1 and not v.people]
    return tuple(dict.fromkeys(f"read as {' or '.join(v.labels)}" for v in found))


def _declined(linker: Linker, words: Words, unclear: list[Unclear]) -> NotUnderstood:
    near = nearest(linker, words)
    if unclear:
        one = max(unclear, key=lambda u: len(u.text))
        return NotUnderstood(f"{one.text!r} may be {', '.join(one.choices)}: say which", near)
    return NotUnderstood(f"I cannot answer {words.text!r} from this graph", near)
