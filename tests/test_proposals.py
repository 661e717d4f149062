"""What a language model proposes: kept where the talk's own lines say it, and beside what the rules read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import facade, listings
from kg.extraction import extract
from kg.facts.advising import Advising
from kg.facts.affiliation import Affiliation
from kg.facts.award import AwardReceipt
from kg.facts.education import Education
from kg.facts.membership import Membership
from kg.facts.position import Position
from kg.model import Fact, Page, Span
from kg.proposals._answers import entries
from kg.proposals._facts import fact
from kg.proposals._question import EXAMPLE_VALUES, KINDS, SLOTS, request
from kg.proposals._stretch import Stretch, stretches
from kg.proposals._union import added
from kg.settings import LanguageModel, Settings

if TYPE_CHECKING:
    from tests.conftest import Chat

TEXT = """Shoreline Seminar

Tides of Logic
Ada Bergström, Lund University

Abstract: We study rewriting systems that follow the tide, and prove that the shore is confluent.

Bio: Ada Bergström is an associate professor of computer science at Lund University. She got her PhD in mathematics:
Ghent University in 2012, with Prof. Karl Dahl. Before that she was a research assistant at Uppsala University.
The Tern Medal of 2015 is hers, and a seat in the Academy of Shores since May 2019.

Sands of Proof
Eva Lind, Aarhus University

Abstract: We count the grains of a proof, and show that there are fewer of them than one would think.

Bio: Eva Lind is a professor at Aarhus University. She received her PhD from Bergen University in 2001.
"""
PAGE = Page("coast.txt", TEXT)
ADA = "Ada Bergström"


def own(number: int = 0) -> Stretch:
    """The lines of one of the page's talks."""
    return stretches(PAGE, listings.find(PAGE))[number]


def read(dropped: Counter[str] | None = None, **slots: str) -> Fact | None:
    """What becomes of one proposed entry about the first speaker."""
    entry = {"speaker": ADA, **slots}
    return fact(entry, own(), (ADA,), Counter() if dropped is None else dropped)


def of(found: Fact | None, kind: type) -> Any:
    """The fact, known to be of a kind and to be backed by the page."""
    assert type(found) is kind
    assert found is not None
    assert TEXT[found.at.start : found.at.end] == found.printed
    assert found.printed in found.evidence.quote
    assert (found.subject, found.confidence) == (ADA, 0.6)
    return found


def test_the_stretch_of_a_talk_is_its_own_lines() -> None:
    first, second = own().text, own(1).text
    assert "Tern Medal" in first
    assert "Lind" not in first
    assert second.startswith("Sands of Proof\nEva Lind")
    assert "Bergström" not in second


def test_a_value_may_run_over_a_line_and_ends_with_a_word() -> None:
    assert len(own().places("mathematics: Ghent University")) == 1
    assert own().places("Ghent Univ") == []
    assert own().places("hent University") == []
    assert own().places("shore is confluent. Bio") == []
    assert own().places("  ") == []


def test_a_degree() -> None:
    found = of(
        read(
            kind="education", organization="Ghent University", degree="PhD", field="mathematics",
            year="2012", advisor="Prof. Karl Dahl",
        ),
        Education,
    )  # fmt: skip
    assert (found.organization, found.degree, found.field) == ("Ghent University", "PhD", "mathematics")  # fmt: skip
    assert (found.date, found.advisors, found.rule) == ("2012", ("Karl Dahl",), "model/education")
    assert found.evidence.quote.startswith("She got her PhD in mathematics:\nGhent")


def test_a_degree_without_its_place() -> None:
    found = of(read(kind="education", degree="PhD", organization="Nowhere College"), Education)
    assert (found.organization, found.printed) == (None, "PhD")


def test_posts() -> None:
    now = of(
        read(kind="affiliation", organization="Lund University", role="associate professor"),
        Affiliation,
    )
    assert (now.role, now.evidence.quote[:13]) == ("associate professor", ADA)
    before = of(
        read(kind="position", organization="Uppsala University", role="research assistant"),
        Position,
    )
    assert (
        before.evidence.quote == "Before that she was a research assistant at Uppsala University."
    )


