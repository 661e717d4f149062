"""Sources to pages, one format a module: ``SUFFIXES``, ``claims(source)`` and ``read(source)``."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from typing import NamedTuple, Protocol, cast

from kg import registry
from kg.errors import KgError, ReadError
from kg.model import Page
from kg.readers._containers import BYTES, STDIN, Located, locate, too_long
from kg.readers._source import Source
from kg.settings import DEFAULT, Settings

__all__ = [
    "STDIN", "Located", "Location", "Place", "Reader", "Skipped", "Source", "choose", "gather", "located", "pages",
    "read", "readers",
]  # fmt: skip

Location = str | os.PathLike[str]
"""A path of a file, folder or archive, or "-" for standard input."""
OnError = Callable[[str, KgError], None]

_CLAIMED = 0.3
_LOG = logging.getLogger("kg")


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
    sure = {name: reader.claims(source) for name, reader in readers().items()}
    best = max(sure, key=lambda name: (sure[name], name == "text"))
    return best, sure[best]


def read(
    source: Location,
    settings: Settings = DEFAULT,
    on_skip: OnSkip | None = None,
) -> list[Page]:
    """The pages of one source, each read by the reader that fits its content best.

    Parameters:
        source: a path, a folder, an archive, or "-" for standard input.
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
    found: dict[tuple[str, ...], Located] = {}
    for source in sources:
        try:
            for one in locate(source, settings.max_page_chars * BYTES):
                found.setdefault(one.parts, one)
        except KgError as error:
            if on_error is None:
                raise
            on_error(str(source), error)
    return list(_named(sorted(found.values(), key=lambda one: (one.parts[-1], one.parts))))


def _named(found: Iterable[Located]) -> Iterator[Place]:
    for _, same in groupby(found, key=lambda one: one.parts[-1]):
        group = list(same)
        longest = max(len(one.parts) for one in group)
        tails = ([one.parts[-n:] for one in group] for n in range(1, longest + 1))
        chosen = next(t for t in tails if len(set(t)) == len(group))
        yield from (Place("/".join(tail), one) for tail, one in zip(chosen, group, strict=True))


def pages(
    place: Place,
    settings: Settings = DEFAULT,
    on_skip: OnSkip | None = None,
) -> Iterator[Page]:
    """The pages of a source.

    Raises:
        ReadError: as for ``read``.
    """
    given = replace(place.found.open(), name=place.name)
    try:
        name, sure = choose(given)
        if place.found.walked and sure < _CLAIMED:
            return  # a picture, a style sheet, a licence
        for found in readers()[name].read(given):
            if isinstance(found, Skipped):
                (on_skip or _log_skipped)(found)
            elif len(found.text) > settings.max_page_chars:
                raise too_long(found.name, settings.max_page_chars * BYTES)
            else:
                yield found
    except KgError:
        raise
    except Exception as error:
        _LOG.debug("reading %s", place.name, exc_info=True)
        what = f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"
        raise ReadError(f"{place.name} cannot be read ({what})") from None


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
    """
    seen: dict[str, str] = {}
    for place in places:
        try:
            for page in pages(place, settings, on_skip):
                if page.sha256 in seen:
                    told = page.name, seen[page.sha256]
                    _LOG.warning("%s holds the same text as %s; read once", *told)
                else:
                    seen[page.sha256] = page.name
                    yield page
        except KgError as error:
            if on_error is None:
                raise
            on_error(place.name, error)
