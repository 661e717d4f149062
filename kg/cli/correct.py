"""Write down what the graph has wrong; every later build minds it."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from kg.cli import BUILT, DONE, UsageError, add_folder, add_json
from kg.cli._corrected import check
from kg.cli._terminal import Terminal, printable

EXAMPLES = (
    'kg correct same "R. Lind" "Rosa Lind" --reason "her own page"',
    'kg correct drop "Rosa Lind" education "Lund University"',
    'kg correct hide "Rosa Lind"',
)
_TAKES = {"same": 1, "different": 2, "rename": 2, "drop": 3, "add": 3, "hide": 1, "list": 0}
_MANY = frozenset({"same", "different"})
_KINDS = ("person", "organization", "institution", "unit", "award", "topic", "series")
_HELP = """same NAME NAME...; different NAME NAME...; rename NAME NEW; drop SUBJECT FACT OBJECT; add SUBJECT FACT OBJECT
--source --quote; hide NAME; list. FACT: affiliation, position, education, advising, award, membership; of a talk
that is dropped also topic, speaking"""


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("action", choices=tuple(_TAKES), metavar="ACTION", help=_HELP)
    parser.add_argument(
        "words",
        metavar="WORD",
        nargs="*",
        help='names; "NAME @ PAGE" is the one on that page alone',
    )
    parser.add_argument(
        "--kind", choices=_KINDS, default="person", help="of what (default: person)"
    )
    parser.add_argument("--source", metavar="URL", help="of a fact that is added: where it stands")
    parser.add_argument(
        "--quote", metavar="TEXT", help="of a fact that is added: the words that say so"
    )
    parser.add_argument(
        "--set",
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        help="of a fact that is added: degree=PhD, role=...",
    )
    parser.add_argument("--by", metavar="WHO", help="who says so")
    parser.add_argument("--reason", metavar="TEXT", help="why")
    add_folder(parser, BUILT)
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Put a correction at the end of the graph's corrections file, or list them."""
    from kg import corrections, editing, facade

    takes, given = _TAKES[args.action], len(args.words)
    if given < takes or (given > takes and args.action not in _MANY):
        raise UsageError(f"kg correct {args.action} takes {takes} words: {_HELP}")
    if Path(args.graph).is_file():
        raise UsageError(
            f"{args.graph} is a file; corrections stand in the folder that kg build writes"
        )
    args.kind = {"institution": "organization"}.get(args.kind, args.kind)
    file, graph = Path(args.graph) / corrections.FILE, facade.load(args.graph)
    if args.action == "list":
        return _list(file, args.json or not terminal.seen, terminal)
    entry = _entry(args)
    wanted = corrections.entry(args.action, entry)
    editing.check(wanted)
    check(graph, wanted, args.words)
    if there := corrections.read(file).says(wanted):
        terminal.note(f"{file} says so already: {there}")
        return DONE
    corrections.append(file, args.action, entry)
    terminal.note(f"wrote {file}; build again, and it holds")
    if args.action == "hide":
        terminal.note(
            f"until then {args.graph} still shows the name; copies made of it are yours to withdraw"
        )
    return DONE


def _list(file: Path, as_json: bool, terminal: Terminal) -> int:
    from kg import corrections

    for correction in corrections.read(file).entries:
        told = {
            "action": correction.action, "kind": correction.kind, "line": correction.line,
            "names": [n.name for n in correction.names], "text": str(correction), "reason": correction.reason,
        }  # fmt: skip
        terminal.out(
            json.dumps(told, ensure_ascii=False) if as_json else printable(str(correction))
        )
    return DONE


def _entry(args: Namespace) -> dict[str, str | list[str]]:
    from kg.corrections import name_hash, named

    words: list[str] = args.words
    entry: dict[str, str | list[str]] = {} if args.kind == "person" else {"kind": args.kind}
    if args.action in _MANY:
        entry["names"] = words
    elif args.action == "rename":
        entry |= {"name": words[0], "to": words[1]}
    elif args.action == "hide":
        if args.kind != "person" or named(words[0]).page:
            raise UsageError(
                "kg correct hide takes the name of a person, who is hidden on all pages"
            )
        entry["sha256"] = name_hash(words[0])
    else:
        entry |= dict(zip(("subject", "fact", "object"), words, strict=True))
    return entry | _added(args) | _notes(args)


def _added(args: Namespace) -> dict[str, str]:
    if args.action != "add":
        return {}
    if not args.source or not args.quote:
        raise UsageError("kg correct add needs --source and --quote: who says so, in which words")
    if bad := [part for part in args.set if "=" not in part]:
        raise UsageError(f"--set takes FIELD=VALUE, not {bad[0]!r}")
    fields = dict(part.split("=", 1) for part in args.set)
    return {"source": args.source, "quote": args.quote, **fields}


def _notes(args: Namespace) -> dict[str, str]:
    told = {"by": args.by, "reason": args.reason}
    return {key: value for key, value in told.items() if value} | {"on": date.today().isoformat()}
