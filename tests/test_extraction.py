"""A pasted page becomes talks with facts, each shown by its sentence."""

import pytest

from kg import days
from kg.extraction import extract
from kg.facts.affiliation import Affiliation
from kg.facts.education import Education
from kg.facts.membership import Membership
from kg.facts.position import Position
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


def test_a_sentence_that_announces_a_day_names_no_speaker() -> None:
    """ "On May 3rd we had the pleasure to host ..." is read loosely, yet "On May" is nobody."""
    text = (
        "How rivers remember - Video\n\n2019-05-04\n\nOn May 3rd we had the pleasure to host our webinar with Dr. Ada "
        "Byron who did present a Rivers of Ink: Reading old maps with new eyes.\n\nBiogram\n\nAda Byron is a reader in "
        "geology at Lund University.\n\nAbstract\n\nRivers move, and maps tell how.\n"
    )
    talks = extract(Page("x.txt", text))
    assert {s.name for t in talks for s in t.speakers} == {"Ada Byron"}


def test_the_day_of_a_talk_is_not_the_start_of_a_post() -> None:
    """Nor is an event of some year an employer."""
    text = (
        "How rivers remember\nAda Byron (Lund University), October 15th, 2025\n\n"
        "The sound of ice\nKarl Dahl, Tidal Days Bergen 2017\n"
    )
    posts = [
        f
        for t in extract(Page("x.txt", text))
        for s in t.speakers
        for f in s.facts
        if isinstance(f, Affiliation)
    ]
    assert [(p.organization, p.start) for p in posts] == [("Lund University", None)]


def test_a_second_person_on_a_line_is_no_employer() -> None:
    for line in ("Ada Byron - Jacob Riis-Holm", "Ada Byron / Jacob Riis, Lund University"):
        found = extract(
            Page("x.txt", f"How rivers remember\n{line}\n\nAbstract: Rivers keep traces.\n")
        )
        posts = [
            f for t in found for s in t.speakers for f in s.facts if isinstance(f, Affiliation)
        ]
        assert not [p for p in posts if "Jacob" in p.organization]


def test_a_sentence_goes_on_where_the_page_breaks_its_line() -> None:
    text = (
        "Deep tides\nAda Byron, Lund University\n\nBio: Ada Byron is a reader at the Center for Information\n"
        "and Language Processing at Lund University. She received her PhD in geology\nfrom Ghent University.\n"
    )
    (talk,) = extract(Page("x.txt", text))
    told = {getattr(f, "organization", None) for f in talk.speakers[0].facts}
    assert {"Lund University", "Ghent University"} <= told
    assert not {"Center for Information"} & told


def test_the_days_that_open_titles_are_dates() -> None:
    text = (
        "Seminar on the history of technology\n\n"
        "8 October 2026 – The clockmakers of Sheffield and the measurement of working time\n"
        "Ada Byron, University of Leeds\nAda Byron is a lecturer at the University of Leeds.\n\n"
        "12 November 2026 – Mills, water rights and conflicts of use\n"
        "Ruth Dahl, CNRS\nRuth Dahl is a research director at the CNRS.\n"
    )
    talks = extract(Page("x.txt", text))
    assert [(t.title, t.date) for t in talks] == [
        ("The clockmakers of Sheffield and the measurement of working time", "2026-10-08"),
        ("Mills, water rights and conflicts of use", "2026-11-12"),
    ]


def test_a_paragraph_that_says_who_the_speaker_is_tells_of_the_speaker() -> None:
    text = (
        "Martes 6 de octubre, 18:00 h. Aula Magna\nEl retroceso de las praderas en el Mediterráneo\n"
        "Dra. Ada Byron Peña (Universidad de Alicante)\n\n"
        "Resumen: Las praderas han perdido un tercio de su superficie en cincuenta años. Presentamos una cartografía "
        "nueva a partir de imágenes de satélite.\n\n"
        "Ada Byron Peña es profesora titular de Ecología en la Universidad de Alicante, donde dirige el Laboratorio de "
        "Mareas. Fue investigadora posdoctoral en la Universidad de Plymouth (2010-2013).\n"
    )
    (talk,) = extract(Page("x.txt", text))
    assert {getattr(f, "role", None) for f in talk.speakers[0].facts} >= {"profesora titular"}


