"""What a question asks for: names of the graph, conditions of people and talks, and those put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg import queries

Years = tuple[int | None, int | None]


@dataclass(frozen=True)
class Named:
    """What words name.

    Parameters:
        values: names as the graph has them; several are alternatives.
        labels: what they go by.
        sure: 1 for the whole name, less for a part or a slip.
        people: instead of names, those who meet conditions: "the students of Ada Byron".
        every: what is asked must hold of all of several, not of one of them.
    """

    values: tuple[str, ...]
    labels: tuple[str, ...]
    sure: float = 1.0
    people: Asked | None = None
    every: bool = False


THERE = Named(("there",), ("there",), 0.95)
"""An institution that was told before."""


@dataclass(frozen=True)
class Unclear:
    """Words that several things may be meant by."""

    text: str
    kind: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Atom:
    """One condition with what stands in its slots."""

    condition: queries.Query
    values: Mapping[str, Named]
    negated: bool = False
    either: bool = False
    years: Years = (None, None)

    @property
    def sure(self) -> float:
        """How well its words were understood."""
        return surety(self.values.values())

    def told(self) -> str:
        """The condition in words."""
        labels = {name: " or ".join(v.labels) for name, v in self.values.items()}
        said = self.condition.title.format_map(labels)
        low, high = self.years
        when = (
            f" in {low}"
            if low == high and low
            else f" from {low}" * bool(low) + f" until {high}" * bool(high)
        )
        return f"{'not: ' if self.negated else ''}{said}{when}"


@dataclass(frozen=True)
class Asked:
    """What a question asks for: people or talks that meet one of several sets of conditions.

    Parameters:
        counts: how many they are is asked.
        edge: of talks, those of the "first" or the "last" day alone, or "" for all.
        whether: the question is one of yes or no.
        dated: the day is asked for.
    """

    target: str
    counts: bool
    atoms: tuple[Atom, ...]
    edge: str = ""
    whether: bool = False
    dated: bool = False

    @property
    def sure(self) -> float:
        """How well the words of all conditions were understood."""
        return surety(self.atoms)

    def told(self) -> str:
        """All conditions in words."""
        said = " or ".join("; ".join(a.told() for a in group) for group in groups(self.atoms))
        many = "how many " if self.counts else ""
        what = "people" if self.target == "person" else "talks"
        opening = (
            "whether" if self.whether else f"{many}{self.edge}{' ' if self.edge else ''}{what}"
        )
        return f"{opening}: {said}"


def surety(parts: Iterable[Named | Atom]) -> float:
    """How well the words of all parts were understood: as well as those of the least sure one."""
    return min((part.sure for part in parts), default=1.0)


def groups(atoms: tuple[Atom, ...]) -> tuple[tuple[Atom, ...], ...]:
    """Sets of conditions of which one is to be met: "or" binds less than "and"."""
    found: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.either and found[-1]:
            found.append([])
        found[-1].append(atom)
    return tuple(tuple(group) for group in found)
