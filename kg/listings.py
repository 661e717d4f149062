"""A page to its listings: the roles of its lines are put together into announcements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from kg import clauses, lines, names, shapes
from kg.lines import Line
from kg.model import Listing, Page, Span, SpeakerLine
from kg.segments import Role, segment


def find(page: Page) -> tuple[Listing, ...]:
    """Listings of a page, in reading order; () when no talk or speaker stands on it."""
    found = _gather(page, segment(page.text))
    return tuple(
        entry.listing(page) for entry in found if entry.speakers or (entry.title and entry.abstract)
    )


@dataclass
class Entry:
    """A listing while it is put together."""

    title: Span | None = None
    series: str | None = None
    date: str | None = None
    speakers: list[SpeakerLine] = field(default_factory=list)
    abstract: list[Span] = field(default_factory=list)
    bios: list[tuple[int, list[Span]]] = field(default_factory=list)
    named_at: int = -9

    def listing(self, page: Page) -> Listing:
        """The finished listing."""
        return Listing(
            page, self.title, self.series, self.date, tuple(self.speakers), tuple(self.abstract),
            tuple((i, tuple(spans)) for i, spans in self.bios),
        )  # fmt: skip


@dataclass
class _State:
    entries: list[Entry] = field(default_factory=list)
    date: str | None = None
    year: str = ""

    @property
    def last(self) -> Entry:
        if not self.entries:
            self.entries.append(Entry(date=self.date))
        return self.entries[-1]

    def new(self) -> Entry:
        self.entries.append(Entry(date=self.date))
        return self.entries[-1]


def _gather(page: Page, roles: tuple[Role, ...]) -> list[Entry]:
    prefixes = _repeated_prefixes(roles)
    first = next((r.role for r in roles if r.role in {"title", "speaker", "both"}), "title")
    state = _State()
    gathering = _Gathering(page, prefixes, first)
    for n, role in enumerate(roles):
        _place(gathering, state, role, n)
    return _joined(page, [e for e in state.entries if e.speakers or (e.title and e.abstract)])


def _repeated_prefixes(roles: tuple[Role, ...]) -> frozenset[str]:
    heads = Counter(
        names.fold(r.line.content.partition(":")[0])
        for r in roles
        if r.role in {"title", "both"} and ":" in r.line.content
    )
    return frozenset(h for h, n in heads.items() if n > 1 and h)


@dataclass(frozen=True)
class _Gathering:
    """What the page as a whole tells: repeated prefixes of titles, and which part comes first."""

    page: Page
    prefixes: frozenset[str]
    first: str


def _place(g: _Gathering, state: _State, role: Role, n: int) -> None:
    """Put one line where it belongs."""
    entry = state.entries[-1] if state.entries else None
    if role.role in {"title", "both"}:
        _titled(g, state, role, n)
    elif role.role == "speaker":
        _speaker(g.page, state, role, n, g.first)
    elif role.role == "place" and entry and entry.speakers and n - entry.named_at <= 6:
        last = entry.speakers[-1]
        entry.speakers[-1] = replace(last, details=(*last.details, role.line.span))
    elif role.role == "date":
        _date(state, role)
    elif role.role == "abstract" and entry:
        entry.abstract.append(role.line.span)
    elif role.role == "bio":
        _bio(g.page, state, role)
    elif role.role == "heading" and any(c.isdigit() for c in role.line.content):
        state.date = shapes.read_date(role.line.content) or state.date


def _titled(g: _Gathering, state: _State, role: Role, n: int) -> None:
    """A title, alone or with its speakers, opens an entry unless the last one still waits for its title."""
    entry = state.entries[-1] if state.entries else None
    reading = role.reading if role.role == "both" else None
    title = reading.title if reading and reading.title else role.line.span
    if entry is None or reading or _complete(entry, g.first, n):
        entry = state.new()
    _set_title(g.page, entry, title, g.prefixes)
    if reading:
        entry.speakers += reading.speakers
        entry.named_at = n


def _complete(entry: Entry, first: str, n: int) -> bool:
    if entry.title or entry.abstract or entry.bios:
        return True
    return bool(entry.speakers) and first == "title" and n - entry.named_at > 3


def _set_title(page: Page, entry: Entry, span: Span, prefixes: frozenset[str]) -> None:
    text = page.text[span.start : span.end]
    series, cut = lines.series_prefix(text, prefixes)
    entry.series = series or entry.series
    start, end = span.start + cut, span.end
    while end - start > 2 and page.text[start] in "\"“”«'" and page.text[end - 1] in "\"“”»'":
        start, end = start + 1, end - 1
    entry.title = Span(start, end)


def _speaker(page: Page, state: _State, role: Role, n: int, first: str) -> None:
    speakers = role.reading.speakers if role.reading else _fallback(page, role.line)
    if not speakers:
        return
    entry = state.entries[-1] if state.entries else None
    adjacent = (
        entry is not None
        and entry.speakers
        and n - entry.named_at <= 1
        and not entry.abstract
        and not entry.bios
    )
    fresh = (
        entry is None
        or (entry.speakers and not adjacent)
        or (
            (entry.abstract or entry.bios)
            and (first != "title" or not entry.title or bool(entry.speakers))
        )
    )
    if adjacent and entry is not None and entry.title is None and first == "speaker":
        fresh = True
    if fresh:
        entry = state.new()
    assert entry is not None
    entry.speakers += speakers
    entry.named_at = n


def _fallback(page: Page, line: Line) -> tuple[SpeakerLine, ...]:
    """A labelled speaker whose name has no known shape: what stands before the first comma or bracket."""
    text = page.text[line.span.start : line.span.end]
    cut = min(
        (i for i in (text.find(","), text.find("("), text.find(" - "), text.find(" – ")) if i > 0),
        default=len(text),
    )
    name = Span(line.span.start, line.span.start + len(text[:cut].rstrip()))
    rest = Span(min(line.span.end, name.end + 2), line.span.end)
    if len(text[:cut].split()) > 6:
        return ()
    return (SpeakerLine(name, (rest,) if rest.end - rest.start > 2 else ()),)


def _date(state: _State, role: Role) -> None:
    found = shapes.read_date(role.line.content)
    if not found:
        return
    entry = state.entries[-1] if state.entries else None
    if (
        entry
        and (role.line.label or (entry.title and not entry.abstract and not entry.bios))
        and not entry.date
    ):
        entry.date = found
    state.date = found if not role.line.label else state.date


def _bio(page: Page, state: _State, role: Role) -> None:
    """Attach a biography: to the speaker it opens with, to one it introduces, or to the last one."""
    span = role.line.span
    owner = _owner(page, state, span)
    if owner is None and (end := _introduces(role.line)):
        entry = (
            state.last
            if state.entries and not state.last.speakers and not state.last.bios
            else state.new()
        )
        entry.speakers.append(SpeakerLine(shapes.bare_name(role.line.sentence, 0, end)))
        index = len(entry.speakers) - 1
    elif owner is not None:
        entry, index = owner
    elif state.entries and state.last.speakers:
        entry = state.last
        index = entry.bios[-1][0] if entry.bios else len(entry.speakers) - 1
    else:
        return
    if entry.bios and entry.bios[-1][0] == index:
        entry.bios[-1][1].append(span)
    else:
        entry.bios.append((index, [span]))


def _introduces(line: Line) -> int:
    """Index behind the full name of a person whom the line's first words introduce ("Ada Byron is a ..."), else 0."""
    end = shapes.opens_with_name(line.sentence)
    after = [t.lower for t in line.sentence.tokens[end : end + 2]] if end else []
    words = sum(t.word for t in line.sentence.tokens[:end])
    return (
        end
        if words >= 2
        and after
        and (
            after[0] in clauses.verbs()
            or after[0] in {"(", ",", "studies", "has", "brings", "focuses"}
        )
        else 0
    )


