"""Vocabularies of topics that a user imports: read, kept, found in talks, named in the graph, and forgotten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import lookup, vocabularies
from kg.cli import main
from kg.errors import ReadError, UnknownName
from kg.resolution import form

TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <https://example.org/birds/> .
:tern a skos:Concept ; skos:prefLabel "tern counting"@en, "Seeschwalbenzählung"@de ;
    skos:altLabel "counting of terns"@en ; skos:broader :census .
:census a skos:Concept ; skos:prefLabel "bird census" ; skos:narrower :heron .
:heron a skos:Concept ; skos:prefLabel "Reiherkunde"@de .
:old a skos:Concept ; skos:prefLabel "augury"@en ; owl:deprecated true .
:learn a skos:Concept ; skos:prefLabel "Machine Learning"@en ; skos:altLabel "estimation by machine"@en .
"""
PAGE = """Reading group

Tern counting by estimation by machine
Rosa Lind, Lund University
Abstract: We show how the counting of terns is done on rocky shores.
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of imports of this test's own."""
    monkeypatch.setenv("TALKGRAPH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def birds(tmp_path: Path) -> Path:
    path = tmp_path / "birds.ttl"
    path.write_text(TURTLE, "utf-8")
    return path


def test_labels_and_what_is_broader(birds: Path) -> None:
    """English first; both directions of broader; deprecated concepts are left out."""
    assert vocabularies.add(birds) == 4
    found = {t.label: t for t in vocabularies.terms()}
    assert set(found) == {"tern counting", "bird census", "Reiherkunde", "Machine Learning"}
    assert found["tern counting"].others == ("Seeschwalbenzählung", "counting of terns")
    assert found["tern counting"].broader == found["Reiherkunde"].broader == ("bird census",)
    assert found["tern counting"].iri == "https://example.org/birds/tern"
    assert vocabularies.imported() == {"birds": "birds.ttl"}


def test_a_build_finds_the_topics_and_names_them(tmp_path: Path, birds: Path) -> None:
    """By any label, with the vocabulary's IRI, and the manifest tells. A topic known before keeps its name."""
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    assert main(["authority", "add", "skos", str(birds), "-q"]) == 0
    graph = tmp_path / "talks.kg"
    command = [sys.executable, "-m", "kg", "build", str(page), "-o", str(graph), "-q"]
    subprocess.run(command, check=True, env=dict(os.environ), capture_output=True)
    text = (graph / "graph.nt").read_text("utf-8")
    node = "<https://example.org/talkgraph/topic/tern-counting>"
    match = "<http://www.w3.org/2004/02/skos/core#exactMatch>"
    assert f"{node} {match} <https://example.org/birds/tern> ." in text
    assert "/topic/bird-census>" in text
    learning = "<https://example.org/talkgraph/topic/machine-learning>"
    assert f"{learning} {match} <https://example.org/birds/learn> ." in text
    assert f'{learning} <http://www.w3.org/2000/01/rdf-schema#label> "machine learning"' in text
    manifest = json.loads((graph / "manifest.json").read_text("utf-8"))
    assert manifest["vocabularies"] == vocabularies.told()
    assert manifest["vocabularies"]["birds"]["source"] == "birds.ttl"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("birds.ttl", "\nthis is no turtle", "no valid Turtle: at line 2"),
        ("birds.nt", "<a:b> <a:c> <a:d> .\n<a:b> foo\n", "no valid N-Triples: at line 2"),
        ("birds.ttl", "<a:b> <a:c> '\udce9' .", "line 1: 'utf-8' codec"),
        ("birds.ttl", "<a:b> <a:c> <a:d> .", "no skos:Concept"),
        ("birds.rdf", "<rdf", "no valid RDF/XML"),
        ("birds.json", "{", "no valid JSON"),
        ("birds.jsonld", '{"@context": "https://example.org/context.jsonld"}', "stands elsewhere"),
        (
            "birds.jsonld",
            '{"@graph": [{"@id": "a:b", "@context": ["file:///x.jsonld"]}]}',
            "stands elsewhere",
        ),
        (
            "birds.jsonld",
            '{"@context": {"x": {"@id": "a:x", "@context": "c.jsonld"}}}',
            "stands elsewhere",
        ),
        ("birds.jsonld", '{"@context": {"@import": "c.jsonld"}}', "stands elsewhere"),
        ("birds.json", "[" * 100_000, "no valid JSON"),
        ("birds.doc", "", "no skos:Concept"),
        ("ror.ttl", TURTLE, "call it other than 'ror'"),
        ("missing.ttl", None, "No such file"),
    ],
)
def test_a_bad_file_leaves_the_old_import(
    tmp_path: Path, birds: Path, name: str, text: str | None, told: str
) -> None:
    vocabularies.add(birds)
    bad = tmp_path / "bad" / name
    bad.parent.mkdir()
    if text is not None:
        bad.write_text(text, "utf-8", "surrogateescape")
    with pytest.raises(ReadError, match=told):
        vocabularies.add(bad)
    assert len(vocabularies.terms()) == 4


