"""The catalogue: every file is complete, answers, uses declared terms, and takes any text as a value."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontology
from kg.errors import QueryError, UnknownName
from kg.facts.advising import Advising
from kg.facts.affiliation import Affiliation
from kg.facts.award import AwardReceipt
from kg.facts.education import Education
from kg.facts.position import Position
from kg.facts.speaking import Speaking
from kg.graph import KnowledgeGraph, assemble
from kg.model import Evidence, Fact, Page, Span, Speaker, Talk
from kg.queries import Parameter, catalogue, get, literal, parse
from kg.topics import TopicAssignment

NAMES = sorted(catalogue())


def made(kind: type[Fact], subject: str, printed: str, **fields: Any) -> Any:
    """A fact of a page of one sentence."""
    page = Page("made.txt", f"{subject}, {printed}, {sorted(fields.items())}")
    start = len(subject) + 2
    return kind(
        subject=subject,
        evidence=Evidence(page, 0, len(page.text), page.text),
        printed=printed,
        at=Span(start, start + len(printed)),
        rule="test/made",
        confidence=0.9,
        **fields,
    )


def talk(title: str, name: str, date: str, *facts: Fact) -> Talk:
    """A talk on two topics by one speaker of Lund University."""
    topics = (
        made(TopicAssignment, title, "tidal logic", topic="tidal logic", score=0.9),
        made(TopicAssignment, title, title, topic=title, score=0.4),
    )
    own = (
        made(Speaking, title, name, person=name, role="speaker"),
        made(
            Affiliation, name, "Lund University", organization="Lund University", role="professor"
        ),
    )
    return Talk(
        Page("made.txt", title),
        title,
        None,
        "Coast Seminar",
        date,
        None,
        (Speaker(name, own + facts),),
        topics,
    )


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """Three talks: Ada twice, and her advisor once."""
    caltech = "California Institute of Technology"
    ada = (
        made(
            Education,
            "Ada Byrd",
            "Caltech",
            organization=caltech,
            degree="PhD",
            field="geology",
            date="2012",
        ),
        made(Advising, "Ada Byrd", "Karl Oddson", advisor="Karl Oddson", stage="doctoral"),
        made(AwardReceipt, "Ada Byrd", "Tern Medal", award="Tern Medal", date="2015"),
    )
    karl = made(
        Position,
        "Karl Oddson",
        "Caltech",
        organization=caltech,
        role="visiting professor",
        start="1999",
    )
    now = made(Affiliation, "Ada Byrd", "Caltech", organization=caltech, role="lecturer")
    return assemble(
        [
            talk("Ebb", "Ada Byrd", "2021-03-04", *ada),
            talk("Flow", "Ada Byrd", "2023", now),
            talk("Tide", "Karl Oddson", "2022-01", karl),
        ]
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_query_uses_declared_terms(name: str) -> None:
    """A misspelt term would be a silent empty answer. Slow forms are not used."""
    text = re.sub(r'#[^\n"<>]*$', "", get(name).text, flags=re.MULTILINE)
    used = {ontology.KG + term for term in re.findall(r"\bkg:(\w+)", text)}
    assert used - ontology.load().terms == set()
    assert "UNION" not in text
    assert not re.search(r"(?:kg|skos|oa):\w+[?*+]", text)


def test_what_the_queries_say(graph: KnowledgeGraph) -> None:
    """The answers that matter, row by row."""
    assert [r[:3] for r in graph.query("trained-at", institution="Caltech").rows] == [
        ("Ada Byrd", "PhD", "2012")
    ]
    assert [r[:3] for r in graph.query("phd-from", institution="Caltech").rows] == [
        ("Ada Byrd", "2012", "geology")
    ]
    assert [r[:2] for r in graph.query("advised-by", advisor="Karl Oddson").rows] == [
        ("Ada Byrd", "doctoral")
    ]
    career = graph.query("career-of", name="Ada Byrd").rows
    assert career[0][:2] == ("PhD", "California Institute of Technology")
    assert [r[2:4] for r in graph.query("affiliated-with", institution="Caltech").rows] == [
        ("Flow", "2023")
    ]
    assert [r[0] for r in graph.query("talks-on-topic", topic="Tidal LOGIC").rows] == [
        "Flow",
        "Tide",
        "Ebb",
    ]
    assert tuple(graph.query("co-topics", topic="ebb").cells()) == (("tidal logic", "1"),)
    assert next(graph.query("frequent-topics").cells()) == ("tidal logic", "3")
    assert tuple(graph.query("repeat-speakers").cells()) == (("Ada Byrd", "2"),)
    assert tuple(graph.query("advisor-pairs").cells()) == (("Karl Oddson", "Ada Byrd"),)
    schools = tuple(graph.query("phd-schools").cells())
    assert schools == (("(not told)", "1"), ("California Institute of Technology", "1"))
    assert graph.query("why", one="Ada Byrd", other="Tern Medal").rows[0][1] == "AwardReceipt"


def test_unknown_names_carry_the_nearest(graph: KnowledgeGraph) -> None:
    """Of a query, a parameter and a value; a missing value says what to give."""
    with pytest.raises(UnknownName) as caught:
        graph.query("traind-at", institution="Caltech")
    assert caught.value.nearest[0] == "trained-at"
    with pytest.raises(
        UnknownName, match=r"no parameter of trained-at named 'institute'; nearest: institution"
    ):
        graph.query("trained-at", institute="Caltech")
    with pytest.raises(UnknownName, match="no topic named"):
        graph.query("talks-on-topic", topic="zoology")
    with pytest.raises(QueryError, match="needs a value for institution"):
        graph.query("trained-at")
    with pytest.raises(QueryError, match="is empty"):
        graph.query("trained-at", institution=" ")


OWN = """# Talks since a year
# of a title
PREFIX kg: <https://w3id.org/talkgraph/terms#>
SELECT ?title WHERE {
  VALUES ?since { 2020 }  # year: the first year
  VALUES ?text { "Flow" }  # text: the title
  ?talk kg:year ?year ; kg:title ?title . FILTER(?year >= ?since && ?title = ?text)
}
"""


def test_a_query_of_ones_own_takes_values_too(graph: KnowledgeGraph) -> None:
    """Numbers stay numbers, and nothing but a number is one."""
    query = parse("own", OWN)
    assert (query.title, query.explanation, query.view) == (
        "Talks since a year",
        "of a title",
        "table",
    )
    assert query.parameters[0] == Parameter("since", "year", "2020", "the first year", True)
    assert graph.query(OWN, since="2022", text="Flow").rows == (("Flow",),)
    assert graph.query(OWN, since="2024", text="Flow").rows == ()
    for wrong in ("2020 }", "twenty", "1e3", ""):
        with pytest.raises(QueryError):
            query.fill(since=wrong, text="Flow")


ODD = st.text(
    st.sampled_from("\"'\\{}u0022U\n\r\t\x00\x7f #?<>é😀")
    | st.characters(exclude_categories=["Cs"]),
    max_size=25,
)


@settings(max_examples=300, deadline=None)
@given(ODD)
def test_a_value_is_never_syntax(text: str) -> None:
    """Both engines read back what was given: quotes, braces, backslashes, line breaks, escapes of code points."""
    from pyoxigraph import Store

    sparql = f"SELECT ?x WHERE {{ VALUES ?x {{ {literal(text)} }} }}"
    (row,) = Store().query(sparql)  # type: ignore[misc]
    assert row["x"].value == text


@settings(max_examples=60, deadline=None)
@given(ODD.filter(lambda text: "\x00" not in text))
def test_a_value_is_never_syntax_for_rdflib(text: str) -> None:
    """The other engine reads escapes of code points before all else."""
    import rdflib

    (row,) = rdflib.Graph().query(f"SELECT ?x WHERE {{ VALUES ?x {{ {literal(text)} }} }}")
    assert str(row[0]) == text  # type: ignore[index]


@settings(max_examples=100, deadline=None)
@given(ODD.filter(str.strip))
def test_filling_changes_nothing_else(text: str) -> None:
    """One line of the query is another, and only between its braces."""
    query = get("trained-at")
    before, after = query.text.split('"Caltech"')
    assert query.fill(institution=text) == before + literal(text) + after


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { " + "{" * 3000 + "?a ?b ?c" + "}" * 3000 + " }",
        "SELECT * { ?a ?b ?c " + " ".join(f"BIND(1 AS ?x{n})" for n in range(3000)) + " }",
        "SELECT * { ?a ?b ?c " + "MINUS { ?a ?b ?d }" * 3000 + " }",
        "SELECT * { ?a ?b ?c FILTER(" + "+".join(["1"] * 30_000) + " = 1) }",
        "SELECT * { ?a ?b ?c FILTER(" + "(" * 30_000 + "1" + ")" * 30_000 + ") }",
        "SELECT * { ?a ?b " + "(" * 30_000 + ")" * 30_000 + " }",
        "SELECT * { " + " UNION ".join(["{ ?a ?b ?c }"] * 30_000) + " }",
        "ASK { ?a ?b '" + "x" * 300_000 + "' }",
        "SELECT * {" + "?a ?b ?c." * 20_000 + "}",
        "SELECT " + "".join(f"(1 AS ?a{n})" for n in range(12_000)) + " {}",
        "SELECT * { ?a ?b (" + "1 " * 50_000 + ") }",
        "SELECT * { FILTER(1<" + "(" * 60_000 + "2" + ")" * 60_000 + "#>\n) }",
        "SELECT * {" + "<<" * 300 + "?a ?b ?c" + ">>" * 300 + " ?p ?o }",
    ],
)
def test_what_the_engine_would_not_survive_is_refused(graph: KnowledgeGraph, query: str) -> None:
    with pytest.raises(QueryError, match=r"too complex|more than 200,000 letters"):
        graph.query(query)


def test_long_lists_of_values_are_no_complexity(graph: KnowledgeGraph) -> None:
    rows = " ".join(f'("name {n}" {n})' for n in range(5_000))
    query = f"SELECT (COUNT(*) AS ?n) {{ VALUES (?name ?number) {{ {rows} }} }}"
    assert graph.query(query).rows == (("5000",),)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?x ?p ?a FILTER(?a<?a)SERVICE#>\n<http://127.0.0.1:1/> { ?s ?p2 ?o } }",
        "SELECT * { ?x ?p ?a FILTER(?a<kg:a)SERVICE#>\n<http://127.0.0.1:1/> { ?s ?p2 ?o } }",
        'SELECT * { BIND(1 AS ?a) FILTER(?a<2#>"""\n)SERVICE <http://127.0.0.1:1/> {?s ?p ?z} #"""\n }',
        "SELECT * { ?a ?b ?c }#'\nSERVICE <http://127.0.0.1:1/> {}",
    ],
)
def test_a_service_is_refused_wherever_it_hides(graph: KnowledgeGraph, query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        graph.query(query)
