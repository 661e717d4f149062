"""Answers on the screen and as text that other programs read; the options that choose between them."""

from __future__ import annotations

import csv
import io
import json
from argparse import ArgumentParser, Namespace

from kg.cli._terminal import Terminal, counted
from kg.model import Answer

TABLE = "table"


def add_format(parser: ArgumentParser, *more: str) -> None:
    """The options that choose how an answer is written: a table, JSON, CSV, TSV, and ``more``."""
    note = "; ttl for CONSTRUCT queries" if "ttl" in more else ""
    parser.add_argument(
        "--format",
        choices=(TABLE, "json", "csv", "tsv", *more),
        help=f"default: a table on a terminal, else JSON{note}",
    )
    parser.add_argument(
        "--json",
        action="store_const",
        const="json",
        dest="format",
        help="the same as --format json",
    )


def chosen(args: Namespace, terminal: Terminal) -> str:
    """The format that the options ask for."""
    return str(args.format or (TABLE if terminal.seen else "json"))


def show(answer: Answer, terminal: Terminal) -> None:
    """An answer as a table, without the IRIs."""
    terminal.table(answer.shown, list(answer.cells()))


def rests(answer: Answer) -> str:
    """How many were found, in how many rows, and what they rest on."""
    rows = counted(len(answer), "row")
    found = rows if answer.found is None else f"{answer.found:,} found"
    if answer.found not in {None, len(answer)}:
        found += f", in {rows}"
    return "; ".join((found, *answer.rests))


def written(answer: Answer, form: str) -> str:
    """An answer as JSON, CSV or TSV."""
    if form == "json":
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        told = {"rows": rows, "found": answer.found, "rests_on": answer.rests}
        return json.dumps(told, ensure_ascii=False, indent=2)
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t" if form == "tsv" else ",", lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)
    return text.getvalue().removesuffix("\n")
