"""Pages in Markdown, with front matter and without."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.extraction import extract
from kg.model import Page, Talk
from kg.readers import Skipped, Source, choose, markdown

LONG = "We measure the tide and what it leaves behind on the shores of a cold and shallow sea."
BIO = "Ada Bergström is a professor at Lund University. She got her PhD from Ghent University in 2012."


def read(text: str, name: str = "page.md") -> tuple[list[Page], list[Skipped]]:
    found = list(markdown.read(Source(name, text.encode())))
    return [f for f in found if isinstance(f, Page)], [f for f in found if isinstance(f, Skipped)]


def only(text: str, name: str = "page.md") -> Talk:
    [page], _ = read(text, name)
    [talk] = extract(page)
    return talk


def told(talk: Talk) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for speaker in talk.speakers:
        for fact in speaker.facts:
            kinds.setdefault(type(fact).__name__, set()).add(str(getattr(fact, "organization", "")))
    return kinds


YAML = f"""---
layout: talk
name: "Ada Bergström"
teaser: "Why rivers turn"
date: 2021-05-03
---
## Speaker

{BIO}

Links: [Website](https://x.org) - [Papers](https://y.org)

<iframe src="https://z.org"></iframe>

---
### Abstract
{LONG}

#### Selected papers
* *Bergström, A.*, Roe, J. (2020). Tides.
"""

TOML = f"""+++
title = "Why rivers turn"
date = 2021-05-03T14:00:00Z
authors = ["admin", "Ada Bergström"]
abstract = "{LONG}"
event = "Coast Days"
+++
## About the speaker
{BIO}
"""

JSON = f"""{{"title": "Why rivers turn", "speakers": [{{"name": "Ada Bergström", "bio": "{BIO}"}}],
 "date": "2021-05-03"}}

{LONG}
"""

LABELS = f"""---
title: "Seminar: Why rivers turn"
date: 2021-05-03
author: admin
---
**Speaker:** Dr. Ada Bergström (Lund University)

**Abstract:** {LONG}

**Bio:** {BIO}
"""

UNPARTED = f"""---
title: Why rivers turn
author:
  - name: Ada Bergström
    affiliations:
      - name: Lund University
date: 2021-05-03
---
{LONG}

{BIO}
"""


@pytest.mark.parametrize("text", [YAML, TOML, JSON, LABELS, UNPARTED])
def test_fields_and_sections_make_one_talk(text: str) -> None:
    talk = only(text)
    assert (talk.title, talk.date) == ("Why rivers turn", "2021-05-03")
    assert talk.abstract == LONG
    assert [s.name for s in talk.speakers] == ["Ada Bergström"]
    assert told(talk)["Education"] == {"Ghent University"}
    assert told(talk)["Affiliation"] == {"Lund University"}


def test_facts_point_at_field_and_section() -> None:
    [page], _ = read(YAML)
    assert {p.path for p in page.places} == {
        "teaser",
        "name",
        "body, section Speaker",
        "body, section Abstract",
    }


def test_a_list_below_front_matter_is_prose() -> None:
    text = """---
title: Spring seminar
permalink: /seminar/
---
| Date | Speaker | Title |
|------|---------|-------|
| 3 May 2021 | [Ada Bergström](https://x.org) (Lund University) | *Why rivers turn* |
| 10 May 2021 | Jon Roe (University of Otago) | Reefs and the divers who count them |
"""
    [page], _ = read(text)
    assert page.outlines is None
    found = [(t.title, [s.name for s in t.speakers]) for t in extract(page)]
    assert found == [
        ("Why rivers turn", ["Ada Bergström"]),
        ("Reefs and the divers who count them", ["Jon Roe"]),
    ]


def test_a_page_without_front_matter_keeps_its_lines() -> None:
    [page], _ = read(f"# Why *rivers* turn\n**Ada Bergström**, Lund University\n\n{LONG}\n")
    assert page.text == f"Why rivers turn\nAda Bergström, Lund University\n\n{LONG}\n"


def test_a_post_of_news_is_no_talk() -> None:
    text = "---\nlayout: post\ntitle: We moved\ndate: 2020-01-02\nauthor: Ada Roe\n---\nCome and see us.\n"
    [page], _ = read(text)
    assert page.outlines is None


def test_a_talk_may_name_nobody() -> None:
    text = f"---\ntitle: Counting birds\ncollection: talks\ndate: 2018-03-02\n---\n{LONG}\n"
    talk = only(text)
    assert (talk.title, talk.abstract, talk.speakers) == ("Counting birds", LONG, ())


def test_front_matter_that_cannot_be_read_leaves_the_body() -> None:
    [page], [skipped] = read(f"+++\ntitle = broken\n+++\n{LONG}\n")
    assert skipped.place == "front matter"
    assert page.text == f"{LONG}\n"


@pytest.mark.parametrize(
    ("name", "text", "reader"),
    [
        ("a.md", YAML, "markdown"),
        ("a.md", "# Tides\n", "markdown"),
        ("a.qmd", UNPARTED, "markdown"),
        ("a.txt", YAML, "markdown"),
        ("a.txt", "# Tides\n\n---\n\nAda\n", "text"),
        ("a.yml", "---\n- title: Tides\n  speaker: Ada Roe\n", "yamllist"),
        (
            "a.yml",
            "---\ntitle: Tides\nspeaker: Ada Roe\n---\ntitle: Reefs\nspeaker: Jon Roe\n",
            "yamllist",
        ),
        ("a.json", JSON, "jsonlist"),
    ],
)
def test_pages_are_told_from_data(name: str, text: str, reader: str) -> None:
    assert choose(Source(name, text.encode()))[0] == reader


@pytest.mark.parametrize("front", ["---\n", "+++\n", "{"])
@given(text=st.text(alphabet="ab:=\"'[]{}-+#*&<!|> \n\x00\u202e", max_size=80))
def test_no_front_matter_breaks_the_reader(front: str, text: str) -> None:
    for end in ("", "\n---\nbody", "\n+++\nbody"):
        with contextlib.suppress(KgError):
            read(front + text + end)


@pytest.mark.parametrize("part", ["[", "{a: ", "a:\n ", "- ", "> "])
def test_deep_nesting_is_survived(part: str) -> None:
    read(f"---\n{part * 50_000}\n---\nbody\n")
    read(f"+++\na = {part * 50_000}\n+++\nbody\n")


def test_the_name_of_a_file_dates_a_talk_that_no_field_does() -> None:
    text = f"---\ntitle: Tides\nspeaker: Ada Bergström\n---\n{LONG}\n"
    assert only(text, "2021-05-03-tides.md").date == "2021-05-03"
    assert only(text.replace("title", "date: 2020-01-02\ntitle"), "2021-05-03-t.md").date == (
        "2020-01-02"
    )
    assert only(text, "2021-05-033.md").date is None
