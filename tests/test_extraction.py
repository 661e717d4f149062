"""A pasted page becomes talks with facts, each shown by its sentence."""

from kg.extraction import extract
from kg.facts.affiliation import Affiliation
from kg.facts.education import Education
from kg.model import Page

PAGE = """Spring Seminar
How rivers remember
Ilse Brandt, University of Oslo
Rivers keep traces of old floods in their sediments. In this talk, we read those traces with new dating methods.
Ilse Brandt is a professor of geology at the University of Oslo. \
She received her PhD in geology from Lund University in 2004 under the supervision of Prof. Karl Dahl.
"""


def test_a_page_becomes_a_talk_with_facts() -> None:
    (talk,) = extract(Page("page.txt", PAGE))
    assert talk.title == "How rivers remember"
    (speaker,) = talk.speakers
    assert speaker.name == "Ilse Brandt"
    (degree,) = [f for f in speaker.facts if isinstance(f, Education)]
    assert (degree.organization, degree.degree, degree.date, degree.advisors) == (
        "Lund University",
        "PhD",
        "2004",
        ("Karl Dahl",),
    )
    posts = [f for f in speaker.facts if isinstance(f, Affiliation)]
    assert {p.organization for p in posts} == {"University of Oslo"}
    assert all(PAGE[f.at.start : f.at.end] == f.printed for f in speaker.facts)
