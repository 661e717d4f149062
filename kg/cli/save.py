"""Write the graph to files; a name's ending chooses the format."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.cli import DONE, add_graph, opened
from kg.cli._terminal import Terminal

EXAMPLES = (
    "kg save explorer.html",
    "kg save talks.ttl talks.graphml talks.csv",
    "kg save talks.jsonld -g talks.kg",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="what to write, such as explorer.html"
    )
    add_graph(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Write every file; an unknown ending is refused before the first is written."""
    from kg import exports, facade

    for file in args.files:
        exports.exporter(file)
    graph = opened(args)
    for file in args.files:
        path = facade.save(graph, file)
        terminal.note(f"wrote {path} ({path.stat().st_size:,} bytes)")
    pictures = [file for file in args.files if file.endswith(".html")]
    if pictures:
        terminal.hint(f"open {pictures[0]} in a browser")
    return DONE
