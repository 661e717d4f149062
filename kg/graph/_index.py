"""The names of a graph in an index of SQLite: by their forms, by words and beginnings of words, by what is spelt alike.

Full text is SQLite's FTS5 (https://www.sqlite.org/fts5.html): accents and case are set aside, the last word may be a
beginning; slips of spelling are found by the three-letter parts that names share.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from pyoxigraph import NamedNode

from kg import names, ontology, vocabularies
from kg.graph._store import Readable, ahead, objects, subjects
from kg.ontology import KG, RDF, RDFS
from kg.resolution import form

FILE = "names.sqlite"
_VERSION = 4
"""Of the tables here."""
TYPE, _ANY_NAME, _LABEL = map(NamedNode, (f"{RDF}type", f"{KG}anyName", f"{RDFS}label"))
NAMING = {TYPE, _ANY_NAME, _LABEL}
WEIGHED = tuple(
    NamedNode(f"{KG}{name}")
    for name in ("speaker", "series", "topic", "affiliatedWith", "trainedAt", "received", "advisedBy", "memberOf")
)  # fmt: skip
"""What is pointed at by these counts more: searches put it first."""
_SCHEMA = """
    CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, kind TEXT, key TEXT, label TEXT, weight INTEGER);
    CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER, form TEXT, name TEXT, is_key INTEGER,
        of_kind TEXT, of_weight INTEGER);
    CREATE VIRTUAL TABLE word USING fts5(name, content='', tokenize="unicode61 remove_diacritics 2", prefix='1 2 3');
    CREATE VIRTUAL TABLE part USING fts5(name, content='', tokenize='trigram');
"""
_INDEXES = """
    CREATE INDEX name_form ON name (form);
    CREATE INDEX name_thing ON name (thing);
    CREATE INDEX thing_key ON thing (key);
