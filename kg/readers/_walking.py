"""Values with talks anywhere inside of them: lists, days of rooms of talks, talks that name their speakers by an id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from kg.model import Page
from kg.readers import Skipped, _dates, _drafting, _empty, _joining, _naming, _records, _tables
from kg.readers._composing import Composition, DraftTalk
from kg.readers._directory import Beside, Directory, key
from kg.readers._drafting import Context
from kg.readers._fields import Meaning, meaning
from kg.readers._joining import Found
from kg.readers._kinds import Shape, kind, shape, typed
from kg.readers._records import Cell, Record
from kg.readers._speaking import Lineup

_DEEPEST = 40
_MOST = 300_000
_MOST_MEETINGS = 20
_KIN = {
    "people": "speaker author people",
    "talks": "talks talk session",
    "other": "other keywords type status organization role id unit bio",
    "noise": "noise service",
}
_KINS = {part: kin for kin, parts in _KIN.items() for part in parts.split()}
_NOTHING = Shape(frozenset(), "person", "talk")


def pages(
    name: str,
    value: object,
    beside: Beside = tuple,
    read_on: str | None = None,
) -> Iterator[Page | Skipped]:
    """The page of a source whose values have names, and its parts that cannot be used.

    Parameters:
        name: of the source.
        value: texts, lists and mappings, one inside of the other.
        beside: gives what files beside the source tell of speakers, each with its name; asked only for ids that the
            source itself does not explain.
    """
    found, skipped = talks(name, value, beside)
    composition = Composition(name, read_on)
    for talk in found:
        composition.add(talk)
    yield from composition.pages()
    yield from skipped


def talks(
    name: str, value: object, beside: Beside = tuple
) -> tuple[list[DraftTalk], list[Skipped]]:
    """The talks of a value and what of it cannot be used (see ``pages``)."""
    walk = _Walk(name)
    kin = kin_of(name)
    walk.visit(value, "", Context(kin), meaning(""), 0)
    return walk.assembled(beside), walk.skipped


def kin_of(name: str) -> str:
    """What a source holds by its name: "people", "talks", "other" or ""."""
    part = meaning(name.rpartition("/")[2].split(".")[0]).part if "." in name else ""
    return (
        _KINS.get(part, "")
        if part in {"speaker", "people", "talks", "talk", "session", "other"}
        else ""
    )


@dataclass
class _Met:
    """A record that is a talk or a person, as it was met."""

    record: Record
    how: Shape
    context: Context
    kind: str
    inner: list[_Met] = field(default_factory=list)


class _Walk:
    """What is found on the way through a value."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.met: list[_Met] = []
        self.skipped: list[Skipped] = []
        self._order = _dates.Order()
        self._seen: Counter[int] = Counter()
        self.dated: dict[str, str] = {}
        self.listed: list[tuple[str, str]] = []
        self._count = 0

    def visit(self, value: object, place: str, context: Context, of: Meaning, depth: int) -> None:
        """Go through a value that stands under a name of some meaning."""
        self._count += 1
        if not isinstance(value, list | dict):
            return
        if isinstance(value, dict):
            self._group([_records.read(value, place)], context, depth)
            return
        if self._ends(place, depth) or self._often(value):
            return
        table = _tables.headed(value, place)
        items = list(_records.each(table or value, place))
        context = context._replace(top=False)
        self._scalars(items, context, of)
        self._group(
            [_records.read(v, at) for v, at in items if isinstance(v, dict)], context, depth
        )
        for held, at in items:
            if isinstance(held, list):
                self.visit(held, at, context, of, depth + 1)

    def _read(self, items: list[tuple[object, str]]) -> Iterator[Record]:
        """The records of a list."""
        for value, place in items:
            if isinstance(value, dict) and not self._often(value):
                self._count += 1 + len(value) // 8
                if self._count > _MOST:
                    return
                yield _records.read(value, place)

    def _often(self, value: object) -> bool:
        """Whether a value that many others refer to was met often enough."""
        self._seen[id(value)] += not isinstance(value, _records.Row)
        return self._seen[id(value)] > _MOST_MEETINGS

    def _ends(self, place: str, depth: int) -> bool:
        """Whether the way goes on too deeply, or for too long."""
        reason = "nested too deeply" if depth > _DEEPEST else "too many entries"
        over = depth > _DEEPEST or self._count > _MOST
        if over and not any(s.reason == reason for s in self.skipped):
            self.skipped.append(Skipped(self.name, place or "the whole", reason))
        return over

    def _scalars(self, items: list[tuple[object, str]], context: Context, of: Meaning) -> None:
        """Take plain values of a list: the days of talks that it refers to, or names of speakers."""
        texts = [(v, at) for v, at in items if isinstance(v, str)]
        if context.date and (context.kin == "talks" or of.part == "id"):
            self.dated |= {key(v): context.date for v, _ in texts}
        elif context.kin == "people" and of.part in {"speaker", "people"}:
            self.listed += texts

    def _group(self, records: list[Record], context: Context, depth: int) -> None:
        """Go through records that stand side by side."""
        if not records or self._ends(records[0].place, depth):
            return
        records = typed(records)
        how = shape(records, context.kin)
        for record in records:
            self._count += 1
            if self._ends(record.place, depth):
                return
            self._record(record, how, context, depth)

    def _record(self, record: Record, how: Shape, context: Context, depth: int) -> None:
        what = kind(record, how, context.kin, context.alone)
        if what:
            for text in _drafting.days(record):
                self._order.see(text)
        mine = _Met(record, how, context, what)
        start = len(self.met)
        inner = self._around(record, context, what)
        nested = self._nested(record, "" if what == "talk" and _holds(record) else what)
        for named, cells in groupby(nested, lambda c: self._named(c, inner)):
            if named:
                self._mapping(list(cells), inner, depth)
            else:
                for cell in cells:
                    self._inside(cell, inner, depth)
        beneath = self.met[start:]
        if what == "person":
            mine.inner = [m for m in beneath if m.kind == "talk"]
        talks_beneath = any(m.kind == "talk" for m in beneath)
        named = _naming.person(record.words("name", "speaker") or record.key) or record.has("last")
        if (what == "person" and (named or not talks_beneath)) or (what and not talks_beneath):
            self.met[start:] = [mine]

    def _nested(self, record: Record, what: str) -> list[Cell]:
        """The fields of a record that may hold talks or people of their own."""
        held = ("talk", "talks", "session", "id")
        if what == "person" or (what and record.has("speaker", "author")):
            return [c for c in record.all(*held) if c.meaning.owner not in {"speaker", "author"}]
        return [*record.cells, *record.rest]

    def _named(self, cell: Cell, context: Context) -> bool:
        """Whether a field is a record under a name of its own: "ada-byron": {...}."""
        own = isinstance(cell.value, dict) and not cell.meaning.part
        return own and not _dates.day(cell.key, "", context.year)

    def _mapping(self, cells: list[Cell], context: Context, depth: int) -> None:
        """Go through records that stand side by side, each under a name of its own."""
        records = []
        for cell in cells:
            if isinstance(cell.value, dict) and not self._often(cell.value):
                self._count += 1 + len(cell.value) // 8
                if self._count > _MOST:
                    break
                records.append(_records.read(cell.value, cell.place, cell.key))
        self._group(records, context, depth + 1)

    def _inside(self, cell: Cell, context: Context, depth: int) -> None:
        """Go into a field of a record."""
        part = cell.meaning.part
        kin = "other" if part == "other" else _KINS.get(part, context.kin) if part != "id" else ""
        here = context._replace(
            kin=kin or context.kin,
            alone=context.alone and part in {"", "date", "talks", "speaker", "language"},
        )
        dated = (
            _dates.day(cell.key, "", context.year)
            if not part or part in {"date", "start"}
            else None
        )
        if dated:
            here = here._replace(date=dated if len(dated) == 10 else here.date, year=dated[:4])
        if isinstance(cell.value, dict) and not part:
            if not self._often(cell.value):
                self._group([_records.read(cell.value, cell.place, cell.key)], here, depth + 1)
        else:
            self.visit(cell.value, cell.place, here, cell.meaning, depth + 1)

    def _around(self, record: Record, context: Context, what: str) -> Context:
        """What a record tells of all that it holds."""
        day = _drafting.when(record, context, self._order.value)
        series = context.series
        if context.top and what != "person":
            series = _event(record) or series
        year = record.words("year") or context.year or day[:4]
        return context._replace(
            date=day if len(day) == 10 else context.date, year=year[:4], series=series
        )

    def assembled(self, beside: Beside) -> list[DraftTalk]:
        """The talks of all that was met, each once."""
        find = Directory((m.record for m in self.met if m.kind == "person"), beside, _people_in)
        order = self._order.value
        found: list[Found] = []
        for n, met in enumerate(self.met):
            found += self._found(met, n, order, find)
        for text, place in self.listed:
            talk = DraftTalk()
            Lineup(talk, find).flat(
                Record(place, cells=[Cell(Meaning("speaker"), text, place, "")]), _NOTHING
            )
            found.append(Found(talk, "person"))
        for one in found:
            if not one.talk.date:
                one.talk.date = next((self.dated[k] for k in one.ids if k in self.dated), "")
        kept, lost = _joining.joined(found)
        self.skipped += [
            Skipped(self.name, place or "the whole", "neither title nor speaker") for place in lost
        ]
        return kept

    def _found(self, met: _Met, at: int, order: str, find: Directory) -> Iterator[Found]:
        del at
        if any(_empty.dropped(_records.line(c.value)) for c in met.record.all("status")):
            return
        if met.kind == "talk":
            yield _talk(met, order, find)
            return
        talk = DraftTalk(series=met.context.series, date="")
        speakers = Lineup(talk, find).person(met.record, met.how)
        told = [_talk(inner, order, find) for inner in met.inner]
        for one in told:
            Lineup(one.talk, find).person(met.record, met.how)
            yield one
        refs = [] if told else _references(met.record)
        if speakers:
            yield Found(talk, "person", refs=refs, place=met.record.place)


