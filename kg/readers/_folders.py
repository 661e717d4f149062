"""Files and folders: what is in them, and what lies beside."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import ReadError
from kg.readers._archives import members
from kg.readers._located import NO_PAGES, Located, clean, is_worth_a_look, refused, too_long
from kg.readers._source import Source

_BUILT = ("manifest.json", "records.jsonl")


def file(path: Path, kind: os.stat_result, most: int) -> Located:
    """A file that was named."""
    parts = (*folders(path), clean(path.name))
    return Located(
        parts,
        _stamp(kind),
        lambda: _read(path, _Near(Path(os.path.abspath(path)).parent.parent), parts[-1], most),
    )


def folders(path: Path) -> tuple[str, ...]:
    """The names of the folders that a path lies in."""
    return tuple(map(clean, Path(os.path.abspath(path)).parent.parts[1:]))


def is_build(folder: Path) -> bool:
    """Whether a build wrote a folder."""
    return all((folder / name).is_file() for name in _BUILT)


def walk(root: Path, most: int) -> Iterator[Located]:
    """The files of a folder and its folders, but for what is hidden, no file, linked from elsewhere or of a build.

    A file goes by the name of the folder and its path in it, wherever the folder lies.
    """
    whole = os.path.abspath(root)
    above = (*folders(root), clean(os.path.basename(whole)))
    near = _Near(root)
    shut: list[OSError] = []
    for here, inside, names in os.walk(whole, onerror=shut.append):
        inside[:] = sorted(f for f in inside if not _is_passed_over(here, f))
        at = os.path.relpath(here, whole)
        for name in sorted(names):
            inner = name if at == "." else f"{at}/{name}".replace(os.sep, "/")
            if is_worth_a_look(inner):
                yield from _found(
                    Path(here, name),
                    (*above[:-1], f"{above[-1]}/{clean(inner)}".lstrip("/")),
                    near,
                    most,
                )
        while shut:
            yield _shut(shut.pop(), whole, above)
    while shut:
        yield _shut(shut.pop(), whole, above)


def _is_passed_over(here: str, folder: str) -> bool:
    return folder.startswith(".") or folder.lower() in NO_PAGES or is_build(Path(here, folder))


def _shut(error: OSError, root: str, above: tuple[str, ...]) -> Located:
    """A folder that cannot be opened."""
    inner = os.path.relpath(str(error.filename or root), root)
    name = above[-1] if inner == "." else f"{above[-1]}/{clean(inner)}"
    return refused((*above[:-1], name), f"cannot be read: {error.strerror or error}")


def _found(path: Path, parts: tuple[str, ...], near: _Near, most: int) -> Iterator[Located]:
    try:
        kind = path.stat()
    except (OSError, ValueError):
        return  # a link that leads nowhere or round in a circle, or gone meanwhile
    if not stat.S_ISREG(kind.st_mode):
        return
    if path.is_symlink() and not near.holds(path):
        yield refused(parts, "is a link that leads out of the folder; name the file itself")
    else:
        yield from _members(path, parts, most) or [
            Located(parts, _stamp(kind), lambda: _read(path, near, parts[-1], most), walked=True)
        ]


def _members(path: Path, parts: tuple[str, ...], most: int) -> Iterable[Located] | None:
    """The members of an archive in a folder; None for another file."""
    if path.suffix.lower() != ".zip":
        return None
    try:
        return members(path, parts, most)
    except (ReadError, OSError) as error:
        return [refused(parts, str(error).removeprefix(f"{parts[-1]} "))]


def _stamp(kind: os.stat_result) -> str:
    return f"{kind.st_size}-{kind.st_mtime_ns}" if stat.S_ISREG(kind.st_mode) else ""


class _Near:
    """What may be looked at beside a file: nothing outside of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def holds(self, path: Path) -> bool:
        """Whether a path leads to somewhere in the folder."""
        return path.resolve().is_relative_to(self._folder)

    def beside(self, path: Path, most: int) -> Callable[[str], bytes | None]:
        """The bytes of files by their paths relative to one."""

        def found(relative: str) -> bytes | None:
            try:
                other = (path.parent / relative).resolve()
                if not (other.is_relative_to(self._folder) and other.is_file()):
                    return None
                with other.open("rb") as opened:
                    return opened.read(most)
            except (OSError, ValueError, RuntimeError):
                return None

        return found


def _read(path: Path, near: _Near, name: str, most: int) -> Source:
    try:
        with path.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise ReadError(f"{name} cannot be read: {error.strerror or error}") from None
    if len(data) > most:
        raise too_long(name, most)
    return Source(name, data, near.beside(path, most))
