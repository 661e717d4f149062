"""Say why a thing is one, or how a page was read, line by line."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from kg.cli import BUILT, DONE, UsageError, add_folder, add_json
from kg.cli._identity import pair
from kg.cli._terminal import Terminal, printable

EXAMPLES = (
    "kg explain Caltech",
    'kg explain "Jane Doe" --json',
    "kg explain --segments page.txt",
)
_VERDICTS = {
    "one": "joined",
    "apart": "kept apart",
    "open": "left open",
    "ambiguous": "left open: two readings",
}
_SHOWN = 12


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="any name of a person, institution, award or topic"
    )
    parser.add_argument("--kind", help="person, institution, award, topic or series")
    parser.add_argument(
        "--segments",
        metavar="PAGE",
        help="a text file, or -: the role of every line, * where an entry begins, and by what margin it won",
    )
    add_folder(parser, BUILT)
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Print why the things of a name are one each, or the roles of the lines of a page."""
    if (args.segments is None) == (args.name is None):
        raise UsageError("say what to explain: a NAME, or --segments PAGE")
    return _segments(args, terminal) if args.segments is not None else _name(args, terminal)


def _name(args: Namespace, terminal: Terminal) -> int:
    from kg import facade

    rows = facade.load(args.graph).explain(args.name, args.kind)
    if args.json or not terminal.seen:
        terminal.out(json.dumps(rows, ensure_ascii=False, indent=2))
        return DONE
    terminal.out("\n\n".join("\n".join(_explained(row, terminal)) for row in rows))
    terminal.hint("kg correct --help: if that is wrong")
    return DONE


def _explained(row: Mapping[str, Any], terminal: Terminal) -> Iterator[str]:
    yield f"{terminal.title(printable(row['name']))}  {terminal.faint(row['kind'] + '/' + row['key'])}"
    yield terminal.wrapped(_counted(row["names"]), 4, "  names: ")
    if row["pages"]:
        yield terminal.wrapped(_counted(row["pages"]), 4, "  pages: ")
    for reason in row["because"]:
        yield terminal.wrapped(printable(reason), 4, "  one because: ")
    for found in row.get("candidates", ()):
        where = ", ".join(filter(None, (found["country"], found["parent"])))
        told = f"{found['name']} ({where}) by {found['step']}, {found['score']:g}"
        yield terminal.wrapped(printable(told), 4, f"  {printable(found['printed'])!r} can be: ")
    yield from _registered(row.get("registry"), terminal)
    for decision in row["decisions"][:_SHOWN]:
        yield ""
        yield terminal.wrapped(pair(decision), 4, f"  {_VERDICTS[decision['verdict']]}: ")
        if decision["because"]:
            yield terminal.wrapped(printable(decision["because"]), 6, "      ")
        for text, bits in decision["features"]:
            yield terminal.faint(terminal.wrapped(printable(text), 14, f"      {bits:+6.2f}  "))
    if len(row["decisions"]) > _SHOWN:
        yield f"  and {len(row['decisions']) - _SHOWN} more; --json has all"


def _registered(found: Mapping[str, Any] | None, terminal: Terminal) -> Iterator[str]:
    if found:
        told = f"{found['name']}, {found['id']}, {found['sure']:.0%} sure: {'; '.join(found['because'])}"
        yield terminal.wrapped(printable(told), 4, "  in the registry: ")


def _counted(found: Mapping[str, int]) -> str:
    told = [
        f"{printable(name)} ({n})" if n else printable(name)
        for name, n in list(found.items())[:_SHOWN]
    ]
    return "; ".join([*told, *([f"and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else [])])


def _segments(args: Namespace, terminal: Terminal) -> int:
    from kg import facade

    as_json = args.json or not terminal.seen
    for page, roles in facade.explain_segments(args.segments):
        for role in roles:
            number = page.text.count("\n", 0, role.line.span.start) + 1
            if as_json:
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
