"""Import a registry of organizations or topics, or list them."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from kg.cli import DONE, UsageError, add_json
from kg.cli._terminal import Terminal

EXAMPLES = (
    "kg authority add ror v2.0-ror-data.zip",
    "kg authority add skos topics.ttl",
    "kg authority list --json",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("action", choices=("add", "list", "remove"), help="what to do")
    parser.add_argument(
        "name",
        metavar="ror|skos|NAME",
        nargs="?",
        help="add ror: a dump of the Research Organization Registry; add skos: topics; remove: what list names",
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="the registry's zip, or the JSON inside it; the vocabulary as .ttl, .nt, .rdf or .jsonld",
    )
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Import, list or remove."""
    if args.action == "list":
        return _list(args, terminal)
    if args.action == "add":
        return _add(args, terminal)
    if args.name is None:
        raise UsageError("kg authority remove needs a name: kg authority list shows them")
    from kg import linking, vocabularies

    linking.remove_ror() if args.name == "ror" else vocabularies.remove(args.name)
    terminal.note(f"removed {args.name}")
    return DONE


def _add(args: Namespace, terminal: Terminal) -> int:
    if args.name not in {"ror", "skos"} or args.file is None:
        raise UsageError(
            "kg authority add needs ror or skos and a file: kg authority add ror FILE.zip"
        )
    terminal.progress(f"reading {args.file} ...")
    if args.name == "skos":
        from kg import vocabularies

        terminal.note(f"imported {vocabularies.add(args.file):,} topics")
        return DONE
    from kg import linking

    count = linking.add_ror(args.file)
    terminal.note(f"imported {count:,} active organizations into {linking.kept_in()}")
    return DONE


def _list(args: Namespace, terminal: Terminal) -> int:
    from kg import linking, vocabularies

    registries = linking.imported()
    topics = [
        {"vocabulary": name, "source": source} for name, source in vocabularies.imported().items()
    ]
    if args.json or not terminal.seen:
        terminal.out(json.dumps([*registries, *topics], ensure_ascii=False, indent=2))
    else:
        for line in _lines(registries, topics):
            terminal.out(line)
    if not registries and not topics:
        terminal.note("nothing is imported; names resolve by the bundled vocabularies")
    return DONE


def _lines(registries: list[dict[str, object]], topics: list[dict[str, str]]) -> Iterator[str]:
    for row in registries:
        yield f"{row['registry']}  {row['organizations']:,} organizations  {row['source']}  {row['file']}"
    for found in topics:
        yield f"{found['vocabulary']}  topics  {found['source']}"
