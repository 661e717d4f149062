"""Seconds and memory of the large networks, beside networkx's own projections and SPARQL over the same graph.

``python tests/benchmarks/networks.py DIR`` (a folder that ``kg build`` wrote) prints a table; every figure is a process
of its own, from opening the graph to the finished network, and is given up after ``--limit`` seconds (600). The sizes
are samples of the talks: a quarter, a half, all.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any
from zlib import crc32

MEMORY = 8_000_000_000
"""Bytes that a process may take."""
BRUTE = """SELECT ?one ?other (COUNT(DISTINCT ?{joint}) AS ?n) WHERE {{ {one} {other}
  FILTER(STR(?one) < STR(?other)) }} GROUP BY ?one ?other HAVING (COUNT(DISTINCT ?{joint}) >= {least})"""


def sampled(share: float) -> Callable[[str], bool]:
    """Whether a talk is in a sample; a larger sample holds a smaller one."""
    return lambda talk: crc32(talk.encode()) < share * 2**32


def ours(graph: Any, name: str, share: float, options: dict[str, Any]) -> Any:
    """A network of the library, over a sample of the talks."""
    from dataclasses import replace

    from kg.network import _source, builders

    whole = _source.talks

    def part(given: Any, choice: Any) -> Any:
        return replace(whole(given, choice), has=sampled(share))

    if share < 1:
        vars(builders()[name])["talks"] = part
    return graph.to_networkx(name, **options)


def pairs(graph: Any, relation: str, share: float) -> Iterable[tuple[str, str]]:
    """Talks and what they have."""
    from kg.network._source import pairs as read

    chosen = sampled(share)
    return [(talk, thing) for talk, thing in read(graph, relation) if chosen(talk)]


def theirs(graph: Any, name: str, share: float) -> Any:
    """The same projection by networkx."""
    import networkx as nx

    net = nx.Graph()
    topics = list(pairs(graph, "topic", share))
    if name == "co-topic":
        net.add_edges_from((topic, talk) for talk, topic in topics)
        return nx.bipartite.weighted_projected_graph(net, {topic for _, topic in topics})
    of: dict[str, list[str]] = {}
    for talk, topic in topics:
        of.setdefault(talk, []).append(topic)
    speakers = [(talk, who) for talk, who in pairs(graph, "speaker", share) if talk in of]
    net.add_edges_from((who, topic) for talk, who in speakers for topic in of[talk])
    return nx.bipartite.weighted_projected_graph(net, {who for _, who in speakers})


def brute(graph: Any, name: str) -> int:
    """The same pairs by SPARQL."""
    if name == "co-topic":
        one, other = "?talk kg:topic ?one .", "?talk kg:topic ?other ."
        query = BRUTE.format(joint="talk", one=one, other=other, least=2)
    else:
        one, other = (
            "?a kg:speaker ?one ; kg:topic ?topic .",
            "?b kg:speaker ?other ; kg:topic ?topic .",
        )
        query = BRUTE.format(joint="topic", one=one, other=other, least=5)
    return len(graph.query(query))


def task(folder: str, what: str, name: str, share: float) -> None:
    """Do one thing, and print how long it took and what came of it."""
    from kg import facade

    if what != "sparql":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    begun, used = time.perf_counter(), time.process_time()
    graph = facade.load(folder)
    if what == "sparql":
        edges = brute(graph, name)
    elif what == "networkx":
        edges = theirs(graph, name, share).number_of_edges()
    else:
        options = {"significant": 0.05} if what.endswith("q") else {}
        edges = ours(graph, name, share, options).number_of_edges()
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = {"seconds": took, "cpu": time.process_time() - used, "peak": peak, "edges": edges}
    print(json.dumps(told))


def measured(folder: str, what: str, name: str, share: float, limit: float) -> str:
    """A line of the table."""
    words = [sys.executable, __file__, folder, "--task", what, name, str(share)]
    begun = time.perf_counter()
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            out, err = child.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            child.kill()
            return f"{'> ' + format(limit, '.0f'):>9}  given up"
    if child.returncode:
        reason = (err.strip().splitlines() or ["ended by the system"])[-1][:60]
        return f"{time.perf_counter() - begun:>9.1f}  failed: {reason or 'memory'}"
    found = json.loads(out)
    return f"{found['seconds']:>9.1f}  {found['cpu']:>7.1f}  {found['peak']:>7,}  {found['edges']:>10,}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--limit", type=float, default=600)
    parser.add_argument("--task", nargs=3)
    args = parser.parse_args()
    if args.task:
        what, name, share = args.task
        task(args.folder, what, name, float(share))
        return
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    print(
        f"{'network':<11}  {'by':<10}  {'talks':>5}  {'seconds':>9}  {'cpu':>7}  {'MB':>7}  {'edges':>10}"
    )
    cases = [
        (what, name, share)
        for name in ("co-topic", "co-speaker")
        for what, shares in (("ours", (0.25, 0.5, 1.0)), ("ours, q", (1.0,)), ("sparql", (1.0,)))
        for share in shares
    ]
    cases += [
        ("networkx", name, share)
        for name in ("co-topic", "co-speaker")
        for share in (0.25, 0.5, 1.0)
    ]
    for what, name, share in cases:
        line = measured(args.folder, what, name, share, args.limit)
        print(f"{name:<11}  {what:<10}  {share:>5.0%}  {line}", flush=True)


if __name__ == "__main__":
    main()
