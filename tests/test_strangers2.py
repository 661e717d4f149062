"""Files as strangers write them: titles that say who speaks, feeds of events, tables whose columns have no names."""

from __future__ import annotations

import json

import pytest

from kg import extraction, readers
from kg.model import Page, Talk
from kg.readers import Source


def talks(name: str, text: str) -> list[Talk]:
    """The talks of a file."""
    source = Source(name, text.encode())
    found = readers.readers()[readers.choose(source)[0]].read(source)
    return [t for page in found if isinstance(page, Page) for t in extraction.extract(page)]


def told(name: str, text: str) -> list[tuple[str | None, list[str], str | None]]:
    """Title, speakers and day of the talks of a file."""
    return [(t.title, [s.name for s in t.speakers], t.date) for t in talks(name, text)]


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Professor Ada Bergström – Geology division", None),
        ("Ada Bergström (Umeå University)", None),
        ("Tides of logic (Ada Bergström)", "Tides of logic"),
        ("Tides of logic (and of sand)", "Tides of logic (and of sand)"),
        ("Ada Bergström: a life with tides", "Ada Bergström: a life with tides"),
    ],
)
def test_a_title_does_not_say_again_who_speaks(title: str, read: str | None) -> None:
    record = {"title": title, "speaker": "Dr Ada Bergström", "affiliation": "Geology division"}
    record["date"] = "2021-03-04"
    assert told("seminars.json", json.dumps([record])) == [(read, ["Ada Bergström"], "2021-03-04")]


def test_hosts_whom_the_title_names_speak() -> None:
    rows = [
        {"start": "9:00", "name": "Welcome", "type": "announcement"},
        {"start": "9:10", "name": "Tides of logic (Mei Tanaka)", "host": "Mei Tanaka", "type": "a"},
        {"start": "9:40", "name": "TBD (Jon Roe)", "host": "Jon Roe", "type": "a"},
        {"start": "9:50", "name": "Questions to all", "host": "Eva Lindqvist", "type": "a"},
    ]
    assert told("schedule.json", json.dumps(rows)) == [
        ("Tides of logic", ["Mei Tanaka"], None),
        (None, ["Jon Roe"], None),
    ]


def test_those_who_discuss_a_talk_do_not_give_it() -> None:
    rows = (
        "discussants,title,presenter\n"
        '"Eva Lindqvist, Umeå University",Tides of logic,Mei Tanaka\n'
        "Jon Roe,Sorting the ferries,Kwame Mensah\n"
    )
    assert [who for _, who, _ in told("program.csv", rows)] == [["Mei Tanaka"], ["Kwame Mensah"]]


def test_a_break_of_the_term_is_nobody() -> None:
    rows = (
        "date,speaker,title\n17/03/2026,Mei Tanaka,Tides of logic\n7/04/2026,<b>Term break</b>,\n"
    )
    assert told("seminars.csv", rows) == [("Tides of logic", ["Mei Tanaka"], "2026-03-17")]


FEED = [
    "Seminar: Molly Lindqvist (Umeå)",
    'Coast Seminar: "TBA" - John Eric Petit (Ghent)',
    "Opening Lecture: C. Mary Roe",
    "Tidal Memorial Lecture: “How deep are harbours?” - Mark Tanaka (Lund University)",
    "The History of Harbours: an Exhibition",
    "Ferry Conference 2025",
]


def test_events_whose_names_say_who_speaks_are_read_as_those_of_calendars() -> None:
    rows = [{"name": name, "start_date": "2025-03-04", "description": ""} for name in FEED]
    found = [(title, who) for title, who, _ in told("events.json", json.dumps(rows)) if who]
    assert found == [
        (None, ["Molly Lindqvist"]),
        (None, ["John Eric Petit"]),
        (None, ["C. Mary Roe"]),
        ("How deep are harbours?", ["Mark Tanaka"]),
    ]


def test_events_that_name_nobody_keep_their_titles() -> None:
    titles = ["Tides: an introduction", "Sorting the ferries", "Sand – a primer", "Coral (part 2)"]
    rows = [{"title": t, "date": "2025-03-04", "abstract": "We count waves."} for t in titles]
    assert [title for title, _, _ in told("talks.json", json.dumps(rows))] == titles


def test_given_and_family_names_may_stand_in_columns_without_names() -> None:
    rows = [
        ("MON-1", "Ada", "Bergström", "Tides of logic in shallow water"),
        ("MON-2", "Mei ", "Tanaka", "Sorting the ferries"),
        ("MON-3", "Closing Discussion", "", ""),
        ("TUE-1", "Kwame", "Di Mensah", "TBA"),
        ("TUE-2", "María José", "Nowak", "Sand, silicon and the rest"),
        ("TUE-3", "Eva", "Lindqvist", "Coral reefs from above"),
    ]
    assert told("schedule.tsv", "\n".join(map("\t".join, rows))) == [
        ("Tides of logic in shallow water", ["Ada Bergström"], None),
        ("Sorting the ferries", ["Mei Tanaka"], None),
        (None, ["Kwame Di Mensah"], None),
        ("Sand, silicon and the rest", ["María José Nowak"], None),
        ("Coral reefs from above", ["Eva Lindqvist"], None),
    ]


PLACED = """1999,fall,1999-10-06,"Tony Bergström, Department of Geology, Lund University",,
1999,fall,1999-10-13,"Elaine Tanaka, Department of Sand and Silt, Lund University",,
1999,fall,1999-10-20,Room 209 at 12:30 P.M.,,
1999,fall,1999-10-27,"Charles Petit, Harbour School, Ghent University",,
1999,fall,1999-11-03,"Mary Roe, Department of Rivers, Ghent University",,
1999,fall,1999-11-10,THE DAY BEFORE EASTER - NO SEMINAR,,
1999,fall,1999-11-17,Eva Lindqvist,,
1999,fall,1999-11-24,"Mike Nowak, Department of Tides, Lund University",,
1999,fall,1999-12-01,"Ada Olsen, Department of Tides, Lund University",,
1999,fall,1999-12-08,"Jon Maes, Department of Tides, Lund University",,
"""


def test_days_and_speakers_with_their_places_are_talks_without_titles() -> None:
    assert [(who, day) for _, who, day in told("seminars.csv", PLACED)] == [
        (["Tony Bergström"], "1999-10-06"),
        (["Elaine Tanaka"], "1999-10-13"),
        (["Charles Petit"], "1999-10-27"),
        (["Mary Roe"], "1999-11-03"),
        (["Eva Lindqvist"], "1999-11-17"),
        (["Mike Nowak"], "1999-11-24"),
        (["Ada Olsen"], "1999-12-01"),
        (["Jon Maes"], "1999-12-08"),
    ]


BROKEN = """---
layout: seminar
title: Tides of logic: then and now
speaker: Mei Tanaka    # in full
speaker_cn:            # if there is one
affiliation: Lund University & Ghent University
datetime: 2025-12-24 15:20-16:20
abstract: >We count waves, and
tell why they come; what follows
is told in the second part.
---
"""


def test_front_matter_that_is_no_yaml_is_read_by_its_lines() -> None:
    assert told("2025-tides.md", BROKEN) == [
        ("Tides of logic: then and now", ["Mei Tanaka"], "2025-12-24")
    ]
    (found,) = talks("2025-tides.md", BROKEN)
    assert (found.abstract or "").endswith("second part.")
