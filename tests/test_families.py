"""People are linked family by family: what is decided in one depends on no record of another."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolution import Record, link
from kg.resolution._families import families, kin, tokens
from kg.resolution._people import Counted, quantised

_GIVEN = ("Ana", "A.", "Anna", "Robert", "Bob", "R. T.", "Dmitri", "Dmitriy", "Jean-Luc", "")
_FAMILY = (
    "Okafor",
    "van Dijk",
    "Dijk",
    "García Lorca",
    "García",
    "Petrenko",
    "Petrenk",
    "Lindqvist",
)
_SIGNS = (
    ("organization", "tarn"),
    ("doctorate", "elm"),
    ("doctorate", "oak"),
    ("topic", "rivers"),
    ("talk", "a b c d"),
)


@st.composite
def records(draw: st.DrawFn) -> list[Record]:
    """Records whose names often collide."""
    found = []
    for number in range(draw(st.integers(0, 14))):
        name = f"{draw(st.sampled_from(_GIVEN))} {draw(st.sampled_from(_FAMILY))}".strip()
        signs = draw(st.frozensets(st.sampled_from(_SIGNS), max_size=3))
        apart = draw(st.frozensets(st.integers(0, 13).map(lambda n: f"r{n:02}"), max_size=2))
        id_ = f"r{number:02}"
        found.append(
            Record(id_, name, (name,), signs, apart=apart - {id_}, where=f"page {number % 4}")
        )
    return found


@settings(max_examples=300, deadline=None)
@given(records(), st.randoms())
def test_families_are_linked_apart_and_in_any_order(
    found: list[Record], chance: random.Random
) -> None:
    whole = link(found)
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert link(shuffled) == whole
    world, people, decisions = Counted(found), [], []
    for family in families(found):
        left, told = link(family, world=world)
        people += left
        decisions += told
    assert (people, decisions) == whole


@settings(max_examples=200, deadline=None)
@given(records(), records())
def test_a_new_record_changes_its_own_family_alone(old: list[Record], new: list[Record]) -> None:
    at: dict[str, list[str]] = {}
    for record in old:
        for token in set(tokens(record.name)):
            at.setdefault(token, []).append(record.name)
    added = [Record(f"n{r.id}", r.name, r.names, r.signs, where=r.where) for r in new[:1]]
    near = {n for r in added for n in kin(r.name, lambda token: at.get(token, ()))}
    before = {frozenset(r.id for r in family) for family in families(old)}
    after = {frozenset(r.id for r in family) for family in families([*old, *added])}
    touched = {f for f in before if any(r.name in near for r in old if r.id in f)}
    assert before - touched == {f for f in after if not any(i.startswith("n") for i in f)}


def test_counts_are_told_roughly() -> None:
    assert [quantised(n) for n in (0, 1, 7, 8, 9, 10, 15, 16, 19, 20, 1000)] == [
        0, 1, 7, 8, 8, 10, 14, 16, 16, 20, 896,
    ]  # fmt: skip
