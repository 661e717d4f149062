"""Lines of speakers and titles: what is read of them, and how entries are put together."""

from __future__ import annotations

import pytest

from kg import lines, listings, marked, readings, segments, shapes, speakers
from kg.model import Page, Part, Span
from kg.segments import Role


def part(line: str, kind: str, words: str, sure: float = 0.9) -> Part:
    """What the encoder would say of some words of a line."""
    start = line.index(words)
    return Part(kind, Span(start, start + len(words)), sure)


def named(text: str, role: str) -> list[str]:
    """Names of the speakers that are read of a line."""
    (line,) = lines.split(text)
    read = readings.best(line, role)
    assert read is not None
    return [text[slice(*s.name)] for s in read.speakers]


def gathered(*rows: tuple[str, str]) -> list[tuple[str | None, list[str]]]:
    """Title and speakers of the entries of a page whose lines have these roles (a star where an entry begins)."""
    page = Page("x.txt", "\n".join(text for _, text in rows))
    roles = []
    for line, (letter, _) in zip(lines.split(page.text), rows, strict=True):
        name = segments.ROLES[letter[0]]
        roles.append(Role(line, name, letter.endswith("*"), 0.0, readings.best(line, name)))
    return [
        (
            page.text[slice(*e.title)].replace("\n", " ") if e.title else None,
            [page.text[slice(*s.name)] for s in e.speakers],
        )
        for e in listings.gather(page, tuple(roles))
    ]


def test_the_encoder_parts_a_line_that_has_no_marks() -> None:
    text = "Tidal Board Hall - tove riis harbour office of Leeds"
    (line,) = lines.split(text)
    seen = (part(text, "name", "tove riis"), part(text, "aff", "harbour office of Leeds"))
    read = readings.best(line, "speaker", seen)
    assert read is not None
    (who,) = read.speakers
    assert text[slice(*who.name)] == "tove riis"
    assert [text[slice(*d)] for d in who.details] == ["harbour office of Leeds"]


def test_a_plain_line_is_read_without_the_encoder() -> None:
    text = "Ada Byron, Lund University"
    (line,) = lines.split(text)
    wrong = (part(text, "name", "Lund University", 0.6),)
    read = readings.best(line, "speaker", wrong)
    assert read is not None
    assert [text[slice(*s.name)] for s in read.speakers] == ["Ada Byron"]


def test_names_without_words_of_their_own_share_those_behind() -> None:
    text = "Ada Byron and Karl Dahl Lund University"
    (line,) = lines.split(text)
    seen = [part(text, "name", "Ada Byron"), part(text, "name", "Karl Dahl")]
    found = marked.people(line, seen)
    assert [text[slice(*s.name)] for s in found] == ["Ada Byron", "Karl Dahl"]
    assert {text[slice(*d)] for s in found for d in s.details} == {"Lund University"}


def test_an_organization_is_no_name() -> None:
    text = "Ada Byron - University of Oslo Why rivers turn"
    (line,) = lines.split(text)
    seen = [part(text, "name", "Ada Byron"), part(text, "name", "University of Oslo")]
    assert len(marked.people(line, seen)) == 1


@pytest.mark.parametrize(
    ("text", "no_person"),
    [
        ("Ada Byron", False), ("PyCon Ruritania", True), ("byron-talk.m4v", True), ("Francis Bacon", False),
        ("강민준", False), ("네트워크 링크 예측 방법", True), ("山田 太郎", False), ("アレクサンダー・スミス", False),
        ("本演講主要目的是初步介紹工具的功能", True), ("Bombay", True), ("Paris Hilton", False), ("Per (Pelle", True),
    ],
)  # fmt: skip
def test_what_is_surely_nobody(text: str, no_person: bool) -> None:
    assert shapes.names_no_person(text) == no_person


def test_a_label_glued_to_a_name_is_cut_off() -> None:
    assert named("Ada Byron Bio", "speaker") == ["Ada Byron"]


