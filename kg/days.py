"""The days that lines print: numbers in the order of the page, months by their names in many languages."""

from __future__ import annotations

import re
from functools import lru_cache

from kg import language, months
from kg.mentions import Context, date
from kg.model import Span

_SHORT = 3
_THIS_CENTURY = 69
"""The last year in two figures that is of this century."""
_ISO = re.compile(
    r"\b((?:19|20)\d\d)(?:[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?)"
)
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b")
_SHORT_YEAR = re.compile(r"\W*(\d{1,2})([/.])(\d{1,2})\2(\d\d)\W*")
"""A day that is all of a cell or line, its year in two figures."""
_FIGURES = re.compile(
    rf"(?<![\d/])(?:(\d{{1,2}})/(\d{{1,2}})/(?:(?:19|20)\d\d|\d\d)|\b{date.WEEKDAY}[.,]*\s+(\d{{1,2}})/(\d{{1,2}}))(?![\d/])",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(?:19|20)(\d\d)\s*[-–—/]\s*(?:19|20)?(\d\d)(?![\d./-])")
"""A span of years."""
_DAY, _YEAR = r"\d{1,2}(?:st|nd|rd|th|\.|er)?", r"(?:19|20)\d\d"
_CLOCK = r"(?:,?\s+\d{1,2}[:.h]\d\d(?:\s*[ap]m)?)?"
_NAMED_DAY = rf"(?:{date.MONTH}\.?\s+{_DAY}|{_DAY}\s+{date.MONTH}\.?)"
_FULL = (
    rf"(?:{_YEAR}(?:-\d\d-|/\d\d/|\.\d\d\.)\d\d|\d{{1,2}}(?:\.\d{{1,2}}\.|/\d{{1,2}}/){_YEAR}|{_DAY}\s+{date.MONTH}\.?,?\s+{_YEAR}"
    rf"|{date.MONTH}\.?\s+{_DAY},?\s+{_YEAR})"
)
_DATED = re.compile(
    rf"{_FULL}{_CLOCK},?\s+(?=(?-i:[^\W\d_a-z])|[\"“„«'‘])"
    rf"|(?:[^\W\d_]{{2,10}}[.,]*\s+)?(?:{_DAY}\s+(?:(?:of|de)\s+)?{date.MONTH}\.?"
    rf"|{date.MONTH}\.?\s+{_DAY}|\d{{1,2}}[./]\d{{1,2}}|{_YEAR}-\d\d-\d\d)(?:[.,/]?\s*(?:del?\s+)?{_YEAR})?"
    rf"{_CLOCK}\s*(?:[-–—:|])\s+(?=\S)",
    re.IGNORECASE,
)
"""A day that a title opens with: a mark parts it from the title, or it has its year and the title begins at once."""
_NUMBERS = re.compile(rf"{_YEAR}[-/.]\d|\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR}")
_OPENS = re.compile(rf"(?:{date.WEEKDAY}[.,]*\s+)?(?P<day>{_FULL})", re.IGNORECASE)
_OPENS_SHORT = re.compile(
    rf"\W*(?:{date.WEEKDAY}[.,]*\s+(?:(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?![\d/])|{_NAMED_DAY})|{_NAMED_DAY})(?![\d/.])",
    re.IGNORECASE,
)
"""A day without a year that a line opens with; one all in figures behind its weekday: "Fri 3/14", "March 4"."""
_LAST = (
    rf"(?:{date.WEEKDAY}[.,]*\s+)?(?P<day>{date.MONTH}\.?\s+{_DAY}(?:\s?[-–]\s?\d{{1,2}})?,?\s+{_YEAR}"
    rf"|\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?\.?\s+{date.MONTH}\.?,?\s+{_YEAR}|{_YEAR}-\d\d-\d\d)\W*$"
)
_ENDS = re.compile(rf"\s*[,;]\s+{_LAST}", re.IGNORECASE)
"""A day behind a title, "Tides and shores, March 4-5, 2021": behind a dash or in brackets it may be of its subject."""
_BEHIND = re.compile(r"(?:\s*[,;]\s+|\s+[-–—|]\s+|\s*\()" + _LAST, re.IGNORECASE)
"""A day behind a speaker: "Ada Byron (Lund) - March 4, 2021"."""


@lru_cache(maxsize=64)
def day_first(text: str) -> bool:
    """Whether days between slashes begin with the day: one can be read in no other way, and none in the other alone."""
    found = [(int(m[1] or m[3]), int(m[2] or m[4])) for m in _FIGURES.finditer(text)]
    return any(a > 12 for a, _ in found) and not any(b > 12 for _, b in found)


def read(text: str, european: bool = False) -> str | None:
    """The first date of a text as YYYY-MM-DD, YYYY-MM or YYYY; None without a year.

    Parameters:
        european: whether of 3/4/2021 the 3 is the day.
    """
    iso = _ISO.search(text)
    if iso:
        year, month, day = iso[1], iso[2] or iso[4], iso[3] or iso[5]
        return _valid(int(year), int(month), int(day) if day else None)
    if named := _month(text):
        return _valid(int(named.year), named.month, int(named.day) if named.day else None)
    slashed = _SLASHED.search(text)
    if slashed:
        leads = european or "/" not in slashed.group()
        return _in_figures(int(slashed[3]), slashed[1], slashed[2], leads)
    if short := _SHORT_YEAR.fullmatch(text):
        full = int(short[4]) + (2000 if int(short[4]) <= _THIS_CENTURY else 1900)
        return _whole(_in_figures(full, short[1], short[3], european or short[2] == "."))
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    return (
        year.group()
        if year and date.find(language.plain(text, Span(0, len(text))), Context())
        else None
    )


def _in_figures(year: int, first: str, second: str, day_leads: bool) -> str:
    """A day whose month is in figures, too; it leads also where the first cannot be a month."""
    a, b = int(first), int(second)
    month, day = (b, a) if day_leads or a > 12 else (a, b)
    return _valid(year, month, day)


def _whole(found: str) -> str | None:
    """None for the year that is left of a day that no calendar has."""
    return found if "-" in found else None


def _month(text: str) -> months.Named | None:
    """The first named month with its year, one with its day before others; short words of other languages need one."""
    dated = [m for m in months.named(text) if m.year]
    sure = (
        m for m in dated if len(m.name) > _SHORT or re.fullmatch(date.MONTH, m.name, re.IGNORECASE)
    )
    return next((m for m in dated if m.day), None) or next(sure, None)


def _valid(year: int, month: int, day: int | None) -> str:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return str(year)
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def leading(text: str, title: Span) -> re.Match[str] | None:
    """The day that a title opens with."""
    return _DATED.match(text, *title)


def first(line: str) -> str:
    """The day that a line opens with, as it prints it; "" for none."""
    found = _OPENS.match(line)
    return found["day"] if found else ""


def last(text: str, title: Span) -> re.Match[str] | None:
    """What stands behind a title where that is a day, with the ``day``."""
    return _ENDS.search(text, *title)


def behind(text: str, speaker: Span) -> str:
    """The day that a line of a speaker ends in, as it prints it; "" for none."""
    found = _BEHIND.search(text, *speaker)
    return found["day"] if found else ""


def fuller(found: str, known: str) -> bool:
    """Whether a date tells more than the known one and agrees with it: the day of a talk in a year's list."""
    return len(found) > len(known) and found.startswith(known)


def in_numbers(day: str) -> bool:
    """Whether a day is printed in numbers alone."""
    return _NUMBERS.match(day) is not None


def academic(text: str) -> bool:
    """Whether a text names an academic year: nobody knows which half a talk is of."""
    years = _YEARS.search(text)
    return years is not None and int(years[2]) == (int(years[1]) + 1) % 100


def only_year(text: str) -> str:
    """The year that a text names, if it names one alone; "" for "2021-2024"."""
    found = set(re.findall(rf"\b{_YEAR}\b", text))
    return found.pop() if len(found) == 1 and not _YEARS.search(text) else ""


def opens(line: str) -> bool:
    """Whether a line opens with a day and goes on."""
    match = _OPENS.match(line) or _OPENS_SHORT.match(line)
    return match is not None and match.end() < len(line)


def opening(line: str, year: str, european: bool = False) -> str | None:
    """The day of a year that a line opens with without it: "Friday 3/14 Ada Byron".

    Parameters:
        european: whether of 3/4 the 3 is the day.
    """
    match = _OPENS_SHORT.match(line)
    if match is None or not year:
        return None
    if match["a"] is None:
        return within(match.group(), year)
    return _whole(_in_figures(int(year), match["a"], match["b"], european))


def within(text: str, year: str) -> str | None:
    """The day of a year that a text prints without it: "Apr. 10"."""
    found = next((m for m in months.named(text) if m.day and not m.year), None) if year else None
    return _valid(int(year), found.month, int(found.day)) if found else None
