"""The picture around a thing: ten more at a time, nothing that is shown moves, all of it by keyboard and in words."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
PLACE = "organization/lund-university"
NAMES = """
    Ada Bo Cleo Dag Eva Finn Greta Hugo Ines Jon Kaj Lea Max Nora Olaf Pia Quentin Rut Sven Tove Ulf Vera Wim Ylva
""".split()
HOSTILE = [
    "<img src=x onerror='window.harmed=1'>",
    "</svg><script>window.harmed=1</script>",
    "\u202eabc & \u0001 \"'",
]
GATHERED = """async ([path, values]) => {
  const [{ gathered }, { remote }] = await Promise.all(
    [import("/static/explorer/around.js"), import("/static/explorer/remote.js")]);
  const found = await gathered(remote, { path, values });
  return { spots: [...found.things.values()].map((one) => [one.iri, one.x, one.y]), hidden: found.hidden }; }"""


@pytest.fixture(scope="module")
def hub(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a graph is served in which 24 people are at one place."""
    import kg

    folder = tmp_path_factory.mktemp("hub")
    page = folder / "talks.yml"
    records = [
        f"- title: The shore at {number}\n  speaker: {name} Berg\n  affiliation: Lund University\n"
        f"  date: 2020-03-{number + 1:02}\n"
        for number, name in enumerate(NAMES)
    ]
    page.write_text("".join(records), "utf-8")
    kg.build(page, workspace=folder / "talks.kg")
    return serve(folder / "talks.kg").rstrip("/")


@pytest.fixture
def page(watching: Callable[..., Any]) -> Iterator[Any]:
    """A page that may ask nobody but the server, and logs nothing."""
    with watching(size=(1280, 900)) as made:
        yield made


def opened(page: Any, address: str) -> None:
    """Open the picture of a place, and wait until it and its panel stand."""
    page.goto(address)
    page.wait_for_selector(".graph-canvas canvas")
    page.wait_for_selector(".graph-side h2")


def told(page: Any) -> str:
    """How much the picture says that it shows."""
    text: str = page.text_content(".tally")
    return text


def test_ten_more_at_a_time_and_undone(page: Any, hub: str) -> None:
    """The button says how many are shown of how many; Undo and the way back take the last ten away again."""
    opened(page, f"{hub}/{PLACE}?view=graph")
    assert told(page).startswith("11 things · 10 of 24 ties of Lund University")
    more = page.get_by_role("button", name="Expand: ← affiliated with, 10 of 24 shown")
    more.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('.tally').textContent.startsWith('21 things')"
    )
    page.wait_for_function("() => document.activeElement.textContent.includes('20 of 24')")
    page.get_by_role("button", name="20 of 24 shown").click()
    page.wait_for_selector("text=All that it is tied to")
    assert told(page).startswith("25 things · 24 of 24")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function(
        "() => document.querySelector('.tally').textContent.startsWith('21 things')"
    )
    page.go_back()
    page.wait_for_function(
        "() => document.querySelector('.tally').textContent.startsWith('11 things')"
    )


def test_what_is_shown_stays_where_it_is(page: Any, hub: str) -> None:
    """However much is opened or hidden, each thing has its place, and none has that of another."""
    page.goto(f"{hub}/{PLACE}?view=graph")
    begun = page.evaluate(GATHERED, [PLACE, {}])["spots"]
    values = {"open": "~^affiliatedWith~24*person/ada-berg~^speaker~10"}
    later = page.evaluate(GATHERED, [PLACE, values])["spots"]
    assert (len(begun), len(later)) == (11, 26)
    assert later[: len(begun)] == begun
    assert len({(x, y) for _, x, y in later}) == len(later)
    sifted = page.evaluate(GATHERED, [PLACE, values | {"hide": "talk"}])
    assert [spot for spot in later if "/talk/" not in spot[0]] == sifted["spots"]
    assert sifted["hidden"] == {"units": 0, "filtered": 1, "orphans": 0}


