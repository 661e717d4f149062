"""Vocabularies of topics that a user imports: SKOS concepts by their labels, with what is broader.

Each file becomes one vocabulary under the name of the file, kept in the user's folder; importing it again replaces it.
SKOS: https://www.w3.org/TR/skos-reference/
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache, wraps
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from kg.errors import ReadError, UnknownName
from kg.imports import home

if TYPE_CHECKING:
    import rdflib

_FORMATS = {
    ".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".xml": "xml", ".owl": "xml", ".skos": "xml", ".jsonld": "json-ld",
    ".json": "json-ld", ".n3": "turtle",
}  # fmt: skip
_CALLED = {"turtle": "Turtle", "nt": "N-Triples", "xml": "RDF/XML", "json-ld": "JSON-LD"}
_LARGEST = 200_000_000
_RESERVED = frozenset({"ror", "skos"})
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_CHANGES = count(1)
_P = ParamSpec("_P")
_R = TypeVar("_R")
_changed = [0]


def edition() -> tuple[str | None, int]:
    """What tells whether the imports are those of before: the folder, and the changes that this process made."""
    return os.environ.get("TALKGRAPH_HOME"), _changed[0]


def remembered(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """A function of what is imported that computes each answer once, and anew after a change of the imports."""
    kept: Any = lru_cache(maxsize=1 << 16)(function)
    made = [edition()]

    @wraps(function)
    def answer(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        now = edition()
        if made[0] != now:
            kept.cache_clear()
            made[0] = now
        found: _R = kept(*args, **kwargs)
        return found

    return answer


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
    """Import a SKOS file (Turtle, N-Triples, RDF/XML, JSON-LD by its ending, else by its first characters).

    Returns:
        The number of its concepts.

    Raises:
        ReadError: it cannot be read, is no RDF, holds no labelled concept, or would fetch something; what was imported
            before stays.
    """
    source = Path(path)
    if source.stem.lower() in _RESERVED:
        raise ReadError(
            f"{source}: a vocabulary has the name of its file; call it other than {source.stem!r}"
        )
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
    _changed[0] = next(_CHANGES)
    return len(terms)


def _parsed(source: Path) -> rdflib.Graph:
    import rdflib  # noqa: PLC0415  heavy

    try:
        if source.stat().st_size > _LARGEST:
            raise ReadError(f"{source}: larger than {_LARGEST:,} bytes")
        data = source.read_bytes()
    except OSError as error:
        raise ReadError(f"{source}: {error.strerror or error}") from None
    kind = _FORMATS.get(source.suffix.lower()) or _guessed(data)
    if kind == "json-ld":
        _refuse_remote(source, data)
    try:
        with (
            warnings.catch_warnings()
        ):  # its parser of JSON-LD still calls what it calls deprecated
            warnings.simplefilter("ignore", DeprecationWarning)
            return rdflib.Graph().parse(data=data, format=kind)
    except Exception as error:  # each of its parsers has errors of its own
        told = " ".join(_told(data, kind, error).split())[:200]
        raise ReadError(f"{source}: no valid {_CALLED[kind]}: {told}") from None


def _guessed(data: bytes) -> str:
    """The format of a file whose ending tells none."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return {b"{": "json-ld", b"[": "json-ld"}.get(start) or (
        "xml"
        if data.lstrip().startswith((b"<?xml", b"<rdf:RDF", b"\xef\xbb\xbf<?xml"))
        else "turtle"
    )


def _told(data: bytes, kind: str, error: Exception) -> str:
    """What is wrong, with the line."""
    import rdflib  # noqa: PLC0415  heavy

    if isinstance(error, UnicodeDecodeError):
        line = data.count(b"\n", 0, error.start) + 1
        return f"line {line}: {error}"
    if kind == "nt":  # its parser tells no line; that of Turtle, of which it is a part, does
        try:
            rdflib.Graph().parse(data=data, format="turtle")
        except Exception as second:  # as above
            return str(second)
    return str(error)


def _refuse_remote(source: Path, data: bytes) -> None:
    """A context that stands elsewhere would be fetched, however deep its reference lies; nothing here calls out."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{source}: no valid JSON: {error}") from None
    for context in _contexts(found):
        if isinstance(context, str) or (isinstance(context, dict) and "@import" in context):
            raise ReadError(
                f"{source}: a context stands elsewhere ({context!s:.80}); put it into the file"
            )


def _contexts(found: object) -> Iterator[object]:
    """Every context anywhere in a document: of the whole, of a node, of a term."""
    waiting = [found]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            context = part.get("@context")
            yield from context if isinstance(context, list) else [context]
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def _terms(graph: rdflib.Graph) -> list[Term]:
    """Its concepts, sorted by label; deprecated ones left out."""
    from rdflib import OWL, RDF, URIRef  # noqa: PLC0415  heavy

    preferred = URIRef(f"{_SKOS}prefLabel")
    names = (preferred, URIRef(f"{_SKOS}altLabel"), URIRef(f"{_SKOS}hiddenLabel"))
    concepts = set(graph.subjects(RDF.type, URIRef(f"{_SKOS}Concept"))) | set(
        graph.subjects(preferred, None)
    )
    gone = {s for s, value in graph.subject_objects(OWL.deprecated) if str(value).lower() == "true"}
    for other in ("ConceptScheme", "Collection", "OrderedCollection"):  # named, but no topics
        gone |= set(graph.subjects(RDF.type, URIRef(_SKOS + other)))
    labels = {c: _best(graph.objects(c, preferred)) for c in concepts - gone}
    above = {c: set(graph.objects(c, URIRef(f"{_SKOS}broader"))) for c in labels}
    for parent, child in graph.subject_objects(URIRef(f"{_SKOS}narrower")):
        above.setdefault(child, set()).add(parent)
    terms = []
    for concept, label in labels.items():
        others = {str(o) for p in names for o in graph.objects(concept, p)} - {label}
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


def told() -> dict[str, dict[str, str]]:
    """What a build says of the imported vocabularies: name -> the file it was read from, and a hash of what is kept."""
    return {
        name: {
            "source": source,
            "sha256": sha256((_folder() / f"{name}.json").read_bytes()).hexdigest(),
        }
        for name, source in imported().items()
    }


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
    _changed[0] = next(_CHANGES)
