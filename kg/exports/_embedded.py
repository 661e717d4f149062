"""What a file of the explorer holds: all things, statements and sentences of a graph, each once, by numbers.

``viz/explorer/kept.js`` reads it. IRIs stand without the graph's base; what is said often stands in a table.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from kg import ontology, operations, queries
from kg.errors import KgError, MissingPart
from kg.graph import LEADING, KnowledgeGraph, Statement, Thing, relations
from kg.questions import spelt
from kg.settings import LIMITS
from kg.workspace import source_text

Row = list[Any]
_THINGS = 20_000
_ROWS = 200
_YEARS = 200
"""Years, the last ones, for which a query of a year is answered."""
_TEXTS = 400_000
"""Letters of all sources up to which their texts are in the file."""
_ALL = 1_000_000
_WHOLE = "101"
"""A percentage below which all facts are."""
_LINKS = 5_000
"""Links of a map of which it is told what is behind them."""


class _Table:
    """Values by number, each once."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        """The number of a value."""
        if value not in self._numbers:
            self._numbers[value] = len(self.rows)
            self.rows.append(value)
        return self._numbers[value]


def embedded(graph: KnowledgeGraph) -> dict[str, Any]:
    """All that the page shows of a graph, as JSON says it.

    Raises:
        KgError: the graph is too large for a file.
    """
    things = graph.reader.things(_THINGS + 1)
    if len(things) > _THINGS:
        raise KgError(
            f"a file of the explorer holds {_THINGS:,} things, and the graph has more; kg serve shows all of it"
        )
    return _Embedding(graph, things).data()


class _Embedding:
    """The tables of one graph."""

    def __init__(self, graph: KnowledgeGraph, things: list[Thing]) -> None:
        self._graph, self._things = graph, things
        self._base = graph.base
        self._at = {thing.iri: number for number, thing in enumerate(things)}
        self._relations = {iri: number for number, iri in enumerate(relations())}
        self._words, self._claims = _Table(), dict[str, int]()
        self._spans, self._sources = dict[str, int](), dict[str, int]()
        self._statements, self._quotes, self._pages = list[Row](), list[Row](), list[Row]()
        self._texts: dict[str, str] | None = None
        self._sentences = dict[str, int]()

    def data(self) -> dict[str, Any]:
        """Everything."""
        things = [self._thing(thing) for thing in self._things]
        self._sentences = {self._said(row): n for n, row in enumerate(self._quotes)}
        answers = {name: self._answer(name) for name in self._answered()}
        return {
            "base": self._base,
            "home": operations.home(self._graph),
            "things": things,
            "statements": self._statements,
            "words": self._words.rows,
            "relations": self._told_relations(),
            "ties": self._ties(),
            "spans": self._quotes,
            "sources": self._pages,
            "queries": operations.queries(self._graph),
            "answers": answers,
            "asked": _asked(),
            "charts": self._charts(),
        }

    def _short(self, iri: str) -> str:
        return iri.removeprefix(self._base)

    def _thing(self, thing: Thing) -> Row:
        told = operations.entity(self._graph, thing.iri, 1)
        known = [
            [a["word"], a["value"], *([self._short(a["iri"])] if a["iri"] else [])]
            for a in told["attributes"]
        ]
        said = self._graph.reader.statements(thing.iri, _ALL)
        order = [-1 - n if s.incoming else n for s in said for n in (self._statement(s),)]
        row: Row = [self._short(thing.iri), thing.kind, thing.label, thing.weight, told["summary"]]
        row += [told["names"], told["because"], known, order]
        return [*row, self._talk(thing.iri, told["talk"])] if told["talk"] else row

    def _talk(self, iri: str, talk: dict[str, Any]) -> Row:
        spans = self._graph.reader.values(iri, "evidence")
        ends = ([self._at[t["iri"]] for t in talk[end]] for end in ("series", "speakers", "topics"))
        plain = (talk[term] for term in ("title", "date", "abstract"))
        return [*plain, *ends, self._span(spans[0]) if spans else None]

    def _statement(self, said: Statement) -> int:
        if said.claim not in self._claims:
            self._claims[said.claim] = len(self._statements)
            reader, word = self._graph.reader, self._words.number
            subject, other = (reader.values(said.claim, end) for end in ("subject", "object"))
            same = said.object and said.printed == said.object.name
            states = reader.values(said.claim, "states")
            row: Row = [self._short(said.claim), word(said.kind), word(said.relation)]
            row += [self._at[subject[0]], self._at[other[0]] if other else None]
            row += [None if same else said.printed, [list(pair) for pair in said.details]]
            row += [self._span(reader.values(said.claim, "evidence")[0]), said.confidence]
            row += [word(said.rule), word(said.as_of)]
            self._statements.append(
                [*row, [self._relations[r] for r in states if r in self._relations]]
            )
        return self._claims[said.claim]

    def _span(self, iri: str) -> int:
        if iri not in self._spans:
            quote = self._graph.reader.quote(iri)
            page = self._source(quote.source_iri)
            text = self._pages[page][-1]
            row: Row = [page, quote.start, quote.end]
            if text is None or text[quote.start : quote.end] != quote.text:
                row += [quote.text, quote.prefix, quote.suffix]
            elif quote.fields:
                row += [None, "", ""]
            self._spans[iri] = len(self._quotes)
            self._quotes.append([*row, list(quote.fields)] if quote.fields else row)
        return self._spans[iri]

    def _source(self, iri: str) -> int:
        if iri not in self._sources:
            reader = self._graph.reader
            name, url, sha = (
                next(iter(reader.values(iri, t)), None) for t in ("name", "url", "sha256")
            )
            self._sources[iri] = len(self._pages)
            self._pages.append([self._short(iri), name or "", url, sha, self._text(sha or "")])
        return self._sources[iri]

    def _text(self, sha: str) -> str | None:
        """The text of a source, where all of them together are small."""
        if self._texts is None:
            self._texts = self._all_texts()
        return self._texts.get(sha)

    def _all_texts(self) -> dict[str, str]:
        folder, found, letters = self._graph.reader.folder, dict[str, str](), 0
        if folder is None:
            return {}
        for (sha,) in self._graph.query(
            "SELECT DISTINCT ?sha WHERE { ?source kg:sha256 ?sha }"
        ).rows:
            text = source_text(folder, str(sha)) or ""
            letters += len(text)
            if letters > _TEXTS:
                return {}
            found |= {str(sha): text} if text else {}
        return found

    def _told_relations(self) -> list[Row]:
        """Of each relation its name, its words, the more general ones, its place among those that ways lead over."""
        known = ontology.load()
        leading = [node.value for node in LEADING]
        return [
            [
                iri.rpartition("#")[2],
                known.label(iri),
                [
                    self._relations[g]
                    for g in known.closure(iri)
                    if g != iri and g in self._relations
                ],
                leading.index(iri) if iri in leading else None,
            ]
            for iri in self._relations
        ]

    def _ties(self) -> list[list[int]]:
        """The ties that no statement here states."""
        stated = {(row[3], r, row[4]) for row in self._statements for r in row[-1]}
        every = (
            (number, r, self._at[other])
            for iri, number in self._at.items()
            for relation, r in self._relations.items()
            for other in self._graph.reader.values(iri, relation)
            if other in self._at
        )
        return [list(tie) for tie in every if tie not in stated]

    def _answered(self) -> list[str]:
        """The queries that ask for no name: for nothing, or for a number."""
        every = queries.catalogue().values()
        asked = {q.name: q.parameters for q in every if len(q.parameters) <= 1}
        return sorted(n for n, wanted in asked.items() if all(p.is_number for p in wanted))

    def _answer(self, name: str) -> dict[str, Any]:
        """The answer of a query: of one that asks for a year those of all years, of one for a percentage the whole."""
        query = queries.get(name)
        if not query.parameters:
            return self._told(name, {}, _ROWS)
        [wanted] = query.parameters
        if wanted.type != "year":
            return self._told(name, {wanted.name: _WHOLE}, LIMITS.rows)
        every = sorted(self._years())
        told = {year: self._told(name, {wanted.name: str(year)}, _ROWS) for year in every[-_YEARS:]}
        first = self._told(name, query.examples, _ROWS) | {"rows": [], "total": 0, "found": 0}
        return first | {
            "years": {
                "cut": every[-_YEARS] if len(every) > _YEARS else None,
                "since": bool(re.search(rf"[<>]=?\s*\?{wanted.name}\b", query.text)),
                "answers": {
                    year: [one["total"], one["rows"], one["found"]] for year, one in told.items()
                },
            }
        }

    def _years(self) -> set[int]:
        """The years of talks and facts."""
        found = self._graph.query("SELECT DISTINCT ?year WHERE { ?any kg:year ?year }").rows
        return {int(str(year)) for (year,) in found}

    def _told(self, name: str, values: dict[str, str], most: int) -> dict[str, Any]:
        """The first rows of an answer; a cell that is a sentence is told by its number."""
        told = operations.query(self._graph, name, values, most)
        columns, known = told["columns"], self._sentences
        told["rows"] = [
            [
                [known.get(cell, cell) for cell in (row["cells"][c] for c in columns)],
                {c: self._short(iri) for c, iri in row["things"].items()},
                [self._span(e["iri"]) for e in row["evidence"]],
            ]
            for row in told["rows"]
        ]
        kept = ("view", "columns", "total", "found", "rests_on", "sparql", "rows")
        return {key: told[key] for key in kept}

    def _said(self, span: Row) -> str:
        """The words of a span."""
        page, start, end = span[:3]
        text = (
            span[3] if len(span) > 3 and span[3] is not None else self._pages[page][-1][start:end]
        )
        return str(text)

    def _charts(self) -> list[dict[str, Any]]:
        """The maps of the graph: what the list says of each, the map, and what is behind its links."""
        found: list[dict[str, Any]] = []
        with suppress(MissingPart):
            for told in operations.charts(self._graph):
                chart = operations.chart(self._graph, told["name"])
                found.append({"told": told, "chart": chart, "behind": self._behind(chart)})
        for made in found:
            trends = made["chart"].get("trends") or {}
            for thing in (
                *made["chart"]["nodes"],
                *trends.get("rising", ()),
                *trends.get("falling", ()),
            ):
                thing["iri"] = self._short(thing["iri"])
        return found

    def _behind(self, chart: dict[str, Any]) -> list[Row] | None:
        """Of each link the things behind it, by what they are so, and the claims that say it of each."""
        nodes, links = chart["nodes"], chart["links"]
        if len(links) > _LINKS:
            return None
        ends = ((nodes[link[0]]["iri"], nodes[link[1]]["iri"]) for link in links)
        told = (operations.behind(self._graph, chart["name"], *pair) for pair in ends)
        return [
            [
                [self._at[t["iri"]] for t in found["things"]],
                [self._at[t["iri"]] for t in found.get("through", ())],
                [
                    [self._claims[s["claim"]] for s in t.get("sentences", ())]
                    for t in found["things"]
                ],
            ]
            for found in told
        ]


def _asked() -> dict[str, list[str]]:
    """How each query is asked for, with all that may be said in place of a word; none that asks for a part of it."""
    return {
        query.name: [spelt(phrasing) for phrasing in query.phrasings if " -> " not in phrasing]
        for query in queries.catalogue().values()
        if len(query.parameters) <= 1
    }
