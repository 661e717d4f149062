"""Annotated pages: the role of every line, heads and details of facts, and which belong together.

Two sources: pages of the shared folder, of which ``tests/gold`` keeps roles and places without their text
(``lines.tsv``, ``names.tsv``, ``facts.tsv``), and pages of our own words (``tests/gold/written/*.txt``), annotated in
the text: a role, a tab, and the line, with ``{a1.org Lund University}`` around what is a part of a fact.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from kg import resources
from kg.model import Span

GOLD = resources.ROOT / "tests" / "gold"
_POST = ("role", "unit", "start", "end")
_MARK = re.compile(r"\{((?:[apewmv]\d+)(?:,[apewmv]\d+)*|n|t)\.(\w+) ([^{}]+)\}")
_KINDS = {"a": "aff", "p": "pri", "e": "edu", "w": "awd", "m": "mem", "v": "adv"}
_COLUMNS = {
    "aff": ("org", *_POST), "pri": ("org", *_POST), "mem": ("org", *_POST), "awd": ("name", "year"),
    "edu": ("org", "deg", "field", "year", "advisor"), "adv": ("person",),
}  # fmt: skip

Place = tuple[int, int, str]


@dataclass
class Annotated:
    """A page with what stands where.

    Parameters:
        roles: letters of the lines that hold anything, a star where an entry begins.
        heads: organizations, awards, advisors, names and titles as (start, end, kind).
        details: roles, units, years, degrees, fields, likewise.
        ties: pairs of a detail and its head.
    """

    name: str
    text: str
    roles: list[str]
    heads: set[Place] = field(default_factory=set)
    details: set[Place] = field(default_factory=set)
    ties: set[tuple[Place, Place]] = field(default_factory=set)

    def add(self, kind: str, parts: dict[str, list[Span]]) -> None:
        """Take in one fact by its parts."""
        if kind == "edu":
            self._degree(parts)
            return
        for at in parts.get("org") or parts.get("name") or parts.get("person") or []:
            head = (*at, kind)
            self.heads.add(head)
            for part in (*_POST, "year"):
                self._tie(parts.get(part, []), part, head)

    def _degree(self, parts: dict[str, list[Span]]) -> None:
        schools = [(*at, "edu") for at in parts.get("org", [])]
        degrees = [(*at, "deg") for at in parts.get("deg", [])]
        self.heads.update(schools)
        self.details.update(degrees)
        self.ties.update((s, d) for s in schools for d in degrees)
        for to in degrees or schools:
            self._tie(parts.get("field", []), "field", to)
            self._tie(parts.get("year", []), "year", to)
            for at in parts.get("advisor", []):
                self.heads.add((*at, "adv"))
                self.ties.add(((*at, "adv"), to))

    def _tie(self, places: list[Span], kind: str, head: Place) -> None:
        for at in places:
            self.details.add((*at, kind))
            self.ties.add(((*at, kind), head))


def site(name: str) -> str:
    """What pages of one origin share: the first two parts of their ids."""
    return "-".join(name.split("-")[:2])


def texts(shared: Path) -> dict[str, str]:
    """Texts by id: the unannotated listings and the annotated ones that may be read."""
    unread = set((shared / "gold" / "UNREAD.txt").read_text("utf-8").split())
    found = {}
    for row in (shared / "corpora" / "listings.jsonl").read_text("utf-8").splitlines():
        page = json.loads(row)
        found[page["id"]] = page["text"]
    for file in sorted((shared / "gold").glob("*.json")):
        if file.stem not in unread:
            found[file.stem] = json.loads(file.read_text("utf-8"))["text"]
    return found


def _rows(name: str) -> list[list[str]]:
    lines = (GOLD / f"{name}.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _places(cell: str) -> list[Span]:
    return [Span(*map(int, part.split(":"))) for part in cell.split(";") if part not in {"-", ""}]


def real(shared: Path) -> list[Annotated]:
    """The annotated pages of the shared folder."""
    found = texts(shared)
    pages = {name: Annotated(name, found[name], roles.split()) for name, roles in _rows("lines")}
    for name, _, people, title in _rows("names"):
        pages[name].heads.update((*at, "name") for at in _places(people))
        pages[name].heads.update((*at, "title") for at in _places(title))
    for name, kind, *cells in _rows("facts"):
        if kind != "=":
            columns = _COLUMNS[kind]
            pages[name].add(kind, {c: _places(v) for c, v in zip(columns, cells, strict=True)})
    return list(pages.values())


def written() -> list[Annotated]:
    """The pages of our own words."""
    return [
        page
        for file in sorted((GOLD / "written").glob("*.txt"))
        for page in parse(file.read_text("utf-8"), file.stem)
    ]


def parse(text: str, source: str) -> list[Annotated]:
    """Pages annotated in their text.

    Raises:
        ValueError: a line has no role, or a mark names a part that its fact does not have.
    """
    pages = re.split(r"^=== (.+)$", text, flags=re.MULTILINE)[1:]
    return [
        _page(f"{source}-{name.strip()}", body)
        for name, body in zip(pages[::2], pages[1::2], strict=True)
    ]


def _note(
    page: str,
    mark: tuple[str, str, str],
    at: Span,
    heads: set[Place],
    facts: dict[str, dict[str, list[Span]]],
) -> None:
    """Take in one mark; a title is the whole of its line, except where the speakers stand on it too."""
    key, part, role = mark
    if key in {"n", "t"}:
        if key == "n" or role[0] == "B":
            heads.add((*at, {"n": "name", "t": "title"}[key]))
    elif part in _COLUMNS[_KINDS[key[0]]]:
        facts[key][part].append(at)
    else:
        raise ValueError(f"{page}: {key} has no part {part!r}")


def _page(name: str, body: str) -> Annotated:
    printed, roles = "", []
    facts: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    heads: set[Place] = set()
    for line in body.strip("\n").split("\n"):
        if not line.strip():
            printed += "\n"
            continue
        role, tab, rest = line.partition("\t")
        if not tab or not re.fullmatch(r"[TSBPDAOHLN]\*?", role):
            raise ValueError(f"{name}: no role and tab before {line[:60]!r}")
        roles.append(role)
        last = 0
        for mark in _MARK.finditer(rest):
            printed += rest[last : mark.start()]
            at = Span(len(printed), len(printed) + len(mark[3]))
            printed, last = printed + mark[3], mark.end()
            for key in mark[1].split(","):
                _note(name, (key, mark[2], role), at, heads, facts)
        printed += rest[last:] + "\n"
    page = Annotated(name, printed, roles, heads)
    for key, parts in facts.items():
        page.add(_KINDS[key[0]], parts)
    return page
