"""Zip archives: their members are read where they lie, nothing is unpacked to the disk, and bombs do not go off."""

from __future__ import annotations

import lzma
import posixpath
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import ReadError
from kg.readers._located import Located, clean, is_worth_a_look, refused, too_long
from kg.readers._source import Source

_MOST_MEMBERS = 1_000_000
_RATIO = 200
"""How often smaller than its content an archive may be, beside what follows; text is seldom packed to a tenth."""
_FREE = 1 << 28
_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, NotImplementedError,
    IndexError, UnicodeError, OverflowError,
)  # fmt: skip
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})
_ENCRYPTED, _UTF_8 = 0x1, 0x800


def members(file: Path | IO[bytes], parts: tuple[str, ...], most: int) -> Iterator[Located] | None:
    """The members of an archive that may hold talks; None for a file that is none, or an office document.

    Parameters:
        parts: the path of the archive; a member goes by the archive's name and its path in it.
        most: bytes that a member may have.

    Raises:
        ReadError: the archive is damaged, or holds more than it should.
    """
    name = parts[-1]
    if _start(file) not in _STARTS:
        return None
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGED as error:
        if not name.lower().endswith(".zip"):
            return None
        raise ReadError(f"{name} is a damaged archive: {error}") from None
    found = archive.infolist()
    if _OFFICE.intersection(m.filename for m in found[:50]):
        return None
    packed = file.stat().st_size if isinstance(file, Path) else file.seek(0, 2)
    if len(found) > _MOST_MEMBERS:
        raise ReadError(f"{name} has {len(found):,} members; the most are {_MOST_MEMBERS:,}")
    if sum(m.file_size for m in found) > _FREE + _RATIO * packed:
        raise ReadError(f"{name} would unpack to more than {_RATIO} times its size; it is not read")
    # of two members of one name the later counts
    return _located(_Archive(archive, {_path(m): m for m in found}, most), parts)


def _start(file: Path | IO[bytes]) -> bytes:
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return opened.read(4)
    file.seek(0)
    return file.read(4)


def _located(archive: _Archive, parts: tuple[str, ...]) -> Iterator[Located]:
    for path, member in archive.members.items():
        folder = member.filename.endswith(("/", "\\"))
        if folder or stat.S_ISLNK(member.external_attr >> 16) or not is_worth_a_look(path):
            continue
        name = (*parts[:-1], f"{parts[-1]}/{clean(path)}")
        if member.flag_bits & _ENCRYPTED:
            yield refused(name, "is encrypted")
        elif path.lower().endswith(".zip"):
            yield refused(name, "is an archive in an archive; unpack it")
        else:
            stamp = f"{member.CRC:08x}-{member.file_size}"
            yield Located(name, stamp, _Opener(archive, path, name[-1]), walked=True)


def _path(member: zipfile.ZipInfo) -> str:
    """The path of a member. Old names that are not said to be UTF-8 mostly are; others are of the first IBM PCs."""
    path = member.filename
    if not (path.isascii() or member.flag_bits & _UTF_8):
        try:
            path = path.encode("cp437").decode("utf-8")
        except UnicodeError:
            path = member.filename
    whole = path if "/" in path else path.replace("\\", "/")
    return "/".join(part for part in whole.split("/") if part not in ("", ".", ".."))


@dataclass(frozen=True)
class _Archive:
    archive: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    most: int

    def read(self, path: str, name: str) -> bytes:
        """The bytes of a member.

        Raises:
            ReadError: it is damaged, or too long.
        """
        try:
            with self.archive.open(self.members[path]) as opened:
                data = opened.read(self.most + 1)
        except _DAMAGED as error:
            raise ReadError(f"{name} is a damaged member of the archive: {error}") from None
        except RuntimeError:
            raise ReadError(f"{name} is encrypted") from None
        if len(data) > self.most:
            raise too_long(name, self.most)
        return data


@dataclass(frozen=True)
class _Opener:
    """Opens a member when it is its turn."""

    within: _Archive
    path: str
    name: str

    def __call__(self) -> Source:
        return Source(self.name, self.within.read(self.path, self.name), self._beside)

    def _beside(self, relative: str) -> bytes | None:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), relative))
        try:
            return self.within.read(other, self.name) if other in self.within.members else None
        except ReadError:
            return None