"""
_NEAR, _PARTS = 0.75, 24
_LOOKED_THROUGH, _FEWEST = 2_000, 4
"""Names that are looked through for what is spelt alike; parts that are looked for however many names have them."""
_VOCABULARY = "USING fts5vocab(main, part, row)"


class Thing(NamedTuple):
    """A thing of the graph: how often others point at it is its weight."""

    iri: str
    kind: str
    key: str
    label: str
    weight: int


class Hit(NamedTuple):
    """A thing that was found, by which of its names, and how well that fits, from 0 to 1."""

    thing: Thing
    name: str
    score: float


class Index:
    """The names of one graph."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Wrap a database that ``of`` or ``beside`` made."""
        self._db = database

    @classmethod
    def of(cls, store: Readable, path: str = ":memory:") -> Index:
        """Read all names of a store into a new database."""
        database = sqlite3.connect(path, check_same_thread=False)
        database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
        _fill(database, store)
        database.executescript(f"{_INDEXES} PRAGMA user_version={_edition()};")
        database.commit()
        return cls(database)

    @classmethod
    def beside(cls, folder: Path, store: Readable) -> Index:
        """The index that lies beside a store; made when first asked for, in memory where nothing can be written."""
        file = folder / FILE
        with suppress(sqlite3.Error):
            if file.is_file():
                return cls(opened(file))
        part = file.with_name(f".{FILE}-{os.getpid()}-{secrets.token_hex(4)}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            made = cls.of(store, str(part))
            part.replace(file)
        except (sqlite3.Error, OSError):
            part.unlink(missing_ok=True)
            return cls.of(store)
        return made

    def by_form(self, kind: str | None, name: str) -> list[tuple[Thing, str]]:
        """Things of a name, whatever its case and accents, each with the name as stored."""
        wanted = {k: form(k, name) for k in ([kind] if kind else kinds())}
        rows = self._db.execute(
            f"SELECT {_COLUMNS}, name.name FROM name JOIN thing ON thing.id = name.thing "
            f"WHERE form IN ({_marks(wanted)}) ORDER BY iri, name.id",
            list(wanted.values()),
        )
        found = [(Thing(*row[:5]), row[5]) for row in rows]
        return [
            (thing, stored)
            for thing, stored in found
            if wanted.get(thing.kind) == form(thing.kind, stored)
        ]

    def thing(self, iri: str) -> Thing | None:
        """The thing of an IRI."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM thing WHERE iri = ?", (iri,))
        return next((Thing(*row) for row in rows), None)

    def things(self, most: int) -> list[Thing]:
        """The first things of the index."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM thing ORDER BY id LIMIT ?", (most,))
        return [Thing(*row) for row in rows]

    def by_key(self, kind: str, key: str) -> list[Thing]:
        """Things by the end of their IRI."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM thing WHERE key = ? AND kind = ? ORDER BY iri", (key, kind)
        )
        return [Thing(*row) for row in rows]

    def names(self, kind: str | None = None) -> Iterator[str]:
        """Every name of a kind, or of all; ends of IRIs left out."""
        rows = self._db.execute(
            "SELECT name.name FROM name JOIN thing ON thing.id = name.thing "
            "WHERE is_key = 0 AND (?1 IS NULL OR kind = ?1) ORDER BY name.id",
            (kind,),
        )
        return (name for (name,) in rows)

    def heaviest(self, kind: str | None, most: int) -> list[Thing]:
        """The things that others point at most."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM thing WHERE (?1 IS NULL OR kind = ?1) ORDER BY weight DESC, label LIMIT ?2",
            (kind, most),
        )
        return [Thing(*row) for row in rows]

    def search(
        self, text: str, kind: str | None = None, most: int = 20, slips: bool = True
    ) -> list[Hit]:
        """What fits a text best: by whole names, by words the last of which may be begun, by what is spelt alike.

        Parameters:
            text: letters in any case, with or without accents.
            most: hits.
            slips: whether what is spelt alike is looked for where there are fewer.
        """
        found: dict[str, Hit] = {}
        for hit in (*self._whole(text, kind), *self._begun(text, kind, most)):
            known = found.get(hit.thing.iri)
            if known is None or hit.score > known.score:
                found[hit.thing.iri] = hit
        if slips and len(found) < most:
            for hit in self.near(text, kind, most):
                found.setdefault(hit.thing.iri, hit)
        return _ranked(found.values())[:most]

    def _whole(self, text: str, kind: str | None) -> Iterator[Hit]:
        for thing, name in self.by_form(kind, text):
            yield Hit(thing, name, 1.0 if name == thing.label else 0.99)

    def _begun(self, text: str, kind: str | None, most: int) -> Iterator[Hit]:
        words = names.fold(text).split()
        if not words:
            return
        asked = " ".join([*(f'"{w}"' for w in words[:-1]), f'"{words[-1]}"*'])
        rows = self._matching("word", asked, kind, 10 * most)
        wanted = " ".join(words)
        for thing, name in rows:
            plain = names.fold(name)
            covered = min(len(wanted) / max(len(plain), 1), 1)
            known = min(math.log10(1 + thing.weight) / 3, 1)
            start = 0.7 if plain.startswith(wanted) else 0.6
            yield Hit(thing, name, round(start + 0.12 * covered + 0.12 * known, 4))

    def near(self, text: str, kind: str | None = None, most: int = 20) -> list[Hit]:
        """Names that differ by some letters."""
        plain = names.fold(text)
        parts = list(dict.fromkeys(plain[n : n + 3] for n in range(len(plain) - 2)))[:_PARTS]
        asked = " OR ".join(f'"{p}"' for p in self._rarest(parts))
        best: dict[str, Hit] = {}
        for thing, name in self._matching("part", asked, kind, 200) if asked else ():
            alike = _alike(plain, names.fold(name))
            known = best.get(thing.iri)
            if alike >= _NEAR and (known is None or 0.6 * alike > known.score):
                best[thing.iri] = Hit(thing, name, round(0.6 * alike, 4))
        return _ranked(best.values())[:most]

    def _rarest(self, parts: list[str]) -> list[str]:
        """The parts that fewest names have: they tell the most, and are looked through the soonest."""
        self._db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.rare {_VOCABULARY}")
        rows = self._db.execute(
            f"SELECT term, doc FROM temp.rare WHERE term IN ({_marks(parts)}) ORDER BY doc, term",
            parts,
        ).fetchall()
        through = accumulate(number for _, number in rows)
        told = [part for (part, _), n in zip(rows, through, strict=True) if n <= _LOOKED_THROUGH]
        return told if len(told) >= _FEWEST else [part for part, _ in rows[:_FEWEST]]

    def weightiest(self, iris: Sequence[str], most: int, skip: int = 0) -> list[Thing]:
        """Some of these things, those first that others point at most."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM thing WHERE iri IN (SELECT value FROM json_each(?)) "
            "ORDER BY weight DESC, label, iri LIMIT ? OFFSET ?",
            (json.dumps(iris), most, skip),
        )
        return [Thing(*row) for row in rows]

    def _matching(
        self, table: str, asked: str, kind: str | None, most: int
    ) -> list[tuple[Thing, str]]:
        order = "rank" if table == "part" else "of_weight DESC, length(name.name)"
        rows = self._db.execute(
            f"SELECT {_COLUMNS}, printed FROM (SELECT thing AS number, name.name AS printed FROM {table} "
            f"JOIN name ON name.id = {table}.rowid WHERE {table} MATCH ?1 AND (?2 IS NULL OR of_kind = ?2) "
            f"ORDER BY {order} LIMIT ?3) JOIN thing ON thing.id = number "
            "ORDER BY weight DESC, length(printed), printed",
            (asked, kind, most),
        )
        return [(Thing(*row[:5]), row[5]) for row in rows]


_COLUMNS = "iri, kind, key, label, weight"


def _ranked(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda h: (-h.score, -h.thing.weight, h.thing.label))


def spelt(name: str) -> str:
    """A name as printed and, where it differs, as it is asked for: "O'Neil oneil", "Łukasz lukasz"."""
    plain = names.fold(name)
    return name if plain == name.lower() else f"{name} {plain}"


def _alike(asked: str, name: str) -> float:
    """How much of two folded names is equal, from 0 to 1; a beginning counts nearly as much as the whole."""
    best = 0.0
    begun = ((name[: len(asked) + 1], 0.95),) if len(name) > len(asked) + 1 else ()
    for part, counts in ((name, 1.0), *begun):
        if 2 * min(len(asked), len(part)) < _NEAR * (len(asked) + len(part)):
            continue  # no more than the shorter can be equal
        matcher = SequenceMatcher(None, asked, part)
        if counts * matcher.quick_ratio() >= max(_NEAR, best):
            best = max(best, counts * matcher.ratio())
    return best


@cache
def kinds() -> dict[str, str]:
    """Kinds of things that have names, with the IRIs of their classes."""
    return {name: k.iri for name, k in ontology.load().kinds.items() if name != "source"}


def _edition() -> int:
    """A number that differs where names may have other forms: of another version, or with other topics imported."""
    try:
        product = version("talkgraph")
    except PackageNotFoundError:
        product = ""
    return crc32(json.dumps([_VERSION, product, vocabularies.told()], sort_keys=True).encode()) >> 1


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def opened(file: Path) -> sqlite3.Connection:
    """A database that lies there, for reading.

    Raises:
        sqlite3.Error: it is broken, or of another version.
    """
    database = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    if database.execute("PRAGMA user_version").fetchone() != (_edition(),):
        database.close()
        raise sqlite3.DatabaseError("it is of another version")
    return database


def _fill(database: sqlite3.Connection, store: Readable) -> None:
    ahead(store, ((None, predicate, None) for predicate in (_ANY_NAME, _LABEL, *WEIGHED)))
    ahead(store, ((None, TYPE, NamedNode(iri)) for iri in kinds().values()))
    weights = Counter(
        quad.object.value
        for predicate in WEIGHED
        for quad in store.quads_for_pattern(None, predicate, None, None)
        if isinstance(quad.object, NamedNode)
    )
    weights.update(
        quad.subject.value
        for quad in store.quads_for_pattern(None, WEIGHED[0], None, None)
        if isinstance(quad.subject, NamedNode)
    )
    for kind, iri in kinds().items():
        for thing in sorted(subjects(store, [TYPE.value], iri)):
            put_thing(database, store, thing, kind, weights[thing])


def put_thing(
    database: sqlite3.Connection, store: Readable, iri: str, kind: str, weight: int
) -> None:
    """Enter a thing with the names that a store has for it."""
    key = iri.rpartition("/")[2]
    label = next(iter(objects(store, iri, _LABEL.value)), key)
    number = database.execute(
        "INSERT INTO thing (iri, kind, key, label, weight) VALUES (?, ?, ?, ?, ?)",
        (iri, kind, key, label, weight),
    ).lastrowid
    for name in objects(store, iri, _ANY_NAME.value):
        is_key = name == key != label  # a name may be what its key is made of: "topology"
        row = database.execute(
            "INSERT INTO name (thing, form, name, is_key, of_kind, of_weight) VALUES (?, ?, ?, ?, ?, ?)",
            (number, form(kind, name), name, is_key, kind, weight),
        ).lastrowid
        if not is_key:
            database.execute("INSERT INTO word (rowid, name) VALUES (?, ?)", (row, spelt(name)))
            database.execute(
                "INSERT INTO part (rowid, name) VALUES (?, ?)", (row, names.fold(name))
            )
