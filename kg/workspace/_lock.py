"""One build of a folder at a time: whoever comes second is told who is at work."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from kg.errors import WorkspaceError

FILE = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; the system lets go of it when the process ends, however it ends.

    Raises:
        WorkspaceError: another process holds it, or the folder cannot be written.
    """
    try:
        file = (folder / FILE).open("a+", encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(f"{folder} cannot be written: {error.strerror or error}") from None
    with file:
        if not _taken(file):
            file.seek(0)
            who = file.read().strip() or "another process"
            raise WorkspaceError(f"{folder} is being built by {who}; wait for it, or stop it")
        file.seek(0)
        file.truncate()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        file.write(f"process {os.getpid()} on {platform.node()} since {now}\n")
        file.flush()
        try:
            yield
        finally:
            file.seek(0)
            file.truncate()


def _taken(file: IO[str]) -> bool:
    """Whether the lock could be had."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        return _taken_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _taken_on_windows(file: IO[str]) -> bool:
    import msvcrt  # noqa: PLC0415  only on Windows

    file.seek(1 << 20)  # behind the text, which others may read
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True
