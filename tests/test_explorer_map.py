"""The map in a real browser: by pointer, by keys and by its address; nothing it says is only in the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
]
READY = "html[data-ready=map]"
DRAWN = "canvas[data-drawn]"
FIND_DISC = """() => {
  const canvas = document.querySelector("canvas");
  const told = getComputedStyle(document.documentElement).getPropertyValue("--island-0").trim();
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(told.slice(at, at + 2), 16));
  const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const ratio = canvas.width / canvas.getBoundingClientRect().width;
  const near = (x, y) => {
    const at = 4 * (y * width + x);
    return Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) < 70;
  };
  for (let y = 4; y < height - 4; y += 2) for (let x = 4; x < width - 4; x += 2) {
    const around = [[0, 0], [3, 0], [-3, 0], [0, 3], [0, -3]];
    if (around.every(([dx, dy]) => near(x + dx, y + dy))) return [x / ratio, y / ratio];
  }
}"""


@pytest.fixture(scope="module")
def address(serve: Callable[..., str], all_examples: Path) -> str:
    """Where a graph is served whose talks have years."""
    return serve(all_examples)


@pytest.fixture
def page(watching: Callable[..., Any]) -> Iterator[Any]:
    """A page that may ask nobody but the server, and log nothing."""
    with watching(size=(1300, 900)) as made:
        yield made


def opened(page: Any, address: str, values: str = "") -> None:
    """Open the map."""
    page.goto(f"{address}map{values}")
    page.wait_for_selector(READY)
    page.wait_for_selector(DRAWN)


def choose(page: Any, text: str) -> str:
    """Find something on the map by its name; the name in the panel."""
    page.fill(".map-find input", text)
    page.keyboard.press("Enter")
    page.wait_for_selector(".map-panel:not([hidden])")
    return str(page.inner_text(".map-panel h2"))


def test_a_click_tells_of_a_node_and_a_link_of_its_talks(page: Any, address: str) -> None:
    opened(page, address)
    x, y = page.evaluate(FIND_DISC)
    box = page.locator("canvas").bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + y)
    page.wait_for_selector(".map-panel:not([hidden])")
    name = page.inner_text(".map-panel h2 a")
    assert "at=topic" in page.url
    page.click(".map-panel .near button >> nth=0")
    page.wait_for_selector(".map-panel .behind li a.type-talk")
    assert name in page.inner_text(".map-panel h2")
    assert "with=" in page.url
    page.go_back()
    page.wait_for_selector(".map-panel .near")
    page.go_back()
    page.wait_for_selector(".map-panel", state="hidden")


def test_a_reload_gives_the_same_view(page: Any, address: str) -> None:
    opened(page, address)
    choose(page, "a")
    page.click(".map-panel .near button >> nth=0")
    page.wait_for_selector(".map-panel .behind li")
    page.focus("input[aria-label='From year']")
    page.keyboard.press("ArrowRight")
    page.click(".communities input >> nth=0")
    page.wait_for_url("**community=**")

    def told() -> list[str]:
        page.wait_for_selector(".map-panel .behind li")
        return [page.inner_text(".map-panel"), page.inner_text(".years"), page.url]

    before = told()
    page.reload()
    page.wait_for_selector(DRAWN)
    assert told() == before
    assert not page.is_checked(".communities input >> nth=0")


def test_years_fade_and_nothing_moves(page: Any, address: str) -> None:
    opened(page, address)
    page.click("text=The same as a table")
    page.wait_for_selector(".map-main tbody tr")
    rows = page.locator(".map-main tbody tr").count()
    page.focus("input[aria-label='From year']")
    page.keyboard.press("End")
    page.wait_for_url("**from=**")
    assert page.locator(".map-main tbody tr").count() < rows
    page.click("text=all years")
    assert "from=" not in page.url
    assert page.locator(".map-main tbody tr").count() == rows


def test_the_table_says_what_the_picture_says(page: Any, address: str) -> None:
    opened(page, address)
    page.click("text=The same as a table")
    page.click(".map-main tbody button >> nth=0")
    page.wait_for_selector(".map-panel .behind li")
    row = page.locator(".map-main tbody tr >> nth=0")
    for name in row.locator("a").all_inner_texts():
        assert name in page.inner_text(".map-panel h2")


def test_three_networks_and_flows_with_their_sentences(page: Any, address: str) -> None:
    opened(page, address)
    page.click(".tabs >> text=Institutions")
    page.wait_for_selector("h1:has-text('trained')")
    assert "network=institution-flow" in page.url
    page.click("text=The same as a table")
    page.click(".map-main tbody button >> nth=0")
    page.wait_for_selector(".map-panel .behind blockquote mark")
    page.click(".tabs >> text=Speakers")
    page.wait_for_selector("h1:has-text('Speakers')")


def test_the_canvas_is_moved_by_keys(page: Any, address: str) -> None:
    opened(page, address)
    drawn = int(page.get_attribute("canvas", "data-drawn"))
    page.focus("canvas")
    for key in ("ArrowLeft", "+", "0", "Enter"):
        page.keyboard.press(key)
        page.wait_for_timeout(40)
    assert int(page.get_attribute("canvas", "data-drawn")) >= drawn + 4
    page.wait_for_selector(".map-panel:not([hidden])")
    page.keyboard.press("Escape")
    page.wait_for_selector(".map-panel", state="hidden")


def test_the_handle_that_is_held_can_be_told(page: Any, address: str) -> None:
    """The outline is around one handle, and the hint for those at the keys is there also where the window is narrow."""
    opened(page, address)
    seen = []
    for name in ("From year", "Until year"):
        page.focus(f"input[aria-label='{name}']")
        seen.append(page.locator(".years-range").screenshot())
    assert seen[0] != seen[1]
    page.set_viewport_size({"width": 390, "height": 844})
    hint = page.locator("#map-keys")
    assert hint.bounding_box()["width"] < 2
    page.focus("canvas")
    page.keyboard.press("ArrowLeft")
    assert hint.bounding_box()["width"] > 200


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_pictures_are_saved_with_their_caption(page: Any, address: str, kind: str) -> None:
    opened(page, address)
    with page.expect_download() as got:
        page.click(f"button:text-is('{kind}')")
    data = got.value.path().read_bytes()
    if kind == "PNG":
        assert data.startswith(b"\x89PNG")
        assert len(data) > 30_000
        return
    text = data.decode()
    assert "Topics that share talks" in text
    assert "seed 7" in text.replace("</text>", " ")
    assert address in text


def test_a_picture_holds_no_sign_that_xml_cannot(page: Any, address: str) -> None:
    opened(page, address)
    clean = "async (text) => (await import('/static/explorer/dom.js')).holdable(text)"
    assert (
        page.evaluate(clean, "a\u0001b\u000bc\ufffe <\u6f22>\U0001f30a\n")
        == "abc <\u6f22>\U0001f30a\n"
    )


def test_a_phone_has_it_all_in_one_column(chromium: Any, address: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    opened(page, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.tap("canvas")
    page.close()
