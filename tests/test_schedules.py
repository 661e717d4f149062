"""Schedules of conference tools in XML and JSON: events with people are talks, breaks are none."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import extraction, readers
from kg.errors import KgError, ReadError
from kg.model import Page
from kg.readers import Skipped, Source, choose

Row = tuple[str | None, str | None, str | None, dict[str, list[str]]]

SCHEDULE = """<?xml version="1.0" encoding="UTF-8"?>
<!-- written by a tool --><!DOCTYPE schedule [<!ENTITY tide "ebb">]>
<schedule><version>3</version>
<conference><title>Open Coast 2019</title><time_zone_name>Europe/Brussels</time_zone_name></conference>
<day index="1" date="2019-02-02"><room name="Mole">
<event id="1"><start>10:00</start><title>Tides &amp; kernels</title><subtitle>A survey</subtitle>
<track>Kernels devroom</track><type>room</type><abstract>&lt;p&gt;On &lt;b&gt;tides&lt;/b&gt;.&lt;/p&gt;</abstract>
<description><p>Marks not escaped.</p></description>
<persons><person id="3">Dr. Ilse Maes</person><person id="4">Orga team</person></persons></event>
<event id="2"><date>2019-02-03T01:30:00+01:00</date><title>Night ferries</title><type>lecture</type>
<persons><person code="A"><name>Ike Olsen</name><biography>Ike got a PhD from Ghent University.</biography></person>
</persons></event>
<event id="3"><title>Lunch break</title><type>other</type><persons/></event>
<event id="4"><title>Whose shore?</title><type>lecture</type><abstract>Nobody named yet.</abstract><persons/></event>
<event id="5"><title>Film night</title><type>film</type><abstract>With popcorn.</abstract><persons/></event>
<event id="6"><persons/></event>
</room></day></schedule>"""

EVENTS: dict[str, Any] = {
    "schedule": {
        "conference": {
            "acronym": "kt",
            "title": "Küstentage",
            "time_zone_name": "Europe/Berlin",
            "days": [
                {
                    "date": "2023-05-04",
                    "rooms": {
                        "Deich 1": [
                            {
                                "title": "Gezeiten lesen",
                                "track": "Meer",
                                "type": "Vortrag",
                                "abstract": "Wie Priele wandern.",
                                "date": "2023-05-04T10:00:00+02:00",
                                "persons": [
                                    {
                                        "public_name": "Frauke Tönnies",
                                        "biography": "Professorin an der Universität Kiel.",
                                    }
                                ],
                            },
                            {"title": "Kaffeepause", "type": "Break", "persons": []},
                            7,
                            {"id": 9, "persons": []},
                        ],
                        "Kai": [
                            {
                                "title": {"de": "Nachtfähren", "en": "Night ferries"},
                                "date": "2023-05-04T23:30:00Z",
                                "persons": "Ole Hansen",
                            }
                        ],
                    },
                }
            ],
        }
    }
}

SUBMISSIONS: dict[str, Any] = {
    "count": 3,
    "results": [
        {
            "code": "AB12CD",
            "speakers": ["QQ11WW"],
            "title": "Mapping reefs",
            "submission_type": {"name": {"en": "Talk"}},
            "state": "confirmed",
            "abstract": "We map.",
            "slots": [{"start": "2024-03-02T09:00:00+10:00"}],
        },
        {
            "code": "AB12CE",
            "speakers": ["QQ11WW"],
            "title": "Sand",
            "submission_type": 1,
            "state": "rejected",
        },
        None,
    ],
}

SPEAKERS: dict[str, Any] = {
    "results": [
        {
            "code": "QQ11WW",
            "name": "Mele Taufa",
            "biography": "Mele got her PhD from the University of Auckland.",
            "submissions": ["AB12CD"],
        }
    ]
}


def read(
    name: str, data: object, file: str = "feed.json", **beside: object
) -> tuple[list[Row], list[Skipped]]:
    """Title, series, day and people with what is beside them, of each talk; and what was left out."""

    def neighbour(path: str) -> bytes | None:
        found = beside.get(path.strip("./").partition(".")[0])
        return None if found is None else as_bytes(found)

    found = list(readers.readers()[name].read(Source(file, as_bytes(data), neighbour)))
    skipped = [f for f in found if isinstance(f, Skipped)]
    return [row for f in found if isinstance(f, Page) for row in rows(f)], skipped


def as_bytes(data: object) -> bytes:
    if isinstance(data, bytes):
        return data
    return (data if isinstance(data, str) else json.dumps(data)).encode("utf-8", "surrogatepass")


def rows(page: Page) -> list[Row]:
    def text(span: tuple[int, int] | None) -> str | None:
        return page.text[slice(*span)] if span else None

    return [
        (
            text(o.title),
            o.series,
            o.date,
            {str(text(s.name)): [str(text(d)) for d in s.details] for s in o.speakers},
        )
        for o in page.outlines or ()
    ]


def page_of(name: str, data: object) -> Page:
    [page] = [
        p
        for p in readers.readers()[name].read(Source("feed", as_bytes(data)))
        if isinstance(p, Page)
    ]
    return page


def test_events_with_people_and_lectures_are_talks() -> None:
    found, skipped = read("schedule_xml", SCHEDULE, "schedule.xml")
    assert found == [
        ("Tides & kernels", "Open Coast 2019", "2019-02-02", {"Ilse Maes": []}),
        ("Night ferries", "Open Coast 2019", "2019-02-03", {"Ike Olsen": []}),
        ("Whose shore?", "Open Coast 2019", "2019-02-02", {}),
    ]
    assert [(s.place, s.reason) for s in skipped] == [
        ("line 16", "an event without title and persons")
    ]


def test_what_a_schedule_says_of_people_is_read() -> None:
    page = page_of("schedule_xml", SCHEDULE)
    first, second, _ = extraction.extract(page)
    assert first.abstract is not None
    assert first.abstract.startswith("A survey")
    assert [getattr(f, "organization", None) for f in second.speakers[0].facts].count(
        "Ghent University"
    ) == 1
    places = {p.path: page.text[slice(*p.span)] for p in page.places}
    assert places["line 6, title"] == "Tides & kernels"
    assert places["line 7, track"] == "Kernels"
    assert places["line 8, description"] == "Marks not escaped."


def test_another_tool_calls_events_entries() -> None:
    text = """<schedule created="x"><day date="2014-07-21"><entry id="1"><title>Breakfast</title><speakers/></entry>
    <entry id="2"><title>What rivers say</title><description>Rivers.</description><speakers><speaker id="9">
    <name>Nuria Vidal</name><description>Nuria works at the University of Girona.</description></speaker></speakers>
    </entry></day></schedule>"""
    found, _ = read("schedule_xml", text, "schedule.xml")
    assert found == [("What rivers say", None, "2014-07-21", {"Nuria Vidal": []})]
    assert choose(Source("a.xml", text.encode()))[0] == "schedule_xml"


def test_broken_xml_gives_what_is_whole_and_says_the_lines() -> None:
    cut = SCHEDULE[: SCHEDULE.index("<title>Whose")]
    broken = cut.replace("<title>Night ferries</title>", "<title>Night & <ferries</title>")
    found, skipped = read("schedule_xml", broken, "schedule.xml")
    assert found[0] == ("Tides & kernels", "Open Coast 2019", "2019-02-02", {"Ilse Maes": []})
    assert all(s.reason.startswith("broken XML: ") for s in skipped if "title and" not in s.reason)
    assert {"line 10", "line 14"} <= {s.place for s in skipped}


def test_entities_are_never_read() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    local = '<!ENTITY f SYSTEM "file:///etc/passwd">'
    text = (
        f'<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE schedule [<!ENTITY e0 "ha">{bomb}{local}]>'
        '<schedule><conference><title>K\xfcste</title></conference><day date="2020-01-01"><room name="&e11;">'
        "<event><title>Reef &e11; &f; life</title><persons><person>Ana Ruiz</person></persons></event></room></day>"
        "</schedule>"
    )
    found, _ = read("schedule_xml", text.encode("latin-1"), "schedule.xml")
    assert [(series, people) for _, series, _, people in found] == [("Küste", {"Ana Ruiz": []})]
    assert len(page_of("schedule_xml", text.encode("latin-1")).text) < 100
    with pytest.raises(ReadError, match=r"a\.xml: no (?:XML|schedule)"):
        read("schedule_xml", "no markup at all", "a.xml")


def test_a_schedule_in_json_is_read_with_days_where_they_were() -> None:
    found, skipped = read("schedule_json", EVENTS)
    assert found == [
        ("Gezeiten lesen", "Küstentage", "2023-05-04", {"Frauke Tönnies": []}),
        ("Night ferries", "Küstentage", "2023-05-05", {"Ole Hansen": []}),
    ]
    assert [
        (s.place.removeprefix("schedule.conference.days[0].rooms"), s.reason) for s in skipped
    ] == [
        ("['Deich 1'][2]", "no object"),
        ("['Deich 1'][3]", "neither a title nor a name"),
    ]
    paths = {p.path.rpartition("].")[2] for p in page_of("schedule_json", EVENTS).places}
    assert {"title", "biography", "track"} <= paths


def test_answers_name_their_speakers_by_codes() -> None:
    found, skipped = read("schedule_json", SUBMISSIONS, speakers=SPEAKERS)
    assert (found, skipped) == ([("Mapping reefs", None, "2024-03-02", {"Mele Taufa": []})], [])
    scattered = {"schedule": {"2024-03-02": {"510": {}, "540": {"1": SUBMISSIONS["results"][0]}}}}
    assert read("schedule_json", scattered, speakers=SPEAKERS)[0] == found
    alone, _ = read("schedule_json", SPEAKERS)
    assert alone == [(None, None, None, {"Mele Taufa": []})]


def test_json_that_is_cut_or_broken_gives_its_whole_records() -> None:
    talk = {
        "code": "AB12C",
        "title": "Reef life",
        "submission_type": 1,
        "speakers": [{"name": "Ana Ruiz"}],
    }
    one = json.dumps(talk)
    for text, places in (
        (f'{{"results":[{one},{one},]}}', []),
        (f'{{"results":[{one}\n{one}]}}', []),
        (f'{{"results":[{one},\n{{"title": oops}},{one}]}}', ["line 2"]),
        (f'{{"results":[{one},{one},\n{{"title": "Reef', ["line 2"]),
        (f'callback({{"results":[{one},{one}]}});', []),
    ):
        found, skipped = read("schedule_json", text)
        assert ([title for title, *_ in found], [s.place for s in skipped]) == (
            ["Reef life"] * 2,
            places,
        )
    for text in ('{"results": [1, 2', "[" * 100_000, "{'a': 1}", '"text"'):
        with pytest.raises(ReadError, match=r"^feed\.json"):
            read("schedule_json", text)


SAMPLES: list[tuple[str, object]] = [
    ("schedule_xml", SCHEDULE),
    ("schedule_json", EVENTS),
    ("schedule_json", SUBMISSIONS),
    ("schedule_json", SPEAKERS),
]


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_a_schedule_is_claimed_by_its_content(name: str, sample: object) -> None:
    assert choose(Source("feed", as_bytes(sample)))[0] == name


@pytest.mark.parametrize(
    "text",
    [
        "<schedule><item/></schedule>",
        "<?xml version='1.0'?><rss><schedule><conference/></schedule></rss>",
        '{"title": "Talk", "speakers": [{"name": "Ana Ruiz"}]}',
        '[{"code": 5, "name": "x"}]',
        '{"schedule": [{"day": 1}]}',
    ],
)
def test_other_files_are_not_claimed(text: str) -> None:
    source = Source("schedule.xml", text.encode())
    assert [readers.readers()[n].claims(source) for n in ("schedule_xml", "schedule_json")] == [
        0,
        0,
    ]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_no_mutation_makes_a_trace(data: st.DataObject) -> None:
    name, sample = data.draw(st.sampled_from(SAMPLES))
    whole = as_bytes(sample)
    pieces = [
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b",",
        b"null",
        b"<",
        b"</event>",
        b"&x;",
        b"\xff",
        b"9" * 30,
    ]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        cut = data.draw(st.integers(0, 30))
        put = data.draw(st.one_of(st.sampled_from(pieces), st.binary(max_size=4)))
        whole = whole[:at] + put + whole[at + cut :]
    with contextlib.suppress(KgError):
        list(readers.readers()[name].read(Source("feed", whole)))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_odd_value_makes_a_trace(data: st.DataObject) -> None:
    name, sample = data.draw(st.sampled_from([s for s in SAMPLES if not isinstance(s[1], str)]))
    odd: st.SearchStrategy[Any] = st.sampled_from(
        [None, True, -1, 1e308, "", "x", [], {}, [[]], {"en": "x"}, ["A B"], "\ud800"]
    )

    def changed(value: object) -> object:
        if data.draw(st.integers(0, 9)) == 0:
            return data.draw(odd)
        if isinstance(value, dict):
            return {k: changed(v) for k, v in value.items()}
        return [changed(v) for v in value] if isinstance(value, list) else value

    with contextlib.suppress(KgError):
        list(readers.readers()[name].read(Source("feed", as_bytes(changed(sample)))))
