"""Projections, weights and tests of significance: by hand, beside networkx, against simulation, for any table."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations
from math import comb, log2, sqrt
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from kg.network import WEIGHTS, _configuration, _projection, _significance
from kg.network._backbone import disparity
from kg.network._projection import Pairs, count, shared
from kg.network._significance import discovery_q, judged, overlap_p, unevenness
from kg.network._table import Table, aligned, joined, table
from kg.network._weights import measured, weights
from kg.settings import Networks

TALKS = {"t1": "ab", "t2": "abc", "t3": "a", "t4": "c"}
"""Topic a in three of four talks, b in two, c in two; a and b share two."""


def of(talks: dict[str, str]) -> Table:
    return table((topic, talk) for talk, topics in talks.items() for topic in topics)


def projected(found: Table, at_least: int | None = None) -> dict[tuple[str, str], int]:
    pairs = count(found, found, at_least)
    ends = zip(pairs.one.tolist(), pairs.other.tolist(), pairs.count.tolist(), strict=True)
    return {(found.rows[i], found.rows[j]): c for i, j, c in ends}


def weighed(found: Table, measure: str) -> dict[tuple[str, str], float]:
    pairs = count(found, found, 1)
    ends = zip(pairs.one.tolist(), pairs.other.tolist(), strict=True)
    values = weights(measure, found, found, pairs).tolist()
    return {(found.rows[i], found.rows[j]): w for (i, j), w in zip(ends, values, strict=True)}


def test_a_table_has_sorted_rows_and_columns_and_counts_a_pair_once() -> None:
    found = table([("b", "t2"), ("a", "t1"), ("b", "t1"), ("b", "t2")])
    assert (found.rows, found.columns) == (("a", "b"), ("t1", "t2"))
    assert found.matrix.toarray().tolist() == [[1, 0], [1, 1]]
    assert (found.margins.tolist(), found.of(1)) == ([1, 2], ["t1", "t2"])
    empty = table([])
    assert (empty.rows, len(count(empty, empty))) == ((), 0)


def test_a_projection_by_hand() -> None:
    found = of(TALKS)
    assert projected(found) == {("a", "b"): 2, ("a", "c"): 1, ("b", "c"): 1}
    assert projected(found, 2) == {("a", "b"): 2}
    common = [
        (part, m.toarray().tolist()) for part, m in shared(found, found, count(found, found, 2))
    ]
    assert common == [(slice(0, 1), [[1, 1, 0, 0]])]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("count", 2),
        ("association", 4 * 2 / (3 * 2)),
        ("pmi", log2(4 / 3)),
        ("npmi", log2(4 / 3) / -log2(2 / 4)),
        ("jaccard", 2 / 3),
        ("cosine", 2 / sqrt(6)),
        ("collaboration", 1 / (2 - 1) + 1 / (3 - 1)),
    ],
)
def test_weights_by_hand(measure: str, expected: float) -> None:
    assert weighed(of(TALKS), measure)["a", "b"] == pytest.approx(expected)


def test_significance_by_hand() -> None:
    """Of 4 talks one topic has 3 and another 2: both of the two among the three in 3 of 6 draws."""
    assert overlap_p([2], [3], [2], 4).tolist() == pytest.approx([comb(3, 2) / comb(4, 2)])
    q = discovery_q(np.array([0.01, 0.5, 0.02]), 10)
    assert q.tolist() == pytest.approx([0.1, 1.0, 0.1])


def random_talks(seed: int, topics: int = 12, talks: int = 40) -> dict[str, str]:
    rng = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"[:topics]
    return {f"t{i:03}": "".join(rng.sample(letters, rng.randint(1, 6))) for i in range(talks)}


def bipartite(talks: dict[str, str]) -> tuple[Any, set[str]]:
    graph = nx.Graph()
    graph.add_edges_from((topic, talk) for talk, topics in talks.items() for topic in topics)
    return graph, {topic for topics in talks.values() for topic in topics}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("measure", "project"),
    [
        ("count", nx.bipartite.weighted_projected_graph),
        ("jaccard", nx.bipartite.overlap_weighted_projected_graph),
        ("collaboration", nx.bipartite.collaboration_weighted_projected_graph),
    ],
)
def test_the_same_as_networkx(measure: str, project: Any, seed: int) -> None:
    talks = random_talks(seed)
    expected = {
        (min(one, other), max(one, other)): weight
        for one, other, weight in project(*bipartite(talks)).edges(data="weight")
    }
    assert weighed(of(talks), measure) == pytest.approx(expected)


@pytest.mark.parametrize("work", [1, 7, 100])
def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch, work: int) -> None:
    talks = random_talks(9)
    whole, heavy = projected(of(talks)), weighed(of(talks), "collaboration")
    monkeypatch.setattr(_projection, "NETWORKS", Networks(work=work))
    assert projected(of(talks)) == whole
    assert weighed(of(talks), "collaboration") == pytest.approx(heavy)


@pytest.mark.parametrize("edges", [0, 1, 10, 30])
@pytest.mark.parametrize("work", [5, 10_000])
def test_the_least_count_is_raised_until_few_enough_edges_are_left(
    monkeypatch: pytest.MonkeyPatch, edges: int, work: int
) -> None:
    found = of(random_talks(4))
    counts = sorted(projected(found, 1).values())
    monkeypatch.setattr(_projection, "NETWORKS", Networks(edges=edges, work=work))
    pairs = count(found, found)
    least = next(k for k in range(1, 99) if sum(c >= k for c in counts) <= edges)
    assert (pairs.least, pairs.total) == (least, len(counts))
    assert sorted(pairs.count.tolist()) == [c for c in counts if c >= least]


def test_tables_are_joined_by_what_they_share() -> None:
    people = table([("ada", "t1"), ("bo", "t2"), ("bo", "t9"), ("eve", "t9")])
    one, other = aligned(people, of(TALKS))
    assert (one.rows, one.columns) == (("ada", "bo"), ("t1", "t2"))
    both = joined(one, other)
    assert [both.of(0), both.of(1)] == [["a", "b"], ["a", "b", "c"]]


def test_p_is_that_of_scipy() -> None:
    rng = np.random.default_rng(3)
    n = 5_000
    a, b = rng.integers(1, n, 400), rng.integers(1, n, 400)
    least = np.maximum(a + b - n, 0)
    c = least + np.floor(rng.random(400) * (np.minimum(a, b) - least + 1)).astype(int)
    expected = hypergeom.sf(c - 1, n, a, b)
    found = overlap_p(c, a, b, n)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-12)
    few = overlap_p([3, 2, 1, 30], [3, 2, 1, 40], [3, 900, 1, 50], 20_000)
    assert few == pytest.approx(hypergeom.sf([2, 1, 0, 29], 20_000, [3, 2, 1, 40], [3, 900, 1, 50]))
    assert 0 < few[3] < 1e-50


def curveball(talks: list[set[str]], rng: random.Random, trades: int) -> None:
    """Trade topics between talks: every talk keeps how many it has, every topic in how many it is.

    Strona, Nappo, Boccacci, Fattorini and San-Miguel-Ayanz (2014), Nature Communications 5: 4114.
    """
    for _ in range(trades):
        one, other = rng.sample(talks, 2)
        only = sorted(one ^ other)
        size, both = len(one), one & other
        rng.shuffle(only)
        one.clear()
        one.update(both, only[: size - len(both)])
        other.clear()
        other.update(both, only[size - len(both) :])


def shuffled(
    talks: list[set[str]], pairs: list[tuple[str, str]], times: int
) -> dict[Any, list[int]]:
    """How many talks each pair has in common in shuffles that keep the degrees of both sides."""
    rng = random.Random(11)
    found: dict[Any, list[int]] = {pair: [] for pair in pairs}
    curveball(talks, rng, 2_000)
    for _ in range(times):
        curveball(talks, rng, len(talks))
        for pair in pairs:
            found[pair].append(sum(talk.issuperset(pair) for talk in talks))
    return found


def told(talks: list[set[str]]) -> tuple[Table, dict[tuple[str, str], tuple[int, int]]]:
    """The table of some talks, and the degrees of pairs of its rows."""
    found = table((topic, f"t{i:03}") for i, talk in enumerate(talks) for topic in sorted(talk))
    size = dict(zip(found.rows, found.margins.tolist(), strict=True))
    return found, {pair: (size[pair[0]], size[pair[1]]) for pair in combinations(found.rows, 2)}


def test_p_is_what_shuffles_give() -> None:
    """The share of shuffles with at least as many talks in common, where talks have one to six topics."""
    rng = random.Random(3)
    letters = "abcdefghijklmnopqrst"
    talks = [set(rng.sample(letters, rng.randint(1, 6))) for _ in range(70)]
    found, degrees = told(talks)
    assert unevenness(found, found) == pytest.approx(0.95, abs=0.06)
    pairs = random.Random(1).sample(sorted(degrees), 25)
    seen = shuffled(talks, pairs, 1_500)
    off = [
        overlap_p([c], [degrees[pair][0]], [degrees[pair][1]], 70)[0]
        - sum(x >= c for x in seen[pair]) / 1_500
        for pair in pairs
        for c in (1, 2, 3, 4, 5)
    ]
    assert abs(np.mean(off)) < 0.02
    assert max(map(abs, off)) < 0.06


def test_p_is_what_shuffles_give_where_columns_are_uneven() -> None:
    """Three of the columns have most rows: the hypergeometric is far off, the configuration model is not."""
    rng = random.Random(8)
    letters = "abcdefghijklmnopqrstuvwxyzABCD"
    sizes = [26, 22, 18] + [rng.randint(1, 4) for _ in range(60)]
    columns = [set(rng.sample(letters, size)) for size in sizes]
    found, degrees = told(columns)
    assert unevenness(found, found) > 2
    pairs = random.Random(1).sample(sorted(degrees), 25)
    seen = shuffled(columns, pairs, 1_500)
    hyper, model = [], []
    for pair in pairs:
        for c in (1, 2, 3, 4, 5):
            share = sum(x >= c for x in seen[pair]) / 1_500
            a, b = (np.array([d]) for d in degrees[pair])
            sides = (found.margins, found.widths)
            hyper.append(overlap_p([c], a, b, len(columns))[0] - share)
            p = _configuration.overlap_p(np.array([c]), a, b, sides, sides)
            model.append(p[0] - share)
    assert np.mean(hyper) < -0.15
    assert abs(np.mean(model)) < 0.03
    assert max(map(abs, model)) < 0.2
    pairs_of = count(found, found, 1)
    p, words = judged(found, found, pairs_of)
    assert "configuration model" in words
    assert len(p) == len(pairs_of)


def test_the_configuration_model_keeps_the_degrees() -> None:
    rows, columns = np.array([1, 2, 3, 5, 7, 0]), np.array([4, 4, 3, 2, 2, 1, 1, 1, 0])
    chance = _configuration._model(rows, columns, rows[:5], columns)
    assert chance.sum(axis=1) == pytest.approx(rows[:5])
    assert chance.sum(axis=0) == pytest.approx(columns)
    heavy = _configuration._added(np.array([[0.5, 0.25]]))
    assert heavy.tolist() == [pytest.approx([0.375, 0.5, 0.125])]


def test_two_tables_may_be_uneven_too() -> None:
    """One column has all rows of both tables: that everybody meets there is no news, that two meet elsewhere is."""
    one = table([(f"a{i}", "x") for i in range(30)] + [(f"a{i}", f"y{i % 9}") for i in range(30)])
    other = table([(f"b{i}", "x") for i in range(30)] + [(f"b{i}", f"y{i % 9}") for i in range(30)])
    pairs = count(one, other, 1)
    assert unevenness(one, other) > _significance._UNEVEN
    p, words = judged(one, other, pairs)
    assert "configuration model" in words
    assert p[pairs.count == 1].min() > 0.99
    assert p[pairs.count == 2].max() < 0.15


def test_p_is_what_lots_give() -> None:
    """Where one topic keeps its number of talks and falls on any by lot, the distribution is this very one."""
    rng = np.random.default_rng(5)
    n, a, b = 80, 20, 15
    drawn = np.array([(rng.permutation(n)[:a] < b).sum() for _ in range(8_000)])
    for least in range(1, 9):
        assert overlap_p([least], [a], [b], n)[0] == pytest.approx(
            (drawn >= least).mean(), abs=0.02
        )


def test_what_is_by_lot_is_seldom_significant() -> None:
    rng = random.Random(2)
    talks = {f"t{i:03}": "".join(rng.sample("abcdefghijklmnopqrst", 4)) for i in range(300)}
    planted = {f"p{i:03}": "yz" + rng.choice("abc") for i in range(12)}
    found = of(talks | planted)
    pairs = count(found, found, 1)
    ends = found.margins[pairs.one], found.margins[pairs.other]
    p = overlap_p(pairs.count, *ends, len(found.columns))
    kept = discovery_q(p, len(found.rows) * (len(found.rows) - 1) // 2) <= 0.05
    names = {
        (found.rows[i], found.rows[j])
        for i, j in zip(pairs.one[kept], pairs.other[kept], strict=True)
    }
    assert ("y", "z") in names
    assert len({pair for pair in names if not {"y", "z"} & {*pair}}) <= 2


def test_the_disparity_filter_by_hand() -> None:
    """A node of strength 10 with edges of 8, 1, 1; the others have but one edge."""
    one, other = np.array([0, 0, 0]), np.array([1, 2, 3])
    assert disparity(one, other, np.array([8.0, 1.0, 1.0])) == pytest.approx(
        [0.2**2, 0.9**2, 0.9**2]
    )
    square = disparity(np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([3.0, 1.0, 0.0]))
    assert square == pytest.approx([1 - 3 / 4, 1 - 1 / 4, 1.0])
    arrows = disparity(
        np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([3.0, 1.0, 1.0]), directed=True
    )
    assert arrows == pytest.approx([1 / 4, 3 / 4, 3 / 4])


@st.composite
def counts(draw: Any) -> tuple[int, int, int, int]:
    n = draw(st.integers(2, 5_000))
    a, b = draw(st.integers(1, n)), draw(st.integers(1, n))
    return draw(st.integers(max(1, a + b - n), max(1, min(a, b)))), a, b, n


def one(measure: str, c: int, a: int, b: int, n: int) -> float:
    found: Iterable[float] = measured(
        measure, np.array([c]), np.array([a]), np.array([b]), n
    ).tolist()
    return next(iter(found))


@given(counts())
def test_weights_keep_their_bounds_and_know_no_direction(case: tuple[int, int, int, int]) -> None:
    c, a, b, n = case
    for measure in set(WEIGHTS) - {"collaboration"}:
        assert one(measure, c, a, b, n) == one(measure, c, b, a, n)
    assert 0 < one("jaccard", *case) <= one("cosine", *case) <= 1
    assert -1 - 1e-9 <= one("npmi", *case) <= 1 + 1e-9
    assert one("pmi", *case) == pytest.approx(log2(one("association", *case)))
    p = overlap_p([c], [a], [b], n)[0]
    assert 0 <= p <= 1
    assert p == overlap_p([c], [b], [a], n)[0]
    assert p >= overlap_p([min(c + 1, a, b)], [a], [b], n)[0] - 1e-12


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("uvwxyz")), max_size=40))
def test_any_table_is_counted_right(pairs: list[tuple[str, str]]) -> None:
    has: dict[str, set[str]] = {}
    for row, column in pairs:
        has.setdefault(row, set()).add(column)
    expected = {
        (x, y): len(has[x] & has[y]) for x, y in combinations(sorted(has), 2) if has[x] & has[y]
    }
    assert projected(table(pairs)) == expected


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 100))
def test_q_is_never_below_p_and_keeps_its_order(p: list[float], more: int) -> None:
    q = discovery_q(np.array(p), len(p) + more)
    assert all(q >= np.array(p) - 1e-12)
    assert all(np.diff(q[np.argsort(p, kind="stable")]) >= 0)


def test_pairs_can_be_cut() -> None:
    pairs = Pairs(np.array([0, 1]), np.array([1, 2]), np.array([4, 5]), 9, 2)
    kept = pairs.kept(np.array([False, True]))
    assert (len(kept), kept.one.tolist(), kept.total, kept.least) == (1, [1], 9, 2)
