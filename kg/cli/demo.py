"""Build the bundled example, and answer a first question."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg import queries, resources
from kg.cli import DONE
from kg.cli._summary import lines
from kg.cli._terminal import Terminal
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

    page = resources.folder("data/examples") / PAGE
    graph = facade.build(page, workspace=args.output)
    terminal.out(terminal.title(f"kg build {PAGE} -o {args.output}"))
    terminal.out("\n".join(lines(graph.stats(), terminal)))
    query = queries.get(QUESTION)
    terminal.out("\n" + terminal.title(f"kg query {QUESTION} {_options(query)} -g {args.output}"))
    answer = graph.query(QUESTION, **query.examples)
    show(answer, terminal)
    person = next((row[0] for row in answer.rows), None) or graph.names("person")[0]
    terminal.out("\n" + terminal.title("try next"))
    terminal.out(f'  kg show "{person}" -g {args.output}')
    terminal.out(f"  kg save explorer.html -g {args.output}    # then open it in a browser")
    terminal.out("  kg build YOUR-PAGE.txt")
    return DONE


def _options(query: queries.Query) -> str:
    return " ".join(f"--{name} {value}" for name, value in query.examples.items())
