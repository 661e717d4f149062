"""Years, months and ranges: "2016", "May 2016", "2013-15", "2005 to 2013", "since 1995", "1983-present"."""

from __future__ import annotations

import re

from kg.language import Sentence
from kg.mentions import Context
from kg.model import Mention, Span

_NAMED = (
    "january|januari|januar|janvier|janeiro|jänner|gennaio|enero|jan",
    "february|februari|februar|février|fevereiro|febbraio|febrero|feb",
    "march|märz|mars|marzo|março|maart|mar",
    "april|avril|abril|aprile|apr",
    "may|mai|mayo|maio|maggio|mei|maj",
    "june|juin|juni|junio|junho|giugno|jun",
    "july|juillet|juli|julio|julho|luglio|jul",
    "august|augusti|augustus|août|agosto|aug",
    "september|septembre|septiembre|settembre|setembro|sept|sep",
    "october|octobre|oktober|octubre|ottobre|outubro|okt|oct",
    "november|novembre|noviembre|novembro|nov",
    "december|décembre|dezember|diciembre|dicembre|dezembro|desember|dec|dez",
)
MONTH = rf"(?:{'|'.join(_NAMED)})(?![^\W\d_])"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
"""Patterns of their names, whole or shortened, without their full stop."""
_MONTH = rf"(?P<{{0}}m>{MONTH})\.?,?\s+(?:of\s+|de\s+|del\s+)?"
_SEASON = r"(?:(?:early|late|mid|spring|summer|fall|autumn|winter)[\s-]+(?:of\s+)?)?"
_YEAR = r"(?P<{0}y>(?:19|20)\d\d)(?![\d%])"
_ONE = rf"(?:{_MONTH}(?:\d\d?(?:st|nd|rd|th)?,?\s+)?)?{_SEASON}{_YEAR}"
_NOW = r"(?P<now>present|now|today|current|date|ongoing|onwards?|heute|actualidad|aujourd[’']hui|oggi|hoje|heden)"
_RANGE = re.compile(
    rf"(?:\b(?:from|between|von|de|du|dal|van|från)\s+)?\b{_ONE.format('a')}\s*(?:-|–|—|to|until|till|through|and|bis|à|au?|al|hasta|até|tot|till|do)\s*(?:(?:his|her|their|its)\s+[a-z]+\s+in\s+)?(?:{_ONE.format('b')}|(?P<short>\d\d)(?!\d)|{_NOW}\b)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    rf"\b(?P<word>since|until|till|up to|through|from|before|seit|desde|depuis|dal|sinds|sedan|siden|od|bis|hasta|até|tot|jusqu[’']en)\s+(?:the\s+|o\s+|el\s+|dem\s+)?(?:(?:end|beginning|start)\s+of\s+)?{_ONE.format('a')}",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(?:(?:in|during|later)\s+)?(?:that|the)\s+same\s+year\b", re.IGNORECASE)
_SINGLE = re.compile(rf"\b{_ONE.format('a')}", re.IGNORECASE)


_OPEN = frozenset("since from seit desde depuis dal sinds sedan siden od".split())
"""Words before the year that something began in."""


def _iso(match: re.Match[str], key: str) -> str:
    year, month = match.group(f"{key}y"), match.group(f"{key}m")
    if not month:
        return str(year)
    return f"{year}-{month_number(month):02}"


def month_number(name: str) -> int:
    """1 for January, in any language that ``MONTH`` knows.

    Raises:
        StopIteration: it is no name of a month.
    """
    folded = name.casefold()
    return next(i for i, known in enumerate(_NAMED, 1) if folded in known.split("|"))


def iso(printed: str) -> str | None:
    """The first year that a text prints, with its month: YYYY or YYYY-MM."""
    match = _SINGLE.search(printed)
    return _iso(match, "a") if match else None


def _range(match: re.Match[str]) -> str | None:
    first = _iso(match, "a")
    if match.group("now"):
        return f"{first}/now"
    if match.group("short"):
        last = first[:2] + match.group("short")
        return f"{first}/{last}" if last > first[:4] and "and" not in match.group() else None
    joined = " and " in match.group().lower() and not match.group().lower().startswith("between")
    last = _iso(match, "b")
    return f"{first}/{last}" if first[:4] <= last[:4] and not joined else None


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Dates with their reading: ``Y``, ``Y-M``, ``START/END``, ``START/now``, ``START/`` or ``/END``."""
    del context
    text, start, found = sentence.text, sentence.span.start, []
    for match in _RANGE.finditer(text):
        if value := _range(match):
            found.append(
                Mention("date", Span(start + match.start(), start + match.end()), value, 3.0)
            )
    for match in _SINCE.finditer(text):
        word = match.group("word").lower()
        value = f"{_iso(match, 'a')}/" if word in _OPEN else f"/{_iso(match, 'a')}"
        if word != "before":
            found.append(
                Mention("date", Span(start + match.start(), start + match.end()), value, 2.9, word)
            )
    for match in _SINGLE.finditer(text):
        found.append(
            Mention("date", Span(start + match.start(), start + match.end()), _iso(match, "a"), 2.0)
        )
    return found + _again(sentence, found)


def _again(sentence: Sentence, found: list[Mention]) -> list[Mention]:
    """ "The same year": the year printed last before it."""
    out = []
    for match in _SAME.finditer(sentence.text):
        at = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
        before = [m for m in found if m.span.end <= at.start and "/" not in m.value]
        if before:
            last = max(before, key=lambda m: m.span.end)
            out.append(Mention("date", at, last.value, 2.0))
    return out
