"""Lines that hold a day and nothing else, above each entry of a list: they are labelled, as other parts are."""

from __future__ import annotations

import re

from kg import months, names
from kg.readers import _dates

_WORD = re.compile(r"[^\W\d_]+")
_WEEKDAY = re.compile(
    r"mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lun|mar|mer|jeu|ven|sam"
    r"|dim|mie|jue|vie|sab|dom|gio|seg|ter|qua|qui|sex|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
)
_SMALL = frozenset(
    "at am pm uhr h cet cest gmt utc est edt pst pdt bst noon the of de del di du le la el um kl o clock th st nd rd"
    " from to until bis a as às à".split()
)
_LONGEST = 60
_FEWEST = 2


def labelled(found: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Lines, those of days alone behind a label, if each stands above one entry.

    Parameters:
        found: the lines, and whether an empty one stands before each.
    """
    days = [n for n, (line, _) in enumerate(found) if alone(line)]
    if len(days) < _FEWEST:
        return found
    mine = set(days)
    return [
        (f"Date: {line}" if n in mine else line, n in mine or (gap and n - 1 not in mine))
        for n, (line, gap) in enumerate(found)
    ]


def text(found: list[tuple[str, bool]]) -> str:
    """Lines as the text of a page."""
    return "".join("\n" * (gap and n > 0) + f"{line}\n" for n, (line, gap) in enumerate(found))


def alone(line: str) -> bool:
    """Whether a line tells a day, perhaps with weekday and time, and nothing else."""
    if (
        len(line) > _LONGEST
        or not line[-4:].strip()
        or len(_dates.day(line) or "") < len("2021-05-03")
    ):
        return False
    return all(_of_day(names.fold(word)) for word in _WORD.findall(line))


def _of_day(word: str) -> bool:
    return (
        word in _SMALL
        or word in months.numbers()
        or (_WEEKDAY.match(word) is not None and len(word) < 12)
    )
