"""What the networks read of a graph: one streaming query a relation, in the order of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from kg.network._choice import Choice
from kg.network._reading import TERMS, TYPES
from kg.settings import NETWORKS

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_CLAIMS = """SELECT {fields} WHERE {{
  ?claim kg:states {relation} ; kg:subject ?subject ; kg:object ?object .
  ?subject {relation} ?object .
  {more}
  FILTER NOT EXISTS {{ ?claim prov:invalidatedAtTime ?retracted }}
}}"""
"""Claims that back a direct relation and were not retracted."""
DATED = """OPTIONAL { ?claim kg:year ?year } OPTIONAL { ?claim kg:endYear ?end }
  OPTIONAL { ?claim kg:startYear ?start }"""
"""When something was: the year of a degree, the last and the first of a post."""


def rows(graph: KnowledgeGraph, sparql: str) -> Iterator[tuple[str, ...]]:
    """The rows of a SELECT as texts, as the engine finds them; "" where nothing is bound."""
    for row in cast("Iterable[Iterable[Any]]", graph.results(sparql)):
        yield tuple("" if cell is None else cell.value for cell in row)


def pairs(graph: KnowledgeGraph, relation: str) -> Iterator[tuple[str, str]]:
    """Subjects and objects of a relation of ours."""
    found = graph.results(f"SELECT ?subject ?object WHERE {{ ?subject kg:{relation} ?object }}")
    for one, other in cast("Iterable[Any]", found):
        yield one.value, other.value


def gathered(graph: KnowledgeGraph, relation: str) -> Iterator[tuple[str, list[str]]]:
    """Subjects of a relation between things, each with its objects: fewer texts to read than of each pair."""
    objects = "GROUP_CONCAT(STR(?object); separator=' ')"  # which no IRI has
    found = f"SELECT ?subject ({objects} AS ?objects)"
    asked = f"{found} WHERE {{ ?subject kg:{relation} ?object }} GROUP BY ?subject"
    for subject, told in rows(graph, asked):
        yield subject, told.split()


def claims(
    graph: KnowledgeGraph, relation: str, fields: str, more: str = ""
) -> list[tuple[str, ...]]:
    """Claims behind a relation, sorted: the IRI, subject, object, and further fields.

    Parameters:
        fields: variables of ``more``.
        more: further patterns of ``?claim``.
    """
    wanted = f"?claim ?subject ?object {fields}"
    return sorted(rows(graph, _CLAIMS.format(fields=wanted, relation=f"kg:{relation}", more=more)))


def affiliations(graph: KnowledgeGraph) -> list[tuple[str, ...]]:
    """To what people belonged when they gave a talk: the claim, the person, the institution, the talk."""
    return claims(graph, "affiliatedWith", "?talk", "?claim kg:talk ?talk .")


def last_year(dates: Iterable[str]) -> int | None:
    """The latest year of some dates, as far as one is known."""
    return max((int(date[:4]) for date in dates if date), default=None)


@dataclass(frozen=True)
class Talks:
    """The talks that are asked for.

    Parameters:
        years: of talks that have one, also of those that are not asked for.
        has: whether a talk is asked for.
        told: the slice in words, empty if all talks are asked for.
    """

    years: dict[str, int]
    has: Callable[[str], bool]
    told: str = ""


def talks(graph: KnowledgeGraph, choice: Choice) -> Talks:
    """The talks of the chosen years and series."""
    years: dict[str, int] = {}
    for talk, year in pairs(graph, "year"):
        number = int(year[:5]) if year.startswith("-") else int(year[:4])
        years[talk] = min(number, years.get(talk, number))
    first, last = choice.from_year, choice.to_year
    among = _of_series(graph, choice.series) if choice.series else None
    if first is None and last is None and among is None:
        return Talks(years, lambda _: True)

    def has(talk: str) -> bool:
        if among is not None and talk not in among:
            return False
        return (first is None and last is None) or within(years.get(talk), choice)

    return Talks(years, has, told_slice(choice))


def within(year: int | None, choice: Choice) -> bool:
    """Whether a year lies in the chosen ones; one that is not known lies in none but in all."""
    if year is None:
        return choice.from_year is None and choice.to_year is None
    return (choice.from_year or year) <= year <= (choice.to_year or year)


def told_slice(choice: Choice) -> str:
    """The slice in words."""
    first, last = choice.from_year, choice.to_year
    years = f"from {first}" if first is not None else ""
    years += f"{' ' if years else ''}to {last}" if last is not None else ""
    series = f'of series named "{choice.series}"' if choice.series else ""
    return " ".join(filter(None, (years, series)))


def _of_series(graph: KnowledgeGraph, text: str) -> set[str]:
    """Talks of series whose names have all words of a text."""
    wanted = text.casefold().split()
    found = {
        series
        for series, name in rows(graph, "SELECT ?s ?n WHERE { ?s a kg:Series ; rdfs:label ?n }")
        if all(word in name.casefold() for word in wanted)
    }
    return {talk for talk, series in pairs(graph, "series") if series in found}


def labels(graph: KnowledgeGraph, iris: Sequence[str]) -> dict[str, str]:
    """The names of things by their IRIs."""
    names: dict[str, str] = {}
    for thing, name in _of(graph, iris, "rdfs:label"):
        names[thing] = min(name, names.get(thing, name))
    return {iri: names.get(iri) or iri.rpartition("/")[2].replace("-", " ") for iri in iris}


def types(graph: KnowledgeGraph, iris: Sequence[str]) -> dict[str, str]:
    """The local names of the classes of things by their IRIs."""
    kinds: dict[str, str] = {}
    for thing, kind in _of(graph, iris, "a"):
        local = kind.removeprefix(TERMS)
        if local in TYPES:
            kinds[thing] = max(local, kinds.get(thing, local), key=TYPES.index)
    return kinds


def _of(graph: KnowledgeGraph, iris: Sequence[str], relation: str) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(iris), NETWORKS.names):
        values = " ".join(f"<{iri}>" for iri in iris[start : start + NETWORKS.names])
        asked = f"VALUES ?thing {{ {values} }} ?thing {relation} ?value"
        yield from rows(graph, f"SELECT ?thing ?value WHERE {{ {asked} }}")
