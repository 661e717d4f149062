"""How two things hang together: the shortest ways over direct relations, with the sentence of each step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.graph._names import Names
from kg.graph._sources import OA
from kg.graph._store import Readable, ahead, ahead_of, objects, plain
from kg.model import Answer
from kg.ontology import KG

RELATIONS = tuple(
    NamedNode(f"{KG}{name}")
    for name in (
        "advisedBy", "affiliatedWith", "educatedAt", "traineeAt", "workedAt", "memberOf", "received",
        "speaker", "series", "topic",
    )
)  # fmt: skip
HUB, FAR, MOST = 150, 6, 3
"""Neighbours of a thing that tells nothing of those it ties; steps; ways."""
_QUOTE, _EXACT = f"{OA}hasSelector", f"{OA}exact"


class Step(NamedTuple):
    """One relation on the way, read in either direction.

    Parameters:
        start: IRI where the step begins.
        end: IRI where it ends.
        subject: IRI of what has the relation: one of both.
    """

    start: str
    relation: str
    end: str
    subject: str


COLUMNS = ("reaches", "by", "from", "sentence", "end", "start")


def ways(store: Readable, names: Names, one: str, other: str) -> tuple[Answer, ...]:
    """The shortest ways between the things of two IRIs, each as an answer with its steps."""
    name = names.entity
    return tuple(
        Answer(
            COLUMNS,
            tuple(
                (
                    name(s.end).name,
                    s.relation,
                    name(s.start).name,
                    sentence(store, s),
                    s.end,
                    s.start,
                )
                for s in way
            ),
            "",
            {"reaches": "end", "from": "start"},
        )
        for way in paths(store, one, other)
    )


_Level = dict[str, list[Step]]
"""Nodes at one distance, with the steps that lead to each."""


def paths(store: Readable, one: str, other: str) -> list[tuple[Step, ...]]:
    """The shortest ways from one thing to another, three at most; things that very many are tied to are avoided.

    The search goes on from both ends, where it has less before it, until they meet.
    """
    if one == other:
        return []
    ahead(store, ((None, relation, None) for relation in RELATIONS))
    sides: tuple[list[_Level], list[_Level]] = ([{one: []}], [{other: []}])
    seen = ({one}, {other})
    while sum(map(len, sides)) - 2 < FAR and all(side[-1] for side in sides):
        at = 0 if len(sides[0][-1]) <= len(sides[1][-1]) else 1
        level = _next(store, sides[at][-1], sides[at][0].keys(), seen[at])
        sides[at].append(level)
        seen[at].update(level)
        met = [n for n in level if n in sides[1 - at][-1] and _passes(store, n, (one, other))]
        if met:
            return list(islice(_back(_levels(store, sides, met), other), MOST))
    return []


def _next(store: Readable, level: Iterable[str], end: Collection[str], seen: set[str]) -> _Level:
    found: _Level = {}
    for node in sorted(level):
        for step in _steps(store, node, bounded=node not in end):
            if step.end not in seen:
                found.setdefault(step.end, []).append(step)
    return found


def _passes(store: Readable, node: str, ends: Collection[str]) -> bool:
    """Whether a way may lead through a thing, or ends there."""
    return node in ends or bool(_steps(store, node, bounded=True))


def _levels(store: Readable, sides: Sequence[list[_Level]], met: Iterable[str]) -> list[_Level]:
    """The levels of a search from the first end alone, with nothing but what lies on the ways."""
    on = [set(met)]
    for level in reversed(sides[0][1:]):
        on.insert(0, {step.start for node in on[0] for step in level[node]})
    for level in reversed(sides[1][1:]):
        on.append({step.start for node in on[-1] for step in level[node]})
    one = sides[0][0].keys()
    levels: list[_Level] = [{node: [] for node in one}]
    for here, there in pairwise(on):
        level = {}
        for node in sorted(here):
            for step in _steps(store, node, bounded=node not in one):
                if step.end in there:
                    level.setdefault(step.end, []).append(step)
        levels.append(level)
    return levels


def _back(levels: list[dict[str, list[Step]]], node: str) -> Iterator[tuple[Step, ...]]:
    if len(levels) == 1:
        yield ()
        return
    told = set()
    for step in levels[-1][node]:
        if step.start in told:
            continue  # one relation between two things is enough
        told.add(step.start)
        for way in _back(levels[:-1], step.start):
            yield (*way, step)


def _steps(store: Readable, iri: str, bounded: bool) -> list[Step]:
    node = NamedNode(iri)
    found: list[Step] = []
    for relation in RELATIONS:
        name = relation.value.removeprefix(KG)
        for quad in store.quads_for_pattern(node, relation, None, None):
            found.append(Step(iri, name, plain(quad.object), iri))
        for quad in store.quads_for_pattern(None, relation, node, None):
            found.append(Step(iri, name, plain(quad.subject), plain(quad.subject)))
            if bounded and len(found) > HUB:
                return []
    return found


def sentence(store: Readable, step: Step) -> str | None:
    """The sentence that a step rests on; of several the first in the order of the claims."""
    claim = backing(store, step)
    for span in objects(store, claim, f"{KG}evidence") if claim else ():
        for quote in objects(store, span, _QUOTE):
            if found := objects(store, quote, _EXACT):
                return found[0]
    return None


def backing(store: Readable, step: Step) -> str | None:
    """The claim that a step rests on, the first of several; a series has none."""
    target = step.end if step.subject == step.start else step.start
    claims = {
        plain(q.subject)
        for q in store.quads_for_pattern(
            None, NamedNode(f"{KG}subject"), NamedNode(step.subject), None
        )
    }
    ahead_of(store, claims)
    for claim in sorted(claims):
        if target in objects(store, claim, f"{KG}object") and f"{KG}{step.relation}" in objects(
            store, claim, f"{KG}states"
        ):
            return claim
    return None
