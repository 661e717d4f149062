"""What is listed for review beside people: near names of institutions, awards and topics, and short names left open."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.resolution import undecided

PAGE = """Tides and shores
Ada Bergström, {one}

Abstract: {about} is what we study on the shore, where the tide turns twice a day and the sand keeps no secret of it.

Bio: Ada Bergström is a professor at {one}. She won the {prize} in 2019.

Rivers and their turns
Jonas Okafor, {other}

Abstract: {also} is what we study on rivers, which turn where nobody expects it and leave their old beds behind.

Bio: Jonas Okafor is a lecturer at {other}. He won the {again} in 2020.
"""
SAME: dict[str, str] = {
    "one": "Tidewater Analytics",
    "other": "Harbour Analytics",
    "about": "Erosion",
    "also": "Sediment",
    "prize": "Halvorsen Prize",
    "again": "Halvorsen Prize",
}


@pytest.fixture
def reviewed(tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """What is listed of a page with these words, after these corrections."""

    def review(corrections: str = "", **words: str) -> list[dict[str, Any]]:
        page, file = tmp_path / "page.txt", tmp_path / "corrections.toml"
        page.write_text(PAGE.format_map(SAME | words), "utf-8")
        file.write_text(corrections, "utf-8")
        return list(kg.build(page, corrections=file).review())

    return review


def ends(pair: dict[str, Any]) -> tuple[str, ...]:
    return (pair["kind"], *sorted(pair[e]["name"] for e in ("one", "other")))


def test_nothing_near_nothing_listed(reviewed: Callable[..., list[dict[str, Any]]]) -> None:
    assert reviewed() == []


@pytest.mark.parametrize(
    ("words", "pair"),
    [
        ({"one": "Tide Water Analytics", "other": "Tidewater Analytics"}, "organization"),
        ({"one": "Tidewater Analitics", "other": "Tidewater Analytics"}, "organization"),
        ({"prize": "Halvorsen Prize", "again": "Halvorsson Prize"}, ""),
        ({"prize": "Halvorsen Prize", "again": "Halvorsan Prize"}, "award"),
        ({"one": "Laboratory 51 Analytics", "other": "Laboratory 52 Analytics"}, ""),
    ],
)
def test_near_names_are_listed(
    reviewed: Callable[..., list[dict[str, Any]]], words: dict[str, str], pair: str
) -> None:
    found = [ends(p) for p in reviewed(**words)]
    assert found == ([(pair, *sorted(words.values()))] if pair else [])


def test_a_short_name_left_open_is_listed_with_what_it_may_be(
    reviewed: Callable[..., list[dict[str, Any]]],
) -> None:
    [pair] = reviewed(one="UOB")
    assert pair["one"]["name"] == "UOB"
    assert pair["other"]["name"].startswith("University of ")
    assert pair["other"]["key"] == "", "no such institution is in the graph"
    assert "nothing beside it decides" in pair["because"]


def test_a_correction_settles_a_pair(reviewed: Callable[..., list[dict[str, Any]]]) -> None:
    words = {"one": "Tide Water Analytics", "other": "Tidewater Analytics"}
    for action in ("same", "different"):
        told = (
            f'[[{action}]]\nkind = "organization"\nnames = ["{words["one"]}", "{words["other"]}"]\n'
        )
        assert reviewed(told, **words) == []


@pytest.mark.parametrize("other", ["Harbour Analytics", "Windward Analytics"])
def test_a_name_that_no_page_prints_is_told_apart_too(
    reviewed: Callable[..., list[dict[str, Any]]], other: str
) -> None:
    """Whichever of the two comes first by its key."""
    near, named = "Tide Water Analytics", "Tidewater Analytics"
    renamed = f'[[rename]]\nkind = "organization"\nname = "{other}"\nto = "{named}"\n'
    different = f'[[different]]\nkind = "organization"\nnames = ["{near}", "{named}"]\n'
    words = {"one": near, "other": other}
    assert [ends(p) for p in reviewed(renamed, **words)] == [("organization", near, named)]
    assert reviewed(renamed + different, **words) == []


def test_the_order_of_the_rows_and_what_else_is_asked_for_change_nothing() -> None:
    """Two that meet by several names are shown by the nearest, then the smallest."""
    names = (
        ("tide-lab", ["Tidewater Laboratory", "Tidewater Laboratories"]),
        ("tide-labs", ["Tide Water Laboratory", "Tidewater Laboratori", "Tide Water Laboratories"]),
        ("shore", ["Tidewater Laborators"]),
    )
    rows = [
        {"kind": "series", "key": key, "name": own[0], "names": dict.fromkeys(own, 1)}
        for key, own in names
    ]
    whole = undecided(rows)
    [shown] = [d for d in whole["series", "tide-labs"] if d["one"]["key"] == "tide-lab"]
    assert [shown[e]["name"] for e in ("one", "other")] == [
        "Tidewater Laboratories",
        "Tide Water Laboratories",
    ]
    for order in permutations(rows):
        assert undecided(order) == whole
        for end, decisions in whole.items():
            assert undecided(order, {end}) == {end: decisions}
