"""How quick the picture is: python tests/benchmarks/explorer.py ADDRESS [PATH ...]

ADDRESS is where a graph is served. Each PATH names a thing of it ("topic/python"); without one the weightiest that
a few searches find is taken. Its neighbourhood is opened to about 30, 100 and 300 things; of each the table tells when
the first picture stood (milliseconds from the start of the navigation, data and all), and how many frames a second
there were while it was dragged about, with the longest wait for a frame. Needs Chromium; TALKGRAPH_BROWSER names one.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from statistics import median
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import urlopen

SIZES = (30, 100, 300)
RUNS = 3
DRAG_MS = 3_000
FRAMES = """() => new Promise((done) => {
  const waits = []; let last = performance.now(); const begin = last;
  const frame = (now) => { waits.push(now - last); last = now;
    if (now - begin < %d) requestAnimationFrame(frame); else done(waits.slice(2)); };
  requestAnimationFrame(frame); })"""
READY = (
    "() => document.documentElement.dataset.ready && document.querySelector('.graph-canvas canvas')"
)
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"


def asked(address: str, path: str, **values: Any) -> Any:
    """What the interface answers."""
    with urlopen(f"{address}/api/{path}?{urlencode(values)}") as answer:
        return json.load(answer)


def hub(address: str) -> str:
    """The IRI of something with many neighbours."""
    found = [
        hit
        for q in ("a", "e", "python", "university", "data", "learning")
        for kind in ("topic", "organization")
        for hit in asked(address, "search", q=q, kind=kind, limit=50)["hits"]
    ]
    return str(max(found, key=lambda hit: hit["weight"])["iri"])


def opening(address: str, iri: str, size: int) -> str:
    """The value of ``open`` that brings about so many things."""
    relations = asked(address, "neighbours", iri=iri)["relations"]
    large = max(relations, key=lambda one: one["count"])
    return f"~{large['relation']}~{min(size, large['count'])}"


def dragged(page: Any) -> list[float]:
    """The waits between frames while the picture is dragged."""
    box = page.locator(".graph-canvas canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x + 5, y + 45)
    page.mouse.down()
    page.evaluate(f"window.waits = ({FRAMES % DRAG_MS})()")
    for step in range(DRAG_MS // 20):
        swing = abs((step % 80) - 40) * 4
        page.mouse.move(x + 5 + swing, y + 45 + swing / 2)
        page.wait_for_timeout(8)
    waits: list[float] = page.evaluate("window.waits")
    page.mouse.up()
    return waits


def measured(browser: Any, address: str) -> tuple[float, list[float], str]:
    """First picture, waits between frames, and what the page says of its size."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.wait_for_function(READY)
    first = page.evaluate(PAINTED)
    page.wait_for_timeout(500)
    waits = dragged(page)
    said = page.text_content(".tally")
    page.close()
    return first, waits, said


def main(address: str, *paths: str) -> None:
    """Measure, and print a table."""
    from playwright.sync_api import sync_playwright

    base = asked(address, "search", q="a", limit=1)["hits"][0]["iri"]
    base = base[: base.rindex("/", 0, base.rindex("/")) + 1]
    iris = [base + path for path in paths] or [hub(address)]
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("TALKGRAPH_BROWSER") or next(filter(None, map(shutil.which, names)))
    print(f"{'things':>7} {'first ms':>9} {'frames/s':>9} {'worst ms':>9}  what")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        for iri in iris:
            for size in SIZES:
                values = {"view": "graph", "open": opening(address, iri, size)}
                link = f"{address}/{quote(iri.removeprefix(base))}?{urlencode(values)}"
                runs = [measured(browser, link) for _ in range(RUNS)]
                first = median(run[0] for run in runs)
                rates = [1000 * len(waits) / sum(waits) for _, waits, _ in runs]
                worst = median(max(waits) for _, waits, _ in runs)
                said = runs[0][2]
                things = said.split(" ", 1)[0]
                print(f"{things:>7} {first:9.0f} {median(rates):9.1f} {worst:9.0f}  {said}")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1].rstrip("/"), *sys.argv[2:])
