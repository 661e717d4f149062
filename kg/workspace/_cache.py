"""What was read of every page, kept in the workspace: a build reads again only what is new or changed.

An SQLite file (transactions: a build that is killed keeps what it had committed). A page is known by the hash of all
that decides what is read of it: its text, its fields, and the program, vocabularies and settings that read it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kg import resources
from kg.model import Page, Talk
from kg.workspace._kept import row_of, talks_of

if TYPE_CHECKING:
    from typing import Self

FILE = "cache.sqlite"
_SCHEMA = "CREATE TABLE IF NOT EXISTS page (key TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID"
_LEVEL = 1
"""Of compression: the quickest."""
_ASK = 500

Packed = bytes
"""A row of the cache."""


def fingerprint(settings: dict[str, Any]) -> str:
    """What reads pages: the version, the files of program, vocabularies and models, and the settings that matter.

    Files count by name, size and time of change, so that a checkout that is worked on never serves old readings.
    """
    told = sha256(json.dumps([product_version(), settings], sort_keys=True).encode())
    folders = [
        Path(__file__).parent.parent,
        *map(resources.folder, ("data/vocabulary", "data/models")),
    ]
    for folder in folders:
        for file in sorted(p for p in folder.rglob("*") if p.suffix not in {".pyc", ""}):
            found = file.stat()
            told.update(
                f"{file.relative_to(folder)} {found.st_size} {found.st_mtime_ns}\n".encode()
            )
    return told.hexdigest()[:16]


def product_version() -> str:
    """The version of this program, as installed."""
    try:
        return version("talkgraph")
    except PackageNotFoundError:
        return "0+unknown"


def key_of(page: Page, by: str) -> str:
    """The key of a page under a fingerprint."""
    fields = repr((page.outlines, page.places, page.read_on)) if page.outlines is not None else ""
    return sha256(f"{by} {page.sha256} {fields}".encode("utf-8", "surrogatepass")).hexdigest()


def packed(page: Page, talks: tuple[Talk, ...]) -> Packed:
    """What was read of a page, as the cache keeps it."""
    return zlib.compress(json.dumps(row_of(page, talks)).encode(), _LEVEL)


class Cache:
    """Rows of pages by key. A context: leaving it commits."""

    def __init__(self, file: Path | None) -> None:
        """Open or make the file; without one all is kept in memory. A file that is broken is made anew."""
        self._db = _open(file)

    def __enter__(self) -> Self:
        """The cache."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what was put in, even where something failed after it."""
        self._db.commit()
        self._db.close()

    def known(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys that have a row."""
        asked, found = list(keys), set[str]()
        for at in range(0, len(asked), _ASK):
            some = asked[at : at + _ASK]
            marks = ",".join("?" * len(some))
            rows = self._db.execute(f"SELECT key FROM page WHERE key IN ({marks})", some)
            found.update(key for (key,) in rows)
        return frozenset(found)

    def put(self, rows: Iterable[tuple[str, Packed]]) -> None:
        """Keep what was read of pages, at once and for good."""
        self._db.executemany("INSERT OR REPLACE INTO page VALUES (?, ?)", rows)
        self._db.commit()

    def talks(self, name: str, key: str) -> tuple[Talk, ...]:
        """The talks of a page, which goes by this name.

        Raises:
            KeyError: the key has no row.
        """
        found = self._db.execute("SELECT row FROM page WHERE key = ?", (key,)).fetchone()
        if found is None:
            raise KeyError(key)
        return talks_of(name, json.loads(zlib.decompress(found[0])))

    def drop(self, keys: Iterable[str]) -> None:
        """Forget pages; the room they took is for others."""
        self._db.executemany("DELETE FROM page WHERE key = ?", ((key,) for key in keys))
        self._db.commit()

    def drop_others(self, keys: Iterable[str]) -> None:
        """Forget all but these pages, and give the room back."""
        self._db.execute("CREATE TEMP TABLE wanted (key TEXT PRIMARY KEY)")
        self._db.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((k,) for k in keys))
        gone = self._db.execute("DELETE FROM page WHERE key NOT IN (SELECT key FROM wanted)")
        self._db.execute("DROP TABLE wanted")
        self._db.commit()
        if gone.rowcount:
            self._db.execute("VACUUM")


def _open(file: Path | None) -> sqlite3.Connection:
    for _ in range(2):
        db = sqlite3.connect(file or ":memory:")
        try:
            db.execute("PRAGMA secure_delete = ON")
            db.execute(_SCHEMA)
            db.execute("SELECT count(*) FROM page").fetchone()
        except sqlite3.DatabaseError:
            db.close()
            if file is None:
                raise
            file.unlink(missing_ok=True)
            continue
        return db
    raise sqlite3.DatabaseError(f"{file} cannot be made")
