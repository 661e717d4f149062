"""The catalogue: one file of ``queries/`` is one query, with its title, phrasings and parameters.

A parameter is a line ``VALUES ?name { "example" }  # type: comment``. A value replaces what stands between the braces,
as an escaped literal of the example's type; nothing else of a query is made from input.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg import resources
from kg.errors import QueryError, UnknownName

_VALUES = re.compile(
    r'^[^#\n"]*\bVALUES\s+\?(?P<name>\w+)\s*\{(?P<space>\s*)(?P<example>"[^"\n]*"|-?\d+)\s*\}'
    r"[ \t]*#[ \t]*(?P<type>\w+):[ \t]*(?P<comment>[^\n]*)$",
    re.MULTILINE,
)
_HEADER = re.compile(
    r"#\s?(?:(?P<key>view|ask|most|of|year|until|rests on|because|names):)?\s*(?P<text>.*)"
)
_NAMED = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_SPECIAL = re.compile('\\\\(?P<letter>[uU])|[\x00-\x1f\x7f"\\\\]')
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Parameter:
    """What a query asks for.

    Parameters:
        type: a kind of thing in the graph ("institution", "person"), or "text", or "year".
        example: a value that can be given.
        is_number: whether the value is an integer.
    """

    name: str
    type: str
    example: str
    comment: str
    is_number: bool = False


@dataclass(frozen=True)
class Because:
    """The query that tells what a row of an answer rests on, sentence by sentence.

    Parameters:
        query: its name.
        values: parameter -> the column that holds its value, or the parameter of this query, in braces.
    """

    query: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Query:
    """A query of the catalogue, or one that a user wrote in the same form.

    Parameters:
        view: how an answer is best shown: table, graph, timeline or bar.
        phrasings: English questions it answers, parameters in braces.
        rests: what its answers rest on: names of ``coverage``.
        because: where the sentences of a row are found, if not in the row.
        things: columns of names -> the columns that hold the IRIs of the things named.
        superlatives: questions for those rows that have most.
        of: of a condition, what it is one of: person or talk.
        year: of a condition, its variable that holds a year, the first of several.
        until: of a condition, its variable that holds the last year.
        text: the SPARQL as the file holds it; runs as it stands, with the examples.
    """

    name: str
    title: str
    explanation: str
    parameters: tuple[Parameter, ...]
    phrasings: tuple[str, ...]
    view: str
    text: str
    rests: tuple[str, ...] = ()
    because: Because | None = None
    things: Mapping[str, str] = field(default_factory=dict)
    superlatives: tuple[str, ...] = ()
    of: str = ""
    year: str = ""
    until: str = ""

    @property
    def examples(self) -> dict[str, str]:
        """The example value of every parameter."""
        return {p.name: p.example for p in self.parameters}

    def parameter(self, name: str) -> Parameter:
        """One parameter by name.

        Raises:
            UnknownName: the query has no such parameter.
        """
        found = {p.name: p for p in self.parameters}
        if name not in found:
            raise UnknownName(f"parameter of {self.name}", name, found)
        return found[name]

    def fill(self, **values: str | tuple[str, ...]) -> str:
        """The SPARQL with these values; several values of one parameter are alternatives.

        Raises:
            UnknownName: the query has no such parameter.
            QueryError: a parameter lacks its value, or a number is none.
        """
        for name in values:
            self.parameter(name)
        missing = [p for p in self.parameters if not values.get(p.name)]
        if missing:
            wanted = ", ".join(f"{p.name} (such as {p.example!r})" for p in missing)
            raise QueryError(f"{self.name} needs a value for {wanted}")
        written = {p.name: _terms(p, values[p.name]) for p in self.parameters}
        return _VALUES.sub(lambda match: _put(match, written), self.text)


def _put(match: re.Match[str], written: Mapping[str, str]) -> str:
    start, end = (match.span("example")[i] - match.start() for i in (0, 1))
    line = match.group()
    return f"{line[:start]}{written[match.group('name')]}{line[end:]}"


def _terms(parameter: Parameter, value: str | tuple[str, ...]) -> str:
    values = value if isinstance(value, tuple) else (value,)
    return " ".join(_number(parameter, v) if parameter.is_number else literal(v) for v in values)


def _number(parameter: Parameter, value: str) -> str:
    if not re.fullmatch(r"-?[0-9]{1,18}", value.strip()):
        raise QueryError(f"{parameter.name} is a whole number, not {value[:40]!r}")
    return value.strip()


def literal(value: str) -> str:
    """A text as a SPARQL string. ``\\u`` in the text survives engines that read such escapes before the rest."""
    return f'"{_SPECIAL.sub(_escape, _SURROGATE.sub(chr(0xFFFD), value))}"'


def _escape(match: re.Match[str]) -> str:
    if letter := match.group("letter"):
        return f"\\\\\\u{ord(letter):04X}"
    return _NAMED.get(match.group()) or f"\\u{ord(match.group()):04X}"


def parse(name: str, text: str) -> Query:
    """A query from its text: title, explanation, ``view:`` and ``ask:`` lines on top, then SPARQL."""
    keys = ("", "view", "ask", "most", "of", "year", "until", "rests on", "because", "names")
    lines: dict[str, list[str]] = {key: [] for key in keys}
    for line in text.splitlines():
        match = _HEADER.fullmatch(line)
        if match is None:
            break
        lines[match.group("key") or ""].append(match.group("text").strip())
    title, *explanation = lines[""] or [name]
    return Query(
        name=name,
        title=title,
        explanation=" ".join(explanation),
        parameters=tuple({p.name: p for p in map(_parameter, _VALUES.finditer(text))}.values()),
        phrasings=tuple(lines["ask"]),
        view=next(iter(lines["view"]), "table"),
        text=text,
        rests=tuple(lines["rests on"]),
        because=next(map(_because, lines["because"]), None),
        things=_pairs(" ".join(lines["names"]).split()),
        superlatives=tuple(lines["most"]),
        of=next(iter(lines["of"]), ""),
        year=next(iter(lines["year"]), ""),
        until=next(iter(lines["until"]), ""),
    )


def _because(line: str) -> Because:
    query, *pairs = line.split()
    return Because(query, _pairs(pairs))


def _pairs(words: Iterable[str]) -> Mapping[str, str]:
    return dict(word.split("=", 1) for word in words if "=" in word)


def _parameter(match: re.Match[str]) -> Parameter:
    name, example, kind, comment = match.group("name", "example", "type", "comment")
    return Parameter(name, kind, example.strip('"'), comment.strip(), not example.startswith('"'))


@cache
def _files(folder: str = "queries") -> dict[str, Query]:
    files = sorted(resources.folder(folder).glob("*.rq"))
    return {file.stem: parse(file.stem, file.read_text("utf-8")) for file in files}


def conditions() -> dict[str, Query]:
    """What people and talks may be asked for by: patterns with ``?who`` or ``?event``, told in their titles."""
    return _files("queries/conditions")


def coverage() -> dict[str, Query]:
    """What answers rest on: queries for ``?have`` and ``?all``, whose titles have both in braces."""
    return dict(_files("queries/coverage"))


def catalogue() -> dict[str, Query]:
    """Every query of the catalogue by name, sorted."""
    return dict(_files())


def get(name: str) -> Query:
    """A query of the catalogue.

    Raises:
        UnknownName: there is none of this name.
    """
    found = _files().get(name)
    if found is None:
        raise UnknownName("query", name, _files())
    return found
