"""Files as strangers write them: titles that say who speaks, feeds of events, tables whose columns have no names."""

from __future__ import annotations

import json

import pytest

from kg import days, extraction, readers
from kg.facts.affiliation import Affiliation
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
    "Shore Seminar - Kadde Olsen-Maes, UM Twin Harbours",
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
        (None, ["Kadde Olsen-Maes"]),
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


def calendar(name: str, *lines: str) -> str:
    """A calendar with an event for each line."""
    events = [
        f"BEGIN:VEVENT\nUID:{n}\nDTSTART:202603{n + 10}T100000Z\nSUMMARY:{line}\nEND:VEVENT"
        for n, line in enumerate(lines)
    ]
    return "\n".join(["BEGIN:VCALENDAR", f"X-WR-CALNAME:{name}", *events, "END:VCALENDAR", ""])


LINES = (
    "Ada Bergström: Tides of logic in shallow water",
    "Dodudo Zhengström: Sorting by drifting",
    "Yivarn Petitski: An algebra of ferries",
    "Eva Lindqvist: Harbour seminar",
    "Harbour Support: How to get a boat",
)


def test_names_that_nobody_knows_are_names_where_a_seminar_s_lines_are_alike() -> None:
    found = told("seminar.ics", calendar("Lund Harbour Seminar", *LINES))
    assert [(title, who) for title, who, _ in found] == [
        ("Tides of logic in shallow water", ["Ada Bergström"]),
        ("Sorting by drifting", ["Dodudo Zhengström"]),
        ("An algebra of ferries", ["Yivarn Petitski"]),
        (None, ["Eva Lindqvist"]),
    ]
    others = told("events.ics", calendar("What is on", *LINES))
    assert [who for _, who, _ in others] == [["Ada Bergström"], ["Eva Lindqvist"]]


PROGRAMME = """Coast Combinatorics Seminar Spring 2025

Friday 1/24 Organizational meeting
Friday 1/31 Jeremy Martin Tides of Hyperplanes
Friday 2/21 Ada Bergström The Lattice of Shells
Friday 3/7 Eva Lindqvist An Iterative Rule for Straightening Rivers
Friday 3/14 No seminar (Spring Break)
Friday 3/28 Dania Morales (Ghent University) Matroids and Simple Ferries
Abstract: While any ferry can be assembled one plank at a time, simple ferries can be assembled with ease.
Friday 4/11 Kwame Mensah (Lund University) Some Topics on Rivers and the Groups of Rivers
Friday 4/25 Chris Nowak Restricted mutation and the renewal of harbours in models
Friday 5/2 Reuven Hodges Orbit structures in shallow and deep harbours
"""


def test_lines_that_open_with_a_day_are_read_alike() -> None:
    found = told("seminar.txt", PROGRAMME)
    assert [(who, day) for _, who, day in found] == [
        (["Jeremy Martin"], "2025-01-31"),
        (["Ada Bergström"], "2025-02-21"),
        (["Eva Lindqvist"], "2025-03-07"),
        (["Dania Morales"], "2025-03-28"),
        (["Kwame Mensah"], "2025-04-11"),
        (["Chris Nowak"], "2025-04-25"),
        (["Reuven Hodges"], "2025-05-02"),
    ]
    assert found[0][0] == "Tides of Hyperplanes"


@pytest.mark.parametrize(
    ("line", "european", "day"),
    [
        ("Fri 3/7 Ada Bergström", False, "2025-03-07"),
        ("Fri 3/7 Ada Bergström", True, "2025-07-03"),
        ("Fri 24/7 Ada Bergström", False, "2025-07-24"),
        ("March 4 - Ada Bergström", False, "2025-03-04"),
        ("3/7 of the shore", False, None),
        ("24/7 on the shore", False, None),
        ("Friday 44/77 is no day", False, None),
    ],
)
def test_a_line_opens_with_a_day_of_the_year_above(
    line: str, european: bool, day: str | None
) -> None:
    assert days.opening(line, "2025", european) == day
    assert days.opening(line, "", european) is None


@pytest.mark.parametrize(
    ("printed", "day"),
    [("29/03/21", "2021-03-29"), ("4.5.98", "1998-05-04"), ("1/2/34/5", None), ("99/99/99", None)],
)
def test_a_cell_that_is_a_day_may_have_two_figures_for_the_year(
    printed: str, day: str | None
) -> None:
    assert days.read(printed) == day
    assert days.read(f"we met on {printed} or so") is None


def test_figures_without_end_are_no_day() -> None:
    assert (
        days.read("1/1/1" * 20_000) is None
    )  # takes hours where each figure is tried with all behind it


