"""A record to a talk: its title, when it was, its speakers, what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from kg import names
from kg.readers import _dates, _empty, _naming, _records, _repeating
from kg.readers._composing import DraftTalk
from kg.readers._fields import meaning
from kg.readers._kinds import Shape
from kg.readers._people import Named, people
from kg.readers._records import Cell, Record
from kg.readers._speaking import Find, Lineup

_MOST_KEYWORDS = 40
_MOST_TITLE = 400
_DEEPEST = 3
_QUOTED = re.compile(
    r"^(?:\"([^\"]*)\"|“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»|「([^「」]*)」|『([^『』]*)』)$"
)
_PREFIX = re.compile(r"^([^:：–—|]{2,40}?)\s*(?:[:：|]|\s[-–—])\s+(?=\S)")
_LASTS = re.compile(
    r"\s*(?:[(\[]\s*\d{1,3}(?:\s*\+\s*\d{1,3})?\s*(?:min(?:s|utes|uten)?\.?|['’′])\s*[)\]]"
    r"|(?<=[a-z]{3})\d{1,3}\s?(?:m|min|mins)|\s\d{1,3}\s?(?:['’′]|min(?:s|utes|uten)?\.?))$"
)
"""How long a talk lasts, behind its title: "(20+10 min)", "30'", "10m" glued to it as in copied tables."""
_MOMENT = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d")
_KIND = re.compile(r"\s*[(\[]([^()\[\]]{3,30})[)\]]$")
_LABEL = re.compile(r"([^\W\d_]{3,20})\s*[:：]\s+(?=\S)")
_TERMS = re.compile(r"\s*[;,|、；，\n]\s*|\s+/\s+")
_BY = re.compile(r"^(.{3,}?)\s*\b(?:by|with)\s+(\S.{2,60})$")


class Context(NamedTuple):
    """What stands around a record.

    Parameters:
        kin: what the list is by its name: "people", "talks", "other" or "".
        date: the day of what holds it.
        year: the year that days without one are of.
        series: the name of the event.
        alone: whether nothing but the source holds it.
        top: whether it stands in no list.
    """

    kin: str = ""
    date: str = ""
    year: str = ""
    series: str = ""
    alone: bool = True
    top: bool = True


def draft(record: Record, how: Shape, context: Context, order: str, find: Find) -> DraftTalk:
    """The talk of a record; without title and speakers where it names neither."""
    record = _repeating.hosted(_named_by_title(_titled_by_speaker(record)))
    talk = DraftTalk(series=_series(record, context), date=when(record, context, order))
    Lineup(talk, find).flat(record, how)
    _title(talk, record, how)
    _texts(talk, record)
    for text, place in _keywords(record):
        talk.keyword(text, place)
    return talk


def _named_by_title(record: Record) -> Record:
    """A record whose title is the speaker's name, where no field names a speaker and another field holds the title."""
    if record.has("speaker", "author", "name", "first"):
        return record
    titles = [
        c for c in record.all("title", "talk", "topic", "subtitle") if _records.plain(c.value)
    ]
    named = [c for c in titles if _is_name(_name_of(c.value))]
    if len(named) != 1 or len(titles) < 2 or named[0].meaning.owner:
        return record
    speaker = named[0]._replace(meaning=meaning("speaker"))
    return replace(record, cells=[speaker if c is named[0] else c for c in record.cells])


def _titled_by_speaker(record: Record) -> Record:
    """A record whose title but repeats its speaker, where a field of a series holds what is the talk's title."""
    titles = [c for c in record.all("title") if _records.plain(c.value)]
    spoken = {names.fold(n.name) for c in record.all("speaker") for n in _people_of(c)}
    repeated = {names.fold(n.name) for c in titles for n in _people_of(c)}
    told = [
        c for c in record.all("series", "session", "event") if len(_name_of(c.value).split()) > 1
    ]
    if (
        not spoken
        or repeated != spoken
        or record.has("talk", "topic", "subtitle")
        or len(told) != 1
    ):
        return record
    cells = [c for c in record.cells if c not in titles and c is not told[0]]
    return replace(record, cells=[*cells, told[0]._replace(meaning=meaning("title"))])


