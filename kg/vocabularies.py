"""Vocabularies of topics that a user imports: SKOS concepts by their labels, with what is broader.

Each file becomes one vocabulary under the name of the file, kept in the user's folder; importing it again replaces it.
SKOS: https://www.w3.org/TR/skos-reference/
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ReadError, UnknownName
from kg.imports import home

if TYPE_CHECKING:
    import rdflib

_FORMATS = {
    ".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".xml": "xml", ".owl": "xml", ".skos": "xml", ".jsonld": "json-ld",
    ".json": "json-ld", ".n3": "turtle",
}  # fmt: skip
_LARGEST = 200_000_000
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True)
class Term:
    """A concept of an imported vocabulary.

    Parameters:
        label: its preferred label: the English one, else one without a language, else the first by language.
        others: its other labels, of all languages.
        broader: preferred labels of the concepts right above it.
        iri: by which the vocabulary names it.
    """

    label: str
    others: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    iri: str = ""


def _folder() -> Path:
    return home() / "skos"


def add(path: str | Path) -> int:
    """Import a SKOS file (Turtle, N-Triples, RDF/XML, JSON-LD by its ending); the number of its concepts.

    Raises:
        ReadError: it cannot be read, is no RDF, holds no labelled concept, or would fetch something; what was imported
            before stays.
    """
    source = Path(path)
    terms = _terms(_parsed(source))
    if not terms:
        raise ReadError(f"{source}: holds no skos:Concept with a skos:prefLabel")
    target = _folder() / f"{source.stem}.json"
    fresh = target.with_suffix(".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        kept = {"source": source.name, "terms": [asdict(term) for term in terms]}
        fresh.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
        fresh.replace(target)
    except OSError as error:
        raise ReadError(f"{target} cannot be written: {error.strerror or error}") from None
    return len(terms)


def _parsed(source: Path) -> rdflib.Graph:
    import rdflib  # noqa: PLC0415  heavy

    kind = _FORMATS.get(source.suffix.lower())
    if kind is None:
        raise ReadError(f"{source}: unknown ending; known: {', '.join(sorted(_FORMATS))}")
    try:
        if source.stat().st_size > _LARGEST:
            raise ReadError(f"{source}: larger than {_LARGEST:,} bytes")
        data = source.read_bytes()
    except OSError as error:
        raise ReadError(f"{source}: {error.strerror or error}") from None
    if kind == "json-ld":
        _refuse_remote(source, data)
    try:
        return rdflib.Graph().parse(data=data, format=kind)
    except Exception as error:  # each of its parsers has errors of its own
        raise ReadError(f"{source}: no valid RDF: {' '.join(str(error).split())[:200]}") from None


def _refuse_remote(source: Path, data: bytes) -> None:
    """A context that stands elsewhere would be fetched; nothing here calls out."""
    try:
        found = json.loads(data)
    except ValueError as error:
        raise ReadError(f"{source}: no valid JSON: {error}") from None
    for part in found if isinstance(found, list) else [found]:
        context = part.get("@context") if isinstance(part, dict) else None
        for one in context if isinstance(context, list) else [context]:
            if isinstance(one, str) or (isinstance(one, dict) and "@import" in one):
                raise ReadError(
                    f"{source}: its context stands elsewhere ({one!s:.80}); put it into the file"
                )


def _terms(graph: rdflib.Graph) -> list[Term]:
    """Its concepts, sorted by label; deprecated ones left out."""
    from rdflib import OWL, RDF, URIRef  # noqa: PLC0415  heavy

    preferred, alternative = URIRef(f"{_SKOS}prefLabel"), URIRef(f"{_SKOS}altLabel")
    concepts = set(graph.subjects(RDF.type, URIRef(f"{_SKOS}Concept"))) | set(
        graph.subjects(preferred, None)
    )
    gone = {s for s, value in graph.subject_objects(OWL.deprecated) if str(value).lower() == "true"}
    labels = {c: _best(graph.objects(c, preferred)) for c in concepts - gone}
    above = {c: set(graph.objects(c, URIRef(f"{_SKOS}broader"))) for c in labels}
    for parent, child in graph.subject_objects(URIRef(f"{_SKOS}narrower")):
        above.setdefault(child, set()).add(parent)
    terms = []
    for concept, label in labels.items():
        others = {str(o) for p in (preferred, alternative) for o in graph.objects(concept, p)} - {
            label
        }
        broader = {labels[b] for b in above.get(concept, ()) if labels.get(b)} - {label}
        iri = str(concept) if isinstance(concept, URIRef) else ""
        if label:
            terms.append(Term(label, tuple(sorted(others)), tuple(sorted(broader)), iri))
    return sorted(terms, key=lambda t: (t.label, t.iri))


def _best(labels: Iterable[object]) -> str:
    """The English label, else one without a language, else the first by language."""
    order = {"en": 0, "": 1}

    def rank(label: object) -> tuple[int, str, str]:
        language = str(getattr(label, "language", None) or "").partition("-")[0].lower()
        return order.get(language, 2), language, str(label)

    return " ".join(str(min(labels, key=rank, default="")).split())


def imported() -> dict[str, str]:
    """The imported vocabularies: name -> the file it was read from."""
    files = sorted(_folder().glob("*.json")) if _folder().is_dir() else []
    return {file.stem: str(_kept(file)["source"]) for file in files}


def _kept(file: Path) -> dict[str, object]:
    try:
        found: dict[str, object] = json.loads(file.read_text("utf-8"))
        return {"source": found["source"], "terms": found["terms"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadError(f"{file} cannot be read ({error}); import it again, or delete it") from None


def terms() -> list[Term]:
    """Every concept of the imported vocabularies, in the order of their names.

    Raises:
        ReadError: one of them cannot be read.
    """
    found: list[Term] = []
    for name in imported():
        rows = _kept(_folder() / f"{name}.json")["terms"]
        for row in rows if isinstance(rows, list) else []:
            found.append(
                Term(row["label"], tuple(row["others"]), tuple(row["broader"]), row["iri"])
            )
    return found


def remove(name: str) -> None:
    """Forget an imported vocabulary.

    Raises:
        UnknownName: there is none of this name.
    """
    file = _folder() / f"{name}.json"
    if name not in imported():
        raise UnknownName("vocabulary", name, imported())
    file.unlink()
