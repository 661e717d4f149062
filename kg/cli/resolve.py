"""Tell what each line of a list stands for, as JSON."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.cli import BUILT, DONE, add_folder
from kg.cli._terminal import Terminal
from kg.errors import ReadError

EXAMPLES = (
    "kg resolve affiliations.txt > linked.jsonl",
    "kg resolve --kind organization - < affiliations.txt",
    "kg resolve --kind person names.txt -g talks.kg",
)
_Find = Callable[[str], Any]


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="a text file, a name a line, or - for standard input"
    )
    parser.add_argument(
        "--kind",
        choices=tuple(KINDS),
        default="organization",
        help="what the names are of (default: organization); people are those of the graph",
    )
    add_folder(parser, f"of people: {BUILT}")


def run(args: Namespace, terminal: Terminal) -> int:
    """Print an object for every line: ``text``, ``id``, ``name``, ``score``, ``because``."""
    find = KINDS[args.kind](args)
    for line in _lines(args.file):
        terminal.out(json.dumps(asdict(find(line)), ensure_ascii=False))
    return DONE


def _organizations(_: Namespace) -> _Find:
    from kg import linking

    return linking.linker().link


def _people(args: Namespace) -> _Find:
    from kg import facade

    return facade.load(args.graph).people().find


def _topics(_: Namespace) -> _Find:
    from kg import lookup

    return lookup.topic


def _awards(_: Namespace) -> _Find:
    from kg import lookup

    return lookup.award


KINDS: Mapping[str, Callable[[Namespace], _Find]] = {
    "organization": _organizations,
    "person": _people,
    "award": _awards,
    "topic": _topics,
}


def _lines(file: str) -> Iterator[str]:
    """The lines of a file or of standard input.

    Raises:
        ReadError: it cannot be read, or a line of it is no UTF-8.
    """
    number = 0
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except OSError as error:
        raise ReadError(f"{file}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ReadError(f"{file}, line {number}: no UTF-8 text: {error}") from None
