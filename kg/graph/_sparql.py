"""Running SPARQL: what is refused, and how an engine's complaint becomes one line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from pyoxigraph import (
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg import queries
from kg.errors import QueryError, UnknownName
from kg.graph._store import Readable, plain
from kg.model import Answer
from kg.ontology import KG, RDF, RDFS, SKOS, XSD

_REFUSED = re.compile("service|load|from", re.IGNORECASE)
_TOKEN = re.compile(
    r"""
      (?P<skip>
          \#[^\r\n]*                                              # a comment
        | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'           # strings
        | <[A-Za-z][\w+.-]*://[^<>"{}|^`\x00-\x20]*>            # an IRI that can be nothing else
        | [?$]\w+                                                 # a variable
        | (?<=:)(?:[\w%-]|\\.)+                                   # the local part of a prefixed name
      )
    | (?P<word>[^\W\d]\w*)
    | (?P<open><<|[{(\[])
    | (?P<close>>>|[})\]])
    | (?P<operator>[-+*/|^!&=])
    | (?P<part>[.;,]|(?<!\S)[\d.]+(?!\S))
    """,
    re.VERBOSE | re.DOTALL,
)
_STEPS = frozenset(
    {"as", "bind", "exists", "filter", "minus", "optional", "select", "union", "values"}
)
_DEEPEST, _MOST_STEPS, _MOST_PARTS, _LONGEST_QUERY = 100, 1_000, 5_000, 200_000
"""How deep a query may be nested, how many steps, patterns and letters it may have: the engine follows them by
recursion, and ends the whole process where the stack does."""
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_TOLD = re.compile(r"[A-Z][a-z]+ (?:[\w?$-]+ ){2,}[\w?$-]+")
_LONGEST = 160
_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "kg": KG,
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}


def refuse(sparql: str) -> None:
    """Refuse what would call out (SERVICE, FROM and LOAD, however spelt), and what the engine would not survive.

    Raises:
        QueryError: one of the words stands in the query outside texts, IRIs, variables and names; or it is too long,
            too deep, or has too many steps.
    """
    if len(sparql) > _LONGEST_QUERY:
        raise QueryError(f"the query has more than {_LONGEST_QUERY:,} letters")
    _bound(sparql)
    for text in dict.fromkeys((sparql, _CODE_POINT.sub(_character, sparql))):
        for match in _TOKEN.finditer(text):
            word = match.group("word")
            if word and (found := _REFUSED.search(word)):
                line = text.count("\n", 0, match.start()) + 1
                what = found.group().upper()
                raise QueryError(
                    f"line {line}: {what} is refused, a query reads this graph and nothing else"
                )


def _bound(sparql: str) -> None:
    depth = steps = parts = 0
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup
        depth += {"open": 1, "close": -1}.get(kind or "", 0)
        steps += kind == "operator" or match.group() in "{[" or match.group().lower() in _STEPS
        parts += kind == "part"
        if depth > _DEEPEST or steps > _MOST_STEPS or parts > _MOST_PARTS:
            line = sparql.count("\n", 0, match.start()) + 1
            told = f"more than {_MOST_PARTS:,} patterns and values"
            if depth > _DEEPEST:
                told = f"nested more than {_DEEPEST} deep"
            elif steps > _MOST_STEPS:
                told = f"more than {_MOST_STEPS:,} steps"
            raise QueryError(f"line {line}: the query is too complex ({told})")


def _character(match: re.Match[str]) -> str:
    number = int(match.group(1) or match.group(2), 16)
    return chr(number) if number <= sys.maxunicode else match.group()


def _explain(error: Exception, sparql: str) -> QueryError:
    """One line: the place if the engine tells one, and what it expected, without its lists of characters."""
    match = _PLACE.fullmatch(str(error))
    if match is None:
        return QueryError(f"the query failed: {' '.join(str(error).split())[:_LONGEST]}")
    if prefix := next(_undeclared(sparql), None):
        return QueryError(f"SPARQL, line {prefix[1]}: the prefix {prefix[0]}: is not declared")
    line, column, wanted = match.groups()
    place = f"SPARQL, line {line}, column {column}: "
    if told := _TOLD.search(wanted):
        return QueryError(place + told.group())
    if _is_end(sparql, int(line), int(column)):
        return QueryError(f"{place}the query ends too early")
    wanted = re.split(r",? *\['|\[_\]", wanted.replace("\n", " "), maxsplit=1)[0].rstrip(" ,")
    is_list = wanted not in {"", "expected", "expected one of"} and len(wanted) < _LONGEST
    return QueryError(place + (wanted if is_list else "this cannot be read"))


def _is_end(sparql: str, line: int, column: int) -> bool:
    lines = sparql.rstrip().split("\n")
    return (line, column) > (len(lines), len(lines[-1]))


def _undeclared(sparql: str) -> Iterator[tuple[str, int]]:
    """Prefixes that are used and never declared, each with its line."""
    declared = {*PREFIXES, *re.findall(r"(?i)\bPREFIX\s+([^\s:]*):", sparql)}
    for match in _TOKEN.finditer(sparql):
        word = match.group("word")
        if word and word not in declared and sparql[match.end() : match.end() + 1] == ":":
            yield word, sparql.count("\n", 0, match.start()) + 1


def execute(store: Readable, sparql: str) -> Any:
    """Run a query: solutions, a truth value or triples, as pyoxigraph gives them.

    The prefixes of our own data need no declaration.

    Raises:
        QueryError: it is empty, malformed or refused.
    """
    if not sparql.strip():
        raise QueryError("the query is empty")
    refuse(sparql)
    try:
        return store.query(sparql, prefixes=PREFIXES)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise _explain(error, sparql) from None


def answer(store: Readable, sparql: str) -> Answer:
    """What a query returns, as rows of plain strings: a SELECT's, an ASK's "true", a CONSTRUCT's triples."""
    result = execute(store, sparql)
    try:
        if isinstance(result, QueryBoolean):
            return Answer(("answer",), (("true" if result else "false",),), sparql)
        if isinstance(result, QueryTriples):
            rows = tuple(sorted(tuple(plain(part) for part in triple) for triple in result))
            return Answer(("subject", "predicate", "object"), rows, sparql)
        return Answer(tuple(v.value for v in result.variables), tuple(_rows(result)), sparql)
    except (ValueError, OSError, RuntimeError) as error:
        raise _explain(error, sparql) from None


