"""Sources to pages, one format a module: ``SUFFIXES``, ``claims(source)`` and ``read(source)``."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple, Protocol, cast

from kg import registry
from kg.errors import KgError, NoTalks, ReadError
from kg.model import Page
from kg.readers._addresses import is_url, shown
from kg.readers._containers import STDIN, Finder
from kg.readers._located import BYTES, Located, too_long
from kg.readers._source import Source
from kg.settings import DEFAULT, Settings

__all__ = [
    "STDIN", "Located", "Location", "Place", "Reader", "Skipped", "Source", "choose", "gather", "located", "pages",
    "read", "readers",
]  # fmt: skip

Location = str | os.PathLike[str]
"""A path of a file, folder or archive, an http or https address, or "-" for standard input."""
OnError = Callable[[str, KgError], None]

_CLAIMED = 0.3
_LOG = logging.getLogger("kg")
_NOTES = logging.getLogger("kg.notes")


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


OnSkip = Callable[[Skipped], None]


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


def choose(source: Source) -> tuple[str, float]:
    """The name of the reader that claims a source with most reason, and how sure it is; what nobody claims is text."""
    sure = {name: _claim(reader, source) for name, reader in readers().items()}
    best = max(sure, key=lambda name: (sure[name], name == "text"))
    return best, sure[best]


def _claim(reader: Reader, source: Source) -> float:
    try:
        return reader.claims(source)
    except Exception:  # one that breaks must not keep the others from reading
        _LOG.debug("claiming %s", source.name, exc_info=True)
        return 0.0


def read(
    source: Location,
    settings: Settings = DEFAULT,
    on_skip: OnSkip | None = None,
) -> list[Page]:
    """The pages of one source, each read by the reader that fits its content best.

    Parameters:
        source: a file, folder, archive, address, or "-" for standard input.
        settings: where the limit of a page's length stands.
        on_skip: gets each part of the source that could not be used.

    Raises:
        ReadError: the source is missing, empty, too long, or holds no text.
        UnknownFormat: it holds text in a format that no reader knows.
    """
    found = located([source], settings)
    return [page for one in found for page in pages(one, settings, on_skip)]


@dataclass(frozen=True)
class Place:
    """A source by the name that it goes by among all that are read."""

    name: str
    found: Located = field(repr=False)

    @property
    def stamp(self) -> str:
        """Changes when the source does; "" where only reading tells."""
        return self.found.stamp


def located(
    sources: Iterable[Location],
    settings: Settings = DEFAULT,
    on_error: OnError | None = None,
) -> list[Place]:
    """Every source in the order of names, none of them read yet; what is named twice is there once.

    A source is known by its file's name, in a folder or archive by the name of that and its path in it; where two share
    a name, by as much of their paths as tells them apart. So names do not depend on where the folder lies.

    Parameters:
        on_error: gets a location that cannot be read and the reason; without it the first error is raised.

    Raises:
        ReadError: there is nothing at a location, or it cannot be read.
    """
    finder, found = Finder(settings), dict[str, Located]()
    for source in sources:
        try:
            with _in_a_line(shown(source) if is_url(source) else str(source)):
                for one in finder.locate(source):
                    found.setdefault("/".join(one.parts), one)
        except KgError as error:
            if on_error is None:
                raise
            on_error(shown(source) if is_url(source) else str(source), error)
    return _named(sorted(found.values(), key=lambda one: (one.parts[-1], one.parts)))


def _named(found: Sequence[Located]) -> list[Place]:
    """Each source by the last part of its path, and by one more wherever that is another's name, too."""
    taken = [1] * len(found)
    while True:
        names = ["/".join(one.parts[-n:]) for one, n in zip(found, taken, strict=True)]
        often = Counter(names)
        if len(often) == len(names):
            return [Place(name, one) for name, one in zip(names, found, strict=True)]
        taken = [n + (often[name] > 1) for name, n in zip(names, taken, strict=True)]


