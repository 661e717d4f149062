"""Feeds of Indico, researchseminars.org and pyvideo: their fields become talks, broken records are told."""

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

EXPORT: dict[str, Any] = {
    "_type": "HTTPAPIResult",
    "results": [
        {
            "_type": "Conference",
            "type": "meeting",
            "title": "Cosmic Dust",
            "chairs": [{"fullName": "Rossi, Carla"}],
            "contributions": [
                {
                    "_type": "Contribution",
                    "title": "Grains and ices",
                    "startDate": {"date": "2022-06-01", "time": "23:20:00", "tz": "Asia/Tokyo"},
                    "description": "<p>We look at <b>ices</b>.</p>",
                    "speakers": [
                        {
                            "first_name": "Yuki",
                            "last_name": "Tanabe",
                            "affiliation": "Kyoto University",
                        },
                        {"fullName": "Prof. Okonkwo, Ngozi", "affiliation": ""},
                    ],
                    "coauthors": [{"fullName": "Helper, Co"}],
                    "keywords": ["ices", "dust; grains"],
                    "subContributions": [
                        {"title": "A side note", "speakers": [{"fullName": "Luz Prado"}]}
                    ],
                },
                {"_type": "Contribution", "title": "Coffee break", "speakers": []},
                {
                    "_type": "Contribution",
                    "title": "On paper",
                    "type": "Poster",
                    "speakers": [{"fullName": "A B"}],
                },
                7,
            ],
            "sessions": [
                {
                    "_type": "Session",
                    "title": "Afternoon",
                    "sessionConveners": [{"fullName": "Vener, Con"}],
                    "contributions": [
                        {"title": "Late dust", "primaryauthors": [{"fullName": "Hale, Ruth"}]}
                    ],
                }
            ],
        },
        {
            "_type": "Conference",
            "type": "simple_event",
            "title": "What is ice?",
            "category": "Polar Lectures",
            "startDate": {"date": "2022-07-01"},
            "chairs": [{"fullName": "Lind, Tove", "affiliation": "Uppsala University"}],
        },
    ],
}

TIMETABLE: dict[str, Any] = {
    "_type": "HTTPAPIResult",
    "results": {
        "99": {
            "20210705": {
                "s1": {
                    "title": "Opening",
                    "entryType": "Session",
                    "conveners": [{"name": "Chair, A"}],
                    "entries": {
                        "c1": {
                            "title": "Muons",
                            "entryType": "Contribution",
                            "presenters": [
                                {"firstName": "Ken", "familyName": "Sato", "affiliation": "KEK"}
                            ],
                        }
                    },
                },
                "b1": {"title": "Lunch", "entryType": "Break", "presenters": []},
            }
        }
    },
}

LISTED: list[dict[str, Any]] = [
    {
        "title": "Soil memory",
        "content": "Soils remember.",
        "state": "accepted",
        "persons": [
            {"first_name": "Tove", "last_name": "Lind", "affiliation": "SLU", "is_speaker": True},
            {"first_name": "Ann", "last_name": "Other", "is_speaker": False},
        ],
    },
    {"title": "No", "state": "rejected", "persons": [{"last_name": "Roe", "is_speaker": True}]},
]

LINKED: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "EducationEvent",
    "name": "Summer School",
    "startDate": "2020-07-01",
    "subEvent": [
        {
            "@type": "Event",
            "name": "On rivers",
            "startDate": "2020-07-02T16:00:00+02:00",
            "performer": {
                "@type": "Person",
                "name": "Kofi Mensah",
                "jobTitle": "Senior Lecturer",
                "worksFor": {"@type": "Organization", "name": "University of Ghana"},
            },
        },
        {"@type": "MusicEvent", "name": "Gig", "performer": {"@type": "Person", "name": "Ann Lee"}},
    ],
}

SEMINARS: dict[str, Any] = {
    "code": "success",
    "properties": {"name": "Numbers in the Fens", "shortname": "NIF"},
    "talks": [
        {
            "seminar_id": "NIF",
            "seminar_ctr": 3,
            "title": "On $p$-adic tides",
            "speaker": "Ada Moreau and Bela Kovács",
            "speaker_affiliation": "University of Leeds and ELTE",
            "abstract": "We show $a_b$.",
            "start_time": "2021-02-03 23:30:00+00:00",
            "timezone": "Asia/Tokyo",
            "topics": ["math_NT"],
            "keywords": "tides, p-adic numbers",
        },
        {"seminar_id": "NIF", "speaker": "Lin Roe", "title": "Hidden", "hidden": True},
        {"seminar_id": "NIF", "speaker": "TBA", "title": "TBA"},
        {"seminar_id": "NIF", "speaker": "Ruth Hale (MPI Bonn)", "title": "TBA"},
        {"seminar_id": "NIF"},
    ],
}

