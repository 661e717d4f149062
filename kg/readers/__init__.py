"""Sources to pages, one format a module: ``SUFFIXES``, ``claims(source)`` and ``read(source)``."""

from __future__ import annotations

import logging
import os
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from kg import registry
from kg.errors import KgError, ReadError
from kg.model import Page
from kg.readers._decoding import decode
from kg.settings import DEFAULT, Settings

Location = str | os.PathLike[str]
"""A path, or "-" for standard input."""

STDIN = "-"
_BYTES_A_CHARACTER = 4
_HEAD = 65_536
_LOG = logging.getLogger("kg")


def _alone(_: str) -> bytes | None:
    return None


@dataclass(frozen=True)
class Source:
    """What a reader gets: the bytes of a file, and its name without a folder.

    Parameters:
        beside: the bytes of a file by its path relative to this one ("../category.json"); None where there is none.
    """

    name: str
    data: bytes = field(repr=False)
    beside: Callable[[str], bytes | None] = field(default=_alone, repr=False, compare=False)

    @cached_property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot; "" where it has none."""
        return Path(self.name).suffix.lower()

    @cached_property
    def text(self) -> str:
        """The text of the source.

        Raises:
            ReadError: it is empty or holds no text.
        """
        return decode(self.name, self.data)

    @cached_property
    def head(self) -> str:
        """The first characters of the text, to tell formats by; "" where it holds no text."""
        return self.data[:_HEAD].decode("utf-8", "ignore").lstrip("\ufeff").lstrip()


class Skipped(NamedTuple):
    """A part of a source that could not be used.

    Parameters:
        source: the name of the source.
        place: where in it: "line 12", "talks[3]".
        reason: what is wrong with it, in a few words.
    """

    source: str
    place: str
    reason: str


class Reader(Protocol):
    """What a module of this folder offers."""

    SUFFIXES: tuple[str, ...]

    def claims(self, source: Source) -> float:
        """How sure the reader is, from 0 to 1, that a source is of its format.

        1: a sign that nothing else has (a root element, a key of this format); 0.6: the shape fits; 0.3: only the
        ending of the name speaks for it; 0: not at all. Cheap: it looks at ``source.head`` first.
        """

    def read(self, source: Source) -> Iterator[Page | Skipped]:
        """The pages of a source, and the parts of it that cannot be used.

        Raises:
            ReadError: nothing of the source can be used; the message begins with the source's name.
        """


@cache
def readers() -> dict[str, Reader]:
    """Every module of this folder by name."""
    import kg.readers as package  # noqa: PLC0415  the folder is the registry

    found = [cast(Reader, m) for m in registry.modules(package)]
    return {module.__name__.rpartition(".")[2]: module for module in found}  # type: ignore[attr-defined]


def choose(source: Source) -> tuple[str, Reader]:
    """The reader that claims a source with most reason, and its name; what nobody claims is read as text."""
    known = readers()
    sure = {name: reader.claims(source) for name, reader in known.items()}
    best = max(sure, key=lambda name: (sure[name], name == "text"))
    return best, known[best]


def read(
    source: Location,
    settings: Settings = DEFAULT,
    on_skip: Callable[[Skipped], None] | None = None,
) -> list[Page]:
    """The pages of one source, read by the reader that fits its content best.

    Parameters:
        source: a path, or "-" for standard input.
        settings: where the limit of a page's length stands.
        on_skip: gets each part of the source that could not be used.

    Raises:
        ReadError: the source is missing, empty, too long, or holds no text.
        UnknownFormat: it holds text in a format that no reader knows.
    """
    given = _open(source, settings.max_page_chars * _BYTES_A_CHARACTER)
    pages = []
    for found in choose(given)[1].read(given):
        if isinstance(found, Skipped):
            (on_skip or _log_skipped)(found)
        elif len(found.text) > settings.max_page_chars:
            raise _too_long(found.name, settings.max_page_chars)
        else:
            pages.append(found)
    return pages


def _log_skipped(part: Skipped) -> None:
    _LOG.warning("%s, %s: %s", *part)


def _open(source: Location, most: int) -> Source:
    path = Path(source)
    name = "stdin" if source == STDIN else path.name
    try:
        if source == STDIN:
            data = sys.stdin.buffer.read(most + 1)
        else:
            with path.open("rb") as file:
                data = file.read(most + 1)
    except FileNotFoundError:
        raise ReadError(f"no file named {str(source)!r}{_nearest(path)}") from None
    except IsADirectoryError:
        raise ReadError(f"{source} is a folder; name the pages in it ({path / '*.txt'})") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"{source} cannot be read: {getattr(error, 'strerror', error)}") from None
    if len(data) > most:
        raise _too_long(name, most // _BYTES_A_CHARACTER)
    return Source(_clean(name), data)


def _too_long(name: str, most: int) -> ReadError:
    return ReadError(f"{name} has more than {most:,} characters, the limit of a page")


def _nearest(path: Path) -> str:
    try:
        beside = sorted(p.name for p in path.parent.iterdir())
    except OSError:
        return f"; there is no folder {str(path.parent)!r}"
    close = get_close_matches(path.name, beside, n=3, cutoff=0.75)
    return f"; nearest: {', '.join(close)}" if close else ""


def _clean(name: str) -> str:
    """A file name that every format can hold: bytes that are no UTF-8 are written out."""
    return unicodedata.normalize("NFC", name.encode("utf-8", "backslashreplace").decode())


def gather(
    sources: Iterable[Location],
    settings: Settings = DEFAULT,
    on_error: Callable[[str, KgError], None] | None = None,
) -> list[Page]:
    """The pages of several sources, in the order of their names, each text once.

    A page is known by its file's name; where two share one, by as much of their paths as tells them apart.

    Parameters:
        on_error: gets a source that cannot be read and the reason; without it the first error is raised.

    Raises:
        ReadError: as for ``read``.
    """
    found: list[tuple[tuple[str, ...], Page]] = []
    for source in sources:
        try:
            found += [(_parts(source, page), page) for page in read(source, settings)]
        except KgError as error:
            if on_error is None:
                raise
            on_error(str(source), error)
    return list(_named(_once(sorted(found, key=lambda f: (f[1].name, f[1].sha256, f[0])))))


def _parts(source: Location, page: Page) -> tuple[str, ...]:
    folders = () if source == STDIN else Path(source).absolute().parent.parts[1:]
    return (*map(_clean, folders), page.name)


_Found = tuple[tuple[str, ...], Page]


def _once(found: list[_Found]) -> Iterator[_Found]:
    seen: dict[str, str] = {}
    for parts, page in found:
        if page.sha256 in seen:
            _LOG.warning("%s holds the same text as %s; read once", page.name, seen[page.sha256])
        else:
            seen[page.sha256] = page.name
            yield parts, page


def _named(found: Iterable[_Found]) -> Iterator[Page]:
    groups: dict[str, list[_Found]] = defaultdict(list)
    for parts, page in found:
        groups[page.name].append((parts, page))
    for group in groups.values():
        longest = max(len(parts) for parts, _ in group)
        tails = ([parts[-n:] for parts, _ in group] for n in range(1, longest + 1))
        chosen = next(t for t in tails if len(set(t)) == len(group))
        for name, page in sorted(zip(map("/".join, chosen), (p for _, p in group), strict=True)):
            yield replace(page, name=name)
