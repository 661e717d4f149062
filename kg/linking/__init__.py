"""Affiliations as printed to organizations of an imported registry: one string in, one answer with its reasons out.

The order of steps, and that no answer is better than a wrong one, follow what published linkers found: exact names
before loose ones, acronyms only with further signs (S2AFF, https://github.com/allenai/S2AFF).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kg import authorities, names
from kg.errors import UnknownName
from kg.linking import _ror, _store
from kg.linking._candidates import Reader, weights
from kg.linking._ror import Name, Organization
from kg.linking._store import Store

__all__ = [
    "Bundled",
    "Linked",
    "Linker",
    "Name",
    "Organization",
    "add_ror",
    "imported",
    "kept_in",
    "linker",
    "registry",
    "remove_ror",
]

_PIECES = re.compile(r"[,;()/|]")
_SHOWN = 3


@dataclass(frozen=True)
class Linked:
    """What an affiliation stands for.

    Parameters:
        id: of the registry, or ``organization/NAME`` of the bundled vocabulary; None where nothing is known well.
        score: from 0 to 1; with a registry, how likely the answer is right.
        because: the signs that decided, with their points; where there is no answer, what was nearest.
    """

    text: str
    id: str | None
    name: str | None
    score: float
    because: tuple[str, ...]


class Links(Protocol):
    """What answers for affiliations."""

    def link(self, text: str) -> Linked:
        """The one organization an affiliation stands for."""


def add_ror(path: str | Path) -> int:
    """Import a dump of the Research Organization Registry; the number of its active organizations.

    Raises:
        ReadError: the file is no dump; what was imported before stays.
    """
    source = Path(path)
    return _store.write(_ror.read(source), source.name)


def remove_ror() -> None:
    """Forget the imported registry.

    Raises:
        UnknownName: none is imported.
    """
    if not _store.path().is_file():
        raise UnknownName("registry", "ror", ())
    _store.path().unlink()


def kept_in() -> Path:
    """The file that keeps the imported registry."""
    return _store.path()


def imported() -> list[dict[str, Any]]:
    """The registries that are imported: ``registry``, ``organizations``, ``source``, ``file``."""
    if not _store.path().is_file():
        return []
    store = Store()
    return [
        {
            "registry": "ror",
            "organizations": store.size,
            "source": store.source,
            "file": str(_store.path()),
        }
    ]


def registry() -> Linker | None:
    """The imported registry; None where none is.

    Raises:
        MissingPart: an older version imported it.
    """
    return Linker() if _store.path().is_file() else None


def linker() -> Links:
    """By the imported registry where there is one, else by the bundled vocabulary."""
    return registry() or Bundled()


class Bundled:
    """Links affiliations to the bundled vocabulary of institutions."""

    def link(self, text: str) -> Linked:
        """The institution that a piece between commas names whole; None where no piece or several do."""
        pieces = [p.strip() for p in _PIECES.split(text) if p.strip()]
        found = {
            c.name: c
            for p in (text, *pieces)
            if (c := authorities.decided(authorities.readings(p))) and c.because != "slot"
        }
        homes = {c.parent for c in found.values()}
        best = [c for c in found.values() if c.name not in homes]
        if len(best) != 1:
            told = tuple(f"names {c.name}" for c in best[:_SHOWN])
            return Linked(text, None, None, 0.0, told or ("no known name stands in it",))
        (one,) = best
        return Linked(
            text, f"organization/{names.slug(one.name)}", one.name, one.score, (one.because,)
        )


class Linker:
    """Links affiliations to the registry that was imported.

    Raises:
        MissingPart: none was.
    """

    def __init__(self) -> None:
        self._store = Store()
        self._reader = Reader(self._store)
        self._countries = self._store.countries()

    def link(self, text: str) -> Linked:
        """The one organization an affiliation stands for."""
        found, least = self._reader.judged(text), weights().least
        if not found or found[0].sure < least:
            near = tuple(
                f"nearest: {j.candidate.home.name} ({j.sure:.2f}, needed is {least:g})"
                for j in found[:_SHOWN]
            )
            return Linked(text, None, None, 0.0, near or ("no known name stands in it",))
        best = found[0].candidate
        signs = tuple(f"{sign} {points:+g}" for sign, points in found[0].because if points)
        if best.home is not best.record:
            signs = (*signs, f"{best.record.name} is a part of it")
        return Linked(text, best.home.id, best.home.name, round(found[0].sure, 2), signs)

    def country(self, code: str) -> str:
        """The name of a country by its code, or ""."""
        return self._countries.get(code, "")

    def record(self, id_: str) -> Organization:
        """All that the registry knows of an organization.

        Raises:
            UnknownName: the registry has no active organization with this id.
        """
        if not self._store.has(id_):
            raise UnknownName("organization", id_, ())
        return self._store.record(id_)
