"""Renderers side by side, in one run: python tests/benchmarks/renderers.py FOLDER ADDRESS PATH [EXPLORER.html]

FOLDER is one in which ``npm install sigma graphology cytoscape esbuild`` was run; ADDRESS is where a graph is served,
PATH names a thing of it. Its neighbourhood of about 300 things, with every tie among them, is drawn by pyvis with its
defaults, by our pyvis export, by sigma, by cytoscape (these three where our layout puts them) and by the explorer: as
served, or from the file. The table tells the first picture (milliseconds from the start of the navigation; "none"
where there is none within a minute, of which there is one run), frames a second while it is dragged, kilobytes of the
page (of the explorer as served all that came over the line), and requests to other places. The median of three runs.
Needs Chromium.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import networkx
from explorer import (  # type: ignore[import-not-found]  # it lies beside this script
    DRAWN,
    around,
    asked,
    chromium,
    dragged,
    page_of,
    rate,
)
from playwright.sync_api import Error

from kg.exports import _page, _picture, pyvis

THINGS, RUNS, PATIENCE = 300, 3, 60_000
CLASSES = {"person": "Person", "organization": "Organization", "topic": "Topic", "talk": "Talk"}
PICTURE = f"""() => new Promise((done) => {{
  const page = document.documentElement;
  const small = Object.assign(document.createElement("canvas"), {{ width: 64, height: 40 }});
  const pen = small.getContext("2d", {{ willReadFrequently: true }});
  const painted = (canvas) => {{ pen.clearRect(0, 0, 64, 40); pen.drawImage(canvas, 0, 0, 64, 40);
    const data = pen.getImageData(0, 0, 64, 40).data; const first = data.slice(0, 4).join();
    for (let at = 0; at < data.length; at += 4) if (data.slice(at, at + 4).join() !== first) return true;
    return false; }};
  const look = () => {{
    const canvas = document.querySelector(".graph-canvas canvas, #mynetwork canvas, #picture canvas, canvas");
    const is = document.readyState !== "loading" && canvas?.width && (page.dataset.drawn || painted(canvas));
    if (is) {DRAWN}; else requestAnimationFrame(look); }};
  look(); }})"""
SIGMA = """import Sigma from "sigma"; import { MultiDirectedGraph } from "graphology";
const data = JSON.parse(document.getElementById("data").textContent), graph = new MultiDirectedGraph();
for (const [id, label, x, y, color] of data.nodes) graph.addNode(id, { label, x, y: -y, size: 5, color });
for (const [from, to] of data.edges) graph.addEdge(from, to, { size: 1, color: "#B9C1CA" });
const drawn = new Sigma(graph, document.getElementById("picture"));
drawn.once("afterRender", () => { document.documentElement.dataset.drawn = "1"; }); drawn.refresh();"""
CYTOSCAPE = """import cytoscape from "cytoscape";
const data = JSON.parse(document.getElementById("data").textContent);
const nodes = data.nodes.map(
  ([id, label, x, y, color]) => ({ data: { id: `n${id}`, label, color }, position: { x, y } }));
const edges = data.edges.map(([from, to]) => ({ data: { source: `n${from}`, target: `n${to}` } }));
const shape = { label: "data(label)", "background-color": "data(color)", width: 14, height: 14, "font-size": 9 };
const line = { width: 1, "line-color": "#B9C1CA", "target-arrow-shape": "triangle" };
const style = [{ selector: "node", style: shape }, { selector: "edge", style: line }];
const drawn = cytoscape({ container: document.getElementById("picture"), elements: { nodes, edges }, style,
  layout: { name: "preset" } });
