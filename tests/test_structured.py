"""JSON, YAML and JSON Lines of whatever keys: every talk once, each field at its place, bad parts passed over."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, ReadError
from kg.extraction import extract
from kg.model import Page
from kg.readers import Skipped, Source, choose, readers
from kg.records import to_record

TALK = {"title": "Why rivers turn", "speaker": "Ada Byron", "date": "2021-05-03"}


def source(name: str, value: object) -> Source:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Source(name, text.encode())


def parts(given: Source) -> list[Page | Skipped]:
    return list(readers()[choose(given)[0]].read(given))


def told(given: Source) -> list[dict[str, Any]]:
    """What the page of a source holds, talk by talk."""
    return [found for part in parts(given) if isinstance(part, Page) for found in _talks(part)]


def _talks(page: Page) -> Iterator[dict[str, Any]]:
    def words(span: Any) -> str:
        return page.text[slice(*span)]

    for outline in page.outlines or ():
        yield {
            "title": outline.title and words(outline.title),
            "date": outline.date,
            "series": outline.series,
            "speakers": {words(s.name): [words(d) for d in s.details] for s in outline.speakers},
            "bios": {
                words(outline.speakers[n].name): " ".join(map(words, spans))
                for n, spans in outline.bios
            },
            "abstract": " ".join(map(words, (*outline.abstract, *outline.prose))),
            "keywords": [words(k) for k in outline.keywords],
        }


def titles(given: Source) -> list[str | None]:
    return [t["title"] for t in told(given)]


def test_a_list_of_talks_with_nested_speakers() -> None:
    value = [
        {
            "title": "Why rivers turn",
            "speakers": [
                {
                    "name": "Prof. Ada Byron",
                    "biography": "<p>Ada is a reader.</p>",
                    "org": "Tidewerk",
                },
                {"name": "Jon Roe, Mia Chen", "affiliation": "Lund University"},
            ],
            "abstract": "We study <b>tides</b>.",
            "tags": ["tides", {"name": "rivers"}],
        }
    ]
    [talk] = told(source("any.json", value))
    assert talk["speakers"] == {
        "Ada Byron": ["Tidewerk"],
        "Jon Roe": ["Lund University"],
        "Mia Chen": ["Lund University"],
    }
    assert talk["bios"] == {"Ada Byron": "Ada is a reader."}
    assert talk["abstract"].startswith("We study tides")
    assert talk["keywords"] == ["tides", "rivers"]


def test_every_field_stands_where_the_page_says() -> None:
    value = {
        "data": {"talks": [{"Talk Title": "Why rivers turn", "speakers": [{"name": "Ada Byron"}]}]}
    }
    [page] = parts(source("x.json", value))
    assert isinstance(page, Page)
    assert {p.path: page.text[slice(*p.span)] for p in page.places} == {
        "data.talks[0].Talk Title": "Why rivers turn",
        "data.talks[0].speakers[0].name": "Ada Byron",
    }


EXPORT = {
    "sessions": [
        {"id": "7", "title": "Why rivers turn", "description": "We look at them.", "startsAt": "2021-05-03T09:00:00",
         "isServiceSession": False, "speakers": ["a1-b2", "c3"], "status": "Accepted"},
        {"id": "8", "title": "Coffee", "startsAt": "2021-05-03T10:00:00", "isServiceSession": True, "speakers": []},
        {"id": "9", "title": "Not this one", "speakers": ["c3"], "status": "Declined"},
    ],
    "speakers": [
        {"id": "a1-b2", "firstName": "Ada", "lastName": "Byron", "bio": "Ada digs.", "tagLine": "Engineer at Tidewerk",
         "links": [{"title": "Blog", "url": "https://example.org"}], "sessions": [7]},
        {"id": "c3", "firstName": "Jon", "lastName": "Roe", "bio": "", "sessions": [7, 9]},
    ],
    "rooms": [{"id": 1, "name": "Hall A"}],
    "categories": [{"id": 2, "title": "Level", "items": [{"id": 3, "name": "Easy"}]}],
}  # fmt: skip


def test_talks_name_speakers_of_a_list_by_id() -> None:
    [talk] = told(source("all.json", EXPORT))
    assert talk["speakers"] == {"Ada Byron": ["Engineer at Tidewerk"], "Jon Roe": []}
    assert talk["bios"] == {"Ada Byron": "Ada digs."}
    assert talk["date"] == "2021-05-03"


def test_a_talk_told_by_room_and_by_hour_is_one() -> None:
    session = {
        "id": "7",
        "title": "Why rivers turn",
        "startsAt": "2021-05-03T09:00",
        "speakers": [{"id": "a", "name": "Ada Byron"}],
    }
    grid = [
        {
            "date": "2021-05-03T00:00:00",
            "rooms": [{"id": 1, "name": "Hall A", "sessions": [session]}],
            "timeSlots": [
                {"slotStart": "09:00", "rooms": [{"id": 1, "name": "Hall A", "session": session}]}
            ],
        }
    ]
    assert titles(source("grid.json", grid)) == ["Why rivers turn"]


def test_records_by_id_with_a_schedule_of_their_days() -> None:
    value = {
        "speakers": {
            "ada": {"name": "Ada Byron", "title": "Coastal engineer", "company": "Tidewerk", "bio": "Ada digs.",
                    "badges": [{"name": "GDE", "description": "Expert"}]},
        },
        "sessions": {
            "001": {"title": "Why rivers turn", "description": "We look.", "speakers": ["ada"]},
            "900": {"title": "Lunch"},
        },
        "schedule": {"2021-05-03": {"timeslots": [{"startTime": "09:00", "sessions": [{"items": ["001", "900"]}]}]}},
    }  # fmt: skip
    [talk] = told(source("x.json", value))
    assert talk["date"] == "2021-05-03"
    assert talk["speakers"] == {"Ada Byron": ["Coastal engineer, Tidewerk"]}


@pytest.mark.parametrize(
    "value",
    [
        TALK,
        {"Monday, May 3, 2021": [{"speaker": "Ada Byron", "title": "Why rivers turn"}, {"title": "Lunch"}]},
        {"Why rivers turn": {"speaker": "Ada Byron", "date": "3 May 2021"}},
        {"conference": {"days": [
            {"date": "2021-05-03", "rooms": {"A": [{"title": "Why rivers turn", "persons": [{"name": "Ada Byron"}]}]}},
        ]}},
        {"data": [{"id": 1, "attributes": {
            "title": "Why rivers turn", "date": "2021-05-03",
            "speakers": {"data": [{"attributes": {"name": "Ada Byron"}}]},
        }}]},
        [{
            "date": "2021-01-01", "title": {"rendered": "Why rivers turn"},
            "acf": {"speaker_name": "Ada Byron", "session_date": "20210503"},
        }],
        {"values": [["Title", "Speaker", "Date"], ["Why rivers turn", "Ada Byron", "3 May 2021"]]},
        [{"name": "Why rivers turn", "presenter": "Ada Byron", "start": "1620000000"}],
        [{"name": "Ada Byron", "affiliation": "X", "talk": {"title": "Why rivers turn", "date": "2021-05-03"}}],
        [{
            "title": "Session 1", "date": "2021-05-03", "chair": "Jon Roe",
            "talks": [{"title": "Why rivers turn", "speaker": "ada-byron"}],
        }],
        [{"название": "Why rivers turn", "докладчик": "Ada Byron", "дата": "3 мая 2021"}],
    ],
)  # fmt: skip
def test_a_talk_is_found_wherever_it_lies(value: object) -> None:
    [talk] = told(source("x.json", value))
    assert (talk["title"], list(talk["speakers"]), talk["date"]) == (
        "Why rivers turn",
        ["Ada Byron"],
        "2021-05-03",
    )


def test_titles_beside_names_are_posts_or_talks_as_the_list_tells() -> None:
    posts = [
        {"name": "Ada Byron", "title": "Coastal engineer", "bio": "b"},
        {"name": "Jon Roe", "title": "CTO", "bio": "b"},
    ]
    assert [t["speakers"] for t in told(source("x.json", posts))] == [
        {"Ada Byron": ["Coastal engineer"]},
        {"Jon Roe": ["CTO"]},
    ]
    talks = [
        {"name": "Ada Byron", "title": "Why rivers turn"},
        {"name": "Jon Roe", "title": "Engineers and mud: a story"},
    ]
    assert titles(source("x.json", talks)) == ["Why rivers turn", "Engineers and mud: a story"]
    teased = "- name: Ada Byron\n  teaser: Why rivers turn\n  date: 2021-05-03\n"
    assert titles(source("x.yml", teased)) == ["Why rivers turn"]


@pytest.mark.parametrize(
    "value",
    [
        [{"title": "Home", "url": "/"}],
        {"name": "site", "version": "1", "description": "d", "author": "Ada Byron"},
        {
            "sponsors": [{"name": "Tidewerk", "bio": "We sponsor."}],
            "faq": [{"title": "Where?", "content": "There"}],
        },
        {"organizers": [{"name": "Ada Byron", "bio": "b"}]},
        [{"title": "Lunch", "start": "12:00", "type": "break"}],
        [{"title": "TBA", "speaker": "TBA"}],
    ],
)
def test_what_is_no_talk_is_none(value: object) -> None:
    assert told(source("x.json", value)) == []


def test_a_moderator_does_not_speak_and_an_empty_record_is_told() -> None:
    panel = [{"name": "Jon Roe"}, {"name": "Mia Chen", "role": "Moderator"}]
    value = [
        {"title": "Panel on mud", "moderator": "Ada Byron", "panelists": panel},
        {"title": "TBA", "speaker": "TBA"},
    ]
    given = source("x.json", value)
    assert list(told(given)[0]["speakers"]) == ["Jon Roe"]
    assert Skipped("x.json", "[1]", "neither title nor speaker") in parts(given)


def test_files_beside_explain_ids() -> None:
    speakers = b"- id: 4\n  name: Ada Byron\n  bio: Ada digs.\n"
    given = Source(
        "talks.yml",
        b"- title: Why rivers turn\n  speakers: [4, 5]\n",
        {"speakers.yml": speakers}.get,
    )
    [talk] = told(given)
    assert talk["bios"] == {"Ada Byron": "Ada digs."}


def test_yaml_is_read_as_people_write_it() -> None:
    text = (
        "# talks\n- &a\n  title: Rivers: an outline\n  speaker: Ada Byron\n  date: 2021-05-03\n"
        "- title: No\n  speaker: [Jon\n- title: Why mud stays\n\tspeaker: Jon Roe\n"
    )
    given = source("x.yaml", text)
    assert titles(given) == ["Rivers: an outline", "Why mud stays"]
    assert [(p.place, p.reason[:4]) for p in parts(given) if isinstance(p, Skipped)] == [
        ("line 8", "did ")
    ]


def test_documents_of_yaml_are_read_by_themselves() -> None:
    text = (
        "---\ntitle: Why rivers turn\nspeaker: Ada Byron\n---\ntitle: Mud\nspeaker: Jon Roe\n...\n"
    )
    assert titles(source("x.yml", text)) == ["Why rivers turn", "Mud"]
    with pytest.raises(ReadError, match=r"x\.yml: line 2: no YAML"):
        parts(source("x.yml", "a: [\n}"))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[{"title": "x",}]', "line 1, column 1"),
        ('{\n// no\n"title": 1}', "line 2, column 1"),
        ("[" * 99_999, "deep"),
    ],
)
def test_bad_json_is_refused_with_its_place(text: str, where: str) -> None:
    with pytest.raises(ReadError, match=where):
        parts(source("x.json", text))


def test_bombs_and_cycles_end() -> None:
    bomb = "- &a {title: x, speaker: y}\n" + "".join(
        f"- &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
    )
    assert len(titles(source("x.yml", bomb))) < 30
    assert told(source("x.yml", "&a\n- *a\n- &b {name: *b, speakers: *b, k: *b}\n")) == []


def test_records_come_back_as_they_were_written() -> None:
    page = parts(source("x.json", [{
        "title": "Why rivers turn", "date": "2021-05-03", "abstract": "We study the tide in Jutland.",
        "speaker": "Ada Byron", "affiliation": "Lund University",
        "bio": "Ada got her PhD in geology from Ghent University in 2012. She received the Tide Prize.",
    }]))[0]  # fmt: skip
    assert isinstance(page, Page)
    records = [to_record(t) for t in extract(page)]
    again = source("x.jsonl", "\n".join(json.dumps(r) for r in [*records, {"no": 1}]) + "\n{bad\n")
    assert choose(again)[0] == "jsonl"
    found = parts(again)
    assert (
        Skipped("x.jsonl", "line 3", "no JSON (Expecting property name enclosed in double quotes)")
        in found
    )
    [read] = [t for p in found if isinstance(p, Page) for t in extract(p)]
    first = extract(page)[0]
    assert (read.title, read.date, read.abstract) == (first.title, first.date, first.abstract)
    kinds = [{type(f).__name__ for f in t.speakers[0].facts} for t in (read, first)]
    assert kinds[0] == kinds[1] >= {"Affiliation", "Education", "AwardReceipt"}


def test_entries_without_quotes_become_lines() -> None:
    record = {
        "title": "Why rivers turn", "series": None, "date": "2021", "topics": ["tide"],
        "speakers": [{
            "name": "Ada Byron",
            "affiliations": [
                {"organization": "Lund University", "role": "reader", "unit": "Department of Geology", "start": None},
            ],
            "prior": [{"organization": "Tidewerk", "role": "engineer", "start": "2010", "end": "2012"}],
            "education": [{
                "organization": "Ghent University", "degree": "PhD", "field": "geology", "year": "2009",
                "advisors": ["Jon Roe"],
            }],
            "awards": [{"name": "Tide Prize", "year": "2015"}], "advisors": ["Jon Roe"], "memberships": [],
        }],
    }  # fmt: skip
    [talk] = told(source("x.jsonl", record))
    assert talk["speakers"] == {"Ada Byron": ["reader, Department of Geology, Lund University"]}
    assert talk["bios"]["Ada Byron"] == (
        "Previously engineer at Tidewerk (2010-2012). PhD in geology, Ghent University, 2009, advised by Jon Roe"
        " Tide Prize, 2015 Advised by Jon Roe."
    )


@pytest.mark.parametrize(
    ("name", "text", "reader"),
    [
        ("stdin", '[{"title": "x", "speaker": "y"}]', "jsonlist"),
        ("x.json", '{"title": "x", "speaker": "y"}\n{"title": "z", "speaker": "y"}', "jsonl"),
        ("stdin", "- title: x\n  speaker: y\n", "yamllist"),
        ("x.yml", "a: b", "yamllist"),
        ("x.txt", "[Talk] Why rivers turn\nby Ada Byron", "text"),
        ("x.txt", "Title: Why rivers turn\nSpeaker: Ada Byron\n", "text"),
        ("x.md", "---\ntitle: x\nspeaker: y\n---\nText", "markdown"),
    ],
)
def test_a_source_goes_to_the_reader_of_its_content(name: str, text: str, reader: str) -> None:
    assert choose(source(name, text))[0] == reader


KEYS = st.sampled_from(
    [
        "title",
        "name",
        "speaker",
        "speakers",
        "bio",
        "date",
        "talks",
        "id",
        "sessions",
        "role",
        "data",
        "zz",
    ]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=30)
    | st.sampled_from(["TBA", "Ada Byron; Jon Roe (MIT)", "2021-05-03"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@given(VALUES)
def test_any_value_is_read_or_refused(value: object) -> None:
    text = json.dumps(value).encode()
    for name in ("jsonlist", "yamllist", "jsonl"):
        found: list[Page | Skipped] = []
        with contextlib.suppress(KgError):
            found += readers()[name].read(Source("x", text))
        for page in (p for p in found if isinstance(p, Page)):
            assert all(page.text[slice(*p.span)].strip() and p.path for p in page.places)
