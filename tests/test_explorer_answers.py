"""Asking in the explorer: what is found, the catalogue, ways between things, SPARQL, and the tables they share."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import rdflib

from kg import exports
from kg.facts.affiliation import Affiliation
from kg.facts.speaking import Speaking
from kg.graph import PREFIXES, _paths, assemble
from kg.model import Evidence, Page, Span, Speaker, Talk
from tests.browsing import HARMFUL

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.browser
CORPUS = (
    *HARMFUL,
    "=SUM(A1:A9)",
    'quote " and back\\slash',
)
PLACE = "Lund University"
ASKED = "who advised Jason Lee"
FEW = "SELECT ?who ?name WHERE { ?who a kg:Person ; kg:name ?name } ORDER BY ?name LIMIT 3"


def talk(name: str, number: int) -> Talk:
    """One talk, whose speaker's sentence holds the name and the place."""
    page = Page(f"{number:02}.txt", f"{name} is at {PLACE}, and more: {name}.")
    shared: dict[str, Any] = {
        "subject": name,
        "evidence": Evidence(page, 0, len(page.text), page.text),
        "rule": "test/one",
        "confidence": 0.9,
    }
    at = page.text.index(PLACE)
    facts = (
        Speaking(**shared, printed=name, at=Span(0, len(name)), person=name, role="speaker"),
        Affiliation(**shared, printed=PLACE, at=Span(at, at + len(PLACE)), organization=PLACE),
    )
    return Talk(page, f"Talk of {name}", speakers=(Speaker(name, facts),))


@pytest.fixture(scope="module")
def hostile(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a graph is served whose people have names that want to be more than names."""
    talks = [talk(name, number) for number, name in enumerate(CORPUS)]
    return serve(exports.save(assemble(talks), tmp_path_factory.mktemp("hostile") / "graph.nt"))


@pytest.fixture
def page(watching: Callable[..., Any]) -> Iterator[Any]:
    """A page that must log nothing but what is refused, ask nobody else and run nothing of the corpus."""
    with watching(but="(Bad Request)") as made:
        yield made


def opened(page: Any, address: str) -> None:
    """Open an address; the explorer has shown it."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]")


def path_of(page: Any, address: str, name: str) -> str:
    """The path of the thing that a name finds first."""
    iri: str = page.request.get(f"{address}api/search", params={"q": name}).json()["hits"][0]["iri"]
    return iri.removeprefix("https://example.org/talkgraph/")


def column(page: Any, number: int) -> list[str]:
    """What stands in a column of the table."""
    texts: list[str] = page.locator(f"table.sheet tbody td:nth-child({number})").all_inner_texts()
    return texts


def saved(page: Any, button: str) -> str:
    """The text of the file that a button saves."""
    with page.expect_download() as download:
        page.click(f".exports button:text-is('{button}')")
    return Path(download.value.path()).read_bytes().decode("utf-8")


