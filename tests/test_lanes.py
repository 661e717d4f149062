"""Who goes first in a server: what was quick before, then what is not known; what took long waits elsewhere."""

from __future__ import annotations

import asyncio
from pathlib import Path

import kg
from kg.server._lanes import Pace, shape_of, sort_of
from kg.server._pool import Pool
from kg.settings import Serving

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SIMPLE = "SELECT ?name WHERE { ?p a kg:Person ; kg:name ?name } LIMIT 3"


def of_query(query: str) -> dict[str, object]:
    return {
        "query": query,
        "accept": "application/json",
        "format": None,
        "defaults": [],
        "named": [],
    }


def test_a_sort_is_quick_until_one_of_it_takes_long() -> None:
    pace = Pace()
    shape, sort = shape_of("sparql", of_query(SIMPLE)), sort_of("sparql", of_query(SIMPLE))
    assert not pace.is_quick(sort)
    pace.was_quick(sort)
    assert pace.is_quick(sort)
    assert not pace.is_long(shape)
    pace.was_long(shape, sort)
    assert pace.is_long(shape)
    assert not pace.is_quick(sort)


def test_queries_that_differ_in_names_and_values_are_of_one_sort() -> None:
    one, other = (
        of_query(SIMPLE),
        of_query(SIMPLE.replace("?name", "?n").replace("LIMIT 3", "LIMIT 50")),
    )
    assert sort_of("sparql", one) == sort_of("sparql", other)
    assert sort_of("sparql", one) != sort_of("sparql", of_query(ENDLESS))


def test_other_jobs_are_of_one_sort_whatever_they_are_asked() -> None:
    assert (
        sort_of("search", {"q": "a"})
        == sort_of("search", {"q": "b"})
        != sort_of("entity", {"iri": "a"})
    )
    assert shape_of("search", {"q": "a"}) != shape_of("search", {"q": "b"})


def test_of_very_many_sorts_the_oldest_are_forgotten() -> None:
    pace = Pace()
    pace.was_quick("first")
    for number in range(2000):
        pace.was_quick(f"sort {number}")
        pace.was_quick("often")
    assert pace.is_quick("often")
    assert pace.is_quick("sort 1999")
    assert not pace.is_quick("first")


def test_what_was_quick_does_not_wait_for_what_is_tried(
    tmp_path: Path, graph: kg.KnowledgeGraph
) -> None:
    """The one place for trials is taken for as long as it likes: what is known goes past it."""
    graph.save_store(tmp_path / "g")

    async def run() -> bool:
        pool = Pool(tmp_path / "g", Serving(quick=1, trial=1, patience=600, time_limit=600))
        await pool.start()
        try:
            pool.done(await pool.run("sparql", of_query(SIMPLE)))
            endless = asyncio.create_task(pool.run("sparql", of_query(ENDLESS)))
            await asyncio.sleep(0)  # it has its place
            pool.done(await asyncio.wait_for(pool.run("sparql", of_query(SIMPLE)), 60))
            return endless.done()
        finally:
            endless.cancel()
            await pool.stop()

    assert not asyncio.run(run())


def test_no_more_workers_are_kept_than_begin_jobs(tmp_path: Path, graph: kg.KnowledgeGraph) -> None:
    graph.save_store(tmp_path / "g")

    async def run() -> int:
        pool = Pool(tmp_path / "g", Serving(quick=1, trial=2, patience=600))
        await pool.start()
        try:
            for answer in await asyncio.gather(
                *(pool.run("sparql", of_query(SIMPLE)) for _ in range(5))
            ):
                pool.done(answer)
            return len(pool._idle)
        finally:
            await pool.stop()

    assert asyncio.run(run()) <= 3


def test_a_worker_whose_client_left_before_it_had_started_is_not_lost(
    tmp_path: Path, graph: kg.KnowledgeGraph
) -> None:
    graph.save_store(tmp_path / "g")

    async def run() -> int:
        pool = Pool(tmp_path / "g", Serving(quick=1, trial=1))
        await pool.start()
        started, new = [], pool._new
        pool._new = lambda: started.append(new()) or started[-1]  # type: ignore[method-assign, func-returns-value]
        try:
            left = [asyncio.create_task(pool._made()) for _ in range(6)]
            await asyncio.sleep(0.01)
            for task in left:
                task.cancel()
            async with asyncio.timeout(60):
                while len(started) < len(left) or len(pool._all) > 2:
                    await asyncio.sleep(0.02)
            return len(pool._idle)
        finally:
            await pool.stop()

    assert asyncio.run(run()) == 2
