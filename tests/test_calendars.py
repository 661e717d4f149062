"""Calendars: what an event's line and its description say, what is no talk, and files that are broken."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import extraction
from kg.errors import KgError, ReadError
from kg.model import Outline, Page
from kg.readers import Skipped, Source, choose, ical

Row = tuple[str | None, str | None, str | None, list[tuple[str, str]]]


def calendar(*events: str, name: str = "", head: str = "") -> bytes:
    """A calendar of events, each its properties on lines."""
    named = f"X-WR-CALNAME:{name}\n" if name else ""
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{named}{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def lines(*summaries: str, name: str = "") -> bytes:
    """A calendar of events that have no more than their line."""
    found = (s.replace(",", "\\,") for s in summaries)
    return calendar(*(f"DTSTART:20230510T140000\nSUMMARY:{s}" for s in found), name=name)


def read(data: bytes, name: str = "talks.ics") -> tuple[Page | None, list[Skipped]]:
    found = list(ical.read(Source(name, data)))
    pages = [f for f in found if isinstance(f, Page)]
    assert len(pages) < 2
    return (pages[0] if pages else None), [f for f in found if isinstance(f, Skipped)]


def rows(data: bytes) -> list[Row]:
    """Title, series, day and people of each talk of a calendar."""
    page, _ = read(data)
    return [row(page, o) for o in (page.outlines or ())] if page else []


def row(page: Page, outline: Outline) -> Row:
    people = [
        (page.text[slice(*s.name)], ", ".join(page.text[slice(*d)] for d in s.details))
        for s in outline.speakers
    ]
    title = page.text[slice(*outline.title)] if outline.title else None
    return title, outline.series, outline.date, people


def people(data: bytes) -> list[tuple[str | None, list[tuple[str, str]]]]:
    return [(title, who) for title, _, _, who in rows(data)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Hanna Weiss: What the retina tells", ("What the retina tells", [("Hanna Weiss", "")])),
        (
            "Why cities burn — Joana Prates (ISCTE)",
            ("Why cities burn", [("Joana Prates", "ISCTE")]),
        ),
        (
            "Priya Raman, IISc Bangalore: Songbirds",
            ("Songbirds", [("Priya Raman", "IISc Bangalore")]),
        ),
        ("Lee Park (KAIST):Dendrites: a survey", ("Dendrites: a survey", [("Lee Park", "KAIST")])),
        (
            'Ingrid Solberg (Oslo), "Grounding and its limits"',
            ("Grounding and its limits", [("Ingrid Solberg", "Oslo")]),
        ),
        (
            "« Le papier et l'encre » par Amadou Diallo",
            ("Le papier et l'encre", [("Amadou Diallo", "")]),
        ),
        ("Antrittsvorlesung Prof. Dr. Meike Hansen: Licht", ("Licht", [("Meike Hansen", "")])),
        (
            "Caves -- Peter Novak and Ana Lima",
            ("Caves", [("Peter Novak", ""), ("Ana Lima", "")]),
        ),
        ("Dr. Tove Lind (Uppsala University)", (None, [("Tove Lind", "Uppsala University")])),
    ],
)
def test_a_line_names_title_and_speaker(
    line: str, expected: tuple[str | None, list[tuple[str, str]]]
) -> None:
    assert people(lines(line)) == [expected]


def test_the_series_before_a_name_is_told_from_a_title() -> None:
    found = rows(
        lines(
            "Coast Forum #7 - Moira Campbell (Glasgow)",
            "Coast Forum #8 - Tobias Lindqvist, Uppsala University",
            "Coast Forum #9 - TBA",
        )
    )
    assert [(series, who) for _, series, _, who in found] == [
        ("Coast Forum", [("Moira Campbell", "Glasgow")]),
        ("Coast Forum", [("Tobias Lindqvist", "Uppsala University")]),
    ]


def test_a_calendar_of_names_gives_names_that_no_list_knows() -> None:
    known = ("Maria Costa", "Peter Novak", "Hanna Weiss", "John Appleby", "Claire Morel")
    found = people(lines(*known, "Xhavit Qyteza", "[room booked]", name="Reef Seminar"))
    assert (None, [("Xhavit Qyteza", "")]) in found
    assert len(found) == 6


@pytest.mark.parametrize(
    "line",
    [
        "Coffee break",
        "Department meeting",
        "Call with Peter Novak",
        "Birthday Maria Costa",
        "Machine Learning - Past and Future",
        "Quantum Computing: An Introduction",
        "Cancelled: Statistics Seminar - Bob Howe",
        "[CANCELED] Bob Howe (Leeds): Sums",
        "Statistics Seminar: TBA",
        "Film: Charlie Rivers",
        "Martin Luther King Day",
        "Real Zaragoza - Inter Milan",
        "John Appleby",
        "Kein Seminar",
    ],
)
def test_what_is_no_talk_is_left_out(line: str) -> None:
    assert rows(lines(line)) == []


def test_a_description_tells_its_parts_by_labels() -> None:
    data = calendar(
        "DTSTART:20230510T140000\nSUMMARY:Graph colouring\n"
        "DESCRIPTION:Speaker: Wei-Lin Zhao (Tsinghua University)\\n\\nAbstract: We survey flows\\, and\n"
        "  colourings of planar graphs.\\n\\nBio: She got her PhD from Ghent University in 2012.\\n"
        "Join Zoom Meeting\\nhttps://zoom.example/j/1\\nMeeting ID: 12 345\\nPasscode: 99"
    )
    page, _ = read(data)
    assert page is not None
    [talk] = extraction.extract(page)
    assert (talk.title, talk.abstract) == (
        "Graph colouring",
        "We survey flows, and colourings of planar graphs.",
    )
    organizations = {getattr(f, "organization", None) for f in talk.speakers[0].facts}
    assert {"Tsinghua University", "Ghent University"} <= organizations
    assert "Zoom" not in page.text
    assert "Passcode" not in page.text


def test_the_habits_of_known_exporters_are_read() -> None:
    services = calendar(
        "SUMMARY:Jean-Luc Perrin\nDTSTART:20230510T140000Z\nDESCRIPTION:Title: Heights on stacks\\nby Jean-Luc"
        " Perrin (Université de Lille) as part of Northern Numbers\\n\\nLecture held in R4.\\n\\nAbstract\\nPlanes.",
        name="researchseminars.example",
    )
    assert rows(services) == [
        (
            "Heights on stacks",
            "Northern Numbers",
            "2023-05-10",
            [("Jean-Luc Perrin", "Université de Lille")],
        )
    ]
    listed = calendar(
        "SUMMARY:Dust in dwarf galaxies\n"
        "DESCRIPTION:Speakers: Sofia Nilsson (Stockholm University)\\, Ravi Kumar (TIFR)\\n\\nOn dust.",
        "SUMMARY:Collaboration - Anna Bell\nDESCRIPTION:https://x.example/event/13/",
        head="PRODID:-//CERN//INDICO//EN\n",
    )
    assert people(listed) == [
        (
            "Dust in dwarf galaxies",
            [("Sofia Nilsson", "Stockholm University"), ("Ravi Kumar", "TIFR")],
        )
    ]
    tool = calendar(
        "SUMMARY:Hello – a retrospective - mx42\\, Lars Vik",
        head="PRODID:-//pretalx//cfp.example//coast\n",
    )
    assert people(tool) == [("Hello – a retrospective", [("mx42", ""), ("Lars Vik", "")])]
    opening = calendar(
        "SUMMARY:Reef Seminar: Qingyao Aiko – Coral and light\n"
        "DESCRIPTION:Qingyao Aiko\\, Postdoc\\, Oak Ridge\\nCoral and light\\nWe measure light on reefs.",
        "SUMMARY:Reef Seminar: Hanna Weiss – Sand",
        "SUMMARY:Reef Seminar: Maria Costa – Silt",
        "SUMMARY:Reef Seminar: Peter Novak – Clay",
    )
    assert people(opening)[0] == ("Coral and light", [("Qingyao Aiko", "Postdoc, Oak Ridge")])


def test_html_beside_an_empty_description_is_read() -> None:
    data = calendar(
        'DTSTART;TZID="W. Europe Standard Time":20231107T233000\n'
        "SUMMARY;LANGUAGE=de:Oberseminar: Prof. Dr. Anke Vogel (Universität Kiel)\nDESCRIPTION:\\n\n"
        "X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Titel: Irrfahrten auf B&auml;umen</p></body></html>\n"
        "BEGIN:VALARM\nSUMMARY:Alarm\nDESCRIPTION:Reminder\nEND:VALARM"
    )
    assert rows(data) == [
        (
            "Irrfahrten auf Bäumen",
            "Oberseminar",
            "2023-11-07",
            [("Anke Vogel", "Universität Kiel")],
        )
    ]


@pytest.mark.parametrize(
    ("start", "zone", "day"),
    [
        ("DTSTART:20230510T233000Z", "", "2023-05-10"),
        ("DTSTART:20230510T233000Z", "X-WR-TIMEZONE:Europe/Paris\n", "2023-05-11"),
        ("DTSTART:20230510T233000Z", "X-WR-TIMEZONE:Nowhere/None\n", "2023-05-10"),
        (
            "DTSTART:20230510T023000Z",
            "BEGIN:VTIMEZONE\nTZID:America/Lima\nEND:VTIMEZONE\n",
            "2023-05-09",
        ),
        ("DTSTART;TZID=Asia/Tokyo:20230510T003000", "X-WR-TIMEZONE:Europe/Paris\n", "2023-05-10"),
        ("DTSTART;VALUE=DATE:20230510", "X-WR-TIMEZONE:America/Lima\n", "2023-05-10"),
        ("DTSTART;TZID=GMT+01:00:20230510T003000", "", "2023-05-10"),
    ],
)
def test_the_day_is_that_of_the_place(start: str, zone: str, day: str) -> None:
    data = calendar(f"{start}\nSUMMARY:Hanna Weiss: Eyes", head=zone)
    assert [date for _, _, date, _ in rows(data)] == [day]


def test_calendars_events_and_repetitions_are_told_apart() -> None:
    one = lines("Hanna Weiss: Eyes", "Hanna Weiss: Eyes", name="Eye Talks")
    off = calendar("SUMMARY:Hanna Weiss: Ears\nSTATUS:CANCELLED")
    note = b"BEGIN:VCALENDAR\nBEGIN:VJOURNAL\nSUMMARY:Hanna Weiss: Notes\nEND:VJOURNAL\nEND:VCALENDAR\n"
    other = lines("Maria Costa: Feet", name="someone@example.org")
    assert [(t, series) for t, series, _, _ in rows(one + off + note + other)] == [
        ("Eyes", "Eye Talks"),
        ("Feet", None),
    ]


def test_old_and_badly_folded_files_are_read() -> None:
    printable = (
        b"BEGIN:VCALENDAR\r\nVERSION:1.0\r\nBEGIN:VEVENT\r\nDTSTART:20200101T100000\r\n"
        b"SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Andr=C3=A9 Silva: Mar=C3=A9s e =\r\nluas\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert people(printable) == [("Marés e luas", [("André Silva", "")])]
    letter = lines("Maria Núñez: Ríos").replace("ú".encode(), b"\xc3\r\n \xba")
    assert people(letter) == [("Ríos", [("Maria Núñez", "")])]
    raw = calendar(
        "SUMMARY:Rivers\nDESCRIPTION:Speaker: Hanna Weiss\nAbstract: Rivers run\n\nto the sea.\nDTSTART:20230510"
    )
    page, _ = read(raw)
    assert page is not None
    assert "to the sea." in page.text
    assert rows(raw) == [("Rivers", None, "2023-05-10", [("Hanna Weiss", "")])]


def test_a_broken_file_gives_its_whole_events() -> None:
    data = (
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Maria Costa (UNAM): Corals\nDTSTART:2022-13-45\n"
        b"BEGIN:VEVENT\nSUMMARY:Peter Novak (Brno): Caves\nDTSTART:20220301\nEND:VEVENT\nnonsense\n"
        b"BEGIN:VEVENT\nDTSTART:20220401\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20220501\nSUMMARY:Hanna We"
    )
    page, skipped = read(data)
    assert page is not None
    assert people(data) == [
        ("Corals", [("Maria Costa", "UNAM")]),
        ("Caves", [("Peter Novak", "Brno")]),
    ]
    assert [s.place for s in skipped] == ["line 2", "line 4", "line 10", "line 13"]
    assert skipped[1].reason == "no day: '2022-13-45'"
    assert {p.path for p in page.places} == {"line 3, SUMMARY", "line 6, SUMMARY"}


def test_a_calendar_is_claimed_by_its_content() -> None:
    assert choose(Source("feed", lines("A")))[0] == "ical"
    assert ical.claims(Source("a.txt", b"Add it to your calendar: BEGIN:VCALENDAR")) == 0
    assert ical.claims(Source("a.ics", b"nothing")) == 0.3
    with pytest.raises(ReadError, match=r"a\.ics: no calendar"):
        read(b"nothing of the kind", "a.ics")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_calendar_makes_a_trace(data: st.DataObject) -> None:
    whole = lines("Hanna Weiss (Ghent): “Eyes”, and ears", "Coast Forum #7 - Lee Park", name="N")
    pieces = [
        b"\r\n ",
        b"BEGIN:VEVENT\r\n",
        b"END:",
        b';TZID="',
        b":",
        b"\\n",
        b"(",
        b"\xc3",
        b"=\r\n",
        b"0",
    ]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole)))
        cut = data.draw(st.integers(0, 30))
        put = data.draw(st.one_of(st.sampled_from(pieces), st.binary(max_size=5)))
        whole = whole[:at] + put + whole[at + cut :]
    with contextlib.suppress(KgError):
        list(ical.read(Source("a.ics", whole)))
