"""Finding and believing in the explorer: the search box, the landing page, pages of things, texts of sources."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg import exports
from kg.facts.affiliation import Affiliation
from kg.facts.speaking import Speaking
from kg.graph import assemble
from kg.model import Evidence, Page, Span, Speaker, Talk
from tests.browsing import HARMFUL

pytestmark = pytest.mark.browser
CORPUS = (
    *HARMFUL,
    'quote " and back\\slash',
)
PLACE = "Université d'Été"
ADA = {
    "iri": "https://example.org/talkgraph/person/x",
    "kind": "person",
    "name": "Ada",
    "weight": 3,
    "summary": "Lund",
}
HOME = {
    "title": "Coast talks", "base": "https://example.org/talkgraph/", "built": "2026-11-27", "version": "1.0",
    "licence": "CC0 1.0", "cite": "Coast talks, 2026.", "counts": [["talks", 21], ["people", 20]],
    "years": [[2019, 2], [2021, 5]], "sources": [{"name": "a.txt", "url": "javascript:window.harmed=1", "talks": 3}],
    "sources_total": 40, "most": {"person": [ADA]}, "newest": [], "questions": ["Who was first?"],
    "review": [
        {"query": "same-names", "title": "Same names", "total": "200+"},
        {"query": "weak-facts", "title": "Facts with weak evidence", "total": None},
    ],
}  # fmt: skip


def talk(name: str, place: str, number: int) -> Talk:
    """One talk, whose speaker's sentence holds the name and the place."""
    page = Page(f"{number:02}.txt", f"Before it. {name} is at {place}, and more: {name}. After it.")
    quoted = page.text[11:-10]
    shared: dict[str, Any] = {
        "subject": name,
        "evidence": Evidence(page, 11, 11 + len(quoted), quoted),
        "rule": "test/one",
        "confidence": 0.9 if number % 2 else 0.55,
    }
    at = page.text.index(place)
    facts = (
        Speaking(**shared, printed=name, at=Span(11, 11 + len(name)), person=name, role="speaker"),
        Affiliation(
            **shared,
            printed=place,
            at=Span(at, at + len(place)),
            organization=place,
            role=f"role of {name}",
        ),
    )
    return Talk(page, f"Talk of {name}", speakers=(Speaker(name, facts),))


@pytest.fixture(scope="module")
def told(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a graph of many people of one place is served, some of them of hostile names."""
    names = [f"Zoë Person {number}" for number in range(14)]
    talks = [talk(name, PLACE, number) for number, name in enumerate([*names, *CORPUS])]
    talks += [talk(f"Guest {n}", name, 50 + n) for n, name in enumerate(CORPUS)]
    return serve(exports.save(assemble(talks), tmp_path_factory.mktemp("told") / "graph.nt"))


@pytest.fixture
def page(watching: Callable[..., Any]) -> Iterator[Any]:
    """A page that must log nothing, ask nobody else and run nothing of the corpus."""
    with watching() as made:
        yield made


def opened(page: Any, address: str) -> None:
    """Open an address; the explorer has shown it."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]")


def of_place(page: Any, told: str, **values: str) -> None:
    """Open the page of the one place."""
    iri = page.request.get(f"{told}api/search?q=universite&kind=organization").json()["hits"][0]
    query = "&".join(f"{name}={value}" for name, value in values.items())
    opened(page, f"{told}{iri['iri'].partition('talkgraph/')[2]}?{query}")


