"""Second names for files, so that what does not change need not be written again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def link(source: Path, target: Path) -> None:
    """Let a second name, which is free, lead to a file; a copy, whole or not there, where the disk knows no links."""
    try:
        os.link(source, target)
    except OSError:
        part = target.with_name(f".{target.name}.part")
        shutil.copy2(source, part)
        part.replace(target)
