"""A registry that was imported: one SQLite file in the user's cache folder."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import MissingPart
from kg.imports import home
from kg.linking import _bundled
from kg.linking import _keys as keys
from kg.linking._ror import Name, Organization

_LAYOUT = 2
_MOST = 500  # variables of one SQL statement
_COLUMNS = "id, name, names, country, code, city, kind, parents, wikidata, latitude, longitude, hosts, ties"
_TABLES = f"""
create table about (layout integer, source text, records integer);
create table organization ({_COLUMNS}, primary key (id));
create table name (key text, way text, id text, rank integer, place text);
create table word (word text primary key, number integer) without rowid;
"""
Row = tuple[str, str, int, str]
"""Where a key leads: way, id, rank, and the place that must stand elsewhere."""


def path() -> Path:
    """Where the imported Research Organization Registry is kept."""
    return home() / "ror.sqlite"


def write(records: Iterable[Organization], source: str) -> int:
    """Keep the records in place of those kept before; the number of them."""
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    base = sqlite3.connect(fresh)
    try:
        base.executescript(_TABLES)
        kept = list(records)
        _fill(base, kept)
        base.execute("insert into about values (?,?,?)", (_LAYOUT, source, len(kept)))
        base.commit()
    finally:
        base.close()
    fresh.replace(target)
    return len(kept)


def _fill(base: sqlite3.Connection, organizations: list[Organization]) -> None:
    base.executemany(
        f"insert or replace into organization values ({','.join('?' * 13)})",
        map(_row, organizations),
    )
    number = Counter[str]()
    found = {o.id: keys.of(o) for o in organizations}
    for id_, key in _bundled.added(organizations):
        found[id_].add(key)
    for id_, its in found.items():
        ordered = sorted((k.key, k.way, id_, k.rank, k.place) for k in its)
        base.executemany("insert into name values (?,?,?,?,?)", ordered)
        number.update({w for k in its if k.way in keys.WHOLE for w in k.key.split()})
    base.executemany("insert into word values (?,?)", sorted(number.items()))
    base.execute("create index by_key on name (key)")


def _row(one: Organization) -> tuple[Any, ...]:
    names = [(n.value, n.kind, n.language) for n in one.names]
    return (
        one.id, one.name, json.dumps(names, ensure_ascii=False), one.country, one.code, one.city, one.kind,
        json.dumps(one.parents), one.wikidata, one.latitude, one.longitude, json.dumps(one.hosts), one.ties,
    )  # fmt: skip


class Store:
    """An imported registry, open for reading.

    Raises:
        MissingPart: none was imported, or by another version.
    """

    def __init__(self) -> None:
        if not path().is_file():
            raise MissingPart(
                "no registry of organizations is imported; kg authority add ror FILE.zip "
                "(a dump from https://ror.readme.io/docs/data-dump)"
            )
        self._base = sqlite3.connect(f"{path().resolve().as_uri()}?mode=ro", uri=True)
        layout, self.source, self.size = self._base.execute("select * from about").fetchone()
        if layout != _LAYOUT:
            raise MissingPart(
                f"{path()} was written by another version of kg; import the registry again: "
                "kg authority add ror FILE.zip"
            )
        self._known: dict[str, Organization] = {}

    def find(self, asked: Iterable[str]) -> dict[str, list[Row]]:
        """By key, where it leads."""
        wanted, out = sorted(set(asked)), defaultdict[str, list[Row]](list)
        for start in range(0, len(wanted), _MOST):
            part = wanted[start : start + _MOST]
            marks = ",".join("?" * len(part))
            rows = self._base.execute(
                f"select key, way, id, rank, place from name where key in ({marks})", part
            )
            for key, *row in rows:
                out[key].append(tuple(row))
        return {key: sorted(found) for key, found in out.items()}

    @cached_property
    def words(self) -> dict[str, int]:
        """The words of all names, each with the number of organizations that bear it."""
        return dict(self._base.execute("select word, number from word"))

    def countries(self) -> dict[str, str]:
        """Names of the countries of all organizations, by their codes."""
        rows = self._base.execute("select distinct code, country from organization order by 1")
        return {code: name for code, name in rows if name}

    def record(self, id_: str) -> Organization:
        """The organization with an id.

        Raises:
            KeyError: the registry has none.
        """
        if id_ not in self._known:
            asked = f"select {_COLUMNS} from organization where id = ?"
            row = self._base.execute(asked, (id_,)).fetchone()
            if row is None:
                raise KeyError(id_)
            (
                id_,
                name,
                names,
                country,
                code,
                city,
                kind,
                parents,
                wikidata,
                lat,
                long,
                hosts,
                ties,
            ) = row
            self._known[id_] = Organization(
                id_, name, tuple(Name(*n) for n in json.loads(names)), country, code, city, kind,
                tuple(json.loads(parents)), wikidata, lat, long, tuple(json.loads(hosts)), ties,
            )  # fmt: skip
        return self._known[id_]

    def has(self, id_: str) -> bool:
        """Whether the registry has an active organization with an id."""
        asked = "select 1 from organization where id = ?"
        return self._base.execute(asked, (id_,)).fetchone() is not None
