"""Checking a graph against the SHACL shapes of ``ontology/shapes.ttl``, and what shapes cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from kg import ontology, resources
from kg.errors import KgError, MissingPart
from kg.graph._store import Readable
from kg.ontology import KG

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_WHOLE = KG.rstrip("#")


@dataclass(frozen=True, order=True)
class Violation:
    """One thing that is wrong, or a warning of something for a person to look at.

    Parameters:
        severity: "violation" or "warning".
        focus: the node that is wrong.
        path: the property, or "".
        value: the value that is wrong, or "".
    """

    severity: str
    message: str
    focus: str
    path: str = ""
    value: str = ""


def check(store: Readable, graph: rdflib.Graph) -> list[Violation]:
    """What is wrong, sorted: violations first, then warnings.

    Raises:
        MissingPart: pySHACL is not installed.
    """
    try:
        import pyshacl  # noqa: PLC0415  heavy
    except ImportError:
        raise MissingPart("checking needs pySHACL: pip install 'pyshacl'") from None
    import rdflib  # noqa: PLC0415  heavy

    shapes = rdflib.Graph().parse(resources.folder("ontology") / "shapes.ttl", format="turtle")
    _, report, text = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise KgError(f"the shapes cannot be run: {' '.join(text.split())}")
    return sorted({*_violations(report), *_strangers(store)})


def _violations(report: rdflib.Graph) -> Iterator[Violation]:
    """Results of a report; where a check was of the whole graph, what it found is the focus."""
    import rdflib  # noqa: PLC0415  heavy

    sh = rdflib.Namespace(_SH)
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        severity = str(report.value(result, sh.resultSeverity)).removeprefix(_SH).lower()
        parts = (
            report.value(result, sh[n])
            for n in ("resultMessage", "focusNode", "resultPath", "value")
        )
        message, focus, path, value = ("" if p is None else str(p) for p in parts)
        if focus == _WHOLE:
            focus, value = value, ""
        yield Violation(severity, message, focus, path, value)


def _strangers(store: Readable) -> Iterator[Violation]:
    """Blank nodes, and terms of ours that the ontology lacks."""
    terms = ontology.load().terms
    for quad in store.quads_for_pattern(None, None, None, None):
        for part in (quad.subject, quad.predicate, quad.object):
            if isinstance(part, BlankNode):
                yield Violation("violation", "a blank node", str(part), quad.predicate.value)
            elif (
                isinstance(part, NamedNode)
                and part.value.startswith(KG)
                and part.value not in terms
            ):
                yield Violation("violation", "a term that the ontology lacks", part.value)
