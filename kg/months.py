"""Days whose month is named, in many languages: "4 marca 2021", "March 4th", "2021. április 4."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import names, resources


class Named(NamedTuple):
    """A day as far as it is printed; year and day are "" where they are not."""

    year: str
    month: int
    day: str
    name: str


@cache
def numbers() -> dict[str, int]:
    """Names of months without accents, in lower case, and their numbers."""
    rows = enumerate(resources.words("month-names"), 1)
    return {_plain(name): number for number, row in rows for name in row.split("|")}


def named(text: str) -> Iterator[Named]:
    """Every named month of a text, with the day before or behind it and the year on either side."""
    for match in _pattern().finditer(_plain(text)):
        year = match["y1"] or match["y2"]
        between = match["d2"] if match["y2"] else None
        day = (
            between or match["d1"] or match["d2"]
        )  # in "room 5 May 3, 2021" the day is beside the year
        yield Named(year or "", numbers()[match["m"]], day or "", match["m"])


@cache
def _pattern() -> re.Pattern[str]:
    month = rf"(?P<m>{'|'.join(sorted(numbers(), key=len, reverse=True))})(?![^\W\d_])"
    year = r"(?P<y%d>(?:19|20)\d\d)(?!\d)"
    small = r"(?:\s*(?:st|nd|rd|th|er|ro|re|º|ª|\.)(?![^\W\d_]))?"
    day = rf"(?<!\d)(?<!\d[:.h])(?P<d%d>\d{{1,2}}){small}"
    # bounded: of figures without end each would be tried with all behind it
    to = rf"(?:\s*(?:[-–—&/,]|to|and|bis|und|au|et|al|a|y|e|do|i|и|по)\s*\d{{1,2}}(?!\d){small}){{0,12}}"
    of = r"\s*(?:[-/.,]\s*)?(?:(?:de|del|of|di|d|den)\s+)?"
    return re.compile(
        rf"(?:{year % 1},?\s*[-/.]?\s*)?(?:{day % 1}{to}{of})?(?<![^\W\d_]){month}\.?"
        rf"(?:,?\s*[-/]?\s*{day % 2}(?!\d|[:.h]\d|\s*(?:am|pm)\b){to})?"
        rf"(?:[,\s]*[-/.'’]?\s*(?:(?:de|del|of)\s+)?{year % 2})?"
    )


def _plain(text: str) -> str:
    return names.strip_accents(text).casefold()
