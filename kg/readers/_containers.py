"""Where sources lie: a file, standard input, a folder that is walked, an archive whose members are read."""

from __future__ import annotations

import lzma
import os
import posixpath
import stat
import struct
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path, PurePosixPath

from kg import resources
from kg.errors import ReadError
from kg.readers._source import Source

STDIN = "-"
_OURS = "manifest.json"
_NO_PAGES = frozenset({"node_modules", "__pycache__", "site-packages", "vendor", "_site"})
BYTES = 4
"""That a character may have."""
_MOST_MEMBERS = 1_000_000
_RATIO = 200
"""How often smaller than its content an archive may be, beside what follows; text is seldom packed to a tenth."""
_FREE = 1 << 28
_ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, NotImplementedError,
)  # fmt: skip
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})


@dataclass(frozen=True)
class Located:
    """A source that was found and not read yet.

    Parameters:
        parts: its path, the last of which is the name it goes by where no other has it.
        stamp: changes when the source does, without reading it; "" where only reading tells.
        walked: whether it was found in a folder or archive, and not named.
    """

    parts: tuple[str, ...]
    stamp: str
    open: Callable[[], Source] = field(repr=False, compare=False)
    walked: bool = False


def locate(location: str | os.PathLike[str], most: int) -> Iterator[Located]:
    """The sources at a location; what lies in a folder or archive in the order of its names.

    Parameters:
        most: bytes that a source may have.

    Raises:
        ReadError: there is nothing at the location, or it cannot be read.
    """
    if location == STDIN:
        yield Located(("stdin",), "", lambda: _standard_input(most))
        return
    path = Path(location)
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            yield from _not_none(
                _folder(path, most), f"the folder {location} holds no file to read"
            )
        elif _is_archive(path):
            yield from _not_none(_archive(path, most), f"{location} holds no file to read")
        else:
            yield _file(path, path.parent, kind, most)
    except FileNotFoundError:
        raise ReadError(f"no file named {str(location)!r}{_nearest(path)}") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"{location} cannot be read: {getattr(error, 'strerror', error)}") from None


def _not_none(found: Iterator[Located], else_: str) -> Iterator[Located]:
    first = next(found, None)
    if first is None:
        raise ReadError(else_)
    yield first
    yield from found


def too_long(name: str, most: int) -> ReadError:
    """That a source has more than so many bytes."""
    return ReadError(f"{name} has more than {most // BYTES:,} characters, the limit of a page")


def clean(name: str) -> str:
    """A file name that every format can hold: bytes that are no UTF-8 are written out."""
    return unicodedata.normalize("NFC", name.encode("utf-8", "backslashreplace").decode())


@cache
def _no_talks() -> frozenset[str]:
    return frozenset(resources.words("no-talk-files"))


def _nearest(path: Path) -> str:
    try:
        beside = sorted(p.name for p in path.parent.iterdir())
    except OSError:
        return f"; there is no folder {str(path.parent)!r}"
    close = get_close_matches(path.name, beside, n=3, cutoff=0.75)
    return f"; nearest: {', '.join(close)}" if close else ""


def _standard_input(most: int) -> Source:
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise too_long("stdin", most)
    return Source("stdin", data)


def _folders(path: Path) -> tuple[str, ...]:
    return tuple(map(clean, path.absolute().parent.parts[1:]))


def _file(path: Path, root: Path, kind: os.stat_result, most: int, walked: bool = False) -> Located:
    """A file; in a folder it goes by the name of the folder and its path in it."""
    inner = path.relative_to(root).as_posix() if walked else path.name
    name = clean(f"{root.resolve().name}/{inner}".lstrip("/") if walked else inner)
    folders = _folders(root.resolve()) if walked else _folders(path)
    stamp = f"{kind.st_size}-{kind.st_mtime_ns}" if stat.S_ISREG(kind.st_mode) else ""
    return Located((*folders, name), stamp, lambda: _read(path, root, name, most), walked)


def _read(path: Path, root: Path, name: str, most: int) -> Source:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ReadError(f"{name} cannot be read: {error.strerror or error}") from None
    if len(data) > most:
        raise too_long(name, most)

    def beside(relative: str) -> bytes | None:
        """A file near this one, but never outside of the folder."""
        other = (path.parent / relative).resolve()
        if not other.is_relative_to(root.resolve()) or not other.is_file():
            return None
        with other.open("rb") as file:
            return file.read(most)

    return Source(name, data, beside)


def _folder(root: Path, most: int) -> Iterator[Located]:
    """The files of a folder and its folders, but for what is hidden, linked from elsewhere or written by a build."""
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(f for f in folders if not _passed_over(here / f))
        if here != root and _is_build(here):
            folders.clear()
            continue
        for name in sorted(files):
            path = here / name
            if name.startswith((".", "~")) or PurePosixPath(name).stem.lower() in _no_talks():
                continue
            try:
                kind = path.stat()
            except OSError:
                continue  # a link that leads nowhere, or gone meanwhile
            if stat.S_ISREG(kind.st_mode):
                yield _file(path, root, kind, most, walked=True)


def _passed_over(folder: Path) -> bool:
    return folder.name.startswith(".") or folder.name.lower() in _NO_PAGES


def _is_build(folder: Path) -> bool:
    """Whether a build wrote a folder."""
    return (folder / _OURS).is_file() and (folder / "records.jsonl").is_file()


def _is_archive(path: Path) -> bool:
    """Whether a file is an archive and no office document, which is one too."""
    with path.open("rb") as file:
        if file.read(4) not in _ZIPPED:
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not _OFFICE.intersection(archive.namelist()[:50])
    except _DAMAGED:
        return path.suffix.lower() == ".zip"


def _archive(path: Path, most: int) -> Iterator[Located]:
    """The members of an archive; nothing is unpacked to the disk."""
    name = clean(path.name)
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGED as error:
        raise ReadError(f"{name} is a damaged archive: {error}") from None
    members = sorted(archive.infolist(), key=lambda m: m.filename)
    if len(members) > _MOST_MEMBERS:
        raise ReadError(f"{name} has {len(members):,} members; the most are {_MOST_MEMBERS:,}")
    if sum(m.file_size for m in members) > _FREE + _RATIO * path.stat().st_size:
        raise ReadError(f"{name} would unpack to more than {_RATIO} times its size; it is not read")
    for member in members:
        inner = PurePosixPath(member.filename)
        hidden = any(p.startswith((".", "__MACOSX")) for p in inner.parts)
        if member.is_dir() or hidden or inner.stem.lower() in _no_talks():
            continue
        parts = (*_folders(path), f"{name}/{clean(member.filename)}")
        stamp = f"{member.CRC:08x}-{member.file_size}"
        yield Located(parts, stamp, _member(archive, member, parts[-1], most), walked=True)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, most: int
) -> Callable[[], Source]:
    def beside(relative: str) -> bytes | None:
        folder = posixpath.dirname(member.filename)
        other = posixpath.normpath(posixpath.join(folder, relative))
        try:
            return None if other.startswith("..") else _unpacked(archive, other, name, most)
        except (KeyError, ReadError):
            return None

    def opened() -> Source:
        return Source(name, _unpacked(archive, member, name, most), beside)

    return opened


def _unpacked(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo | str, name: str, most: int
) -> bytes:
    try:
        with archive.open(member) as file:
            data = file.read(most + 1)
    except _DAMAGED as error:
        raise ReadError(f"{name} is a damaged member of the archive: {error}") from None
    except RuntimeError:
        raise ReadError(f"{name} is encrypted") from None
    if len(data) > most:
        raise too_long(name, most)
    return data
