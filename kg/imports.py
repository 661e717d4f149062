"""Where what a user imports is kept: registries of organizations, vocabularies of topics."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The folder of imports: ``TALKGRAPH_HOME``, or the user's cache folder."""
    chosen = os.environ.get("TALKGRAPH_HOME")
    if chosen:
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "talkgraph"
