"""How quick the explorer is: python tests/benchmarks/explorer.py ADDRESS [PATH ...] | FILE.html

ADDRESS is where a graph is served. The table tells of searches (at the server, and from the last letter typed to the
list on the screen), of pages (from the start of the navigation, in a browser that has kept nothing, to a picture with
the first facts, when the server has done all that the page before asked for), of the map (from the arrival of its data
to its first picture) and of the neighbourhood of about 300 things (frames a second while it is dragged about): the
best, the median, the worst, and whether the median keeps the bar. Each PATH names a thing ("topic/python") whose
neighbourhood is opened to about 30, 100 and 300 things instead. Of a FILE it tells the size, and when its first page
and a thing of it were shown. Needs Chromium; TALKGRAPH_BROWSER names one.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode
from urllib.request import urlopen

SIZES = (30, 100, 300)
RUNS, EACH = 5, 3
WIDE, HIGH = 1280, 800
TEXTS = ("python", "guido van r", "machin", "univrsity of", "data sc", "a", "django", "testing w")
DRAG_MS, IDLE = 3_000, 1_000
DRAWN = "requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))"
SEEN = f"""(chosen) => new Promise((done) => {{
  const look = () => document.documentElement?.dataset.ready !== undefined && document.querySelector(chosen)
    ? {DRAWN} : requestAnimationFrame(look);
  look(); }})"""
LISTED = """(text) => new Promise((done) => {
  const input = document.querySelector('#search input'); let typed = 0;
  input.addEventListener('input', () => { typed = performance.now(); });
  const look = () => input.value === text && document.querySelector('#hits:not([hidden]) li')
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - typed)))
    : requestAnimationFrame(look);
  look(); })"""
ARRIVED = """() => performance.getEntriesByType('resource')
  .filter((one) => one.name.includes('/api/chart/')).at(-1).responseEnd"""
FRAMES = """() => new Promise((done) => {
  const waits = []; let last = performance.now(); const begin = last;
  const frame = (now) => { waits.push(now - last); last = now;
    if (now - begin < %d) requestAnimationFrame(frame); else done(waits.slice(2)); };
  requestAnimationFrame(frame); })"""
FACTS = "main .view .facts li"
PICTURE, MAP = ".graph-canvas canvas", ".map-stage canvas"


class Bar(NamedTuple):
    """What is measured, in which unit, and what it may be at most, or has to be at least."""

    what: str
    unit: str
    bound: float
    is_least: bool = False

    def told(self, found: list[float]) -> str:
        """A line of the table."""
        ordered = sorted(found, reverse=self.is_least)
        middle = median(found)
        kept = middle >= self.bound if self.is_least else middle <= self.bound
        bound = f"{'>=' if self.is_least else '<='} {self.bound:g} {self.unit}"
        numbers = "".join(f"{value:9.1f}" for value in (ordered[0], middle, ordered[-1]))
        return f"{self.what[:56]:<56}{bound:>12}{numbers}  {'kept' if kept else 'MISSED'}"


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("TALKGRAPH_BROWSER") or next(filter(None, map(shutil.which, names)))
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@contextmanager
def page_of(browser: Any) -> Iterator[Any]:
    """A page that has kept nothing."""
    context = browser.new_context(viewport={"width": WIDE, "height": HIGH})
    yield context.new_page()
    context.close()


def asked(address: str, path: str, **values: Any) -> Any:
    """What the interface answers."""
    with urlopen(f"{address}/api/{path}?{urlencode(values)}") as answer:
        return json.load(answer)


def heaviest(address: str, kind: str) -> dict[str, Any]:
    """The thing of a kind at which most others point."""
    found: dict[str, Any] = asked(address, "home")["most"][kind][0]
    return found


def opening(address: str, iri: str, size: int) -> str:
    """The value of ``open`` that brings about so many things."""
    relations = asked(address, "neighbours", iri=iri)["relations"]
    large = max(relations, key=lambda one: one["count"])
    return f"~{large['relation']}~{min(size, large['count'])}"


def shown(browser: Any, address: str, chosen: str) -> float:
    """When something was on the screen, in milliseconds from the start of the navigation."""
    with page_of(browser) as page:
        page.goto(address, wait_until="commit")
        found = float(page.evaluate(SEEN, chosen))
        page.wait_for_load_state("networkidle")
        return found


def followed(browser: Any, address: str, link: str, chosen: str) -> float:
    """How long after a click on a link something was on the screen."""
    with page_of(browser) as page:
        page.goto(address)
        page.evaluate(SEEN, "main .view")
        page.evaluate(
            "(href) => document.querySelector('main').append(Object.assign(document.createElement('a'), { href }))",
            link,
        )
        page.wait_for_load_state("networkidle")
        page.evaluate(
            "() => { window.begun = performance.now(); document.querySelector('main > a').click(); }"
        )
        found = float(page.evaluate(SEEN, chosen)) - float(page.evaluate("window.begun"))
        page.wait_for_timeout(IDLE)
        return found


def charted(browser: Any, address: str) -> float:
    """How long after its data the map was on the screen."""
    with page_of(browser) as page:
        page.goto(f"{address}/map?network=co-topic", wait_until="commit")
        first = float(page.evaluate(SEEN, MAP))
        return first - float(page.evaluate(ARRIVED))


def searched(address: str, text: str) -> float:
    """How long the server takes to answer a search."""
    begun = perf_counter()
    asked(address, "search", q=text, limit=8)
    return 1000 * (perf_counter() - begun)


def listed(browser: Any, address: str, text: str) -> float:
    """How long after the last letter the list is on the screen."""
    with page_of(browser) as page:
        page.goto(address)
        page.evaluate(SEEN, "main .view")
        page.evaluate(f"(text) => {{ window.listed = ({LISTED})(text); }}", text)
        page.locator("#search input").press_sequentially(text, delay=20)
        return float(page.evaluate("() => window.listed"))


def dragged(page: Any, chosen: str) -> list[float]:
    """The waits between frames while a picture is dragged."""
    box = page.locator(chosen).first.bounding_box()
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


def panned(browser: Any, address: str) -> tuple[float, list[float], str]:
    """First picture of a neighbourhood, waits between its frames, and what the page says of its size."""
    with page_of(browser) as page:
        page.goto(address, wait_until="commit")
        first = float(page.evaluate(SEEN, PICTURE))
        page.wait_for_timeout(500)
        waits = dragged(page, PICTURE)
        return first, waits, page.text_content(".tally")


def rate(waits: list[float]) -> float:
    """Frames a second."""
    return 1000 * len(waits) / sum(waits)


def put(bar: Bar, measure: Callable[[], float], runs: int = RUNS) -> None:
    """Measure some times, and print the line."""
    print(bar.told([measure() for _ in range(runs)]), flush=True)


def heading() -> None:
    """What stands above the table."""
    load = " ".join(f"{number:.1f}" for number in os.getloadavg())
    print(f"load {load}; {os.cpu_count()} processors")
    print(f"{'':<56}{'bar':>12}{'best':>9}{'median':>9}{'worst':>9}")


def served(address: str) -> None:
    """The bars of a served graph."""
    base = asked(address, "home")["base"]
    most = {kind: heaviest(address, kind) for kind in ("person", "organization", "topic")}
    heading()
    times = [searched(address, text) for text in TEXTS for _ in range(RUNS)]
    print(Bar(f"search at the server ({len(TEXTS)} texts)", "ms", 100).told(times))
    with chromium() as browser:
        listings = [listed(browser, address, text) for text in TEXTS for _ in range(2)]
        print(Bar("search on the screen after the last letter", "ms", 200).told(listings))
        put(Bar("landing page", "ms", 500), lambda: shown(browser, address, "main .landing"))
        for kind, thing in most.items():
            link = f"{address}/{quote(thing['iri'].removeprefix(base))}"
            name = f"{kind} {thing['name']}"
            put(Bar(name, "ms", 500), partial(shown, browser, link, FACTS))
            put(
                Bar(f"{name}, by a click", "ms", 500),
                partial(followed, browser, address, link, FACTS),
            )
        link = around(address, base, most["topic"]["iri"], SIZES[-1])
        rates = [rate(panned(browser, link)[1]) for _ in range(EACH)]
        panning = Bar(
            f"{SIZES[-1]} things around {most['topic']['name']}, dragged", "fps", 50, True
        )
        print(panning.told(rates), flush=True)
        put(Bar("map of topics after its data", "ms", 1000), lambda: charted(browser, address))
    heading()


def around(address: str, base: str, iri: str, size: int) -> str:
    """The address of a neighbourhood."""
    values = {"view": "graph", "open": opening(address, iri, size)}
    return f"{address}/{quote(iri.removeprefix(base))}?{urlencode(values)}"


def neighbourhoods(address: str, paths: tuple[str, ...]) -> None:
    """A table of neighbourhoods of some sizes."""
    base = asked(address, "home")["base"]
    print(f"{'things':>7} {'first ms':>9} {'frames/s':>9} {'worst ms':>9}  what")
    with chromium() as browser:
        for iri in (base + path for path in paths):
            for size in SIZES:
                link = around(address, base, iri, size)
                runs = [panned(browser, link) for _ in range(EACH)]
                first = median(run[0] for run in runs)
                rates = [rate(waits) for _, waits, _ in runs]
                worst = median(max(waits) for _, waits, _ in runs)
                said = runs[0][2]
                things = said.split(" ", 1)[0]
                print(f"{things:>7} {first:9.0f} {median(rates):9.1f} {worst:9.0f}  {said}")


def saved(file: Path) -> None:
    """The bars of a single file."""
    link = file.absolute().as_uri()
    heading()
    print(Bar("size", "KB", 700).told([file.stat().st_size / 1000]))
    with chromium() as browser:
        put(Bar("landing page", "ms", 500), lambda: shown(browser, link, "main .landing"))
        with page_of(browser) as page:
            page.goto(link)
            page.evaluate(SEEN, "main .landing")
            thing = page.evaluate("() => document.querySelector('main .type-person').href")
        put(Bar("a person", "ms", 500), lambda: shown(browser, thing, FACTS))


def main(place: str, *paths: str) -> None:
    """Measure, and print a table."""
    if Path(place).is_file():
        saved(Path(place))
    elif paths:
        neighbourhoods(place.rstrip("/"), paths)
    else:
        served(place.rstrip("/"))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
