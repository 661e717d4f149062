"""The vocabulary is complete and the code agrees with it; the shapes find what is wrong and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields

import pytest

from kg import facts, ontology, registry, resources
from kg.errors import KgError, MissingPart
from kg.graph import KnowledgeGraph
from kg.model import Fact
from kg.topics import TopicAssignment

KG, RDFS, SKOS, OWL = ontology.KG, ontology.RDFS, ontology.SKOS, ontology.OWL
KNOWN = ontology.load()
TERMS = sorted(KNOWN.terms)
KINDS = [
    *(
        value
        for m in registry.modules(facts)
        for value in vars(m).values()
        if isinstance(value, type)
    ),
    TopicAssignment,
]
FACTS = sorted(
    {k for k in KINDS if issubclass(k, Fact) and k is not Fact}, key=lambda k: k.__name__
)
MAPPINGS = [SKOS + n for n in ("closeMatch", "relatedMatch", "exactMatch")]


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_described(term: str) -> None:
    """Label, comment and home; classes and properties are mapped to other vocabularies, concepts belong to a scheme."""
    assert re.fullmatch(r"[A-Za-z]\w*", term.removeprefix(KG))
    assert KNOWN.one(term, f"{RDFS}label")
    assert KNOWN.one(term, f"{RDFS}comment").endswith(".")
    assert KNOWN.one(term, f"{RDFS}isDefinedBy") == KG.rstrip("#")
    if f"{OWL}AnnotationProperty" in KNOWN.types[term]:
        return
    if f"{SKOS}Concept" in KNOWN.types[term]:
        assert KNOWN.one(term, f"{SKOS}inScheme") in KNOWN.terms
        assert KNOWN.one(term, f"{SKOS}prefLabel")
        return
    above = [*KNOWN.values(term, f"{RDFS}subClassOf"), *KNOWN.values(term, f"{RDFS}subPropertyOf")]
    assert any(KNOWN.values(term, m) for m in MAPPINGS) or any(not t.startswith(KG) for t in above)


def test_terms_refer_to_terms() -> None:
    """Whatever of ours stands anywhere in the ontology is declared there."""
    text = (resources.folder("ontology") / "talks.ttl").read_text("utf-8")
    assert {KG + name for name in re.findall(r"\bkg:(\w+)", text)} <= KNOWN.terms


@pytest.mark.parametrize("kind", FACTS, ids=lambda k: k.__name__)
def test_a_kind_of_fact_is_described(kind: type[Fact]) -> None:
    """Its class, the relation it backs, the kinds of its ends, and every field."""
    plan = ontology.plan(kind)
    assert plan.claim.iri == KG + kind.__name__
    assert plan.claim.backs or plan.claim.may_back
    assert {plan.claim.subject, plan.claim.object} <= set(KNOWN.kinds)
    own = {f.name for f in fields(kind)} - {f.name for f in fields(Fact)} - {kind.OBJECT}
    assert {name for name, _ in plan.fields} == own


def test_an_undescribed_fact_is_refused() -> None:
    """The message names what the ontology lacks."""

    @dataclass(frozen=True, kw_only=True)
    class Rumour(Fact):
        gossip: str

    with pytest.raises(KgError, match="gossip of the facts Rumour"):
        ontology.plan(Rumour)


def test_general_relations() -> None:
    """The small tree of the vocabulary."""
    names = {t.removeprefix(KG) for t in KNOWN.closure(f"{KG}traineeAt")}
    assert names == {"traineeAt", "trainedAt", "workedAt"}
    assert KNOWN.closure(f"{KG}speaker") == (f"{KG}speaker",)


@pytest.mark.parametrize(
    ("role", "concept", "training"),
    [
        ("Postdoctoral Scholar", "postdoc", True),
        ("post-doc", "postdoc", True),
        ("Miller postdoctoral research fellow in statistics", "postdoc", True),
        ("postdoc and research scientist", "postdoc", True),
        ("Ph.D. student", "phdStudent", True),
        ("Ph.D. candidate in statistics", "phdStudent", True),
        ("visiting student", "visitingStudent", True),
        ("software engineer intern", "intern", True),
        ("AI resident", "resident", True),
        ("predoctoral researcher", "predoctoral", True),
        ("Grace Hopper Professor of Postdoctoral Studies", "professor", False),
        ("visiting professor", "visitingProfessor", False),
        ("assistant professor", "assistantProfessor", False),
        ("senior lecturer", "lecturer", False),
        ("research scientist", "scientist", False),
        ("research associate", "researchAssociate", False),
        ("Director of Postdoctoral Affairs", "director", False),
        ("PhD advisor", "advisorRole", False),
        ("entrepreneur in residence", None, False),
        ("research fellow", "fellow", False),
        ("clerk for students", None, False),
    ],
)
def test_roles(role: str, concept: str | None, training: bool) -> None:
    """What a role is, and whether it is training."""
    found = ontology.concept("role", role)
    assert (found.iri.removeprefix(KG) if found else None) == concept
    assert (f"{KG}traineeAt" in found.adds if found else False) == training


def test_word_lists_lead_to_concepts() -> None:
    """Every line names a concept of its own scheme; every reading of the mentions' degrees has one."""
    for scheme, words, concept, *_ in resources.rows("concepts"):
        found = KNOWN.concepts[concept]
        assert found.type.removeprefix(KG).lower() == scheme, words
    for degree in ("PhD", "Masters", "Bachelors", "Diploma", "Habilitation", "MD", "JD", "Other"):
        assert ontology.concept("degree", degree), degree


