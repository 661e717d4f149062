"""Structured sources: their fields become a page, whose talks are read without guessing what is what."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.facts.affiliation import Affiliation
from kg.graph import assemble
from kg.model import Page
from kg.readers._composing import Composition, DraftTalk


def composed(*talks: DraftTalk) -> Page:
    composition = Composition("talks.json")
    for talk in talks:
        composition.add(talk)
    [page] = composition.pages()
    return page


def tidal() -> DraftTalk:
    talk = DraftTalk(series="Coast Days", date="2021-05-03")
    talk.named("Why  rivers\nturn", "[0].title")
    speaker = talk.speaker("Ada Bergström", "[0].speakers[0].name")
    speaker.organization("Lund University", "[0].speakers[0].affiliation")
    speaker.bio("Ada got her PhD from Ghent University in 2012.\n", "[0].speakers[0].bio")
    talk.told("We study the tide.", "[0].abstract")
    talk.keyword("tides", "[0].tags[0]")
    return talk


def test_every_field_stands_where_the_page_says() -> None:
    page = composed(tidal())
    told = {place.path: page.text[slice(*place.span)] for place in page.places}
    assert told == {
        "[0].title": "Why rivers turn",
        "[0].speakers[0].name": "Ada Bergström",
        "[0].speakers[0].affiliation": "Lund University",
        "[0].speakers[0].bio": "Ada got her PhD from Ghent University in 2012.",
        "[0].abstract": "We study the tide.",
        "[0].tags[0]": "tides",
    }


def test_a_composed_page_is_read_by_its_fields() -> None:
    [talk] = extract(composed(tidal()))
    assert (talk.title, talk.series, talk.date) == ("Why rivers turn", "Coast Days", "2021-05-03")
    assert talk.abstract == "We study the tide."
    [speaker] = talk.speakers
    facts = {type(f).__name__: getattr(f, "organization", None) for f in speaker.facts}
    assert facts["Affiliation"] == "Lund University"
    assert facts["Education"] == "Ghent University"


def test_evidence_in_the_graph_names_the_field() -> None:
    text = assemble(extract(composed(tidal()))).ntriples()
    field = "<https://w3id.org/talkgraph/terms#sourceField>"
    assert f'{field} "[0].speakers[0].bio" .' in text
    assert f'{field} "[0].speakers[0].affiliation" .' in text


def test_a_talk_of_nothing_is_left_out() -> None:
    empty = DraftTalk(date="2021")
    empty.speaker(" – ", "[1].name")
    assert Composition("a.json").pages() == []
    assert len(composed(tidal(), empty).outlines or ()) == 1


def test_a_field_for_an_organization_is_trusted_and_may_say_that_there_is_none() -> None:
    for printed, wanted in (
        ("Brinewharf", ["Brinewharf"]),
        ("freelance", []),
        ("N/A", []),
        ("TBA", []),
    ):
        talk = DraftTalk()
        talk.named("Why rivers turn", "title")
        talk.speaker("Ada Bergström", "name").organization(printed, "company")
        [speaker] = extract(composed(talk))[0].speakers
        found = [f.organization for f in speaker.facts if isinstance(f, Affiliation)]
        assert found == wanted


@pytest.mark.parametrize("role", ["Professor", "Software Engineer", "Chief Scientist", "CTO"])
@pytest.mark.parametrize("place", ["Lund University", "Brinewharf", "Tidal Systems GmbH"])
@pytest.mark.parametrize("first", ["role", "organization"])
def test_a_role_and_a_place_are_one_post(role: str, place: str, first: str) -> None:
    talk = DraftTalk()
    talk.named("Why rivers turn", "title")
    speaker = talk.speaker("Ada Bergström", "name")
    told = [(speaker.role, role), (speaker.organization, place)]
    for take, text in told if first == "role" else told[::-1]:
        take(text, "field")
    [found] = [
        f for f in extract(composed(talk))[0].speakers[0].facts if isinstance(f, Affiliation)
    ]
    assert (found.organization, (found.role or "").lower()) == (place, role.lower())


def test_two_places_are_two_posts() -> None:
    talk = DraftTalk()
    talk.named("Why rivers turn", "title")
    speaker = talk.speaker("Ada Bergström", "name")
    speaker.organization("Lund University", "one")
    speaker.organization("Ghent University", "two")
    found = [
        f.organization
        for f in extract(composed(talk))[0].speakers[0].facts
        if isinstance(f, Affiliation)
    ]
    assert found == ["Lund University", "Ghent University"]


def test_keywords_are_topics_before_the_words_of_the_talk() -> None:
    talk = tidal()
    talk.keyword("#machine_learning", "[0].tags[1]")
    talk.keyword("2021", "[0].tags[2]")
    talk.keyword("what every young sailor has to know of the sea", "[0].tags[3]")
    [found] = extract(composed(talk))
    topics = [(getattr(t, "topic", ""), t.rule) for t in found.topics]
    assert topics[:2] == [("tide", "topic/keyword"), ("machine learning", "topic/keyword")]
    assert all(rule != "topic/keyword" for _, rule in topics[2:])


def test_what_cannot_be_seen_or_held_is_cleaned() -> None:
    talk = tidal()
    talk.named("A\u202e tide \ud800", "t")
    assert composed(talk).text.startswith("A tide \ufffd\n2021-05-03\nAda Bergström\n")
    assert any(isinstance(f, Affiliation) for f in extract(composed(talk))[0].speakers[0].facts)
