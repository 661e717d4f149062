"""Jobs of linked data: what a graph says of one IRI, and what it says of itself, in the form that a client likes best.

The data set describes itself by VoID (https://www.w3.org/TR/void/) and DCAT (https://www.w3.org/TR/vocab-dcat-3/), the
endpoint by SPARQL 1.1 Service Description; a query of the catalogue is a ``sh:SPARQLExecutable`` of SHACL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from kg import ontology, queries
from kg.graph import PREFIXES, KnowledgeGraph, written
from kg.ontology import KG, RDF, RDFS, SKOS, XSD
from kg.questions import spoken
from kg.server import _pages
from kg.server._jobs import Arguments, Job, Out, Refused, dataset
from kg.server._media import DUMPS, GRAPHS, PAGE, TERMS, chosen
from kg.workspace import TEXT, manifest_of

DCAT, SD, SH, VOID = (
    "http://www.w3.org/ns/dcat#",
    "http://www.w3.org/ns/sparql-service-description#",
    "http://www.w3.org/ns/shacl#",
    "http://rdfs.org/ns/void#",
)
DCTERMS = PREFIXES["dcterms"]
_PREFIXES = PREFIXES | {"dcat": DCAT, "sd": SD, "sh": SH, "void": VOID}
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_QUERIES = "query/"
_ENDINGS = tuple(f".{name}" for name in (*GRAPHS, *PAGE))
Told = Iterator[Triple]


def _thing(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
    """What is said of an IRI of the graph; ``path`` follows the base, perhaps with an ending that names a format."""
    local, name = _split(graph, arguments["path"])
    name = name or chosen(arguments["accept"], PAGE | GRAPHS)
    if name is None:
        raise Refused(406, f"this is told as {', '.join(PAGE | GRAPHS)}")
    place = arguments["root"] + quote(local)
    headers = {"Content-Location": f"{place}.{name}", "Link": _links(place)}
    if name == "html":
        out.start(PAGE["html"], headers)
        out.write(_pages.of(graph, local, arguments).encode())
        return
    out.start(GRAPHS[name], headers)
    out.write(written(list(_said(graph, local)), name, _PREFIXES).encode())


def _split(graph: KnowledgeGraph, path: str) -> tuple[str, str | None]:
    """The end of an IRI that the graph knows, and the format that follows it."""
    stem, dot, ending = path.rpartition(".")
    for local, name in ((path, None), (stem, ending)):
        fits = name is None or dot + ending in _ENDINGS
        if fits and (_is_query(local) or graph.says(graph.base + local)):
            return local, name
    raise Refused(404, f"the graph says nothing of {graph.base}{path}"[:300])


def _is_query(local: str) -> bool:
    return local.removeprefix(_QUERIES) in queries.catalogue() and local.startswith(_QUERIES)


def _links(place: str) -> str:
    kinds = {name: kind.partition(";")[0] for name, kind in (PAGE | GRAPHS).items()}
    return ", ".join(f'<{place}.{n}>; rel="alternate"; type="{k}"' for n, k in kinds.items())


def _said(graph: KnowledgeGraph, local: str) -> Iterable[Triple]:
    if _is_query(local):
        return _saved(graph, queries.get(local.removeprefix(_QUERIES)))
    iri = graph.base + local
    return [*graph.about(iri), _triple(iri, f"{VOID}inDataset", NamedNode(dataset(graph)))]


def _saved(graph: KnowledgeGraph, query: queries.Query) -> Told:
    iri = graph.base + _QUERIES + query.name
    for kind in ("SPARQLExecutable", "SPARQLSelectExecutable"):
        yield _triple(iri, f"{RDF}type", NamedNode(SH + kind))
    yield _triple(iri, f"{RDFS}label", Literal(query.title, language="en"))
    if query.explanation:
        yield _triple(iri, f"{RDFS}comment", Literal(query.explanation, language="en"))
    for phrasing in spoken(query.phrasings):
        yield _triple(iri, f"{SKOS}altLabel", Literal(phrasing, language="en"))
    yield _triple(iri, f"{SH}select", Literal(query.text))
    yield _triple(iri, f"{DCTERMS}isPartOf", NamedNode(dataset(graph)))


def _triple(subject: str, predicate: str, value: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), value)


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(f"{XSD}integer"))


def _void(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
    """The description of the data set; ``home`` is the address that others know the server by."""
    told = [*_set(graph, arguments["home"]), *_parts(graph)]
    for query in queries.catalogue().values():
        told.extend(_saved(graph, query))
    _negotiated(told, arguments, out)


def _set(graph: KnowledgeGraph, home: str) -> Told:
    iri = dataset(graph)
    for kind in (f"{VOID}Dataset", f"{DCAT}Dataset"):
        yield _triple(iri, f"{RDF}type", NamedNode(kind))
    said = manifest_of(graph.reader.folder)
    title = said.get("title")
    named = Literal(title) if title else Literal("Knowledge graph of talks", language="en")
    yield _triple(iri, f"{DCTERMS}title", named)
    yield from _licensed(iri, said.get("licence") or "")
    yield _triple(iri, f"{VOID}triples", _number(graph.stats()["triples"]))
    yield _triple(iri, f"{VOID}uriSpace", Literal(graph.base))
    yield _triple(iri, f"{VOID}sparqlEndpoint", NamedNode(f"{home}sparql"))
    yield _triple(iri, f"{VOID}vocabulary", NamedNode(KG.rstrip("#")))
    yield _triple(KG.rstrip("#"), f"{RDFS}seeAlso", NamedNode(f"{home}dump/{TERMS[0]}"))
    yield _triple(iri, f"{DCTERMS}conformsTo", NamedNode(f"{home}dump/{TERMS[1]}"))
    for ending, kind in DUMPS.items():
        dump = f"{home}dump/{ending}"
        yield _triple(iri, f"{DCAT}distribution", NamedNode(f"{iri}#{ending}"))
        yield _triple(f"{iri}#{ending}", f"{RDF}type", NamedNode(f"{DCAT}Distribution"))
        yield _triple(f"{iri}#{ending}", f"{DCAT}downloadURL", NamedNode(dump))
        yield _triple(f"{iri}#{ending}", f"{DCTERMS}format", Literal(kind))
    yield _triple(iri, f"{VOID}dataDump", NamedNode(f"{home}dump/{TEXT}"))
    service = f"{iri}#endpoint"
    yield _triple(service, f"{RDF}type", NamedNode(f"{DCAT}DataService"))
    yield _triple(service, f"{DCAT}endpointURL", NamedNode(f"{home}sparql"))
    yield _triple(service, f"{DCAT}servesDataset", NamedNode(iri))


def _licensed(iri: str, licence: str) -> Told:
    """The licence of a data set: an address is its IRI, any other text its name."""
    if not licence:
        return
    document = _address(licence)
    yield _triple(iri, f"{DCTERMS}license", document or NamedNode(f"{iri}#licence"))
    if document is None:
        yield _triple(f"{iri}#licence", f"{RDF}type", NamedNode(f"{DCTERMS}LicenseDocument"))
        yield _triple(f"{iri}#licence", f"{RDFS}label", Literal(licence))


def _address(text: str) -> NamedNode | None:
    with suppress(ValueError):  # it is no IRI
        if text.startswith(("https://", "http://")):
            return NamedNode(text)
    return None


def _parts(graph: KnowledgeGraph) -> Told:
    """How many things of each class and statements of each property there are."""
    known = ontology.load()
    for word, of, counted, terms in (
        ("class", "class", "entities", _counts(graph, "?x a ?term")),
        ("property", "property", "triples", _counts(graph, "?x ?term ?y")),
    ):
        for term, number in terms:
            part = f"{dataset(graph)}#{word}-{quote(term, safe='')}"
            yield _triple(dataset(graph), f"{VOID}{word}Partition", NamedNode(part))
            yield _triple(part, VOID + of, NamedNode(term))
            yield _triple(part, VOID + counted, _number(number))
            if term in known.terms:
                yield _triple(part, f"{RDFS}label", Literal(known.label(term), language="en"))


def _counts(graph: KnowledgeGraph, pattern: str) -> list[tuple[str, int]]:
    found = graph.results(f"SELECT ?term (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?term")
    assert isinstance(found, QuerySolutions)
    rows = [(row["term"], row["n"]) for row in found]
    return sorted(
        (term.value, int(n.value))
        for term, n in rows
        if isinstance(term, NamedNode) and isinstance(n, Literal)
    )


def _service(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
    """The description of the SPARQL endpoint."""
    home = arguments["home"]
    iri, data = f"{home}sparql", dataset(graph)
    told = [
        _triple(iri, f"{RDF}type", NamedNode(f"{SD}Service")),
        _triple(iri, f"{SD}endpoint", NamedNode(iri)),
        _triple(iri, f"{SD}supportedLanguage", NamedNode(f"{SD}SPARQL11Query")),
        _triple(iri, f"{SD}defaultDataset", NamedNode(data)),
        _triple(data, f"{RDF}type", NamedNode(f"{SD}Dataset")),
        _triple(data, f"{SD}defaultGraph", NamedNode(f"{data}#default")),
        _triple(f"{data}#default", f"{RDF}type", NamedNode(f"{SD}Graph")),
        _triple(f"{data}#default", f"{VOID}triples", _number(graph.stats()["triples"])),
    ]
    told += [_triple(iri, f"{SD}resultFormat", NamedNode(_FORMATS + name)) for name in _WRITTEN]
    _negotiated(told, arguments, out)


def _negotiated(told: list[Triple], arguments: Arguments, out: Out) -> None:
    name = chosen(arguments["accept"], GRAPHS) or "ttl"
    out.start(GRAPHS[name])
    out.write(written(sorted(set(told), key=str), name, _PREFIXES).encode())


JOBS: Mapping[str, Job] = {"thing": _thing, "void": _void, "service": _service}