def test_the_context_holds_every_term() -> None:
    """Classes and properties, object properties as IRIs."""
    context = json.loads((resources.folder("ontology") / "context.jsonld").read_text("utf-8"))[
        "@context"
    ]
    for term in TERMS:
        name = term.removeprefix(KG)
        if f"{OWL}ObjectProperty" in KNOWN.types[term]:
            assert context[name] == {"@id": f"kg:{name}", "@type": "@id"}
        elif {f"{OWL}Class", f"{OWL}DatatypeProperty"} & set(KNOWN.types[term]):
            assert name in context


def test_the_shapes_know_every_relation() -> None:
    """And use no term that the ontology lacks."""
    text = (resources.folder("ontology") / "shapes.ttl").read_text("utf-8")
    assert {KG + n for n in re.findall(r"kg:(\w+) without a claim", text)} == set(KNOWN.relations)
    assert {KG + n for n in re.findall(r"\bkg:(\w+)", text)} <= KNOWN.terms


GOOD = """
@prefix kg: <https://w3id.org/talkgraph/terms#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/> .
:ada a kg:Person ; kg:name "Ada" ; rdfs:label "Ada" ; kg:anyName "Ada" ; kg:educatedAt :lund ; kg:trainedAt :lund .
:lund a kg:Organization ; kg:name "Lund" ; rdfs:label "Lund" ; kg:anyName "Lund" .
:run a kg:Run ; prov:used :page .
:page a kg:Source ; kg:name "p.txt" ; kg:sha256 "0000000000000000000000000000000000000000000000000000000000000000" .
:span a oa:SpecificResource ; oa:hasSource :page ; oa:hasSelector :quote, :place .
:quote a oa:TextQuoteSelector ; oa:exact "PhD, Lund" .
:place a oa:TextPositionSelector ; oa:start 4 ; oa:end 13 .
kg:phd a kg:Degree, skos:Concept ; skos:inScheme kg:degrees .
:claim a kg:Education ; kg:subject :ada ; kg:object :lund ; kg:states kg:educatedAt, kg:trainedAt ; kg:printed "Lund" ;
  kg:degree kg:phd ; kg:date "2012"^^xsd:gYear ; kg:year 2012 ; kg:asOf "2021-03-04"^^xsd:date ; kg:confidence 0.9 ;
  kg:rule "r" ; kg:evidence :span ; kg:sentence "PhD, Lund" ; prov:wasDerivedFrom :page .
"""


def check(turtle: str) -> list[str]:
    """Messages of the violations of a graph in Turtle."""
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.load(turtle, format=RdfFormat.TURTLE)
    return [f"{v.severity}: {v.message}" for v in KnowledgeGraph(store).check()]


def test_a_good_graph_conforms() -> None:
    """The smallest one."""
    assert check(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kg:confidence 0.9", "kg:confidence 1.9", "Value is not <= Literal"),
        ('kg:rule "r"', 'kg:rule "r", "s"', "More than 1 values"),
        ("kg:object :lund ;", "", "states something directly"),
        (" ; kg:trainedAt :lund", "", "does not say directly"),
        ('kg:anyName "Ada" ;', 'kg:anyName "Ada" ; kg:memberOf :lund ;', "memberOf without a claim"),
        ("oa:end 13", "oa:end 14", "length"),
        ('kg:printed "Lund"', 'kg:printed "Oslo"', "stand in its quote"),
        ('kg:sentence "PhD, Lund"', 'kg:sentence "PhD, Lun"', "not the quote of its evidence"),
        ("kg:year 2012", "kg:year 2013", "year is missing or another"),
        ("2012", "1812", "before 1850"),
        ("2012", "2042", "ten years after"),
        ('rdfs:label "Ada" ; kg:anyName "Ada"', 'rdfs:label "Ada" ; kg:anyName "A."', "found by"),
        ("kg:educatedAt :lund ; kg:trainedAt", "kg:advisedBy :ada ; kg:educatedAt :lund ; kg:trainedAt", "own advisor"),
        ('kg:sha256 "0', 'kg:sha256 "x', "does not match pattern"),
        (":run a kg:Run ; prov:used :page .", "", "Less than 1 values"),
        ("oa:hasSource :page", "oa:hasSource :other", "another source"),
        ('kg:rule "r"', 'kg:rule "r" ; kg:subjekt :ada', "ontology lacks"),
        ('kg:rule "r"', 'kg:rule "r" ; kg:field [ a kg:Topic ]', "a blank node"),
        ("kg:phd a kg:Degree", "kg:phd a kg:Role", "class"),
    ],
)  # fmt: skip
def test_the_shapes_find_what_is_wrong(old: str, new: str, message: str) -> None:
    """One change each."""
    assert old in GOOD
    assert re.search(message, "\n".join(check(GOOD.replace(old, new))))


def test_warnings_are_told_apart() -> None:
    """PhDs from two schools may be right."""
    more = (
        GOOD.replace(":claim a", ":second a")
        .split(":second a")[1]
        .replace(":lund", ":oslo")
        .replace('"Lund"', '"PhD"')
    )
    oslo = ':oslo a kg:Organization ; kg:name "Oslo" ; rdfs:label "Oslo" ; kg:anyName "Oslo" .'
    text = f"{GOOD} :ada kg:educatedAt :oslo ; kg:trainedAt :oslo . {oslo} :second a{more}"
    assert check(text) == ["warning: PhDs from two schools"]


def test_checking_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pySHACL."""
    import sys

    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingPart, match=r"pip install .pyshacl."):
        check(GOOD)
