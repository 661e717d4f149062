"""The folder a build writes, and how it takes the place of the one before.

``manifest.json`` (versions, settings, sources, counts, and which build is in use), ``records.jsonl`` (the talks),
``graph.nt`` (the graph as canonical text), ``identities.jsonl`` (why each thing is one), ``sources/SHA256.txt`` (the
texts), ``builds/ID/`` (the build in use: the same files, and ``store/``, ready to be queried), ``cache.sqlite`` (what
was read of each page), ``state.sqlite`` (what was seen of each name), ``dropped.jsonl`` (what could not be used) and
``corrections.toml`` (people's corrections, read by a build and left alone).

A build is written beside the one in use, and the manifest that names it is put in place by one renaming: whatever goes
wrong before leaves the old graph as it was, and whatever goes wrong after is mended by the next build.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg import corrections, graph, language, linking, vocabularies
from kg.corrections import NONE, Corrections
from kg.errors import KgError, WorkspaceError
from kg.graph import KnowledgeGraph
from kg.model import Page, Talk
from kg.records import to_record
from kg.resolution import Entities, Row
from kg.settings import DEFAULT, Settings
from kg.workspace import _cache, _lock, _writing
from kg.workspace._cache import Cache, Packed, fingerprint, key_of, packed, product_version
from kg.workspace._told import STATED, of_settings, settings_told, source_row, sources, stated
from kg.workspace._writing import SOURCES, source_text

__all__ = [
    "IDENTITIES", "MANIFEST", "RECORDS", "SOURCES", "STATED", "TEXT", "Build", "Cache", "Hashed", "Packed", "Workspace",
    "fingerprint", "key_of", "manifest_of", "packed", "product_version", "settings_told", "source_row", "source_text",
    "stated",
]  # fmt: skip

MANIFEST, RECORDS, TEXT = "manifest.json", "records.jsonl", "graph.nt"
IDENTITIES, BUILDS, DROPPED = "identities.jsonl", "builds", "dropped.jsonl"
FORMAT = 3
_FILES = (TEXT, RECORDS, IDENTITIES)
STATE = "state.sqlite"
_OURS = frozenset(
    {*_FILES, MANIFEST, SOURCES, BUILDS, DROPPED, STATE, corrections.FILE, _cache.FILE, _lock.FILE}
)
_PRODUCT = "talkgraph"
_USED = ("networkx", "onnxruntime", "pyoxigraph", "rdflib", "spacy")
_TRIES = 3
Hashed = Callable[[str, Callable[[], str]], None]
"""Told the name of a file of a build that is written."""


@dataclass(frozen=True)
class Build:
    """What a build puts into the folder.

    Parameters:
        talks: what stands in the pages, after corrections.
        entities: what they name.
        corrected: what the manifest says of the corrections.
        inputs: a hash of all that the build was made of.
        seen: a hash of the sources as they lay there, by which an unchanged one is told without reading it.
        dropped: sources and parts of them that could not be used.
    """

    talks: Sequence[Talk] = field(repr=False)
    entities: Entities = field(repr=False)
    settings: Settings = DEFAULT
    corrected: dict[str, Any] = field(default_factory=lambda: NONE.told(()))
    inputs: str = ""
    seen: str = ""
    dropped: Sequence[dict[str, str]] = ()

    @property
    def is_corrected(self) -> bool:
        """Whether there are corrections."""
        return self.corrected != NONE.told(())


class Workspace:
    """A folder that holds one build, or will hold one."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Remember the folder; nothing is read or written yet."""
        self.path = Path(path)

    def manifest(self) -> dict[str, Any]:
        """What the build says of itself: format, versions, settings, sources, counts, files, time.

        Raises:
            WorkspaceError: there is no such folder, it is no workspace, or a newer version wrote it.
        """
        if not self.path.exists():
            raise WorkspaceError(
                f"no graph at {self.path}; kg build PAGE... -o {self.path} makes one"
            )
        found = self._read()
        if found is None:
            raise WorkspaceError(f"{self.path} is no graph folder: it has no valid {MANIFEST}")
        if found["format"] > FORMAT:
            raise WorkspaceError(
                f"{self.path} was written by a newer version ({found['version']}); upgrade talkgraph"
            )
        return found

    def _read(self) -> dict[str, Any] | None:
        file = self.path / MANIFEST
        try:
            now = file.stat()
            found = _parsed(file.absolute(), (now.st_ino, now.st_mtime_ns, now.st_size))
        except (OSError, ValueError):
            return None
        ours = isinstance(found, dict) and found.get("product") == _PRODUCT
        known = ours and isinstance(found.get("format"), int) and "version" in found
        return dict(found) if known else None

    def build_folder(self, manifest: dict[str, Any]) -> Path:
        """Where the build in use lies; an older version wrote it into the folder itself."""
        name = manifest.get("build")
        return self.path / BUILDS / str(name) if name else self.path

    def open(self) -> KnowledgeGraph:
        """The graph, read-only. A build that goes on beside it does not change it.

        Raises:
            WorkspaceError: as for ``manifest``, an older version wrote it, or the store cannot be read.
        """
        found = self.manifest()
        if found["format"] < FORMAT:
            raise WorkspaceError(
                f"{self.path} was written by an older version ({found['version']}); "
                f"kg build PAGE... -o {self.path} writes it anew"
            )
        return self._opened()

    def _opened(self) -> KnowledgeGraph:
        for _ in range(_TRIES):
            manifest = self.manifest()
            folder = self.build_folder(manifest)
            try:
                return KnowledgeGraph.open(folder, manifest.get("stats"))
            except WorkspaceError:
                if self.build_folder(self.manifest()) == folder:
                    raise  # no build has taken its place meanwhile
        return KnowledgeGraph.open(self.build_folder(self.manifest()))

    def check_target(self) -> None:
        """Refuse a target that holds something else, or that cannot be written; nothing is changed.

        Raises:
            WorkspaceError: it is a file, a folder that no build wrote, or in a folder closed to us.
        """
        path = self.path.resolve()
        if path.exists() and not path.is_dir():
            raise WorkspaceError(f"{self.path} is a file; name a folder for the graph")
        if not _readable(path):
            raise WorkspaceError(f"{self.path} cannot be read: permission denied")
        there = {p.name for p in path.iterdir()} if path.is_dir() else set()
        begun = there <= _OURS and _lock.FILE in there and MANIFEST not in there
        if there - {corrections.FILE} and not begun and self._read() is None:
            raise WorkspaceError(
                f"{self.path} holds files that no build wrote; name another folder for the graph"
            )
        parent = path if path.is_dir() else next(p for p in path.parents if p.exists())
        if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
            raise WorkspaceError(f"{self.path} cannot be written: {parent} is closed to writing")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for a build; it is made if it is not there, and unmade if what is in it cannot be built.

        Raises:
            WorkspaceError: as for ``check_target``, or another build is at work.
        """
        self.check_target()
        made = not self.path.exists()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._refused(error) from None
        with _lock.locked(self.path):
            try:
                yield
            except KgError as error:
                if made and not isinstance(error, WorkspaceError) and self._read() is None:
                    shutil.rmtree(self.path, ignore_errors=True)
                raise

    def _refused(self, error: OSError) -> WorkspaceError:
        return WorkspaceError(f"{self.path} cannot be written: {error.strerror or error}")

    def corrections(self) -> Corrections:
        """What people corrected in this graph; none where there is no such file.

        Raises:
            CorrectionError: the file cannot be understood.
        """
        return corrections.read(self.path / corrections.FILE)

    def identities(self) -> tuple[Row, ...]:
        """Why each thing of the graph was one, by the build that is there; nothing where there is none."""
        found = self._read()
        there = found is not None and (self.build_folder(found) / IDENTITIES).is_file()
        return self._opened().identities() if there else ()  # of an older version, too

    def cache(self) -> Cache:
        """What was read of pages by earlier builds."""
        return Cache(self.path / _cache.FILE)

    def holds(self, **told: str) -> bool:
        """Whether the build in use says so of itself ("inputs", "seen"), and is whole."""
        found = self._read()
        if found is None or found["format"] != FORMAT:
            return False
        same = all(value and found.get(key) == value for key, value in told.items())
        folder = self.build_folder(found)
        return same and (folder / "store").is_dir() and all((folder / f).is_file() for f in _FILES)

    def dropped(self) -> list[dict[str, str]]:
        """What the build in use could not use: source, place and reason."""
        try:
            lines = (self.path / DROPPED).read_text("utf-8", "surrogatepass").split("\n")
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in lines if line]

    def write(self, build: Build) -> None:
        """Put a build in place of the one before, whole or not at all. The folder must be locked.

        Raises:
            WorkspaceError: the disk refused.
        """
        with self._part() as part:
            graph.write(build.talks, build.entities, part, build.settings)
            pages = list(dict.fromkeys(p for talk in build.talks for p in _pages(talk)))
            _writing.write_rows(part / RECORDS, map(to_record, build.talks))
            _writing.write_sources(self.path / SOURCES, pages)
            kept = stated(self._read() or {})
            self._switch(part, _manifest(part, pages, build) | kept)

    @contextmanager
    def _part(self) -> Iterator[Path]:
        """A folder for a build beside the one in use, gone afterwards if it was not switched in.

        Raises:
            WorkspaceError: the disk refused.
        """
        part = self.path / BUILDS / f".{secrets.token_hex(4)}.part"
        try:
            part.mkdir(parents=True)
            yield part
        except OSError as error:
            raise self._refused(error) from None
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def _switch(self, part: Path, manifest: dict[str, Any]) -> None:
        """Put a build that is written in place of the one before."""
        part.rename(part.with_name(manifest["build"]))
        _writing.write_json(self.path / MANIFEST, manifest)
        self.tidy()

    def write_next(
        self, write: Callable[[Path, Hashed], dict[str, Any]], pages: Iterable[Page]
    ) -> str:
        """Put a build that was made of the one in use in its place, whole or not at all. The folder must be locked.

        Parameters:
            write: fills a folder, says of each file what works out its hash meanwhile, and gives what the manifest
                says that is not as before.
            pages: those that are new.

        Returns:
            the name of the build.

        Raises:
            WorkspaceError: the disk refused.
        """
        hashes: dict[str, Future[str]] = {}
        with self._part() as part:
            with ThreadPoolExecutor() as pool:
                told = write(part, lambda name, of: hashes.update({name: pool.submit(of)}))
                _writing.write_sources(self.path / SOURCES, pages)
            files = {name: hashes[name].result() for name in _FILES}
            manifest = _named(self.manifest() | told, files)
            self._switch(part, manifest)
        return str(manifest["build"])

    def note(self, **told: str) -> None:
        """Let the manifest say something else of the build in use.

        Raises:
            WorkspaceError: the disk refused.
        """
        try:
            _writing.write_json(self.path / MANIFEST, self.manifest() | told)
        except OSError as error:
            raise self._refused(error) from None

    def state(self, settings: Settings) -> None:
        """Let the manifest say what settings state of the graph, its title and licence; later builds keep it.

        Raises:
            WorkspaceError: the disk refused.
        """
        told, before = of_settings(settings), self.manifest()
        if any(before.get(name, "") != text for name, text in told.items()):
            self.note(**told)

    def tidy(self) -> None:
        """Let the names in the folder lead to the files of the build in use, and delete what no build needs."""
        found = self._read()
        if found is None or "build" not in found:
            return
        folder = self.build_folder(found)
        for name in (f for f in (*_FILES, DROPPED) if (folder / f).is_file()):
            if not _same_file(folder / name, self.path / name):
                _writing.link(folder / name, self.path / name)
        if not (folder / DROPPED).is_file():
            (self.path / DROPPED).unlink(missing_ok=True)
        _writing.keep_only(self.path / BUILDS, [found["build"]])
        _writing.keep_only(self.path / SOURCES, (f"{s['sha256']}.txt" for s in found["sources"]))
        shutil.rmtree(self.path / "store", ignore_errors=True)  # of a version before this one


def manifest_of(folder: Path | None) -> dict[str, Any]:
    """What a build says of itself, where it can be found from the folder of its store; else nothing."""
    for place in (folder, folder.parent.parent) if folder else ():
        with suppress(KgError):
            if (place / MANIFEST).is_file():
                return Workspace(place).manifest()
    return {}


@lru_cache(maxsize=1)
def _parsed(file: Path, now: tuple[int, int, int]) -> Any:
    """A manifest as it is at this moment; it may have a line for each of many thousand sources."""
    return json.loads(file.read_text("utf-8"))


def _same_file(one: Path, other: Path) -> bool:
    return other.is_file() and one.samefile(other)


def _pages(talk: Talk) -> Iterator[Page]:
    """The page of a talk, and those that its facts were added from."""
    yield talk.page
    for speaker in talk.speakers:
        yield from (fact.evidence.page for fact in speaker.facts)


def _readable(path: Path) -> bool:
    return not path.is_dir() or os.access(path, os.R_OK | os.X_OK)


def _manifest(folder: Path, pages: Sequence[Page], build: Build) -> dict[str, Any]:
    if build.dropped:
        _writing.write_rows(folder / DROPPED, build.dropped)
    told = {
        "product": _PRODUCT,
        "format": FORMAT,
        "version": product_version(),
        "versions": {name: version(name) for name in _USED} | {"model": language.model_name()},
        "registries": {row["registry"]: row["source"] for row in linking.imported()},
        "vocabularies": vocabularies.told(),
        "settings": settings_told(build.settings),
        "corrections": build.corrected,
        "sources": list(sources(pages, build.talks)),
        "stats": KnowledgeGraph.open(folder).stats(),
        "counts": {"talks": len(build.talks), "dropped": len(build.dropped)},
        "inputs": build.inputs,
        "seen": build.seen,
    }
    return _named(told, {name: _hash(folder / name) for name in _FILES})


def _named(manifest: dict[str, Any], files: dict[str, str]) -> dict[str, Any]:
    """A manifest with the hashes of the files of its build, the name made of them, and the time."""
    name = f"{sha256(json.dumps(files).encode()).hexdigest()[:12]}-{secrets.token_hex(2)}"
    built = datetime.now(UTC).isoformat(timespec="seconds")
    return manifest | {"files": files, "build": name, "built": built}


def _hash(file: Path) -> str:
    found = sha256()
    with file.open("rb") as opened:
        while part := opened.read(1 << 20):
            found.update(part)
    return found.hexdigest()
