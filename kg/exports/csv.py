"""A table of facts: one line for each claim and each sentence that backs it. Of a network, a table of its edges."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.network import Claim, Network, Quote, Reading

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".csv",)
_FIELDS = ("role", "degree", "field", "unit", "stage", "talk")
COLUMNS = (
    *("subject", "kind", "object", "printed", *_FIELDS, "from", "to", "year"),
    *("confidence", "rule", "sentence", "source", "start", "end", "subject_iri", "object_iri"),
)
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the facts, sorted; a cell that a spreadsheet would run gets an apostrophe.

    ``from``, ``to`` and ``year`` are dates of the fact, ``start`` and ``end`` the place of the sentence in its source.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows([_safe(cell) for cell in row] for row in rows(graph))


def rows(graph: KnowledgeGraph) -> list[tuple[str, ...]]:
    """The facts, sorted, with the values that ``COLUMNS`` names."""
    reading = Reading(graph)
    return sorted(row for claim in reading.claims for row in _rows(reading, claim))


def write_network(network: Network, path: Path) -> None:
    """Write the edges, heaviest first; columns are those that an edge has, after the ends and their names."""
    edges = sorted(network.edges(data=True), key=lambda e: (-e[2].get("weight", 1), e[0], e[1]))
    names = dict.fromkeys(key for *_, data in edges for key in data)
    labels = network.nodes(data="label")
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["source", "target", "source_label", "target_label", *names])
        for one, other, data in edges:
            cells = (labels[one], labels[other], *(data.get(name, "") for name in names))
            table.writerow([one, other, *(_safe(c) if isinstance(c, str) else c for c in cells)])


def _rows(reading: Reading, claim: Claim) -> Iterator[tuple[str, ...]]:
    values = claim.values
    fields = (reading.word(values.get(f"{name}Name") or values.get(name, "")) for name in _FIELDS)
    statement = (
        reading.word(claim.subject),
        claim.kind,
        reading.word(claim.object),
        values.get("printed", ""),
        *fields,
        values.get("start", ""),
        values.get("end", ""),
        values.get("date", ""),
        f"{claim.confidence:g}",
        values.get("rule", ""),
    )
    for quote in claim.quotes or (Quote("", "", 0, 0),):
        place = (str(quote.start), str(quote.end)) if quote.text else ("", "")
        yield (*statement, quote.text, quote.source, *place, claim.subject, claim.object)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell
