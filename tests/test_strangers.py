"""Files as strangers write them: schedules from templates, forms of calls for talks, notes to the editor left in."""

from __future__ import annotations

import json

import pytest

from kg import days, extraction, readers
from kg.errors import ReadError
from kg.model import Page, Talk
from kg.readers import Source

TEMPLATE = """<schedule><conference><title>Deichtag</title></conference><day date="2021-05-04"><room name="Saal">
<event id="1"><title>Wege der Gezeiten</title><person>Dr. Frauke Tönnies, Jon Roe</person></event>
<event id="2"><title>Karten und Watt</title><person>Prof. Ilse Maes</person><person>Ike Olsen</person></event>
<event id="3"><title>Kaffee</title><person></person></event>
</room></day></schedule>"""


def talks(name: str, text: str) -> list[Talk]:
    """The talks of a file."""
    source = Source(name, text.encode())
    found = readers.readers()[readers.choose(source)[0]].read(source)
    return [t for page in found if isinstance(page, Page) for t in extraction.extract(page)]


def speakers(talk: Talk) -> list[str]:
    """Who speaks."""
    return [s.name for s in talk.speakers]


def test_people_of_a_schedule_may_stand_in_no_group() -> None:
    found = talks("schedule.xml", TEMPLATE)
    assert [(t.title, speakers(t), t.date) for t in found] == [
        ("Wege der Gezeiten", ["Frauke Tönnies", "Jon Roe"], "2021-05-04"),
        ("Karten und Watt", ["Ilse Maes", "Ike Olsen"], "2021-05-04"),
    ]


def test_a_field_that_says_the_same_of_many_is_no_title() -> None:
    rows = [
        f"Talk (40 minutes),{first},{last},{title},Harbour Ltd"
        for first, last, title in (
            ("Ada", "Bergström", "Tides of logic"),
            ("Kwame", "Mensah", "Sorting the ferries"),
            ("Mei", "Tanaka", "Sand and silicon"),
        )
    ]
    found = talks("cfp.csv", "\n".join(["Submission,First_name,Last_name,Title,Company", *rows]))
    assert [(t.title, speakers(t)) for t in found] == [
        ("Tides of logic", ["Ada Bergström"]),
        ("Sorting the ferries", ["Kwame Mensah"]),
        ("Sand and silicon", ["Mei Tanaka"]),
    ]


@pytest.mark.parametrize("note", ["TODO: add the abstract", "TBA - to follow in May", "TRUE", "no"])
def test_notes_to_the_editor_are_no_abstract(note: str) -> None:
    record = {"title": "Tides of logic", "speaker": "Ada Bergström", "abstract": note}
    (found,) = talks("talks.json", json.dumps([record]))
    assert (found.title, found.abstract) == ("Tides of logic", None)


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ('"Tides of logic" and "Sands of reason"', '"Tides of logic" and "Sands of reason"'),
        ("“Tides of logic”", "Tides of logic"),
        ("«Tides of logic» и «Sands»", "«Tides of logic» и «Sands»"),
    ],
)
def test_quotes_are_cut_off_where_they_hold_the_whole_title(printed: str, title: str) -> None:
    record = {"title": printed, "speaker": "Ada Bergström"}
    assert [t.title for t in talks("talks.json", json.dumps([record]))] == [title]


@pytest.mark.parametrize(
    ("others", "day"),
    [("16/7/2021", "2021-03-12"), ("7/16/2021", "2021-12-03"), ("4/5/2021", "2021-12-03")],
)
def test_a_page_writes_its_days_in_one_order(others: str, day: str) -> None:
    first = f"{others}\nTides of Logic\nAda Bergström, Lund University"
    text = (
        f"Logic seminar\n\n{first}\n\n12/3/2021\nSands of Reason\nEva Lindqvist, Umeå University\n"
    )
    assert [t.date for t in extraction.extract(Page("x", text))][1:] == [day]


