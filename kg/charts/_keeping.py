"""Maps in a database of SQLite beside their graph: one file, put in place whole, read by any number of processes."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from zlib import crc32

from kg.charts._laying import Behind, Laid
from kg.settings import Charts as Sizes

FILE = "charts.sqlite"
_VERSION = 2
"""Of the tables here, and of what maps say."""
_SCHEMA = """
    CREATE TABLE chart (id INTEGER PRIMARY KEY, name TEXT UNIQUE, title TEXT, nodes INTEGER, links INTEGER, told TEXT);
    CREATE TABLE link (name TEXT, one TEXT, other TEXT, things TEXT, through TEXT, PRIMARY KEY (name, one, other))
        WITHOUT ROWID;
"""


class Kept:
    """The maps of one graph."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Wrap a database that ``read`` or ``written`` gave."""
        self._db = database

    def listed(self) -> list[dict[str, Any]]:
        """The maps that have something on them."""
        rows = self._db.execute(
            "SELECT name, title, nodes, links FROM chart WHERE links ORDER BY id"
        )
        return [dict(zip(("name", "title", "nodes", "links"), row, strict=True)) for row in rows]

    def chart(self, name: str) -> dict[str, Any]:
        """A map."""
        (told,) = self._db.execute("SELECT told FROM chart WHERE name = ?", (name,)).fetchone()
        found: dict[str, Any] = json.loads(told)
        return found

    def behind(self, name: str, one: str, other: str) -> Behind | None:
        """What stands behind a link."""
        row = self._db.execute(
            "SELECT one, other, things, through FROM link WHERE name = ? AND one = ? AND other = ?",
            (name, one, other),
        ).fetchone()
        return Behind(row[0], row[1], tuple(row[2].split()), tuple(row[3].split())) if row else None


def read(folder: Path | None, sizes: Sizes) -> Kept | None:
    """The maps that lie beside a graph; None where none do, or those of something else."""
    file = folder / FILE if folder else None
    if folder is None or file is None or not file.is_file():
        return None
    with suppress(sqlite3.Error):
        address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        database = sqlite3.connect(address, uri=True, check_same_thread=False)
        if database.execute("PRAGMA user_version").fetchone() == (edition(folder, sizes),):
            return Kept(database)
        database.close()
    return None


def written(folder: Path | None, sizes: Sizes, maps: Iterable[Laid]) -> Kept:
    """Keep maps beside a graph; in memory where nothing can be written."""
    made = list(maps)
    if folder is not None:
        part = folder / f".{FILE}-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            database = sqlite3.connect(part, check_same_thread=False)
            _fill(database, made, edition(folder, sizes))
            part.replace(folder / FILE)
            return Kept(database)
        except (sqlite3.Error, OSError):
            with suppress(OSError):
                part.unlink(missing_ok=True)
    database = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(database, made, 0)
    return Kept(database)


def _fill(database: sqlite3.Connection, maps: Iterable[Laid], stamp: int) -> None:
    database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
    for made in maps:
        told = made.told
        counts = (len(told["nodes"]), len(told["links"]))
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        database.execute(
            "INSERT INTO chart (name, title, nodes, links, told) VALUES (?, ?, ?, ?, ?)",
            (told["name"], told["title"], *counts, text),
        )
        database.executemany("INSERT INTO link VALUES (?, ?, ?, ?, ?)", _rows(told["name"], made))
    database.execute(f"PRAGMA user_version={stamp}")
    database.commit()


def _rows(name: str, made: Laid) -> Iterator[tuple[str, ...]]:
    for b in made.behind:
        yield name, b.one, b.other, " ".join(b.things), " ".join(b.through)


def edition(folder: Path, sizes: Sizes) -> int:
    """A number that differs where maps may: of another version, with other sizes, of another graph."""
    try:
        product = version("talkgraph")
    except PackageNotFoundError:
        product = ""
    with suppress(OSError):
        size = (folder / "graph.nt").stat().st_size
        return crc32(f"{_VERSION} {product} {sizes} {size}".encode()) >> 1
    return crc32(f"{_VERSION} {product} {sizes}".encode()) >> 1
