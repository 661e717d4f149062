"""Days as fields give them: printed in many languages, by numbers, counted in seconds or by a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from kg import months

_MOST = 200
_YEAR = r"(?<!\d)(?P<y>(?:19|20)\d\d)(?!\d)"
_DIGITS = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")
_ISO = re.compile(
    rf"{_YEAR}\s*[-/.年년]\s*(?P<m>\d{{1,2}})(?!\d)(?:\s*[-/.月월]\s*(?P<d>\d{{1,2}})(?!\d))?\s*[日일]?"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:T?\d{4,6}Z?)?(?!\d)"
)
_EASTERN = re.compile(r"(?<!\d)(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日号號일]")
_NUMBERS = re.compile(
    r"(?<![\d.:/-])(?P<a>\d{1,2})\s?(?P<by>[./-])\s?(?P<b>\d{1,2})(?P=by)\s?(?P<y>(?:19|20)\d\d|\d\d)(?![\d:])"
)
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d*)?")
_SERIAL = re.compile(r"([2-5]\d{4})(?:\.\d*)?")
_FIRST_DAY = date(1899, 12, 30)
_LAST_SECOND = 4_102_444_800
_EARLIEST, _LATEST = 1900, 2100


def day(text: str, order: str = "", year: str = "") -> str | None:
    """The day that a field gives: YYYY-MM-DD, YYYY-MM or YYYY, as far as it is printed; None where none is.

    Parameters:
        order: "dmy" or "mdy", of numbers that can be read both ways ("03/04/2021"); without it those are left out.
        year: the year of a day that is printed without ("3 May").
    """
    text = text[:_MOST].strip().translate(_DIGITS)
    counted = _counted(text)
    if counted:
        return counted
    for read in (_iso, _by_name, _by_numbers):
        found = read(text, order, year)
        if found:
            return found
    return None if _NUMBERS.search(text) else _year_in(text) or None


class Order:
    """How the numbers of a file's days are ordered, as more and more of them are seen."""

    def __init__(self) -> None:
        """Start without a day."""
        self._told: set[str] = set()

    def see(self, text: str) -> None:
        """Take notice of a day."""
        match = _NUMBERS.search(text[:_MOST].translate(_DIGITS))
        if match and int(match["a"]) > 12 >= int(match["b"]):
            self._told.add("dmy")
        elif match and int(match["b"]) > 12 >= int(match["a"]):
            self._told.add("mdy")

    @property
    def value(self) -> str:
        """ "dmy", "mdy", or "" where the days do not tell or disagree."""
        return next(iter(self._told)) if len(self._told) == 1 else ""


def order(texts: Iterable[str]) -> str:
    """How the numbers of a file's days are ordered: "dmy", "mdy", or "" where they do not tell or disagree."""
    seen = Order()
    for text in texts:
        seen.see(text)
    return seen.value


def _counted(text: str) -> str | None:
    """A day that a number counts to: in seconds or thousandths of them since 1970, or in a spreadsheet's days."""
    if (match := _SECONDS.fullmatch(text)) and int(match[1]) < _LAST_SECOND:
        return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    if match := _SERIAL.fullmatch(text):
        return (_FIRST_DAY + timedelta(days=int(match[1]))).isoformat()
    return None


def _iso(text: str, order: str, year: str) -> str | None:
    del order
    match = _COMPACT.search(text) or _ISO.search(text)
    if match:
        return _checked(match["y"], match["m"], match["d"])
    eastern = _EASTERN.search(text)
    return _checked(year, eastern["m"], eastern["d"]) if eastern else None


def _by_name(text: str, order: str, year: str) -> str | None:
    """A day whose month is named; of several the first that has as much as any."""
    del order
    found: list[str] = []
    for printed in months.named(text):
        if not (printed.year or printed.day):
            continue
        when = printed.year or _year_in(text) or year
        if got := _checked(when, str(printed.month), printed.day):
            found.append(got)
    return max(found, key=len, default=None)


def _year_in(text: str) -> str:
    match = re.search(_YEAR, text)
    return match["y"] if match else ""


def _by_numbers(text: str, order: str, year: str) -> str | None:
    del year
    match = _NUMBERS.search(text)
    if not match:
        return None
    first, second = int(match["a"]), int(match["b"])
    if match["by"] == "." or first > 12 or first == second:
        order = "dmy"
    elif second > 12:
        order = "mdy"
    if not order:
        return None
    printed = match["y"] if len(match["y"]) == 4 else _century(match["y"])
    month, of_month = (second, first) if order == "dmy" else (first, second)
    return _checked(printed, str(month), str(of_month))


def _century(short: str) -> str:
    return f"{19 if int(short) > 69 else 20}{short}"


def _checked(year: str, month: str, of_month: str | None) -> str | None:
    """A day that the calendar has, as far as it is given."""
    if not year or not _EARLIEST <= int(year) <= _LATEST:
        return None
    try:
        found = date(int(year), int(month), int(of_month or 1))
    except ValueError:
        return None
    return found.isoformat() if of_month else found.isoformat()[:7]
