"""Biographies in one line, and every fact they state: the cases are text, in ``cases/facts.txt``."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extraction import extract
from kg.facts.advising import Advising
from kg.facts.affiliation import Affiliation
from kg.facts.award import AwardReceipt
from kg.facts.education import Education
from kg.facts.membership import Membership
from kg.facts.position import Position
from kg.model import Fact, Page

TEXT = (Path(__file__).parent / "cases" / "facts.txt").read_text("utf-8")
LINES = [line for line in TEXT.splitlines() if not line.startswith("#")]
CASES = [case.strip().split("\n") for case in "\n".join(LINES).split("--------")]


def _dates(start: str | None, end: str | None = None) -> str:
    return f" [{start or ''}-{end or ''}]" if start or end else ""


def _say(fact: Fact) -> str:
    """A fact in the words of the cases."""
    match fact:
        case Affiliation():
            said = f"now {fact.role or ''} @ {fact.organization}{_dates(fact.start)}"
        case Position():
            said = f"past {fact.role or ''} @ {fact.organization}{_dates(fact.start, fact.end)}"
        case Education():
            year = f" [{fact.date}]" if fact.date else ""
            field = f" ({fact.field})" if fact.field else ""
            said = f"degree {fact.degree} @ {fact.organization}{year}{field}"
        case Advising():
            said = f"advisor {fact.advisor}"
        case AwardReceipt():
            said = f"award {fact.award}" + (f" [{fact.date}]" if fact.date else "")
        case Membership():
            said = f"member {fact.role} @ {fact.organization}"
        case _:
            said = ""
    return " ".join(said.split())


@pytest.mark.parametrize("case", CASES, ids=[c[0] for c in CASES])
def test_a_biography_states_these_facts(case: list[str]) -> None:
    page = f"How rivers remember\nAda Byron\n\nBio: Ada Byron works on rivers. {case[1]}\n"
    (talk,) = extract(Page("page.txt", page))
    (speaker,) = talk.speakers
    assert {_say(f) for f in speaker.facts} - {""} == set(case[2:])
