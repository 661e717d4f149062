"""The bundled institutions: whole rows, forms that must come to one node, and short names chosen by their context."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import authorities, choices, names, regions, resources
from kg.resolution import form

CASES = Path(__file__).parent / "cases"


def _rows(name: str, columns: int) -> list[tuple[str, ...]]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    rows = (tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
    return [(*row, *[""] * columns)[:columns] for row in rows]


@pytest.mark.parametrize(("printed", "full"), _rows("institutions.tsv", 2))
def test_printed_forms_come_to_the_full_name(printed: str, full: str) -> None:
    chosen, expected = choices.choose(printed).chosen, choices.choose(full).chosen
    assert chosen is not None
    assert chosen == expected or chosen.name == getattr(expected, "name", None)


@pytest.mark.parametrize(("printed", "text", "near", "meant"), _rows("choices.tsv", 4))
def test_short_names_are_chosen_by_context_and_never_guessed(
    printed: str, text: str, near: str, meant: str
) -> None:
    choice = choices.choose(printed, text, [n for n in near.split("|") if n])
    assert (choice.chosen.name if choice.chosen else "-") == meant, choice.because
    assert choice.because


def test_rows_are_unique_and_their_parents_exist() -> None:
    rows = [row[0].strip() for row in resources.rows("institutions")]
    assert sorted({name for name in rows if rows.count(name) > 1}) == []
    table = authorities.institutions()
    assert {i.name for i in table.values() if i.parent and i.parent not in table} == set()


def test_countries_of_rows_are_known_by_name() -> None:
    named = set(regions.country_names().values())
    used = {i.country for i in authorities.institutions().values() if i.kind == "university"}
    assert {c for c in used if c} - named == set()


@pytest.mark.parametrize(
    ("school", "parent"),
    [
        ("MIT Sloan School of Management", "Massachusetts Institute of Technology"),
        ("Harvard Medical School", "Harvard University"),
        ("Wharton School", "University of Pennsylvania"),
        ("NYU Tandon School of Engineering", "New York University"),
        ("Miller School of Medicine", "University of Miami"),
    ],
)
def test_schools_are_units_of_their_institution(school: str, parent: str) -> None:
    known = authorities.institutions()[school]
    assert (known.kind, known.parent) == ("school", parent)


def test_unknown_organizations_are_compared_with_abbreviations_written_out() -> None:
    assert form("organization", "Quux Res. Inst., Inc.") == form(
        "organization", "Quux Research Institute"
    )
    assert form("organization", "Quux Data Union (QDU)") == form("organization", "Quux Data Union")
    assert form("organization", "Quux Data Union (QXZ)") != form("organization", "Quux Data Union")


def test_short_names_in_brackets() -> None:
    assert names.without_short("QDU (Quux Data Union) Office") == "Quux Data Union Office"
    assert names.without_short("Quux (Data Union)") == "Quux (Data Union)"
