"""The errors a user can meet, as a tree.

KgError
├── ReadError            a source cannot be opened or understood
│   ├── NoTalks          a source was read, and no talk stands in it
│   └── UnknownFormat    no reader, export or network has this name
├── QueryError           a query is missing, malformed, or lacks a value
│   ├── UnknownName      no query, parameter or entity has this name; carries the nearest ones
│   ├── NotUnderstood    a question that cannot be answered from the graph; carries the nearest that can
│   └── TooMuch          more was asked for at once than is answered at once
├── CorrectionError      the corrections file cannot be understood; says the line
├── EvidenceError        a fact's quote does not stand verbatim at its offsets
├── WorkspaceError       the folder is no workspace, is locked, or was written by a newer version
├── RemoteError          a SPARQL server cannot be asked, refuses, or answers what is no answer
├── ModelError           a language model cannot be asked, or gives no answer of use
└── MissingPart          an optional part is not installed; says which extra to install
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class KgError(Exception):
    """Base of every error this package raises on purpose; its text is one line for a person."""


class ReadError(KgError):
    """A source cannot be opened or understood."""


class NoTalks(ReadError):
    """A source was read, and no talk stands in it."""


class UnknownFormat(ReadError):
    """No reader, export or network has this name."""


class QueryError(KgError):
    """A query is missing, malformed, or lacks a value."""


class UnknownName(QueryError):
    """No query, parameter or entity has this name."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """Say what was asked for, and the nearest of the known names (or the first few of them).

        Parameters:
            kind: what was looked for, as a word ("query", "institution").
            name: the name that was given.
            known: every name that would have been accepted.
        """
        names = sorted(set(known))
        folded = {n.casefold(): n for n in names}
        close = get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)
        self.nearest = tuple(folded[n] for n in close)
        shown = ", ".join(self.nearest or names[:8])
        hint = f"; nearest: {shown}" if self.nearest else f"; known: {shown}" if shown else ""
        super().__init__(f"no {kind} named {name!r}{hint}")


class NotUnderstood(QueryError):
    """A question that cannot be answered from the graph: carries the nearest ones that can."""

    def __init__(self, reason: str, nearest: tuple[str, ...]) -> None:
        """Say why, and what could be asked instead."""
        self.reason, self.nearest = reason, nearest
        told = f"; nearest: {'; '.join(nearest)}" if nearest else ""
        super().__init__(f"{reason}{told}")


class TooMuch(QueryError):
    """More was asked for at once than is answered at once."""


class CorrectionError(KgError):
    """The corrections file cannot be understood, or a correction cannot be made."""


class EvidenceError(KgError):
    """A fact's quote does not stand verbatim at its offsets."""


class WorkspaceError(KgError):
    """The folder is no workspace, is locked, or was written by a newer version."""


class RemoteError(KgError):
    """A SPARQL server cannot be asked, refuses, or answers what is no answer."""


class ModelError(KgError):
    """A language model cannot be asked, or gives no answer of use."""


class MissingPart(KgError):
    """An optional part is not installed."""
