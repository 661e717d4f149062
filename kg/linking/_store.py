"""A registry that was imported: one SQLite file in the user's cache folder."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from kg.errors import MissingPart
from kg.linking import _strings as strings
from kg.linking._ror import Record

_LAYOUT = 1
_MOST = 500  # variables of one SQL statement
_TABLES = """
create table about (layout integer, source text, records integer);
create table organization (id text primary key, name text, country text, city text, kind text, parents text,
  wikidata text, latitude real, longitude real);
create table name (key text, way text, id text, rank integer);
"""


def home() -> Path:
    """The folder that keeps imported registries: ``TALKGRAPH_HOME``, or the user's cache folder."""
    chosen = os.environ.get("TALKGRAPH_HOME")
    if chosen:
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "talkgraph"


def path() -> Path:
    """Where the imported Research Organization Registry is kept."""
    return home() / "ror.sqlite"


def write(records: Iterable[Record], source: str) -> int:
    """Keep the records in place of those kept before; the number of them."""
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    base = sqlite3.connect(fresh)
    try:
        base.executescript(_TABLES)
        count = 0
        for record in records:
            count += 1
            base.execute(
                "insert or replace into organization values (?,?,?,?,?,?,?,?,?)",
                (
                    record.id, record.name, record.country, record.city, record.kind, json.dumps(record.parents),
                    record.wikidata, record.latitude, record.longitude,
                ),
            )  # fmt: skip
            base.executemany(
                "insert into name values (?,?,?,?)", {(*k, record.id, r) for k, r in _keys(record)}
            )
        base.execute("create index by_key on name (key, way)")
        base.execute("insert into about values (?,?,?)", (_LAYOUT, source, count))
        base.commit()
    finally:
        base.close()
    fresh.replace(target)
    return count


def _keys(record: Record) -> Iterable[tuple[tuple[str, str], int]]:
    """Every key of a record with its way: ``exact``, ``other order``, ``abbreviated``, ``acronym``, or ``at PLACE``
    (of "X, Place")."""
    for name, rank in record.names:
        if rank == 1:
            yield (name.replace(".", ""), "acronym"), rank
            continue
        found = strings.words(name)
        key = strings.key(found)
        if not key:
            continue
        yield (key, "exact"), rank
        if " " in key:
            yield (strings.bag(key), "other order"), rank
            yield (strings.stems(key), "abbreviated"), rank
        if "," in found:
            comma = len(found) - 1 - found[::-1].index(",")
            base, place = strings.key(found[:comma]), strings.key(found[comma:])
            if " " in base and place:
                yield (base, f"at {place}"), rank


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
            raise MissingPart(f"{path()} is of another version; import the registry again")
        self._known: dict[str, Record] = {}

    def find(self, keys: Iterable[str]) -> dict[str, list[tuple[str, str, int]]]:
        """By key, the ways, ids and ranks under which it is kept."""
        asked, out = sorted(set(keys)), defaultdict[str, list[tuple[str, str, int]]](list)
        for start in range(0, len(asked), _MOST):
            part = asked[start : start + _MOST]
            marks = ",".join("?" * len(part))
            rows = self._base.execute(
                f"select key, way, id, rank from name where key in ({marks})", part
            )
            for key, way, id_, rank in rows:
                out[key].append((way, id_, rank))
        return {key: sorted(found) for key, found in out.items()}

    def countries(self) -> frozenset[str]:
        """Names of the countries of all organizations."""
        return frozenset(
            c for (c,) in self._base.execute("select distinct country from organization") if c
        )

    def record(self, id_: str) -> Record:
        """The organization with an id, without its further names.

        Raises:
            KeyError: the registry has none.
        """
        if id_ not in self._known:
            row = self._base.execute("select * from organization where id = ?", (id_,)).fetchone()
            if row is None:
                raise KeyError(id_)
            _, name, country, city, kind, parents, wikidata, latitude, longitude = row
            self._known[id_] = Record(
                id_, name, (), country, city, kind, tuple(json.loads(parents)), wikidata, latitude, longitude
            )  # fmt: skip
        return self._known[id_]

    def has(self, id_: str) -> bool:
        """Whether the registry has an active organization with an id."""
        return (
            self._base.execute("select 1 from organization where id = ?", (id_,)).fetchone()
            is not None
        )
