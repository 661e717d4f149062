"""Show how a page was read, line by line."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from kg.cli import DONE, UsageError, add_json
from kg.cli._terminal import Terminal

EXAMPLES = (
    "kg explain --segments page.txt",
    "kg explain --segments page.txt --json",
    "pbpaste | kg explain --segments -",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--segments",
        metavar="PAGE",
        help="a text file, or -: the role of every line, * where an entry begins, and by what margin it won",
    )
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Print the roles of the lines of a page."""
    from kg import facade

    if args.segments is None:
        raise UsageError("say what to explain: --segments PAGE")
    for page, roles in facade.explain_segments(args.segments):
        for role in roles:
            number = page.text.count("\n", 0, role.line.span.start) + 1
            if args.json:
                told = {
                    "page": page.name, "line": number, "role": role.role, "starts": role.starts,
                    "margin": role.margin, "text": role.line.content,
                }  # fmt: skip
                terminal.out(json.dumps(told, ensure_ascii=False))
            else:
                star = "*" if role.starts else " "
                terminal.out(
                    f"{number:5} {role.role:8}{star} {role.margin:6.2f}  {role.line.content[:90]}"
                )
    return DONE
