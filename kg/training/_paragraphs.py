"""What annotated pages say of their speakers, paragraph by paragraph, cut into lines as they were annotated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg import extraction, facts, lines, listings, readings, segments
from kg.model import Page
from kg.tagger import Heard
from kg.training._annotated import Annotated


def paragraphs(page: Annotated) -> Iterator[tuple[str, list[Heard], frozenset[str]]]:
    """Every paragraph that speaks of a speaker: whose name, its sentences, the organizations beside the name."""
    source = Page(page.name, page.text)
    roles = tuple(
        segments.Role(
            line,
            segments.ROLES[r[0]],
            r.endswith("*"),
            0.0,
            readings.best(line, segments.ROLES[r[0]]),
        )
        for line, r in zip(lines.split(page.text), page.roles, strict=True)
    )
    found = listings.gather(source, roles)
    context = extraction.page_context(source, found)
    known = extraction.known_names(source)
    for listing in found:
        for index in range(len(listing.speakers)):
            said = extraction.hear(listing, index, context)
            passage = extraction.passage_of(listing, index, said, context, known)
            groups, at = extraction.paragraphs(said, facts.find_all(passage))
            name = page.text[slice(*listing.speakers[index].name)]
            yield from (
                (name, group, at) for group in groups if any(h.sentence.tokens for h in group)
            )


def labels(page: Annotated, group: Sequence[Heard]) -> list[str]:
    """What every word of a paragraph is, in BIO notation."""
    words = [t for h in group for t in h.sentence.tokens]
    out = ["O"] * len(words)
    places = sorted(page.heads, key=lambda p: (p[0], -p[1])) + sorted(page.details)
    for start, end, kind in places:
        if kind in {"name", "title"}:
            continue
        inside = [i for i, t in enumerate(words) if t.span.start < end and start < t.span.end]
        if inside and all(out[i] == "O" for i in inside):
            for i in inside:
                out[i] = f"{'B' if i == inside[0] else 'I'}-{kind}"
    return out
