"""Files of a workspace: written whole, switched in by renaming, and tidied afterwards."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg import files
from kg.model import Page

SOURCES = "sources"


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write values beside a file and put it in its place: a reader sees the old one or the new one, whole.

    Each value has a line of its own, and each entry of a list: so many of them are read and written quickly.
    """
    entries = (f"  {_json(name)}: {_entry(entry)}" for name, entry in sorted(value.items()))
    replace_text(path, "{\n" + ",\n".join(entries) + "\n}\n")


def _entry(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n    " + ",\n    ".join(map(_json, value)) + "\n  ]"


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def write_rows(path: Path, rows: Iterable[Any]) -> None:
    """Write values as JSON Lines."""
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        file.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def replace_text(path: Path, text: str) -> None:
    """Put a text in place of a file's, so that it is on the disk before the name leads to it."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def source_text(build: Path, sha256: str) -> str | None:
    """The text of a page that a build was made of, or None where it is not kept.

    Parameters:
        build: the folder of the build, as a graph was opened from it.
    """
    for folder in (build.parent.parent, build):  # an older version wrote the build beside the texts
        with suppress(OSError):
            text = (folder / SOURCES / f"{sha256}.txt").read_bytes()
            return text.decode("utf-8", "surrogatepass")
    return None


def write_sources(folder: Path, pages: Iterable[Page]) -> None:
    """Write the texts of pages under their hashes; those that are there stay."""
    folder.mkdir(exist_ok=True)
    there = {p.name for p in folder.iterdir()}
    for page in pages:
        name = f"{page.sha256}.txt"
        if name not in there:
            there.add(name)
            replace_text_quickly(folder / name, page.text)


def replace_text_quickly(path: Path, text: str) -> None:
    """Put a text in place without waiting for the disk: what is lost with the power is written by the next build."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, "utf-8", "surrogatepass", newline="\n")
    part.replace(path)


def link(source: Path, target: Path) -> None:
    """Let a second name lead to a file, in place of what it led to.

    The name is free for a moment: putting a new file over another makes some file systems write all of it at once.
    """
    target.unlink(missing_ok=True)
    files.link(source, target)


def keep_only(folder: Path, names: Iterable[str]) -> None:
    """Delete all of a folder of ours but these entries."""
    wanted = set(names)
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.name in wanted:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