def _people_of(cell: Cell) -> list[Named]:
    text = _name_of(cell.value)
    return people(text) if 0 < len(text) <= _MOST_TITLE else []


def _is_name(text: str) -> bool:
    return _naming.person(text) and _naming.given(text)


def when(record: Record, context: Context, order: str) -> str:
    """The day of a record, as far as it or what holds it gives one."""
    year = record.words("year") or context.year
    year = year if re.fullmatch(r"(?:19|20)\d\d", year) else ""
    found = [day for text in days(record) if (day := _dates.day(text, order, year))]
    begun = [c for c in record.all("start") if _MOMENT.match(_records.text(c.value))]
    if len(begun) == 1 and not begun[0].meaning.owner:
        found = [_dates.day(_records.text(begun[0].value), order, year) or "", *found]
    best = max(found, key=len, default="")
    if len(best) < 10 and len(context.date) > len(best):
        return context.date
    month = _records.line(next((c.value for c in record.all("month")), ""))
    return best or (_dates.day(f"{month} {year}") or year if year else "")


def days(record: Record, depth: int = 0) -> Iterator[str]:
    """The texts of a record that may give its day, the likeliest first."""
    cells = [
        c
        for part in ("date", "start")
        for c in record.all(part)
        if c.meaning.owner not in {"speaker", "author"}
    ]
    cells = cells or [c for c in record.all("talks") if _records.plain(c.value)]
    for cell in sorted(cells, key=lambda c: not c.meaning.owner):
        if isinstance(cell.value, dict) and not _records.plain(cell.value):
            if depth < _DEEPEST:
                yield from days(_records.read(cell.value), depth + 1)
        elif isinstance(cell.value, list):
            yield from (_records.text(v) for v in cell.value[:1])
        else:
            yield _records.text(cell.value)


def _series(record: Record, context: Context) -> str:
    """The event or series that a record names; what only counts talks is none."""
    for part in ("series", "event") if record.has("title", "talk") else ("series",):
        for cell in record.all(part):
            name = _name_of(cell.value)
            if (
                name
                and not name.isdigit()
                and not name.startswith("http")
                and not _empty.vague(name)
            ):
                return name[:_MOST_TITLE]
    return context.series


def _name_of(value: object) -> str:
    if isinstance(value, dict) and not _records.plain(value):
        return _records.read(value).words("title", "name", "event", "series")
    return "" if isinstance(value, list) else _records.line(value)


def _title(talk: DraftTalk, record: Record, how: Shape) -> None:
    """Give a talk its title, if a field holds one that says more than "Keynote 2"."""
    known = {names.fold(s.name.text) for s in talk.speakers if s.name}
    for cell in _titles(record, how):
        told = _repeating.without(_name_of(cell.value)[:_MOST_TITLE], known)
        text = untitled(told, talk.series)
        if not text or _repeating.speakers_only(text, record, known):
            continue
        if cell.meaning.part == "subtitle" and not talk.speakers and _is_name(text):
            for named in people(text):
                talk.speaker(named.name, cell.place)
            continue
        talk.named(text, cell.place)
        return
    if (
        record.key
        and " " in record.key.strip()
        and talk.speakers
        and names.fold(record.key) not in known
    ):
        talk.named(record.key, record.place)


def _titles(record: Record, how: Shape) -> Iterator[Cell]:
    """The fields that may hold the title, the likeliest first."""
    yield from (c for c in record.all("title") if c.meaning.owner == "talk")
    if how.title == "talk":
        yield from (c for c in record.all("title") if c.meaning.owner != "talk")
    yield from (
        c for part in ("talk", "topic") for c in record.all(part) if _records.plain(c.value)
    )
    if how.name == "title":
        yield from record.all("name")
    yield from (
        c
        for part in ("subtitle", "session", "event")
        for c in record.all(part)
        if c.meaning.part != "event" or not record.has("title")
    )


