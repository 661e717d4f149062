"""The explorer in a real browser: each address gives its view again, asks nobody else, and nothing is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

import kg
from tests.browsing import HARMFUL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from kg.graph import KnowledgeGraph

pytestmark = pytest.mark.browser
ADDRESSES = (
    "",
    "find?q=welling",
    "find?q=who+trained+at+Caltech%3F",
    "{person}",
    "{person}?view=graph",
    "{person}?view=graph&hide=award",
    "{person}?view=table",
    "{person}?view=timeline",
    "map",
    "map?network=co-speaker",
    "way?one={person}&other={other}",
    "queries",
    "query/trained-at?institution=Caltech&run=1",
    "sparql",
)
HOSTILE = (
    *HARMFUL,
    "<!-- <script>",
)
SIZES = {"wide": (1440, 900), "phone": (390, 844)}


class Watched:
    """A page, what it asked of others and what went wrong on it."""

    def __init__(self, chromium: Browser, size: str = "wide", **more: Any) -> None:
        """Open it."""
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, **more)
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def open(self, address: str) -> Page:
        """Go there, and wait until the view is whole."""
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        self.page.wait_for_load_state("networkidle")
        return self.page

    def close(self) -> None:
        """End it."""
        self.page.context.close()


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    """A page of the browser."""
    made = Watched(chromium)
    yield made
    made.close()


def named(graph: KnowledgeGraph, place: str) -> str:
    """An address with the ends of IRIs in it."""
    found = [graph.search(name, None, 1)[0].thing.iri for name in ("Max Welling", "Elinor Ostrom")]
    person, other = (iri.removeprefix(graph.base) for iri in found)
    return place.format(person=person, other=other)


@pytest.mark.parametrize("place", ADDRESSES)
def test_an_address_gives_the_same_view_again_and_asks_nobody_else(
    watched: Watched, every: KnowledgeGraph, every_address: str, place: str
) -> None:
    page = watched.open(every_address + named(every, place))
    seen = page.inner_text("#main")
    assert seen.strip()
    address = page.url
    assert watched.open(address).inner_text("#main") == seen
    assert watched.hosts == {urlsplit(every_address).netloc}
    assert watched.wrong == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    chromium: Browser, every: KnowledgeGraph, every_address: str, size: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    watched = Watched(chromium, size, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    found = {}
    for place in ADDRESSES:
        page = watched.open(every_address + named(every, place))
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{place} is {wide} pixels too wide"
        told = Axe().run(page).response["violations"]
        serious = [v for v in told if v["impact"] in {"serious", "critical"}]
        if serious:
            found[place] = [(v["id"], v["nodes"][0]["html"][:200]) for v in serious]
    watched.close()
    assert not found, json.dumps(found, indent=1)


def test_nothing_that_a_graph_says_runs(
    chromium: Browser, serve: Callable[..., str], tmp_path: Path
) -> None:
    evil = HOSTILE[0]
    text = f"""Tides of {evil}
Speaker: Ada {evil} Bergström, University of {evil} Lund
Abstract: {" ".join(HOSTILE)} rewriting systems.
Bio: Ada {evil} Bergström is a professor of {evil} at Lund University.
She got her PhD from {HOSTILE[3]} Ghent University.
"""
    (tmp_path / "page.txt").write_text(text, "utf-8")
    found = kg.build(tmp_path / "page.txt", workspace=tmp_path / "graph.kg")
    address, base = serve(tmp_path / "graph.kg"), found.base
    watched = Watched(chromium)
    kinds = ("person", "organization", "topic", "talk", "award")
    paths = [str(s).removeprefix(base) for s in found.rdf.subjects(unique=True)]
    things = [path for path in paths if path.startswith(kinds)]
    assert things
    for path in ("", "map", "queries", f"find?q={evil}"):
        watched.open(address + path)
    for path in things[:12]:
        for view in ("facts", "graph", "table", "timeline"):
            page = watched.open(f"{address}{path}?view={view}")
            page.mouse.move(700, 450)
    assert watched.page.evaluate("window.harmed") is None
    watched.close()
