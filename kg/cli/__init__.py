"""The command ``kg``: one command a module, each one call of the library.

A module offers its docstring (the first line is its help), ``EXAMPLES``, ``arguments(parser)`` and
``run(args, terminal)``, which returns an exit code.
"""

from __future__ import annotations

import atexit
import gc
import os
import shlex
import signal
import sys
from argparse import (
    PARSER,
    SUPPRESS,
    Action,
    ArgumentParser,
    Namespace,
    RawDescriptionHelpFormatter,
)
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from traceback import print_exc
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

from kg import registry
from kg.cli._terminal import Terminal
from kg.errors import KgError, UnknownFormat, UnknownName
from kg.settings import DEFAULT

if TYPE_CHECKING:
    from argparse import _ActionsContainer

    from kg.facade import KnowledgeGraph

BUILT = "the folder a build wrote"
DONE, FAILED, USAGE, SKIPPED, UNKNOWN, UNANSWERED, INTERRUPTED, CLOSED = 0, 1, 2, 3, 4, 5, 130, 141
EXIT_CODES = {
    DONE: "done",
    FAILED: "failed, any graph untouched",
    USAGE: "wrong command line",
    SKIPPED: "done, inputs skipped",
    UNKNOWN: "unknown name",
    UNANSWERED: "no answer",
    INTERRUPTED: "interrupted",
}


class UsageError(KgError):
    """The command line is wrong in a way that only the command itself can tell."""


_WIDE = 94
_INTRODUCTION = "Listings of talks become a knowledge graph you can query, save and look at."
_EXAMPLES = (
    "kg demo",
    "kg build page.txt                                  # makes the folder talks.kg",
    "kg query trained-at --institution Caltech",
)


class Command(Protocol):
    """What a module of this folder offers."""

    EXAMPLES: tuple[str, ...]

    def arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, args: Namespace, terminal: Terminal) -> int:
        """Do it, and say how it went: an exit code."""