def test_a_title_goes_on_behind_a_line_that_ends_in_it() -> None:
    found = gathered(
        ("B*", "Ada Byron – Why rivers turn:"),
        ("T", "old maps and new floods"),
        ("B*", "Karl Dahl – The sound of ice"),
    )
    assert found == [
        ("Why rivers turn: old maps and new floods", ["Ada Byron"]),
        ("The sound of ice", ["Karl Dahl"]),
    ]


def test_a_dated_series_gives_way_to_the_title_behind_it() -> None:
    found = gathered(
        ("B*", "6 May 2022: Tidal Seminar Series - Ada Byron:"),
        ("T", "Why rivers turn"),
    )
    assert found == [("Why rivers turn", ["Ada Byron"])]


def test_a_title_that_frames_lines_of_talks_is_none() -> None:
    found = gathered(
        ("T*", "Spring School: Rivers, Ice and Tides"),
        ("B*", '"Why rivers turn", Ada Byron, Lund University'),
        ("B*", '"The sound of ice", Karl Dahl, University of Oslo'),
    )
    assert [title for title, _ in found] == ["Why rivers turn", "The sound of ice"]


def test_a_title_alone_elsewhere_stays() -> None:
    found = gathered(("T*", "Opening remarks"), ("T*", "Why rivers turn"), ("S", "Ada Byron"))
    assert [title for title, _ in found] == ["Opening remarks", "Why rivers turn"]


def test_a_sentence_that_gives_the_title_in_quotation_marks() -> None:
    text = 'Professor Byron\'s talk is titled "Why rivers turn". An abstract is available here.'
    assert text[slice(*readings.titled(text, Span(0, len(text))))] == "Why rivers turn"


def test_a_biography_may_open_like_an_abstract() -> None:
    """What tells them apart stands behind the words that the encoder reads."""
    text = (
        "How rivers remember\nKarl Dahl, Lund University\n\nRivers keep traces of old floods in their sediments. "
        "In this talk we read those traces with new dating methods, and show that they differ from the chronicles.\n\n"
        "River sediments, old floods and the maps that show them, are what Karl Dahl works on: geology, hydrology and "
        "the history of maps all come into it. At present he looks at floods. He came to Lund University in 2009 and "
        "was a postdoc at Nokia before. He received his PhD from Ghent University and is a Fellow of the IEEE.\n"
    )
    assert [r.role for r in segments.segment(text)][-2:] == ["abstract", "bio"]


def test_a_speaker_named_twice_in_an_entry_is_one() -> None:
    found = gathered(
        ("S*", "Keynote: Ada Byron"), ("S", "Ada Byron, Lund University"), ("T", "Why rivers turn"),
    )  # fmt: skip
    assert found == [("Why rivers turn", ["Ada Byron"])]


def test_marks_of_emphasis_are_no_part_of_a_name() -> None:
    text = "_tove_r_"
    (who,) = marked.people(lines.split(text)[0], [part(text, "name", text)])
    assert text[slice(*who.name)] == "tove_r"


@pytest.mark.parametrize(
    ("header", "row", "title", "names", "details"),
    [
        (
            "Date | Speaker | Title | Host |",
            "Jan. 9 | Tove Riis (Lund) | Tides, and how harbours count them | Per Ek |",
            "Tides, and how harbours count them",
            ["Tove Riis"],
            ["Lund"],
        ),
        (
            "| Title | Name & Affiliation | Room |",
            "| Why bells ring | Amara Obi, University of Lagos | 12 |",
            "Why bells ring",
            ["Amara Obi"],
            ["University of Lagos"],
        ),
        (
            "Time\tInstitution\tPresenters\tTopic",
            "10:00\tUniversity of Porto\tJoão Reis and Ana Luz\tReading old charts",
            "Reading old charts",
            ["João Reis", "Ana Luz"],
            ["University of Porto"],
        ),
    ],
)
def test_a_header_says_what_the_cells_of_a_row_are(
    header: str, row: str, title: str, names: list[str], details: list[str]
) -> None:
    _, line = lines.split(f"{header}\n{row}")
    read = readings.best(line, "both")
    assert read is not None
    assert read.title is not None
    assert line.text[slice(*read.title)] == title
    assert [line.text[slice(*s.name)] for s in read.speakers] == names
    assert [line.text[slice(*d)] for d in read.speakers[0].details] == details


