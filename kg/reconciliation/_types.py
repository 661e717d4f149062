"""Ids of reconciliation: things by their kind and key, kinds by the classes of the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg import ontology
from kg.errors import UnknownName
from kg.graph import KnowledgeGraph, Thing
from kg.ontology import KG
from kg.operations import Value

_FIRST = ("person", "organization", "topic", "award")


@cache
def types() -> Mapping[str, Value]:
    """Kind of thing -> its type; those that are reconciled most come first."""
    kinds = {name: k for name, k in ontology.load().kinds.items() if name != "source"}
    ordered = [*_FIRST, *(name for name in kinds if name not in _FIRST)]
    return {n: {"id": kinds[n].iri.removeprefix(KG), "name": kinds[n].label} for n in ordered}


def kind(name: str) -> str:
    """The kind that a type's id or name stands for.

    Raises:
        UnknownName: there is no such type.
    """
    plain = name.removeprefix(KG).casefold()
    for known, told in types().items():
        if plain in {known, told["id"].casefold(), told["name"]}:
            return known
    raise UnknownName("type", name, (t["id"] for t in types().values()))


def told_id(thing: Thing) -> str:
    """The id of a thing: "person/ada-byron"."""
    return f"{thing.kind}/{thing.key}"


def by_id(graph: KnowledgeGraph, name: str) -> Thing | None:
    """The thing of an id, or of an IRI; None where there is none."""
    if "/" not in name:
        return None
    base = graph.base
    return graph.reader.thing(name if name.startswith(base) else base + name)
