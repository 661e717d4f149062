"""How the one line that names an event of a calendar is read: "Coast Seminar: Ada Byron (Lund) – Why rivers turn"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from kg import names, resources
from kg.readers import _calendar_words, _empty, _naming
from kg.readers._people import Named
from kg.readers._single import is_place, listed, single

_SEPARATOR = re.compile(
    r"(?<=\))\s*[:：]\s*|\s+(?:[-–—|•·/]|//|--|by)\s+|\s*[–—|]\s*(?=\S)|\s*[:：]\s+|："
)
_QUOTED = re.compile(r"[“„\"«‹]\s*([^“”„\"«»‹›]{8,}?)\s*[”“\"»›]")
_TAG = re.compile(r"^\s*(?:\[[^\]]{1,40}\]\s*)+|\s*\[[^\]]{1,40}\]\s*$")
_LAST_BRACKET = re.compile(r"(.{8,}?)\s*\(([^()]{5,120})\)\s*")
_TAIL = re.compile(
    r"\s+(?:invite|invitation|talk|seminar|lecture|colloquium|webinar|keynote"
    r"|\(?(?:online|zoom|virtual|hybrid|in person)\)?)$",
    re.IGNORECASE,
)
_TWO_WORDS = re.compile(r"[:：–—|-]\s+\S+\s+\S+$")
"""Two words behind a mark: of "Ada Byron: Lab seminar" nothing is cut off."""
_NUMBER = re.compile(r"[\s,]*(?:#|no\.?|nr\.?|n°|ep\.?|episode|vol\.?)?\s*\d+\s*$", re.IGNORECASE)
_HONOURED = re.compile(r"^\s*(?:prof|dr|professor|doctor|pd|mr|mrs|ms)\b\.?", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"universi|institut|college|hochschule|polyt[eé]c|\b[eé]cole\b|academ|akademi|laborator|hospital|observator|politecnico"
    r"|max planck|(?-i:^[A-Z]{2,6}(?:[ ,-]|$))|大学|研究",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"\b(?:room|hall|building|floor|online|zoom|raum|salle|sala|aula|hybrid)\b|\d", re.IGNORECASE
)
_LEAD = re.compile(r"^[\s,;–—|-]*(?:(?:by|par|von|por|di)\s+)?", re.IGNORECASE)
_SURE, _LIKELY = 1.0, 0.5
_MOST = 5
_LONGEST = 400


@dataclass(frozen=True)
class Reading:
    """One way to read a line.

    Parameters:
        layout: which parts stand in which order: "P" series, "T" title, "S" speakers.
        sure: 1 where a name is known to be one, less where only its shape speaks for it.
    """

    layout: str
    people: tuple[Named, ...]
    series: str = ""
    title: str = ""
    sure: float = 0.0


@dataclass
class Habits:
    """How the lines of one calendar are written: the words they open with, and the layout of most.

    Parameters:
        name: of the calendar.
        openings: folded beginnings that several lines share.
    """

    name: str = ""
    openings: frozenset[str] = frozenset()
    layout: str = ""
    tool: str = ""
    lines: list[str] = field(default_factory=list)


def off(line: str) -> bool:
    """Whether a line says that the event does not take place."""
    return _calendar_words.off(line[:_LONGEST])


def no_talk(line: str) -> bool:
    """Whether a line names what is no talk: a break, a holiday, somebody's birthday."""
    return _empty.pause(line) or _calendar_words.no_talk(_pieces(line[:_LONGEST]))


def habits(name: str, tool: str, lines: Iterable[str]) -> Habits:
    """What lines of one calendar have in common."""
    found = Habits(name, tool=tool, lines=[line for line in lines if not no_talk(line)])
    heads = Counter(_key(p[0]) for line in found.lines if len(p := _pieces(line)) > 1)
    found.openings = frozenset(h for h, count in heads.items() if count > 1 and h)
    found.layout = _usual(found)
    return found


