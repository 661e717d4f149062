"""Why each thing of a graph is one, kept beside it in ``identities.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from kg import authorities, resolution
from kg.errors import WorkspaceError
from kg.model import Entity
from kg.resolution import People, Row

FILE = "identities.jsonl"
_UNDECIDED = frozenset({"open", "ambiguous"})


def save(rows: Iterable[Row], folder: Path) -> None:
    """Write the rows into a folder."""
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    (folder / FILE).write_text(lines, "utf-8", "surrogatepass", newline="\n")


def load(rows: Sequence[Row] | Path | None) -> tuple[Row, ...]:
    """The rows of a graph.

    Raises:
        WorkspaceError: there are none, or they cannot be read.
    """
    if rows is None:
        raise WorkspaceError(
            "this graph does not tell why its things are one; build it, or open the folder of a build"
        )
    if not isinstance(rows, Path):
        return tuple(rows)
    try:
        return tuple(
            json.loads(line) for line in rows.read_text("utf-8", "surrogatepass").splitlines()
        )
    except FileNotFoundError:
        raise WorkspaceError(
            f"{rows} is missing: an older version wrote this graph; build it again"
        ) from None
    except (OSError, ValueError) as error:
        raise WorkspaceError(f"{rows} cannot be read: {error}") from None


def of(rows: Iterable[Row], entities: Sequence[Entity]) -> tuple[Row, ...]:
    """The rows of some things, in their order; organizations with what the bundled vocabulary knows of their names."""
    wanted = {(e.kind, e.key): n for n, e in enumerate(entities)}
    rows = tuple(rows)
    opened = resolution.undecided(rows, wanted.keys())
    found = [_with(r, opened) for r in rows if (r["kind"], r["key"]) in wanted]
    ordered = sorted(found, key=lambda r: wanted[r["kind"], r["key"]])
    return tuple(
        r | {"candidates": _candidates(r)} if r["kind"] == "organization" else r for r in ordered
    )


def _with(row: Row, opened: Mapping[tuple[str, str], list[Row]]) -> Row:
    """A row with the pairs that were left open."""
    more = opened.get((row["kind"], row["key"]))
    return row | {"decisions": [*row["decisions"], *more]} if more else row


def _candidates(row: Row) -> list[Row]:
    """For each form what it may stand for, and the step that leads there."""
    return [
        {
            "printed": name,
            "name": c.name,
            "step": c.because,
            "score": c.score,
            "country": c.country,
            "parent": c.parent,
        }
        for name in row["names"]
        for c in authorities.lookup(name)
    ]


def undecided(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Pairs that were left open, each pair of things once, the likeliest first."""
    best: dict[tuple[str, str, str], Row] = {}
    rows = tuple(rows)
    told = [row["decisions"] for row in rows] + list(resolution.undecided(rows).values())
    for decision in (d for decisions in told for d in decisions if d["verdict"] in _UNDECIDED):
        one, other = sorted((decision["one"]["key"], decision["other"]["key"]))
        pair = decision.get("kind", "person"), one, other
        if pair not in best or decision["bits"] > best[pair]["bits"]:
            best[pair] = decision
    return tuple(
        sorted(best.values(), key=lambda d: (-d["bits"], d["one"]["key"], d["other"]["key"]))
    )


class Identified:
    """Part of a graph of talks: why its things are one each."""

    _identities: Sequence[Row] | Path | None

    @cached_property
    def _identity_rows(self) -> tuple[Row, ...]:
        return load(self._identities)

    def identities(self) -> tuple[Row, ...]:
        """Why each person, institution, award, topic and series is one, as ``explain`` gives it.

        Only the decisions about people are among it; what else may be one ``explain`` and ``review`` find when asked.

        Raises:
            WorkspaceError: the graph was read from a file that does not tell.
        """
        return self._identity_rows

    def people(self) -> People:
        """The people of the graph by their names, for names from elsewhere: ``people().find("Byron, Ada")``.

        Raises:
            WorkspaceError: the graph was read from a file that does not tell.
        """
        return People(self._identity_rows)

    def review(self) -> tuple[Row, ...]:
        """Pairs that may be one and were not joined, the likeliest first.

        Raises:
            WorkspaceError: the graph was read from a file that does not tell.
        """
        return undecided(self._identity_rows)
