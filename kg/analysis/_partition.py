"""Communities of a network: the best of several runs, how steady they are, and what they are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log

from kg.analysis import _leiden
from kg.analysis._network import Matrix, label, matrix, measure
from kg.network import Network
from kg.settings import Analysis

_NAMED = 3
"""Nodes that a community is named by."""
_LONGEST = 28
"""Letters of a word in a name; a longer one gives its place to the next."""


@dataclass(frozen=True)
class Partition:
    """Communities, by nodes in sorted order, the largest is 0.

    Parameters:
        modularity: of this partition.
        rand: mean adjusted Rand index of all pairs of runs (Hubert & Arabie 1985); 1 where all agree.
        information: mean normalized mutual information of all pairs of runs.
        steady: for each community, how much of it the other runs found (mean best Jaccard, Hennig 2007).
        runs: how many there were.
    """

    membership: tuple[int, ...]
    modularity: float
    rand: float
    information: float
    steady: tuple[float, ...]
    runs: int


def divided(network: Network, settings: Analysis) -> Partition:
    """The run of highest modularity among several that differ by seed; of equals the first."""
    links = linked(matrix(network, settings.weight))
    level = _leiden.levelled(links)
    refine = settings.method == "leiden"
    seeds = range(settings.seed, settings.seed + max(settings.runs, 1))
    runs = [_leiden.partition(level, seed, settings.resolution, refine) for seed in seeds]
    scores = [_leiden.modularity(level, run, settings.resolution) for run in runs]
    best = max(range(len(runs)), key=lambda run: (round(scores[run], 9), -run))
    membership = _by_size(runs[best])
    pairs = list(combinations(runs, 2))
    return Partition(
        membership,
        scores[best],
        _mean([adjusted_rand(a, b) for a, b in pairs]),
        _mean([mutual_information(a, b) for a, b in pairs]),
        _steadiness(membership, [run for at, run in enumerate(runs) if at != best]),
        len(runs),
    )


def linked(weights: Matrix) -> _leiden.Links:
    """The rows of a matrix as lists of neighbours and weights."""
    starts, ends, values = (a.tolist() for a in (weights.indptr, weights.indices, weights.data))
    spans = pairwise(starts)
    return [list(zip(ends[i:j], values[i:j], strict=True)) for i, j in spans]


def _by_size(run: Sequence[int]) -> tuple[int, ...]:
    """Numbers by size; of equals the one with the first node comes first."""
    first: dict[int, int] = {}
    for node, community in enumerate(run):
        first.setdefault(community, node)
    sizes = Counter(run)
    order = sorted(sizes, key=lambda community: (-sizes[community], first[community]))
    number = {community: at for at, community in enumerate(order)}
    return tuple(number[community] for community in run)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def adjusted_rand(one: Sequence[int], other: Sequence[int]) -> float:
    """How far two partitions agree beyond chance: 1 for equal ones, about 0 by chance (Hubert & Arabie 1985)."""
    both = sum(_pairs(count) for count in Counter(zip(one, other, strict=True)).values())
    mine, theirs = (sum(_pairs(count) for count in Counter(side).values()) for side in (one, other))
    every = _pairs(len(one))
    expected = mine * theirs / every if every else 0.0
    most = (mine + theirs) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _pairs(count: int) -> float:
    return count * (count - 1) / 2


def mutual_information(one: Sequence[int], other: Sequence[int]) -> float:
    """What two partitions tell of each other, over the mean of what each tells; from 0 to 1."""
    size = len(one)
    mine, theirs = Counter(one), Counter(other)
    entropies = [-sum(n / size * log(n / size) for n in side.values()) for side in (mine, theirs)]
    if sum(entropies) <= 0:
        return 1.0
    shared = sum(
        n / size * log(n * size / (mine[a] * theirs[b]))
        for (a, b), n in Counter(zip(one, other, strict=True)).items()
    )
    return max(0.0, 2 * shared / sum(entropies))


def _steadiness(membership: Sequence[int], others: Sequence[Sequence[int]]) -> tuple[float, ...]:
    sizes = Counter(membership)
    sums = [0.0] * len(sizes)
    for run in others:
        theirs = Counter(run)
        best = [0.0] * len(sizes)
        for (mine, other), both in Counter(zip(membership, run, strict=True)).items():
            best[mine] = max(best[mine], both / (sizes[mine] + theirs[other] - both))
        sums = [total + found for total, found in zip(sums, best, strict=True)]
    return tuple(total / len(others) if others else 1.0 for total in sums)


def typical(network: Network, membership: Sequence[int]) -> dict[int, list[str]]:
    """The nodes of each community, those that are most its own first.

    A node counts by its links within, times the logarithm of how many more these are than its links and those of the
    community would lead to expect: neither what is common everywhere nor what is rare here comes first.
    """
    nodes = sorted(network)
    rows = linked(matrix(network, measure(network)))
    strength = [sum(weight for _, weight in found) for found in rows]
    total = sum(strength) or 1.0
    held: dict[int, float] = defaultdict(float)
    for node, community in enumerate(membership):
        held[community] += strength[node]
    ranked: dict[int, list[tuple[float, str, str]]] = defaultdict(list)
    for at, node in enumerate(nodes):
        community = membership[at]
        inner = sum(weight for other, weight in rows[at] if membership[other] == community)
        expected = strength[at] * held[community] / total
        score = inner * log(inner / expected) if inner > 0 and expected > 0 else 0.0
        ranked[community].append((-round(score, 9), label(network, node), node))
    return {community: [node for *_, node in sorted(ranked[community])] for community in ranked}


def named(network: Network, own: Mapping[int, Sequence[str]]) -> list[str]:
    """A name for each community, given what is ``typical`` of it."""
    return [_name([label(network, node) for node in own[community]]) for community in sorted(own)]


def _name(words: Sequence[str]) -> str:
    """The first few that are not too long and do not repeat each other."""
    chosen: list[str] = []
    for word in sorted(words[: 4 * _NAMED], key=lambda word: len(word) > _LONGEST or "://" in word):
        parts = set(word.casefold().split())
        if not any(
            parts <= set(w.casefold().split()) or set(w.casefold().split()) <= parts for w in chosen
        ):
            chosen.append(word)
        if len(chosen) == _NAMED:
            break
    return ", ".join(chosen)
