"""A speaker line, or one of title and speakers, read by what the encoder saw on it: a reading of its own, and how far
another agrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg import names, shapes, speakers
from kg.lines import Line
from kg.model import Part, Span, SpeakerLine

LEAST = 0.5
"""How sure the encoder must be of a name or title."""


def title(parts: Sequence[Part]) -> Span | None:
    """From the first to the last word that it takes for a title's."""
    found = [p.span for p in parts if p.kind == "title" and p.sure >= LEAST]
    return Span(found[0].start, found[-1].end) if found else None


def people(line: Line, parts: Sequence[Part]) -> tuple[SpeakerLine, ...]:
    """The names it saw, each with the words behind it up to the next name or the title; names without such words share
    those of the next that has them."""
    seen = [p.span for p in parts if p.kind == "name" and p.sure >= LEAST]
    found = [_bare(line.text, span) for span in _whole(line.text, seen)]
    printed = {s: line.text[slice(*s)] for s in found}
    found = [
        s for s, t in printed.items() if not (shapes.place_score(t) or shapes.names_no_person(t))
    ]
    shown = title(parts)
    ends = [line.span.end, *(s.start for s in found), *([shown.start] if shown else [])]
    out: list[SpeakerLine] = []
    waiting = 0
    for span in found:
        behind = min((e for e in ends if e >= span.end), default=span.end)
        rest = speakers.trim_marks(line.text, span.end, _bracket_end(line.text, span.end, behind))
        told = (rest,) if rest and any(c.isalnum() for c in line.text[slice(*rest)]) else ()
        if told and _joins(line.text, rest):
            told = ()
        out.append(SpeakerLine(span, told))
        waiting += 1
        if told:
            out[-waiting:] = [SpeakerLine(s.name, told) for s in out[-waiting:]]
            waiting = 0
    return tuple(out)


def _whole(text: str, spans: Sequence[Span]) -> list[Span]:
    """Names of which single words side by side are one: "Mei", "Roe"."""
    out: list[Span] = []
    for span in spans:
        single = bool(out) and " " not in text[slice(*out[-1])] + text[slice(*span)]
        if single and text[out[-1].end : span.start] == " ":
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return out


def _bracket_end(text: str, start: int, end: int) -> int:
    """Where the words behind a name end: with their bracket, where others with brackets follow in a list."""
    behind = text[start:end]
    if behind.lstrip()[:1] == "(" and behind.count("(") > 1 and ")," in behind:
        return start + behind.index(")") + 1
    return end


def _bare(text: str, span: Span) -> Span:
    """A name without marks of emphasis around it."""
    printed = text[slice(*span)]
    start = span.start + len(printed) - len(printed.lstrip("_*`"))
    return Span(start, start + len(printed.strip("_*`"))) if printed.strip("_*`") else span


def _joins(text: str, span: Span | None) -> bool:
    """Whether nothing but a word like "and" stands between two names."""
    return span is not None and names.fold(text[slice(*span)]) in {"and", "with", "und", "et", "y"}


def agreement(
    text: str, read: Sequence[SpeakerLine], shown: Span | None, parts: Sequence[Part]
) -> float:
    """How far names and title of a reading are those that it saw, from 0 to 1."""
    return sum(a := list(_agreements(text, read, shown, parts))) / max(1, len(a))


def _agreements(
    text: str, read: Sequence[SpeakerLine], shown: Span | None, parts: Sequence[Part]
) -> Iterator[float]:
    seen = {names.fold(text[slice(*p.span)]) for p in parts if p.kind == "name"}
    mine = {names.fold(text[slice(*s.name)]) for s in read}
    if seen:
        yield 2 * len(seen & mine) / (len(seen) + len(mine))
    whole = title(parts)
    if whole and shown:
        both = min(whole.end, shown.end) - max(whole.start, shown.start)
        yield max(0, both) / (max(whole.end, shown.end) - min(whole.start, shown.start))
