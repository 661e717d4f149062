"""What is in a graph at a glance: its numbers, where it comes from, what stands out, and what needs a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg import queries as catalogue
from kg.graph import KnowledgeGraph
from kg.operations._bounds import Value
from kg.operations._describing import brief, named, summary
from kg.questions import spoken
from kg.workspace import manifest_of, product_version

_TITLE = "Talks"
_MOST = ("person", "organization", "topic", "award")
_COUNTED = (
    "talks",
    "speakers",
    "people",
    "institutions",
    "units",
    "topics",
    "awards",
    "series",
    "facts",
    "sources",
    "triples",
)
_FEW, _SOURCES, _NEWEST = 12, 30, 8
_REVIEWED = (
    "same-names",
    "weak-facts",
    "disagreements",
    "talks-without-affiliation",
    "incomplete-talks",
)
"""Queries whose rows want to be looked at."""
_MANY, _LARGE = 200, 1_000_000
"""Rows that are counted; triples of a graph in which what needs a look is not counted on the way."""
_OF_ONE = (
    ("career-of", "person"),
    ("trained-at", "organization"),
    ("talks-on-topic", "topic"),
    ("advised-by", "person"),
    ("holders-of-award", "award"),
)
"""Questions about one thing, and the kind of it."""
_OFTEN = (
    *("frequent-topics", "never-invited", "phd-schools", "advisor-pairs", "never-met", "flows"),
    *("most-awarded", "repeat-speakers", "countries", "busiest-advisors", "all-speakers"),
)
"""Questions that need no name, those that newcomers ask first."""
_ASKING = frozenset(("who", "whom", "whose", "what", "which", "where", "when", "how", "why"))
_FROM = f"""SELECT ?source (COUNT(?talk) AS ?n) WHERE {{
  ?talk a kg:Talk ; <http://www.w3.org/ns/prov#wasDerivedFrom> ?source
}} GROUP BY ?source ORDER BY DESC(?n) ?source LIMIT {_SOURCES}"""


def home(graph: KnowledgeGraph) -> Value:
    """What is in here, as somebody wants to know it who comes for the first time.

    Returns:
        ``title``, ``base`` (what the IRIs begin with), ``built`` (the day, or None where no build tells it),
        ``version`` (of the program), ``licence`` (None where none is told), ``cite`` (a sentence), ``counts`` (pairs of
        a word and a number), ``years`` (pairs of a year and its talks), ``sources`` (``name``, ``url``, ``talks``; the
        richest), ``sources_total``, ``most`` (by kind the things at which most others point: ``iri``,
        ``kind``, ``name``, ``weight``, ``summary``), ``newest`` (talks: ``iri``, ``kind``, ``name``, ``date``,
        ``speakers``), ``review`` (queries of the catalogue whose rows want a look: ``query``, ``title``, ``total``, a
        number, "200+", or None where the graph is too large to count on the way) and ``questions`` that can be asked.
    """
    told = manifest_of(graph.reader.folder)
    title = str(told.get("title") or _TITLE)
    built = str(told["built"])[:10] if "built" in told else None
    version = str(told.get("version") or product_version())
    stats, dates = graph.stats(), graph.spread("talk", "date")
    most = {kind: _most(graph, kind) for kind in _MOST}
    return {
        "title": title,
        "base": graph.base,
        "built": built,
        "version": version,
        "licence": told.get("licence") or None,
        "cite": _cite(
            graph, stats, f"TalkGraph {version}" + (f", built {built}" if built else ""), title
        ),
        "counts": _counts(stats),
        "years": _years(dates),
        "sources": _sources(graph, told.get("sources")),
        "sources_total": stats["sources"],
        "most": most,
        "newest": [_talk(graph, iri, date) for iri, date in _newest(graph, dates)],
        "review": list(_review(graph, stats)),
        "questions": [*_about_one(most), *_asked_often(_FEW // 2)],
    }


def _years(dates: list[tuple[str, int]]) -> list[list[int]]:
    counts = Counter[int]()
    for date, number in dates:
        if date[:4].isdecimal():
            counts[int(date[:4])] += number
    return [[year, number] for year, number in sorted(counts.items())]


def _newest(graph: KnowledgeGraph, dates: list[tuple[str, int]]) -> list[tuple[str, str]]:
    """Talks with their dates; of one date in the order of their IRIs."""
    last = dates[::-1][:_NEWEST]
    found = graph.reaching("talk", "date", last[-1][0]) if last else []
    return sorted(sorted(found), key=lambda pair: pair[1], reverse=True)[:_NEWEST]


def _counts(stats: dict[str, Any]) -> list[list[Any]]:
    told = stats | {"facts": sum(stats["facts"].values())}
    return [[word, told[word]] for word in _COUNTED if told[word]]


def _cite(graph: KnowledgeGraph, stats: dict[str, Any], made: str, title: str) -> str:
    number, talks = stats["sources"], stats["talks"]
    return (
        f"{title}: a knowledge graph of {talks:,} talk{'' if talks == 1 else 's'} from {number:,} "
        f"source{'' if number == 1 else 's'}, {made}. {graph.base}"
    )


def _sources(graph: KnowledgeGraph, listed: list[dict[str, Any]] | None) -> list[Value]:
    """The sources with most talks, as the build lists them; where there is no list the graph tells it more slowly."""
    if listed is None:
        rows = graph.query(_FROM).rows
        return [_source(graph, str(iri), int(talks or 0)) for iri, talks in rows]
    found = sorted(listed, key=lambda row: (-row["talks"], row["name"]))[:_SOURCES]
    return [{"name": r["name"], "url": _address(r["name"]), "talks": r["talks"]} for r in found]


def _address(name: str) -> str | None:
    return name if name.startswith(("http://", "https://")) else None


def _source(graph: KnowledgeGraph, iri: str, talks: int) -> Value:
    name = next(iter(graph.reader.values(iri, "name")), iri)
    return {"name": name, "url": _address(name), "talks": talks}


def _most(graph: KnowledgeGraph, kind: str) -> list[Value]:
    found = graph.most(kind, _FEW)
    return [brief(t) | {"weight": t.weight, "summary": summary(graph, t)} for t in found]


def _talk(graph: KnowledgeGraph, iri: str, date: str) -> Value:
    reader = graph.reader
    speakers = [named(reader.entity(i), i) for i in reader.values(iri, "speaker")]
    return {**named(reader.entity(iri), iri), "date": date, "speakers": speakers}


def _review(graph: KnowledgeGraph, stats: dict[str, Any]) -> Iterator[Value]:
    for name in _REVIEWED:
        title = catalogue.get(name).title
        if stats["triples"] > _LARGE:
            yield {"query": name, "title": title, "total": None}
            continue
        total = len(graph.query(name, **catalogue.get(name).examples))
        if total:
            told = total if total < _MANY else f"{_MANY}+"
            yield {"query": name, "title": title, "total": told}


def _asked_often(most: int) -> list[str]:
    """Questions that need no name, in plain words."""
    every = catalogue.catalogue().values()
    known = {q.name: q for q in every if q.phrasings and not q.parameters}
    first = [name for name in _OFTEN if name in known]
    names = [*first, *(name for name in known if name not in first)]
    return [_asked(spoken(known[name].phrasings)[0]) for name in names[:most]]


def _about_one(most: dict[str, list[Value]]) -> Iterator[str]:
    """Questions about what most others point at, each about another thing."""
    used = set[str]()
    for name, kind in _OF_ONE:
        query = catalogue.get(name)
        thing = next((t for t in most[kind] if t["iri"] not in used), None)
        if thing:
            used.add(thing["iri"])
            phrase = spoken(query.phrasings)[0]
            yield _asked(phrase.replace("{" + query.parameters[0].name + "}", thing["name"]))


def _asked(phrase: str) -> str:
    mark = "?" if not _ASKING.isdisjoint(phrase.split()) else ""
    return f"{phrase[:1].upper()}{phrase[1:]}{mark}"
