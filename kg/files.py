"""Files: second names for what does not change, and new ones that take an old one's place once they are whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import KgError


def link(source: Path, target: Path) -> None:
    """Let a second name, which is free, lead to a file; a copy, whole or not there, where the disk knows no links."""
    try:
        os.link(source, target)
    except OSError:
        part = target.with_name(f".{target.name}.part")
        shutil.copy2(source, part)
        part.replace(target)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A name to write to; what is written there takes the place of a file once it is whole.

    Raises:
        KgError: there is no folder for it.
    """
    if not target.parent.is_dir():
        raise KgError(f"{target} cannot be written: there is no folder {target.parent}")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