def test_a_row_without_the_columns_of_a_header_is_read_as_any_line() -> None:
    found = lines.split("Date | Speaker | Title\nTove Riis | Tides | a | b | c\nNo bars")
    assert [line.cells for line in found] == [(), (), ()]
    assert lines.split("Speaker | colour\nTove Riis | red")[1].cells == ()


def test_labels_inside_a_line_part_it() -> None:
    text = (
        "Title: How to Fold a Conic *Speaker: Tove Riis, Lund University* Time: 3:30 PM "
        "Abstract: Take a circle: fold it."
    )
    (line,) = lines.split(text)
    cells = [(part, text[slice(*span)]) for part, span in line.cells]
    assert cells == [
        ("title", "How to Fold a Conic"),
        ("speaker", "Tove Riis, Lund University"),
        ("date", "3:30 PM"),
        ("abstract", "Take a circle: fold it."),
    ]
    (entry,) = listings.find(Page("x.txt", text))
    assert entry.title is not None
    assert text[slice(*entry.title)] == "How to Fold a Conic"
    assert [text[slice(*a)] for a in entry.abstract] == ["Take a circle: fold it."]


def test_one_label_on_a_line_parts_nothing() -> None:
    for text in ("Title: Talk the talk: an answer", "Bio: He spoke at: a, b", "Time: 3:30 PM"):
        assert lines.split(text)[0].cells == ()


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("“Counting tides”: what harbours remember", "“Counting tides”: what harbours remember"),
        ('"Counting the tides" by Tove Riis', "Counting the tides"),
        ('"Counting the tides." For your convenience, see below', "Counting the tides."),
        ('Reading old charts "as they were meant"', 'Reading old charts "as they were meant"'),
        ('Invited talk "The tides of Lund"', "The tides of Lund"),
        ('"Counting the tides of Lund', "Counting the tides of Lund"),
        ("Counting the tides of Lund”", "Counting the tides of Lund"),
        ("”Counting tides”", "”Counting tides”"),
        ("Counting tides (Zoom meeting)", "Counting tides"),
    ],
)
def test_what_of_a_title_is_quoted(printed: str, title: str) -> None:
    assert printed[slice(*readings.titled(printed, Span(0, len(printed))))] == title


@pytest.mark.parametrize(
    ("line", "names", "title"),
    [
        ("Ambassador Tove Riis – What envoys read", ["Tove Riis"], "What envoys read"),
        ("Dr Amara Obi (Lagos) Why bells ring in C", ["Amara Obi"], "Why bells ring in C"),
        (
            "Bo Ek (Lund), Tove Riis (Oslo) – Tides, bells and charts",
            ["Bo Ek", "Tove Riis"],
            "Tides, bells and charts",
        ),
    ],
)
def test_names_and_title_on_one_line(line: str, names: list[str], title: str) -> None:
    (found,) = lines.split(line)
    read = readings.best(found, "both")
    assert read is not None
    assert read.title is not None
    assert line[slice(*read.title)] == title
    assert [line[slice(*s.name)] for s in read.speakers] == names


def test_letters_of_honours_are_no_part_of_a_name() -> None:
    assert named("Norma Fairley FRAS", "speaker") == ["Norma Fairley"]


def test_cells_stand_under_their_columns_where_the_first_is_empty() -> None:
    text = (
        "Time | Paper# | Title | Authors | Links\n| 40 | Why bells ring | Tove Riis (Lund) | paper"
    )
    cells = {part: text[slice(*span)] for part, span in lines.split(text)[1].cells}
    assert cells["title"] == "Why bells ring"
    assert cells["speaker"] == "Tove Riis (Lund)"
    text = "| Speaker | Title |\nTove Riis | Why bells ring"
    assert [part for part, _ in lines.split(text)[1].cells] == ["speaker", "title"]


def test_a_prefix_is_a_series_only_where_different_titles_follow_it() -> None:
    title = ("T*", "Old Charts: how to read them")
    twice = [title, ("S", "Tove Riis"), title, ("S", "Eva Lund")]
    assert [t for t, _ in gathered(*twice)] == ["Old Charts: how to read them"] * 2
    other = [("T*", "Old Charts: what they hide"), ("S", "Bo Ek")]
    assert gathered(*twice[:2], *other)[0][0] == "how to read them"


