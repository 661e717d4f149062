"""Check the graph against the shapes of the ontology (SHACL)."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.cli import DONE, FAILED, add_graph, add_json, opened
from kg.cli._terminal import Terminal, counted

if TYPE_CHECKING:
    from kg.graph import Violation

EXAMPLES = (
    "kg check",
    "kg check --json",
    "kg check -g talks.kg && kg save talks.ttl",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_graph(parser)
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Print what the shapes find; a violation makes the command fail, a warning does not."""
    graph = opened(args)
    found = graph.check()
    wrong = [v for v in found if v.severity == "violation"]
    if args.json or not terminal.seen:
        told = {"conforms": not wrong, "results": [asdict(v) for v in found]}
        terminal.out(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for violation in found:
            terminal.out(_line(violation))
        verdict = "does not conform" if wrong else "conforms"
        counts = (
            f"{counted(len(wrong), 'violation')}, {counted(len(found) - len(wrong), 'warning')}"
        )
        terminal.out(f"{verdict}: {len(graph):,} triples, {counts}")
    return FAILED if wrong else DONE


def _line(violation: Violation) -> str:
    where = " ".join(part for part in (violation.focus, violation.path, violation.value) if part)
    return f"{violation.severity}: {violation.message} ({where})"