def test_a_link_gives_the_same_picture(page: Any, hub: str) -> None:
    """What was opened, chosen and hidden stands in the address."""
    opened(page, f"{hub}/{PLACE}?view=graph&open=~^affiliatedWith~20&at=person/bo-berg&hide=topic")
    assert page.text_content(".graph-side h2") == "Bo Berg"
    before = page.inner_text(".graph")
    page.reload()
    page.wait_for_selector(".graph-side h2")
    assert page.inner_text(".graph") == before


def ring(page: Any) -> tuple[str, str]:
    """Where the picture has the thing that is chosen."""
    with page.expect_download() as drawn:
        page.get_by_role("button", name="Save as SVG").click()
    tree = ET.fromstring(Path(drawn.value.path()).read_text("utf-8"))
    [circle] = [one for one in tree.iter() if one.tag.endswith("circle")]
    return circle.attrib["cx"], circle.attrib["cy"]


def test_a_view_that_was_scaled_stays_and_says_what_is_out_of_sight(page: Any, hub: str) -> None:
    """Newcomers bring themselves into sight only where nobody has scaled or moved the picture."""
    opened(page, f"{hub}/{PLACE}?view=graph")
    page.focus(".graph-canvas")
    for _ in range(3):
        page.keyboard.press("+")
        page.wait_for_timeout(300)
    before = ring(page)
    for number in ("10 of 24", "20 of 24"):
        page.get_by_role("button", name=f"{number} shown").click()
        page.wait_for_selector(f".openers button:not(:has-text('{number}')), .graph-side .kind")
    page.wait_for_selector(".tally >> text=out of sight: Fit shows all")
    page.wait_for_timeout(300)
    assert ring(page) == before
    page.get_by_role("button", name="Fit").click()
    assert "out of sight" not in told(page)
    page.wait_for_timeout(300)
    assert ring(page) != before


def test_by_keyboard_alone(page: Any, hub: str) -> None:
    """Arrows go from thing to thing and say which; Enter opens what is around it, u undoes, o goes to its page."""
    opened(page, f"{hub}/{PLACE}?view=graph")
    page.focus(".graph-canvas")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => new URL(location).searchParams.get('at')?.startsWith('person/')")
    path = page.evaluate("new URL(location).searchParams.get('at')")
    page.wait_for_function(
        "() => document.querySelector('.graph-side h2').textContent.endsWith('Berg')"
    )
    assert "person, affiliated with" in page.text_content("#voice")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('.tally').textContent.startsWith('12 things')"
    )
    page.keyboard.press("u")
    page.wait_for_function(
        "() => document.querySelector('.tally').textContent.startsWith('11 things')"
    )
    page.keyboard.press("o")
    page.wait_for_function(f"() => location.pathname === '/{path}'")


