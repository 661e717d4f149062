"""Files as real sites and programs write them: the right number of talks, speakers, dates and facts comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg import readers


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "counts", "series"),
    [
        ("keynotes.yml", (4, 4, 4), set()),
        ("talks.json", (63, 78, 0), set()),
        ("talks.csv", (21, 34, 0), set()),
        ("talks-md", (3, 3, 3), set()),
        ("schedule.xml", (138, 210, 138), {"31. Chaos Communication Congress"}),
        ("talkingrobotics.ics", (36, 36, 36), {"Talking Robotics"}),
    ],
)
def test_real_files_are_read_in_full(
    shared: Path, name: str, counts: tuple[int, int, int], series: set[str]
) -> None:
    """Counts of talks, of speakers and of talks with a date."""
    pages = readers.gather(readers.located([shared / "listings" / "raw" / name]))
    found = [talk for page in pages for talk in kg.extract(page)]
    speakers, dated = sum(len(t.speakers) for t in found), sum(bool(t.date) for t in found)
    assert (len(found), speakers, dated) == counts
    assert {t.series for t in found if t.series} == series
