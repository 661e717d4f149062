"""Import a registry of organizations, or list what is imported."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from kg.cli import DONE, UsageError, add_json
from kg.cli._terminal import Terminal

EXAMPLES = (
    "kg authority add ror v2.0-ror-data.zip",
    "kg authority list",
    "kg authority list --json",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("action", choices=("add", "list"), help="what to do")
    parser.add_argument(
        "registry",
        choices=("ror",),
        nargs="?",
        help="ror: a dump of the Research Organization Registry",
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="the dump: the zip, or the JSON inside it"
    )
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Import, or list."""
    from kg import linking

    if args.action == "add":
        if args.registry is None or args.file is None:
            raise UsageError(
                "kg authority add needs a registry and a file: kg authority add ror FILE.zip"
            )
        terminal.progress("reading the registry ...")
        count = linking.add_ror(args.file)
        terminal.note(f"imported {count:,} active organizations into {linking.kept_in()}")
        return DONE
    found = linking.imported()
    if args.json:
        terminal.out(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for row in found:
            terminal.out(
                f"{row['registry']}  {row['organizations']:,} organizations  {row['source']}  {row['file']}"
            )
        if not found:
            terminal.note("nothing is imported; names resolve by the bundled vocabulary")
    return DONE