@pytest.mark.parametrize(
    "lines",
    [
        "{0} Tides of Logic by Ada Bergström, Lund University\n{1} Sands of Reason by Eva Lindqvist, Umeå University\n",
        "{0} Ada Bergström (Lund University): Tides of Logic\n{1} Eva Lindqvist (Umeå University): Sands of Reason\n",
    ],
)
@pytest.mark.parametrize(
    "days", [("2021-03-04", "2021-03-11"), ("March 4, 2021", "March 11, 2021")]
)
def test_a_line_may_open_with_its_day(lines: str, days: tuple[str, str]) -> None:
    found = extract(Page("x", f"Logic seminar\n\n{lines.format(*days)}"))
    assert [(t.title, t.date, t.speakers[0].name) for t in found] == [
        ("Tides of Logic", "2021-03-04", "Ada Bergström"),
        ("Sands of Reason", "2021-03-11", "Eva Lindqvist"),
    ]


def test_a_title_may_stand_behind_its_day_above_the_speaker() -> None:
    lines = "2021-03-04 Tides of Logic\nAda Bergström, Lund University\n2021-03-11 Sands of Reason\nEva Roe, CNRS\n"
    found = extract(Page("x", f"Logic seminar\n\n{lines}"))
    assert [(t.title, t.date) for t in found] == [
        ("Tides of Logic", "2021-03-04"),
        ("Sands of Reason", "2021-03-11"),
    ]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("4 marca 2021", "2021-03-04"),
        ("4 марта 2021 г.", "2021-03-04"),
        ("5. března 2021", "2021-03-05"),
        ("2021. március 4.", "2021-03-04"),
        ("2021年3月4日", "2021-03-04"),
        ("2021년 3월 4일", "2021-03-04"),
        ("2021年3月", "2021-03"),
        ("4-Mar-2021", "2021-03-04"),
        ("2021-03-04T14:00:00Z", "2021-03-04"),
        ("le 4 mars 2021", "2021-03-04"),
        ("40 marca 2021", "2021"),
        ("room 12 mar", None),
        ("12:30 May 3, 2021", "2021-05-03"),
        ("Room 5 May 3, 2021", "2021-05-03"),
        ("Mars 2021", "2021-03"),
        ("a data set, 2021", "2021"),
    ],
)
def test_days_are_read_in_many_languages(printed: str, day: str | None) -> None:
    assert days.read(printed) == day


@pytest.mark.parametrize(
    ("heading", "day"),
    [("Academic year 2024-2025", None), ("Talks 2024/25", None), ("Talks 2024", "2024")],
)
def test_an_academic_year_is_no_year_of_a_talk(heading: str, day: str | None) -> None:
    lines = "Tides of Logic\nAda Bergström, Lund University\n\nSands of Reason\nEva Roe, CNRS\n"
    found = extract(Page("x", f"{heading}\n\n{lines}"))
    assert [(t.title, t.date) for t in found] == [("Tides of Logic", day), ("Sands of Reason", day)]


def test_a_graduation_is_no_institution() -> None:
    text = (
        "Speaker: Ada Berg\n\nBio: Ada Berg holds a Master's Degree in Sociology by the University of Seville (Spain) "
        "and Graduation in History by the University of Valencia (Spain).\n"
    )
    (talk,) = extract(Page("x", text))
    told = {f.organization for f in talk.speakers[0].facts if isinstance(f, Education)}
    assert "University of Seville" in told
    assert "Graduation" not in told


def test_each_talk_has_the_day_between_its_speaker_and_its_abstract() -> None:
    page = "\n\n".join(
        f"{title}\n\n{speaker}, Lund University\n\n{day}\n\nAbstract: We show how {title.lower()} are found where "
        "nobody looks for them, and what that tells us of the seas of the north and of those who sail them."
        for title, speaker, day in (
            ("Tides and Shores", "Ada Byron", "1st September 2025"),
            ("Winds and Waves", "Max Born", "24th April 2025"),
            ("Stars and Sands", "Lise Meitner", "16th April 2025"),
        )
    )
    found = [talk.date for talk in extract(Page("x.txt", page))]
    assert found == ["2025-09-01", "2025-04-24", "2025-04-16"]


def test_a_day_above_several_talks_is_that_of_all() -> None:
    page = (
        "Monday 1 September 2025\n\nTides and Shores\nAda Byron, Lund University\n\nWinds and Waves\nMax Born, Lund "
        "University\n\nTuesday 2 September 2025\n\nStars and Sands\nLise Meitner, Lund University\n"
    )
    found = [talk.date for talk in extract(Page("x.txt", page))]
    assert found == ["2025-09-01", "2025-09-01", "2025-09-02"]


