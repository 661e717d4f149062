"""Web pages: what is content becomes lines, what is described becomes talks."""

from __future__ import annotations

import contextlib
import json
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, ReadError
from kg.extraction import extract
from kg.model import Page
from kg.readers import Source, choose, html

LONG = "We measure the tide and what it leaves behind on the shores of a cold and shallow sea, year by year."
BIO = "Ada Bergström is a professor at Lund University. She got her PhD from Ghent University in 2012."
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/p'>People</a></li></ul></nav>"
FOOT = "<footer>All rights reserved</footer><div class='cookie-banner'>We use cookies</div>"


def read(body: str | bytes, name: str = "page.html") -> Page:
    data = body if isinstance(body, bytes) else body.encode()
    [page] = [p for p in html.read(Source(name, data)) if isinstance(p, Page)]
    return page


def lines(body: str) -> list[str]:
    return [line for line in read(f"<!doctype html><body>{body}").text.split("\n") if line]


def told(page: Page) -> list[tuple[str | None, list[str], str | None]]:
    return [(t.title, [s.name for s in t.speakers], t.date) for t in extract(page)]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p>One <b>bo</b>ld<p>Two<br>three", ["One bold", "Two", "three"]),
        (f"{MENU}<main><p>Tides</main>{FOOT}", ["Tides"]),
        ("<p>Ada<sup>1,2</sup> and H<sub>2</sub>O, 5 m<sup>2</sup>", ["Ada and H2O, 5 m2"]),
        ("<span>May 3</span><span>Tides</span> <b>ri</b><i>vers</i>", ["May 3 Tides rivers"]),
        (
            "<dl><dt>Speaker<dd>Ada Roe<dt>Tides<dd>a talk</dl>",
            ["Speaker: Ada Roe", "Tides", "a talk"],
        ),
        ("<div>Speaker:</div><div>Ada Roe</div>", ["Speaker: Ada Roe"]),
        (
            "<table><tr><td>9:00<td>Tides<tr><td>10:00<td>Reefs</table>",
            ["9:00 | Tides", "10:00 | Reefs"],
        ),
        (
            "<table><tr><th>Speaker<td>Ada Roe<tr><th>Title<td>Tides</table>",
            ["Speaker: Ada Roe", "Title: Tides"],
        ),
        ("<table><tr><td><p>A<p>B<td>C</table>", ["A", "B", "C"]),
        ("<pre>One  two\nthree</pre>", ["One two", "three"]),
        (
            "<script>x</script><style>y</style><p hidden>z</p><p style='display: none'>w</p>Tides",
            ["Tides"],
        ),
        (f"<p>Tides</p><div style='display:none'>{LONG}</div>", ["Tides", LONG]),
        ("<li>Tides [<a href=s.pdf>slides</a>] (<a href=v>video</a>)", ["Tides"]),
        ("<form><label>Mail</label><button>Send</button></form>Tides", ["Tides"]),
        ("<h2><button class='accordion-button'>Tides</button></h2>", ["Tides"]),
        ("<p>a &lt; b &amp; c &nbsp; d</p>", ["a < b & c d"]),
    ],
)
def test_blocks_are_lines(body: str, wanted: list[str]) -> None:
    assert lines(body) == wanted


def test_a_table_with_long_cells_tells_what_is_what() -> None:
    page = read(
        f"<!doctype html>{MENU}<h1>Tides Seminar</h1><table><tr><th>Date<th>Speaker<th>Title</tr>"
        f"<tr><td>May 3, 2021<td>Ada Bergström<br>Lund University<td>Why rivers turn"
        f"<details><summary>Abstract</summary><p>{LONG}</details>"
        f"<tr><td>May 10, 2021<td>Jon Roe (University of Otago)<td>Reefs and divers</table>{FOOT}"
    )
    assert told(page) == [
        ("Why rivers turn", ["Ada Bergström"], "2021-05-03"),
        ("Reefs and divers", ["Jon Roe"], "2021-05-10"),
    ]


def described(value: object, body: str = "") -> Page:
    script = f"<script type='application/ld+json'>{json.dumps(value)}</script>"
    return read(
        f"<!doctype html><head>{script}</head><body>{MENU}{body}<p>Read more of it here.</p>{FOOT}"
    )


ADA = {
    "@type": "Person",
    "name": "Prof. Ada Bergström",
    "affiliation": {"@id": "#lund"},
    "alumniOf": "Ghent University",
}
LUND = {"@type": "CollegeOrUniversity", "@id": "#lund", "name": "Lund University"}
EVENT = {
    "@type": "EducationEvent",
    "name": "Ada Bergström: Why rivers turn",
    "startDate": "2021-05-03T14:00:00+02:00",
    "performer": [ADA],
    "description": f"<p>{LONG}</p>",
    "superEvent": {"@type": "EventSeries", "name": "Tides Seminar"},
}


def test_described_events_are_talks() -> None:
    page = described(
        {"@context": "https://schema.org", "@graph": [LUND, EVENT]}, f"<main><p>{BIO}</p></main>"
    )
    [talk] = extract(page)
    assert (talk.title, talk.date, talk.series) == (
        "Why rivers turn",
        "2021-05-03",
        "Tides Seminar",
    )
    assert talk.abstract == LONG
    facts = {type(f).__name__: getattr(f, "organization", "") for f in talk.speakers[0].facts}
    assert (facts["Affiliation"], facts["Education"]) == ("Lund University", "Ghent University")
    assert "JSON-LD.@graph[1].performer[0].name" in {p.path for p in page.places}


