"""Schools and departments are units of their institution: found by their own name, counted with the institution."""

from __future__ import annotations

import pytest

import kg
from kg import authorities
from kg.facade import KnowledgeGraph
from kg.graph import assemble
from kg.model import Page
from kg.resolution import resolve

TEXT = """The clock of the liver
Ada Bergström, Department of Genetics, Harvard Medical School

Abstract: We study how cells of the liver tell the time of day, and what happens to those that cannot.

Bio: Ada Bergström is a professor at Harvard Medical School. She got her MBA from the Wharton School in 2004 and her
PhD in biology from Lund University in 2001.

Archives of the northern towns
Jonas Okafor, Harvard University

Abstract: We read the account books of seven northern towns, and find who paid for their harbours and who did not.

Bio: Jonas Okafor is a lecturer in history at Harvard University. He was a fellow at London Business School in 2010.
"""


@pytest.fixture(scope="module")
def schools() -> KnowledgeGraph:
    talks = kg.extract(Page("clock.txt", TEXT))
    return KnowledgeGraph.of(assemble(talks, entities=resolve(talks)))


def people(graph: KnowledgeGraph, query: str, institution: str) -> set[object]:
    return {row[0] for row in graph.query(query, institution=institution).rows}


def test_a_school_is_known_by_its_institution() -> None:
    found = authorities.school("HBS")
    assert found is not None
    assert (found.name, found.parent) == ("Harvard Business School", "Harvard University")
    assert authorities.school("London Business School") is None, "it stands alone"
    assert authorities.school("Lund University") is None


def test_schools_are_no_institutions(schools: KnowledgeGraph) -> None:
    names = set(schools.names("organization"))
    assert {"Harvard University", "University of Pennsylvania", "London Business School"} <= names
    assert not names & {"Harvard Medical School", "Wharton School"}


def test_their_people_are_the_institutions(schools: KnowledgeGraph) -> None:
    assert people(schools, "affiliated-with", "Harvard") == {"Ada Bergström", "Jonas Okafor"}
    assert people(schools, "trained-at", "University of Pennsylvania") == {"Ada Bergström"}


@pytest.mark.parametrize("name", ["Harvard Medical School", "HMS", "harvard medical school"])
def test_a_school_is_found_by_its_names(schools: KnowledgeGraph, name: str) -> None:
    assert people(schools, "affiliated-with", name) == {"Ada Bergström"}
    assert people(schools, "trained-at", "Wharton") == {"Ada Bergström"}


def test_a_department_of_a_school_stands_within_it(schools: KnowledgeGraph) -> None:
    [row] = schools.query(
        """PREFIX kg: <https://w3id.org/talkgraph/terms#>
        SELECT ?inner ?outer ?owner WHERE {
          ?a kg:innerUnitOf ?b ; kg:unitOf ?o ; kg:name ?inner . ?b kg:name ?outer . ?o kg:name ?owner }"""
    ).rows
    assert row == (
        "Department of Genetics, Harvard Medical School",
        "Harvard Medical School",
        "Harvard University",
    )
    assert schools.check() == []
