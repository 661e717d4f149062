"""Habits of people who keep lists of talks: wrappers, flags, odd names of lists, talks of each of several speakers."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model import Page
from kg.readers import Source, choose, readers

Told = list[tuple[str | None, str | None, dict[str, list[str]]]]


def told(name: str, text: str) -> Told:
    given = Source(name, text.encode())
    pages = [p for p in readers()[choose(given)[0]].read(given) if isinstance(p, Page)]
    return [found for page in pages for found in _talks(page)]


def _talks(page: Page) -> Told:
    def words(span: Any) -> str:
        return page.text[slice(*span)]

    return [
        (o.title and words(o.title), o.date, {words(s.name): [words(d) for d in s.details] for s in o.speakers})
        for o in page.outlines or ()
    ]  # fmt: skip


ADA = "Ada Byron"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # every entry in a wrapper, the day under "schedule"
            "- seminar:\n    speaker: \"<a href='https://example.org'> Ada Byron </a>\"\n    workplace: Tidewerk\n"
            "    schedule: September 8, 2015\n    title: To be confirmed\n",
            [(None, "2015-09-08", {ADA: ["Tidewerk"]})],
        ),
        (  # talks as "members" of a list, American days
            "- type: Past\n  members:\n  - speaker: Ada Byron (Tidewerk)\n    date: (Room 5) 10/11/2024, 1:00 PM\n"
            "    title: Mud\n  - speaker: Jon Roe\n    date: 3/28/2024\n    title: Peat\n",
            [("Mud", "2024-10-11", {ADA: ["Tidewerk"]}), ("Peat", "2024-03-28", {"Jon Roe": []})],
        ),
        (  # whether somebody speaks is a flag
            "- {title: Doors open, time: '9:00', name: '', speaker: ''}\n"
            "- {title: Mud, time: '10:00', name: Ada Byron, company: Tidewerk, speaker: 'true'}\n",
            [("Mud", None, {ADA: ["Tidewerk"]})],
        ),
        (  # an evening with a talk by each of its speakers
            "- date: 2018-11-12T22:50:38Z\n  speakers:\n  - {name: Ada Byron, title: Why rivers turn, type: keynote}\n"
            "  - {name: Jon Roe, title: Peat in the north, type: talk}\n",
            [("Why rivers turn", "2018-11-12", {ADA: []}), ("Peat in the north", "2018-11-12", {"Jon Roe": []})],
        ),
        (  # a title that only counts, the speaker below it
            "2021:\n- {title: Registration, date: 2021-05-03 8:00}\n"
            "- {title: Keynote Speech 1, subtitle: Ada Byron, date: 2021-05-03 9:00, type: Keynote}\n",
            [(None, "2021-05-03", {ADA: []})],
        ),
        (  # ids that read as names
            "- speaker_id: Marco-Verdi\n  title: Mud\n- speaker_id: [Anna-Neri, '77']\n  title: Peat\n",
            [("Mud", None, {"Marco Verdi": []}), ("Peat", None, {"Anna Neri": []})],
        ),
        (  # days of sessions of talks
            "- day: Monday, June 12, 2023\n  sessions:\n  - {time: '9:00', name: Registration}\n"
            "  - {time: '10:00', name: Keynote, speaker: Ada Byron, title: Mud}\n"
            "  - time: '11:00'\n    name: Contributed\n"
            "    talks:\n    - {title: Peat, authors: 'Jon Roe, Mia Chen'}\n",
            [("Mud", "2023-06-12", {ADA: []}), ("Peat", "2023-06-12", {"Jon Roe": [], "Mia Chen": []})],
        ),
        (  # days without their year
            "- {date: June 12, year: 2023, speaker: Ada Byron, title: Mud}\n"
            "- {date: June 26, year: 2023, reason: Holiday}\n",
            [("Mud", "2023-06-12", {ADA: []})],
        ),
        (  # somebody's own talks
            "- {title: Mud, event: Coast Days, date: 2021-05-03}\n- {title: Peat, event: Bog Week, date: 2020-05-03}\n",
            [("Mud", "2021-05-03", {}), ("Peat", "2020-05-03", {})],
        ),
        (
            "- author: Ada Byron- Tidewerk\n  date: 2017-04-28\n  title: Mud.\n"
            "- author: TBA\n  date: 2017-08-18\n  title: ...\n",
            [("Mud.", "2017-04-28", {ADA: ["Tidewerk"]})],
        ),
        (
            "- titre: Boue\n  orateur: Ada Byron (Tidewerk)\n  date: 3 mai 2021\n"
            "- titre: Pause café\n  date: 3 mai 2021\n",
            [("Boue", "2021-05-03", {ADA: ["Tidewerk"]})],
        ),
        ("- {title: Track 1, color: red}\n- {title: Track 2, color: blue}\n", []),
    ],
)  # fmt: skip
def test_lists_as_they_are_kept(text: str, expected: Told) -> None:
    assert told("x.yml", text) == expected


def test_a_name_above_a_list_is_nobody() -> None:
    entry = '{"name": "Byron, Ada", "date": "2021-05-03", "title": "\\"Mud\\""}'
    text = f'{{"2021": {{"name": "Coast Days 2021", "entries": [{entry}]}}}}'
    assert told("speakers.json", text) == [("Mud", "2021-05-03", {ADA: []})]


def test_titles_that_end_in_their_speaker() -> None:
    text = '[{"title": "Why rivers turn by Ada Byron"}, {"title": "Peat by Jon Roe"}, {"title": "Opening"}]'
    assert told("talks.json", text) == [
        ("Why rivers turn", None, {ADA: []}),
        ("Peat", None, {"Jon Roe": []}),
    ]
