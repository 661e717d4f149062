"""How communities change: born, grown, shrunk, split, merged, gone, from one span of years to the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.analysis._network import behind, commonest, label
from kg.analysis._partition import divided, named, typical
from kg.analysis._slices import sliced, spans
from kg.analysis._table import Row, Table, rounded
from kg.network import Network
from kg.settings import ANALYSIS, Analysis

_COLUMNS = (
    *("event", "years", "name", "size", "from_years", "from_name", "from_size", "shared"),
    *("overlap", "typical", "talks"),
)
_WORDS = 8
_LISTED = 20
_GROWN, _SHRUNK = 1.25, 0.8
_MOST, _PART, _LEAST = 0.5, 0.25, 3
"""Shares of a community's members that make an heir, or one of several heirs; and how many these are at least."""


@dataclass(frozen=True)
class _Group:
    """A community of a span of years; its members weigh by their links within it."""

    span: tuple[int, int]
    name: str
    members: frozenset[str]
    weights: Mapping[str, float]
    share: float
    words: str
    talks: str


def tabulate(
    network: Network,
    parts: int = 6,
    least: int = 5,
    settings: Analysis = ANALYSIS,
) -> Table:
    """A row a community of each span, for each it comes from, and one for each that is gone.

    What is left of a community goes where more than half of it is, or is split where several hold half of it together
    (MONIC, Spiliopoulou, Ntoutsi, Theodoridis & Schult 2006).

    Parameters:
        parts: spans the years are cut into, about.
        least: nodes a community has at least.
    """
    every = [_groups(network, span, least, settings) for span in spans(network, parts)]
    rows: list[Row] = [_row("first", group, None) for group in (every[0] if every else [])]
    for before, after in pairwise(every):
        rows += _compared(before, after)
    notes = (
        f"Communities of at least {least} nodes in each span. One goes where {_MOST:.0%} of its links among what is "
        f"still there leads, or is split if several with {_PART:.0%} each hold as many together (MONIC 2006).",
        f"Grown and shrunk: its share of all nodes times {_GROWN:g} and more, {_SHRUNK:g} and less.",
        f"{settings.method.capitalize()}, links by number of talks in the span, resolution {settings.resolution:g}.",
        f"Of each community the {_LISTED} talks behind most of its inner links are named.",
    )
    return Table("changes", _COLUMNS, tuple(rows), notes)


def _groups(
    network: Network, span: tuple[int, int], least: int, settings: Analysis
) -> list[_Group]:
    part = sliced(network, *span)
    part.remove_nodes_from([node for node, degree in list(part.degree()) if degree == 0])
    found = divided(part, replace(settings, weight="count", runs=min(settings.runs, 5)))
    own = typical(part, found.membership)
    names = named(part, own)
    where = dict(zip(sorted(part), found.membership, strict=True))
    talks: dict[int, Counter[str]] = defaultdict(Counter)
    weights: dict[str, float] = defaultdict(float)
    for one, other, data in part.edges(data=True):
        if where[one] == where[other]:
            talks[where[one]].update(behind(data))
            for end in (one, other):
                weights[end] += data["count"]
    groups = []
    for community, members in sorted(own.items()):
        if len(members) >= least:
            words = "; ".join(label(part, node) for node in members[:_WORDS])
            told = commonest(talks[community], _LISTED)
            share = len(members) / len(part)
            groups.append(
                _Group(span, names[community], frozenset(members), weights, share, words, told)
            )
    return groups


def _compared(before: Sequence[_Group], after: Sequence[_Group]) -> list[Row]:
    """What became of each community, by those of its members that are still there (MONIC)."""
    there = frozenset[str]().union(*(group.members for group in after))
    ties: list[tuple[_Group, _Group]] = []
    split: set[int] = set()
    for old in before:
        heirs = _heirs(old, after, there)
        ties += [(old, new) for new in heirs]
        split.update([id(old)] if len(heirs) > 1 else [])
    rows: list[Row] = []
    for new in after:
        sources = [old for old, child in ties if child is new]
        whole = [old for old in sources if id(old) not in split]
        if not sources:
            rows.append(_row("born", new, None))
        for old in sources:
            event = "split" if id(old) in split else "merged" if len(whole) > 1 else ""
            rows.append(_row(event or _size(old, new), new, old))
    continued = {id(old) for old, _ in ties}
    return rows + [_row("gone", None, old) for old in before if id(old) not in continued]


def _heirs(old: _Group, after: Sequence[_Group], there: frozenset[str]) -> list[_Group]:
    """The one community that holds most of what is left of one, or else the several that do together."""
    left = sum(old.weights[node] for node in old.members & there)
    both = [(old.members & new.members, new) for new in after]
    shared = [
        (sum(old.weights[node] for node in some), new) for some, new in both if len(some) >= _LEAST
    ]
    shared = [(held, new) for held, new in shared if held >= _PART * left]
    most = [new for held, new in shared if held > _MOST * left]
    if most:
        return most[:1]
    together = sum(held for held, _ in shared)
    return [new for _, new in shared] if len(shared) > 1 and together >= _MOST * left else []


def _size(old: _Group, new: _Group) -> str:
    ratio = new.share / old.share
    return "grown" if ratio >= _GROWN else "shrunk" if ratio <= _SHRUNK else "kept"


def _row(event: str, new: _Group | None, old: _Group | None) -> Row:
    shown = new or old
    assert shown is not None, "a row tells of one community at least"
    mine = (_years(new), new.name, len(new.members)) if new else (None, None, None)
    theirs = (_years(old), old.name, len(old.members)) if old else (None, None, None)
    both = len(new.members & old.members) if new and old else 0
    overlap = rounded(both / min(len(new.members), len(old.members)), 3) if new and old else None
    return (event, *mine, *theirs, both, overlap, shown.words, shown.talks)


def _years(group: _Group) -> str:
    first, last = group.span
    return str(first) if first == last else f"{first}-{last}"
