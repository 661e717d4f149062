"""Names of fields, days as fields give them, people in one cell: read in many languages and forms."""

from __future__ import annotations

import pytest

from kg.readers import _dates, _empty, _walking
from kg.readers._fields import Meaning, meaning
from kg.readers._people import Named, numbered, people, share

MEANINGS = {
    "title": (
        "title|Talk Title|talkTitle|TALK_TITLE|What is the title of your talk?|Vortragstitel|"
        "Titre de l'exposé|Título de la charla|Titolo dell'intervento|Tytuł wykładu|"
        "Název přednášky|Название доклада|报告题目|発表タイトル|제목|gsx$title|title_en"
    ),
    "speaker": (
        "speaker|speakerName|Speaker 1 Name|Name of Speaker|Presented by|Referent/in|"
        "Vortragende(r)|Intervenant(e)|ponentes|Palestrante|relatore|Spreker|prelegent|"
        "Přednášející|ФИО докладчика|報告人|講演者|발표자|Speaker (Affiliation)|first_speaker|"
        "co-speaker"
    ),
    "name": "name|Full Name|Vor- und Nachname|Imię i nazwisko|姓名|성명|Your full name",
    "first": "first name|firstName|Speaker First Name|Vorname|prénom",
    "last": "last_name|Family Name|Nachname|apellidos",
    "role": "role|jobTitle|Speaker Title|Position|position-title|Funktion|cargo|должность|职称|役職",
    "organization": (
        "org|affiliation|Company|Affiliation / Company|speaker-affiliation|"
        "Institution & Country|Organisation|Firma|Uczelnia|所属|소속|Affiliation 2"
    ),
    "post": "tagLine|Job Title & Company|Position and organization",
    "bio": (
        "bio|Biography|Presenter Bio (edited, 20-40 words)|Speaker 2 Bio|about the speaker|"
        "Kurzbiografie|演讲者简介|略歴|speaker description"
    ),
    "abstract": (
        "abstract|summary|Talk Description (original)|résumé|Zusammenfassung|аннотация|摘要|초록|"
        "Abstract (English)"
    ),
    "text": "description|details|Beschreibung|descripción|опис",
    "date": "date|When|talk-date|Datum|fecha|дата|日時|Date/Time",
    "start": "startsAt|start_time|Uhrzeit|time",
    "series": "series|Seminar series",
    "keywords": "tags|keywords|Schlagwörter|关键词",
    "other": "host|moderator|session_chair|Organizers|ведущий|座長",
    "noise": "photoUrl|Email Address|room|video_url|Speaker Website|speaker photo|Timestamp",
    "": "favourite pizza|zzz",
}


@pytest.mark.parametrize(
    ("key", "part"), [(key, part) for part, keys in MEANINGS.items() for key in keys.split("|")]
)
def test_names_of_fields_mean_what_they_say(key: str, part: str) -> None:
    assert meaning(key).part == part


def test_numbers_owners_and_languages_are_told() -> None:
    assert meaning("Speaker 2 Affiliation") == Meaning("organization", 2, "speaker")
    assert meaning("second_speaker_name") == Meaning("speaker", 2, "speaker")
    assert meaning("title_ja") == Meaning("title", language="ja")
    assert meaning("talk id").owner == "talk"


DAYS = {
    "2021-05-03": (
        "2021-05-03|2021-05-03T09:00:00Z|20210503T0900|2021/5/3|Monday, May 3rd, 2021 at 09:00|"
        "3 mai 2021|3. Mai 2021, 14 Uhr|3 de mayo de 2021|3 мая 2021 г.|3 maja 2021|"
        "3. května 2021|2021年5月3日（月）|2021년 5월 3일|May 3-5, 2021|3–5 May 2021|03.05.2021|"
        "1620000000|1620000000000|44319|Mon May 03 2021 10:00:00 GMT+0200|03-May-2021"
    ),
    "2021-05": "May 2021|2021-05|2021年5月",
    "2021": "2021|Spring 2021|2021-2022",
    "": "TBA|10:00|the march of progress|March|03/04/2021|Monday|May 3|9999999999999",
}


@pytest.mark.parametrize(
    ("printed", "day"), [(text, day) for day, texts in DAYS.items() for text in texts.split("|")]
)
def test_days_are_read_as_far_as_they_are_printed(printed: str, day: str) -> None:
    assert (_dates.day(printed) or "") == day


def test_numbers_are_ordered_as_the_rest_of_the_file_tells() -> None:
    assert _dates.order(["03/04/2021", "25/04/2021"]) == "dmy"
    assert _dates.order(["03/04/2021", "04/25/2021"]) == "mdy"
    assert _dates.order(["25/04/2021", "04/25/2021"]) == ""
    assert _dates.day("03/04/2021", "dmy") == "2021-04-03"
    assert _dates.day("March 4", year="2021") == "2021-03-04"


