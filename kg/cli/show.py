"""Show all that is known of a name, each fact with its sentence."""

from __future__ import annotations

import json
import shlex
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.cli import DONE, add_graph, add_json, again, opened
from kg.cli._terminal import Terminal, printable
from kg.model import Entity

if TYPE_CHECKING:
    from kg.graph import Description, Statement

EXAMPLES = (
    "kg show Caltech",
    'kg show "Jane Doe" --kind person',
    "kg show Caltech --json",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("name", metavar="NAME", help="any name it goes by, in any case")
    parser.add_argument("--kind", help="person, institution, unit, award, topic, series or talk")
    add_graph(parser)
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Describe all things of the name, each fact with its sentence."""
    found = opened(args).show(args.name, args.kind)
    if args.json or not terminal.seen:
        terminal.out(json.dumps([_plain(d) for d in found], ensure_ascii=False, indent=2))
    else:
        terminal.out("\n\n".join("\n".join(_described(d, terminal)) for d in found))
        name = printable(shlex.quote(found[0].entity.name))
        terminal.hint(
            f"kg query why --one {name} --other NAME{again(args)}",
            f"kg save explorer.html{again(args)}",
        )
    return DONE


def _plain(description: Description) -> dict[str, Any]:
    """A description as JSON says it; the IRIs by which it goes on from a statement are for programs."""
    told = asdict(description)
    for statement in told["statements"]:
        del statement["claim"], statement["other_iri"]
    return told


def _described(description: Description, terminal: Terminal) -> Iterator[str]:
    entity = description.entity
    yield f"{terminal.title(printable(entity.name))}  {terminal.faint(entity.kind)}"
    others = [alias for alias in entity.aliases if alias != entity.name]
    if others:
        yield terminal.wrapped("; ".join(others), 4, "  also: ")
    for name, value in description.attributes:
        yield terminal.wrapped(value, 4, f"  {name}: ")
    for place, group in groupby(description.statements, key=lambda s: (s.source, s.start, s.end)):
        yield ""
        sentence = ""
        for statement in group:
            sentence = " ".join(statement.sentence.split())
            yield terminal.wrapped(_stated(statement, entity), 4, "  ")
        where = f"{place[0]}:{place[1]}-{place[2]}"
        yield terminal.faint(terminal.wrapped(f"“{sentence}”  {where}", 6, " " * 6))


def _stated(statement: Statement, entity: Entity) -> str:
    details = ", ".join(f"{name} {value}" for name, value in statement.details)
    relation = statement.relation or f"({statement.kind})"
    target = statement.object.name if statement.object else "no name printed"
    said = f"{relation}: {target}"
    if statement.incoming:
        said = f"{statement.subject.name}: {relation}"
        said += "" if statement.object == entity else f" {target}"
    return f"{said}  [{details}]" if details else said
