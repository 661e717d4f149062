"""Names from elsewhere to the people of a graph: one name in, one person or nobody out, with the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log2
from typing import Any

from kg.linking import Linked
from kg.resolution import _personal as personal
from kg.resolution._forms import form
from kg.resolution._weights import WEIGHTS, Weights, probability

_SHOWN = 3


class People:
    """The people of a graph by their names."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], weights: Weights = WEIGHTS) -> None:
        """Read the rows that ``identities`` gives."""
        self._weights = weights
        self._names: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._by_token: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_form: defaultdict[str, set[str]] = defaultdict(set)
        for row in (r for r in rows if r["kind"] == "person"):
            self._names[row["key"]] = (
                row["name"],
                tuple(dict.fromkeys([row["name"], *row["names"]])),
            )
            for name in self._names[row["key"]][1]:
                self._by_form[form("person", name)].add(row["key"])
                for token in personal.tokens(name):
                    self._by_token[token].add(row["key"])
        self._people = max(weights.people, len(self._names))

    def find(self, text: str) -> Linked:
        """The one person whom a name stands for.

        A name that many people have is not enough, nor are initials, nor is a name that two people of the graph have.
        """
        keys = set(self._by_form.get(form("person", text), ()))
        keys |= {key for token in personal.tokens(text) for key in self._by_token.get(token, ())}
        judged = sorted(
            (j for key in sorted(keys) if (j := self._judge(text, key))),
            key=lambda j: (-j[0], j[1]),
        )
        if not judged:
            return Linked(text, None, None, 0.0, ("nobody in the graph has a name like it",))
        bits, key, signs = judged[0]
        rivals = [k for b, k, _ in judged[1:] if b > bits - self._weights.margin]
        weak = [way for way in personal.WEAK if any(sign.endswith(way) for sign in signs)]
        if rivals or weak or bits < self._weights.merge:
            why = (
                "several fit"
                if rivals
                else f"only {weak[0]}"
                if weak
                else "the name alone is not enough"
            )
            near = tuple(
                f"nearest: person/{k} ({probability(b):.2f})" for b, k, _ in judged[:_SHOWN]
            )
            return Linked(text, None, None, 0.0, (why, *near))
        return Linked(
            text, f"person/{key}", self._names[key][0], round(probability(bits), 2), signs
        )

    def _judge(self, text: str, key: str) -> tuple[float, str, tuple[str, ...]] | None:
        """The best that one of the names of a person makes of a name, in bits, with its signs."""
        found = []
        for name in self._names[key][1]:
            if told := _weighed(text, name, self._people, self._weights):
                rare, losses = told
                signs = (f"rare name {rare:+.1f}", *(f"{loss:+g} {way}" for way, loss in losses))
                found.append((rare + sum(loss for _, loss in losses), key, signs))
        return max(found, default=None)


_Losses = list[tuple[str, float]]


def _weighed(text: str, name: str, people: int, weights: Weights) -> tuple[float, _Losses] | None:
    """What a name's being rare speaks for two names' being one person's, and what each way that they differ against."""
    ways = personal.ways(text, name)
    if not ways:
        return None
    rare = min(personal.rarity(text), personal.rarity(name)) - log2(people)
    return rare, [(way, weights.loss[way]) for way in ways if way != personal.SAME]


def name_bits(text: str, name: str) -> tuple[float, bool] | None:
    """What two names alone speak for one person, in bits, and whether that is enough; None: they cannot."""
    told = _weighed(text, name, WEIGHTS.people, WEIGHTS)
    if told is None:
        return None
    bits = told[0] + sum(loss for _, loss in told[1])
    is_weak = any(way in personal.WEAK for way, _ in told[1])
    return round(bits, 2), bits >= WEIGHTS.merge and not is_weak