def test_those_who_organize_do_not_speak() -> None:
    page = """<html><body><h1>Tidal Seminar</h1><table>
    <tr><th>Date</th><th>Speaker</th><th>Affiliation</th><th>Title</th></tr>
    <tr><td>12 October 2026</td><td>Mei Tanaka</td><td>Lund University</td><td>Rules of scoring and of rain</td></tr>
    <tr><td>16 November 2026</td><td>Jon Roe</td><td>Ghent University</td><td>The design of harbours</td></tr>
    </table><p>Further dates will be announced here.</p>
    <h2>Organizers</h2><ul><li>Eva Lindqvist<br>CREST — Umeå University</li><li>Julien Petit<br>CREST, CNRS — Umeå
    University</li></ul><h2>Contact</h2><p>Write to us.</p></body></html>"""
    assert [who for _, who, _ in told("index.html", page)] == [["Mei Tanaka"], ["Jon Roe"]]


def places(talk: Talk) -> list[str]:
    """Where the speakers of a talk are."""
    return [f.organization for s in talk.speakers for f in s.facts if isinstance(f, Affiliation)]


@pytest.mark.parametrize(
    ("affiliation", "read"),
    [
        ("Lund University", ["Lund University"]),
        ("Department of Tides", ["Umeå University"]),
        ("Department of Tides, Umeå University", ["Umeå University"]),
    ],
)
def test_the_institution_that_holds_a_talk_is_not_the_speaker_s(
    affiliation: str, read: list[str]
) -> None:
    record = {"institution": "Umeå University", "speaker": "Mei Tanaka", "date": "2021-03-04"}
    found = talks("talks.json", json.dumps([{**record, "affiliation": affiliation}]))
    assert sorted({p for t in found for p in places(t) if "University" in p}) == read


def test_a_note_behind_a_title_is_no_part_of_it() -> None:
    page = "# Seminars\n\n" + "".join(
        f"## **{day}/03/2026** {title}\n\n**Speaker**: {who}\n\n"
        for day, title, who in (
            (18, "Tides in the Classroom (**NOTE**: this talk will be in room 4)", "Mei Tanaka"),
            (25, "Sorting the Ferries of the North", "Jon Roe"),
        )
    )
    assert [title for title, _, _ in told("seminars.md", page)] == [
        "Tides in the Classroom",
        "Sorting the Ferries of the North",
    ]


def test_a_talk_that_a_page_tells_of_twice_is_one() -> None:
    page = """<html><body><h1>Tidal Seminar</h1><h2>Next session</h2><p>Monday 12 October 2026</p>
    <dl><dt>Speaker</dt><dd>Mei Tanaka (Lund University)</dd><dt>Title</dt><dd>Rules of scoring and of rain</dd>
    <dt>Abstract</dt><dd>Rules are needed wherever it rains, and whoever scores them should know how they
    come to be what they are.</dd></dl><h2>Schedule</h2><table>
    <tr><th>Date</th><th>Speaker</th><th>Affiliation</th><th>Title</th></tr>
    <tr><td>12 October 2026</td><td>Mei Tanaka</td><td>Lund University</td><td>Rules of scoring and of rain</td></tr>
    <tr><td>16 November 2026</td><td>Jon Roe</td><td>Ghent University</td><td>The design of harbours</td></tr>
    </table></body></html>"""
    first, second = talks("index.html", page)
    assert (first.title, places(first)) == ("Rules of scoring and of rain", ["Lund University"])
    assert (first.abstract or "").startswith("Rules are needed")
    assert second.title == "The design of harbours"


def test_a_timetable_without_speakers_is_talks_and_a_list_without_times_is_none() -> None:
    rows = (
        ("09:00 - 09:10", "Opening"),
        ("09:10 - 10:00", "Keynote 1: Sand, salt and the memory of shores"),
        ("10:00 - 10:15", "Contributed talk 1: Counting grains on rough beaches"),
        ("10:15 - 10:30", "Contributed talk 2: Tidal pools as chemical reactors"),
        ("10:30 - 11:00", "Coffee break"),
        ("11:00 - 11:15", "Contributed talk 3: Learning to forecast fog over harbours"),
    )
    head = "Workshop on Coasts\n\nProgram\n\n"
    found = told("day.txt", head + "\n\n".join(f"{time} {what}" for time, what in rows) + "\n")
    assert [title for title, _, _ in found] == [
        "Sand, salt and the memory of shores",
        "Counting grains on rough beaches",
        "Tidal pools as chemical reactors",
        "Learning to forecast fog over harbours",
    ]
    plain = head + "\n\n".join(what.partition(": ")[2] or what for _, what in rows) + "\n"
    assert told("list.txt", plain) == []
