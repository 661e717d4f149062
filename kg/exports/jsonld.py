"""JSON-LD 1.1: a flat list of nodes under a context of prefixes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.exports._triples import PREFIXES, RDF_TYPE, triples

if TYPE_CHECKING:
    from pyoxigraph import Literal, Triple

    from kg.graph import KnowledgeGraph

SUFFIXES = (".jsonld",)
_STRING = PREFIXES["xsd"] + "string"


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write one object an entity or claim, a line each, so that two versions compare well."""
    groups = groupby(triples(graph), key=lambda t: str(t.subject))
    nodes = (json.dumps(_node(group), ensure_ascii=False) for _, group in groups)
    context = json.dumps(PREFIXES, indent=1)
    body = ",\n".join(nodes)
    text = f'{{"@context": {context},\n"@graph": [\n{body}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")


def _node(group: Iterable[Triple]) -> dict[str, Any]:
    node: dict[str, Any] = {}
    for triple in group:
        node.setdefault("@id", _name(triple.subject))
        if triple.predicate.value == RDF_TYPE:
            node.setdefault("@type", []).append(_short(_name(triple.object)))
        else:
            values = node.setdefault(_short(triple.predicate.value), [])
            values.append(_value(triple.object))
    return node


def _name(term: Any) -> str:
    """The IRI of a term, or a blank node with its mark."""
    value = str(term.value)
    return value if str(term).startswith("<") else f"_:{value}"


def _value(term: Any) -> Any:
    from pyoxigraph import Literal  # noqa: PLC0415  heavy

    return _literal(term) if isinstance(term, Literal) else {"@id": _name(term)}


def _literal(literal: Literal) -> str | dict[str, str]:
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    datatype = literal.datatype.value
    if datatype == _STRING:
        return str(literal.value)
    return {"@value": literal.value, "@type": _short(datatype)}


def _short(iri: str) -> str:
    """An IRI with its prefix, if what is left is a plain name."""
    for prefix, base in PREFIXES.items():
        local = iri.removeprefix(base)
        if local != iri and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return iri