def covered(store: Readable, name: str) -> str:
    """How much of something a store knows, in words.

    Raises:
        UnknownName: there is no such measure.
    """
    known = queries.coverage()
    if name not in known:
        raise UnknownName("measure of coverage", name, known)
    ((have, every),) = answer(store, known[name].text).rows
    return known[name].title.format_map(
        {"have": f"{int(have or 0):,}", "all": f"{int(every or 0):,}"}
    )


def _rows(solutions: QuerySolutions) -> Iterator[tuple[str | None, ...]]:
    for solution in solutions:  # terms by their place and not by variable, in half the time
        yield tuple([None if term is None else plain(term) for term in solution])


def triples(store: Readable, sparql: str) -> list[Triple]:
    """The triples of a CONSTRUCT or DESCRIBE, each once, sorted.

    Raises:
        QueryError: as for ``execute``, or the query is of another form.
    """
    result = execute(store, sparql)
    if not isinstance(result, QueryTriples):
        raise QueryError("a graph comes from CONSTRUCT or DESCRIBE; this query is of another form")
    try:
        return sorted(set(result), key=str)
    except (ValueError, OSError, RuntimeError) as error:
        raise _explain(error, sparql) from None


def serialized(
    found: Iterable[Triple],
    name: str,
    known: Mapping[str, str] = PREFIXES,
    file: IO[bytes] | None = None,
) -> bytes | None:
    """Triples in a format of ``_FORMATS``: as bytes, or into a file.

    Raises:
        QueryError: the format is unknown.
    """
    if name not in _FORMATS:
        raise QueryError(f"no format named {name!r} for triples; known: {', '.join(_FORMATS)}")
    prefixes = dict(known) if name in {"ttl", "rdf"} else None
    return serialize(found, file, _FORMATS[name], prefixes=prefixes)


def written(found: list[Triple], name: str, known: Mapping[str, str] = PREFIXES) -> str:
    """Triples as text in a format of ``_FORMATS``, with the prefixes that are ``known``, in order.

    Raises:
        QueryError: the format is unknown.
    """
    text = (serialized(found, name, known) or b"").decode()
    lines = text.split("\n")
    head = sum(1 for line in lines if line.startswith("@prefix"))
    return "\n".join([*sorted(lines[:head]), *lines[head:]])