def faults(page: Any) -> list[str]:
    """Serious faults of accessibility."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in {"serious", "critical"}]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in grave]


def written(page: Any, query: str) -> None:
    """Write a query in the editor, as somebody at the keys does, and run it."""
    page.click(".CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)
    page.keyboard.press("Control+Enter")


def test_a_question_is_answered_with_its_sentences(page: Any, address: str) -> None:
    opened(page, f"{address}find?q={quote(ASKED)}")
    page.wait_for_selector("table.sheet")
    assert "The advisors of a person" in page.inner_text(".asked .reading")
    assert "His advisors for the PhD" in page.inner_text("td.sentence >> nth=0")
    assert page.locator("td.sentence mark").count() > 2
    assert page.get_attribute("td.sentence a.place >> nth=0", "href").startswith("/text?of=")
    assert "have an advisor recorded" in page.inner_text(".rests")
    assert page.inner_text(".names-found a") == "Jason Lee"
    page.click("summary:text('The query that ran')")
    page.click("text=Open in SPARQL")
    page.wait_for_selector(".results table")
    assert "Trevor Hastie" in page.inner_text(".results")


def test_tables_are_sorted_and_the_link_keeps_it(page: Any, address: str) -> None:
    opened(page, f"{address}query/advisors-of?name=Jason+Lee")
    head = page.locator("th", has_text="advisor").first
    page.click("th button:text('advisor')")
    names = column(page, 1)
    assert names == sorted(names)
    page.click("th button:text('advisor')")
    assert head.get_attribute("aria-sort") == "descending"
    page.reload()
    page.wait_for_selector("table.sheet")
    assert column(page, 1) == names[::-1]


def test_names_are_found_and_what_nobody_is_called_is_said(page: Any, address: str) -> None:
    opened(page, f"{address}find?q=welling")
    assert page.inner_text(".names-found .hits a >> nth=0") == "Max Welling"
    opened(page, f"{address}find?q=Wellimg")
    page.wait_for_selector(".names-found .hits >> text=Max Welling")
    opened(page, f"{address}find?q=Xylophone+quartet")
    assert "Nothing here has this name" in page.inner_text(".names-found")
    page.wait_for_selector(".asked .nearest a")  # what is near is looked for beside the names
    opened(page, f"{address}find?q={quote('there followed a postdoc')}")
    page.wait_for_selector(".names-found blockquote mark")


def test_the_catalogue_completes_names_and_answers(page: Any, address: str) -> None:
    opened(page, f"{address}queries")
    assert page.locator(".groups h2").all_inner_texts()[:2] == ["People", "Topics"]
    page.fill("#only", "career of a person")
    page.click(".questions a >> text=The career of a person")
    page.fill("[name=name]", "max w")
    page.wait_for_selector("[role=option] >> text=Max Welling")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.sheet")
    assert page.url.endswith("query/career-of?name=Max+Welling")
    assert "postdoc" in column(page, 1)
    page.go_back()
    page.wait_for_selector("text=For example")


def test_a_row_shows_the_sentences_it_rests_on(page: Any, address: str) -> None:
    opened(page, f"{address}query/frequent-topics")
    assert page.locator("svg.measure rect").count() == page.locator("tbody tr").count()
    button = page.locator("tbody button").first
    button.click()
    page.wait_for_selector("tr.why blockquote")
    assert page.locator("tr.why .place").count() > 0
    button.click()
    assert page.locator("tr.why").count() == 0


def test_files_hold_what_is_shown_and_no_formula(page: Any, hostile: str) -> None:
    opened(page, f"{hostile}query/all-speakers?sort=-speaker")
    shown = column(page, 1)
    text = saved(page, "CSV")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row[0].removeprefix("'") for row in rows[1:]] == shown
    assert "'=SUM(A1:A9)" in [row[0] for row in rows]
    assert len(json.loads(saved(page, "JSON"))["rows"]) == len(shown) == len(CORPUS)


def test_hostile_names_are_only_text(page: Any, hostile: str) -> None:
    for place in (f"find?q={quote(CORPUS[0])}", "query/all-speakers", f"sparql?query={quote(FEW)}"):
        opened(page, f"{hostile}{place}")
        page.wait_for_selector("table.sheet, .hits")
        assert page.locator("main img, main iframe, main svg[onload]").count() == 0
    opened(page, f"{hostile}way")
    boxes = page.locator("[role=combobox]:not(#q)")
    for number, name in enumerate(CORPUS[:2]):
        boxes.nth(number).fill(name)
    page.click("text='Connect' >> nth=-1")
    page.wait_for_selector("ol.steps")
    assert CORPUS[0] in page.inner_text("ol.steps")


def test_a_way_has_a_sentence_at_each_step(page: Any, address: str) -> None:
    opened(page, f"{address}way")
    boxes = page.locator("[role=combobox]:not(#q)")
    for number, name in enumerate(("max welling", "caltech")):
        boxes.nth(number).press_sequentially(name)
        page.wait_for_selector("[role=option]:visible")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.wait_for_selector("ol.steps")
    assert "Caltech" in page.locator("ol.steps blockquote mark").all_inner_texts()
    assert page.locator("ol.steps .place").count() == page.locator("ol.steps > li").count()
    assert page.locator("svg.chain .node").count() == page.locator("ol.steps > li").count() + 1
    title = page.inner_text("h1")
    page.click("text=Swap")
    page.wait_for_function("title => document.querySelector('h1').textContent !== title", arg=title)
    page.reload()
    page.wait_for_selector("ol.steps")
    assert page.inner_text("h1").startswith("How California Institute of Technology")


def test_the_page_of_ways_and_the_server_go_equally_far() -> None:
    folder = ROOT / "viz" / "explorer"
    assert "within six steps" in (folder / "way.js").read_text("utf-8")
    told = f"[HUB, FAR, MOST] = [{_paths.HUB}, {_paths.FAR}, {_paths.MOST}]"
    assert told in (folder / "kept-ways.js").read_text("utf-8")
    assert _paths.FAR == 6


def test_two_things_stand_side_by_side_what_they_share_first(page: Any, every_address: str) -> None:
    """By heading, each thing once, with years; what both have is marked, also under different headings."""
    ends = [path_of(page, every_address, name) for name in ("greider", "edvard")]
    opened(page, f"{every_address}way?one={ends[0]}&other={ends[1]}")
    compared = page.locator(".compared")
    row = compared.get_by_role("row").filter(has_text="Awards")
    cells = [cell.inner_text().split("\n") for cell in row.get_by_role("cell").all()]
    assert [cell[0] for cell in cells] == [
        "Nobel Prize in Physiology or Medicine both 2009",
        "Nobel Prize in Physiology or Medicine both 2014",
    ]
    assert compared.locator(".in-common").count() == 2
    assert "1 in common" in compared.locator(".rests").inner_text()
    assert compared.get_by_role("row").filter(has_text="Topics").locator("li").count() > 8
    compared.get_by_role("link", name="Lasker Award").click()
    page.wait_for_selector("html[data-ready^='award/']")
    opened(page, f"{every_address}way?one={ends[0]}&other={ends[0]}")
    assert page.locator(".compared").count() == 0


def test_paper_holds_what_the_screen_holds(page: Any, address: str) -> None:
    """The sentences of a way and the whole catalogue are printed; what only leads elsewhere is not."""
    ends = [path_of(page, address, name) for name in ("welling", "caltech")]
    page.emulate_media(media="print")
    opened(page, f"{address}way?one={ends[0]}&other={ends[1]}")
    assert (
        page.locator("ol.steps blockquote:visible").count() == page.locator("ol.steps > li").count()
    )
    assert page.locator("main button:visible").count() == 0
    opened(page, f"{address}queries")
    questions = page.locator(".groups .questions a")
    assert page.locator(".groups .questions a:visible").count() == questions.count() > 50
    opened(page, address)
    assert page.locator(".tally:visible").count() == 1
    assert page.get_by_role("heading", name="Ask", exact=True).count() == 0


def test_views_look_like_themselves(page: Any, address: str) -> None:
    """What two views call by one name is not styled by the other."""
    look = "([of, name]) => getComputedStyle(document.querySelector(of))[name]"
    ends = [path_of(page, address, name) for name in ("welling", "caltech")]
    opened(page, f"{address}way?one={ends[0]}&other={ends[1]}")
    assert page.evaluate(look, ["ol.steps", "fontSize"]) == "16px"
    assert page.evaluate(look, ["ol.steps", "display"]) == "block"
    opened(page, f"{address}queries")
    assert page.evaluate(look, [".groups .questions", "display"]) == "block"
    assert page.evaluate(look, [".groups .questions a", "borderTopWidth"]) == "0px"
    opened(page, f"{address}query/frequent-topics")
    ink = page.evaluate(look, ["body", "color"])
    assert page.evaluate(look, ["td.number", "color"]) == ink
    opened(page, address)
    assert page.evaluate(look, [".tally", "fontSize"]) == "16px"


def test_sparql_runs_and_its_address_is_a_permalink(page: Any, address: str) -> None:
    opened(page, f"{address}sparql?query={quote(FEW)}")
    page.wait_for_selector(".results table")
    assert page.locator(".results tbody a.type-person").count() == 3
    assert page.locator(".parseErrorIcon").count() == 0
    written(page, "ASK { ?s a kg:Person }")
    assert page.inner_text(".verdict") == "Yes"
    written(page, "CONSTRUCT WHERE { ?s kg:speaker ?o }")
    page.wait_for_selector(".results th >> text=predicate")
    assert "kg:speaker" in saved(page, "Turtle")
    page.go_back()
    page.wait_for_selector(".verdict")
    page.click(".CodeMirror")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"


def test_sparql_tells_the_line_and_completes_what_the_graph_has(page: Any, address: str) -> None:
    opened(page, f"{address}sparql")
    page.wait_for_selector(".editor[data-ready]")
    page.select_option("#example", "frequent-topics")
    page.wait_for_selector(".results table")
    written(page, "SELECT * {\n?s ?p")
    page.click("text=Go to line 2")
    assert page.locator(".wrong-line").count() == 1
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT * { ?s a kg:Pers")
    page.keyboard.press("Control+Space")
    assert page.inner_text(".CodeMirror-hint") == "kg:Person"


def test_the_table_of_a_thing_is_filtered_and_saved_as_it_stands(page: Any, address: str) -> None:
    opened(page, f"{address}{path_of(page, address, 'max welling')}?view=table")
    page.wait_for_selector("table.sheet")
    before = page.locator("tbody tr").count()
    page.click(".filters button.type-organization")
    page.wait_for_function("n => document.querySelectorAll('tbody tr').length < n", arg=before)
    assert "hide=organization" in page.url
    assert page.locator("tbody a.type-organization").count() == 0
    left = page.locator("tbody tr").count()
    assert len(saved(page, "CSV").splitlines()) == left + 1
    found = rdflib.Graph().parse(data=saved(page, "Turtle"), format="turtle")
    kg = rdflib.Namespace("https://w3id.org/talkgraph/terms#")
    assert len(set(found.subjects(kg.confidence))) == len(json.loads(saved(page, "JSON"))) == left


def test_the_page_and_the_server_know_the_same_prefixes() -> None:
    text = (ROOT / "viz" / "explorer" / "iris.js").read_text("utf-8")
    block = text.partition("PREFIXES = {")[2].partition("}")[0]
    assert dict(re.findall(r'(\w+): "([^"]+)"', block)) == PREFIXES


@pytest.mark.parametrize(
    "place",
    [
        f"find?q={quote(ASKED)}",
        "find?q=university",
        "queries",
        "query/first-phds",
        "query/posts-of-kind",
        "way?one={welling}&other={caltech}",
        f"sparql?query={quote(FEW)}",
    ],
)
def test_everybody_can_read_it(page: Any, address: str, place: str) -> None:
    page.emulate_media(color_scheme="dark")
    ends = {name: path_of(page, address, name) for name in ("welling", "caltech")}
    opened(page, address + (place.format(**ends) if place.startswith("way") else place))
    page.wait_for_timeout(300)
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="light")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page) == []
