"""List pairs that may be one and were not joined, of all kinds."""

from __future__ import annotations

import json
import shlex
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from kg.cli import BUILT, DONE, add_folder, add_json, again
from kg.cli._identity import pair
from kg.cli._terminal import Terminal, printable

EXAMPLES = (
    "kg review",
    "kg review --most 5",
    "kg review --json > pairs.json",
)


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ArgumentTypeError(f"{text!r} is no count")
    return int(text)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--most", metavar="N", type=_count, default=20, help="so many at most (default: 20)"
    )
    add_folder(parser, BUILT)
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Print the pairs, each with what speaks for and against it, and the two commands that settle it."""
    from kg import facade

    pairs = facade.load(args.graph).review()
    if args.json or not terminal.seen:
        terminal.out(json.dumps(pairs[: args.most], ensure_ascii=False, indent=2))
        return DONE
    for decision in pairs[: args.most]:
        terminal.out("\n".join(_told(decision, again(args), terminal)) + "\n")
    terminal.note("open pairs: " + f"{len(pairs):,}")
    return DONE


def _told(decision: Mapping[str, Any], graph: str, terminal: Terminal) -> Iterator[str]:
    yield terminal.title(pair(decision))
    if decision["because"]:
        yield terminal.wrapped(printable(decision["because"]), 4, "  ")
    for text, bits in decision["features"]:
        yield terminal.wrapped(printable(text), 10, f"  {bits:+6.2f}  ")
    kind = decision.get("kind", "person")
    option = ("" if kind == "person" else f" --kind {kind}") + graph
    action, otherwise = ("same", "different") if decision["other"]["key"] else ("rename", "")
    ends = " ".join(
        shlex.quote(f"{e['name']} @ {e['page']}" if e["page"] else e["name"])
        for e in (decision["one"], decision["other"])
    )
    or_else = f"   or   kg correct {otherwise}{option} ..." if otherwise else ""
    yield terminal.faint(f"  kg correct {action} {printable(ends)}{option}{or_else}")
