"""The picture in a real browser: safe, offline, still, and usable by mouse, keyboard and on a phone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import exports
from kg.exports import pyvis
from kg.graph import KnowledgeGraph, assemble
from tests.browsing import HARMFUL, talk

CORPUS = (
    *HARMFUL,
    "<!-- <script>",
    "{{data}} ${1} %s",
    "<b>bold</b> &lt;i&gt;",
    "<iframe src='https://example.org/'>",
    "\\u003c/script>",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture with the corpus in every field."""
    talks = [talk(f"{name} {i}", f"Place {name}") for i, name in enumerate(CORPUS)]
    return exports.save(assemble(talks), tmp_path_factory.mktemp("hostile") / "graph.pyvis.html")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture of three people in two places."""
    return exports.save(few(), tmp_path_factory.mktemp("plain") / "graph.pyvis.html")


def few() -> KnowledgeGraph:
    """Three people in two places."""
    return assemble([talk("Ada Berg", "Lund"), talk("Bo Ek", "Lund"), talk("Zoë Ågren", "Ghent")])


@pytest.fixture
def watched(watching: Callable[..., Any]) -> Iterator[Any]:
    """A page that must ask nothing of the network, log nothing and run nothing of the corpus."""
    with watching(own=("file:",)) as made:
        yield made


def opened(page: Any, file: Path) -> dict[str, Any]:
    """Open a picture; what its data say."""
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=yes]")
    data: dict[str, Any] = json.loads(page.text_content("#data"))
    return data


def focus(page: Any, name: str) -> tuple[float, float]:
    """Find something by name; where on the screen it then is."""
    page.fill("#search", name)
    page.keyboard.press("Enter")
    page.wait_for_selector("#facts:not([hidden])")
    page.wait_for_timeout(800)
    stage = page.locator("#picture").bounding_box()
    panel = page.locator("#facts").bounding_box()
    return stage["x"] + (stage["width"] - panel["width"]) / 2, stage["y"] + stage["height"] / 2


@pytest.mark.browser
def test_hostile_names_are_only_text(watched: Any, hostile: Path) -> None:
    data = opened(watched, hostile)
    for name in CORPUS[:4]:
        x, y = focus(watched, name)
        assert name in watched.inner_text("#facts h2")
        watched.mouse.move(x + 90, y + 90)
        watched.mouse.move(x + 3, y + 3, steps=12)
        watched.wait_for_selector("#tip:not([hidden])")
        assert name in watched.text_content("#tip")
        watched.keyboard.press("Escape")
    labels = " ".join(node["label"] for node in data["nodes"])
    assert all(name in labels for name in CORPUS)
    assert watched.locator("img, iframe, b b, svg[onload]").count() == 0


def test_the_file_lets_nothing_else_in(hostile: Path) -> None:
    text = hostile.read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    data = text.partition('type="application/json">')[2].partition("</script>")[0]
    assert not set(data) & set("<>&\u2028\u2029")
    outside = re.findall(r'(?:src|href)="?(?:https?:)?//', text.partition("<script>")[0])
    assert not outside
    assert text.count("</script>") == 3


def test_pyvis_network_is_safe_to_use() -> None:
    net = pyvis.to_pyvis(few(), max_nodes=5)
    assert [node["id"] for node in net.nodes] == list(range(5))
    assert net.directed
    assert net.options["physics"] == {"enabled": False}
    assert all(isinstance(node["x"], int) and "title" not in node for node in net.nodes)
    ends = {end for edge in net.edges for end in (edge["from"], edge["to"])}
    assert ends == set(range(5)), "nobody stands alone"


@pytest.mark.browser
@pytest.mark.browser
def test_hover_shows_the_sentence(watched: Any, plain: Path) -> None:
    data = opened(watched, plain)
    x, y = focus(watched, "ada")
    assert "Ada Berg is at Lund, and more: Ada Berg." in watched.inner_text(
        "#facts blockquote >> nth=0"
    )
    nodes = {node["label"]: node for node in data["nodes"]}
    ada, lund = nodes["Ada Berg"], nodes["Lund"]
    watched.mouse.move(x + (lund["x"] - ada["x"]) * 0.75, y + (lund["y"] - ada["y"]) * 0.75)
    watched.wait_for_selector("#tip:not([hidden]) q")
    assert watched.text_content("#tip strong") == "Ada Berg → Lund"
    assert watched.text_content("#tip q") == "Ada Berg is at Lund, and more: Ada Berg."


@pytest.mark.browser
@pytest.mark.browser
def test_keyboard_alone(watched: Any, plain: Path) -> None:
    opened(watched, plain)
    watched.keyboard.press("/")
    watched.keyboard.type("agren")
    assert watched.locator("#hits [role=option]").first.inner_text().startswith("Zoë Ågren")
    watched.keyboard.press("Enter")
    assert watched.inner_text("#facts h2") == "Zoë Ågren"
    watched.keyboard.press("Escape")
    assert watched.locator("#facts").is_hidden()
    watched.fill("#search", "nobody of this name")
    assert watched.inner_text("#hits") == "nothing here has this name"


@pytest.mark.browser
@pytest.mark.browser
def test_legend_counts_and_filters(watched: Any, plain: Path) -> None:
    opened(watched, plain)
    people = watched.locator("#legend button", has_text="people")
    assert people.inner_text().split() == ["3", "people"]
    before = watched.locator("#picture").screenshot()
    people.click()
    assert people.get_attribute("aria-pressed") == "false"
    watched.wait_for_timeout(300)
    assert watched.locator("#picture").screenshot() != before


@pytest.mark.browser
@pytest.mark.browser
def test_it_stands_still(watched: Any, plain: Path) -> None:
    opened(watched, plain)
    watched.wait_for_timeout(300)
    before = watched.locator("#picture").screenshot()
    watched.wait_for_timeout(1200)
    assert watched.locator("#picture").screenshot() == before


@pytest.mark.browser
@pytest.mark.browser
def test_on_a_phone(watched: Any, plain: Path) -> None:
    watched.set_viewport_size({"width": 390, "height": 844})
    opened(watched, plain)
    assert watched.evaluate("document.documentElement.scrollWidth") <= 390
    assert watched.locator("#legend button").count() == 4
    assert watched.locator("#picture").bounding_box()["height"] > 400
    focus(watched, "ada")
    assert watched.locator("#facts").bounding_box()["width"] <= 390


@pytest.mark.browser
@pytest.mark.browser
def test_many_are_cut_with_a_notice(watched: Any, tmp_path: Path) -> None:
    talks = [talk(f"Person No {i}", f"Place No {i % 40}") for i in range(160)]
    data = opened(watched, exports.save(assemble(talks), tmp_path / "many.pyvis.html"))
    assert len(data["nodes"]) == pyvis.MAX_NODES
    assert re.search(r"300 of \d+ shown", watched.inner_text("footer"))


@pytest.mark.browser
@pytest.mark.browser
def test_an_empty_graph_opens(watched: Any, tmp_path: Path) -> None:
    data = opened(watched, exports.save(assemble([]), tmp_path / "empty.pyvis.html"))
    assert data["nodes"] == []


def test_the_heading_counts_what_the_statistics_count(
    graph: KnowledgeGraph, tmp_path: Path
) -> None:
    page = exports.save(graph, tmp_path / "p.pyvis.html").read_text("utf-8")
    counts = graph.stats()
    assert f"{counts['institutions']} institutions, {counts['topics']} topics: " in page
