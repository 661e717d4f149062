"""Which names of people are one person.

Names are joined when one can be the other with given names shortened or left out, and a page, a place or an advisor
is shared. A name with two readings joins none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.names import fold


@dataclass
class Seen:
    """What was seen of one form: its names, the forms printed for it, and what can join it with another."""

    names: Counter[str] = field(default_factory=Counter)
    printed: set[str] = field(default_factory=set)
    ties: set[tuple[str, str]] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)
    leading: Counter[str] = field(default_factory=Counter)


def name_of(seen: Sequence[Seen]) -> str:
    """The commonest name, of a speaker the commonest on speaker lines; then the longest, then by the alphabet."""
    counts: Counter[str] = sum((s.leading for s in seen), Counter()) or sum(
        (s.names for s in seen), Counter()
    )
    return min(counts, key=lambda n: (-counts[n], -len(n), n))


_Parts = tuple[tuple[str, ...], ...]


def _parts(name: str) -> _Parts:
    """Words of a name, each split at hyphens: "J.-P. van Berg" is ((j, p), (van,), (berg,)); "J.P." is two words."""
    spaced = re.sub(r"(?<=[^\W\d_]\.)(?=[^\W\d_])", " ", name)
    words = (tuple(fold(w).split()) for w in spaced.split())
    return tuple(w for w in words if w)


def _fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two given names agree: equal, or one the initial (or initials) of the other."""
    if one == other:
        return True
    if len(one) != len(other):
        short, full = sorted((one, other), key=len)
        return short == (full[0][:1],)
    return all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(one, other, strict=True)
    )


def compatible(one: str, other: str) -> bool:
    """Whether one name can be the other with given names shortened or left out; the surnames are equal."""
    a, b = sorted((_parts(one), _parts(other)), key=len)
    if not a[1:] or a[-1] != b[-1] or not _fits(a[0], b[0]):
        return False
    rest = iter(b[1:-1])
    return all(any(_fits(part, other) for other in rest) for part in a[1:-1])


def _joinable(people: Mapping[str, Seen]) -> Iterator[tuple[str, str]]:
    """Pairs of forms that may be one person, within blocks of one surname and one initial."""
    blocks: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for key, seen in sorted(people.items()):
        name = name_of([seen])
        parts = _parts(name)
        if len(parts) > 1:
            blocks["-".join(parts[-1]), parts[0][0][:1]].append((key, name))
    for block in blocks.values():
        for i, (one, name) in enumerate(block):
            for other, second in block[i + 1 :]:
                if (
                    compatible(name, second)
                    and _shared(people[one], people[other])
                    and other not in people[one].apart
                ):
                    yield one, other


def _shared(one: Seen, other: Seen) -> str:
    """What ties two forms together: a page first, then a place or a person."""
    common = sorted(one.ties & other.ties, key=lambda tie: (tie[0] != "page", tie))
    if not common:
        return ""
    kind, value = common[0]
    return "on one page" if kind == "page" else f"both tied to {value}"


def clusters(people: Mapping[str, Seen]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Groups of two or more forms that are one person, and why. A form with two readings joins none."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in _joinable(people):
        near[one].add(other)
        near[other].add(one)
    clear = {form_ for form_, others in near.items() if _agree(people, others)}
    done: set[str] = set()
    for start in sorted(clear):
        if start in done:
            continue
        cluster, waiting = set[str](), [start]
        while waiting:
            here = waiting.pop()
            if here not in cluster:
                cluster.add(here)
                waiting += near[here] & clear
        done |= cluster
        if len(cluster) > 1 and _agree(people, cluster):
            yield tuple(sorted(cluster)), tuple(_reasons(people, sorted(cluster), near))


def _agree(people: Mapping[str, Seen], forms: Iterable[str]) -> bool:
    ordered = sorted(forms)
    names = {f: name_of([people[f]]) for f in ordered}
    return all(
        compatible(names[a], names[b]) and b not in people[a].apart
        for i, a in enumerate(ordered)
        for b in ordered[i + 1 :]
    )


def _reasons(
    people: Mapping[str, Seen], cluster: Sequence[str], near: Mapping[str, set[str]]
) -> Iterator[str]:
    for i, one in enumerate(cluster):
        for other in cluster[i + 1 :]:
            if other in near[one]:
                names = f"{name_of([people[one]])!r} and {name_of([people[other]])!r}"
                yield f"{names}: one is the other with given names shortened; {_shared(people[one], people[other])}"