def _usual(known: Habits) -> str:
    """The layout of most lines of a calendar; "" where none is. In one that is named as a series is, lines whose names
    are not known count, too."""
    sure: Counter[str] = Counter()
    likely: Counter[str] = Counter()
    for line in known.lines:
        if read := max(readings(line, known), key=lambda r: r.sure, default=None):
            likely[read.layout] += 1
            sure[read.layout] += read.sure >= _SURE
    layout, count = max(sure.items(), key=lambda pair: pair[1], default=("", 0))
    series = _calendar_words.series(known.name)
    least = 5 if layout == "S" and not series else 3
    if count >= max(least, len(known.lines) * 0.4):
        return layout
    layout, count = max(likely.items(), key=lambda pair: pair[1], default=("", 0))
    often = count >= max(3, len(known.lines) * 0.6) and sum(sure.values()) > 1
    return layout if series and often else ""


def best(line: str, known: Habits) -> Reading | None:
    """The reading of a line that names somebody; None where nobody is named for sure."""
    found = list(readings(line, known))
    if not found:
        return None
    usual = _alike(known.layout)
    weighed = [replace(r, sure=r.sure + 0.4 * (r.layout in usual)) for r in found]
    chosen = max(weighed, key=lambda r: r.sure)
    alone = chosen.layout == "S" and "S" not in usual and not _HONOURED.match(line)
    alone = alone and not any(_is_beside(named.post) for named in chosen.people)
    return chosen if chosen.sure >= (_SURE + 0.2 if alone else _SURE - 0.2) else None


def _alike(layout: str) -> tuple[str, ...]:
    """Layouts that go together in one calendar: with the name of the series before, or without."""
    return (layout, layout.removeprefix("P"), f"P{layout}") if layout else ()


def readings(line: str, known: Habits) -> Iterator[Reading]:
    """The ways in which a line names people."""
    if no_talk(line):
        return
    text = _TAG.sub("", " ".join(line[:_LONGEST].split()))
    text = text if _TWO_WORDS.search(text) else _TAIL.sub("", text)
    if "pretalx" in known.tool and " - " in text:
        yield from _by_tool(text)
        return
    if quoted := _QUOTED.search(text):
        yield from _around_quote(text, quoted)
        return
    pieces = _pieces(text)
    for n, piece in enumerate(pieces):
        found, sure = _who(piece, known)
        if found:
            yield _placed(text, n, (found, sure), known)
    if (match := _LAST_BRACKET.fullmatch(text)) and len(pieces) == 1:
        found, sure = _who(match[2], known)
        if found and sure >= _SURE:
            yield Reading("TS", found, title=match[1], sure=sure)


def _by_tool(line: str) -> Iterator[Reading]:
    """The reading of a line as pretalx writes it: the title, and the speakers by whatever names they gave."""
    before, _, names_behind = line.rpartition(" - ")
    found = [named for name in names_behind.split(", ") for named in single(name)]
    if found:
        yield Reading("TS", tuple(found), title=before, sure=_SURE)


def _pieces(line: str) -> list[str]:
    """The parts of a line between separators that stand in no brackets."""
    parts: list[str] = []
    begun = 0
    for match in _SEPARATOR.finditer(line):
        before = line[begun : match.start()]
        if before.count("(") <= before.count(")") and before.strip() and len(parts) < _MOST:
            parts.append(before)
            begun = match.end()
    return [p.strip(" ,;") for p in (*parts, line[begun:]) if p.strip(" ,;")]


def _key(text: str) -> str:
    """The words of a beginning without its number: "Coast Seminar #12"."""
    return names.fold(_NUMBER.sub("", text))


def is_series(text: str, known: Habits) -> bool:
    """Whether words name a series of talks, not a talk."""
    key = _key(text)
    return bool(key) and (
        key in known.openings
        or (bool(known.name) and (key in names.fold(known.name) or names.fold(known.name) in key))
        or (_calendar_words.series(text) and len(text.split()) < 9)
    )


@cache
def _title_words() -> frozenset[str]:
    return frozenset(names.fold(w) for w in resources.words("title-words"))


def _who(piece: str, known: Habits) -> tuple[tuple[Named, ...], float]:
    """The people that a part names, and how surely it names people at all."""
    if (match := _calendar_words.before_name().match(piece)) and _naming.person(
        _naming.bare(piece[match.end() :])
    ):
        piece = piece[match.end() :]
    found = listed(piece)
    if not found or len(found) > 6:
        return (), 0.0
    sure = min(map(_sure, found))
    if sure and _HONOURED.match(piece):
        sure = max(sure, _SURE)
    if sure and len(found) > 1 and any(_sure(n) >= _SURE for n in found):
        sure = max(sure, _SURE)
    return (tuple(found), sure) if sure else ((), 0.0)