def test_an_ending_that_tells_nothing_is_made_up_for(tmp_path: Path) -> None:
    label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    for number, text in enumerate(
        (
            f'<a:b> <{label}> "ebb" .',
            f'[{{"@id": "a:b", "{label}": "ebb"}}]',
            '<?xml version="1.0"?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns:s="http://www.w3.org/2004/02/skos/core#"><s:Concept r:about="a:b">'
            "<s:prefLabel>ebb</s:prefLabel></s:Concept></r:RDF>",
        )
    ):
        path = tmp_path / f"tides{number}.txt"
        path.write_text(text, "utf-8")
        assert vocabularies.add(path) == 1
    assert {(t.label, t.iri) for t in vocabularies.terms()} == {("ebb", "a:b")}


def test_schemes_are_no_topics_and_hidden_labels_are_names(tmp_path: Path) -> None:
    path = tmp_path / "tides.ttl"
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<a:s> a skos:ConceptScheme ; skos:prefLabel "Tides of all seas" .\n'
        '<a:c> a skos:Collection ; skos:prefLabel "tides by day" .\n'
        '<a:b> a skos:Concept ; skos:prefLabel "neap tide"@en ; skos:hiddenLabel "neep tide" .\n',
        "utf-8",
    )
    assert vocabularies.add(path) == 1
    assert lookup.topic("neep tides").id == "a:b"


def test_what_is_remembered_follows_the_imports(
    birds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one process: an import, another folder of imports, the first one again, a removal."""
    one, other = "tern counting", "Seeschwalbenzählung"
    assert form("topic", one) != form("topic", other)
    assert lookup.topic(one).id is None
    vocabularies.add(birds)
    assert form("topic", one) == form("topic", other)
    assert lookup.topic(other).id == "https://example.org/birds/tern"
    monkeypatch.setenv("TALKGRAPH_HOME", str(tmp_path / "elsewhere"))
    assert lookup.topic(one).id is None
    monkeypatch.setenv("TALKGRAPH_HOME", str(tmp_path / "home"))
    assert lookup.topic(one).id is not None
    vocabularies.remove("birds")
    assert lookup.topic(one).id is None
    assert form("topic", one) != form("topic", other)


def test_listed_and_removed(birds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["authority", "add", "skos", str(birds)]) == 0
    assert "imported 4 topics" in capsys.readouterr().err
    assert main(["authority", "list"]) == 0
    [listed] = json.loads(capsys.readouterr().out)
    assert listed == {"vocabulary": "birds", "source": "birds.ttl"}
    assert main(["authority", "remove", "birds"]) == 0
    assert main(["authority", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["authority", "remove", "birds"]) == 4
    assert main(["authority", "remove"]) == 2
    assert main(["authority", "add", "skos"]) == 2
    with pytest.raises(UnknownName):
        vocabularies.remove("birds")


@pytest.mark.parametrize(
    ("text", "name", "because"),
    [
        ("Machine learning", "machine learning", "its label"),
        ("machine-learning", "machine learning", "its label"),
        ("neural networks", "neural network", "its label"),
        ("NLP", "natural language processing", "acronym"),
        ("optimisation", "optimization", "its label"),
        ("Tern ringing by moonlight", None, "no known topic"),
        ("", None, "no known topic"),
    ],
)
def test_topics_from_elsewhere(text: str, name: str | None, because: str) -> None:
    found = lookup.topic(text)
    assert found.name == name
    assert found.because[0].startswith(because)
    assert (found.id or "").startswith("topic/") == (name is not None)


def test_each_kind_answers_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An object a line, in order, with an id or null."""
    names = tmp_path / "names.txt"
    asked = {"award": "Fellow of the IEEE", "topic": "neural networks", "organization": "Caltech"}
    for kind, name in asked.items():
        names.write_text(f"{name}\n\nZzyzx Qwrt\n", "utf-8")
        assert main(["resolve", "--kind", kind, str(names)]) == 0
        known, empty, unknown = map(json.loads, capsys.readouterr().out.splitlines())
        assert set(known) == {"text", "id", "name", "score", "because"}
        assert known["id"].startswith(f"{kind}/")
        assert (empty["id"], unknown["id"]) == (None, None)
