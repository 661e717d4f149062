"""Where sources lie: a file, standard input, a folder that is walked, an archive whose members are read, the web."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import ReadError
from kg.readers import _media
from kg.readers._addresses import checked, is_url, shown
from kg.readers._archives import members
from kg.readers._fetching import Fetched, Fetcher
from kg.readers._folders import file, folders, is_build, walk
from kg.readers._located import BYTES, Located, clean, too_long
from kg.readers._source import Source
from kg.settings import Settings

STDIN = "-"


class Finder:
    """Finds the sources at locations. What is learned of a site of the web at one counts for the others."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is looked at yet."""
        self._most = settings.max_page_chars * BYTES
        self._fetcher = Fetcher(self._most, settings.private)

    def locate(self, location: str | os.PathLike[str]) -> Iterator[Located]:
        """The sources at a location; a page of the web is fetched, all else is not read yet.

        Raises:
            ReadError: there is nothing at the location, or it cannot be read.
            MissingPart: it is on the web, and the HTTP client is not installed.
        """
        if location == STDIN:
            return _standard_input(self._most)
        if isinstance(location, str) and is_url(location):
            return self._page(location)
        return self._on_disk(location)

    def _on_disk(self, location: str | os.PathLike[str]) -> Iterator[Located]:
        path = Path(location)
        try:
            if not os.fspath(location):
                raise FileNotFoundError
            kind = path.stat()
            if stat.S_ISDIR(kind.st_mode):
                yield from _not_none(self._folder(path), f"the folder {location}")
            elif found := self._members(path, kind):
                yield from _not_none(found, str(location))
            else:
                yield file(path, kind, self._most)
        except FileNotFoundError:
            raise ReadError(f"no file named {str(location)!r}{_nearest(path)}") from None
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise ReadError(f"{location} cannot be read: {why}") from None

    def _members(self, path: Path, kind: os.stat_result) -> Iterator[Located] | None:
        if not stat.S_ISREG(kind.st_mode):
            return None  # what is piped in can be read but once
        return members(path, (*folders(path), clean(path.name)), self._most)

    def _folder(self, path: Path) -> Iterator[Located]:
        if is_build(path):
            raise ReadError(f"{path} is the graph that a build wrote; name what it was built from")
        return walk(path, self._most)

    def _page(self, url: str) -> Iterator[Located]:
        """A page of the web goes by its address; what is in an archive there by the archive's name."""
        fetched = self._fetcher.fetch(url)
        path = fetched.copy.path
        packed = path if path.is_file() else io.BytesIO(fetched.data())
        if found := members(packed, _parts(url), self._most):
            yield from _not_none(found, shown(url))
        else:
            yield _of_the_web(fetched)


def _of_the_web(fetched: Fetched) -> Located:
    copy = fetched.copy
    name = shown(copy.url)

    def opened() -> Source:
        ending = _media.suffix(copy.media, copy.file, copy.at)
        return Source(name, fetched.data(), media=copy.media, ending=ending)

    return Located(
        (copy.key[:8], name), copy.digest, opened
    )  # addresses may differ in what is not shown


def _parts(url: str) -> tuple[str, ...]:
    parts = urlsplit(shown(checked(url)))
    return (parts.netloc, *map(clean, [p for p in parts.path.split("/") if p] or ["archive"]))


def _standard_input(most: int) -> Iterator[Located]:
    """What is piped in; it can be read once, so that is done when it is named."""
    if sys.stdin is None:
        raise ReadError("stdin is closed; there is nothing to read")
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise too_long("stdin", most)
    if found := members(io.BytesIO(data), ("stdin",), most):
        yield from _not_none(found, "stdin")
    else:
        yield Located(("stdin",), "", lambda: Source("stdin", data))


def _not_none(found: Iterable[Located], where: str) -> Iterator[Located]:
    empty = True
    for one in found:
        empty = False
        yield one
    if empty:
        raise ReadError(f"{where} holds no file to read")


def _nearest(path: Path) -> str:
    try:
        beside = sorted(p.name for p in path.parent.iterdir())
    except OSError:
        return f"; there is no folder {str(path.parent)!r}"
    close = get_close_matches(path.name, beside, n=3, cutoff=0.75)
    return f"; nearest: {', '.join(close)}" if close else ""
