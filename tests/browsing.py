"""What tests share that open pages in a real browser: the browser, and graphs whose names want to be more than text."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from kg.facts.affiliation import Affiliation
from kg.facts.speaking import Speaking
from kg.model import Evidence, Page, Span, Speaker, Talk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EVIL = "window.harmed = 1"
HARMFUL = (
    f"<img src=x onerror='{EVIL}'>",
    f"</script><script>{EVIL}</script>",
    f"javascript:{EVIL}",
    f'"><svg onload="{EVIL}">',
    "one\u2028two\u2029three",
    "\u202egnol dna \u200fdlo\u202c",
)
"""Names that want to be more than text."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_path() -> str | None:
    """Where Chromium lies, if it is there."""
    named = os.environ.get("TALKGRAPH_BROWSER")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def talk(name: str, place: str) -> Talk:
    """A talk whose every field holds a name or a place."""
    page = Page(
        f"https://example.org/{name}", f"{name} is at {place}, and more: {name}.", "2024-02-03"
    )
    told: dict[str, Any] = {
        "subject": name,
        "evidence": Evidence(page, 0, len(page.text), page.text),
        "rule": "test/one",
        "confidence": 0.9,
    }
    at = Span(page.text.index(place), page.text.index(place) + len(place))
    role = f"role {name}"
    facts = (
        Speaking(**told, printed=name, at=Span(0, len(name)), person=name, role="speaker"),
        Affiliation(**told, printed=place, at=at, organization=place, role=role),
    )
    return Talk(
        page,
        f"Talk {name}",
        series=f"Series {place}",
        abstract=f"About {name}",
        speakers=(Speaker(name, facts),),
    )


Watching = Callable[..., AbstractContextManager[Any]]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium without a window; tests that use it carry the mark ``browser``.

    It ends with the module: while it is there a loop of asyncio runs, and no other may.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield made
        made.close()


@pytest.fixture
def watching(chromium: Browser) -> Watching:
    """Opens pages that must log nothing, ask nobody but this machine, and run nothing that a graph says."""

    @contextmanager
    def watched(
        own: tuple[str, ...] = ("http://127.0.0.1:", "blob:", "data:"),
        size: tuple[int, int] = (1440, 900),
        but: str = "never said",
    ) -> Iterator[Any]:
        """A page; what is logged may hold ``but``."""
        seen: list[str] = []
        page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
        page.set_default_timeout(15_000)
        page.on("console", lambda m: None if but in m.text else seen.append(m.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("dialog", lambda dialog: seen.append(dialog.message))
        page.on("request", lambda r: None if r.url.startswith(own) else seen.append(r.url))
        yield page
        harmed = page.evaluate("window.harmed")
        page.close()
        assert (seen, harmed) == ([], None)

    return watched
