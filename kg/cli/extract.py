"""Print the talks of pages as JSON Lines, a talk a line."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser, Namespace
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.cli import DONE, FAILED, SKIPPED
from kg.cli._llm import add_llm, chosen
from kg.cli._sources import add_private
from kg.cli._summary import Skips
from kg.cli._terminal import Terminal, counted
from kg.settings import DEFAULT

EXAMPLES = (
    "kg extract page.txt",
    "kg extract talks/ -o records/",
    "kg extract - < page.txt",
)


_ENDING = re.compile(r"\.\w{1,9}$")
_UNSAFE = re.compile(r'^https?://|[/\\:*?"<>|\x00-\x1f\x7f]+')
_LONGEST = 200
"""Bytes that the name of a file may have, beside its ending."""


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "pages",
        metavar="SOURCE",
        nargs="+",
        help="file, folder, zip, URL, or - (standard input)",
    )
    parser.add_argument(
        "-o", "--output", metavar="DIR", help="write DIR/NAME.jsonl for a page NAME.txt"
    )
    add_private(parser)
    parser.add_argument(
        "--strict",
        action="store_true",
        help="fail if a page cannot be used, instead of skipping it",
    )
    add_llm(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Print or write the records of every page."""
    from kg import facade
    from kg.records import to_record

    skips = Skips(terminal)
    files: dict[str, list[dict[str, Any]]] = defaultdict(list)
    settings = replace(DEFAULT, llm=chosen(args), private=args.private)
    for talk in facade.find_talks(args.pages, settings, None if args.strict else skips):
        record = to_record(talk)
        files[talk.page.name].append(record)
        if args.output is None:
            terminal.out(_line(record))
    if args.output is not None:
        _write(Path(args.output), files)
        terminal.note(f"wrote {counted(len(files), 'file')} to {args.output}")
    skips.show()
    skips.count(sum(map(len, files.values())))
    if not files:
        return FAILED
    return SKIPPED if skips.told else DONE


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def _write(folder: Path, files: dict[str, list[dict[str, Any]]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, stem in _stems(files).items():
        text = "".join(f"{_line(record)}\n" for record in files[name])
        (folder / f"{stem}.jsonl").write_text(text, "utf-8", "backslashreplace", newline="\n")


def _stems(names: Iterable[str]) -> dict[str, str]:
    """For each page the name of its file: without its ending, but for pages that differ by it alone."""
    short = {name: _safe(_ENDING.sub("", name)) for name in names}
    often = Counter(stem.casefold() for stem in short.values())
    found = {n: stem if often[stem.casefold()] == 1 else _safe(n) for n, stem in short.items()}
    again = Counter(stem.casefold() for stem in found.values())
    return {
        name: stem
        if again[stem.casefold()] == 1 and len(_bytes(stem)) <= _LONGEST
        else _hashed(name, stem)
        for name, stem in found.items()
    }


def _safe(name: str) -> str:
    return _UNSAFE.sub("-", name).strip("-. ") or "page"


def _hashed(name: str, stem: str) -> str:
    cut = _bytes(stem)[:_LONGEST].decode("utf-8", "ignore")
    return f"{cut}-{sha256(_bytes(name)).hexdigest()[:8]}"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
