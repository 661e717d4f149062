"""The shapes of answers, for the description of the interface (OpenAPI)."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Problem(BaseModel):
    """Why a request was not answered."""

    error: str


class Named(BaseModel):
    """What names a thing."""

    iri: str
    kind: str
    name: str


class Hit(Named):
    """A thing that was found, by which of its names, and how well that fits, from 0 to 1."""

    matched: str
    score: float
    weight: int
    summary: str


class Hits(BaseModel):
    """Things that were found, the best first."""

    hits: list[Hit]


class Statement(BaseModel):
    """One statement of one source, with its sentence and where that stands, in code points of the source's text."""

    id: str
    kind: str
    relation: str
    incoming: bool
    other: Named | None
    printed: str
    details: list[tuple[str, str]]
    sentence: str
    source: str
    start: int
    end: int
    confidence: float
    rule: str
    as_of: str | None


class Attribute(BaseModel):
    """A plain attribute of a thing."""

    word: str
    value: str
    iri: str | None = None


class Talk(BaseModel):
    """What is particular to a talk."""

    title: str | None
    date: str | None
    abstract: str | None
    series: list[Named]
    speakers: list[Named]
    topics: list[Named]


class Entity(Named):
    """All that is known of a thing, a page of its statements at a time."""

    summary: str
    weight: int
    names: list[str]
    because: list[str]
    attributes: list[Attribute]
    talk: Talk | None
    counts: dict[str, int]
    total: int
    limit: int
    offset: int
    statements: list[Statement]


class Weighed(Named):
    """A thing with how many others point at it, and what tells it from its namesakes."""

    weight: int
    summary: str


class Given(Named):
    """A talk with its date and speakers."""

    date: str | None
    speakers: list[Named]


class Origin(BaseModel):
    """A source, and how many talks it lists."""

    name: str
    url: str | None
    talks: int


class Reviewed(BaseModel):
    """A query of the catalogue whose rows want a look, and how many: a number, "200+", or null if not counted."""

    query: str
    title: str
    total: int | str | None


class Home(BaseModel):
    """A graph at a glance."""

    title: str
    base: str
    built: str | None
    version: str
    licence: str | None
    cite: str
    counts: list[tuple[str, int]]
    years: list[tuple[int, int]]
    sources: list[Origin]
    sources_total: int
    most: dict[str, list[Weighed]]
    newest: list[Given]
    review: list[Reviewed]
    questions: list[str]


class Link(BaseModel):
    """A tie between two things, with the claim that states it, or without one where no sentence is kept of it."""

    claim: str | None
    relation: str
    label: str
    start: str = Field(alias="from")
    to: str
    kind: str | None
    confidence: float | None
    source: str | None
    as_of: str | None
    sentence: str | None
    printed: str
    details: list[tuple[str, str]]


class Links(BaseModel):
    """The ties among some things."""

    links: list[Link]


class Answer(BaseModel):
    """A page of the rows of a query, and how much they rest on."""

    columns: list[str]
    rows: list[Row]
    total: int
    found: int | None
    limit: int
    offset: int
    rests_on: list[str]
    sparql: str


class Row(BaseModel):
    """A row: what stands in each column, and the IRIs of the things named there."""

    number: int
    cells: dict[str, str | None]
    things: dict[str, str]


class Asked(BaseModel):
    """The answer to a question, or why it was declined and what can be asked instead."""

    question: str
    declined: str | None
    reading: str | None = None
    query: str | None = None
    values: dict[str, str] | None = None
    notes: list[str] | None = None
    view: str | None = None
    nearest: list[str] | None = None
    columns: list[str] | None = None
    rows: list[Row] | None = None
    total: int | None = None
    found: int | None = None
    rests_on: list[str] | None = None
    sparql: str | None = None


class Parameter(BaseModel):
    """What a query is asked with."""

    name: str
    type: str
    example: str
    comment: str
    number: bool


class Query(BaseModel):
    """A query of the catalogue."""

    name: str
    title: str
    explanation: str
    parameters: list[Parameter]
    phrasings: list[str]
    view: str
    explained: bool


class Chart(BaseModel):
    """A map that can be asked for."""

    name: str
    title: str
    nodes: int
    links: int
