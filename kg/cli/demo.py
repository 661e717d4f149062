"""Build the bundled example, and answer a first question."""

from __future__ import annotations

import shlex
from argparse import ArgumentParser, Namespace
from pathlib import Path

from kg import queries, resources
from kg.cli import DONE
from kg.cli._summary import lines
from kg.cli._terminal import Terminal, called, near
from kg.cli._written import show

PAGE, FOLDER, QUESTION = "recorded-talks.txt", "demo.kg", "trained-at"
EXAMPLES = (
    "kg demo",
    "kg demo -o /tmp/demo.kg",
    f"kg demo && kg stats -g {FOLDER}",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        default=FOLDER,
        help=f"the folder to write (default: {FOLDER})",
    )


def run(args: Namespace, terminal: Terminal) -> int:
    """Build, print the summary and an answer, and name the next three commands."""
    from kg import facade

    page = Path(str(resources.folder("data/examples") / PAGE))
    there = shlex.quote(args.output)
    graph = facade.build(page, workspace=args.output)
    terminal.out(terminal.title(called(f"kg build {shlex.quote(near(page))} -o {there}")))
    terminal.out("\n".join(lines(graph.stats(), terminal)))
    query = queries.get(QUESTION)
    asked = called(f"kg query {QUESTION} {_options(query)} -g {there}")
    terminal.out("\n" + terminal.title(asked))
    answer = graph.query(QUESTION, **query.examples)
    show(answer, terminal)
    person = next((row[0] for row in answer.rows), None) or graph.names("person")[0]
    terminal.out("\n" + terminal.title("try next"))
    for command in (
        f'kg show "{person}" -g {there}',
        f"kg save explorer.html -g {there}    # then open it in a browser",
        "kg build YOUR-PAGE.txt",
    ):
        terminal.out(f"  {called(command)}")
    return DONE


def _options(query: queries.Query) -> str:
    return " ".join(f"--{name} {value}" for name, value in query.examples.items())
