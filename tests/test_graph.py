"""The graph: the same bytes whatever the order, facts said twice, names found, claims with their sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError, QueryError, ReadError, UnknownName, WorkspaceError
from kg.facts.advising import Advising
from kg.facts.affiliation import Affiliation
from kg.facts.award import AwardReceipt
from kg.facts.education import Education
from kg.facts.membership import Membership
from kg.facts.position import Position
from kg.facts.speaking import Speaking
from kg.graph import KnowledgeGraph, assemble
from kg.model import Evidence, Fact, Page, Span, Speaker, Talk
from kg.settings import Settings
from kg.topics import TopicAssignment

TERMS = "PREFIX kg: <https://w3id.org/talkgraph/terms#> PREFIX oa: <http://www.w3.org/ns/oa#> "
BASE = "https://example.org/talkgraph/"
TEXT = """Tides of Logic
Ada Bergström, Lund University

Ada Bergström is an associate professor at Lund University.
She received her PhD in geology from Caltech in 2012, advised by Karl Óddson.
Before that she was a postdoctoral scholar at Caltech from 2013 to 2015.
She won the Tern Medal in 2019 and is a member of the Norse Academy.
Bo Ek is a professor at Caltech. He holds a PhD.
We study tidal automata and rewriting.
"""
PAGE = Page("coast.txt", TEXT, "2021-05-01")


def made(kind: type[Fact], sentence: str, printed: str, page: Page = PAGE, **fields: Any) -> Any:
    """A fact of a kind whose printed form stands in a sentence of a page."""
    start = page.text.index(sentence)
    at = start + sentence.index(printed)
    values: dict[str, Any] = {
        "subject": "Ada Bergström",
        "rule": "test/made",
        "confidence": 0.9,
        **fields,
    }
    evidence = Evidence(page, start, start + len(sentence), sentence)
    return kind(evidence=evidence, printed=printed, at=Span(at, at + len(printed)), **values)


LINE = "Ada Bergström, Lund University"
DEGREE = "She received her PhD in geology from Caltech in 2012, advised by Karl Óddson."
POSTDOC = "Before that she was a postdoctoral scholar at Caltech from 2013 to 2015."
HONOURS = "She won the Tern Medal in 2019 and is a member of the Norse Academy."
CALTECH = "California Institute of Technology"


def talk(**changes: Any) -> Talk:
    """A talk of two speakers with every kind of fact."""
    ada = (
        made(Speaking, LINE, "Ada Bergström", subject="Tides of Logic", person="Ada Bergström", role="speaker"),
        made(Affiliation, LINE, "Lund University", organization="Lund University"),
        made(Affiliation, "Ada Bergström is an associate professor at Lund University.", "Lund University",
             organization="Lund University", role="associate professor", unit="Geology"),
        made(Education, DEGREE, "Caltech", organization=CALTECH, degree="PhD", field="geology", date="2012",
             advisors=("Karl Óddson",)),
        made(Advising, DEGREE, "Karl Óddson", advisor="Karl Óddson", stage="doctoral"),
        made(Position, POSTDOC, "Caltech", organization=CALTECH, role="postdoctoral scholar", start="2013", end="2015"),
        made(AwardReceipt, HONOURS, "Tern Medal", award="Tern Medal", date="2019"),
        made(Membership, HONOURS, "Norse Academy", organization="Norse Academy", role="member"),
    )  # fmt: skip
    bo_line = "Bo Ek is a professor at Caltech."
    bo = (
        made(Speaking, bo_line, "Bo Ek", subject="Tides of Logic", person="Bo Ek", role="speaker"),
        made(
            Affiliation, bo_line, "Caltech", subject="Bo Ek", organization=CALTECH, role="professor"
        ),
        made(Education, "He holds a PhD.", "PhD", subject="Bo Ek", degree="PhD"),
    )
    topics = (
        made(TopicAssignment, "We study tidal automata and rewriting.", "tidal automata", subject="Tides of Logic",
             topic="tidal automaton", score=0.83, broader=("automata theory",)),
        made(TopicAssignment, "We study tidal automata and rewriting.", "rewriting", subject="Tides of Logic",
             topic="rewriting", score=0.5, confidence=0.2),
    )  # fmt: skip
    values: dict[str, Any] = {
        "page": PAGE,
        "title": "Tides of Logic",
        "title_at": Span(0, 14),
        "series": "Coast Seminar",
        "date": "2021-03-04",
        "abstract": "We study tidal automata and rewriting.",
        "speakers": (Speaker("Ada Bergström", ada), Speaker("Bo Ek", bo)),
        "topics": topics,
    }
    return Talk(**values | changes)


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """The graph of that one talk."""
    return assemble([talk()])


def ask(graph: KnowledgeGraph, pattern: str) -> bool:
    """Whether a pattern holds."""
    return graph.query(f"{TERMS} BASE <{BASE}> ASK {{ {pattern} }}").rows == (("true",),)


def test_direct_triples_follow_from_claims(graph: KnowledgeGraph) -> None:
    """A degree and a postdoc are training, a chair is not; the general relations are written out."""
    caltech = "<organization/california-institute-of-technology>"
    assert ask(
        graph,
        f"<person/ada-bergstrom> kg:educatedAt {caltech} ; kg:trainedAt {caltech} ; kg:workedAt {caltech}",
    )
    assert ask(graph, f"<person/ada-bergstrom> kg:traineeAt {caltech}")
    assert ask(graph, f"<person/bo-ek> kg:affiliatedWith {caltech} ; kg:workedAt {caltech}")
    assert not ask(graph, f"<person/bo-ek> kg:trainedAt {caltech}")
    assert ask(
        graph, "<talk/2021-03-04-tides-of-logic> kg:speaker <person/ada-bergstrom>, <person/bo-ek>"
    )
    assert ask(
        graph,
        "<person/ada-bergstrom> kg:advisedBy <person/karl-oddson> ; kg:received <award/tern-medal>",
    )


def test_claims_carry_all_their_fields(graph: KnowledgeGraph) -> None:
    """Concepts, dates with their twins, units, fields and advisors stand on the claim."""
    assert ask(graph, '?c a kg:Education ; kg:degree kg:phd ; kg:year 2012 ; kg:printed "Caltech" ; '
               "kg:field <topic/geology> ; kg:advisor <person/karl-oddson> ; kg:confidence 0.9")  # fmt: skip
    assert ask(
        graph,
        '?c kg:role kg:postdoc ; kg:roleName "postdoctoral scholar" ; kg:startYear 2013 ; kg:endYear 2015',
    )
    assert ask(
        graph,
        "?c a kg:Affiliation ; kg:unit ?u ; kg:talk ?t . ?u kg:unitOf <organization/lund-university>",
    )
    assert ask(graph, "?c a kg:TopicAssignment ; kg:object <topic/tidal-automaton> ; kg:score 0.83")
    assert ask(
        graph,
        "<topic/tidal-automaton> <http://www.w3.org/2004/02/skos/core#broader> <topic/automata-theory>",
    )


def test_a_degree_without_a_school_states_nothing(graph: KnowledgeGraph) -> None:
    """It is a claim without an object."""
    assert ask(
        graph,
        "?c kg:subject <person/bo-ek> ; kg:degree kg:phd FILTER NOT EXISTS { ?c kg:object|kg:states ?o }",
    )
    assert not ask(graph, "<person/bo-ek> kg:educatedAt ?school")


def test_a_weak_fact_states_nothing(graph: KnowledgeGraph) -> None:
    """Below the threshold there is a claim and no direct triple; the threshold is a setting."""
    assert ask(graph, "?c kg:object <topic/rewriting> FILTER NOT EXISTS { ?c kg:states ?p }")
    assert not ask(graph, "?talk kg:topic <topic/rewriting>")
    assert ask(assemble([talk()], Settings(min_confidence=0.1)), "?talk kg:topic <topic/rewriting>")


def test_every_edge_finds_its_sentence(graph: KnowledgeGraph) -> None:
    """One plain pattern leads from an edge to quote, offsets and source."""
    rows = graph.query(f"""{TERMS} SELECT ?text ?start ?end ?name WHERE {{
        ?c kg:states kg:educatedAt ; kg:evidence ?span . ?span oa:hasSelector ?q, ?p ; oa:hasSource ?source .
        ?q oa:exact ?text . ?p oa:start ?start ; oa:end ?end . ?source kg:name ?name }}""").rows
    ((text, start, end, name),) = rows
    assert (text, name) == (DEGREE, "coast.txt")
    assert TEXT[int(start or 0) : int(end or 0)] == DEGREE


def test_when_the_source_spoke() -> None:
    """The date of the talk, else the day the page was read, else nothing: there is no clock."""
    undated = Page("coast.txt", TEXT)
    assert ask(assemble([talk()]), "?c kg:asOf ?day FILTER(STR(?day) = '2021-03-04')")
    assert ask(assemble([talk(date=None)]), "?c kg:asOf ?day FILTER(STR(?day) = '2021-05-01')")
    fact = made(Affiliation, LINE, "Lund University", undated, organization="Lund University")
    graph = assemble([Talk(undated, "Tides", speakers=(Speaker("Ada Bergström", (fact,)),))])
    assert not ask(graph, "?c kg:asOf ?day")
    assert graph.check() == []


def test_the_same_talks_give_the_same_bytes() -> None:
    """In any order, more than once, from a folder, from a file."""
    other = talk(title="Ebb", date="2022-01", series=None, topics=())
    one, two = assemble([talk(), other]), assemble([other, talk(), other])
    assert one.ntriples() == two.ntriples()
    assert "_:" not in one.ntriples().replace('"_:', "")


def test_a_graph_survives_its_folder(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Saved and opened, and read from its text, it is the same graph."""
    graph.save_store(tmp_path / "talks.kg")
    opened = KnowledgeGraph.open(tmp_path / "talks.kg")
    read = KnowledgeGraph.from_ntriples(tmp_path / "talks.kg" / "graph.nt")
    assert graph.ntriples() == opened.ntriples() == read.ntriples()
    assert (tmp_path / "talks.kg" / "graph.nt").read_text("utf-8") == graph.ntriples()
    assert opened.query("trained-at", institution="Caltech") == graph.query(
        "trained-at", institution="Caltech"
    )
    with pytest.raises(WorkspaceError, match="already holds"):
        graph.save_store(tmp_path / "talks.kg")


