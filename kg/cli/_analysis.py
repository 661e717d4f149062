"""The one place where networks meet their analysis and their pictures."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from kg.cli._terminal import Terminal, counted
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.network import Network

_SENTENCES = "findings"
_IRIS = frozenset({"node", "one", "other", "talks", "nodes"})


def add_analysis(parser: ArgumentParser) -> None:
    """The options that ask for analyses and pictures."""
    parser.add_argument(
        "--communities", action="store_true", help="find communities and name them; measure nodes"
    )
    parser.add_argument(
        "--table",
        metavar="NAME",
        help="metrics, communities, trends, emerging, changes, brokers, gaps or findings",
    )
    parser.add_argument(
        "--summary", action="store_true", help="say it in sentences: --table findings"
    )
    parser.add_argument(
        "--picture",
        "--png",
        metavar="FILE",
        action="append",
        default=[],
        help="draw it: .png, .svg or .pdf",
    )


def wanted(args: Namespace) -> str | None:
    """The table that the options ask for."""
    return _SENTENCES if args.summary else args.table


def is_picture(file: str) -> bool:
    """Whether a file's ending asks for a picture."""
    from kg.pictures import ENDINGS

    return file.lower().endswith(ENDINGS)


def analysed(network: Network, args: Namespace) -> Network:
    """The network with what was asked for found out: measures, communities, places.

    Raises:
        MissingPart: the libraries of networks are not installed.
    """
    from kg import analysis, pictures

    if not (args.communities or wanted(args)):
        return network
    found = analysis.analysed(network)
    return pictures.placed(found) if args.communities and args.output else found


def tabulated(network: Network, args: Namespace, terminal: Terminal, graph: KnowledgeGraph) -> None:
    """Print a table of an analysed network, on a terminal without its IRIs.

    Raises:
        UnknownName: no analysis has this name.
    """
    from kg import analysis

    name = str(wanted(args))
    if name == "gaps" and "Person" not in {kind for _, kind in network.nodes(data="type")}:
        raise QueryError("gaps are looked for between people: kg network co-speaker --table gaps")
    options = {"series": _series(graph)} if name == "gaps" else {}
    found = analysis.table(network, name, **options)
    for note in found.notes:
        terminal.note(note)
    if args.json or not terminal.seen:
        terminal.out(found.json().rstrip("\n"))
        return
    shown = [n for n, column in enumerate(found.columns) if column not in _IRIS]
    rows = [[row[n] for n in shown] for row in found.head(args.rows).rows]
    terminal.table([found.columns[n] for n in shown], rows)
    terminal.note(f"{len(rows)} of {counted(len(found.rows), 'row')}")


def _series(graph: KnowledgeGraph) -> dict[str, set[str]]:
    """The series that people spoke in."""
    found: dict[str, set[str]] = {}
    rows = graph.query(
        "SELECT DISTINCT ?who ?series WHERE { ?t kg:speaker ?who ; kg:series ?series }"
    ).rows
    for who, series in rows:
        found.setdefault(str(who), set()).add(str(series))
    return found


def drawn(network: Network, file: str, terminal: Terminal) -> None:
    """Draw the network into a file.

    Raises:
        UnknownFormat: no picture has this ending.
        MissingPart: the libraries of networks are not installed.
    """
    from kg import pictures

    found = pictures.draw(network, file)
    terminal.note(f"drew {found.path} ({found.path.stat().st_size:,} bytes)")
    for note in found.notes:
        terminal.note(note)
