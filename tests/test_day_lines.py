"""Lines that hold a day and nothing else date the entry below them."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.model import Page
from kg.readers import Source, choose, readers
from kg.readers._day_lines import alone


@pytest.mark.parametrize(
    "line",
    [
        "May 3, 2021",
        "Monday, 3 May 2021, 14:00 – 15:00",
        "lundi 10 mai 2021",
        "03.05.2021, 16:15 Uhr",
        "2021-05-03",
        "3 de mayo de 2021",
        "3rd of May 2021 at 2 pm",
    ],
)
def test_a_day_alone(line: str) -> None:
    assert alone(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "May",
        "May 2021",
        "Ada Roe, May 3, 2021",
        "Published May 3, 2021",
        "3 May 2021: Tides",
        "10:00",
    ],
)
def test_what_is_no_day_alone(line: str) -> None:
    assert not alone(line)


@pytest.mark.parametrize(
    ("name", "day"), [("page.html", "<p><b>{}</b></p>"), ("page.md", "\n## {}\n")]
)
def test_each_day_is_that_of_the_talk_below(name: str, day: str) -> None:
    entries = (
        ("May 3, 2021", "<b>Ada Bergström</b>, Lund University<br>Why rivers turn"),
        (
            "May 10, 2021",
            "<b>Jon Roe</b>, University of Otago<br>Reefs and the divers who count them",
        ),
    )
    text = "<h1>Talks in 2021</h1>" + "".join(f"{day.format(d)}<p>{t}</p>" for d, t in entries)
    source = Source(name, text.encode())
    [page] = [p for p in readers()[choose(source)[0]].read(source) if isinstance(p, Page)]
    assert [t.date for t in extract(page)] == ["2021-05-03", "2021-05-10"]


@pytest.mark.parametrize("last", [True, False])
def test_days_stand_all_before_or_all_behind_their_talks(last: bool) -> None:
    talks = [
        ("Arno Berg, Lund University", "“How tides turn the shore”", "Dec 5, 2024, 12:00PM"),
        ("Ida Lind, Ghent University", "“Why rivers bend in sand”", "Jan 21, 2025, 12:30PM"),
        ("Ove Strand, Oslo University", "“What glaciers say at night”", "Jan 28, 2025, 12:30PM"),
    ]
    text = "\n\n".join("\n".join(t if last else (t[2], t[0], t[1])) for t in talks)
    found = [talk.date for talk in extract(Page("a.txt", text))]
    assert found == ["2024-12-05", "2025-01-21", "2025-01-28"]


@pytest.mark.parametrize(
    "last", [" - January 15th, 2025", ", 15 January 2025", " (2025-01-15)", " | Jan. 15, 2025"]
)
def test_a_line_of_a_speaker_may_end_in_the_day(last: str) -> None:
    text = (
        f"Tidal Physics Seminar\n\nAda Bergström (Lund University, Sweden){last}\n\nHow waves carry sand\n\n"
        "Ravi Kapoor (University of Leeds, UK) - 19 February 2025\n\nWhy estuaries keep their salt\n\n"
        "Mei Tanaka (Kyoto University, Japan) - March 19, 2025\n\nWind over the open sea\n"
    )
    found = extract(Page("a.txt", text))
    assert [talk.date for talk in found] == ["2025-01-15", "2025-02-19", "2025-03-19"]
    assert [s.name for t in found for s in t.speakers] == [
        "Ada Bergström",
        "Ravi Kapoor",
        "Mei Tanaka",
    ]


def test_a_title_may_end_in_the_day_of_the_talk_or_of_its_subject() -> None:
    text = "Colloquium\n\nHow waves carry sand{}\nAda Bergström, Lund University\n"
    (talk,) = extract(Page("a.txt", text.format(", March 4, 2021")))
    assert (talk.title, talk.date) == ("How waves carry sand", "2021-03-04")
    (talk,) = extract(Page("a.txt", text.format(" - March 11, 2011")))
    assert talk.title == "How waves carry sand - March 11, 2011"


def test_a_second_speaker_with_the_day_is_of_the_same_talk() -> None:
    text = (
        "Title: How waves carry sand\nSpeaker: Ada Bergström (Lund University)\n"
        "Speaker: Mei Tanaka (Kyoto University) - 4 March 2021\n"
        "Abstract: Sand is carried by waves along the coast in ways that nobody saw before.\n"
    )
    (talk,) = extract(Page("a.txt", text))
    assert [s.name for s in talk.speakers] == ["Ada Bergström", "Mei Tanaka"]
    assert talk.abstract