def test_a_row_of_a_table_may_hold_a_talk_of_each_of_several() -> None:
    cells = (
        "<td>3 May 2022</td><td>Ada Bergström<br>Kwame Mensah</td><td>Lund University</td>"
        "<td>Tides of logic in shallow water<br>Sorting the ferries of the northern coast</td>"
    )
    header = "<th>Date</th><th>Presenter</th><th>Affiliation</th><th>Paper or topic</th>"
    page = f"<html><body><table><tr>{header}</tr><tr>{cells}</tr></table></body></html>"
    assert [(t.title, speakers(t), t.date) for t in talks("seminar.html", page)] == [
        ("Tides of logic in shallow water", ["Ada Bergström"], "2022-05-03"),
        ("Sorting the ferries of the northern coast", ["Kwame Mensah"], "2022-05-03"),
    ]


SERIES = """BEGIN:VCALENDAR
X-WR-CALNAME:Topology Seminar
BEGIN:VEVENT
UID:a
DTSTART;TZID=Europe/Paris:20220301T100000
RRULE:FREQ=WEEKLY;COUNT=4
SUMMARY:Eva Lindqvist (Umeå University): Lectures on foams
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Paris:20220308T100000
DTSTART;TZID=Europe/Paris:20220309T110000
SUMMARY:Eva Lindqvist (Umeå University): Lectures on foams
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Paris:20220315T100000
DTSTART;TZID=Europe/Paris:20220315T100000
SUMMARY:Kwame Mensah (University of Ghana): Braids of rivers
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Paris:20220322T100000
DTSTART;TZID=Europe/Paris:20220322T100000
STATUS:CANCELLED
SUMMARY:Mei Tanaka (Kyoto University): Surfaces
END:VEVENT
END:VCALENDAR
"""


def test_a_day_of_a_series_is_a_talk_where_it_says_something_of_its_own() -> None:
    assert [(t.title, speakers(t), t.date) for t in talks("seminar.ics", SERIES)] == [
        ("Lectures on foams", ["Eva Lindqvist"], "2022-03-01"),
        ("Braids of rivers", ["Kwame Mensah"], "2022-03-15"),
    ]


BARE = """Tides of logic,Ada Bergström#Kwame Mensah
"Sand, silicon and what else?",Mei Tanaka
Coral,Damien Petit
A guided tour of the harbour,Eva Lindqvist
Panel on the future of ferries,María Nowak
"""


def test_tables_without_names_of_columns_are_told_by_their_cells() -> None:
    assert [(t.title, speakers(t)) for t in talks("talks.csv", BARE)] == [
        ("Tides of logic", ["Ada Bergström", "Kwame Mensah"]),
        ("Sand, silicon and what else?", ["Mei Tanaka"]),
        ("Coral", ["Damien Petit"]),
        ("A guided tour of the harbour", ["Eva Lindqvist"]),
        ("Panel on the future of ferries", ["María Nowak"]),
    ]
    days = ["2023-09-05", "2023-07-23", "2022-03", "2021-11-15"]
    rows = [
        ["Coast Days", "https://example.org/e", day, name, title, ""]
        for day, name, title in zip(
            days,
            ["Ada Bergström", "Kwame Mensah", "Mei Tanaka", "Eva Lindqvist"],
            ["Tides of logic", "Sorting the ferries", "Sand and silicon", "Knots in ropes"],
            strict=True,
        )
    ]
    found = talks("talks.json", json.dumps(rows))
    assert [t.date for t in found] == days
    assert (found[1].title, speakers(found[1])) == ("Sorting the ferries", ["Kwame Mensah"])


@pytest.mark.parametrize(
    "row", ["Lund,Sweden", "Ada Bergström,Eva Lindqvist", "3,4", "Tides of logic,2021-03-04"]
)
def test_other_tables_without_names_of_columns_hold_no_talks(row: str) -> None:
    with pytest.raises(ReadError):
        talks("things.csv", f"{row}\n" * 6)


def told(text: str) -> list[tuple[str | None, list[str], str | None]]:
    """Title, speakers and day of the talks of a page."""
    return [(t.title, speakers(t), t.date) for t in extraction.extract(Page("x", text))]


ABSTRACT = (
    "Abstract: In this talk we show how tides are described by logic, and what follows from it."
)
BLOCKS = f"""Coast seminar 2023

When: May 11 (Thursday) at 4pm
Who: Kenia Almeida. Escuela Nacional de Salud
Title: The incidence of storms at the coast of the island
{ABSTRACT}

When: May 18 (Thursday) at 4pm
Who: Rodrigo Estevez. Researcher, Santa Fe
Title: Modelling the dynamics of shallow water by networks
{ABSTRACT}
"""


