"""Serve the graph over HTTP, read only."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from kg.cli import DONE, UsageError, add_folder
from kg.cli._terminal import Terminal
from kg.settings import HOST, PORT, Serving

_DEFAULT = Serving()
EXAMPLES = (
    "kg serve",
    "kg serve -g talks.kg --port 0",
    "kg serve --host 0.0.0.0 --time-limit 10           # for others, behind a proxy that speaks TLS",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--host", default=HOST, help=f"address to listen at (default: {HOST}, this machine alone)"
    )
    parser.add_argument(
        "--port", type=int, default=PORT, help=f"0 takes a free one (default: {PORT})"
    )
    parser.add_argument(
        "--time-limit",
        metavar="SECONDS",
        type=float,
        default=_DEFAULT.time_limit,
        help=f"a query that takes longer is ended (default: {_DEFAULT.time_limit:g})",
    )
    parser.add_argument(
        "--url", default="", help="the address that others know it by (default: what it listens at)"
    )
    add_folder(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Serve until interrupted; the address goes to stdout."""
    from kg import facade

    if args.time_limit <= 0:
        raise UsageError(f"--time-limit {args.time_limit:g}: more than 0 seconds")
    if args.url and not args.url.startswith(("http://", "https://")):
        raise UsageError(f"--url {args.url}: an address such as https://talks.example.org/")
    url = f"{args.url.rstrip('/')}/" if args.url else ""
    serving = replace(_DEFAULT, time_limit=args.time_limit, url=url)

    def started(address: str) -> None:
        terminal.out(address)
        terminal.note(f"SPARQL at {address}sparql; REST at {address}api; Ctrl-C stops")

    facade.serve(args.graph, args.host, args.port, serving, started)
    return DONE
