"""Tables of talks: delimited text and spreadsheets, however their columns are called and their days are given."""

from __future__ import annotations

import builtins
import contextlib
import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, MissingPart, ReadError
from kg.model import Page
from kg.readers import Skipped, Source, choose, readers

Told = list[tuple[str | None, str | None, dict[str, list[str]]]]


def told(found: list[Page | Skipped]) -> Told:
    out: Told = []
    for page in (p for p in found if isinstance(p, Page)):
        for outline in page.outlines or ():
            title = outline.title and page.text[slice(*outline.title)]
            speakers = {
                page.text[slice(*s.name)]: [page.text[slice(*d)] for d in s.details]
                for s in outline.speakers
            }
            out.append((title, outline.date, speakers))
    return out


def read(name: str, text: str | bytes) -> list[Page | Skipped]:
    given = Source(name, text if isinstance(text, bytes) else text.encode())
    return list(readers()[choose(given)[0]].read(given))


def test_cells_with_several_people_and_places() -> None:
    text = (
        "id,authors,affiliation,email,title\n"
        '1,"Ada Byron, Jon Roe and Mia Chen",Lund University,x@example.org,Why rivers turn\n'
        '2,"Ada Byron, Jon Roe","Lund University & University of Ghent",x@example.org,Mud\n'
        '3,Search Development Division,Tidewerk,x@example.org,"Peat, moss"\n'
    )
    assert told(read("x.csv", text)) == [
        (
            "Why rivers turn",
            None,
            {n: ["Lund University"] for n in ("Ada Byron", "Jon Roe", "Mia Chen")},
        ),
        ("Mud", None, {"Ada Byron": ["Lund University"], "Jon Roe": ["University of Ghent"]}),
        ("Peat, moss", None, {}),
    ]


def test_places_name_line_and_column() -> None:
    [page] = read("x.csv", 'Title,Speaker\n"Why\nrivers",Ada Byron\nMud,Jon Roe\n')
    assert isinstance(page, Page)
    assert [p.path for p in page.places] == [
        "line 2, column Title", "line 2, column Speaker", "line 4, column Title", "line 4, column Speaker",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.csv", "Vortragstitel;Referent;Institution;Datum\nMud;Prof. Dr. Ada Byron;Tidewerk;03.05.2021\n"),
        ("x.csv", "sep=;\nTitel;Nachname;Vorname;Firma;Datum\nMud;Byron;Ada;Tidewerk;3.5.2021\n"),
        ("x.tsv", "date\tspeaker\taffiliation\ttitle\n3 May 2021\tByron, Ada\tTidewerk\tMud\n"),
        ("x.csv", "Coast Days\n\n,Talk,Speaker 1 Name,Speaker 1 Org,Date\n,Mud,Ada Byron,Tidewerk,2021-05-03\n"),
        ("x.csv", "Speaker (Affiliation),Title,Day\nAda Byron (Tidewerk),Mud,\"Monday, May 3rd, 2021\"\nTBA,TBA,\n"),
        ("stdin", "title\tspeaker\torg\tdate\nMud\tAda Byron\tTidewerk\t2021-05-03\nTBA\tTBA\t\t\n"),
        ("x.csv", "标题,报告人,单位,时间\nMud,Ada Byron,Tidewerk,2021年5月3日\n"),
        ("x.csv", "id;title;authors;organisations;date\n7;Mud;\"Byron, Ada (1)\";\"1: Tidewerk; 2: X\";2021-05-03\n"),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names(name: str, text: str) -> None:
    assert told(read(name, text)) == [("Mud", "2021-05-03", {"Ada Byron": ["Tidewerk"]})]


def test_numbered_columns_are_speakers_of_their_own() -> None:
    text = (
        "Talk,Speaker 1,Speaker 1 Bio,Affiliation 1,Speaker 2,Speaker 2 Bio,Affiliation 2\n"
        "Mud,Ada Byron,Ada digs.,Tidewerk,Jon Roe,Jon sieves.,Lund University\nPeat,Mia Chen,,,,,\n"
    )
    assert told(read("x.csv", text)) == [
        ("Mud", None, {"Ada Byron": ["Tidewerk"], "Jon Roe": ["Lund University"]}),
        ("Peat", None, {"Mia Chen": []}),
    ]


def test_days_are_ordered_by_the_whole_column_and_filled_down() -> None:
    rows = "Speaker,Title,Date\nAda Byron,Mud,5/13/2021\nJon Roe,Peat,5/3/2021\n"
    assert [t[1] for t in told(read("x.csv", rows))] == ["2021-05-13", "2021-05-03"]
    doubtful = "Speaker,Title,Date\nAda Byron,Mud,5/4/2021\nJon Roe,Peat,5/3/2021\n"
    assert [t[1] for t in told(read("x.csv", doubtful))] == [None, None]
    agenda = "date,time,speaker,title\n2021-05-03,9:00,Ada Byron,Mud\n,10:00,,Coffee break\n,11:00,Jon Roe,Peat\n"
    assert [t[:2] for t in told(read("x.csv", agenda))] == [
        ("Mud", "2021-05-03"),
        ("Peat", "2021-05-03"),
    ]


def test_rows_of_one_talk_are_one_and_a_list_of_speakers_has_no_titles() -> None:
    rows = (
        "id,name,title\n1,Ada Byron,Why rivers turn at night\n2,Jon Roe,Why rivers turn at night\n"
    )
    assert told(read("x.csv", rows)) == [
        ("Why rivers turn at night", None, {"Ada Byron": [], "Jon Roe": []})
    ]
    people = "Name,Job,Panel,Affiliation\nAda Byron,Co-Moderator,Mud,Tidewerk\nJon Roe,Speaker,Mud,Lund University\n"
    assert told(read("speakers.csv", people)) == [(None, None, {"Jon Roe": ["Lund University"]})]


def test_what_names_no_columns_is_refused_and_an_open_quote_passed_over() -> None:
    with pytest.raises(ReadError, match=r"x\.csv: no row names the columns"):
        read("x.csv", "Mud,Ada Byron\nPeat,Jon Roe\n")
    found = read("x.csv", 'title,speaker\nMud,Ada Byron\n"Peat,Jon Roe\nMoss,Mia Chen\n')
    assert [t[0] for t in told(found)] == ["Mud", "Moss"]
    assert [p.place for p in found if isinstance(p, Skipped)] == ["line 3"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.txt", "Title, Speaker\nWhy rivers turn, and other tales, by Ada Byron\nMud\n"),
        ("x.md", "title,speaker\nMud,Ada Byron\nPeat,Jon Roe\nMoss,Mia Chen\n"),
        ("x.txt", "When: Monday, May 3\nWhere: Hall A\nSpeaker: Ada Byron\n"),
    ],
)
def test_prose_is_no_table(name: str, text: str) -> None:
    assert choose(Source(name, text.encode()))[0] != "delimited"