def test_by_pointer(page: Any, hub: str) -> None:
    """A thing under the pointer is named; a click on its name puts it into the panel; so do the links there."""
    opened(page, f"{hub}/{PLACE}?view=graph")
    page.wait_for_timeout(300)
    box = page.locator(".graph-canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    assert "Lund University" in page.text_content(".canvas-tip")
    page.mouse.click(x, y + 24)
    page.wait_for_function(
        "() => document.querySelector('.graph-side h2').textContent === 'Lund University'"
    )
    link = page.evaluate("""async () => {
      const links = document.querySelectorAll('.graph-side .ends a'); return links[0].textContent; }""")
    page.get_by_role("link", name=link).first.click()
    page.wait_for_function(
        f"() => document.querySelector('.graph-side h2').textContent === {json.dumps(link)}"
    )


def test_saved_with_title_date_legend_and_link(page: Any, hub: str) -> None:
    """The SVG is well-formed and says what it is; the PNG is one."""
    opened(page, f"{hub}/{PLACE}?view=graph")
    page.wait_for_timeout(300)
    with page.expect_download() as drawn:
        page.get_by_role("button", name="Save as SVG").click()
    assert drawn.value.suggested_filename == "around-lund-university.svg"
    text = Path(drawn.value.path()).read_text("utf-8")
    said = " ".join(
        "".join(e.itertext()) for e in ET.fromstring(text).iter() if e.tag.endswith("text")
    )
    for part in (
        "Around Lund University",
        "11 things",
        "people 10",
        f"{hub}/{PLACE}?view=graph",
        "Bo Berg",
    ):
        assert part in said
    with page.expect_download() as dots:
        page.get_by_role("button", name="Save as PNG").click()
    assert Path(dots.value.path()).read_bytes().startswith(b"\x89PNG")


def test_names_are_never_markup(page: Any, hub: str) -> None:
    """Whatever a thing, a line or a title is called, tooltip and file show it as text."""
    page.goto(f"{hub}/{PLACE}?view=graph")
    written = page.evaluate(
        """async (names) => {
      const { mount } = await import("/static/explorer/canvas.js");
      const { svg } = await import("/static/explorer/picture.js");
      const box = document.body.appendChild(document.createElement("div"));
      box.style.cssText = "position: fixed; inset: 0; width: 600px; height: 400px; z-index: 99";
      const canvas = await mount(box);
      const node = (name, i) => ({ id: name, kind: name, text: name, tip: [name, name], x: i * 90, y: 0, r: 9 });
      const nodes = names.map(node);
      canvas.setGraph({ nodes, links: [{ id: "l", from: names[0], to: names[1], label: names[0], tip: [names[1]] }] });
      canvas.setState({ chosen: names[0], camera: "first" });
      await new Promise((done) => setTimeout(done, 200));
      const [first] = canvas.drawn().nodes;
      const at = { clientX: first.x, clientY: first.y, bubbles: true };
      box.querySelector("canvas").dispatchEvent(new PointerEvent("pointermove", at));
      const tip = box.querySelector(".canvas-tip");
      const [a, b, c] = names;
      const about = { title: b, note: a, date: c, link: a, kinds: [[a, 1]], dashed: b };
      const found = [svg(canvas.drawn(), about), tip.textContent, tip.querySelectorAll("img, script").length];
      canvas.destroy(); box.remove(); return found; }""",
        HOSTILE,
    )
    tree = ET.fromstring(written[0])
    assert not [e for e in tree.iter() if e.tag.endswith(("script", "img"))]
    assert HOSTILE[1] in "".join(tree.itertext())
    assert (written[1], written[2]) == (HOSTILE[0] * 2, 0)


def test_on_a_phone(chromium: Any, hub: str) -> None:
    """The picture is above, the panel below, and nothing is wider than the screen."""
    made = chromium.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    opened(made, f"{hub}/{PLACE}?view=graph")
    picture, panel = (made.locator(s).bounding_box() for s in (".graph-canvas", ".graph-side"))
    assert picture["y"] + picture["height"] <= panel["y"]
    assert made.evaluate("document.documentElement.scrollWidth") <= 390
    made.wait_for_timeout(300)
    made.touchscreen.tap(picture["x"] + picture["width"] / 2, picture["y"] + picture["height"] / 2)
    assert made.text_content(".graph-side h2") == "Lund University"
    made.close()


def test_names_are_whole_where_there_is_room_and_that_of_the_chosen_always(
    page: Any, hub: str
) -> None:
    """A long name is cut where others stand in its way only; that of what is chosen goes on in lines beneath it."""
    page.goto(f"{hub}/{PLACE}?view=graph")
    long = "Tides that a very long name of a talk tells of, from the first word to the last of it"
    found = page.evaluate(
        """async (long) => {
      const { placed, short } = await import("/static/explorer/labels.js");
      const one = (x, y, more) => ({ x, y, r: 8, style: "plain", own: {}, text: short(long), whole: long, ...more });
      const texts = (labels, width) => placed(labels, [], width).map((label) => label.text);
      const crowd = Array.from({ length: 9 }, (_, i) => one(260, 20 + 15 * i));
      const firm = one(100, 100, { text: long, firm: true });
      return [texts([one(100, 100)], 1200), texts(crowd, 560), texts([firm], 300)]; }""",
        long,
    )
    assert found[0] == [long]
    assert any(text.endswith("…") for text in found[1])
    assert len(found[2]) > 1
    assert " ".join(found[2]) == long
