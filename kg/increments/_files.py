"""Sorted files with some lines taken out and others put in: what lies between is copied by the system, unread."""

from __future__ import annotations

import mmap
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

_CHUNK, _ROOM = 1 << 30, 1 << 20
Piece = tuple[int, int] | bytes
"""A range of the old file, or what is new."""


def digest(old: Path, pieces: Iterable[Piece]) -> str:
    """The SHA-256 of the file that pieces make, without that file: it may be written meanwhile."""
    found = sha256()
    room = memoryview(bytearray(_ROOM))
    with old.open("rb", buffering=0) as source:
        for piece in pieces:
            if isinstance(piece, bytes):
                found.update(piece)
                continue
            at, end = piece
            source.seek(at)
            while at < end and (size := source.readinto(room[: min(_ROOM, end - at)])):
                found.update(room[:size])
                at += size
    return found.hexdigest()


def assemble(old: Path, new: Path, pieces: Iterable[Piece]) -> None:
    """Write a file of ranges of another and of what is new."""
    with old.open("rb") as source, new.open("wb") as target:
        for piece in _joined(pieces):
            if isinstance(piece, bytes):
                target.write(piece)
            elif piece[1] > piece[0]:
                _copy(source, target, *piece)


def _joined(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Ranges that follow each other as one."""
    last: tuple[int, int] | None = None
    for piece in pieces:
        if last and not isinstance(piece, bytes) and piece[0] == last[1]:
            last = last[0], piece[1]
            continue
        if last:
            yield last
        last = None if isinstance(piece, bytes) else piece
        if isinstance(piece, bytes):
            yield piece
    if last:
        yield last


def _copy(source: IO[bytes], target: IO[bytes], start: int, end: int) -> None:
    target.flush()
    copied = getattr(os, "copy_file_range", None)
    while start < end:
        try:
            done = (
                copied(source.fileno(), target.fileno(), min(_CHUNK, end - start), start)
                if copied
                else 0
            )
        except OSError:
            done = 0
        if not done:
            break
        start += done
    if start < end:
        source.seek(start)
        shutil.copyfileobj(_Part(source, end - start), target)
    target.seek(0, os.SEEK_END)


class _Part:
    """So many bytes of a file from where it stands."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._left = file, size

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(found)
        return found


def spliced(
    old: Path,
    gone: Sequence[Any],
    put: Sequence[tuple[Any, bytes]],
    key: Callable[[bytes], Any],
) -> list[Piece]:
    """A sorted file without the lines of some keys and with others.

    Parameters:
        gone: keys of lines that are there, each once.
        put: lines by their keys; none of a key that stays.
        key: of a line, with its line break; the file is sorted by it.

    Raises:
        LookupError: a line that should go is not there.
    """
    edits = sorted(
        [(k, b"", True) for k in set(gone)] + [(k, line, False) for k, line in put],
        key=lambda e: e[0],
    )
    size = old.stat().st_size
    with old.open("rb") as file, ExitStack() as mapped:
        lines = _mapped(file, mapped) if size else b""
        pieces, at = list[Piece](), 0
        for wanted, line, goes in edits:
            place = _find(lines, wanted, key, at)
            pieces.append((at, place))
            at = place
            if goes:
                end = lines.find(b"\n", place) + 1
                if not end or key(lines[place:end]) != wanted:
                    raise LookupError(f"{old.name} lacks {wanted!r}")
                at = end
            else:
                pieces.append(line)
        pieces.append((at, size))
    return pieces


def _mapped(file: IO[bytes], until: ExitStack) -> mmap.mmap:
    return until.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _find(lines: mmap.mmap | bytes, wanted: Any, key: Callable[[bytes], Any], start: int) -> int:
    """Where the first line begins whose key is not less than one that is wanted."""
    low, high = start, len(lines)
    while low < high:
        middle = (low + high) // 2
        begin = lines.rfind(b"\n", low, middle) + 1 or low
        end = lines.find(b"\n", begin) + 1 or high
        if key(lines[begin:end]) < wanted:
            low = end
        else:
            high = begin
    return low
