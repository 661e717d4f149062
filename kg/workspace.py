"""The folder a build writes, and how it takes the place of the one before.

``manifest.json`` (versions, settings, sources, counts), ``records.jsonl`` (the talks), ``sources/SHA256.txt`` (their
texts), ``graph.nt`` (the graph as canonical text), ``store/`` (the same, ready to be queried), ``identities.jsonl``
(why each thing is one) and ``corrections.toml`` (people's corrections, read by a build and left alone). A build is
written beside its target and switched in by renaming: whatever goes wrong before that leaves the old graph as it was.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kg import corrections, language, linking, vocabularies
from kg.corrections import NONE, Corrections
from kg.errors import WorkspaceError
from kg.graph import KnowledgeGraph
from kg.model import Page, Talk
from kg.records import to_record
from kg.resolution import Row
from kg.settings import DEFAULT, Settings

MANIFEST, RECORDS, SOURCES, TEXT = "manifest.json", "records.jsonl", "sources", "graph.nt"
IDENTITIES = "identities.jsonl"
FORMAT = 1
_PRODUCT = "talkgraph"
_USED = ("networkx", "onnxruntime", "pyoxigraph", "rdflib", "spacy")


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
        try:
            found = json.loads((self.path / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        ours = isinstance(found, dict) and found.get("product") == _PRODUCT
        return (
            found if ours and isinstance(found.get("format"), int) and "version" in found else None
        )

    def open(self) -> KnowledgeGraph:
        """The graph, read-only.

        Raises:
            WorkspaceError: as for ``manifest``, or the store cannot be read.
        """
        self.manifest()
        return KnowledgeGraph.open(self.path)

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
        others = [p for p in path.iterdir() if p.name != corrections.FILE] if path.is_dir() else []
        if others and self._read() is None:
            raise WorkspaceError(
                f"{self.path} holds files that no build wrote; name another folder for the graph"
            )
        parent = next(p for p in path.parents if p.exists())
        if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
            raise WorkspaceError(f"{self.path} cannot be written: {parent} is closed to writing")

    def corrections(self) -> Corrections:
        """What people corrected in this graph; none where there is no such file.

        Raises:
            CorrectionError: the file cannot be understood.
        """
        return corrections.read(self.path / corrections.FILE)

    def identities(self) -> tuple[Row, ...]:
        """Why each thing of the graph was one, by the build that is there; nothing where there is none."""
        there = (self.path / IDENTITIES).is_file() and self._read() is not None
        return self.open().identities() if there else ()

    def write(
        self,
        talks: Sequence[Talk],
        graph: KnowledgeGraph,
        settings: Settings = DEFAULT,
        corrected: dict[str, Any] | None = None,
    ) -> None:
        """Put a build in place of the one before, whole or not at all.

        Parameters:
            talks: what stands in the pages.
            graph: made of these talks.
            corrected: what the manifest says of the corrections.

        Raises:
            WorkspaceError: as for ``check_target``, or the disk refused.
        """
        self.check_target()
        target = self.path.resolve()
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        try:
            part.mkdir(parents=True)
            graph.save_store(part)
            pages = list(dict.fromkeys(p for talk in talks for p in _pages(talk)))
            _write_pages(part, pages, talks)
            manifest = _manifest(part, pages, talks, (graph, settings))
            _write_json(part / MANIFEST, manifest | {"corrections": corrected or NONE.told(())})
            _keep_corrections(target, part)
            _switch(part, target)
        except OSError as error:
            raise WorkspaceError(
                f"{self.path} cannot be written: {error.strerror or error}"
            ) from None
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _pages(talk: Talk) -> Iterator[Page]:
    """The page of a talk, and those that its facts were added from."""
    yield talk.page
    for speaker in talk.speakers:
        yield from (fact.evidence.page for fact in speaker.facts)


def _keep_corrections(old: Path, new: Path) -> None:
    if (old / corrections.FILE).is_file():
        shutil.copy2(old / corrections.FILE, new / corrections.FILE, follow_symlinks=False)


def _readable(path: Path) -> bool:
    return not path.is_dir() or os.access(path, os.R_OK | os.X_OK)


def _switch(part: Path, target: Path) -> None:
    """Two renames; if the second fails the first is undone."""
    old = part.with_suffix(".old")
    if target.exists():
        target.rename(old)
    try:
        part.rename(target)
    except BaseException:
        if old.exists():
            old.rename(target)
        raise
    _keep_others(old, target)
    shutil.rmtree(old, ignore_errors=True)


def _keep_others(old: Path, target: Path) -> None:
    """What somebody else put into the folder stays in it."""
    for entry in old.iterdir() if old.is_dir() else ():
        if not (target / entry.name).exists():
            entry.rename(target / entry.name)


def _write_pages(folder: Path, pages: Sequence[Page], talks: Iterable[Talk]) -> None:
    (folder / SOURCES).mkdir()
    for page in pages:
        _write(folder / SOURCES / f"{page.sha256}.txt", page.text)
    records = (json.dumps(to_record(talk), ensure_ascii=False) for talk in talks)
    _write(folder / RECORDS, "".join(f"{record}\n" for record in records))


def _write_json(path: Path, value: dict[str, Any]) -> None:
    _write(path, json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", "surrogatepass", newline="\n")


def _manifest(
    folder: Path,
    pages: Sequence[Page],
    talks: Sequence[Talk],
    built: tuple[KnowledgeGraph, Settings],
) -> dict[str, Any]:
    graph, settings = built
    files = (TEXT, RECORDS, IDENTITIES)
    return {
        "product": _PRODUCT,
        "format": FORMAT,
        "version": product_version(),
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {name: version(name) for name in _USED} | {"model": language.model_name()},
        "registries": {row["registry"]: row["source"] for row in linking.imported()},
        "vocabularies": vocabularies.told(),
        "settings": _told(settings),
        "sources": [_source(page, talks) for page in pages],
        "counts": {"talks": len(talks), "triples": len(graph)},
        "files": {name: sha256((folder / name).read_bytes()).hexdigest() for name in files},
    }


def _told(settings: Settings) -> dict[str, Any]:
    """Settings without what says nothing of the graph: where a language model answered, and where its answers lie."""
    told = asdict(settings)
    if settings.llm:
        told["llm"] = {k: v for k, v in told["llm"].items() if k not in {"url", "cache"}}
    return told


def _source(page: Page, talks: Iterable[Talk]) -> dict[str, Any]:
    count = sum(1 for talk in talks if talk.page.sha256 == page.sha256)
    return {"name": page.name, "sha256": page.sha256, "characters": len(page.text), "talks": count}


def product_version() -> str:
    """The version of this program, as installed."""
    try:
        return version(_PRODUCT)
    except PackageNotFoundError:
        return "0+unknown"
