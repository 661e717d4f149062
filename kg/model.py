"""The nouns of the product: frozen values that every stage takes and returns.

Offsets are code points of a page's text as stored: ``page.text[start:end]`` is the printed form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from html import escape
from itertools import islice
from typing import Any, ClassVar, NamedTuple

from kg.errors import EvidenceError
from kg.frames import frame

_SHOWN = 60
"""Rows of an answer that a notebook shows."""


class Span(NamedTuple):
    """A stretch of a page's text: code points from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end


class Place(NamedTuple):
    """Where a stretch of a page's text stands in its source.

    Parameters:
        path: the field, as people would point at it: "talks[3].speakers[0].bio", "line 12, column bio".
    """

    span: Span
    path: str


@dataclass(frozen=True)
class Page:
    """One source as read: its text is never changed after this point, so that offsets hold.

    Parameters:
        name: file name or URL, as a reader of the graph should see it; no folder of this machine.
        text: the text, line breaks as ``\\n``.
        read_on: the day the page was read or last known good (YYYY-MM-DD), if known.
        outlines: its talks, where the source says which field is what; None for prose.
        places: where in the source the stretches of such a text stand, in their order.
    """

    name: str
    text: str = field(repr=False)
    read_on: str | None = None
    outlines: tuple[Outline, ...] | None = field(default=None, repr=False, compare=False)
    places: tuple[Place, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Evidence:
    """The sentence or line that states a fact.

    Raises:
        EvidenceError: ``quote`` is empty or does not stand verbatim at its offsets.
    """

    page: Page = field(repr=False)
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        """Refuse a quote that the page does not hold at this place."""
        if not self.quote or self.page.text[self.start : self.end] != self.quote:
            raise EvidenceError(
                f"{self.page.name}: {self.quote[:60]!r} does not stand at {self.start}-{self.end}"
            )

    @property
    def span(self) -> Span:
        """Where the quote stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What a page states of somebody or of a talk. Each kind is a subclass of its own module.

    Parameters:
        subject: the person's name (or the talk's title) the fact is about, as the graph knows it.
        evidence: the sentence that says it; it holds ``printed``.
        printed: the object as the page writes it.
        at: where ``printed`` stands.
        rule: the name of the rule that read it ("education/degree-from").
        confidence: from 0 to 1.
        retracted: the day (YYYY-MM-DD) a correction withdrew it; such a fact backs nothing.

    Raises:
        EvidenceError: ``printed`` does not stand at ``at``, or lies outside the evidence.
    """

    OBJECT: ClassVar[str] = ""
    """The field that names the object of the statement."""

    subject: str
    evidence: Evidence
    printed: str
    at: Span
    rule: str
    confidence: float
    retracted: str | None = None

    def __post_init__(self) -> None:
        """Refuse a fact whose object the evidence does not show."""
        text = self.evidence.page.text
        if not self.printed or text[self.at.start : self.at.end] != self.printed:
            raise EvidenceError(
                f"{self.evidence.page.name}: {self.printed[:60]!r} does not stand at {self.at}"
            )
        if not self.evidence.span.holds(self.at):
            raise EvidenceError(
                f"{self.evidence.page.name}: {self.printed[:60]!r} lies outside its evidence"
            )


@dataclass(frozen=True)
class Mention:
    """A typed stretch of text and how it is read.

    Parameters:
        kind: the module of ``mentions/`` that found it ("organization", "degree").
        value: its reading: a canonical name, a level, an ISO date.
        weight: how sure the finder is; the heavier of two overlapping mentions stays.
        note: what else the finder knows ("gazetteer", "acronym"), for rules and explanations.
    """

    kind: str
    span: Span
    value: str
    weight: float = 1.0
    note: str = ""


class Part(NamedTuple):
    """A stretch of a line that the encoder takes for a ``name``, ``title``, organization (``aff``), ``role`` ...

    Parameters:
        sure: geometric mean of the probabilities of its words, from 0 to 1.
    """

    kind: str
    span: Span
    sure: float


@dataclass(frozen=True)
class SpeakerLine:
    """A speaker as a listing prints one: the name, and the words beside it that tell post and place."""

    name: Span
    details: tuple[Span, ...] = ()
    part: str = "speaker"


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The parts of one announcement, each a span of its page.

    Parameters:
        title: without a series prefix; None where a page names a speaker only.
        date: YYYY-MM-DD, YYYY-MM or YYYY as far as printed.
        bios: for each biography the index of its speaker and its paragraphs.
        marked: what is known of the lines that name its speakers: the encoder's reading, or fields of the source.
        keywords: terms that the source gives the talk.
        prose: text that may hold an abstract, biographies, or both; only sources with fields have such.
    """

    title: Span | None = None
    series: str | None = None
    date: str | None = None
    speakers: tuple[SpeakerLine, ...] = ()
    abstract: tuple[Span, ...] = ()
    bios: tuple[tuple[int, tuple[Span, ...]], ...] = ()
    marked: tuple[Part, ...] = ()
    keywords: tuple[Span, ...] = ()
    prose: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Listing(Outline):
    """One announcement of a page."""

    page: Page = field(repr=False)


@dataclass(frozen=True)
class Speaker:
    """Someone who speaks in a talk, with all that the page states of them."""

    name: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Talk:
    """One talk as read from a page.

    Parameters:
        title: None where a page names a speaker only.
        title_at: where the title stands.
        date: YYYY-MM-DD, YYYY-MM or YYYY as far as printed.
        topics: facts of the kind ``TopicAssignment``, most central first.
    """

    page: Page = field(repr=False)
    title: str | None = None
    title_at: Span | None = None
    series: str | None = None
    date: str | None = None
    abstract: str | None = None
    speakers: tuple[Speaker, ...] = ()
    topics: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """One possible reading of a name, best first in a list of them.

    Parameters:
        name: the canonical name it would stand for.
        kind: what the thing is ("university", "company", "topic").
        score: from 0 to 1.
        because: the step that matched ("exact", "alias", "acronym", "context").
    """

    name: str
    kind: str
    score: float
    because: str
    country: str | None = None
    parent: str | None = None
    acronyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entity:
    """One person, organization, unit, award, topic or series, after resolution.

    Parameters:
        key: the last segment of its IRI, unique within its kind.
        aliases: every form a source printed, the name included.
        because: why these forms are one thing, a line each.
        replaces: keys that earlier builds gave to things which are this one now.
    """

    kind: str
    key: str
    name: str
    aliases: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


def _cell(value: str | None) -> str:
    return f"<td style='text-align:left'>{escape(value or '')}</td>"


@dataclass(frozen=True)
class Answer:
    """What a query returned.

    Parameters:
        columns: variable names in the order of the SELECT list.
        rows: values as plain strings, None where unbound.
        sparql: the query that ran.
        things: columns of names -> the columns that hold the IRIs of the things named.
        rests: what the answer rests on, a sentence each: "83 of 120 speakers have a degree recorded".
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    sparql: str = field(repr=False)
    things: Mapping[str, str] = field(default_factory=dict, repr=False)
    rests: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns that people read: all but those of IRIs of things that another column names."""
        nodes = set(self.things.values())
        return tuple(c for c in self.columns if c not in nodes)

    @property
    def found(self) -> int | None:
        """How many different things the first column names, in however many rows; None where it names no things."""
        node = self.things.get(self.columns[0]) if self.columns else None
        if node not in self.columns:
            return None
        at = self.columns.index(node)
        return len({row[at] for row in self.rows if row[at]})

    def cells(self) -> Iterator[tuple[str | None, ...]]:
        """The rows, with the columns that are ``shown``."""
        at = [self.columns.index(c) for c in self.shown]
        return (tuple(row[n] for n in at) for row in self.rows)

    def to_frame(self) -> Any:
        """The rows as a pandas DataFrame, with the columns that are ``shown``; columns of numbers alone are numeric.

        Raises:
            MissingPart: pandas is not installed.
        """
        return frame(list(self.cells()), self.shown, numbers=True)

    def _repr_html_(self) -> str:
        """The rows as a table, for notebooks; of many the first."""
        heads = "".join(f"<th style='text-align:left'>{escape(name)}</th>" for name in self.shown)
        rows = "".join(
            f"<tr>{''.join(_cell(value) for value in row)}</tr>"
            for row in islice(self.cells(), _SHOWN)
        )
        found = "" if self.found is None else f"{self.found:,} found; "
        told = f"{found}{min(len(self), _SHOWN):,} of {len(self):,} rows shown"
        rests = f" {escape('; '.join(self.rests))}." if self.rests else ""
        return f"<table><tr>{heads}</tr>{rows}</table><p>{told}.{rests}</p>"

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)
