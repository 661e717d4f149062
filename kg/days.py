"""The days that lines print: numbers in the order of the page, months by their names in many languages."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg import language, resources
from kg.mentions import Context, date
from kg.model import Span

_WORDED = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th|\.|er)?\s+(?:(?:of|de)\s+)?)?\b({date.MONTH})\.?,?\s*(?:(\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?"
    r"(?:del?\s+)?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"\b((?:19|20)\d\d)(?:[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?)"
)


@cache
def _months() -> dict[str, int]:
    """Names of months in many languages, in lower case, and their numbers."""
    rows = enumerate(resources.words("month-names"), 1)
    return {name: number for number, row in rows for name in row.split("|")}


@cache
def _abroad() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A day whose month is in any language: the year behind ("4 marca 2021"), or before ("2021. április 4")."""
    name = "|".join(sorted(_months(), key=len, reverse=True))
    behind = rf"\b(\d{{1,2}})[.\s/-]{{1,2}}({name})(?:[.,\s/-]{{1,2}}|\s+de\s+)((?:19|20)\d\d)\b"
    before = rf"\b((?:19|20)\d\d)[.,\s]{{1,2}}({name})\.?\s+(\d{{1,2}})\b"
    return re.compile(behind, re.IGNORECASE), re.compile(before, re.IGNORECASE)


def _day_abroad(text: str) -> str | None:
    behind, before = _abroad()
    if found := behind.search(text):
        day, month, year = found.groups()
    elif found := before.search(text):
        year, month, day = found.groups()
    else:
        return None
    return _valid(int(year), _months().get(month.lower(), 0), int(day))


_UNTIL = re.compile(
    rf"(?<=\d)\s?[-–]\s?\d{{1,2}}(?:st|nd|rd|th|\.)?(?=,?\s+(?:{date.MONTH}|(?:19|20)\d\d\b))",
    re.IGNORECASE,
)
"""The last of several days, of which the first counts."""
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b")


@lru_cache(maxsize=64)
def day_first(text: str) -> bool:
    """Whether days between slashes begin with the day: one can be read in no other way, and none in the other alone."""
    found = [m for m in _SLASHED.finditer(text) if "/" in m.group()]
    return any(int(m[1]) > 12 for m in found) and not any(int(m[2]) > 12 for m in found)


def read(text: str, european: bool = False) -> str | None:
    """The first date of a text as YYYY-MM-DD, YYYY-MM or YYYY; None without a year.

    Parameters:
        european: whether of 3/4/2021 the 3 is the day.
    """
    text = _UNTIL.sub("", text)
    iso = _ISO.search(text)
    if iso:
        year, month, day = iso[1], iso[2] or iso[4], iso[3] or iso[5]
        return _valid(int(year), int(month), int(day) if day else None)
    if abroad := _day_abroad(text):
        return abroad
    worded = _WORDED.search(text)
    if worded:
        day = worded[1] or worded[3]
        return _valid(int(worded[4]), date.month_number(worded[2]), int(day) if day else None)
    slashed = _SLASHED.search(text)
    if slashed:
        a, b = int(slashed[1]), int(slashed[2])
        month, day = (a, b) if "/" in slashed.group() and a <= 12 and not european else (b, a)
        return _valid(int(slashed[3]), month, day)
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    return (
        year.group()
        if year and date.find(language.plain(text, Span(0, len(text))), Context())
        else None
    )


def _valid(year: int, month: int, day: int | None) -> str | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return str(year)
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


_RANGE = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b")
_ALONE = re.compile(
    rf"\b(?:{date.MONTH}\.?\s+\d{{1,2}}(?!\d)|\d{{1,2}}(?:st|nd|rd|th|\.)?\s+{date.MONTH})",
    re.IGNORECASE,
)


def only_year(text: str) -> str:
    """The year that a text names, if it names one alone; "" for "2021/22"."""
    found = set(re.findall(r"\b(?:19|20)\d\d\b", text))
    return found.pop() if len(found) == 1 and not _RANGE.search(text) else ""


def within(text: str, year: str) -> str | None:
    """The day of a year that a text prints without it: "Apr. 10"."""
    found = _ALONE.search(text) if year else None
    return read(f"{found.group()} {year}") if found else None