def _owner(page: Page, state: _State, span: Span) -> tuple[Entry, int] | None:
    """The speaker whose name stands in the opening words of a biography; the latest entry is asked first."""
    head = names.fold(page.text[span.start : span.start + 90]).split()[:9]
    for entry in reversed(state.entries):
        for index, speaker in enumerate(entry.speakers):
            own = names.fold(page.text[speaker.name.start : speaker.name.end]).split()
            if own and own[-1] in head and (own[0] in head or len(own[-1]) > 2):
                return entry, index
    return None


def _joined(page: Page, entries: list[Entry]) -> list[Entry]:
    """Entries without title that only repeat a speaker of a talk give their biography to that talk."""
    out: list[Entry] = []
    for entry in entries:
        home = _home(page, out, entry) if entry.title is None and len(entry.speakers) == 1 else None
        if home is None:
            out.append(entry)
            continue
        target, index = home
        target.bios += [(index, spans) for _, spans in entry.bios]
        target.abstract += entry.abstract
        target.speakers[index] = replace(
            target.speakers[index],
            details=(*target.speakers[index].details, *entry.speakers[0].details),
        )
    return out


def _home(page: Page, entries: list[Entry], entry: Entry) -> tuple[Entry, int] | None:
    own = entry.speakers[0].name
    wanted = names.fold(page.text[own.start : own.end])
    for other in entries:
        for index, speaker in enumerate(other.speakers):
            if names.fold(page.text[speaker.name.start : speaker.name.end]) == wanted:
                return other, index
    return None
