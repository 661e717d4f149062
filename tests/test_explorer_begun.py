"""The first minutes in the explorer: nothing that a newcomer meets is a dead end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import kg

pytestmark = pytest.mark.browser
UNDATED = "The shore\nAda Bergström, Lund University\n\nWaves and what they leave.\n"


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page of the browser."""
    made = chromium.new_page(viewport={"width": 1280, "height": 800})
    yield made
    made.close()


def opened(page: Any, address: str) -> None:
    """Go there, and wait until the view is whole."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")


def test_an_address_of_nothing_offers_the_nearest_names(page: Any, every_address: str) -> None:
    for place in ("person/max-wellin", "text?of=claim/max-wellin"):
        opened(page, every_address + place)
        page.wait_for_selector("#refused .hits")
        assert "Max Welling" in page.inner_text("#refused .hits")
        assert page.get_by_role("link", name="Look for").count() == 1
    page.click("#refused .hits a:has-text('Max Welling')")
    page.wait_for_selector("h1:text-is('Max Welling')")


def test_a_page_without_years_says_nothing_of_them(
    page: Any, serve: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "page.txt").write_text(UNDATED, "utf-8")
    kg.build(tmp_path / "page.txt", workspace=tmp_path / "graph.kg")
    opened(page, serve(tmp_path / "graph.kg"))
    told = page.inner_text("#main")
    assert "null" not in told
    assert "none is stated" in told


def test_a_first_look_is_told_with_its_page(page: Any, every_address: str) -> None:
    """What a page shows first came with it; it asks for more once that is on the screen."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("/api/")[2]))
    opened(page, every_address)
    page.wait_for_selector("main .landing h2:text-is('Most connected')")
    assert not any(asked)
    opened(page, f"{every_address}person/mary-beard")
    page.wait_for_selector("main .facts blockquote")
    page.wait_for_selector("h2:has-text('Topics')")
    assert any(asked)
    assert not [path for path in asked if path.startswith("entity")]


def test_two_names_and_the_way_between_them_stands_there(page: Any, every_address: str) -> None:
    """The first name taken leads to the box of the other one; no button is needed."""
    opened(page, f"{every_address}way")
    page.fill("main input >> nth=0", "melzack")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("okeefe")
    page.wait_for_selector("[role=option]:visible")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".one-way blockquote")
    assert page.get_by_role("button", name="Copy link").count() == 1


def test_how_two_are_connected_leads_to_the_ways(page: Any, every_address: str) -> None:
    opened(page, f"{every_address}find?q=how is Ronald Melzack connected to John O'Keefe?")
    page.wait_for_selector(".answer")
    assert "advised by" in page.inner_text(".answer")
    assert page.locator("a[href*='query/path']").count() == 0
    page.click(".as-way a")
    page.wait_for_selector(".one-way blockquote")


def test_the_way_back_leads_to_where_one_was_on_the_page(page: Any, every_address: str) -> None:
    opened(page, f"{every_address}person/john-okeefe")
    page.locator("main .type-topic").last.scroll_into_view_if_needed()
    at = page.evaluate("scrollY")
    assert at > 100
    page.locator("main .type-topic").last.evaluate(
        "link => link.click()"
    )  # a click of its own scrolls
    page.wait_for_selector("html[data-ready^='topic/']", state="attached")
    assert page.evaluate("scrollY") == 0
    page.go_back()
    page.wait_for_selector("html[data-ready^='person/']", state="attached")
    for _ in range(30):
        if abs(page.evaluate("scrollY") - at) < 5:
            break
        page.wait_for_timeout(100)
    assert abs(page.evaluate("scrollY") - at) < 5


def test_lists_of_the_first_page_are_short_on_a_phone(page: Any, every_address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, every_address)
    some = page.locator(".kinds-of > div >> nth=0").locator("li:visible")
    assert some.count() == 5
    page.click(".kinds-of .more button >> nth=0")
    assert some.count() == 12


def test_examples_of_sparql_are_queries_alone_and_the_terms_are_at_hand(
    page: Any, every_address: str
) -> None:
    opened(page, f"{every_address}sparql")
    page.wait_for_selector(".editor[data-ready]")
    page.select_option("#example", "busiest-advisors")
    page.wait_for_selector(".results table")
    assert "<advised>" not in page.inner_text(".editor")
    for name in ("The vocabulary", "its shapes (SHACL)", "the data set (VoID)"):
        link = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        answer = httpx.get(every_address.rstrip("/") + link)
        assert (answer.status_code, answer.headers["content-type"][:11]) == (200, "text/turtle")


def test_an_example_that_fails_says_why(page: Any, every_address: str) -> None:
    """A server that is busy or gone is not a name that the graph does not have."""
    opened(page, f"{every_address}sparql")
    page.wait_for_selector(".editor[data-ready]")
    asked, none = "**/api/query/*", {"error": "nothing is called so"}
    page.route(asked, lambda route: route.fulfill(status=404, json=none))
    page.select_option("#example", "frequent-topics")
    page.wait_for_selector(".results .wrong >> text=what this graph does not have")
    page.unroute(asked)
    page.route(asked, lambda route: route.abort())
    page.select_option("#example", "flows")
    page.wait_for_selector(".results .wrong >> text=The server does not answer")
    assert "does not have" not in page.inner_text(".results")
