"""The catalogue on a graph, beside two other engines on the same triples: rows and milliseconds, query by query.

``python -m tests.benchmarks.catalogue GRAPH_DIR [QUERY...]`` asks every query, or those named, with values of many rows
that are chosen from the graph itself; ``--limit 60`` is the time each asking may take, ``--without rdflib`` (or
``virtuoso``) leaves an engine out, ``--json FILE`` writes all that was measured. The shortest of three askings counts
where one takes less than five seconds. Needs rdflib (which takes some 2 GB of memory for a million triples) and, on the
path, ``virtuoso-t`` and ``isql-vt``.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import engines
from tests.benchmarks.engines import Asked, in_child, progress, timed

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.queries import Query

_ENGINES = {"virtuoso": engines.virtuoso, "rdflib": engines.rdflib}
_PATTERNS = {
    "person": (
        "?x kg:speaker ?thing",
        "?thing a kg:Person ; kg:trainedAt ?x",
        "?thing a kg:Person ; kg:workedAt ?x",
        "?thing kg:advisedBy ?x",
        "?x kg:advisedBy ?thing",
    ),
    "institution": ("?x kg:workedAt ?thing", "?x kg:trainedAt ?thing", "?x kg:memberOf ?thing"),
    "entity": ("?x kg:speaker ?thing", "?thing kg:workedAt ?x", "?x kg:series ?thing"),
    "topic": ("?x kg:topic ?thing",),
    "award": ("?x kg:received ?thing",),
    "series": ("?x kg:series ?thing",),
}
"""Kind of thing -> where things that have much to tell stand."""
_LITERALS = {
    "talk": "?talk kg:speaker ?x ; kg:title ?name",
    "country": "?x kg:country ?name",
    "year": "?x kg:year ?name",
}
_FIXED = {"role": ("professor", "engineer", "director"), "percent": ("70", "95")}
_EACH, _TRIED = 3, 12
"""Values taken from each pattern, and askings to choose from."""
_WIDE = 140


@dataclass
class Line:
    """A query with the values it was asked with, and what each engine made of it.

    Parameters:
        first: our time for the first asking of a graph just opened, in ms.
        slowest: our longest time of all values that were tried, each for the second time.
    """

    query: str
    values: dict[str, str]
    sparql: str
    ours: Asked
    first: float
    slowest: float
    others: dict[str, Asked] = field(default_factory=dict)


def values(graph: KnowledgeGraph) -> dict[str, list[str]]:
    """Values of every kind that have many rows: the first of each pattern, then the second of each."""
    patterns = {
        kind: [f"{p} . ?thing kg:name ?name" for p in listed] for kind, listed in _PATTERNS.items()
    }
    patterns |= {kind: [pattern] for kind, pattern in _LITERALS.items()}
    found = {kind: list(fixed) for kind, fixed in _FIXED.items()}
    for kind, listed in patterns.items():
        columns = [_most(graph, pattern) for pattern in listed]
        ranks = (c[rank] for rank in range(_EACH) for c in columns if rank < len(c))
        found[kind] = list(dict.fromkeys(ranks))
    return found


def _most(graph: KnowledgeGraph, pattern: str) -> list[str]:
    counted = f"SELECT ?name (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?name"
    answer = graph.query(f"{counted} ORDER BY DESC(?n) ?name LIMIT {_EACH}")
    return [str(row[0]) for row in answer.rows]


def askings(query: Query, known: dict[str, list[str]]) -> list[dict[str, str]]:
    """Values to try a query with, low ranks first, none twice in one; the example where the graph has none."""
    columns = [known.get(p.type) or [p.example] for p in query.parameters]
    ranks = product(*(range(len(column)) for column in columns))
    found = []
    for places in sorted(ranks, key=lambda places: (sum(places), places)):
        given = [column[place] for column, place in zip(columns, places, strict=True)]
        if len(set(given)) == len(given):
            found.append({p.name: v for p, v in zip(query.parameters, given, strict=True)})
    return found[:_TRIED] or [query.examples]


def asked_of_us(folder: Path, name: str, tried: list[dict[str, str]]) -> Line:
    """Our engine: of the values that were tried those with most rows, the first of equals; and the times."""
    import kg

    graph = kg.load(folder)
    spent, counts = list[float](), list[int]()
    for given in tried * 2:
        start = time.perf_counter()
        counts.append(len(graph.query(name, **given)))
        spent.append(1000 * (time.perf_counter() - start))
    best = tried[counts.index(max(counts))]
    ours = timed(lambda: graph.query(name, **best).rows)
    return Line(name, best, graph.sparql(name, **best), ours, spent[0], max(spent[len(tried) :]))


def our_lines(folder: Path, wanted: Sequence[str], limit: float) -> Iterator[Line]:
    """Every query asked of our engine. The graph is opened anew for each: nothing of another is at hand."""
    import kg
    from kg import queries

    known = in_child(lambda: values(kg.load(folder)), 600)
    for name in wanted or queries.catalogue():
        tried = askings(queries.get(name), known)
        try:
            yield in_child(partial(asked_of_us, folder, name, tried), 2 * limit * len(tried))
        except (TimeoutError, RuntimeError) as error:
            sys.exit(f"{name}: {error or 'no answer in time'}")


def compare(line: Line, answer: Asked) -> Asked:
    """An answer with how its rows differ from ours. Which name a sample shows, and the order of a list, are free."""
    if answer.ms is None:
        return answer
    kept = _compared(line.sparql)
    mine, theirs = (
        Counter(tuple(_plain(row[n]) for n in kept) for row in rows)
        for rows in (line.ours.cells, answer.cells)
    )
    fewer, more = (mine - theirs).total(), (theirs - mine).total()
    if fewer or more:
        answer.note = f"{answer.rows} rows: lacks {fewer} of ours, has {more} others"
    return answer


def _compared(sparql: str) -> list[int]:
    """Places of the columns that every engine fills alike."""
    free = set(re.findall(r"\((?:SAMPLE|GROUP_CONCAT)\(.*? AS \?(\w+)\)", sparql))
    head = re.search(r"SELECT (?:DISTINCT )?(.*?)\s*(?:WHERE\s*)?\{", sparql, re.DOTALL)
    named = re.sub(r"\(.*? AS (\?\w+)\)", r"\1", head.group(1) if head else "")
    return [n for n, column in enumerate(re.findall(r"\?(\w+)", named)) if column not in free]


def _plain(cell: str | None) -> str:
    """A cell; engines write decimals with more or fewer zeros."""
    return re.sub(r"(\.\d*?)0+$", r"\1", cell or "").removesuffix(".")


def table(lines: Sequence[Line], asked: Sequence[str], limit: float) -> Iterator[str]:
    """The table as text, then medians and worst, and below each engine what it could not do or did otherwise."""
    heads = "".join(f" {engine + ' ms':>12} {'ratio':>8}" for engine in asked)
    yield f"{'query':<26} {'rows':>5} {'ours ms':>8} {'slowest':>8}{heads}"
    for line in lines:
        others = "".join(_pair(line, line.others[engine], limit) for engine in asked)
        yield f"{line.query:<26} {line.ours.rows:>5} {line.ours.ms:>8.1f} {line.slowest:>8.1f}{others}"
    yield _summary("ours", [line.ours.ms for line in lines])
    yield _summary("ours, of a graph just opened", [line.first for line in lines])
    yield _summary("ours, slowest values", [line.slowest for line in lines])
    for engine in asked:
        yield _summary(engine, [line.others[engine].ms for line in lines])
        for line in lines:
            if note := line.others[engine].note:
                yield f"  {line.query}: {note[:_WIDE]}"


def _pair(line: Line, answer: Asked, limit: float) -> str:
    ours = line.ours.ms or 1
    if answer.ms is not None:
        return f" {answer.ms:>12.1f} {answer.ms / ours:>8.1f}"
    if answer.note.startswith(">"):
        return f" {answer.note:>12} {f'> {1000 * limit / ours:.0f}':>8}"
    return f" {'error':>12} {'':>8}"


def _summary(what: str, times: Sequence[float | None]) -> str:
    told = [ms for ms in times if ms is not None]
    if not told:
        return f"{what}: no answer"
    median, worst = statistics.median(told), max(told)
    return f"{what}: {len(told)} of {len(times)} answered, median {median:.1f} ms, worst {worst:.0f} ms"


def main() -> None:
    """Ask, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.catalogue")
    parser.add_argument("folder", type=Path)
    parser.add_argument("queries", nargs="*")
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--without", action="append", default=[], choices=list(_ENGINES))
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    lines = []
    for line in our_lines(given.folder, given.queries, given.limit):
        lines.append(line)
        progress(f"ours: {line.query} {line.values or ''}: {line.ours}")
    asked = [engine for engine in _ENGINES if engine not in given.without]
    for engine in asked:
        texts = [line.sparql for line in lines]
        answers = _ENGINES[engine](given.folder / "graph.nt", texts, given.limit)
        for line, answer in zip(lines, answers, strict=True):
            line.others[engine] = compare(line, answer)
            progress(f"{engine}: {line.query}: {answer} {answer.note if answer.ms else ''}")
    print(*table(lines, asked, given.limit), sep="\n")
    if given.json:
        found = [asdict(line) for line in lines]
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
