"""How quickly a graph answers what is asked from outside, and how many names of a table come to their things.

Usage: python tests/benchmarks/operations.py GRAPH_DIR [NAMES]

Of each operation the time of the first call and the quickest of five more, in milliseconds; of reconciliation, for each
way that names are changed, the share that comes first, the share that is matched, the matches that are wrong, and the
time of a batch.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

import kg
from kg import authorities, operations, reconciliation
from kg.facade import KnowledgeGraph
from kg.graph import Thing
from kg.names import strip_accents
from kg.settings import LIMITS

_SEED, _NAMES, _THINGS = 5, 200, 1_000_000


def timed(name: str, call: Callable[[], Any]) -> None:
    """Print how long a call takes."""
    times = []
    for _ in range(6):
        start = perf_counter()
        call()
        times.append(1_000 * (perf_counter() - start))
    print(f"{name:44} first {times[0]:8.1f}   again {min(times[1:]):8.1f}")


def operations_of(graph: KnowledgeGraph, things: list[Thing]) -> None:
    """Time every operation on the things that most others point at."""
    most = {
        k: max((t for t in things if t.kind == k), key=lambda t: t.weight)
        for k in {t.kind for t in things}
    }
    for q in (
        "a",
        "python",
        "machine learning with pyton",
        "introduction to the practice of deep learnin",
    ):
        timed(f"search {q!r}", lambda q=q: operations.search(graph, q))  # type: ignore[misc]
    for kind, thing in sorted(most.items()):
        timed(f"entity, the heaviest {kind}", lambda t=thing: operations.entity(graph, t.iri))  # type: ignore[misc]
        timed(f"neighbours of the heaviest {kind}", lambda t=thing: _neighbours(graph, t))  # type: ignore[misc]
    people = sorted((t for t in things if t.kind == "person"), key=lambda t: (-t.weight, t.iri))
    timed("path of two people", lambda: operations.path(graph, people[0].iri, people[1].iri))
    claim = operations.entity(graph, people[0].iri)["statements"][0]["id"]
    timed("evidence", lambda: operations.evidence(graph, claim))
    timed("query frequent-topics", lambda: operations.query(graph, "frequent-topics"))
    timed("ask", lambda: operations.ask(graph, "who trained at MIT?"))


def _neighbours(graph: KnowledgeGraph, thing: Thing) -> None:
    ties = operations.neighbours(graph, thing.iri)["relations"]
    if ties:
        operations.neighbours(
            graph, thing.iri, max(ties, key=lambda t: int(t["count"]))["relation"]
        )


def _turned(name: str) -> str | None:
    *given, family = name.split()
    return f"{family}, {' '.join(given)}" if given else None


def _initials(name: str) -> str | None:
    words = name.split()
    return f"{words[0][0]}. {words[-1]}" if len(words) > 1 else None


def _dropped(name: str) -> str | None:
    word = max(name.split(), key=len)
    at = len(word) // 2
    return name.replace(word, word[:at] + word[at + 1 :], 1) if len(word) > 4 else None


def _swapped(name: str) -> str | None:
    word = max(name.split(), key=len)
    at = len(word) // 2
    changed = word[:at] + word[at + 1] + word[at] + word[at + 2 :] if len(word) > 5 else word
    return name.replace(word, changed, 1) if changed != word else None


def _plain(name: str) -> str | None:
    return plain if (plain := strip_accents(name)) != name else None


def _short(name: str) -> str | None:
    return min(authorities.aliases(name), key=len, default=None)


_CHANGES: dict[str, Callable[[str], str | None]] = {
    "as it is": str, "in capitals": str.upper, "family name first": _turned, "initials": _initials,
    "a letter left out": _dropped, "two letters changed places": _swapped, "without accents": _plain,
    "short name": _short,
}  # fmt: skip
_OF = {
    "person": tuple(_CHANGES)[:-1],
    "organization": ("as it is", "in capitals", "a letter left out", "two letters changed places", "short name"),
    "topic": ("as it is", "a letter left out"),
}  # fmt: skip


def reconciled(graph: KnowledgeGraph, things: list[Thing], number: int) -> None:
    """Print how many names come to their things."""
    for kind, changes in _OF.items():
        of_kind = [t for t in things if t.kind == kind and (kind != "person" or " " in t.label)]
        drawn = random.Random(_SEED).sample(of_kind, min(number, len(of_kind)))
        for change in changes:
            asked = [(t, changed) for t in drawn if (changed := _CHANGES[change](t.label))]
            _judged(graph, kind, change, asked)


def _judged(graph: KnowledgeGraph, kind: str, change: str, asked: list[tuple[Thing, str]]) -> None:
    first = matched = wrong = 0
    start = perf_counter()
    for thing, sure, best in _answers(graph, kind, asked):
        right = f"{kind}/{thing.key}"
        first += best == right
        matched += bool(sure)
        wrong += bool(sure) and sure != right
    batches = max(1, -(-len(asked) // LIMITS.batch))
    each = 1_000 * (perf_counter() - start) / batches
    share = max(1, len(asked))
    print(
        f"{kind:13} {change:27} {len(asked):4} names: first {first / share:.3f}, matched {matched / share:.3f}, "
        f"wrong {wrong}, {each:.0f} ms a batch"
    )


def _answers(
    graph: KnowledgeGraph, kind: str, asked: list[tuple[Thing, str]]
) -> Iterator[tuple[Thing, str, str]]:
    for start in range(0, len(asked), LIMITS.batch):
        part = asked[start : start + LIMITS.batch]
        batch = {t.key: {"query": q, "type": kind, "limit": 5} for t, q in part}
        told = reconciliation.reconcile(graph, batch)
        for thing, _ in part:
            found = told[thing.key]["result"]
            sure = next((c["id"] for c in found if c["match"]), "")
            yield thing, sure, found[0]["id"] if found else ""


def main() -> None:
    """Time and count."""
    graph = kg.load(sys.argv[1])
    things = graph.reader.things(_THINGS)
    operations_of(graph, things)
    reconciled(graph, things, int(sys.argv[2]) if len(sys.argv) > 2 else _NAMES)


if __name__ == "__main__":
    main()
