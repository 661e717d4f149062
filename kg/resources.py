"""Where the resource folders are, in a checkout and in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_INSIDE = Path(__file__).with_name("_resources")
ROOT = _INSIDE if _INSIDE.is_dir() else Path(__file__).parent.parent


@cache
def folder(name: str) -> Path:
    """Path of a resource folder: ``ontology``, ``queries``, ``viz``, ``data/vocabulary`` ...

    Raises:
        FileNotFoundError: the installation lacks it.
    """
    path = ROOT / name
    if not path.is_dir():
        raise FileNotFoundError(
            f"resource folder {name!r} is missing from this installation ({path})"
        )
    return path


@cache
def words(name: str) -> tuple[str, ...]:
    """Lines of the word list ``data/vocabulary/NAME.txt``; comments and empty lines left out."""
    lines = (folder("data/vocabulary") / f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of every ``*.tsv`` in the folder ``data/vocabulary/NAME``, in the order of the file names."""
    files = sorted((folder("data/vocabulary") / name).glob("*.tsv"))
    lines = (line for file in files for line in file.read_text("utf-8").splitlines())
    return tuple(
        tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#")
    )
