"""Lines with labels in scripts other than the Latin one are fields, in whatever document they stand."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.facts.affiliation import Affiliation
from kg.model import Page
from kg.readers import Source, choose, readers

NOTICE = """报告题目：河流为什么会拐弯
报告人：王海明 教授（南京大学）
时间：2021年5月3日 14:00
地点：三号楼
摘要：
河流在河岸松动的地方拐弯。
我们看了二十年的照片。

报告题目：冰川的声音
报告人：李晓彤
单位：北京大学
时间：2021年5月10日
"""
RUSSIAN = """Тема: Почему реки петляют
Докладчик: Анна Сергеевна Ковалёва
Дата: 3 мая 2021 г.
Аннотация: Реки петляют там, где слабеет берег.
"""


def told(name: str, text: str) -> list[tuple[str | None, str | None, list[str], str | None]]:
    source = Source(name, text.encode())
    [page] = [p for p in readers()[choose(source)[0]].read(source) if isinstance(p, Page)]
    return [(t.title, t.date, [s.name for s in t.speakers], t.abstract) for t in extract(page)]


@pytest.mark.parametrize("name", ["notice.md", "notice.html", "notice.txt"])
def test_notices_are_read_by_their_labels(name: str) -> None:
    text = (
        NOTICE if not name.endswith("html") else "<!doctype html><p>" + NOTICE.replace("\n", "<br>")
    )
    assert told(name, text) == [
        (
            "河流为什么会拐弯",
            "2021-05-03",
            ["王海明"],
            "河流在河岸松动的地方拐弯。\n我们看了二十年的照片。",
        ),
        ("冰川的声音", "2021-05-10", ["李晓彤"], None),
    ]


def test_a_talk_by_labels_in_cyrillic() -> None:
    wanted = (
        "Почему реки петляют",
        "2021-05-03",
        ["Анна Сергеевна Ковалёва"],
        "Реки петляют там, где слабеет берег.",
    )
    assert told("page.md", RUSSIAN) == [wanted]


@pytest.mark.parametrize(
    ("value", "name", "place"),
    [
        ("Hai Wang 教授，南京大学", "Hai Wang", "Nanjing University"),
        ("王海明 教授, 南京大学", "王海明", "Nanjing University"),
        ("山田太郎 氏（東京大学）", "山田太郎", "University of Tokyo"),
        ("Hai Wang 博士", "Hai Wang", None),
    ],
)
def test_titles_and_places_behind_names(value: str, name: str, place: str | None) -> None:
    source = Source("notice.txt", f"题目：河流为什么会拐弯\n报告人：{value}\n".encode())
    [page] = [p for p in readers()["text"].read(source) if isinstance(p, Page)]
    [talk] = extract(page)
    [speaker] = talk.speakers
    places = [f.organization for f in speaker.facts if isinstance(f, Affiliation)]
    assert (speaker.name, places) == (name, [place] if place else [])


@pytest.mark.parametrize(
    "text", ["时间：2021年5月3日\n地点：三号楼\n", "注意：没有报告。\n", "Тема: реки\n"]
)
def test_labels_without_title_and_speaker_are_no_talk(text: str) -> None:
    source = Source("page.md", text.encode())
    [page] = [p for p in readers()[choose(source)[0]].read(source) if isinstance(p, Page)]
    assert page.outlines is None
