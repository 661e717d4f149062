"""N-Triples as text, in canonical form: terms, dates, and lines in order."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from tempfile import TemporaryFile
from typing import IO

from kg.errors import KgError
from kg.ontology import KG, RDF, XSD

TYPE = f"<{RDF}type>"
FROM = "<http://www.w3.org/ns/prov#wasDerivedFrom>"

_NAMED = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPED = re.compile('[\x00-\x1f\x7f"\\\\\ufffe\uffff]')
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f]')
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_TYPES = (f"{XSD}gYear", f"{XSD}gYearMonth", f"{XSD}date")


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _NAMED.get(char) or f"\\u{ord(char):04X}"


def kg(name: str) -> str:
    """A term of ours as written."""
    return f"<{KG}{name}>"


def clean(text: str) -> str:
    """Text that UTF-8 can hold: a lone surrogate becomes one replacement character, so that lengths stay."""
    return _SURROGATE.sub("\ufffd", text)


def literal(text: str, datatype: str = "", language: str = "") -> str:
    """A literal as N-Triples and SPARQL write it."""
    quoted = f'"{_ESCAPED.sub(_escape, clean(text))}"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^<{datatype}>" if datatype else quoted


def iri(text: str) -> str:
    """An IRI in angle brackets.

    Raises:
        KgError: it is not absolute, or holds a character no IRI may hold.
    """
    if (
        _NOT_IRI.search(text)
        or _SURROGATE.search(text)
        or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text)
    ):
        raise KgError(f"not an IRI: {text[:80]!r}")
    return f"<{text}>"


def integer(number: int) -> str:
    """An xsd:integer."""
    return f'"{number}"^^<{XSD}integer>'


@lru_cache(maxsize=10_000)
def decimal(number: float) -> str:
    """An xsd:decimal of at most four places, without a zero at its end."""
    text = format(Decimal(repr(float(number))).quantize(Decimal("0.0001")), "f")
    plain = text.rstrip("0").rstrip(".")
    return f'"{"0" if plain in {"", "-0"} else plain}"^^<{XSD}decimal>'


@lru_cache(maxsize=100_000)
def dated(text: str) -> tuple[str, int] | None:
    """A date as a literal whose datatype is its precision, and its year; None if it starts with no year.

    A day or month that no calendar has is left out, never guessed.
    """
    match = _DATE.match(text.strip())
    if match is None or match.group(1) == "0000":
        return None
    year, month, day = match.groups()
    parts = [year, *(p for p in (month, day) if p)]
    while len(parts) > 1 and not _exists(parts):
        parts.pop()
    return literal("-".join(parts), _TYPES[len(parts) - 1]), int(year)


def _exists(parts: list[str]) -> bool:
    numbers = [*map(int, parts), 1, 1][:3]
    try:
        date(numbers[0], numbers[1], numbers[2])
    except ValueError:
        return False
    return True


_RUN = 400_000
"""Statements in memory at once; more are sorted and laid aside in a file."""


class Lines:
    """The statements of a graph while it is written: sorted in runs that lie in a file, and merged at the end."""

    def __init__(self, run: int = _RUN) -> None:
        """Start empty.

        Parameters:
            run: statements that are held in memory.
        """
        self._lines: list[str] = []
        self._run = run
        self._runs: list[IO[bytes]] = []

    def add(self, subject: str, *pairs: tuple[str, str]) -> None:
        """Note statements of one subject: predicate and object, all as N-Triples writes them."""
        self._lines += [f"{subject} {predicate} {value} ." for predicate, value in pairs]
        if len(self._lines) > self._run:
            self._lay_aside()

    def canonical(self) -> bytes:
        """The statements sorted by code point, each once, as UTF-8."""
        return b"".join(self.sorted()) if self._runs else canonical(self._lines)

    def sorted(self) -> Iterator[bytes]:
        """The lines of the canonical text, one by one; the order of UTF-8 is that of code points."""
        self._lay_aside()
        for run in self._runs:
            run.seek(0)
        last = b""
        for line in heapq.merge(*self._runs):
            if line != last:
                yield line
            last = line
        for run in self._runs:
            run.close()

    def _lay_aside(self) -> None:
        if self._lines:
            run = TemporaryFile()  # noqa: SIM115  it lives as long as the statements do
            run.write(canonical(self._lines))
            self._runs.append(run)
            self._lines = []


def canonical(lines: Iterable[str]) -> bytes:
    """Lines sorted by code point, each once, as UTF-8."""
    ordered = sorted(set(lines))
    ordered.append("")
    return "\n".join(ordered).encode()
