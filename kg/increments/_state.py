"""What a finished build knew of names, pages and sources, kept so that the next one need only look at what changed.

An SQLite file of its own. It is worth something only beside the build that it names; any other build, and any
correction, makes it void, and the next build starts from the cache of pages.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.names import fold
from kg.resolution import Seen

if TYPE_CHECKING:
    from typing import Self

FILE = "state.sqlite"
Key = tuple[str, str]
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (name TEXT PRIMARY KEY, stamp TEXT, pages TEXT) WITHOUT ROWID;
CREATE TABLE form (kind TEXT, form TEXT, seen TEXT, key TEXT, registry TEXT, near TEXT, wanted TEXT,
                   PRIMARY KEY (kind, form)) WITHOUT ROWID;
CREATE TABLE person (form TEXT, page TEXT, place TEXT, seen TEXT, key TEXT, family TEXT,
                     PRIMARY KEY (form, page)) WITHOUT ROWID;
CREATE TABLE name (name TEXT PRIMARY KEY, folded TEXT, family TEXT) WITHOUT ROWID;
CREATE TABLE token (token TEXT, name TEXT, PRIMARY KEY (token, name)) WITHOUT ROWID;
CREATE TABLE sign (sign TEXT, name TEXT, records INTEGER, PRIMARY KEY (sign, name)) WITHOUT ROWID;
CREATE TABLE looks (target TEXT, kind TEXT, form TEXT, PRIMARY KEY (target, kind, form)) WITHOUT ROWID;
CREATE TABLE replaced (kind TEXT, key TEXT, old TEXT, PRIMARY KEY (kind, key, old)) WITHOUT ROWID;
CREATE TABLE registered (id TEXT PRIMARY KEY, key TEXT) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX form_key ON form (kind, key);
CREATE INDEX form_registry ON form (registry) WHERE registry <> '';
CREATE INDEX form_near ON form (near) WHERE near <> '';
CREATE INDEX form_wanted ON form (kind, wanted) WHERE wanted <> '';
CREATE INDEX person_place ON person (form, place);
CREATE INDEX person_key ON person (key);
CREATE INDEX person_family ON person (family);
CREATE INDEX name_family ON name (family);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX sign_name ON sign (name);
"""
_COUNTED = tuple(f.name for f in fields(Seen) if f.name not in {"signs", "apart"})
_PAIRS = frozenset({"why", "said"})


@dataclass(frozen=True)
class Form:
    """A row of a form: what was seen of it, the key of its thing, and what it may be joined or come in conflict by."""

    kind: str
    form: str
    seen: Seen
    key: str
    registry: str = ""
    near: str = ""
    wanted: str = ""


@dataclass(frozen=True)
class Person:
    """A row of somebody as a page names them: form and hash of the page, its name, and the key of the person."""

    form: str
    page: str
    place: str
    seen: Seen
    key: str
    family: str


@dataclass(frozen=True)
class Sheet:
    """A page of a source: its name, its key in the cache, its hash, and how many bytes its records take."""

    name: str
    key: str
    sha256: str
    talks: int
    characters: int
    bytes: int


@dataclass(frozen=True)
class Holding:
    """A source, and what was read of it."""

    name: str
    stamp: str
    sheets: tuple[Sheet, ...]


def told(seen: Seen) -> str:
    """What was seen as text."""
    found: dict[str, Any] = {}
    for name in _COUNTED:
        counts: Counter[Any] = getattr(seen, name)
        if counts:
            found[name] = sorted([k, n] for k, n in counts.items())
    for name in ("signs", "apart"):
        if values := getattr(seen, name):
            found[name] = sorted(values)
    return json.dumps(found, separators=(",", ":"))


def understood(text: str) -> Seen:
    """What was seen, from text."""
    found, seen = json.loads(text), Seen()
    for name in _COUNTED:
        pairs = found.get(name, ())
        counts = getattr(seen, name)
        counts.update({tuple(k) if name in _PAIRS else k: n for k, n in pairs})
    seen.signs = {(kind, value) for kind, value in found.get("signs", ())}
    seen.apart = set(found.get("apart", ()))
    return seen


def changed(seen: Seen, minus: Seen | None, plus: Seen | None) -> Seen:
    """What is seen once some pages are gone and others there; signs stand on one page and are those of the new one."""
    found = Seen()
    for name in _COUNTED:
        counts = Counter(getattr(seen, name))
        if minus:
            counts.subtract(getattr(minus, name))
        if plus:
            counts.update(getattr(plus, name))
        getattr(found, name).update({k: n for k, n in counts.items() if n > 0})
    return found