@pytest.mark.parametrize(
    ("printed", "organization", "unit"),
    [
        (
            "Institute of Medical Science, University of Tokyo",
            "University of Tokyo",
            "Institute of Medical Science",
        ),
        (
            "Division of Tides, The Institute of Marine Science, The University of Tokyo",
            "University of Tokyo",
            "Division of Tides",
        ),
        ("Faculty of Science, Lund University", "Lund University", "Faculty of Science"),
        (
            "Wharton School, University of Pennsylvania",
            "University of Pennsylvania",
            "Wharton School",
        ),
        (
            "Indian Institute of Technology, Madras",
            "Indian Institute of Technology Madras",
            None,
        ),
    ],
)
def test_no_name_reaches_over_a_comma_into_the_next(
    printed: str, organization: str, unit: str | None
) -> None:
    text = f"Keynotes\n\nProf. Arno Berg\n\n{printed}\n\nTitle:\nHow tides turn\n"
    [found] = extract(Page("a.txt", text))
    [speaker] = found.speakers
    posts = [f for f in speaker.facts if isinstance(f, Affiliation)]
    assert [(p.organization, p.unit or None) for p in posts] == [(organization, unit)]


def test_what_is_still_open_is_not_told() -> None:
    text = "Title: TBA\nSpeaker: Ada Byron, Lund University\nAbstract: To be announced.\n"
    (talk,) = extract(Page("x.txt", text))
    assert (talk.title, talk.abstract, talk.topics) == (None, None, ())
    assert [s.name for s in talk.speakers] == ["Ada Byron"]


def test_a_fellow_in_a_department_holds_a_post_there() -> None:
    text = (
        "How rivers remember\nAda Byron, University of Oslo\nAda Byron is a reader at the University of Oslo. Before "
        "that, she was a Principal Research Fellow in the Department of Physics at the University College London.\n"
    )
    (talk,) = extract(Page("x.txt", text))
    (post,) = [f for f in talk.speakers[0].facts if isinstance(f, Position)]
    assert (post.organization, post.role, post.unit) == (
        "University College London", "Principal Research Fellow", "Department of Physics",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "places"),
    [
        ("(IRIT, Toulouse)", {"IRIT"}),
        ("(MIT, Leeds)", {"Massachusetts Institute of Technology", "University of Leeds"}),
        ("(Yale, Harvard, Cambridge)", {"Yale University", "Harvard University", "University of Cambridge"}),
    ],
)  # fmt: skip
def test_the_town_behind_a_place_is_no_university(told: str, places: set[str]) -> None:
    (talk,) = extract(Page("x.txt", f"How rivers remember\nAda Byron {told}\n"))
    assert {f.organization for f in talk.speakers[0].facts if isinstance(f, Affiliation)} == places


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ("served on the program committees of the Tern Conference", "program committee member"),
        ("is one of the founders of the Tern Network", "founder"),
    ],
)
def test_a_seat_is_told_in_the_words_of_who_has_it(told: str, role: str) -> None:
    text = (
        "How rivers remember\nAda Byron, University of Oslo\n"
        f"Ada Byron is a reader at the University of Oslo. She {told}.\n"
    )
    (talk,) = extract(Page("x.txt", text))
    found = [f.role for f in talk.speakers[0].facts if isinstance(f, Membership)]
    assert found == [role]


def test_letters_that_are_short_for_a_post_name_no_institution() -> None:
    text = (
        "How rivers remember\nAda Byron\n"
        "Ada Byron is Chief Technology and Innovation Officer (CTIO) at Lund University.\n"
    )
    (talk,) = extract(Page("x.txt", text))
    found = [(f.organization, f.role) for f in talk.speakers[0].facts if isinstance(f, Affiliation)]
    assert found == [("Lund University", "Chief Technology and Innovation Officer")]


def test_a_doctor_of_medicine_has_no_field_of_another_degree() -> None:
    text = (
        "How rivers remember\nAda Byron, University of Oslo\n"
        "Ada Byron received her MD and PhD in economics from Lund University.\n"
    )
    (talk,) = extract(Page("x.txt", text))
    found = [(f.degree, f.field) for f in talk.speakers[0].facts if isinstance(f, Education)]
    assert found == [("MD", None), ("PhD", "economics")]
