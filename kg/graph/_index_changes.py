"""The index of a graph's names, brought along as the graph changes."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from pyoxigraph import NamedNode, Store, Triple

from kg import names
from kg.graph._index import FILE, NAMING, TYPE, WEIGHED, kinds, opened, put_thing, spelt
from kg.graph._store import objects


def change(
    old: Path, new: Path, gone: Iterable[Triple], put: Iterable[Triple], store: Store
) -> None:
    """Bring the index of a folder, if it has one, into another folder, as some statements change it.

    Parameters:
        store: that of the new folder.
    """
    if not (old / FILE).is_file():
        return
    part = new / f".{FILE}.part"
    known = {iri: kind for kind, iri in kinds().items()}
    try:
        opened(old / FILE).close()
        shutil.copyfile(old / FILE, part)
        with closing(sqlite3.connect(part)) as database:
            for iri in sorted(_touched([*gone, *put])):
                _drop(database, iri)
                types = objects(store, iri, TYPE.value)
                if kind := next((known[t] for t in types if t in known), None):
                    put_thing(database, store, iri, kind, _weight(store, iri))
            database.commit()
        part.replace(new / FILE)
    except (sqlite3.Error, OSError):
        part.unlink(missing_ok=True)  # it is made anew when it is asked for


def _touched(triples: Iterable[Triple]) -> set[str]:
    """What changed statements name, or point at in a way that weighs."""
    found = set()
    for subject, predicate, target in triples:
        if predicate in NAMING and isinstance(subject, NamedNode):
            found.add(subject.value)
        if predicate in WEIGHED and isinstance(target, NamedNode):
            found.add(target.value)
    return found


def _weight(store: Store, iri: str) -> int:
    node = NamedNode(iri)
    own = sum(1 for _ in store.quads_for_pattern(node, WEIGHED[0], None, None))
    return own + sum(1 for p in WEIGHED for _ in store.quads_for_pattern(None, p, node, None))


def _drop(database: sqlite3.Connection, iri: str) -> None:
    rows = database.execute(
        "SELECT name.id, name.name, is_key FROM name JOIN thing ON thing.id = name.thing WHERE iri = ?",
        (iri,),
    ).fetchall()
    for number, name, is_key in rows:
        if not is_key:
            database.execute(
                "INSERT INTO word (word, rowid, name) VALUES ('delete', ?, ?)",
                (number, spelt(name)),
            )
            database.execute(
                "INSERT INTO part (part, rowid, name) VALUES ('delete', ?, ?)",
                (number, names.fold(name)),
            )
        database.execute("DELETE FROM name WHERE id = ?", (number,))
    database.execute("DELETE FROM thing WHERE iri = ?", (iri,))