VIDEO: dict[str, Any] = {
    "title": "Maps for boats",
    "speakers": ["Dr. Ana Ruiz", "Various speakers", "nemo / Lin Roe"],
    "recorded": "2019-04-03",
    "videos": [{"type": "youtube", "url": "https://video.example/1"}],
    "thumbnail_url": "https://video.example/1.jpg",
    "description": "We map the sea.\n\nFollow us: https://social.example/x",
    "summary": "We map the sea.",
    "tags": ["harbourconf", "HarbourConf 2019", "sea maps"],
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


def test_contributions_lectures_and_sessions_are_read() -> None:
    found, skipped = read("indico", EXPORT)
    assert found == [
        (
            "Grains and ices",
            "Cosmic Dust",
            "2022-06-01",
            {"Yuki Tanabe": ["Kyoto University"], "Ngozi Okonkwo": []},
        ),
        ("A side note", "Cosmic Dust", "2022-06-01", {"Luz Prado": []}),
        ("Late dust", "Cosmic Dust", None, {"Ruth Hale": []}),
        ("What is ice?", "Polar Lectures", "2022-07-01", {"Tove Lind": ["Uppsala University"]}),
    ]
    assert [(s.place, s.reason) for s in skipped] == [("results[0].contributions[3]", "no object")]


def test_timetables_lists_and_linked_data_are_read() -> None:
    assert read("indico", TIMETABLE)[0] == [("Muons", None, "2021-07-05", {"Ken Sato": ["KEK"]})]
    assert read("indico", LISTED)[0] == [("Soil memory", None, None, {"Tove Lind": ["SLU"]})]
    assert read("indico", {"version": 1, "abstracts": LISTED})[0] == read("indico", LISTED)[0]
    linked = (
        "On rivers",
        "Summer School",
        "2020-07-02",
        {"Kofi Mensah": ["Senior Lecturer, University of Ghana"]},
    )
    for data in (LINKED, {"@context": {"@vocab": "http://schema.org/"}, "@graph": [LINKED]}):
        assert read("indico", data, "feed.jsonld")[0] == [linked]
    called_off = {
        **LINKED["subEvent"][0],
        "@context": "http://schema.org",
        "eventStatus": "EventCancelled",
    }
    assert read("indico", called_off)[0] == []


def test_talks_of_seminars_have_a_place_for_each_person() -> None:
    found, skipped = read("researchseminars", SEMINARS)
    assert found == [
        (
            "On $p$-adic tides",
            "Numbers in the Fens",
            "2021-02-04",
            {"Ada Moreau": ["University of Leeds"], "Bela Kovács": ["ELTE"]},
        ),
        (None, "Numbers in the Fens", None, {"Ruth Hale": ["MPI Bonn"]}),
    ]
    assert [(s.place, s.reason) for s in skipped] == [("talks[4]", "neither a title nor a speaker")]
    page = page_of("researchseminars", SEMINARS)
    keywords = [page.text[slice(*k)] for o in page.outlines or () for k in o.keywords]
    assert keywords == ["tides", "p-adic numbers"]
    assert read("researchseminars", {"results": SEMINARS["talks"][:1]})[0][0][1] == "NIF"


def test_a_video_belongs_to_the_event_of_its_folder() -> None:
    found, _ = read("pyvideo", VIDEO, category={"title": "HarbourConf 2019"})
    assert found == [
        ("Maps for boats", "HarbourConf 2019", "2019-04-03", {"Ana Ruiz": [], "Lin Roe": []})
    ]
    source = Source("v.json", as_bytes(VIDEO), lambda path: b'{"title": "HarbourConf 2019"}')
    [page] = [p for p in readers.readers()["pyvideo"].read(source) if isinstance(p, Page)]
    assert [page.text[slice(*k)] for o in page.outlines or () for k in o.keywords] == ["sea maps"]
    assert page.text.count("We map the sea.") == 1
    assert "social" not in page.text


@pytest.mark.parametrize(
    ("changes", "series", "talks"),
    [
        ({}, None, 1),
        ({"category": "Old Harbour Days"}, "Old Harbour Days", 1),
        ({"speakers": []}, None, 1),
        ({"speakers": ["Various speakers"], "title": "Lightning talks"}, None, 0),
        ({"speakers": [], "title": "Closing remarks"}, None, 0),
        ({"speakers": "Ana Ruiz", "title": None}, None, 0),
    ],
)
def test_a_video_alone_is_a_talk_of_somebody_or_something(
    changes: dict[str, Any], series: str | None, talks: int
) -> None:
    found, _ = read("pyvideo", {**VIDEO, **changes}, category=b"\xff broken")
    assert [row[1] for row in found] == [series] * talks


def test_the_file_of_an_event_holds_no_talk() -> None:
    category = {"title": "HarbourConf 2019", "description": "Three days at sea."}
    assert choose(Source("category.json", as_bytes(category)))[0] == "pyvideo"
    assert read("pyvideo", category, "category.json") == ([], [])


def test_what_a_feed_says_of_people_becomes_facts() -> None:
    talks = extraction.extract(page_of("indico", EXPORT))
    facts = {getattr(f, "organization", None) for t in talks for s in t.speakers for f in s.facts}
    assert {"Kyoto University", "Uppsala University"} <= facts


SAMPLES: list[tuple[str, object]] = [
    ("indico", EXPORT),
    ("indico", TIMETABLE),
    ("indico", LISTED),
    ("indico", LINKED),
    ("researchseminars", SEMINARS),
    ("pyvideo", VIDEO),
]


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_a_feed_is_claimed_by_its_content(name: str, sample: object) -> None:
    assert choose(Source("feed", as_bytes(sample)))[0] == name


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "Talk", "speakers": ["Ana Ruiz"], "videos": 3}',
        '[{"title": "Talk", "persons": ["Ana Ruiz"]}]',
        '{"@context": "https://schema.org", "@type": "Person", "name": "Ana Ruiz"}',
        '{"speaker": "Ana Ruiz", "title": "Talk"}',
        "seminar_id, speaker",
    ],
)
def test_other_files_are_not_claimed(text: str) -> None:
    source = Source("feed.json", text.encode())
    assert not any(readers.readers()[n].claims(source) for n, _ in SAMPLES)


@pytest.mark.parametrize("name", ["indico", "researchseminars", "pyvideo"])
@pytest.mark.parametrize("text", ["[" * 100_000, "no json", '"text"', "5", "\x00"])
def test_what_is_no_feed_is_refused_in_one_line(name: str, text: str) -> None:
    with pytest.raises(ReadError, match=r"^feed\.json") as caught:
        read(name, text)
    assert "\n" not in str(caught.value)


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
