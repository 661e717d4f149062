"""Make networks of topics, speakers, institutions or awards."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.cli import DONE, UsageError, add_graph, add_json, interruptible, opened
from kg.cli._analysis import add_analysis, analysed, drawn, is_picture, tabulated, wanted
from kg.cli._terminal import Terminal, counted

if TYPE_CHECKING:
    from kg.network import Network

EXAMPLES = (
    "kg network --list",
    "kg network co-topic --from 2018 --weight association -o map.gexf",
    "kg network co-topic --communities --summary --picture map.svg",
)
_SHOWN = ("weight", "count", "years", "q", "alpha", "stage", "label")
_OPTIONS = {"from": "from_year", "to": "to_year"}
_NUMBERS = (
    ("--from", int, "YEAR", "talks from this year on"),
    ("--to", int, "YEAR", "talks up to this year"),
    ("--at-least", int, "N", "edges of at least N talks (topics, people) in common"),
    ("--top", int, "N", "the N nodes of most talks"),
    ("--significant", float, "Q", "edges of which at most a share Q is chance (0.05)"),
    ("--backbone", float, "A", "edges that stand out at one of their ends (0.05)"),
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.usage = "kg network NAME [options] [-o FILE ...] [-g DIR]"
    parser.add_argument("name", metavar="NAME", nargs="?", help="of a network (--list tells them)")
    parser.add_argument("--list", action="store_true", help="the networks, their forms and weights")
    parser.add_argument("--form", help="which of the forms of a network")
    for name, kind, value, told in _NUMBERS:
        parser.add_argument(name, type=kind, metavar=value, help=told)
    parser.add_argument("--series", metavar="WORDS", help="talks of series whose names have these")
    parser.add_argument("--weight", help="the measure of an edge (default: count)")
    add_analysis(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        action="append",
        default=[],
        help="write it, as the ending says",
    )
    parser.add_argument(
        "--rows", type=int, default=20, metavar="N", help="edges shown (default: 20)"
    )
    add_json(parser)
    add_graph(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Build the network; write it to files, or show its heaviest edges."""
    if args.list:
        return _listed(args, terminal)
    if args.name is None:
        raise UsageError("which network? kg network --list tells them")
    from kg import exports

    pictures = [*filter(is_picture, args.output), *args.picture]
    files = [file for file in args.output if not is_picture(file)]
    for file in files:
        exports.network_exporter(file)
    graph = opened(args)
    interruptible()
    network = analysed(graph.to_networkx(args.name, **_options(args)), args)
    for file in files:
        path = exports.save_network(network, file)
        terminal.note(f"wrote {path} ({path.stat().st_size:,} bytes)")
    for file in pictures:
        drawn(network, file, terminal)
    if wanted(args):
        tabulated(network, args, terminal, graph)
    elif not files and not pictures:
        _show(network, args, terminal)
    terminal.note(_told(network))
    return DONE


def _options(args: Namespace) -> dict[str, Any]:
    """The options of the library that were given."""
    names = ["form", "series", "weight", *(name.strip("-") for name, *_ in _NUMBERS)]
    given = {name.replace("-", "_"): getattr(args, name.replace("-", "_")) for name in names}
    return {_OPTIONS.get(name, name): value for name, value in given.items() if value is not None}


def _told(network: Network) -> str:
    """How large a network is, and how it came about."""
    told = network.graph
    size = f"{counted(len(network), 'node')}, {counted(network.number_of_edges(), 'edge')}"
    left = (told.get("nodes_left_out", 0), told.get("edges_left_out", 0))
    if any(left):
        size += f" ({left[0]:,} and {left[1]:,} left out)"
    return f"{size}; {told['parameters']}" if "parameters" in told else size


def _heaviest(network: Network, most: int) -> list[tuple[str, str, dict[str, Any]]]:
    edges: Iterable[Any] = network.edges(data=True)
    return sorted(edges, key=lambda e: (-e[2].get("weight", 1), -e[2].get("count", 1), e[:2]))[
        :most
    ]


def _show(network: Network, args: Namespace, terminal: Terminal) -> None:
    """The heaviest edges, with names and counts."""
    edges = _heaviest(network, args.rows)
    names = network.nodes(data="label")
    if args.json or not terminal.seen:
        rows = [
            {"source_label": names[one], "target_label": names[other]}
            | {"source": one, "target": other}
            | data
            for one, other, data in edges
        ]
        found = {"graph": network.graph, "nodes": len(network), "edges": network.number_of_edges()}
        terminal.out(json.dumps(found | {"heaviest": rows}, ensure_ascii=False, indent=1))
        return
    terminal.out(terminal.title(network.graph.get("title", args.name)))
    columns = [name for name in _SHOWN if any(name in data for *_, data in edges)]
    if network.graph.get("weight") == "count" and "weight" in columns:
        columns.remove("weight")
    rows_shown = [
        [names[one], names[other], *(_cell(data, name) for name in columns)]
        for one, other, data in edges
    ]
    ends = ("from", "to") if network.is_directed() else ("one", "other")
    terminal.table([*ends, *columns], rows_shown)
    terminal.hint(
        f"kg network {args.name} -o map.gexf  (or .graphml .cyjs .vosviewer.json .json .csv)"
    )


def _cell(data: dict[str, Any], name: str) -> str | int | None:
    """An attribute for a reader: of the years the first and the last."""
    if name == "years" and name in data:
        return "–".join(dict.fromkeys((str(data["first_year"]), str(data["last_year"]))))
    value = data.get(name)
    return f"{value:.4g}" if isinstance(value, float) else value


def _listed(args: Namespace, terminal: Terminal) -> int:
    """The networks, with their forms; and the measures of an edge."""
    from kg import network

    rows = [(name, network.title(name), network.forms(name)) for name in network.builders()]
    if args.json or not terminal.seen:
        found = [{"name": n, "title": t, "forms": f, "takes": network.takes(n)} for n, t, f in rows]
        terminal.out(json.dumps(found, ensure_ascii=False, indent=1))
        return DONE
    terminal.table(["network", "what it is", "forms"], [(n, t, ", ".join(f)) for n, t, f in rows])
    terminal.out(terminal.wrapped(f"weights of an edge: {', '.join(network.WEIGHTS)}"))
    return DONE