def test_an_advisor_an_award_and_a_seat() -> None:
    advisor = of(read(kind="advising", advisor="Prof. Karl Dahl", degree="PhD"), Advising)
    assert (advisor.advisor, advisor.printed, advisor.stage) == ("Karl Dahl", "Karl Dahl", "doctoral")  # fmt: skip
    award = of(read(kind="award", award="The Tern Medal", year="2015"), AwardReceipt)
    assert (award.award, award.printed, award.date) == ("Tern Medal", "The Tern Medal", "2015")
    seat = of(read(kind="membership", organization="Academy of Shores", start="May 2019"), Membership)  # fmt: skip
    assert (seat.role, seat.start, seat.rule) == ("member", "2019-05", "model/membership")


@pytest.mark.parametrize(
    ("slots", "reason"),
    [
        ({"kind": "affiliation", "organization": "Hallucinated University"}, "not in the text"),
        ({"kind": "position", "organization": "uppsala university"}, "not in the text"),
        ({"kind": "position", "organization": "Aarhus University"}, "not in the text"),
        ({"kind": "education", "organization": "Bergen University", "degree": "DSc"}, "not in the text"),
        ({"kind": "affiliation", "organization": "Ostermoor Polytechnic"}, "of the prompt's example"),
        ({"kind": "award", "award": "Silver Bobbin Prize"}, "of the prompt's example"),
        ({"kind": "speaking", "organization": "Lund University"}, "of no known kind"),
        ({"kind": "enemy", "advisor": "Karl Dahl"}, "of no known kind"),
        ({"kind": "award", "award": "Tern Medal", "speaker": "Eva Lind"}, "of no speaker of the talk"),
        ({"kind": "award", "award": "Tern Medal", "speaker": "Nobody"}, "of no speaker of the talk"),
        ({"kind": "education", "organization": "Ghent University", "degree": "tide"}, "far from their object"),
        ({"kind": "award", "year": "2015"}, "without an object"),
        ({"kind": "affiliation", "organization": "computer science"}, "without an object"),
        ({"kind": "affiliation", "organization": "Ada Bergström"}, "without an object"),
        ({"kind": "education", "organization": "Ghent University"}, "without an object"),
        ({"kind": "education", "organization": "Ghent University", "degree": "research"}, "no degree"),
        ({"kind": "advising", "advisor": "Ada Bergström"}, "without an object"),
        ({"kind": "advising", "advisor": "University"}, "no name of another person"),
    ],
)  # fmt: skip
def test_what_the_talk_does_not_say_is_dropped_and_counted(
    slots: dict[str, str], reason: str
) -> None:
    dropped: Counter[str] = Counter()
    assert read(dropped, **slots) is None
    assert dropped[reason] >= 1


def test_a_value_that_is_not_there_leaves_the_others() -> None:
    dropped: Counter[str] = Counter()
    found = of(
        read(dropped, kind="position", organization="Uppsala University", role="dean", start="1999", end="2012"),
        Position,
    )  # fmt: skip
    assert (found.role, found.start) == (None, None)
    assert dropped["not in the text"] == 2


def test_a_year_that_is_none_is_dropped() -> None:
    dropped: Counter[str] = Counter()
    found = of(read(dropped, kind="award", award="Tern Medal", year="hers"), AwardReceipt)
    assert found.date is None
    assert dropped["no date"] == 1


def test_the_last_name_will_do_for_a_speaker() -> None:
    of(read(kind="award", award="Tern Medal", speaker="Bergström"), AwardReceipt)


def test_answers_in_other_forms() -> None:
    dropped: Counter[str] = Counter()
    fenced = '```json\n{"facts": [{"kind": "award", "award": "A", "year": 2015, "unit": ""}]}\n```'
    assert entries(fenced, dropped) == ({"kind": "award", "award": "A", "year": "2015"},)
    assert not +dropped
    odd = '{"facts": [7, {"kind": "award", "award": ["A"]}], "more": 1}'
    assert entries(odd, dropped) == ({}, {"kind": "award"})
    assert dropped["of another form"] == 2
    many = '{"facts": [' + ",".join(["{}"] * 250) + "]}"
    assert len(entries(many, dropped)) == 200
    assert dropped["beyond the first 200 of a talk"] == 50