def test_blocks_of_labelled_lines_keep_to_themselves() -> None:
    assert told(BLOCKS) == [
        ("The incidence of storms at the coast of the island", ["Kenia Almeida"], "2023-05-11"),
        ("Modelling the dynamics of shallow water by networks", ["Rodrigo Estevez"], "2023-05-18"),
    ]


def test_a_title_full_of_names_stands_above_its_labelled_speaker() -> None:
    text = f"""Past seminars

Date: December 11, 2025
Where do the data go? Computing and compression at the coast

Speaker: Ozan Yıldız (Department of Mathematics, Ege University)
{ABSTRACT}

Date: December 12, 2024
Giovanni Girolamo Rossi (1667–1733) ve Euclides’i

Speaker: Samet Kaya (Department of Philosophy, Ege University)
"""
    assert [(title, who) for title, who, _ in told(text)] == [
        ("Where do the data go? Computing and compression at the coast", ["Ozan Yıldız"]),
        ("Giovanni Girolamo Rossi (1667–1733) ve Euclides’i", ["Samet Kaya"]),
    ]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("December 26–27, 2024", "2024-12-26"),
        ("3-5 May 2021", "2021-05-03"),
        ("2021-03-04", "2021-03-04"),
        ("10.-12. Mai 2021", "2021"),
    ],
)
def test_of_several_days_the_first_counts(printed: str, day: str) -> None:
    assert str(days.read(printed)).startswith(day)


@pytest.mark.parametrize(
    ("heading", "printed", "day"),
    [
        ("Talks in 2022", "Apr. 10", "2022-04-10"),
        ("Talks in 2022", "3rd May", "2022-05-03"),
        ("Talks 2022/23", "Apr. 10", None),
        ("Talks 2022 and 2023", "Apr. 10", None),
        ("Talks", "Apr. 10", None),
        ("Talks in 2022", "10:30", None),
    ],
)
def test_a_day_without_a_year_is_of_the_year_above(
    heading: str, printed: str, day: str | None
) -> None:
    assert days.within(printed, days.only_year(heading)) == day


def test_a_line_may_end_in_its_day() -> None:
    text = """Seminars

2024
- Soyeon Park (Lund University), Combinatorics of braids and their geometry, December 26–27, 2024.
- Ada Bergström (Ajou University), Bounded identities with odd rows, November 8, 2024.
- Eva Lindqvist (Umeå University), Deformations of regular varieties, June 21, 2024.
"""
    assert told(text) == [
        ("Combinatorics of braids and their geometry", ["Soyeon Park"], "2024-12-26"),
        ("Bounded identities with odd rows", ["Ada Bergström"], "2024-11-08"),
        ("Deformations of regular varieties", ["Eva Lindqvist"], "2024-06-21"),
    ]


WHATS_ON = """BEGIN:VCALENDAR
X-WR-CALNAME:Harbour Events
BEGIN:VEVENT
DTSTART:20260711T130000Z
SUMMARY:Lewis Carlson at Harbour Park
DESCRIPTION:Lewis Carlson headlines an open-air day with special guests.\\nPrice: £30
END:VEVENT
BEGIN:VEVENT
DTSTART:20260711T090000Z
SUMMARY:Alexander Technique: One-Day Course (City Centre)
DESCRIPTION:A beginner's introduction to ways to reduce tension in everyday movement.\\nPrice: £89
END:VEVENT
BEGIN:VEVENT
DTSTART:20260716T160000Z
SUMMARY:Summer Speaker Series: Daniel Kovacs (Tides Project)
DESCRIPTION:Tickets at the door.
END:VEVENT
END:VCALENDAR
"""


def test_entertainments_of_a_calendar_are_no_talks() -> None:
    found = talks("events.ics", WHATS_ON)
    assert [(speakers(t), t.date) for t in found] == [(["Daniel Kovacs"], "2026-07-16")]


