"""Where results, notes and errors go, and how a table is drawn."""

from __future__ import annotations

import io
import logging
import os
import re
import shlex
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

_BOLD, _DIM, _RED, _END = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"
_CLEAR = "\r\x1b[K"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_NARROWEST = 12

Cell = str | int | float | None


class Terminal:
    """Results to stdout, everything else to stderr; colours and hints only where a person looks on."""

    def __init__(self, quiet: bool = False) -> None:
        """Take over the notes of the library's log.

        Parameters:
            quiet: errors only.
        """
        self.quiet = quiet
        self._busy = False
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                encoding = None if stream.isatty() else "utf-8"
                stream.reconfigure(encoding=encoding, errors="backslashreplace")
        self._log = _Log(self)
        logger = logging.getLogger("kg")
        logger.addHandler(self._log)
        logger.propagate = False
        for name in ("kg.progress", "kg.notes"):
            logging.getLogger(name).setLevel(logging.INFO)

    def close(self) -> None:
        """Give the log back."""
        logger = logging.getLogger("kg")
        logger.removeHandler(self._log)
        logger.propagate = True
        self.progress("")

    @property
    def seen(self) -> bool:
        """Whether results go to a person rather than to a file or program."""
        return sys.stdout.isatty()

    def out(self, text: str) -> None:
        """Print a result."""
        self.progress("")
        sys.stdout.write(text + "\n")

    def note(self, text: str) -> None:
        """Tell something beside the result."""
        if not self.quiet:
            self._err(f"kg: {text}")

    def error(self, text: str) -> None:
        """Say in one line what went wrong."""
        line = " ".join(_CONTROL.sub(" ", text).split())
        self._err(f"{_style('kg:', _RED, sys.stderr.isatty())} {line}")

    def hint(self, *commands: str) -> None:
        """Name what one may do next, to a person only."""
        if not self.quiet and sys.stderr.isatty():
            for command in commands:
                self._err(_style(f"next: {called(command)}", _DIM, True))

    def progress(self, text: str) -> None:
        """Show what is being done, on one line that the next output replaces; empty text clears it."""
        if self.quiet or not sys.stderr.isatty() or not (text or self._busy):
            return
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write(_CLEAR + printable(text)[:width])
        sys.stderr.flush()
        self._busy = bool(text)

    def _err(self, text: str) -> None:
        self.progress("")
        sys.stderr.write(text + "\n")

    def title(self, text: str) -> str:
        """Text as a heading."""
        return _style(text, _BOLD, self.seen)

    def faint(self, text: str) -> str:
        """Text that matters less."""
        return _style(text, _DIM, self.seen)

    def wrapped(self, text: str, indent: int = 0, first: str = "") -> str:
        """Text as wide as the terminal; lines after the first are indented."""
        width = shutil.get_terminal_size((100, 24)).columns
        return textwrap.fill(
            printable(first + text),
            max(width, indent + _NARROWEST),
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Print rows under their column names, wrapped to the width of the terminal."""
        if not columns:
            return
        cells = [[_shown(cell) for cell in row] for row in rows]
        widths = _fit([max(map(_width, column)) for column in zip(columns, *cells, strict=True)])
        self.out(self.title(next(_lines(columns, widths))))
        self.out(self.faint("  ".join("─" * width for width in widths)))
        for row in cells:
            self.out("\n".join(_lines(row, widths)))


def called(command: str) -> str:
    """A command of ours as it can be typed here: with the path of ``kg`` where the shell finds none, or another."""
    own, found = Path(sys.argv[0]), shutil.which("kg")
    if own.stem not in {"kg", "talkgraph"} or not own.is_file() or not command.startswith("kg "):
        return command
    if found and Path(found).parent.samefile(own.parent):
        return command
    return shlex.quote(near(own.with_stem("kg"))) + command.removeprefix("kg")


def near(path: Path) -> str:
    """A path as short as it may be written here."""
    here, whole = Path.cwd(), path.absolute()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it is called for."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class _Log(logging.Handler):
    """Notes of the library: progress on one line, warnings on their own."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__()
        self._terminal = terminal

    def emit(self, record: logging.LogRecord) -> None:
        """Show one note."""
        if record.name == "kg.progress":
            self._terminal.progress(record.getMessage())
        elif record.name == "kg.notes" or record.levelno >= logging.WARNING:
            self._terminal.note(record.getMessage())


def _style(text: str, code: str, wanted: bool) -> str:
    plain = not wanted or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else f"{code}{text}{_END}"


def printable(text: str) -> str:
    """Text without characters that steer a terminal."""
    return _CONTROL.sub("�", text)


def _shown(cell: Cell) -> str:
    return "" if cell is None else printable(str(cell))


def _width(text: str) -> int:
    """Columns a text takes on a terminal: wide characters two, marks on letters none."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _fit(widths: list[int]) -> list[int]:
    """Widths that fit on a line: the widest column gives way first."""
    room = shutil.get_terminal_size((100, 24)).columns - 2 * (len(widths) - 1)
    fitted = list(widths)
    while sum(fitted) > room and max(fitted) > _NARROWEST:
        widest = fitted.index(max(fitted))
        others = [w for i, w in enumerate(fitted) if i != widest]
        least = max([_NARROWEST, *(w for w in others if w < fitted[widest])])
        fitted[widest] = max(least, fitted[widest] - (sum(fitted) - room))
        if fitted[widest] == least and least in others and sum(fitted) > room:
            fitted[widest] = max(_NARROWEST, least - 1)
    return fitted


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [_wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    for number in range(max(map(len, wrapped))):
        parts = [w[number] if number < len(w) else "" for w in wrapped]
        padded = [
            part + " " * (width - _width(part)) for part, width in zip(parts, widths, strict=True)
        ]
        yield "  ".join(padded).rstrip()


def _wrap(text: str, width: int) -> list[str]:
    lines = [piece for line in text.split("\n") for piece in textwrap.wrap(line, width) or [""]]
    return [cut for line in lines for cut in _cut(line, width)]


def _cut(line: str, width: int) -> Iterator[str]:
    """Pieces of a line with wide characters, none wider than asked for."""
    piece, taken = "", 0
    for char in line:
        if piece and taken + _columns(char) > width:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + char, taken + _columns(char)
    yield piece