def test_what_is_no_graph_is_refused(tmp_path: Path) -> None:
    """A missing or empty folder, a missing file, a file of something else."""
    with pytest.raises(WorkspaceError, match="holds no graph"):
        KnowledgeGraph.open(tmp_path)
    with pytest.raises(ReadError):
        KnowledgeGraph.from_ntriples(tmp_path / "missing.nt")
    (tmp_path / "page.nt").write_text("Tides of Logic", "utf-8")
    with pytest.raises(ReadError, match="no N-Triples"):
        KnowledgeGraph.from_ntriples(tmp_path / "page.nt")


@pytest.mark.parametrize(
    "name", ["Ada Bergström", "ada bergstrom", "ADA BERGSTRÖM", "ada-bergstrom"]
)
def test_things_are_found_by_any_name(graph: KnowledgeGraph, name: str) -> None:
    """Case, accents and hyphens do not matter."""
    assert [e.key for e in graph.find(name)] == ["ada-bergstrom"]
    assert [e.key for e in graph.find(f"{BASE}person/ada-bergstrom", "person")] == ["ada-bergstrom"]


def test_unknown_names_carry_the_nearest(graph: KnowledgeGraph) -> None:
    """Of things, of kinds, of institutions in a query."""
    with pytest.raises(UnknownName) as caught:
        graph.find("Ada Bergstrøn")
    assert caught.value.nearest == ("Ada Bergström",)
    with pytest.raises(UnknownName, match="no institution named 'Atlantis'; known: California"):
        graph.query("trained-at", institution="Atlantis")
    with pytest.raises(KgError, match="no kind of thing"):
        graph.find("Ada Bergström", "wizard")


