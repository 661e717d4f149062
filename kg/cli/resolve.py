"""Tell which organization each line of a list stands for, as JSON."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from kg.cli import DONE
from kg.cli._terminal import Terminal
from kg.errors import ReadError

EXAMPLES = (
    "kg resolve affiliations.txt",
    "kg resolve affiliations.txt > linked.jsonl",
    "kg resolve --kind organization - < affiliations.txt",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="a text file, a name a line, or - for standard input"
    )
    parser.add_argument(
        "--kind",
        choices=("organization",),
        default="organization",
        help="what the names are of (default: organization)",
    )


def run(args: Namespace, terminal: Terminal) -> int:
    """Print an object for every line: ``text``, ``id``, ``name``, ``score``, ``because``."""
    from kg import linking

    linker = linking.linker()
    for line in _lines(args.file):
        terminal.out(json.dumps(asdict(linker.link(line)), ensure_ascii=False))
    return DONE


def _lines(file: str) -> Iterator[str]:
    if file == "-":
        yield from (line.rstrip("\r\n") for line in sys.stdin)
        return
    try:
        with Path(file).open(encoding="utf-8-sig") as lines:
            yield from (line.rstrip("\r\n") for line in lines)
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{file}: cannot be read as UTF-8 text: {error}") from None
