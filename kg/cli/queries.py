"""List the queries of the catalogue."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from kg import queries
from kg.cli import DONE, add_json
from kg.cli._terminal import Terminal

EXAMPLES = (
    "kg queries",
    "kg queries --json",
    "kg query trained-at --institution Caltech",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "-g", "--graph", metavar="DIR", help="not needed: the catalogue is the same for every graph"
    )
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Print name, title and parameters of every query."""
    known = queries.catalogue()
    if args.json or not terminal.seen:
        terminal.out(json.dumps([asdict(q) for q in known.values()], ensure_ascii=False, indent=2))
        return DONE
    rows = [(name, q.title, _call(q)) for name, q in known.items()]
    terminal.table(("name", "answers", "parameters, with examples"), rows)
    first = next((q for q in known.values() if q.parameters), None)
    if first:
        terminal.hint(f"kg query {first.name} {_call(first)}")
    return DONE


def _call(query: queries.Query) -> str:
    return " ".join(f"--{p.name} {_quoted(p.example)}" for p in query.parameters)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