def test_an_institution_goes_by_all_its_names(graph: KnowledgeGraph) -> None:
    """Canonical, printed, alias, any case: the same two rows, and faculty is not training."""
    answers = {
        graph.query("trained-at", institution=n).rows
        for n in ("Caltech", CALTECH, "cal tech", CALTECH.upper())
    }
    (rows,) = answers
    assert [row[:3] for row in rows] == [
        ("Ada Bergström", "PhD", "2012"),
        ("Ada Bergström", "postdoctoral scholar", "2013–2015"),
    ]


def test_a_description_holds_each_fact_with_its_sentence(graph: KnowledgeGraph) -> None:
    """Outgoing and incoming; every sentence stands in the page."""
    (ada,) = graph.show("Ada Bergström")
    assert {s.kind for s in ada.statements} == {
        "affiliation", "degree", "advising", "position", "award received", "membership", "part in a talk",
    }  # fmt: skip
    degree = next(s for s in ada.statements if s.kind == "degree")
    assert dict(degree.details) == {
        "degree": "PhD",
        "field": "geology",
        "advisor": "Karl Óddson",
        "date": "2012",
    }
    assert (degree.relation, degree.incoming, degree.sentence) == ("educated at", False, DEGREE)
    (caltech,) = graph.show("Caltech")
    assert {s.subject.name for s in caltech.statements if s.incoming} == {"Ada Bergström", "Bo Ek"}
    (event,) = graph.show("Tides of Logic")
    assert ("date", "2021-03-04") in event.attributes
    for statement in (*ada.statements, *caltech.statements, *event.statements):
        assert TEXT[statement.start : statement.end] == statement.sentence