def test_a_row_that_says_there_is_no_seminar_is_none() -> None:
    text = """Seminars

Date | Title | Speaker | Institution
21/02/2024 | The role of chaos in molecular collisions | James Croft | Durham University
28/02/2024 | No seminar - project week | |
13/03/2024 | Micro-fabricated sensors for cold atoms | Ada Bergström | Lund University
"""
    assert [who for _, who, _ in told(text)] == [["James Croft"], ["Ada Bergström"]]


@pytest.mark.parametrize("label", ["Abstract: ", "Zusammenfassung: ", ""])
def test_an_abstract_is_cut_off_its_label(label: str) -> None:
    record = {"title": "Tides", "speaker": "Ada Bergström", "abstract": f"{label}We count waves."}
    assert [t.abstract for t in talks("t.json", json.dumps([record]))] == ["We count waves."]


def test_links_to_more_are_no_part_of_a_title() -> None:
    page = """<html><body><h3>Alain PETIT<br>(University of Lorraine)</h3><p><b>Title</b> : Networks of words
    <a href="a.pdf">See the announcement</a><br><b>Date</b> : 10 October 2025</p></body></html>"""
    assert [t.title for t in talks("seminar.html", page)] == ["Networks of words"]


def test_a_title_may_name_an_institution_beside_the_column_of_institutions() -> None:
    text = """Seminars

Date | Title | Speaker | Institution
21/02/2024 | The role of chaos in molecular collisions | James Croft | Durham University
06/03/2024 | Deep Science @ Boulby Underground Laboratory | Sean Palmer | Lund University
"""
    assert [title for title, _, _ in told(text)][
        1
    ] == "Deep Science @ Boulby Underground Laboratory"


PAGE = """+++
title = "Ada Bergström (Lund University)"
date = "2021-03-01T10:00:00"
speaker = "Ada Bergström"
seminar = "Ergodic averages along the tides"
affiliation = "Lund University"
abstract = "We show that averages along tides converge almost everywhere."
start = "2021-03-04T16:30:00+01:00"
end = "2021-03-04T17:30:00+01:00"
+++
"""


def test_a_page_titled_by_its_speaker_has_the_title_of_the_talk_elsewhere() -> None:
    (found,) = talks("ada.md", PAGE)
    assert (found.title, speakers(found), found.date) == (
        "Ergodic averages along the tides",
        ["Ada Bergström"],
        "2021-03-04",
    )
    record = {"title": "Tides of logic", "speaker": "Ada Bergström", "seminar": "Coast Seminar"}
    (found,) = talks("t.json", json.dumps([record]))
    assert (found.title, found.series) == ("Tides of logic", "Coast Seminar")


def test_who_speaks_may_be_called_by_a_verb_and_a_social_event_is_nobody() -> None:
    rows = [
        {"speaking": "Ada Bergström", "title": "Tides of logic (Keynote)"},
        {"speaking": "Kwame Mensah", "title": "TBD (Keynote)"},
        {"speaking": "speaker1", "title": "TBD"},
        {"speaking": "Social event", "title": "The amusement park"},
    ]
    found = talks("schedule.json", json.dumps([{"day": "June 3, 2018", "talks": rows}]))
    assert [(t.title, speakers(t), t.date) for t in found] == [
        ("Tides of logic", ["Ada Bergström"], "2018-06-03"),
        (None, ["Kwame Mensah"], "2018-06-03"),
    ]


LABELLED = """+++
categories = ["seminar"]
date = "2021-05-25 08:28:30"
title = "Matteo Bergström (Lund University, Sweden)"
+++
*Speaker:* **Matteo Bergström**  (Lund University, Sweden)

*Title: **Random properties of the chaotic forcing of tides***

*Abstract:* We prove that systems with a base that expands enough have properties like random chains.
The maps are only assumed to be regular and to depend on the base in a way that is easy to check.
"""


def test_a_page_titled_by_its_speaker_is_read_by_the_labels_below() -> None:
    (found,) = talks("matteo.md", LABELLED)
    assert (found.title, speakers(found)) == (
        "Random properties of the chaotic forcing of tides",
        ["Matteo Bergström"],
    )
    assert (found.abstract or "").startswith("We prove that systems")
