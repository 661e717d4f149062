"""Files beside a source that tell who its speakers are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.errors import KgError
from kg.readers import Source

_STEMS = ("speakers", "people", "presenters", "authors", "persons")


def speakers(
    source: Source, suffixes: Iterable[str], parse: Callable[[Source], object]
) -> Iterator[tuple[str, object]]:
    """The names and values of files of speakers beside a source; those that cannot be read are passed over."""
    for name in (f"{stem}{suffix}" for stem in _STEMS for suffix in suffixes):
        data = source.beside(name) if name != source.name else None
        if data is not None:
            try:
                yield name, parse(Source(name, data))
            except KgError:
                continue