def test_counts(graph: KnowledgeGraph) -> None:
    """Talks, speakers, kinds of facts, years; and a card that shows them."""
    stats = graph.stats()
    assert (stats["talks"], stats["speakers"], stats["institutions"], stats["years"]) == (
        1,
        2,
        3,
        (2021, 2021),
    )
    assert stats["facts"]["degree"] == 2
    assert stats["triples"] == len(graph) == len(graph.rdf)
    assert "<th" in graph._repr_html_()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p trueservice<http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * WHERE { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "PREFIX e: <e:> SELECT * WHERE { ?s ?p e:it\\'s . SERVICE <e:'> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p '''a'b''' . # '\n SERVICE <e:x> {} }",
        "SELECT * FROM <http://127.0.0.1/> WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/>",
    ],
)
def test_a_query_calls_nobody(graph: KnowledgeGraph, query: str) -> None:
    """SERVICE, FROM and LOAD are refused however they are spelt."""
    with pytest.raises(QueryError, match="refused"):
        graph.query(query)


def test_the_words_are_free_elsewhere(graph: KnowledgeGraph) -> None:
    """In comments, texts, IRIs, variables and names."""
    query = 'SELECT ?from WHERE { ?from ?load "service" ; kg:service <e:FROM> } # SERVICE'
    assert graph.query(query).rows == ()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x\nWHERE { ?x ex:a ?y }", "line 2: the prefix ex: is not declared"),
        ("SELECT ?x WHERE { ?x ?y ?z } GROUP BY ?y", "line 1.*unbound"),
        ("SELECT ?x WHERE {\n ?x a }", "line 2"),
        ("SELECT * WHERE {\n ?s ?p ?o", "line 2.*ends too early"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1"),
        ("  ", "empty"),
        ("ASK { ?s ?p '\ud800' }", "failed"),
    ],
)
def test_a_broken_query_gets_one_line(graph: KnowledgeGraph, query: str, message: str) -> None:
    """With the place where the engine stopped."""
    with pytest.raises(QueryError, match=message) as caught:
        graph.query(query)
    assert "\n" not in str(caught.value)


def test_construct_writes_formats(graph: KnowledgeGraph) -> None:
    """Turtle and its like, sorted; another form of query has no triples."""
    query = "CONSTRUCT { ?s kg:speaker ?o } WHERE { ?s kg:speaker ?o }"
    assert "kg:speaker" in graph.construct(query)
    assert graph.construct(query, "nt").count("\n") == 2
    assert len(graph.query(query)) == 2
    with pytest.raises(QueryError, match="CONSTRUCT"):
        graph.construct("ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="no format"):
        graph.construct(query, "docx")


def test_a_base_must_be_an_iri() -> None:
    """A base with a space or without a scheme is refused; one without a slash gets it."""
    assert (
        "<https://talks.example/person/bo-ek>"
        in assemble([talk()], Settings(base="https://talks.example")).ntriples()
    )
    for base in ("talks", "https://a b/", "https://a/<"):
        with pytest.raises(KgError, match="not an IRI"):
            assemble([], Settings(base=base))


def test_dates_are_as_exact_as_the_source() -> None:
    """The datatype is the precision; a month that does not exist is left out; no year, no date."""
    from kg.graph._ntriples import dated

    assert dated("2012") == ('"2012"^^<http://www.w3.org/2001/XMLSchema#gYear>', 2012)
    assert dated("2012-05") == ('"2012-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', 2012)
    assert dated("2012-02-30") == ('"2012-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', 2012)
    assert dated("2012-13-01") == ('"2012"^^<http://www.w3.org/2001/XMLSchema#gYear>', 2012)
    assert dated("now") is None


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_any_text_comes_back(name: str, words: str) -> None:
    """Quotes, backslashes, line breaks, controls and other scripts: read and written again, the bytes are the same."""
    page = Page("odd.txt", f"{name}\n{words}")
    evidence = Evidence(page, 0, len(page.text), page.text)
    at = Span(len(name) + 1, len(page.text))
    fact = Affiliation(
        subject=name,
        evidence=evidence,
        printed=words,
        at=at,
        rule=words,
        confidence=0.7,
        organization=words,
        role=words,
    )
    graph = assemble(
        [Talk(page, title=words, series=name, abstract=words, speakers=(Speaker(name, (fact,)),))]
    )
    from kg.graph._store import dump, load

    text = graph.ntriples().encode()
    assert dump(load(text)) == text
    printed = graph.query(f"{TERMS} SELECT ?text WHERE {{ ?c kg:printed ?text }}").rows
    assert printed == ((words.encode("utf-16", "surrogatepass").decode("utf-16", "replace"),),)
