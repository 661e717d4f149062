"""Jobs of pages for people: HTML that needs no script, all text escaped by the templates in ``viz/pages``.

The explorer of ``viz/explorer`` takes these pages over where scripts run.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.utils import htmlsafe_json_dumps
from pyoxigraph import Literal, NamedNode, QueryTriples, Triple

from kg import ontology, operations, queries, resources
from kg.errors import QueryError, UnknownName
from kg.graph import PREFIXES, KnowledgeGraph
from kg.ontology import RDF, RDFS
from kg.server._front import parts
from kg.server._jobs import Arguments, Job, Out, Refused
from kg.server._media import GRAPHS, PAGE, RESULTS
from kg.settings import LIMITS

_SCHEMA = "https://schema.org/"
_CLASSES = {
    "person": "Person",
    "talk": "Event",
    "series": "EventSeries",
    "organization": "Organization",
    "unit": "Organization",
    "topic": "DefinedTerm",
}
_STAND_IN = "<urn:x-thing>"
_SHOWN, _ROWS = 25, 200
_EXAMPLE = "frequent-topics"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(resources.folder("viz") / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"words": _worded, "local": _local}
    return made


def prepare() -> None:
    """Compile all templates, which takes longer than a page."""
    for name in _environment().list_templates(extensions=["html"]):
        _environment().get_template(name)


@pass_context
def _local(context: Context, iri: str) -> str:
    """The address of an IRI here, if it is one of the graph's; no other kind of address is linked to."""
    if iri.startswith(context["base"]):
        return str(context["root"]) + iri.removeprefix(context["base"])
    return iri if iri.startswith(("https://", "http://")) else "#"


def _worded(name: str) -> str:
    kind = ontology.load().kinds.get(name)
    return kind.label if kind else name.replace("_", " ")


def _rendered(graph: KnowledgeGraph, template: str, arguments: Arguments, **told: Any) -> str:
    root, base = arguments["root"], graph.base
    frame = {"root": root, "base": base, "front": parts(), "q": told.get("q")}
    return _environment().get_template(template).render(frame | told)


def refused(error: Refused, root: str, base: str, path: str = "") -> str:
    """The page of what was refused; where nothing has the address ``path``, its end is offered to be looked for."""
    frame = {"root": root, "base": base, "front": parts(), "q": None}
    end = path.rpartition("/")[2] if error.status == 404 else ""
    words = " ".join(end.replace("-", " ").replace("_", " ").split())[: LIMITS.characters]
    return _environment().get_template("refused.html").render(frame, error=error, words=words)


def of(graph: KnowledgeGraph, path: str, arguments: Arguments) -> str:
    """The page of an IRI: of a thing, of a claim or other evidence, of a saved query, of what else is told of."""
    iri = graph.base + path
    if path.startswith("query/"):
        return _query(graph, path.removeprefix("query/"), arguments)
    try:
        thing = operations.entity(graph, iri, _SHOWN, arguments["offset"])
    except UnknownName:
        return _evidence(graph, iri, arguments)
    schema = _schema(graph, iri, thing["kind"])
    return _rendered(graph, "thing.html", arguments, thing=thing, schema=schema, told=_told(thing))


def _told(value: Any) -> str:
    """What a page tells the explorer, which need not ask for it again."""
    return htmlsafe_json_dumps(value, ensure_ascii=False)


def _schema(graph: KnowledgeGraph, iri: str, kind: str) -> dict[str, Any]:
    """A thing as a JSON-LD object of schema.org."""
    view = (resources.folder("ontology") / "views" / "schema-org.rq").read_text("utf-8")
    found = graph.results(view.replace(_STAND_IN, str(NamedNode(iri))))
    assert isinstance(found, QueryTriples)
    nodes: dict[str, dict[str, Any]] = {}
    for subject, triples in groupby(sorted(set(found), key=str), key=lambda t: str(t.subject)):
        nodes[subject[1:-1]] = _node(subject[1:-1], triples)
    own = nodes.get(iri, {"@id": iri})
    told = {name: _joined(value, nodes) for name, value in own.items()}
    return {"@context": _SCHEMA, "@type": _CLASSES.get(kind, "Thing")} | told


