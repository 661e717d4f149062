"""Who is one: names are joined when one can be the other and something ties them; two readings join nothing."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from kg.facts.advising import Advising
from kg.facts.affiliation import Affiliation
from kg.facts.award import AwardReceipt
from kg.facts.education import Education
from kg.model import Evidence, Fact, Page, Span, Speaker, Talk
from kg.resolution import Entities, People, form, identities, resolve
from kg.resolution._personal import ways
from kg.topics import TopicAssignment

CASES = Path(__file__).parent / "cases"


def made(kind: type[Fact], page: Page, subject: str, printed: str, **fields: Any) -> Any:
    """A fact whose evidence is the whole page."""
    start = page.text.index(printed)
    evidence = Evidence(page, 0, len(page.text), page.text)
    at = Span(start, start + len(printed))
    return kind(
        subject=subject,
        evidence=evidence,
        printed=printed,
        at=at,
        rule="test/made",
        confidence=0.9,
        **fields,
    )


def talk(text: str, *names: str, at: str = "", advisor: str = "", title: str | None = None) -> Talk:
    """A talk by people of one place, advised by one person."""
    page = Page("page.txt", "\n".join([text, *names, at, advisor]))
    speakers = []
    for name in names:
        own: list[Fact] = [made(Affiliation, page, name, at, organization=at)] if at else []
        own += [made(Advising, page, name, advisor, advisor=advisor)] if advisor else []
        speakers.append(Speaker(name, tuple(own)))
    return Talk(page, title or text, speakers=tuple(speakers))


def people(entities: Entities) -> list[tuple[str, ...]]:
    """Names of each person."""
    return sorted(tuple(sorted(e.aliases)) for e in entities.all() if e.kind == "person")


def _cases() -> list[tuple[str, str, str]]:
    lines = (CASES / "people.txt").read_text("utf-8").splitlines()
    found = [tuple(p.strip() for p in line.split("|")) for line in lines if "|" in line]
    return [(one, other, told) for one, other, told in found]


@pytest.mark.parametrize(("one", "other", "told"), _cases())
def test_names_that_can_be_one(one: str, other: str, told: str) -> None:
    """In both directions, and in the way the case says."""
    assert ways(one, other) == ways(other, one)
    assert " + ".join(ways(one, other)) == ("" if told == "-" else told)


def test_on_one_page() -> None:
    """A page that names somebody twice, once with initials; it says why they are one."""
    entities = resolve(
        [
            talk("Tides", "Rosa Karla Lindqvist", advisor="Bo Ek"),
            talk("Tides", "Rosa K. Lindqvist", advisor="Bo Ek"),
        ]
    )
    rosa = entities.of("person", "Rosa K. Lindqvist")
    assert rosa == entities.of("person", "ROSA KARLA LINDQVIST")
    assert rosa.name == "Rosa Karla Lindqvist"
    assert rosa.aliases == ("Rosa Karla Lindqvist", "Rosa K. Lindqvist")
    assert "same advisor: bo ek" in rosa.because[0]


def test_a_rare_name_is_enough_and_a_common_one_is_not() -> None:
    """Of a name that many have, a shared place joins; nothing shared leaves two, each with what its page says."""
    assert (
        len(people(resolve([talk("Ebb", "Rosa Lindqvist"), talk("Flow", "Rosa Lindqvist")]))) == 1
    )
    shared = resolve([talk("Ebb", "Wei Wang", at="Lund"), talk("Flow", "Wei Wang", at="Lund")])
    assert len(people(shared)) == 1
    ebb, flow = talk("Ebb", "Wei Wang", at="Lund University"), talk("Flow", "Wei Wang", at="Oslo")
    apart = resolve([ebb, flow])
    assert len(people(apart)) == 2
    keys = {apart.of("person", "Wei Wang", t.page).key for t in (ebb, flow)}
    assert len(keys) == 2
    assert "wei-wang" in keys
    assert [d.because for d in apart.decisions] == ["too little speaks for it"]


def test_a_short_form_of_a_rare_name_is_one() -> None:
    """Although it begins with another letter."""
    found = resolve([talk("Ebb", "Bob Tanagerson"), talk("Flow", "Robert Tanagerson")])
    assert people(found) == [("Bob Tanagerson", "Robert Tanagerson")]


@pytest.mark.parametrize(
    ("text", "id_", "told"),
    [
        ("Lindqvist, Rosa", "person/rosa-karla-lindqvist", "rare name"),
        ("rosa lindqvist", "person/rosa-karla-lindqvist", "rare name"),
        ("Lindqvist Rosa Karla", "person/rosa-karla-lindqvist", "rare name"),
        ("Bob Tanagerson", "person/robert-tanagerson", "rare name"),
        ("R. Lindqvist", None, "only initials"),
        ("Wei Wang", None, "the name alone is not enough"),
        ("Ida Berglund", None, "several fit"),
        ("Nobody Here", None, "nobody in the graph"),
        ("", None, "nobody in the graph"),
    ],
)
def test_names_from_elsewhere(text: str, id_: str | None, told: str) -> None:
    """One person or nobody, and why."""
    names = (
        "Rosa Karla Lindqvist",
        "Robert Tanagerson",
        "Wei Wang",
        "Ida K. Berglund",
        "Ida M. Berglund",
    )
    found = People(identities(resolve([talk(n, n) for n in names]))).find(text)
    assert found.id == id_
    assert told in found.because[0]
    assert (found.score > 0.9) == (id_ is not None)


def test_initials_need_something_shared() -> None:
    """However rare the name is."""
    one, other = "R. Lindqvist", "Rosa Lindqvist"
    assert len(people(resolve([talk("Ebb", one), talk("Flow", other)]))) == 2
    shared = resolve([talk("Ebb", one, at="Lund"), talk("Flow", other, at="Lund")])
    assert people(shared) == [(one, other)]


def test_two_doctorates_are_two_people() -> None:
    """Even of a rare name, and with a place in common."""
    talks = []
    for school in ("Lund University", "Oslo University"):
        page = Page("p.txt", f"Rosa Lindqvist, KTH, PhD {school}")
        own = (
            made(Affiliation, page, "Rosa Lindqvist", "KTH", organization="KTH"),
            made(Education, page, "Rosa Lindqvist", school, organization=school, degree="PhD"),
        )
        talks.append(Talk(page, school, speakers=(Speaker("Rosa Lindqvist", own),)))
    found = resolve(talks)
    assert len(people(found)) == 2
    (decision,) = found.decisions
    assert decision.verdict == "apart"
    assert decision.because.startswith("two doctorates")


def test_an_advisor_who_also_speaks_is_one() -> None:
    """Speakers and the advisors named in other biographies are one world."""
    found = resolve(
        [talk("Ebb", "Rosa Lind", advisor="Bodil Ekengren"), talk("Flow", "Bodil Ekengren")]
    )
    assert len(people(found)) == 2


def test_two_readings_join_nothing() -> None:
    """A short name that could be either of two people stays alone, whatever the order."""
    talks = [
        talk(t, n, at="Lund University")
        for t, n in zip("abc", ("Rosa Lind", "Rosa K. Lind", "Rosa M. Lind"), strict=True)
    ]
    for ordered in permutations(talks):
        assert len(people(resolve(ordered))) == 3


def test_who_speaks_together_is_not_one() -> None:
    """Nor are an advisor and the advised."""
    assert (
        len(people(resolve([talk("Panel", "Rosa Lind", "Rosa K. Lind", at="Lund University")])))
        == 2
    )
    assert len(people(resolve([talk("Ebb", "Rosa Lind", advisor="Rosa K. Lind")]))) == 2


def test_organizations_awards_and_topics() -> None:
    """Small words, case, plurals, years and a last "Award" do not tell them apart."""
    assert form("organization", "The University of Lund") == form("organization", "University Lund")
    assert form("award", "the Tern Award") == form("award", "Tern")
    assert form("award", "Fellow of the IEEE") == form("award", "IEEE Fellow")
    assert form("award", "2019 Tern Medal") == form("award", "Tern Medal")
    assert form("topic", "Neural Networks") == form("topic", "neural network")
    assert form("topic", "statistics") == "statistics"
    assert form("award", "Best Poster") != form("award", "Best Paper")
    assert form("award", "★") != form("award", "☆")


def test_names_that_are_nearly_an_institutions() -> None:
    """A slip, a legal form or its own city behind it; never where another known word would stand."""
    names = (
        "Uppsla University",
        "Uppsala University",
        "Georgia Instiute of Technology",
        "Akamai Technologies Ltd",
    )
    page = Page("p.txt", "; ".join((*names, "University of Freiberg")))
    own = tuple(
        made(Affiliation, page, "Rosa Lind", n, organization=n) for n in page.text.split("; ")
    )
    entities = resolve([Talk(page, "x", speakers=(Speaker("Rosa Lind", own),))])
    found = [entities.of("organization", n) for n in page.text.split("; ")]
    assert [e.name for e in found] == [
        *["Uppsala University"] * 2,
        "Georgia Institute of Technology",
        "Akamai Technologies",
        "University of Freiberg",
    ]
    assert found[0] is found[1]
    assert found[0].because == ("'Uppsla University' is 'Uppsala University' but for a letter",)
    assert "Georgia Instiute of Technology" in found[2].aliases


def test_printed_forms_are_names_unless_they_name_nothing() -> None:
    """ "the Institute" could be any."""
    page = Page("p.txt", "KTH, the Institute, Tern Medal, neural networks, Rosa")
    own = (
        made(Affiliation, page, "Rosa Lind", "KTH", organization="Royal Institute of Technology"),
        made(
            Affiliation,
            page,
            "Rosa Lind",
            "the Institute",
            organization="Royal Institute of Technology",
        ),
        made(AwardReceipt, page, "Rosa Lind", "Tern Medal", award="Tern Medal"),
        made(Advising, page, "Rosa Lind", "Rosa", advisor="Rosa Berg"),
    )
    topic = made(TopicAssignment, page, "x", "neural networks", topic="neural network", score=1.0)
    entities = resolve([Talk(page, "x", speakers=(Speaker("Rosa Lind", own),), topics=(topic,))])
    assert entities.of("organization", "Royal Institute of Technology").aliases[1:] == ("KTH",)
    assert entities.of("topic", "Neural Networks").aliases == ("neural network", "neural networks")
    assert entities.of("person", "Rosa Berg").aliases == ("Rosa Berg",)


def test_talks() -> None:
    """Title, date and speakers make a talk; long titles are cut at a word, and keys never collide."""
    long = "On the " + "very " * 40 + "long"
    talks = [
        talk("a", "Bo Ek", title=long),
        talk("b", "Bo Ek", title=long + " tale"),
        talk("c", "Bo Ek", title=long.upper()),
    ]
    entities = resolve(talks)
    keys = {entities.talk(t).key for t in talks}
    assert len(keys) == 2
    assert all(len(key) < 100 for key in keys)
    untitled = Talk(Page("p", "Bo Ek"), speakers=(Speaker("Bo Ek"),))
    assert resolve([untitled]).talk(untitled).name == "Talk by Bo Ek"


def test_names_of_no_letters_stay_apart() -> None:
    """Two awards that are only signs: one key each."""
    page = Page("p.txt", "★ ☆")
    own = tuple(made(AwardReceipt, page, "Bo Ek", sign, award=sign) for sign in "★☆")
    entities = resolve([Talk(page, "x", speakers=(Speaker("Bo Ek", own),))])
    assert len({e.key for e in entities.all() if e.kind == "award"}) == 2