def pages(
    place: Place,
    settings: Settings = DEFAULT,
    on_skip: OnSkip | None = None,
    aside: Counter[str] | None = None,
) -> Iterator[Page]:
    """The pages of a source; none of a file in a folder or archive that no reader knows.

    Parameters:
        on_skip: gets each part of the source that could not be used.
        aside: counts the endings of files that no reader knows.

    Raises:
        ReadError: as for ``read``.
    """
    with _in_a_line(place.name):
        given = replace(place.found.open(), name=place.name)
        name, sure = choose(given)
        if place.found.walked and sure < _CLAIMED:
            if aside is not None:
                aside[given.suffix or "no ending"] += 1
            return
        for found in readers()[name].read(given):
            if isinstance(found, Skipped):
                (on_skip or _log_skipped)(found)
            elif len(found.text) > settings.max_page_chars:
                raise too_long(found.name, settings.max_page_chars * BYTES)
            else:
                yield found


@contextmanager
def _in_a_line(name: str) -> Iterator[None]:
    """Whatever goes wrong with a source becomes one line; the trace of what was not foreseen goes to the log."""
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        _LOG.debug("reading %s", name, exc_info=True)
        what = f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"
        raise ReadError(f"{name} cannot be read ({what})") from None


def _log_skipped(part: Skipped) -> None:
    _LOG.warning("%s, %s: %s", *part)


def gather(
    places: Iterable[Place],
    settings: Settings = DEFAULT,
    on_error: OnError | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[Page]:
    """The pages of several sources, in their order, each text once; one source is held at a time.

    Parameters:
        on_error: gets a source that cannot be read and the reason; without it the first error is raised.
        on_skip: gets each part of a source that could not be used.

    Raises:
        ReadError: as for ``read``.
        NoTalks: a source that was named holds nothing.
    """
    return Gathering(settings, on_error, on_skip).pages(places)


class Gathering:
    """Reads several sources, and keeps what was read where.

    Parameters:
        held: each source that was begun, with hash and length of its pages, as far as they were taken.
        twice: hashes of texts that stand in several sources, of which all but the first were passed over.
    """

    def __init__(
        self, settings: Settings, on_error: OnError | None = None, on_skip: OnSkip | None = None
    ) -> None:
        """Nothing is read yet; the parameters are those of ``gather``."""
        self._settings, self._on_error, self._on_skip = settings, on_error, on_skip or _log_skipped
        self._seen: dict[str, str] = {}
        self._skipped = 0
        self._aside: Counter[str] = Counter()
        self.held: list[tuple[Place, list[tuple[str, int]]]] = []
        self.twice: set[str] = set()

    def pages(self, places: Iterable[Place]) -> Iterator[Page]:
        """The pages of sources; as ``gather``."""
        for place in places:
            self.held.append((place, []))
            try:
                yield from self._pages(place)
            except KgError as error:
                if self._on_error is None:
                    raise
                self._on_error(place.name, error)
        if self._aside:
            kinds = ", ".join(f"{n:,} {ending}" for ending, n in self._aside.most_common(6))
            _NOTES.info("passed over files that no reader knows: %s", kinds)

    def _pages(self, place: Place) -> Iterator[Page]:
        """The pages of a source whose texts were not read yet."""
        found, skipped = 0, self._skipped
        for page in pages(place, self._settings, self._skip, self._aside):
            found += 1
            if page.sha256 in self._seen:
                told = page.name, self._seen[page.sha256]
                self.twice.add(page.sha256)
                _LOG.warning("%s holds the same text as %s; read once", *told)
            else:
                self._seen[page.sha256] = page.name
                self.held[-1][1].append((page.sha256, len(page.text)))
                yield page
        if not (found or place.found.walked or skipped < self._skipped):
            raise NoTalks(f"{place.name}: no talk found in it")

    def _skip(self, part: Skipped) -> None:
        self._skipped += 1
        self._on_skip(part)
