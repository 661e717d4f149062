"""Ask the graph: a query of the catalogue by name, or SPARQL."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg import queries
from kg.cli import DONE, UsageError, add_graph, interruptible, opened
from kg.cli._terminal import Terminal, counted
from kg.cli._written import TABLE, add_format, chosen, rests, show, written
from kg.errors import ReadError
from kg.model import Answer

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

EXAMPLES = (
    "kg query trained-at --institution Caltech",
    "kg query mine.rq --format csv > answer.csv",
    "echo 'SELECT ?name { ?p a kg:Person ; kg:name ?name }' | kg query -",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.usage = "kg query NAME|FILE.rq|- [--PARAMETER VALUE ...] [-g DIR] [--format FORMAT]"
    parser.add_argument(
        "query",
        metavar="NAME|FILE.rq|-",
        help="a name (kg queries lists them), a file, or - for stdin",
    )
    add_format(parser, "ttl")
    parser.add_argument(
        "--why",
        metavar="ROW",
        type=int,
        help="show what a row rests on, by its number, sentence by sentence",
    )
    parser.set_defaults(rest=())
    add_graph(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Run the query and print its answer."""
    text = _text(args.query)
    values = _values(args.query, text, args.rest)
    graph = opened(args)
    interruptible()
    form = chosen(args, terminal)
    if form == "ttl":
        terminal.out(graph.construct(graph.sparql(text, **values), "ttl").rstrip("\n"))
        return DONE
    answer = graph.query(text, **values)
    if args.why is not None:
        answer = _because(graph, args, answer, values)
    if form == TABLE:
        show(answer, terminal)
        terminal.note(rests(answer))
        if len(answer):
            terminal.hint("kg show NAME tells everything known of a name in this table")
    else:
        terminal.out(written(answer, form))
    return DONE


def _because(
    graph: KnowledgeGraph, args: Namespace, answer: Answer, values: Mapping[str, str]
) -> Answer:
    """The answer that tells what a row rests on: the row itself, if it has its sentence."""
    if not 1 <= args.why <= len(answer):
        raise UsageError(f"--why {args.why}: the answer has {counted(len(answer), 'row')}")
    row = answer.rows[args.why - 1]
    if "sentence" in answer.columns:
        return replace(answer, rows=(row,))
    return graph.because(args.query, dict(zip(answer.columns, row, strict=True)), **values)


def _text(asked: str) -> str:
    """The SPARQL of a file or of standard input, else what was asked: a name."""
    if asked == "-":
        return sys.stdin.read()
    if not asked.endswith((".rq", ".sparql")):
        return asked
    try:
        return Path(asked).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(
            f"{asked} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8 text'}"
        ) from None


def _values(asked: str, text: str, rest: Sequence[str]) -> dict[str, str]:
    """``--name value``, ``--name=value``, and bare values for the parameters that are left, in their order."""
    given: dict[str, str] = {}
    bare: list[str] = []
    words = iter(rest)
    for word in words:
        if not word.startswith("--"):
            bare.append(word)
            continue
        name, equals, value = word.removeprefix("--").partition("=")
        found = value if equals else next(words, None)
        if found is None:
            raise UsageError(f"--{name} needs a value")
        given[name.replace("-", "_")] = found
    return given | _placed(asked, text, given, bare)


def _placed(asked: str, text: str, given: dict[str, str], bare: Sequence[str]) -> dict[str, str]:
    if not bare:
        return {}
    query = queries.get(asked) if text == asked else queries.parse(asked, text)
    free = [p.name for p in query.parameters if p.name not in given]
    if len(bare) > len(free):
        raise UsageError(
            f"{query.name} takes {len(query.parameters)} values; {bare[len(free)]!r} is one too many"
        )
    return dict(zip(free, bare, strict=False))