def book(sheets: dict[str, list[list[Any]]], hidden: str = "") -> bytes:
    openpyxl: Any = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


AGENDA: list[list[Any]] = [
    ["Coast Days"], [], ["*Date", "*Time Start", "*Session Title", "Description (Optional)", "Speakers (Optional)"],
    [datetime(2021, 5, 3), time(9), "Why rivers turn", "We look.", "Ada Byron; Jon Roe"],
    [date(2021, 5, 3), "10:00", "Coffee break", "", ""],
]  # fmt: skip
PEOPLE: list[list[Any]] = [
    ["First Name", "Last Name", "Company", "Title"],
    ["Ada", "Byron", "Tidewerk", "Engineer"],
    ["Jon", "Roe", "Lund University", None],
]


def test_sheets_of_a_workbook_explain_each_other() -> None:
    data = book(
        {
            "Agenda": AGENDA,
            "Speakers": PEOPLE,
            "Sponsors": [["Name", "Bio"], ["Tidewerk", "x"]],
            "Old": AGENDA,
        },
        "Old",
    )
    given = Source("x.xlsx", data)
    assert choose(given)[0] == "xlsx"
    found = read("x.xlsx", data)
    assert told(found) == [
        (
            "Why rivers turn",
            "2021-05-03",
            {"Ada Byron": ["Engineer, Tidewerk"], "Jon Roe": ["Lund University"]},
        )
    ]
    [page] = found
    assert isinstance(page, Page)
    assert page.places[0].path == "sheet Agenda, row 4, column *Session Title"


def test_one_row_for_each_speaker_of_a_session() -> None:
    rows = [
        [
            "Session Id",
            "Title",
            "Owner",
            "Status",
            "Speaker Id",
            "FirstName",
            "LastName",
            "TagLine",
            "Bio",
        ]
    ]
    rows += [
        ["101", "Why rivers turn", "Ada Byron", "Accepted", f"u{n}", *name, "Engineer", "b"]
        for n, name in enumerate([("Ada", "Byron"), ("Jon", "Roe")])
    ]
    rows += [["102", "Mud", "Mia Chen", "Declined", "u3", "Mia", "Chen", "", ""]]
    [(title, _, speakers)] = told(read("x.xlsx", book({"All": rows})))
    assert (title, list(speakers)) == ("Why rivers turn", ["Ada Byron", "Jon Roe"])


def test_broken_and_missing_parts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book({"A": [["x"]]})
    with pytest.raises(ReadError, match="no sheet has a row that names its columns"):
        read("x.xlsx", data)
    with pytest.raises(ReadError, match="no workbook that can be read"):
        list(readers()["xlsx"].read(Source("x.xlsx", data[: len(data) // 2])))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    assert readers()["xlsx"].claims(Source("x.xlsx", other.getvalue())) == 0
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "openpyxl":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingPart, match=r"pip install 'talkgraph\[xlsx\]'"):
        list(readers()["xlsx"].read(Source("x.xlsx", data)))


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "title",
                    "Speaker",
                    "TBA",
                    "Ada Byron",
                    '"',
                    "\n",
                    "a,b",
                    ";",
                    "\t",
                    "3/4/2021",
                    "",
                ]
            ),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in rows)
    found: list[Page | Skipped] = []
    with contextlib.suppress(KgError):
        data = f"title,speaker,date\n{text}".encode()
        found += readers()["delimited"].read(Source("x.csv", data))
    assert all(isinstance(p, Skipped) or p.outlines for p in found)
