"""Talks in, canonical N-Triples out."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph._claims import Claims
from kg.graph._ntriples import Lines, iri
from kg.graph._sources import Sources
from kg.graph._things import Things
from kg.model import Page, Talk
from kg.progress import counted
from kg.resolution import Entities
from kg.settings import Settings


def to_ntriples(
    talks: Sequence[Talk],
    entities: Entities,
    settings: Settings,
    of_things: Sequence[Talk] | None = None,
) -> Lines:
    """The graph of talks as statements: no clock, no blank node, no trace of the order of the talks.

    Parameters:
        of_things: where the entities are but some of all, the talks that stand for those among them.

    Raises:
        KgError: the base is no IRI, or the ontology lacks a kind of fact.
    """
    base = settings.base if settings.base.endswith(("/", "#")) else f"{settings.base}/"
    iri(base)
    lines = Lines()
    sources = Sources(lines, base, _pages(talks))
    things = Things(lines, base, entities)
    things.talks(talks if of_things is None else of_things)
    claims = Claims(lines, base, things, sources)
    for talk in counted(talks, "stating", "talks", len(talks)):
        claims.talk(talk, settings.min_confidence)
    claims.write()
    return lines


def _pages(talks: Sequence[Talk]) -> list[Page]:
    pages = {id(talk.page): talk.page for talk in talks}
    for talk in talks:
        for fact in (*talk.topics, *(f for s in talk.speakers for f in s.facts)):
            pages[id(fact.evidence.page)] = fact.evidence.page
    return list(pages.values())
