"""What the manifest says of settings, of pages, and of what people state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from kg.model import Page, Talk
from kg.settings import Settings

STATED = ("title", "licence")
"""What people state of a graph, and no page."""


def stated(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The title and the licence of a graph, where its manifest has them."""
    return {name: str(manifest[name]) for name in STATED if manifest.get(name)}


def of_settings(settings: Settings) -> dict[str, str]:
    """The title and the licence that settings give; "" where one is to be taken away."""
    given = {name: getattr(settings, name) for name in STATED}
    return {name: " ".join(text.split()) for name, text in given.items() if text is not None}


def settings_told(settings: Settings) -> dict[str, Any]:
    """Settings without what decides nothing in the graph: how it was made, what it is called, where answers lie."""
    silent = {"jobs", "rebuild", "private", *STATED}
    told = {k: v for k, v in asdict(settings).items() if k not in silent}
    if settings.llm:
        told["llm"] = {k: v for k, v in told["llm"].items() if k not in {"url", "cache"}}
    return told


def sources(pages: Iterable[Page], talks: Iterable[Talk]) -> Iterator[dict[str, Any]]:
    """What the manifest says of some pages."""
    counts = dict[str, int]()
    for talk in talks:
        counts[talk.page.sha256] = counts.get(talk.page.sha256, 0) + 1
    for page in pages:
        yield source_row(page.name, page.sha256, len(page.text), counts.get(page.sha256, 0))


def source_row(name: str, sha256: str, characters: int, talks: int) -> dict[str, Any]:
    """What the manifest says of a page."""
    return {"name": name, "sha256": sha256, "characters": characters, "talks": talks}
