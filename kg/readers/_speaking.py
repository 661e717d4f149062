"""Who speaks in a talk: names, posts, places and biographies of a record, or of records inside of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg import names
from kg.readers import _calendar_words, _careers, _empty, _naming, _records
from kg.readers._composing import DraftSpeaker, DraftTalk
from kg.readers._kinds import Shape, shape
from kg.readers._people import Named, numbered, people, share, whole
from kg.readers._records import Cell, Record

_DEEPEST = 5
_MOST, _MOST_VALUES, _MOST_TEXT = 200, 3_000, 4_000
_SPEAKING = ("speaker", "author")
_HOSTING = frozenset(["institution", "institute", "university"])
_PEOPLE = Shape(frozenset(), "person", "post")
Find = Callable[[str], Record | None]
"""The record of somebody by the name that other records use: an id, a slug, a full name."""


class Lineup:
    """The speakers of one talk, while its record is read."""

    def __init__(self, talk: DraftTalk, find: Find) -> None:
        """Start with the speakers that the talk has."""
        self._talk, self._directory = talk, find
        self._open: list[str] = []
        self._left = _MOST_VALUES
        self._marks: list[tuple[DraftSpeaker, tuple[str, ...]]] = []

    def _find(self, text: str) -> Record | None:
        """The record of somebody, unless it is just being read."""
        found = self._directory(text)
        over = len(self._open) > _DEEPEST or self._left < 0
        return None if found is None or over or found.place in self._open else found

    def flat(self, record: Record, how: Shape) -> None:
        """Take the speakers of a record that holds talk and speakers side by side, numbered or not."""
        groups: dict[int, list[DraftSpeaker]] = {}
        for cell in _naming_cells(record, how):
            groups.setdefault(cell.meaning.group, []).extend(self._met(cell.value, cell.place, 0))
        for cell in _id_cells(record) if not groups else ():
            groups.setdefault(cell.meaning.group, []).extend(self._by_id(cell.value, cell.place))
        for group, met in _in_two_parts(record, self._talk).items():
            groups.setdefault(group, []).extend(met)
        everybody = [speaker for met in groups.values() for speaker in met]
        numbers = {
            c.meaning.group for c in record.all("organization", "role", "bio", "post", "unit")
        }
        for number in sorted(numbers):
            met = groups.get(number) or (everybody if not number else [])
            if number == 0 and len(groups) > 1 and numbers != {0}:
                met = groups.get(0, [])
            _tell(met, record, how, number)
        self._by_marks(record)
        for speaker in everybody:
            _careers.tell(speaker, record)

    def person(self, record: Record, how: Shape = _PEOPLE, depth: int = 0) -> list[DraftSpeaker]:
        """Take the speaker (or the speakers) of a record of a person; a helper is none."""
        if _helps(record):
            return []
        self._open.append(record.place)
        try:
            return self._opened(record, how, depth)
        finally:
            self._open.pop()

    def _opened(self, record: Record, how: Shape, depth: int) -> list[DraftSpeaker]:
        known = self._known(record) if depth < _DEEPEST else None
        if known is not None:
            return self.person(known, how, depth + 1)
        met: list[DraftSpeaker] = []
        for cell in record.all("name", "speaker", "author"):
            met = met or self._met(cell.value, cell.place, depth + 1)
        met = met or [s for group in _in_two_parts(record, self._talk).values() for s in group]
        if not met and _naming.person(record.key):
            met = self._named(people(record.key), record.place)
        _tell(met, record, how, None)
        for speaker in met:
            _careers.tell(speaker, record)
        return met

    def _known(self, record: Record) -> Record | None:
        """The fuller record of somebody that this one only refers to."""
        if record.has("bio", "organization", "role", "text", "post"):
            return None
        for cell in record.all("id", "name"):
            found = self._find(_records.text(cell.value))
            if found is not None:
                return found
        return None

    def _met(self, value: object, place: str, depth: int) -> list[DraftSpeaker]:
        """The speakers of a field: text, a record, a list, or a mapping of either."""
        self._left -= 1
        if depth > _DEEPEST or self._left < 0 or not _records.says(value):
            return []
        if isinstance(value, list):
            items = list(_records.each(value, place))[:_MOST]
            return [s for item, at in items for s in self._met(item, at, depth + 1)]
        if isinstance(value, dict) and not _records.plain(value):
            return self._of_record(value, place, depth)
        return self._of_text(_records.text(value), place)

    def _of_record(self, value: dict[str, object], place: str, depth: int) -> list[DraftSpeaker]:
        record = _records.read(value, place)
        if record.has("name", "first", "last", "id", "bio") or (
            record.has(*_SPEAKING) and not record.rest
        ):
            how = shape([record], "people")
            return self.person(record, how._replace(title=how.title and "post"), depth + 1)
        met: list[DraftSpeaker] = []
        for cell in (*record.cells, *record.rest)[:_MOST]:
            if cell.meaning.part in {"other", "noise", "keywords"}:
                continue
            if isinstance(cell.value, dict) and not _records.plain(cell.value):
                inner = _records.read(cell.value, cell.place, cell.key)
                met += self.person(inner, _PEOPLE, depth + 1) or self._met(
                    cell.value, cell.place, depth + 1
                )
            elif isinstance(cell.value, list) or cell.meaning.part == "speaker":
                met += self._met(cell.value, cell.place, depth + 1)
        return met

    def _of_text(self, text: str, place: str) -> list[DraftSpeaker]:
        if _records.flag(text.strip()):
            return []
        known = self._find(text)
        if known is not None:
            return self.person(known, depth=1)
        text = text[:_MOST_TEXT]
        several = [self._find(part) for part in text.split(",")] if "," in text else []
        if several and all(r is not None for r in several):
            return [s for r in several if r is not None for s in self.person(r, depth=1)]
        if _machine(text.strip()):
            return []
        return self._named((_by_slug(text) if text.islower() else []) or people(text), place)

    def _by_id(self, value: object, place: str) -> list[DraftSpeaker]:
        """The speakers of a field of ids: those that are known, or named as in an address."""
        out: list[DraftSpeaker] = []
        for one, at in list(_records.each(value, place))[:_MOST]:
            for text in _records.text(one)[:_MOST_TEXT].split(","):
                known = self._find(text)
                found = [] if known else _by_slug(text)
                out += self.person(known, depth=1) if known else self._named(found, at)
        return out

    def _named(self, found: list[Named], place: str) -> list[DraftSpeaker]:
        out = []
        for named in (n for n in found if not _nobody(n)):
            known = self._find(named.name)
            if known is not None:
                out += self.person(known, depth=1)
                continue
            speaker = self._talk.speaker(named.name, place)
            if named.post and not _naming.post(named.post):
                speaker.organization(named.post, place)
            elif named.post:
                speaker.post(named.post, place)
            if named.marks:
                self._marks.append((speaker, named.marks))
            out.append(speaker)
        return out

    def _by_marks(self, record: Record) -> None:
        """Give speakers the places that the numbers beside their names stand for."""
        for cell in record.all("organization"):
            places = numbered(_records.text(cell.value))
            for speaker, marks in self._marks if places else ():
                for mark in marks:
                    speaker.organization(places.get(mark, ""), cell.place)


def _nobody(named: Named) -> bool:
    """Whether what stands for a person says that nobody speaks: "Coffee break", "Easter - no seminar"."""
    off = _calendar_words.no_talk(["", named.name, *filter(None, [named.post])])
    return off or _empty.pause(named.name) or _empty.unsaid(named.name)


def _naming_cells(record: Record, how: Shape) -> Iterator[Cell]:
    """The fields that name the speakers of a record: authors where nobody is named as speaker."""
    told = [c for c in record.all(*_SPEAKING) if not _records.flag(c.value)]
    cells = [c for c in told if c.meaning.part == "speaker"] or told
    whole = {c.meaning.group for c in cells if c.meaning.owner}
    yield from (
        c
        for c in cells
        if c.meaning.owner or c.meaning.group not in whole or not _records.plain(c.value)
    )
    if how.name == "person" and not cells:
        yield from record.all("name")


def _id_cells(record: Record) -> list[Cell]:
    """The fields that name speakers by ids alone."""
    if record.has("first", "last"):
        return []
    return [c for c in record.all("id") if c.meaning.owner in _SPEAKING]


def _in_two_parts(record: Record, talk: DraftTalk) -> dict[int, list[DraftSpeaker]]:
    """Speakers whose first and last names are fields of their own, by the number of the fields."""
    if record.has("name", "speaker"):
        return {}
    found: dict[int, list[DraftSpeaker]] = {}
    for group in sorted({c.meaning.group for c in record.all("first", "last")}):
        cells = [
            c for part in ("first", "last") for c in record.all(part) if c.meaning.group == group
        ]
        name = _naming.bare(
            _naming.cleaned(" ".join(filter(None, (_records.line(c.value) for c in cells[:3]))))
        )
        if name and not (_empty.unsaid(name) or _empty.pause(name)):
            found[group] = [talk.speaker(name, cells[0].place)]
    return found


def _by_slug(text: str) -> list[Named]:
    """Somebody named as in an address: "ada-byron"."""
    text = text.strip()
    words = re.split(r"[-_]", text)
    if len(words) < 2 or not all(w.isascii() and w.isalpha() for w in words):
        return []
    double = len(words) == 2 and all(map(_naming.given, words)) and not text.islower()
    return (
        []
        if double or not _naming.given(words[0])
        else [Named(" ".join(w.capitalize() for w in words))]
    )


def _machine(text: str) -> bool:
    """Whether an id is made by a machine and names nobody."""
    if " " in text or not text.isascii():
        return False
    digits = sum(c.isdigit() for c in text)
    return text.isdigit() or (digits > 0 and text.isupper()) or (digits > 2 and len(text) > 11)


def _helps(record: Record) -> bool:
    """Whether a record says that the person does not speak."""
    said = [_records.line(c.value) for c in record.all("role", "type", "title", "status")]
    return any(map(_empty.helper, said)) or any(map(_empty.dropped, said))


def _tell(met: list[DraftSpeaker], record: Record, how: Shape, group: int | None) -> None:
    """Give speakers the posts, places and biographies of a record (of one number in it)."""
    cells = [c for c in record.cells if group is None or c.meaning.group == group] if met else []
    cells = _without_hosts(cells) if record.has("date", "start") else cells
    placed = any(c.meaning.part == "organization" and _records.says(c.value) for c in cells)
    for cell in sorted(cells, key=lambda c: c.meaning.part not in {"organization", "unit"}):
        part = cell.meaning.part
        if part == "role" or (
            part == "title" and how.title == "post" and cell.meaning.owner != "talk"
        ):
            _post(met, cell)
        elif part == "organization":
            _organization(met, cell, _unit(cells))
        elif part == "unit" and not placed:
            _organization(met, cell, "")
        elif part == "post":
            for speaker in met:
                speaker.post(_records.line(cell.value), cell.place)
        elif part in _biographies(record, how, group):
            _biography(met, _records.paragraphs(cell.value), cell.place)


def _without_hosts(cells: list[Cell]) -> list[Cell]:
    """The fields of a talk without the institution that holds it, where the speaker's affiliation is another."""
    placed = [c for c in cells if c.meaning.part == "organization" and _records.plain(c.value)]
    own = [_records.line(c.value) for c in placed if "affiliation" in names.fold(c.key)]
    if not any(whole(text) for text in own):
        return cells
    told = names.fold(" ".join(own))
    hosts = [
        c
        for c in placed
        if names.fold(c.key) in _HOSTING and names.fold(_records.line(c.value)) not in told
    ]
    return [c for c in cells if c not in hosts]


