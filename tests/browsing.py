"""Fixtures of tests that open pages in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser_path() -> str | None:
    """Where Chromium lies, if it is there."""
    named = os.environ.get("TALKGRAPH_BROWSER")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


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