def test_the_question_is_fixed_and_short() -> None:
    asked = request("m", (ADA,), "x" * 20_000 + "\n" + "y" * 20_000)
    assert asked == request("m", (ADA,), "x" * 20_000 + "\n" + "y" * 20_000)
    assert asked["temperature"] == 0
    assert "y" not in asked["messages"][-1]["content"].partition("---")[2]
    schema = asked["response_format"]["json_schema"]["schema"]["properties"]["facts"]["items"]
    assert tuple(schema["properties"]) == SLOTS
    assert schema["properties"]["kind"]["enum"] == list(KINDS)
    assert schema["additionalProperties"] is False
    example = asked["messages"][1]["content"].replace("\n", " ")
    assert all(value in example for value in EXAMPLE_VALUES)


def test_what_the_rules_read_stays_as_it_is() -> None:
    [ada, _] = [s for talk in extract(PAGE) for s in talk.speakers]
    same = read(kind="affiliation", organization="Lund University", role="professor")
    more = read(kind="position", organization="Uppsala University", role="assistant", start="2012")
    assert same
    assert more
    assert added(ada.facts, [same, more], Counter()) == ()


def test_the_rules_decide_of_which_kind_a_post_is() -> None:
    [ada, _] = [s for talk in extract(PAGE) for s in talk.speakers]
    dropped: Counter[str] = Counter()
    other = read(kind="affiliation", organization="Uppsala University", role="research assistant")
    assert other
    assert added(ada.facts, [other], dropped) == ()
    assert dropped == {"read otherwise by the rules": 1}
    elsewhere = read(kind="affiliation", organization="Academy of Shores")
    assert elsewhere
    assert added(ada.facts, [elsewhere, elsewhere], dropped) == (elsewhere,)


ODD = {"", "x", "  ", "2012-05", "(", "\ud800"}
WORDS = sorted({w.strip(".,:") for w in TEXT.split()} | EXAMPLE_VALUES | ODD)
VALUES = st.one_of(
    st.sampled_from(WORDS),
    st.builds(lambda at, size: TEXT[at : at + size], st.integers(0, len(TEXT)), st.integers(1, 60)),
    st.text(max_size=12),
)
ENTRIES = st.builds(
    lambda rest, kind, speaker: {**rest, "kind": kind, "speaker": speaker},
    st.dictionaries(st.sampled_from(SLOTS), VALUES),
    st.sampled_from(KINDS),
    st.sampled_from([ADA, "Ada", "Eva Lind", ""]),
)


@settings(max_examples=300, deadline=None)
@given(ENTRIES)
def test_no_value_is_made_up_whatever_is_proposed(entry: dict[str, str]) -> None:
    stretch = own()
    found = fact(entry, stretch, (ADA,), Counter())
    if found is None:
        return
    assert any(part.holds(found.evidence.span) for part in stretch.parts)
    quote = " ".join(found.evidence.quote.split())
    for name in ("role", "unit", "field", "advisor", "award"):
        value = getattr(found, name, None)
        assert value in (None, "member") or value in quote
    for name in ("start", "end", "date"):
        value = getattr(found, name, None)
        assert value is None or value[:4] in quote


@pytest.mark.loopback
def test_facts_of_several_talks_go_where_they_belong(
    chat: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "coast.txt"
    path.write_text(TEXT, "utf-8")
    degree = {"kind": "education", "degree": "PhD", "year": "2012", "organization": "Ghent University"}  # fmt: skip
    chat.says({"speaker": ADA, **degree}, {"speaker": "Eva Lind", **degree})
    model = LanguageModel(chat.url, "tide", cache=str(tmp_path / "kept"))
    [first, second] = facade.find_talks([path], Settings(llm=model))
    plain = extract(PAGE)
    known = plain[0].speakers[0].facts
    assert first.speakers[0].facts[: len(known)] == known
    [new] = first.speakers[0].facts[len(known) :]
    assert (new.rule, new.at) == ("model/education", Span(TEXT.index("Ghent"), TEXT.index(" in 2012")))  # fmt: skip
    assert second == plain[1]
    assert len(chat.questions) == 2
    assert "Eva Lind" not in str(chat.questions[0]["messages"][-1])
