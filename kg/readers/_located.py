"""A source that was found and not read yet, and which files are not worth a look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from posixpath import splitext
from typing import NoReturn

from kg import resources
from kg.errors import ReadError
from kg.readers._source import Source

BYTES = 4
"""That a character may have."""
NO_PAGES = frozenset(
    {
        "node_modules",
        "vendor",
        "__pycache__",
        "site-packages",
        "bower_components",
        "__macosx",
        "_site",
    }
)
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


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


def refused(parts: tuple[str, ...], why: str) -> Located:
    """A source that was found and cannot be read: that is told when it is its turn, and the others are read."""

    def told() -> NoReturn:
        raise ReadError(f"{parts[-1]} {why}")

    return Located(parts, "", told, walked=True)


def too_long(name: str, most: int) -> ReadError:
    """That a source has more than so many bytes."""
    return ReadError(f"{name} has more than {most // BYTES:,} characters, the limit of a page")


def clean(name: str) -> str:
    """A file name that every format can hold: bytes that are no UTF-8, and what cannot be seen, are written out."""
    if name.isascii() and name.isprintable():
        return name
    plain = unicodedata.normalize("NFC", name.encode("utf-8", "backslashreplace").decode())
    return _UNSEEN.sub(lambda match: f"\\x{ord(match[0]):02x}", plain)


def is_worth_a_look(path: str) -> bool:
    """Whether a file in a folder or archive may hold talks, by its path in it."""
    folder, _, name = path.rpartition("/")
    if _is_hidden(folder) or not name or name[0] in ".~#" or name.endswith("~"):
        return False
    stem, ending = splitext(name)
    return ending.lower() not in _endings() and _no_talks().isdisjoint((name, stem.lower()))


@lru_cache(maxsize=64)
def _is_hidden(folder: str) -> bool:
    return any(f.startswith(".") or f.lower() in NO_PAGES for f in folder.split("/"))


@cache
def _no_talks() -> frozenset[str]:
    return frozenset(resources.words("no-talk-files"))


@cache
def _endings() -> frozenset[str]:
    return frozenset(e for line in resources.words("no-talk-endings") for e in line.split())
