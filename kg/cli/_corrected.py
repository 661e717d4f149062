"""Whether a graph has what a correction is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.cli import UsageError
from kg.corrections import Correction, Named, named
from kg.errors import UnknownName
from kg.model import Entity
from kg.names import fold

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_OF_TALKS = frozenset({"topic", "speaking"})


def check(graph: KnowledgeGraph, wanted: Correction, words: Sequence[str]) -> None:
    """That the graph has the names, their pages and the fact that a correction names.

    Raises:
        UnknownName: it lacks one; carries the nearest.
        UsageError: one name is given, and only one thing has it.
    """
    of_talk = wanted.value("fact") in _OF_TALKS
    names = wanted.names or (named(words[0]),)
    found = [_found(graph, n, "talk" if of_talk else wanted.kind) for n in names]
    if wanted.action == "same" and len(names) == 1 and len(found[0]) == 1:
        raise UsageError(f"{names[0].name!r} is one in the graph; name a second that is the same")
    if wanted.action == "drop":
        _has_fact(graph, found[0], wanted)


def _found(graph: KnowledgeGraph, wanted: Named, kind: str) -> tuple[Entity, ...]:
    entities = graph.find(wanted.name, kind)
    if not wanted.page:
        return entities
    rows = graph.explain(wanted.name, kind) if kind != "talk" else ()
    pages = {page for row in rows for page in row["pages"]}
    if pages and wanted.page not in pages:
        raise UnknownName("page of this name", wanted.page, pages)
    there = {row["key"] for row in rows if wanted.page in row["pages"]}
    return tuple(e for e in entities if e.key in there or not rows)


def _has_fact(graph: KnowledgeGraph, subjects: Sequence[Entity], wanted: Correction) -> None:
    """That somebody of the name has a fact with the object.

    Raises:
        UnknownName: nobody has; carries what there is.
    """
    told = fold(wanted.value("object"))
    objects: set[str] = set()
    for statement in (s for e in subjects for s in graph.describe(e).statements if not s.incoming):
        own = {statement.printed, *(statement.object.aliases if statement.object else ())}
        objects.add(statement.object.name if statement.object else statement.printed)
        if told in map(fold, own):
            return
    raise UnknownName("fact of this person with an object", wanted.value("object"), objects)
