"""What a notebook shows of a graph: a card, and the explorer at a thing, in a frame that reaches nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from kg import operations
from kg.errors import KgError
from kg.exports import explorer
from kg.graph import Description

if TYPE_CHECKING:
    from typing import Self

    from kg.graph import KnowledgeGraph

_FRAME = (
    '<iframe title="{title}" srcdoc="{page}" sandbox="allow-scripts allow-downloads allow-popups" '
    'style="width: 100%; height: 680px; border: 1px solid #8886" loading="lazy"></iframe>'
)
_FEW = 5
_NEXT = (
    "g.show({name!r})",
    "g.ask({question!r})",
    'g.query("frequent-topics").to_frame()',
    "g.facts().to_frame().sample(50, random_state=1)  # every fact with its sentence: a sample to check",
    'g.to_networkx("co-topic")',
)
"""Calls that a card names."""


class Shown(tuple[Description, ...]):
    """Descriptions of things; a notebook shows the explorer in their place, opened at the first of them."""

    _graph: KnowledgeGraph

    @classmethod
    def of(cls, found: Iterable[Description], graph: KnowledgeGraph) -> Self:
        """Descriptions of things of a graph."""
        made = cls(found)
        made._graph = graph
        return made

    def _repr_html_(self) -> str:
        """The explorer in a frame; of a graph too large for that, what is known, as a table."""
        if not self:
            return ""
        try:
            page = explorer.page(self._graph, self[0].iri)
        except KgError as error:
            return "".join([_line(str(error)), *map(_table, self)])
        return _FRAME.format(
            title=escape(self[0].entity.name, quote=True), page=escape(page, quote=True)
        )


def _line(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _table(description: Description) -> str:
    rows = (
        (s.relation or s.kind, s.other.name if s.other else s.printed, s.sentence)
        for s in description.statements
    )
    lines = "".join(f"<tr>{''.join(_cells(row))}</tr>" for row in rows)
    return f"<table><caption>{escape(description.entity.name)}</caption>{lines}</table>"


def _cells(row: Iterable[str]) -> Iterator[str]:
    return (f"<td style='text-align:left'>{escape(cell)}</td>" for cell in row)


def card(graph: KnowledgeGraph) -> str:
    """A card of a graph: its numbers, where it comes from, and what to do next."""
    home = operations.home(graph)
    counts = "".join(
        f"<tr><th style='text-align:left'>{escape(word)}</th><td>{number:,}</td></tr>"
        for word, number in home["counts"]
    )
    sources, total = home["sources"][:_FEW], home["sources_total"]
    names = ", ".join(escape(source["name"]) for source in sources)
    rest = f" and {total - len(sources):,} more" if total > len(sources) else ""
    calls = "".join(f"<li><code>{escape(call)}</code></li>" for call in _calls(home))
    return (
        f"<table><caption>Knowledge graph of talks</caption>{counts}</table>"
        f"<p>From {names or 'no source'}{rest}.</p><ul>{calls}</ul>"
        f"<p>Cite as: {escape(home['cite'])}</p>"
    )


def _calls(home: dict[str, Any]) -> Iterator[str]:
    person = next(iter(home["most"]["person"]), None)
    question = next(iter(home["questions"]), None)
    for call in _NEXT:
        if not ("{name" in call and person is None) and not (
            "{question" in call and question is None
        ):
            yield call.format(name=person and person["name"], question=question)
