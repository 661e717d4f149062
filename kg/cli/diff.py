"""Tell what changed from one graph folder to another."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli import DONE, add_json
from kg.cli._terminal import Terminal, counted, printable

if TYPE_CHECKING:
    from kg.differences import Differences, FactChange, PersonChange, TalkChange

EXAMPLES = (
    "kg diff old.kg talks.kg",
    "kg diff old.kg talks.kg --json > changes.json",
    "cp -r talks.kg old.kg && kg build talks/ && kg diff old.kg talks.kg",
)
_SIGNS = {
    "new": "+",
    "gone": "-",
    "sentence gone": "-",
    "changed": "~",
    "merged": "~",
    "split": "~",
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("old", metavar="OLD", help="a graph folder")
    parser.add_argument("new", metavar="NEW", help="another, built later")
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Print the changes, one a line, or as JSON."""
    from kg import facade

    found = facade.diff(args.old, args.new)
    if args.json or not terminal.seen:
        terminal.out(json.dumps(found.told(), ensure_ascii=False, indent=2))
        return DONE
    for line in _lines(found):
        terminal.out(terminal.wrapped(printable(line), 4))
    sizes = (len(found.talks), "talk"), (len(found.facts), "fact"), (len(found.people), "person")
    told = ", ".join(counted(n, noun) for n, noun in sizes).replace("persons", "people")
    terminal.note(f"changed: {told}")
    return DONE


def _lines(found: Differences) -> Iterator[str]:
    yield from map(_talk, found.talks)
    yield from map(_fact, found.facts)
    yield from map(_person, found.people)


def _fields(fields: tuple[tuple[str, str, str], ...]) -> str:
    return "".join(f"; {name}: {old or 'none'} -> {new or 'none'}" for name, old, new in fields)


def _talk(change: TalkChange) -> str:
    who = f" ({', '.join(change.speakers)})" if change.speakers else ""
    title = change.title or "a talk without a title"
    when = f"{change.date} " if change.date else ""
    return f"{_SIGNS[change.what]} talk {when}{title}{who}{_fields(change.fields)}"


def _fact(change: FactChange) -> str:
    gone = " (its sentence is gone)" if change.what == "sentence gone" else ""
    about = f"{change.person}, {change.kind}: {change.object or 'no institution told'}"
    return f"{_SIGNS[change.what]} {about}{_fields(change.fields)}{gone}"


def _person(change: PersonChange) -> str:
    groups = " | ".join(", ".join(names) for names in change.mentions)
    return f"~ {change.what}: {groups}"
