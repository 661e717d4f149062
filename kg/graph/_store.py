"""The store of a graph: loaded from canonical text, saved to a folder, opened read-only."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg import files
from kg.errors import ReadError, RemoteError, WorkspaceError
from kg.graph._ntriples import canonical
from kg.progress import Progress

TEXT, STORE = "graph.nt", "store"
_VALUED = (NamedNode, Literal)
_PART = 20_000_000
"""Bytes of text that are loaded at once: a whole graph at once is no quicker, and takes ten times the memory."""


_KB = 1_000
Pattern = tuple[Any, Any, Any]
"""Subject, predicate and object, None for any."""


class Readable(Protocol):
    """What is needed of a store to read a graph: a pyoxigraph one, or a server that answers like it."""

    def __len__(self) -> int:
        """Count the triples."""

    def query(self, /, query: str, *, prefixes: dict[str, str] | None = None) -> Any:
        """Run a query."""

    def quads_for_pattern(
        self, /, subject: Any, predicate: Any, object: Any, graph_name: Any = None
    ) -> Iterator[Quad]:
        """The statements that fit a pattern."""


@runtime_checkable
class Distant(Readable, Protocol):
    """A store that is asked over a network: few questions for much are quicker than many."""

    def ahead(self, patterns: Iterable[Pattern]) -> None:
        """Read what fits many patterns, so that it is at hand."""

    def folder(self, predicate: Any) -> Path:
        """Where to keep what was made of the values of a property."""


def ahead(store: Readable, patterns: Iterable[Pattern]) -> None:
    """Have a distant store read what will be asked for one by one; one at hand has no need."""
    if isinstance(store, Distant):
        store.ahead(patterns)


def ahead_of(store: Readable, iris: Iterable[str]) -> None:
    """Have a distant store read all that it says of some nodes."""
    if isinstance(store, Distant):
        store.ahead((NamedNode(iri), None, None) for iri in iris)


def plain(term: object) -> str:
    """An IRI or the text of a literal; another term as SPARQL writes it."""
    return term.value if isinstance(term, _VALUED) else str(term)


def subjects(store: Readable, predicates: Iterable[str], target: str) -> Iterator[str]:
    """IRIs of the nodes that have one of these properties with this node, once for each property.

    Of very many, one text with all is read in a third of the time of statements; no IRI has a space.
    """
    node, wanted = NamedNode(target), [NamedNode(predicate) for predicate in predicates]
    if isinstance(store, Distant):
        for predicate in wanted:
            for quad in store.quads_for_pattern(None, predicate, node, None):
                yield plain(quad.subject)
        return
    if wanted:
        named = " ".join(map(str, wanted))
        all_of = "SELECT (GROUP_CONCAT(STR(?it); separator=' ') AS ?all)"
        for (told,) in store.query(f"{all_of} WHERE {{ VALUES ?by {{ {named} }} ?it ?by {node} }}"):
            yield from plain(told).split()


def objects(store: Readable, subject: str, predicate: str) -> list[str]:
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


def dump(store: Readable) -> bytes:
    """The canonical text of what a store holds.

    Raises:
        RemoteError: a distant one gives less than it counts.
    """
    if isinstance(store, Store):
        text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    else:
        quads = store.quads_for_pattern(None, None, None, None)
        text = serialize((q.triple for q in quads), format=RdfFormat.N_TRIPLES) or b""
        if (given := text.count(b"\n")) != len(store):
            raise RemoteError(f"the server gives {given:,} of its {len(store):,} statements")
    return canonical(text.decode().removesuffix("\n").split("\n") if text else [])


def lines(folder: Path | None, text: Callable[[], str]) -> Iterator[bytes]:
    """The canonical text line by line.

    Parameters:
        folder: that of the graph, if it has one.
        text: gives it where the folder does not hold it.
    """
    file = folder / TEXT if folder else None
    if file and file.is_file():
        with file.open("rb") as opened:
            yield from opened
    else:
        yield from text().encode().splitlines(keepends=True)


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