drawn.once("render", () => { document.documentElement.dataset.drawn = "1"; });"""


def neighbourhood(address: str, path: str) -> Any:
    """A thing, those around it, and every tie among them, as our exports draw it."""
    iri = asked(address, "home")["base"] + path
    told = asked(address, "neighbours", iri=iri)
    relation = max(told["relations"], key=lambda one: one["count"])["relation"]
    found, most = {iri: told}, min(THINGS - 1, 200)
    for offset in (0, most):
        ends = asked(address, "neighbours", iri=iri, relation=relation, limit=most, offset=offset)
        found |= {one["iri"]: one for one in ends["neighbours"]}
    iris = list(found)[:THINGS]
    with urlopen(f"{address}/api/links?{urlencode({'iri': iris}, doseq=True)}") as answer:
        links = json.load(answer)["links"]
    network = networkx.MultiDiGraph()
    for one in iris:
        kind = CLASSES.get(found[one]["kind"], "Topic")
        network.add_node(one, label=found[one]["name"], type=kind, talks=1)
    for number, link in enumerate(links):
        said = {"relation": link["relation"], "label": link["label"], "sources": "", "claims": 1}
        network.add_edge(link["from"], link["to"], key=number, **said)
    return network


def defaults(network: Any, folder: Path, resources: str = "local") -> Path:
    """What pyvis makes of it by itself, its library fetched from elsewhere or in the page."""
    from pyvis.network import Network

    net = Network(cdn_resources=resources)
    net.from_nx(networkx.Graph(network))
    file = folder / f"pyvis-{resources}.html"
    file.write_text(net.generate_html(), "utf-8")
    return file


def exported(network: Any, folder: Path) -> Path:
    """Our export by pyvis."""
    net = pyvis._pyvis(network)
    data = {"nodes": net.nodes, "edges": net.edges, "options": net.options} | _picture.look()
    texts = dict.fromkeys(("heading", "summary", "notice", "generator"), "talks")
    file = folder / "ours.pyvis.html"
    file.write_text(_page.page("picture", texts, data, pyvis._library()), "utf-8")
    return file


def bundled(name: str, script: str, network: Any, npm: Path, folder: Path) -> Path:
    """A page with one of the libraries in it."""
    source = npm / f"benchmark-{name}.mjs"
    source.write_text(script, "utf-8")
    made = subprocess.run(
        [npm / "node_modules/.bin/esbuild", source, "--bundle", "--minify", "--format=iife"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    source.unlink()
    number = {iri: at for at, iri in enumerate(network)}
    styles = _picture.look()["types"]
    nodes = [
        [number[iri], data["label"], drawn["x"], drawn["y"], styles[data["type"]]["color"]]
        for iri, drawn in _picture.arranged(network).items()
        for data in [network.nodes[iri]]
    ]
    edges = [(number[one], number[other]) for one, other in network.edges()]
    data = json.dumps({"nodes": nodes, "edges": edges}).replace("<", "\\u003c")
    code = made.replace("</script", "<\\/script")
    file = folder / f"{name}.html"
    file.write_text(
        "<!doctype html><meta charset=utf-8><style>html, body, #picture { height: 100%; margin: 0 }</style>"
        f'<div id=picture></div><script type="application/json" id=data>{data}</script><script>{code}</script>',
        "utf-8",
    )
    return file


def measured(browser: Any, link: str, chosen: str) -> tuple[float | None, float, float, int]:
    """First picture, frames a second, kilobytes that came over the line, requests to other places."""
    with page_of(browser) as page:
        page.set_default_timeout(PATIENCE)
        outside: list[str] = []
        home = link.split("/", 3)[2]
        page.on("request", lambda request: outside.append(request.url))
        page.goto(link, wait_until="commit")
        page.evaluate(
            f"window.first = null; ({PICTURE})().then((when) => {{ window.first = when; }}); 0"
        )
        try:
            page.wait_for_function("() => window.first !== null", polling=100)
        except Error:
            return None, 0, 0, _others(outside, home)
        first = float(page.evaluate("window.first"))
        page.wait_for_timeout(500)
        frames = rate(dragged(page, chosen))
        sizes = (
            "performance.getEntries().reduce((sum, one) => sum + (one.transferSize || 0), 0) / 1000"
        )
        return first, frames, float(page.evaluate(sizes)), _others(outside, home)


def _others(urls: list[str], home: str) -> int:
    return sum(1 for url in urls if url.startswith("http") and (not home or home not in url))


def line(name: str, runs: list[tuple[float | None, float, float, int]], size: float | None) -> str:
    """A line of the table."""
    firsts = [first for first, *_ in runs if first is not None]
    first = f"{median(firsts):9.0f}" if firsts else f"{'none':>9}"
    kilobytes = median(run[2] for run in runs) if size is None else size
    frames = median(run[1] for run in runs)
    return f"{name:<34}{first}{frames:10.1f}{kilobytes:9.0f}{max(run[3] for run in runs):9}"


def main(npm: str, address: str, path: str, explorer: str = "") -> None:
    """Draw it by each, and print the table."""
    network = neighbourhood(address, path)
    base = asked(address, "home")["base"]
    own = around(address, base, base + path, THINGS)
    if explorer:
        own = f"{Path(explorer).absolute().as_uri()}#/{quote(path)}?{own.partition('?')[2]}"
    print(f"{len(network)} things, {network.number_of_edges()} ties, around {path}")
    print(f"{'':<34}{'first ms':>9}{'frames/s':>10}{'KB':>9}{'outside':>9}")
    with TemporaryDirectory() as made, chromium() as browser:
        folder = Path(made)
        files = {
            "pyvis, its defaults": defaults(network, folder),
            "pyvis, its library in the page": defaults(network, folder, "in_line"),
            "our pyvis export": exported(network, folder),
            "sigma": bundled("sigma", SIGMA, network, Path(npm), folder),
            "cytoscape": bundled("cytoscape", CYTOSCAPE, network, Path(npm), folder),
        }
        for name, file in files.items():
            runs = [measured(browser, file.as_uri(), "canvas")]
            while (
                runs[0][0] is not None and len(runs) < RUNS
            ):  # for what does not come nobody waits again
                runs.append(measured(browser, file.as_uri(), "canvas"))
            print(line(name, runs, file.stat().st_size / 1000), flush=True)
        runs = [measured(browser, own, ".graph-canvas canvas") for _ in range(RUNS)]
        size = Path(explorer).stat().st_size / 1000 if explorer else None
        print(line("the explorer" + (", one file" if explorer else ", served"), runs, size))


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2].rstrip("/"), *sys.argv[3:])