class _Parser(ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and leave with the code for wrong usage."""
        self.exit(USAGE, f"kg: {message}; see {self.prog} --help\n")


@cache
def commands() -> dict[str, Command]:
    """Every module of this folder by its name."""
    import kg.cli as package

    found = registry.modules(package)
    return {m.__name__.rpartition(".")[2]: cast(Command, m) for m in found}


def add_folder(
    parser: _ActionsContainer, told: str = "the folder a build wrote, or an N-Triples file"
) -> None:
    """The option that names the graph, for commands that read no other place.

    Parameters:
        told: what it may be.
    """
    parser.add_argument(
        "-g",
        "--graph",
        metavar="DIR",
        default=DEFAULT.workspace,
        help=f"{told} (default: {DEFAULT.workspace})",
    )


def add_graph(parser: ArgumentParser) -> None:
    """The options that name the graph, for commands that read one wherever it is."""
    which = parser.add_mutually_exclusive_group()
    add_folder(which)
    which.add_argument(
        "--store", metavar="URL", help="a SPARQL server instead, where kg load put the graph"
    )
    parser.add_argument(
        "--graph-iri", metavar="IRI", help="the graph on the server, if it has a name"
    )


def opened(args: Namespace) -> KnowledgeGraph:
    """The graph that the options of ``add_graph`` name.

    Raises:
        KgError: there is none, or it cannot be read.
    """
    from kg import facade

    if args.store:
        return facade.connect(args.store, args.graph_iri)
    if args.graph_iri:
        raise UsageError("--graph-iri names a graph of a server; give its --store URL")
    return facade.load(args.graph)


def again(args: Namespace) -> str:
    """What lets a command that is printed read the same graph; an address may hold a password, and is not told."""
    if getattr(args, "store", None):
        return " --store URL"
    return "" if args.graph == DEFAULT.workspace else f" -g {shlex.quote(args.graph)}"


def add_json(parser: ArgumentParser) -> None:
    """The option that asks for JSON, the same for all commands that print a result."""
    parser.add_argument("--json", action="store_true", help="print JSON, also on a terminal")


def interruptible() -> None:
    """Let Ctrl-C end the process at once: a query runs inside the engine, where Python does not hear of it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _first_line(command: Command) -> str:
    return (cast(ModuleType, command).__doc__ or "").strip().splitlines()[0].rstrip(".")


def _examples(lines: Sequence[str]) -> str:
    return "examples:\n" + "\n".join(f"  {line}" for line in lines)


def _side_by_side(parts: Sequence[str]) -> str:
    """Parts in as few lines as a screen allows."""
    lines = [""]
    for part in parts:
        if len(lines[-1]) + len(part) > _WIDE:
            lines.append("")
        lines[-1] += f"  {part}"
    return "\n".join(lines)


def _common(parser: ArgumentParser) -> None:
    parser.add_argument(
        "-q", "--quiet", action="store_true", default=SUPPRESS, help="no notes, no hints"
    )
    parser.add_argument(
        "--debug", action="store_true", default=SUPPRESS, help="show the trace of an error"
    )


class _Help(RawDescriptionHelpFormatter):
    """Help without the line that only repeats "COMMAND" above the commands: the screen has none to spare."""

    def _format_action(self, action: Action) -> str:
        text = super()._format_action(action)
        return text.partition("\n")[2] if action.nargs == PARSER else text


def parser() -> ArgumentParser:
    """The parser of the whole command line."""
    codes = [f"{code} {meaning}" for code, meaning in EXIT_CODES.items()]
    top = _Parser(
        prog="kg",
        description=_INTRODUCTION,
        epilog=f"{_examples(_EXAMPLES)}\n\n{_side_by_side(['exit codes:', *codes]).lstrip()}",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="store_true", help="print the version")
    _common(top)
    below = top.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=_Parser
    )
    for name, command in commands().items():
        sub = below.add_parser(
            name,
            help=_first_line(command),
            description=f"{_first_line(command)}.",
            epilog=_examples(command.EXAMPLES),
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.arguments(sub)
        _common(sub)
    return top


def _parse(argv: Sequence[str]) -> Namespace:
    """The arguments; what a command takes beyond those it declares stands in ``rest``."""
    top = parser()
    first = next((a for a in argv if not a.startswith("-")), None)
    if first is not None and first not in commands():
        close = get_close_matches(first, commands(), n=3, cutoff=0.5)
        top.error(
            f"no command named {first!r}" + (f"; nearest: {', '.join(close)}" if close else "")
        )
    args, rest = top.parse_known_args(argv)
    if rest and not hasattr(args, "rest"):
        top.exit(
            USAGE,
            f"kg: unknown argument {rest[0]!r}; see {' '.join(['kg', args.command or '']).strip()} --help\n",
        )
    args.rest = rest
    return args


def _run(args: Namespace, top: ArgumentParser, terminal: Terminal) -> int:
    if args.version:
        from kg.workspace import product_version

        terminal.out(f"talkgraph {product_version()}")
        return DONE
    if args.command is None:
        terminal.out(top.format_help().rstrip())
        return DONE
    return commands()[args.command].run(args, terminal)


def _failure(error: Exception, terminal: Terminal, debug: bool) -> int:
    if debug:
        print_exc()
    if isinstance(error, KgError):
        terminal.error(str(error))
        unknown = UNKNOWN if isinstance(error, UnknownName | UnknownFormat) else FAILED
        return USAGE if isinstance(error, UsageError) else unknown
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        terminal.error(f"{where}{error.strerror or error}")
        return FAILED
    terminal.error(
        f"unexpected {type(error).__name__}: {error}; --debug shows where, please report it"
    )
    return FAILED


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line, and give its exit code; errors become one line on stderr."""
    atexit.register(gc.freeze)  # the last search for garbage would go through all that is known
    words = sys.argv[1:] if argv is None else argv
    terminal = Terminal()
    try:
        args = _parse(words)
        terminal.close()
        terminal = Terminal(quiet=getattr(args, "quiet", False))
        code = _run(args, parser(), terminal)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    except KeyboardInterrupt:
        terminal.error("interrupted")
        return INTERRUPTED
    except SystemExit as asked:
        return asked.code if isinstance(asked.code, int) else USAGE
    except Exception as error:  # the last door: whatever is wrong becomes one line
        return _failure(error, terminal, "--debug" in words)
    finally:
        terminal.close()
