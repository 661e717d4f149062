"""Make a graph of pages that announce talks."""

from __future__ import annotations

import json
import os
import shlex
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import replace
from pathlib import Path

from kg.cli import DONE, SKIPPED, add_json
from kg.cli._llm import add_llm, chosen
from kg.cli._sources import add_private
from kg.cli._summary import Skips, lines
from kg.cli._terminal import Terminal
from kg.errors import KgError
from kg.settings import DEFAULT

EXAMPLES = (
    "kg build page.txt",
    "kg build talks/ more.zip https://example.edu/talks.ics -o talks.kg",
    "pbpaste | kg build -",
)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return value


def _jobs(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ArgumentTypeError(f"{text!r} is no number of processes")
    return int(text)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.usage = "kg build SOURCE ... [options] [-o DIR]"
    parser.add_argument(
        "pages",
        metavar="SOURCE",
        nargs="+",
        help="file, folder, zip, URL, or - (standard input)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        default=DEFAULT.workspace,
        help=f"the folder to write (default: {DEFAULT.workspace})",
    )
    parser.add_argument(
        "--base",
        metavar="IRI",
        default=DEFAULT.base,
        help="prefix of all IRIs (default: one of example.org)",
    )
    parser.add_argument(
        "--title", metavar="TEXT", help="what the graph is called; kept by later builds"
    )
    parser.add_argument(
        "--licence", metavar="TEXT", help="its terms, an address or a name; kept likewise"
    )
    parser.add_argument(
        "--min-confidence",
        metavar="X",
        type=_share,
        default=DEFAULT.min_confidence,
        help=f"facts less sure are kept as claims only (default: {DEFAULT.min_confidence})",
    )
    parser.add_argument(
        "--corrections",
        metavar="FILE",
        help="corrections to replay (default: those in the folder)",
    )
    parser.add_argument(
        "--rebuild",
        action="store_true",
        help="start over: read and resolve also what did not change",
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_jobs,
        default=os.cpu_count() or 1,
        help="processes that read (default: one a processor)",
    )
    add_private(parser)
    parser.add_argument(
        "--strict",
        action="store_true",
        help="fail if a page cannot be used; do not skip it",
    )
    add_json(parser)
    add_llm(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Build, and print what the graph holds."""
    from kg import facade

    skips = Skips(terminal)
    settings = replace(
        DEFAULT,
        base=args.base,
        min_confidence=args.min_confidence,
        llm=chosen(args),
        jobs=args.jobs,
        rebuild=args.rebuild,
        private=args.private,
        title=args.title,
        licence=args.licence,
    )
    try:
        graph = facade.build(
            *args.pages,
            workspace=args.output,
            settings=settings,
            on_error=None if args.strict else skips,
            corrections=args.corrections,
        )
    except KgError as error:
        raise skips.failed(error) from None
    stats = graph.stats()
    skips.show(f"; all stand in {Path(args.output) / 'dropped.jsonl'}")
    skips.count(stats["talks"])
    if args.json or not terminal.seen:
        told = {"graph": args.output, "skipped": skips.told, **stats}
        terminal.out(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        terminal.out("\n".join(lines(stats, terminal)))
    terminal.note(f"wrote {args.output}")
    option = "" if args.output == DEFAULT.workspace else f" -g {shlex.quote(args.output)}"
    terminal.hint(f"kg queries{option}", f"kg save explorer.html{option}")
    return SKIPPED if skips.told else DONE