def test_a_conference_with_talks_in_it_is_its_talks() -> None:
    talks = [
        {"@type": "Event", "name": f"On {w}", "performer": "Jon Roe"} for w in ("reefs", "dunes")
    ]
    page = described(
        [{"@type": "Event", "name": "Coast Days", "startDate": "2021-05-03", "subEvent": talks}]
    )
    assert told(page) == [
        ("On reefs", ["Jon Roe"], "2021-05-03"),
        ("On dunes", ["Jon Roe"], "2021-05-03"),
    ]


def test_microdata_are_read() -> None:
    page = read(
        "<div itemscope itemtype='http://schema.org/Event'><h1 itemprop=name>Why rivers turn</h1>"
        "<time itemprop=startDate datetime='2021-05-03T14:00'>3 May</time>"
        "<p itemprop=performer itemscope itemtype='https://schema.org/Person'>"
        "<b itemprop=name>Ada Bergström</b></p></div>"
    )
    assert told(page) == [("Why rivers turn", ["Ada Bergström"], "2021-05-03")]


@pytest.mark.parametrize(
    "value", [{"@type": "Event", "name": "Summer party"}, "x", [[]], {"@type": ["Person"]}]
)
def test_what_is_described_without_a_speaker_leaves_the_page_to_its_lines(value: object) -> None:
    assert described(value, "<p>Tides</p>").outlines is None


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ("<meta charset='iso-8859-2'><p>Łódź".encode("iso-8859-2"), "Łódź"),
        ("<meta http-equiv=a content='text/html; charset=gb2312'><p>潮汐".encode("gb2312"), "潮汐"),
        (b"\xff\xfe" + "<p>Łódź".encode("utf-16-le"), "Łódź"),
        (b"\xef\xbb\xbf<p>caf\xc3\xa9", "café"),
        (b"<p>caf\xe9", "café"),
        (b"<meta charset=nonsense><p>caf\xe9", "café"),
    ],
)
def test_the_characters_are_those_the_page_says(data: bytes, wanted: str) -> None:
    assert read(data).text.strip() == wanted


def test_a_page_without_text_is_refused() -> None:
    for body in (b"", b"<!doctype html><div id=root></div><script>x</script>"):
        with pytest.raises(ReadError, match=r"^page\.html"):
            list(html.read(Source("page.html", body)))


@pytest.mark.parametrize(
    ("name", "text", "reader"),
    [
        ("a.html", "<p>Tides", "html"),
        ("a.txt", "<!DOCTYPE HTML><p>Tides", "html"),
        ("a.txt", "a < b, and <b>so</b> on", "text"),
        ("a.md", "# Tides\n<p>Tides</p>", "markdown"),
    ],
)
def test_pages_are_told_by_their_content(name: str, text: str, reader: str) -> None:
    assert choose(Source(name, text.encode()))[0] == reader


@pytest.mark.parametrize(
    "part",
    ["<div>", "<table><tr><td>", "<b>", "<!--", "<ul><li>x", "&#0;", "a<br>", "<dl><dt>a<dd>"],
)
def test_nesting_without_end_is_survived(part: str) -> None:
    began = monotonic()
    read("<body><p>Tides</p>" + part * 50_000)
    assert monotonic() - began < 20


@given(st.text(alphabet="<>/=\"'&; abptdlrih!-[]\n\x00\u202e", max_size=120))
def test_any_bytes_are_read_or_refused(text: str) -> None:
    with contextlib.suppress(KgError):
        read(text)


def test_a_day_in_a_row_or_a_line_is_the_talks() -> None:
    """A day before its title in the row, and one whose number looks like that of a list."""
    table = (
        "<h1>Tidal Seminar, Fall 2023</h1><table><tr><th>Date</th><th>Speaker</th><th>Title</th></tr>"
        "<tr><td>Sep 12, 2023</td><td>Ada Bergström (Lund University)</td><td>Why rivers turn</td></tr>"
        "<tr><td>Sep 19, 2023</td><td>Jonas Okafor (Ghent University)</td><td>Counting grains</td></tr>"
        "</table>"
    )
    cards = (
        "<div><h3>Wenn das Meer steigt</h3><p>Jürgen Größ, Universität Hamburg</p>"
        "<p>12. Mai 2024</p></div>"
    )
    found = [
        (talk.title, talk.date)
        for text in (table, cards)
        for page in html.read(Source("page.html", text.encode()))
        if isinstance(page, Page)
        for talk in extract(page)
    ]
    assert found == [
        ("Why rivers turn", "2023-09-12"),
        ("Counting grains", "2023-09-19"),
        ("Wenn das Meer steigt", "2024-05-12"),
    ]


@pytest.mark.parametrize("attribute", ["a{}=1", "a{}='>'", 'a{}="<"', "a{}"])
def test_attributes_past_counting_take_no_time(attribute: str) -> None:
    many = " ".join(attribute.format(n) for n in range(100_000))
    start = monotonic()
    assert lines(f"<p class='x' {many}>The tide of Lund</p><p>Bread</p>") == [
        "The tide of Lund",
        "Bread",
    ]
    assert monotonic() - start < 10


@pytest.mark.parametrize("raw", ["script", "style"])
def test_what_only_looks_like_a_tag_in_a_script_stays(raw: str) -> None:
    assert lines(f"<{raw}>a=i<n.x;{'y,' * 9000}</{raw}><p>The tide</p>") == ["The tide"]


def test_a_label_without_a_colon_gets_one() -> None:
    who = "<span class='label'>Speaker</span><span>Ada Bergström <span>(Lund University)</span></span>"
    kind = "<span class='label label-info'>Talk</span>"
    assert lines(f"<p>{kind} Tides and the moon</p><div>{who}</div>") == [
        "Talk Tides and the moon",
        "Speaker: Ada Bergström (Lund University)",
    ]
