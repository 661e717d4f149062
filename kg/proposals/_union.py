"""What a language model adds to what the built-in rules read; theirs is never changed, nor taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg import facts, names
from kg.facts.affiliation import Affiliation
from kg.facts.membership import Membership
from kg.facts.position import Position
from kg.model import Fact

_POSTS = (Affiliation, Position, Membership)
_CONTAINED = frozenset({"role", "unit", "field", "award"})


def added(
    known: tuple[Fact, ...], proposed: Iterable[Fact], dropped: Counter[str]
) -> tuple[Fact, ...]:
    """The proposed facts of one speaker that are new, in reading order, repeats settled.

    Parameters:
        known: what the built-in rules read.
        dropped: counts posts that the rules read as another kind of post, which is theirs to decide.
    """
    out = []
    for fact in facts.settle(proposed):
        if any(_covers(k, fact) for k in known):
            continue
        if any(_other_post(k, fact) for k in known):
            dropped["read otherwise by the rules"] += 1
            continue
        out.append(fact)
    return tuple(out)


def _covers(known: Fact, fact: Fact) -> bool:
    """Whether a known fact is of the same kind and object, and no value that both tell differs."""
    return (
        type(known) is type(fact)
        and _same_object(known, fact)
        and all(_agree(name, known, fact) for name in _slots(fact) if name != type(fact).OBJECT)
    )


def _other_post(known: Fact, fact: Fact) -> bool:
    """Whether the very place is a known post of another kind, held in the same role as far as told."""
    return (
        isinstance(known, _POSTS)
        and isinstance(fact, _POSTS)
        and type(known) is not type(fact)
        and _overlap(known, fact)
        and _agree("role", known, fact)
    )


def _same_object(known: Fact, fact: Fact) -> bool:
    name = type(fact).OBJECT
    one, two = getattr(known, name), getattr(fact, name)
    if two is None:
        return True  # a degree told without its place tells nothing beyond one told with it
    if one is None:
        return False
    return _overlap(known, fact) or _alike(name, str(one), str(two))


def _overlap(known: Fact, fact: Fact) -> bool:
    return known.at.start < fact.at.end and fact.at.start < known.at.end


def _agree(name: str, known: Fact, fact: Fact) -> bool:
    one, two = getattr(known, name, None), getattr(fact, name, None)
    return not one or not two or name == "advisors" or _alike(name, str(one), str(two))


def _alike(name: str, one: str, two: str) -> bool:
    if name in {"start", "end", "date"}:
        return one.startswith(two) or two.startswith(one)
    a, b = (names.organization_key(v) if name == "organization" else names.fold(v) for v in (one, two))  # fmt: skip
    return a == b or (name in _CONTAINED and (a in b or b in a))


def _slots(fact: Fact) -> list[str]:
    return [n for n in type(fact).__dataclass_fields__ if n not in Fact.__dataclass_fields__]