def untitled(text: str, series: str) -> str:
    """A title without quotes around it, and without the words before it that only count talks or name the series."""
    text = _LASTS.sub("", text)
    kind = _KIND.search(text)
    text = text[: kind.start()] if kind and _empty.vague(kind[1]) else text
    quoted = _QUOTED.match(text)
    text = next(filter(None, quoted.groups()), "").strip() if quoted else text
    while prefix := _PREFIX.match(text):
        head = names.fold(prefix[1])
        if not (_empty.vague(prefix[1]) or (series and head == names.fold(series))):
            break
        text = text[prefix.end() :]
        if _dates.day(text, "", "2000"):
            return ""
    return "" if _empty.vague(text) or _empty.unsaid(text) else text


def _texts(talk: DraftTalk, record: Record) -> None:
    """Give a talk its abstract, and the texts that may hold more than that."""
    biographies = any(s.bios for s in talk.speakers)
    taken = [b.text for s in talk.speakers for b in s.bios]
    taken += [_records.line(c.value) for c in record.all("title", "talk")]
    for cell in record.all("abstract", "text", "about"):
        text = _unlabelled(_records.paragraphs(cell.value))
        if not text or any(text in known for known in taken) or text.startswith("http"):
            continue
        taken.append(text)
        if cell.meaning.part == "abstract" or biographies or not talk.speakers:
            talk.told(text, cell.place)
        else:
            talk.said(text, cell.place)


def _unlabelled(text: str) -> str:
    """An abstract without that word before it."""
    label = _LABEL.match(text)
    return text[label.end() :] if label and meaning(label[1]).part == "abstract" else text


def _keywords(record: Record) -> Iterable[tuple[str, str]]:
    found: dict[str, str] = {}
    for cell in record.all("keywords"):
        if cell.meaning.owner in {"speaker", "author"}:
            continue
        for value, place in _records.each(cell.value, cell.place):
            for term in _TERMS.split(_name_of(value)):
                if 1 < len(term) < 80 and not term.isdigit():
                    found.setdefault(term, place)
    return list(found.items())[:_MOST_KEYWORDS]


def given_with_speaker(talk: DraftTalk) -> None:
    """Part a title that ends in who speaks: "Why rivers turn by Ada Byron", "Why rivers turn (Ada Byron)"."""
    if talk.title is None or talk.speakers:
        return
    text = talk.title.text
    match = _BY.match(text)
    rest, found = (match[1], people(match[2])) if match else _repeating.ending(text)
    if not found or not all(_naming.person(n.name) for n in found):
        return
    read_as(talk, "", rest, found)


def read_as(talk: DraftTalk, series: str, title: str, found: Iterable[Named]) -> None:
    """Take what the line that stood for the title says: series, title and who speaks."""
    place = talk.title.place if talk.title else ""
    talk.series = talk.series or ("" if _empty.vague(series) else series)
    talk.named(untitled(title, talk.series), place)
    for named in found:
        speaker = talk.speaker(named.name, place)
        if named.post:
            speaker.post(named.post, place)


def pauses(record: Record, talk: DraftTalk) -> bool:
    """Whether a record without a speaker is a break, a reception or another entry that is no talk."""
    if any(_empty.yes(_records.text(c.value)) for c in record.all("service")):
        return True
    kinds = [_records.line(c.value) for c in record.all("type", "speaker")]
    if any(_empty.pause(k) for k in kinds if k):
        return True
    return talk.title is not None and _empty.pause(talk.title.text)


def talks_by_type(record: Record) -> bool:
    """Whether a field says that an entry is a talk."""
    kinds = [names.fold(_records.line(c.value)) for c in record.all("type")]
    return any(meaning(word).part == "talk" for k in kinds for word in k.split())
