"""The times that questions tell: years, months and days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg import days, months, queries
from kg.questions._asked import Atom, Named, Years
from kg.questions._phrases import Words

_YEAR = r"(?:19|20)\d\d"
_OF = r"(?:the )?(?:year |years |academic year )?"
_BOTH = rf"(?:between|from) {_OF}({_YEAR}) (?:and|to|until|till|through) ({_YEAR})"
_SINCE = rf"(?:since|from|starting in|starting from|beginning in) {_OF}({_YEAR})(?: on| onwards?| on wards)?"


def _decade(ten: int) -> tuple[int, int]:
    """The years of a decade of the last century."""
    return 1900 + ten * 10, 1909 + ten * 10


_TENS = "- - twenties thirties forties fifties sixties seventies eighties nineties".split()
_TIMES = (
    (rf"(?:in|during|of|from|for|dated|throughout) {_OF}({_YEAR})", lambda m: (int(m[1]), int(m[1]))),
    (rf"(?:in |during |of )?{_BOTH}", lambda m: (int(m[1]), int(m[2]))),
    (_SINCE, lambda m: (int(m[1]), None)),
    (rf"in {_OF}({_YEAR}) (?:or|and) (?:later|after|afterwards|since|thereafter)", lambda m: (int(m[1]), None)),
    (rf"in {_OF}({_YEAR}) (?:or|and) (?:earlier|before)", lambda m: (None, int(m[1]))),
    (rf"(?:from )?(?:after|later than|past) {_OF}({_YEAR})", lambda m: (int(m[1]) + 1, None)),
    (rf"(?:from )?(?:before|earlier than|prior to) {_OF}({_YEAR})", lambda m: (None, int(m[1]) - 1)),
    (rf"(?:until|up to|till|by|no later than|not later than) {_OF}({_YEAR})", lambda m: (None, int(m[1]))),
    (r"(?:in|during|from|of) the ((?:19|20)\d)0(?:s| 's)", lambda m: (int(m[1]) * 10, int(m[1]) * 10 + 9)),
    (r"(?:in|during|from|of) the ([3-9])0(?:s| 's)", lambda m: (1900 + int(m[1]) * 10, 1909 + int(m[1]) * 10)),
    (rf"(?:in|during|from|of) the ({'|'.join(_TENS[2:])})", lambda m: _decade(_TENS.index(m[1]))),
    (r"before the ((?:19|20)\d)0(?:s| 's)", lambda m: (None, int(m[1]) * 10 - 1)),
    (r"since the ((?:19|20)\d)0(?:s| 's)", lambda m: (int(m[1]) * 10, None)),
    (r"(?:in|during) the (?:twentieth|20th) century", lambda m: (1901, 2000)),
    (r"(?:in|during) (?:the|this) (?:twenty first|twenty-first|21st) century", lambda m: (2001, None)),
)  # fmt: skip
MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = rf"({'|'.join(f'{n}|{n[:3]}' for n in MONTHS)}|sept)"
_MONTHS = (
    (rf"(?:in|during|of|from|for) {_MONTH} (?:of )?({_YEAR})", (1, 2, 1, 2)),
    (rf"(?:between|from) {_MONTH} (?:and|to|until|till) {_MONTH} (?:of )?({_YEAR})", (1, 3, 2, 3)),
    (rf"(?:between|from) {_MONTH} ({_YEAR}) (?:and|to|until|till) {_MONTH} ({_YEAR})", (1, 2, 3, 4)),
    (rf"in {_MONTH} (?:or|and) {_MONTH} (?:of )?({_YEAR})", (1, 3, 2, 3)),
    (rf"since {_MONTH} ({_YEAR})", (1, 2, 0, 0)),
    (rf"(?:until|up to|till) {_MONTH} ({_YEAR})", (0, 0, 1, 2)),
    (rf"before {_MONTH} ({_YEAR})", (0, 0, -1, 2)),
    (rf"after {_MONTH} ({_YEAR})", (-1, 2, 0, 0)),
)  # fmt: skip
"""Which groups are the first month with its year, and the last; 0 for none, -1 for the month before or after."""
_FAR = {0: "0000-01", 1: "9999-12"}
_DAYS = re.compile(
    r"(?:on or )?(?P<way>after|before|since|from|until|till|by|up to) (?:the )?(?P<day>.*\d.*?)(?: on| onwards)?",
    re.IGNORECASE,
)
_SIDES = re.compile(
    r"(?:on )?(?:the )?(?P<day>.*\d.*?) (?:or|and) (?P<side>later|after|earlier|before)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:between|from) (?:the )?(?P<first>.*\d.*?) (?:and|to|until|till|through) (?:the )?(?P<last>.*\d.*)",
    re.IGNORECASE,
)
_UNTIL = frozenset(["before", "until", "till", "by", "up to"])
_STEPS = {"after": 1, "before": -1}
_DAY = re.compile(r"(?:on|for|of) (?:the )?(?P<day>(?:(?! (?:or|and) ).)*\d(?:(?! (?:or|and) ).)*)")


def time(words: Words) -> Years | None:
    """The first and last years that words tell: "in 2014", "before 1970", "between 2000 and 2010"; None for none."""
    text = " ".join(words.plain)
    return next((years(m) for form, years in _TIMES if (m := re.fullmatch(form, text))), None)


def dated(words: Words) -> Atom | None:
    """A talk of the day or the months that words tell: "on 8 December 1993", "between May and July 2021"."""
    text = " ".join(words.plain)
    match = _DAY.fullmatch(" ".join(words.printed)) if 2 <= len(words) <= 6 else None
    if match and (day := _day(match["day"])):
        return Atom(queries.conditions()["spoke-on"], {"day": Named((day,), (day,))})
    printed = " ".join(words.printed).replace(" ,", ",")
    if span := _days_between(printed) or _from_day(printed):
        return Atom(queries.conditions()["in-days"], span)
    for form, places in _MONTHS:
        if found := re.fullmatch(form, text):
            since = _month(found, places[0], places[1], 0)
            until = _month(found, places[2], places[3], 1)
            values = {"since": Named((since,), (since,)), "until": Named((until,), (until,))}
            return Atom(queries.conditions()["in-months"], values)
    return None


def _from_day(text: str) -> dict[str, Named] | None:
    """The first and the last day that words tell, where they tell one: "after 1 April 2026"."""
    if side := _SIDES.fullmatch(text):
        text = f"{'from' if side['side'].lower() in {'later', 'after'} else 'until'} {side['day']}"
    match = _DAYS.fullmatch(text)
    day = _day(match["day"]) if match else ""
    if match is None or not day:
        return None
    way = match["way"].lower()
    try:
        edge = (date.fromisoformat(day) + timedelta(days=_STEPS.get(way, 0))).isoformat()
    except ValueError:  # no calendar has it
        return None
    told = Named((edge,), (edge,))
    if way in _UNTIL:
        return {"since": Named((_FAR[0],), ("the beginning",)), "until": told}
    return {"since": told, "until": Named((_FAR[1],), ("the end",))}


def _days_between(text: str) -> dict[str, Named] | None:
    """The first and the last day that words tell: "between 18 and 20 May 2021"; the first may share month and year."""
    match = _BETWEEN.fullmatch(text)
    if match is None:
        return None
    first, last = match["first"], match["last"]
    month = first.partition(" ")[0]
    named = last[:1].isdigit() and month.lower() in months.numbers()
    until = _day(last) or (_day(f"{month} {last}") if named else "")
    shared = ("", last.partition(" ")[2], last.rpartition(" ")[2])
    since = next(filter(None, (_day(f"{first} {more}".strip()) for more in shared)), "")
    if not since or not until or since > until:
        return None
    return {"since": Named((since,), (since,)), "until": Named((until,), (until,))}


def _day(text: str) -> str:
    """A whole day as dates are written; "" where words tell none."""
    day = days.read(text)
    return day if day and len(day) == len("2000-01-01") else ""


def _month(match: re.Match[str], month: int, year: int, end: int) -> str:
    """A month as dates begin: "2021-03"."""
    if not month:
        return _FAR[end]
    number = months.numbers()[match[abs(month)]]
    if month < 0:
        number += -1 if end else 1
    years, rest = divmod(int(match[year]) * 12 + number - 1, 12)
    return f"{years:04}-{rest + 1:02}"
