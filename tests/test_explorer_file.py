"""The explorer in one file: its parts, what is inside, that it says what a server says, and that nothing in it runs."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kg import exports, operations
from kg.bundle import bundled
from kg.errors import KgError
from kg.exports import _embedded, explorer
from kg.facade import KnowledgeGraph
from kg.graph import assemble
from tests.browsing import HARMFUL, talk

CORPUS = (
    *HARMFUL,
    "<!-- <script>",
    "{{data}} ${1} `x`",
    "<iframe src='https://example.org/'>",
)
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@pytest.fixture(scope="module")
def file(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled example as a file."""
    return exports.save(graph, tmp_path_factory.mktemp("file") / "explorer.html")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the corpus in every field."""
    talks = [talk(f"{name} {n}", f"Place {name}") for n, name in enumerate(CORPUS)]
    return exports.save(assemble(talks), tmp_path_factory.mktemp("hostile") / "explorer.html")


@pytest.fixture
def watched(watching: Callable[..., Any]) -> Iterator[Any]:
    """A page that must ask nothing of the network, log nothing and run nothing of the corpus."""
    with watching(own=("file:", "blob:", "data:"), size=(1200, 800)) as made:
        yield made


# ---------------------------------------------------------------- the bundle


def modules(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, "utf-8")
    return folder


def test_modules_become_one_script_each_behind_what_it_imports(tmp_path: Path) -> None:
    folder = modules(
        tmp_path,
        main='import * as all from "./low.js";\nimport {\n  one as first,\n  Two,\n} from "./low.js";\nall.one(Two);\n',
        low="export async function one() {}\nexport class Two {}\nconst three = 3;\nexport { three as drei };\n",
        never="export const unused = 1;\n",
    )
    script = bundled(folder, "main")
    assert script.index("const $low") < script.index("const $main")
    assert "const { one: first, Two } = $low;" in script
    assert "return { one, Two, drei: three };" in script
    assert "unused" not in script
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)


def test_a_script_is_without_comments_and_indents_but_for_templates(tmp_path: Path) -> None:
    text = "/* A\n   b */\nif (1) {\n  // c\n  f(`x\n  // y\n`);\n  g(); // d\n}\n"
    script = bundled(modules(tmp_path, main=text), "main")
    assert "if (1) {\nf(`x\n  // y\n`);\ng(); // d\n}" in script


@pytest.mark.parametrize(
    "texts",
    [
        {"main": 'import { a } from "./b.js";\n', "b": 'import { c } from "./main.js";\n'},
        {"main": "export default 3;\n"},
        {"main": 'const x = () => import("./y.js");\n'},
        {"main": 'import { a } from "./gone.js";\n'},
        {"main": 'import "./side.js";\n', "side": ""},
    ],
)
def test_what_cannot_be_bundled_is_refused(tmp_path: Path, texts: dict[str, str]) -> None:
    with pytest.raises(KgError, match="main"):
        bundled(modules(tmp_path, **texts), "main")


# ---------------------------------------------------------------- the file


def test_the_file_is_small_whole_and_lets_its_own_scripts_run(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text.encode()) < 700_000
    assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", text)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    scripts = SCRIPT.findall(text)
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in scripts]
    assert re.findall(r"'sha256-([^']*)'", policy[1]) == hashes
    assert "connect-src 'none'" in policy[1]
    assert "<noscript>" in text


def test_the_file_says_what_it_is(file: Path, graph: KnowledgeGraph) -> None:
    text, home = file.read_text("utf-8"), operations.home(graph)
    assert f"Built {home['built']}" in text
    assert f"{home['counts'][0][1]} talks" in text


def test_the_same_graph_gives_the_same_bytes(
    file: Path, graph: KnowledgeGraph, tmp_path: Path
) -> None:
    assert exports.save(graph, tmp_path / "again.html").read_bytes() == file.read_bytes()


def test_a_graph_too_large_is_refused(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_embedded, "_THINGS", 3)
    with pytest.raises(KgError, match="kg serve"):
        explorer.page(graph)


def test_large_data_are_packed_and_alike(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explorer, "_PACKED", 10)
    packed = explorer.page(graph)
    assert 'data-packed="gzip"' in packed
    assert packed == explorer.page(graph)


# ---------------------------------------------------------------- in a browser

PLACES = ("find?q=max", "map", "way", "queries", "query/frequent-topics", "")


@pytest.mark.browser
def test_it_opens_from_disk_and_asks_for_nothing(
    watched: Any, file: Path, graph: KnowledgeGraph
) -> None:
    watched.goto(file.as_uri())
    watched.wait_for_selector("html[data-ready=home]")
    person = operations.search(graph, "Max Welling")["hits"][0]["iri"].removeprefix(graph.base)
    for place in (person, *PLACES):
        watched.goto(f"{file.as_uri()}#/{place}")
        watched.wait_for_selector(f'html[data-ready="{place.partition("?")[0] or "home"}"]')
        assert watched.locator(".trouble").count() == 0, place


@pytest.mark.browser
def test_it_says_what_it_keeps_and_what_it_cannot_answer(
    watched: Any, graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_embedded, "_ROWS", 3)
    file = exports.save(graph, tmp_path / "explorer.html").as_uri()
    watched.goto(f"{file}#/query/frequent-topics")
    watched.wait_for_selector("table.sheet")
    assert "This file keeps the first 3; kg serve shows all" in watched.inner_text(".below .rests")
    assert watched.locator(".below button", has_text="Show").count() == 0
    watched.goto(f"{file}#/queries")
    watched.wait_for_selector(".questions")
    for title, marked in (("The career of a person", True), ("Talks of a year", False)):
        entry = watched.locator(".questions li", has_text=title).first
        assert ("kg serve" in entry.inner_text()) is marked
    watched.goto(f"{file}#/query/career-of")
    watched.wait_for_selector("text=This file cannot answer it")
    assert watched.locator("form.parameters").count() == 0


@pytest.mark.browser
def test_nothing_of_a_hostile_graph_runs(watched: Any, hostile: Path) -> None:
    watched.goto(hostile.as_uri())
    watched.wait_for_selector("html[data-ready=home]")
    data = json.loads(watched.text_content("#data"))
    assert len(data["things"]) >= 3 * len(CORPUS)
    for path, *_ in data["things"]:
        watched.evaluate("(path) => { location.hash = `#/${path}`; }", path)
        watched.wait_for_function(
            "(path) => document.documentElement.dataset.ready === path", arg=path
        )


@pytest.mark.browser
def test_a_frame_opens_at_the_thing_and_follows_links(chromium: Any, graph: KnowledgeGraph) -> None:
    page, errors = chromium.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(graph.show("Max Welling")._repr_html_())
    frame = page.frame_locator("iframe")
    path = graph.show("Max Welling")[0].iri.removeprefix(graph.base)
    frame.locator(f'html[data-ready="{path}"]').wait_for()
    frame.locator("header a.home").click()
    frame.locator("html[data-ready=home]").wait_for()
    page.close()
    assert errors == []
