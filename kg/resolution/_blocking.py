"""Which records are compared at all: those of like names. So the work grows with the records, not with their pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from kg.names import fold
from kg.resolution import _personal as personal
from kg.resolution._records import Record
from kg.resolution._weights import WEIGHTS, Weights

Pair = tuple[str, str]


def blocks_of_same(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Records of one and the same folded name."""
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[fold(record.name)].append(record)
    yield from (block for block in found.values() if len(block) > 1)


def blocks_of_like(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Records that share a word of the name as it sounds, and the initial of another."""
    found: dict[tuple[str, str], dict[str, Record]] = defaultdict(dict)
    for record in records:
        for name in {record.name, *record.names}:
            for key in personal.tokens(name):
                found[key][record.id] = record
    yield from (list(block.values()) for block in found.values() if len(block) > 1)


def pairs(blocks: Iterable[Sequence[Record]], weights: Weights = WEIGHTS) -> Iterator[Pair]:
    """Pairs of ids to be compared, each once, sorted within.

    Within a small block all; within a large one neighbours by name, and those that share a sign.
    """
    seen: set[Pair] = set()
    for block in blocks:
        for one, other in _of_block(sorted(block, key=lambda r: (r.name, r.id)), weights.block):
            pair = (one, other) if one < other else (other, one)
            if pair not in seen:
                seen.add(pair)
                yield pair


def _of_block(block: Sequence[Record], most: int) -> Iterator[Pair]:
    ids = [r.id for r in block]
    if len(block) <= most:
        yield from combinations(ids, 2)
        return
    yield from pairwise(ids)
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in block:
        for sign in record.signs:
            holders[sign].append(record.id)
    for held in holders.values():
        yield from combinations(held, 2) if len(held) <= most else pairwise(held)