def faults(page: Any) -> list[str]:
    """Serious faults of accessibility."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in {"serious", "critical"}]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in grave]


def test_search_by_keyboard(page: Any, told: str) -> None:
    opened(page, f"{told}map")
    page.keyboard.press("/")
    page.keyboard.type("zoe person 3")
    page.wait_for_selector("#hits [role=option] >> text=Zoë Person 3")
    assert page.get_attribute("#q", "aria-activedescendant") == "hit-0"
    assert page.inner_text("#hits [role=option]:last-child").startswith("Ask: zoe person 3")
    page.keyboard.press("ArrowUp")
    assert page.get_attribute("#hits .asks", "aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1 >> text=Zoë Person 3")
    page.keyboard.press("/")
    page.keyboard.type("guest")
    page.wait_for_selector("#hits li")
    page.keyboard.press("Escape")
    assert page.locator("#hits").is_hidden()


def test_a_question_is_asked(page: Any, told: str) -> None:
    opened(page, f"{told}map")
    page.fill("#q", "who is Zoë Person 3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find?q=who+is+Zo*")
    assert page.input_value("#q") == "who is Zoë Person 3"


def test_a_late_answer_is_dropped(page: Any, told: str) -> None:
    opened(page, f"{told}map")
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route("**/api/search?q=guest+1*", hold)
    page.focus("#q")
    page.keyboard.type("guest 1")
    page.wait_for_timeout(250)
    page.fill("#q", "zoe person 5")
    page.wait_for_selector("#hits >> text=Zoë Person 5")
    held[0].fulfill(
        json={
            "hits": [
                {"iri": "x", "kind": "person", "name": "Late", "matched": "Late", "summary": ""}
            ]
        }
    )
    page.wait_for_timeout(100)
    assert "Late" not in page.inner_text("#hits")


def test_ten_at_a_time(page: Any, told: str) -> None:
    of_place(page, told)
    group = page.locator("section.group", has_text="People")
    assert group.locator(".fact").count() == 10
    assert "10 of 21 shown" in group.inner_text()
    page.keyboard.press("Tab")
    group.get_by_role("button", name="10 more").click()
    assert group.locator(".fact").count() == 20
    assert page.evaluate("document.activeElement.closest('.fact') !== null")
    group.get_by_role("button", name="1 more").click()
    assert "shown" not in group.inner_text()
    assert faults(page) == []


def test_a_sentence_opens_in_its_source(page: Any, told: str) -> None:
    of_place(page, told)
    fact = page.locator(".fact").first
    sentence = fact.locator("blockquote").inner_text()
    assert fact.locator("mark").inner_text() == PLACE
    fact.locator("blockquote").click()
    page.wait_for_selector(".reading-place .sentence")
    assert page.url.startswith(f"{told}text?of=claim")
    assert page.inner_text(".sentence") == sentence
    assert page.inner_text(".sentence mark") == PLACE
    assert page.inner_text(".page").startswith("Before it.")
    assert faults(page) == []
    before = page.inner_text("main")
    page.reload()
    page.wait_for_selector(".steps:not([hidden])")
    assert page.inner_text("main") == before
    page.go_back()
    page.wait_for_selector(".fact")


def test_filters_stand_in_the_address(page: Any, told: str) -> None:
    of_place(page, told)
    page.click("summary >> text=Filter")
    page.select_option(".filters select >> nth=0", "0.8")
    page.wait_for_selector("text=11 hidden by filters")
    assert "sure=0.8" in page.url
    shown = page.inner_text(".headings")
    page.reload()
    page.wait_for_selector("text=11 hidden by filters")
    assert page.inner_text(".headings") == shown
    page.get_by_role("button", name="people 21").click()
    page.wait_for_selector("text=21 hidden by filters")
    page.go_back()
    page.wait_for_selector("text=11 hidden by filters")
    assert page.locator(".filters .kinds button").get_attribute("aria-pressed") == "true"


def test_what_is_wrong_can_be_written_down(page: Any, told: str, tmp_path: Path) -> None:
    from kg import corrections

    opened(page, told + "person/" + quote(_key(page, told, "quote")))
    page.locator(".wrong-button").first.click()
    entry = page.locator(".doubt pre").first.text_content()
    assert "-g DIR" in page.inner_text(".doubt >> nth=0")
    assert tomllib.loads(entry)["drop"][0]["subject"] == 'quote " and back\\slash'
    (tmp_path / "c.toml").write_text(entry, "utf-8")
    assert corrections.read(tmp_path / "c.toml").entries[0].action == "drop"


def _key(page: Any, told: str, name: str) -> str:
    found = page.request.get(f"{told}api/search?q={quote(name)}&kind=person").json()["hits"][0]
    key: str = found["iri"].rpartition("/")[2]
    return key


def test_hostile_names_are_only_text(page: Any, told: str) -> None:
    found = page.request.get(f"{told}api/search?q=guest&kind=person&limit=20").json()["hits"]
    for hit in found:
        opened(page, told + hit["iri"].partition("talkgraph/")[2])
        page.locator(".fact blockquote").first.click()
        page.wait_for_selector(".sentence")
    of_place(page, told, view="timeline")
    page.fill("#q", "<img src")
    page.wait_for_selector("#hits [role=option] >> text=onerror")
    assert page.locator("main img, #hits img, main svg[onload]").count() == 0


def test_the_timeline_says_its_facts(page: Any, serve: Callable[..., str], address: str) -> None:
    hit = page.request.get(f"{address}api/search?q=rebecca+willett").json()["hits"][0]
    opened(page, address + hit["iri"].partition("talkgraph/")[2])
    page.click(".tabs >> text=Timeline")
    page.wait_for_selector(".timeline .lane")
    assert page.get_attribute(".tabs a[aria-current]", "data-view") == "timeline"
    post = page.locator(".lane li", has_text="2013–2018")
    assert "Associate Professor" in post.inner_text()
    assert post.locator(".stroke").bounding_box()["width"] > 10
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_landing_page(page: Any, told: str) -> None:
    page.route("**/api/home?*", lambda route: route.fulfill(json=HOME))
    opened(page, f"{told}queries")  # a landing page that is opened first is told all this by itself
    page.click("a.home")
    page.wait_for_selector("main .landing")
    assert page.inner_text("h1") == "Coast talks"
    assert page.locator(".bars li").count() == 3
    assert page.get_attribute(".bars a >> nth=0", "href") == "/query/talks-in-year?year=2019"
    assert page.get_by_role("link", name="a.txt").count() == 0, "no link to such an address"
    assert "1 of 40 shown" in page.inner_text("main")
    looked = [
        line.strip() for line in page.inner_text("section:has-text('Needs a look')").split("\n")
    ]
    assert looked[1:] == ["Same names 200+", "Facts with weak evidence"]
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page) == []
    assert json.dumps(HOME["cite"]).strip('"') in page.inner_text("main")
