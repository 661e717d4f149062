"""Organizations as pages print them: do they come to the node that their full name comes to?

``python tests/benchmarks/organizations.py FOLDER [HALF]`` reads the annotated pages of a folder (JSON, one a page) and
compares, for every entry with an organization, the node of the printed words in their context with that of the
annotated name or of one of its aliases. HALF is 0 or 1: only the failures of that half are printed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = ("affiliations", "prior", "education", "memberships")


@dataclass(frozen=True)
class Entry:
    """An organization that an annotated page prints.

    Parameters:
        printed: the words on the page.
        names: the annotated full name, then its aliases.
        text: the line around the printed words.
        near: the other organizations printed for the same speaker, then those of the page.
    """

    page: str
    printed: str
    names: tuple[str, ...]
    text: str
    near: tuple[str, ...]


def half(page: str) -> int:
    """Which half of the folder a page belongs to: the one that rules were written on (0) or the one to check (1)."""
    return hashlib.sha256(page.encode()).digest()[0] % 2


def _rows(speaker: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [row for kind in KINDS for row in speaker.get(kind) or ()]
    return [row for row in rows if row.get("organization") and row.get("as_printed")]


def _line(text: str, name: str, printed: str) -> str:
    """The first line after a speaker's name that holds the printed words, or the first of all."""
    at = text.find(printed, max(0, text.find(name)))
    at = at if at >= 0 else text.find(printed)
    if at < 0:
        return ""
    return text[text.rfind("\n", 0, at) + 1 :].split("\n", 1)[0]


def entries(folder: Path) -> Iterator[Entry]:
    """Every organization of every annotated page, in the order of the file names."""
    for file in sorted(folder.glob("*.json")):
        page = json.loads(file.read_text("utf-8"))
        speakers = [s for talk in page["talks"] for s in talk["speakers"]]
        everywhere = [row["as_printed"] for s in speakers for row in _rows(s)]
        for speaker in speakers:
            rows = _rows(speaker)
            near = tuple(dict.fromkeys([row["as_printed"] for row in rows] + everywhere))
            yield from (_entry(file.stem, page["text"], speaker["name"], row, near) for row in rows)


def _entry(page: str, text: str, speaker: str, row: dict[str, Any], near: tuple[str, ...]) -> Entry:
    from kg.choices import full_name

    printed = row["as_printed"]
    given = full_name(printed, text)
    others = tuple(n for n in (given, *near) if n and n != printed)
    names = (row["organization"], *row.get("aliases", ()))
    return Entry(page, printed, names, _line(text, speaker, printed), others)


def node(printed: str, text: str = "", near: tuple[str, ...] = ()) -> tuple[str, bool]:
    """The node of a name in its context, and whether the vocabulary knows it."""
    from kg.choices import choose
    from kg.resolution import form
    from kg.resolution._near import near as nearly

    chosen = choose(printed, text, near).chosen
    if chosen and chosen.because != "context":
        return chosen.name, True
    found = nearly(printed)
    return (
        (found[0], True)
        if found
        else (form("organization", chosen.name if chosen else printed), False)
    )


def main() -> None:
    """Compare them all and print shares and failures."""
    shown = int(sys.argv[2]) if len(sys.argv) > 2 else None
    counts = {side: [0, 0, 0, 0] for side in (0, 1)}
    failures: dict[str, None] = {}
    for entry in entries(Path(sys.argv[1])):
        side = half(entry.page)
        found, known = node(entry.printed, entry.text, entry.near)
        nodes = [node(name)[0] for name in entry.names]
        for place, holds in enumerate((True, found in nodes, found == nodes[0], known)):
            counts[side][place] += holds
        if found not in nodes and shown in (None, side):
            failures[f"{entry.page}: {entry.printed!r} is {found!r}, not {nodes[0]!r}"] = None
    for label, rows in (
        ("all", [*counts.values()]),
        ("half 0", [counts[0]]),
        ("half 1", [counts[1]]),
    ):
        total, same, strict, known = (sum(column) for column in zip(*rows, strict=True))
        print(
            f"{label:<7} {total:4} organizations: {same / max(total, 1):.3f} at the node of the name or an alias,"
            f" {strict / max(total, 1):.3f} at that of the name itself, {known / max(total, 1):.3f} known"
        )
    print(*failures, sep="\n")


if __name__ == "__main__":
    main()