CELLS = {
    "Ada Byron": ["Ada Byron"],
    "Byron, Ada": ["Ada Byron"],
    "van der Berg, Jan": ["Jan van der Berg"],
    "García Márquez, Gabriel": ["Gabriel García Márquez"],
    "Byron, A., Roe, J.": ["A. Byron", "J. Roe"],
    "Byron, Ada; Roe, Jon": ["Ada Byron", "Jon Roe"],
    "Ada Byron, Jon Roe and Mia Chen": ["Ada Byron", "Jon Roe", "Mia Chen"],
    "Ada Byron|Jon Roe": ["Ada Byron", "Jon Roe"],
    "Dr. Ada Byron & Prof. Jon Roe, PhD": ["Ada Byron", "Jon Roe"],
    "Ana Silva e João Costa": ["Ana Silva", "João Costa"],
    "Santiago Ramón y Cajal": ["Santiago Ramón y Cajal"],
    "王小明、李華教授": ["王小明", "李華"],
    "Иван Петров, Мария Иванова": ["Иван Петров", "Мария Иванова"],
    "Ada Byron (she/her) <ada@example.org>": ["Ada Byron"],
    "[Ada Byron](https://example.org), Jon Roe (chair)": ["Ada Byron"],
    "Moderator: Ada Byron; Jon Roe": ["Jon Roe"],
    "Special Seminar: Ada Byron": ["Ada Byron"],
    "Ada Byron et al.": ["Ada Byron"],
    "TBA": [],
    "Various speakers": [],
    "Search Development Division": [],
    "紀平 拓男 (Takuo Kihira)": ["紀平 拓男"],
}


@pytest.mark.parametrize(("cell", "names"), CELLS.items())
def test_people_of_one_cell_are_told_apart(cell: str, names: list[str]) -> None:
    assert [p.name for p in people(cell)] == names


def test_post_and_place_stand_beside_their_person() -> None:
    assert people("Ada Byron (Lund University), Jon Roe (MIT)") == [
        Named("Ada Byron", "Lund University"),
        Named("Jon Roe", "MIT"),
    ]
    assert people("Ada Byron, Reader in Logic, Lund University") == [
        Named("Ada Byron", "Reader in Logic, Lund University")
    ]
    assert people("Byron, Ada (1); Roe, Jon (2)")[1] == Named("Jon Roe", marks=("2",))


def test_places_of_one_cell_are_shared_out() -> None:
    assert share("Lund University; Ghent University", 2) == ["Lund University", "Ghent University"]
    assert share("Lund University & University of Ghent", 2)[1] == "University of Ghent"
    one = "Institute of Tides and Logic, Lund University"
    assert share(one, 2) == [one, one]
    assert numbered("1: Lund University; 2: MIT") == {"1": "Lund University", "2": "MIT"}
    assert numbered("Lund University; MIT") == {}


@pytest.mark.parametrize(
    "title", ["Coffee break", "Registration & Welcome", "Mittagspause", "Poster Session 2", "休憩"]
)
def test_breaks_are_no_talks(title: str) -> None:
    assert _empty.pause(title)
    assert not _empty.pause(f"{title} the rules of tidal flow")


@pytest.mark.parametrize("text", ["TBA", "n/a", "Speaker 1", "à définir", "待定", "Title here", ""])
def test_some_values_say_nothing(text: str) -> None:
    assert _empty.unsaid(text)


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Tides of Logic (20+10 min)", "Tides of Logic"),
        ("Tides of Logic [45 minutes]", "Tides of Logic"),
        ("Tides of Logic 30'", "Tides of Logic"),
        ("Welcome to Tides10m", "Welcome to Tides"),
        ("The world in 1984", "The world in 1984"),
        ("Running 100m", "Running 100m"),
        ("Catch 22", "Catch 22"),
        ("A talk about 5 minutes of fame", "A talk about 5 minutes of fame"),
    ],
)
def test_how_long_a_talk_lasts_is_no_part_of_its_title(printed: str, title: str) -> None:
    [talk] = drafts({"title": printed, "speaker": "Ada Bergström"})
    assert talk == (title, ["Ada Bergström"])


@pytest.mark.parametrize("other", ["talk_title", "subtitle", "topic"])
def test_a_page_may_be_titled_by_its_speaker(other: str) -> None:
    fields = {"title": "Ada Bergström", other: "Tides of logic", "date": "2021-03-04"}
    assert drafts(fields) == [("Tides of logic", ["Ada Bergström"])]
    fields["speaker"] = "Eva Lindqvist"
    assert [speakers for _, speakers in drafts(fields)] == [["Eva Lindqvist"]]


@pytest.mark.parametrize("nobody", ["Lunch", "TBA", "Multiple presenters", "Coffee break", "N.N."])
def test_what_stands_where_a_name_should_is_nobody(nobody: str) -> None:
    found = drafts([{"name": "Ada Bergström", "talk": "Tides of logic"}, {"name": nobody}])
    assert found == [("Tides of logic", ["Ada Bergström"])]


def drafts(value: object) -> list[tuple[str, list[str]]]:
    """Title and speakers of the talks of a value."""
    found, _ = _walking.talks("talks.json", value)
    return [
        (t.title.text if t.title else "", [s.name.text for s in t.speakers if s.name])
        for t in found
    ]