def sign_of(sign: Key) -> str:
    """A sign as one text."""
    return f"{sign[0]}\t{sign[1]}"


class TooMuch(Exception):
    """A change touches so much that doing all anew is no slower, or something of which the state knows too little."""


class State:
    """The tables. A context: leaving it commits if all went well, and takes all back if not."""

    def __init__(self, file: Path) -> None:
        """Open a file, or begin one where there is none."""
        there = file.exists()
        self._db = sqlite3.connect(file)
        if there:
            self._db.execute("PRAGMA secure_delete = ON")
        else:  # whoever makes a new one renames it when it is whole
            self._db.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}"
            )

    def __enter__(self) -> Self:
        """The state."""
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Commit or take back."""
        if kind is None:
            self._db.commit()
        else:
            self._db.rollback()
        self._db.close()

    def finish(self) -> None:
        """Index what was put in."""
        self._db.executescript(_INDEXES)

    def meta(self) -> dict[str, str]:
        """What the state says of itself."""
        return dict(self._db.execute("SELECT name, value FROM meta"))

    def note(self, told_: Mapping[str, str]) -> None:
        """Let the state say something of itself."""
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", told_.items())

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._db.execute(sql, values).fetchall()

    # sources

    def holdings(self) -> dict[str, Holding]:
        """Every source by its name."""
        rows = self._db.execute("SELECT name, stamp, pages FROM place").fetchall()
        told = json.loads(f"[{','.join(pages for _, _, pages in rows)}]")
        return {
            n: Holding(n, s, tuple(Sheet(*sheet) for sheet in pages))
            for (n, s, _), pages in zip(rows, told, strict=True)
        }

    def put_holdings(self, holdings: Iterable[Holding]) -> None:
        """Keep sources."""
        self._db.executemany(
            "INSERT OR REPLACE INTO place VALUES (?, ?, ?)",
            (
                (h.name, h.stamp, json.dumps([list(vars(s).values()) for s in h.sheets]))
                for h in holdings
            ),
        )

    def drop_holdings(self, names: Iterable[str]) -> None:
        """Forget sources."""
        self._db.executemany("DELETE FROM place WHERE name = ?", ((n,) for n in names))

    # forms of all but people

    def form(self, kind: str, form: str) -> Form | None:
        """The row of a form."""
        rows = self._all("SELECT * FROM form WHERE kind = ? AND form = ?", kind, form)
        return _form(rows[0]) if rows else None

    def forms(self, where: str, *values: str) -> Iterator[Key]:
        """Kind and form of the rows that a condition holds for."""
        yield from self._all(f"SELECT kind, form FROM form WHERE {where}", *values)

    def key(self, kind: str, form: str) -> str | None:
        """The key of the thing that a form stands for."""
        rows = self._all("SELECT key FROM form WHERE kind = ? AND form = ?", kind, form)
        return rows[0][0] if rows else None

    def put_forms(self, rows: Iterable[Form]) -> None:
        """Keep rows of forms."""
        self._db.executemany(
            "INSERT OR REPLACE INTO form VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((r.kind, r.form, told(r.seen), r.key, r.registry, r.near, r.wanted) for r in rows),
        )

    def drop_forms(self, keys: Iterable[Key]) -> None:
        """Forget rows of forms, with what they look for."""
        found = list(keys)
        self._db.executemany("DELETE FROM form WHERE kind = ? AND form = ?", found)

    # what looks for a thing that need not be there

    def looking(self, target: str) -> Iterator[Key]:
        """The forms whose things tell of another if it is there."""
        yield from self._all("SELECT kind, form FROM looks WHERE target = ?", target)

    def put_looks(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Keep who looks for what: target, kind and form; old ones may stay, they only cost a look."""
        self._db.executemany("INSERT OR IGNORE INTO looks VALUES (?, ?, ?)", rows)

    def registered(self, id_: str) -> str | None:
        """The key of the organization that stands for a record of the registry."""
        rows = self._all("SELECT key FROM registered WHERE id = ?", id_)
        return rows[0][0] if rows else None

    def put_registered(self, rows: Iterable[Key]) -> None:
        """Keep the keys of records of the registry."""
        self._db.executemany("INSERT OR REPLACE INTO registered VALUES (?, ?)", rows)

    def drop_registered(self, keys: Iterable[str]) -> None:
        """Forget the records of some keys."""
        self._db.executemany("DELETE FROM registered WHERE key = ?", ((k,) for k in keys))

    # keys that stand in for others

    def replaced(self, kind: str, key: str) -> tuple[str, ...]:
        """The earlier keys that a key stands in for."""
        rows = self._all("SELECT old FROM replaced WHERE kind = ? AND key = ?", kind, key)
        return tuple(old for (old,) in rows)

    def put_replaced(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Keep such keys."""
        self._db.executemany("INSERT OR REPLACE INTO replaced VALUES (?, ?, ?)", rows)

    def drop_replaced(self, keys: Iterable[Key]) -> None:
        """Forget them."""
        self._db.executemany("DELETE FROM replaced WHERE kind = ? AND key = ?", list(keys))

    # people

    def people(self, where: str, *values: str) -> list[Person]:
        """The rows of people that a condition holds for."""
        rows = self._all(f"SELECT * FROM person WHERE {where} ORDER BY form, page", *values)
        return [Person(f, page, p, understood(s), k, family) for f, page, p, s, k, family in rows]

    def person_key(self, form: str, page: str) -> str | None:
        """The key of the person that a form on a page stands for."""
        rows = self._all("SELECT key FROM person WHERE form = ? AND page = ?", form, page)
        return rows[0][0] if rows else None

    def has_person(self, key: str, but: Iterable[Key]) -> bool:
        """Whether somebody has a key, other than by these forms on pages."""
        rows = set(self._all("SELECT form, page FROM person WHERE key = ?", key))
        return bool(rows - set(but))

    def put_people(self, rows: Iterable[Person]) -> None:
        """Keep rows of people."""
        self._db.executemany(
            "INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?, ?, ?)",
            ((r.form, r.page, r.place, told(r.seen), r.key, r.family) for r in rows),
        )

    def drop_people(self, keys: Iterable[Key]) -> None:
        """Forget rows of people."""
        self._db.executemany("DELETE FROM person WHERE form = ? AND page = ?", list(keys))

    def family(self, name: str) -> str | None:
        """The family that a name is of."""
        rows = self._all("SELECT family FROM name WHERE name = ?", name)
        return rows[0][0] if rows else None

    def families(self, folded: str) -> list[str]:
        """The families that a folded name is of."""
        return [f for (f,) in self._all("SELECT family FROM name WHERE folded = ?", folded)]

    def records(self, folded: str) -> int:
        """How many records have a folded name for their fullest: each has the sign of its page."""
        rows = self._all(
            "SELECT sum(records) FROM sign WHERE name = ? AND sign LIKE 'page\t%'", folded
        )
        return int(rows[0][0] or 0)

    def names(self, token: str) -> list[str]:
        """The names that meet at a token."""
        return [n for (n,) in self._all("SELECT name FROM token WHERE token = ?", token)]

    def put_names(self, rows: Iterable[tuple[str, str]], tokens: Iterable[tuple[str, str]]) -> None:
        """Keep names with their families, and tokens with the names that have them."""
        self._db.executemany(
            "INSERT OR REPLACE INTO name VALUES (?, ?, ?)", ((n, fold(n), f) for n, f in rows)
        )
        self._db.executemany("INSERT OR IGNORE INTO token VALUES (?, ?)", tokens)

    def drop_families(self, families: Iterable[str]) -> None:
        """Forget the names of families."""
        for family in families:
            names = self._all("SELECT name FROM name WHERE family = ?", family)
            self._db.executemany("DELETE FROM token WHERE name = ?", names)
            self._db.execute("DELETE FROM name WHERE family = ?", (family,))

    def holders(self, sign: str) -> dict[str, int]:
        """The folded names whose records have a sign, and how many records."""
        return dict(self._all("SELECT name, records FROM sign WHERE sign = ?", sign))

    def put_signs(self, rows: Iterable[tuple[str, str, int]]) -> None:
        """Keep how many records of a name have a sign."""
        self._db.executemany("INSERT OR REPLACE INTO sign VALUES (?, ?, ?)", rows)

    def drop_signs(self, rows: Iterable[Key]) -> None:
        """Forget that a name has a sign."""
        self._db.executemany("DELETE FROM sign WHERE sign = ? AND name = ?", list(rows))


def _form(row: tuple[Any, ...]) -> Form:
    kind, form, seen, *rest = row
    return Form(kind, form, understood(seen), *rest)
