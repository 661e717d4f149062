"""Files as real sites and programs write them: the right number of talks, speakers, dates and facts comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg import readers


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "talks", "speakers", "dated", "series"),
    [
        ("keynotes.yml", 4, 4, 4, set()),
        ("talks.json", 63, 78, 0, set()),
        ("talks.csv", 21, 34, 0, set()),
        ("talks-md", 3, 3, 3, set()),
        ("schedule.xml", 138, 210, 138, {"31. Chaos Communication Congress"}),
        ("talkingrobotics.ics", 36, 36, 36, {"Talking Robotics"}),
    ],
)
def test_real_files_are_read_in_full(
    shared: Path, name: str, talks: int, speakers: int, dated: int, series: set[str]
) -> None:
    pages = readers.gather(readers.located([shared / "listings" / "raw" / name]))
    found = [talk for page in pages for talk in kg.extract(page)]
    assert (len(found), sum(len(t.speakers) for t in found)) == (talks, speakers)
    assert sum(bool(t.date) for t in found) == dated
    assert {t.series for t in found if t.series} == series
