"""Listings of talks as a knowledge graph: who spoke, where they work and trained, what they talk about.

    >>> import kg
    >>> g = kg.build("page.txt")                            # doctest: +SKIP
    >>> g.query("trained-at", institution="Caltech").rows   # doctest: +SKIP
    >>> kg.save(g, "talks.ttl"); kg.save(g, "explorer.html")   # doctest: +SKIP

Names are loaded when first used, so importing the package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import KgError as KgError
    from kg.extraction import extract as extract
    from kg.facade import KnowledgeGraph as KnowledgeGraph
    from kg.facade import build as build
    from kg.facade import connect as connect
    from kg.facade import diff as diff
    from kg.facade import load as load
    from kg.facade import save as save
    from kg.facade import serve as serve
    from kg.facade import to_networkx as to_networkx
    from kg.model import Answer as Answer
    from kg.model import Entity as Entity
    from kg.model import Evidence as Evidence
    from kg.model import Fact as Fact
    from kg.model import Page as Page
    from kg.model import Speaker as Speaker
    from kg.model import Talk as Talk
    from kg.queries import Query as Query
    from kg.queries import catalogue as catalogue
    from kg.readers import read as read
    from kg.records import to_record as to_record
    from kg.settings import Settings as Settings

_HOMES = {
    "errors": ("KgError",),
    "extraction": ("extract",),
    "facade": (
        "KnowledgeGraph",
        "build",
        "connect",
        "diff",
        "load",
        "save",
        "serve",
        "to_networkx",
    ),
    "model": ("Answer", "Entity", "Evidence", "Fact", "Page", "Speaker", "Talk"),
    "queries": ("Query", "catalogue"),
    "readers": ("read",),
    "records": ("to_record",),
    "settings": ("Settings",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Answer",
    "Entity",
    "Evidence",
    "Fact",
    "KgError",
    "KnowledgeGraph",
    "Page",
    "Query",
    "Settings",
    "Speaker",
    "Talk",
    "build",
    "catalogue",
    "connect",
    "diff",
    "extract",
    "load",
    "read",
    "save",
    "serve",
    "to_networkx",
    "to_record",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