def test_a_row_without_header_is_parted_at_its_bars() -> None:
    (line,) = lines.split(
        "27 Apr 2024 | ChartDays | Reading old charts at sea | Tove Riis | Lund University |"
    )
    read = readings.best(line, "both")
    assert read is not None
    assert read.title is not None
    assert line.text[slice(*read.title)] == "Reading old charts at sea"
    assert [line.text[slice(*s.name)] for s in read.speakers] == ["Tove Riis"]


def test_a_row_of_two_names_is_no_riddle() -> None:
    (line,) = lines.split("3 May | Tove Riis | Amara Obi | Why the bells ring | and how")
    assert readings.best(line, "both") is not None


def test_a_dash_parts_title_from_name_and_unknown_firm() -> None:
    text = "Tove Riis, Tidewater – Counting the tides of the sea"
    (line,) = lines.split(text)
    read = readings.best(line, "both")
    assert read is not None
    assert read.title is not None
    assert text[slice(*read.title)] == "Counting the tides of the sea"
    assert [text[slice(*d)] for d in read.speakers[0].details] == ["Tidewater"]


def test_a_town_and_its_country_is_nobody() -> None:
    (line,) = lines.split("Napoli, Italy")
    name = part(line.text, "name", "Napoli")
    assert readings.best(line, "speaker", (name,)) is None


def test_an_institute_named_after_somebody_is_no_speaker() -> None:
    line = "Counting the tides of the sea, Tove Riis, Max Planck Institute for Tides"
    assert named(line, "both") == ["Tove Riis"]


def test_who_leads_a_session_gives_no_talk() -> None:
    table = (
        "Title | Authors\nCounting the tides of the sea | Tove Riis\n"
        "Session: Rivers | Amara Obi chair\nHow the rivers learned to run | Bo Ek"
    )
    roles = segments.segment(table)
    assert [r.role for r in roles] == ["heading", "both", "heading", "both"]


def test_what_is_no_name_in_a_list_of_names_is_passed_over() -> None:
    (line,) = lines.split("Tove Riis (Nokia), 21, Amara Obi (Lund University), Bo Ek (Bern)")
    who, _ = speakers.find(line.text, line.span)
    assert [line.text[slice(*s.name)] for s in who] == ["Tove Riis", "Amara Obi", "Bo Ek"]
    assert [line.text[slice(*s.details[0])] for s in who] == ["Nokia", "Lund University", "Bern"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ruth PS Ellery; Tove Riis (Lund University)", ["Ruth PS Ellery", "Tove Riis"]),
        ("Sun Apr 27 11:20:00 2025 at Heron Hall", []),
        ("Pythonでライブ", []),
    ],
)
def test_names_and_what_looks_like_names(line: str, names: list[str]) -> None:
    who, _ = speakers.find(line, Span(0, len(line)))
    assert [line[slice(*s.name)] for s in who] == names


def test_a_name_in_another_script_is_no_place() -> None:
    line = "Julia Temush, Юлия Темуш"
    ((speaker,), _) = speakers.find(line, Span(0, len(line)))
    assert speaker.details == ()


def test_a_short_hour_is_cut() -> None:
    assert [x.content for x in lines.split("- 4:15p Anselm Obi: Why the bells ring")] == [
        "Anselm Obi: Why the bells ring"
    ]


def test_a_list_of_names_before_their_talks_is_no_talk() -> None:
    index = [("S*", "Tove Riis"), ("S*", "Bo Ek")]
    talks = [("S*", "Tove Riis"), ("T", "Why the bells ring"), ("S*", "Bo Ek"), ("T", "Old Charts")]
    assert gathered(*index, *talks) == [
        ("Why the bells ring", ["Tove Riis"]),
        ("Old Charts", ["Bo Ek"]),
    ]


def test_a_name_that_is_also_a_small_word() -> None:
    assert named("Per (Pelle) Lindberg, University of Gothenburg", "speaker") == [
        "Per (Pelle) Lindberg"
    ]