def _biographies(record: Record, how: Shape, group: int | None) -> frozenset[str]:
    """The parts that are biographies: any prose in the record of a person alone."""
    person = group is None and not (how.title == "talk" and record.has("title"))
    return frozenset(["bio", "text", "about", "abstract"] if person else ["bio"])


def _post(met: list[DraftSpeaker], cell: Cell) -> None:
    for value, place in _records.each(cell.value, cell.place):
        text = _records.line(value)
        if text and not _empty.speaking(text) and not _empty.helper(text):
            for speaker, own in zip(
                met, share(text, len(met)) if len(met) > 1 else [text], strict=True
            ):
                speaker.role(own, place)


def _unit(cells: list[Cell]) -> str:
    return next(
        (t for c in cells if c.meaning.part == "unit" and (t := _records.line(c.value))), ""
    )


def _organization(met: list[DraftSpeaker], cell: Cell, unit: str) -> None:
    """Give speakers their places: one each where there are as many as speakers."""
    held = [(t, p) for v, p in _records.each(cell.value, cell.place) if (t := _place_name(v))]
    if isinstance(cell.value, list) and len(held) == len(met) > 1:
        for speaker, (text, place) in zip(met, held, strict=True):
            speaker.organization(text, place)
        return
    for text, place in held:
        if len(numbered(text)) > 1:
            continue
        for speaker, own in zip(met, share(text, len(met)), strict=True):
            whole = own if not unit or names.fold(unit) in names.fold(own) else f"{unit}, {own}"
            speaker.organization(" ".join(whole.split()), place)


def _place_name(value: object) -> str:
    """The name of an organization: a text, or a field of a record about one."""
    if isinstance(value, dict) and not _records.plain(value):
        record = _records.read(value)
        return "" if _careers.held(record) else record.words("name", "organization", "title")
    text = _records.text(value)
    kept = "\n".join(filter(None, map(_records.line, text.split("\n"))))
    return kept if _naming.cleaned(kept) else ""


def _biography(met: list[DraftSpeaker], text: str, place: str) -> None:
    """Give speakers a biography; one of several people in parts, each to the one whose name it opens with."""
    if len(met) == 1:
        if all(text != b.text for b in met[0].bios):
            met[0].bio(text, place)
        return
    owner: DraftSpeaker | None = None
    for paragraph in text.split("\n"):
        opening = names.fold(paragraph[:100]).split()[:8]
        for speaker in met:
            own = names.fold(speaker.name.text).split() if speaker.name else []
            if own and (own[-1] in opening or (own[0] in opening[:3] and len(own[0]) > 2)):
                owner = speaker
                break
        if owner is not None:
            owner.bio(paragraph, place)