def _talk(met: _Met, order: str, find: Directory) -> Found:
    talk = _drafting.draft(met.record, met.how, met.context, order, find)
    own = [
        c
        for c in met.record.all("id")
        if c.meaning.owner not in {"speaker", "author"} and not isinstance(c.value, list)
    ]
    ids = [key(_records.text(c.value)) for c in own] + (
        [key(met.record.key)] if met.record.key else []
    )
    spoken = met.record.has("speaker", "author")
    pause = _drafting.pauses(met.record, talk)
    sure = _drafting.talks_by_type(met.record)
    return Found(
        talk,
        "pause" if pause else "sure" if sure else "talk",
        ids=ids,
        place=met.record.place,
        spoken=spoken,
    )


def _holds(record: Record) -> bool:
    """Whether a record has a field for talks with records in it."""
    cells = record.all("talks", "session", "talk")
    return any(
        isinstance(v, dict) and not _records.plain(v)
        for c in cells
        for v, _ in _records.each(c.value, "")
    )


def _references(record: Record) -> list[str]:
    """The ids of the talks that a record of a person refers to."""
    cells = [
        c
        for c in record.all("talk", "talks", "session", "id")
        if c.meaning.part != "id" or c.meaning.owner in {"talk", "session"}
    ]
    out: list[str] = []
    for cell in cells:
        for value, _ in _records.each(cell.value, ""):
            inner = value.get("id") if isinstance(value, dict) else value
            if isinstance(inner, str) and inner.strip():
                out.append(key(inner))
    return out


def _event(record: Record) -> str:
    """The name of an event that the record around its talks gives."""
    for cell in record.all("event", "series", "title", "name"):
        if isinstance(cell.value, dict) and not _records.plain(cell.value):
            name = _records.read(cell.value).words("title", "name", "event")
        else:
            name = "" if isinstance(cell.value, list) else _records.line(cell.value)
        if (
            name
            and not name.startswith("http")
            and meaning(name).part not in _KINS
            and _dates.day(name, "", "2000") != name
        ):
            return name
    return ""


def _people_in(name: str, value: object) -> list[Record]:
    """The people of a file beside the source."""
    walk = _Walk(name)
    walk.visit(value, f"{name} ", Context("people"), meaning(""), 0)
    return [m.record for m in walk.met if m.kind == "person"]