def _sure(named: Named) -> float:
    """How surely words are a person's name: no words of titles, a known given name, an institution beside it."""
    words = named.name.split()
    if not _naming.person(named.name) or any(names.fold(w) in _title_words() for w in words[1:]):
        return 0.0
    behind = len(words) > 2 and _naming.initials(words[0])
    known = _naming.given(words[1] if behind else words[0])
    if _calendar_words.unnamed(words[-1]) or (not known and names.fold(words[0]) in _title_words()):
        return 0.0
    return (_SURE if known else _LIKELY) + (0.3 if _is_beside(named.post) else 0.0)


def _is_beside(post: str) -> bool:
    """Whether words beside a name are such as tell a place or post: "University of Georgia", "UC Santa Barbara"."""
    if not post or _ROOM.search(post):
        return False
    words = [w for w in post.split() if names.fold(w) not in names.SMALL]
    return is_place(post) or (len(words) < 6 and all(w[:1].isupper() for w in words))


def _placed(text: str, at: int, who: tuple[tuple[Named, ...], float], known: Habits) -> Reading:
    """The reading of a line whose part at an index names people."""
    pieces, (found, sure) = _pieces(text), who
    before, after = pieces[:at], pieces[at + 1 :]
    series = ""
    if before and is_series(before[0], known):
        series, before = before[0], before[1:]
    if (
        after
        and len(found) == 1
        and not found[0].post
        and _INSTITUTION.search(after[0])
        and len(after[0].split()) < 7
    ):
        found, after = (found[0]._replace(post=after[0]),), after[1:]
    if before and after:
        series, before = series or before[0], before[1:]
    title = _stretch(text, before or after)
    own = (
        bool(known.name) and _calendar_words.series(title) and _key(title) in names.fold(known.name)
    )
    series = series or (title if own else "")
    if title and (own or _empty.vague(title) or _empty.unsaid(title)):
        before, after, title = [], [], ""
    layout = f"{'P' if series else ''}{'T' if before else ''}S{'T' if after else ''}"
    return Reading(layout, found, _series(series, known), title, sure)


def _series(text: str, known: Habits) -> str:
    """The name of a series without its number; the calendar's own where that says as much and more."""
    name = _NUMBER.sub("", text)
    own = bool(known.name) and _calendar_words.series(known.name)
    shorter = _key(name) in names.fold(known.name) or _empty.vague(name)
    return known.name if name and own and shorter else name


def _stretch(text: str, parts: list[str]) -> str:
    """What a line says from one of its parts to another, with the marks between."""
    return text[text.find(parts[0]) : text.rfind(parts[-1]) + len(parts[-1])] if parts else ""


def _around_quote(text: str, quoted: re.Match[str]) -> Iterator[Reading]:
    """The people outside of a title in quotation marks: 'Ada Byron (Lund), “Why rivers turn”'."""
    outside = f"{text[: quoted.start()]} | {text[quoted.end() :]}"
    for piece in _pieces(outside):
        found, sure = _who(_LEAD.sub("", piece), Habits())
        if found and sure:
            yield Reading("ST", found, title=quoted[1], sure=sure + 0.3)


def title(line: str, speakers: Iterable[Named], known: Habits) -> tuple[str, str]:
    """The series and the title of a line whose speakers are known from elsewhere."""
    text = _TAG.sub("", " ".join(line[:_LONGEST].split()))
    if quoted := _QUOTED.fullmatch(text):
        return "", quoted[1]
    folded = [names.fold(named.name) for named in speakers]
    pieces = [p for p in _pieces(text) if not any(f and f in names.fold(p) for f in folded)]
    series = ""
    if len(pieces) > 1 and is_series(pieces[0], known):
        series, pieces = _series(pieces[0], known), pieces[1:]
    elif len(pieces) == 1 and (
        _key(pieces[0]) in known.openings or _key(pieces[0]) == _key(known.name)
    ):
        series, pieces = _series(pieces[0], known), []
    whole = text if len(pieces) == len(_pieces(text)) else _stretch(text, pieces)
    if not pieces or _empty.vague(whole) or _empty.unsaid(whole):
        return series, ""
    return series, whole