def _node(iri: str, triples: Any) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": iri}
    for triple in triples:
        name, value = _short(triple)
        node.setdefault(name, []).append(value)
    return {name: v[0] if isinstance(v, list) and len(v) == 1 else v for name, v in node.items()}


def _short(triple: Triple) -> tuple[str, str]:
    value = triple.object
    text = value.value if isinstance(value, NamedNode | Literal) else str(value)
    if triple.predicate.value == f"{RDF}type":
        return "@type", text.removeprefix(_SCHEMA)
    return triple.predicate.value.removeprefix(_SCHEMA), text


def _joined(value: Any, nodes: Mapping[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_joined(v, nodes) for v in value]
    node = nodes.get(value, {})
    return node if "@type" in node else value


def _evidence(graph: KnowledgeGraph, iri: str, arguments: Arguments) -> str:
    try:
        told = operations.evidence(graph, iri)
    except (UnknownName, QueryError):
        return _plain(graph, iri, arguments)
    return _rendered(graph, "claim.html", arguments, told=told)


def _plain(graph: KnowledgeGraph, iri: str, arguments: Arguments) -> str:
    known = ontology.load()
    about = graph.about(iri)
    labels = {t.subject: t.object for t in about if t.predicate.value == f"{RDFS}label"}
    said = []
    for triple in (t for t in about if t.subject == NamedNode(iri)):
        node, term = triple.object, triple.predicate.value
        shown = labels.get(node, node) if isinstance(node, NamedNode) else node
        word = (
            known.label(term) if term in known.terms else term.rpartition("/")[2].rpartition("#")[2]
        )
        target = node.value if isinstance(node, NamedNode) else None
        said.append((word, getattr(shown, "value", str(shown)), target))
    title = iri.removeprefix(graph.base)
    return _rendered(graph, "node.html", arguments, iri=iri, title=title, said=said)


def _query(graph: KnowledgeGraph, name: str, arguments: Arguments) -> str:
    query, given = queries.get(name), dict(arguments["values"])
    asked = given.pop("run", None) or not query.parameters
    answer, wrong = None, ""
    values = {p.name: given.get(p.name, p.example) for p in query.parameters}
    if asked:
        try:
            answer = operations.query(graph, name, values, _ROWS)
        except QueryError as error:
            wrong = str(error)
    return _rendered(
        graph, "query.html", arguments, query=query, values=values, answer=answer, wrong=wrong
    )


def _home(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
    """What is in here, and what can be asked."""
    home = operations.home(graph)
    _put(out, _rendered(graph, "home.html", arguments, home=home, told=_told(home)))


def _sparql(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
    """A form for a query; ``query`` is what stands in it, None an example."""
    lines = queries.get(_EXAMPLE).text.splitlines(keepends=True)
    example = "".join(line for line in lines if not line.startswith("#"))
    told = {
        "example": arguments["query"] or example,
        "prefixes": sorted(PREFIXES),
        "formats": [*RESULTS, *GRAPHS],
    }
    _put(out, _rendered(graph, "sparql.html", arguments, **told))


def _find(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
    """What has a name, and the answer to what is a question; ``q`` is what was asked."""
    asked = " ".join(arguments["q"].split())[: LIMITS.characters]
    hits = operations.search(graph, asked, limit=_SHOWN)["hits"] if asked else []
    told = operations.ask(graph, asked, _ROWS) if len(asked.split()) > 2 else {"declined": ""}
    declined = told["declined"]
    shown = {
        "answer": told if declined is None else None,
        "declined": declined,
        "nearest": told.get("nearest", []),
        "hits": hits if declined is not None else [],
    }
    _put(out, _rendered(graph, "find.html", arguments, q=asked, **shown))


def _queries(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
    """The catalogue."""
    known = sorted(queries.catalogue().values(), key=lambda q: q.title.casefold())
    _put(out, _rendered(graph, "queries.html", arguments, queries=known))


def _empty(graph: KnowledgeGraph, arguments: Arguments, out: Out) -> None:
    """A page that only the script fills."""
    _put(out, _rendered(graph, f"{arguments['page']}.html", arguments))


def _put(out: Out, page: str) -> None:
    out.start(PAGE["html"])
    out.write(page.encode())


JOBS: Mapping[str, Job] = {
    "home": _home,
    "find": _find,
    "sparql page": _sparql,
    "queries page": _queries,
    "empty page": _empty,
}
