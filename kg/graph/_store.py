"""The store of a graph: loaded from canonical text, saved to a folder, opened read-only."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from kg import files
from kg.errors import ReadError, WorkspaceError
from kg.graph._ntriples import canonical
from kg.progress import Progress

TEXT, STORE = "graph.nt", "store"
_PART = 20_000_000
"""Bytes of text that are loaded at once: a whole graph at once is no quicker, and takes ten times the memory."""


_KB = 1_000


def plain(term: object) -> str:
    """An IRI or the text of a literal; another term as SPARQL writes it."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def subjects(store: Store, predicate: str, target: str) -> Iterator[str]:
    """IRIs of the nodes that have a property with this node."""
    for quad in store.quads_for_pattern(None, NamedNode(predicate), NamedNode(target), None):
        yield plain(quad.subject)


def objects(store: Store, subject: str, predicate: str) -> list[str]:
    """The values of a property of a node, sorted."""
    quads = store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
    return sorted(plain(quad.object) for quad in quads)


def load(text: bytes) -> Store:
    """A store in memory that holds N-Triples.

    Raises:
        ReadError: the text is no N-Triples.
    """
    store = Store()
    try:
        store.bulk_load(text, format=RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise ReadError(f"no N-Triples: {' '.join(str(error).split())[:160]}") from None
    return store


def dump(store: Store) -> bytes:
    """The canonical text of what a store holds."""
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    return canonical(text.decode().removesuffix("\n").split("\n") if text else [])


def write(lines: Iterable[bytes], folder: Path) -> None:
    """Write ``graph.nt`` and ``store/`` into a folder that has neither, the store in its quickest form.

    Parameters:
        lines: of the canonical text.

    Raises:
        WorkspaceError: the folder holds a graph, or cannot be written.
    """
    if (folder / TEXT).exists() or (folder / STORE).exists():
        raise WorkspaceError(f"{folder} already holds a graph")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / TEXT).open("wb") as file:
            file.writelines(lines)
        store = Store(folder / STORE)
        progress = Progress("loading", "kB", (folder / TEXT).stat().st_size // _KB)
        with (folder / TEXT).open("rb") as file:
            while part := file.readlines(_PART):
                text = b"".join(part)
                store.bulk_load(text, format=RdfFormat.N_TRIPLES)
                progress.more(len(text) // _KB)
        store.optimize()
        store.flush()
    except OSError as error:
        raise WorkspaceError(f"{folder} cannot be written: {error.strerror or error}") from None


def change(old: Path, new: Path, gone: Iterable[Triple], put: Iterable[Triple]) -> None:
    """Make the store of a folder from that of another, without some statements and with others.

    The files of a store that hold statements are written once and never changed (RocksDB's sorted tables), so both can
    share them. The old store must not be open for writing.

    Raises:
        WorkspaceError: the new one cannot be written.
    """
    try:
        (new / STORE).mkdir(parents=True)
        for file in (old / STORE).iterdir():
            if file.suffix == ".sst":
                files.link(file, new / STORE / file.name)
            elif file.name != "LOCK":
                shutil.copyfile(file, new / STORE / file.name)
        store = Store(new / STORE)
        for triple in gone:
            store.remove(_quad(triple))
        store.extend(map(_quad, put))
        store.flush()
    except OSError as error:
        raise WorkspaceError(f"{new} cannot be written: {error.strerror or error}") from None


def _quad(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


def open_folder(folder: Path) -> Store:
    """The store of a folder, read-only.

    Raises:
        WorkspaceError: the folder holds no graph, or one that cannot be read.
    """
    if not (folder / TEXT).is_file() or not (folder / STORE).is_dir():
        raise WorkspaceError(f"{folder} holds no graph; kg build writes one")
    try:
        return Store.read_only(str(folder / STORE))
    except (OSError, ValueError) as error:
        raise WorkspaceError(
            f"{folder} cannot be read: {' '.join(str(error).split())[:160]}"
        ) from None
