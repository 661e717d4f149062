"""Count what the graph holds."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from kg.cli import DONE, add_graph, add_json, opened
from kg.cli._summary import lines
from kg.cli._terminal import Terminal

EXAMPLES = (
    "kg stats",
    "kg stats --json",
    "kg stats -g talks.kg",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_graph(parser)
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Print the counts, after the title and the licence where they are stated."""
    from kg.workspace import manifest_of, stated

    graph = opened(args)
    stats = stated(manifest_of(graph.reader.folder)) | graph.stats()
    if args.json or not terminal.seen:
        terminal.out(json.dumps(stats, ensure_ascii=False, indent=2))
    else:
        terminal.out("\n".join(lines(stats, terminal)))
        terminal.hint("kg queries")
    return DONE
