"""Give an agent the graph as tools (Model Context Protocol)."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.cli import DONE, add_graph, opened
from kg.cli._terminal import Terminal

EXAMPLES = (
    "kg mcp",
    "kg mcp -g seminars.kg",
    "kg mcp --quiet -g /full/path/to/talks.kg",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_graph(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Serve the tools until the agent closes standard input."""
    from kg import agents
    from kg.workspace import product_version

    graph = opened(args)
    terminal.note(
        f"{len(agents.tools())} tools over {args.store or args.graph}; an agent speaks to it on stdin"
    )
    agents.serve(graph, product_version())
    return DONE
