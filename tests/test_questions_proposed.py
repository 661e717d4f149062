"""Questions that a language model proposes SPARQL for: shown, checked, marked, and declined where it does not pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.errors import ModelError, NotUnderstood
from kg.questions import PROPOSED, _proposing
from kg.settings import LanguageModel

if TYPE_CHECKING:
    from tests.conftest import Chat

pytestmark = pytest.mark.loopback

Run = Callable[..., tuple[int, str, str]]
QUESTION = "who has the shortest name?"
SPARQL = """PREFIX kg: <https://w3id.org/talkgraph/terms#>
SELECT ?name WHERE { ?who a kg:Person ; kg:name ?name } ORDER BY STRLEN(?name) ?name LIMIT 1"""


@pytest.fixture
def graph(every: kg.KnowledgeGraph) -> kg.KnowledgeGraph:
    """All examples in one graph."""
    return every


def model(chat: Chat) -> LanguageModel:
    """The service as a model."""
    return LanguageModel(chat.url, "tide-7b", timeout=5)


def test_what_is_proposed_is_shown_marked_and_run(graph: kg.KnowledgeGraph, chat: Chat) -> None:
    chat.writes(f"Here it is:\n```sparql\n{SPARQL}\n```\n")
    shown: list[str] = []
    reply = graph.ask(QUESTION, model(chat), shown.append)
    assert (reply.reading, reply.query, reply.proposed_by) == (PROPOSED, "", "tide-7b")
    assert shown == [SPARQL] == [reply.answer.sparql]
    assert reply.answer.rows == (("Bei Yu",),)
    [asked] = chat.questions
    system, user = asked["messages"]
    assert (asked["model"], asked["temperature"], user["content"]) == ("tide-7b", 0, QUESTION)
    assert "kg:advisedBy (Person -> Person): advised by" in system["content"]
    assert "Question: Talks on a topic" in system["content"]


def test_a_question_that_is_understood_asks_no_model(graph: kg.KnowledgeGraph, chat: Chat) -> None:
    reply = graph.ask("Who advised Jason Lee?", model(chat))
    assert (reply.query, reply.proposed_by, chat.questions) == ("advisors-of", "", [])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("NONE", "proposes no query"),
        ("", "proposes no query"),
        ("I think it is Ada.", "cannot be read"),
        ("DELETE WHERE { ?s ?p ?o }", "cannot be read"),
        ("ASK { ?s ?p ?o }", "something else than a SELECT"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "something else than a SELECT"),
        ("SELECT ?n WHERE { ?p kg:name ?n }", "without a LIMIT"),
        ("SELECT ?n WHERE { ?p kg:name ?n } LIMIT 100000", "without a LIMIT"),
        ("SELECT ?n WHERE { ?p kg:fullName ?n } LIMIT 5", "terms#fullName"),
        ("SELECT ?n WHERE { ?p <http://schema.org/name> ?n } LIMIT 5", "schema.org/name"),
        ("SELECT ?n WHERE { ?p kg:name ?n FILTER(<http://f.org/f>(?n)) } LIMIT 5", "f.org/f"),
        ("SELECT ?n WHERE { { SELECT ?n WHERE { ?p kg:a/kg:b ?n } } } LIMIT 5", "terms#a"),
        ("SELECT ?n WHERE { SERVICE <http://x.org> { ?p ?q ?n } } LIMIT 5", "SERVICE is refused"),
        ("SELECT ?n FROM <http://x.org> WHERE { ?p ?q ?n } LIMIT 5", "FROM is refused"),
        (f"SELECT ?n WHERE {{ ?p kg:name ?n }} LIMIT 5 #{'x' * 30_000}", "characters"),
    ],
)
def test_what_does_not_pass_is_declined_with_the_reason(
    graph: kg.KnowledgeGraph, chat: Chat, content: str, reason: str
) -> None:
    chat.writes(content)
    shown: list[str] = []
    with pytest.raises(NotUnderstood, match=r"cannot answer .* and tide-7b ") as caught:
        graph.ask(QUESTION, model(chat), shown.append)
    assert reason in caught.value.reason
    assert caught.value.nearest
    assert shown == []


def test_a_query_that_takes_too_long_is_declined(
    graph: kg.KnowledgeGraph, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_proposing, "_SECONDS", 0.05)
    many = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(3))
    chat.writes(f"SELECT (COUNT(*) AS ?n) WHERE {{ {many} }} LIMIT 1")
    with pytest.raises(NotUnderstood, match=r"longer than 0\.05 seconds"):
        graph.ask(QUESTION, model(chat))


def test_a_service_that_is_of_no_use_is_an_error(graph: kg.KnowledgeGraph, chat: Chat) -> None:
    chat.sends(500, b"{}")
    with pytest.raises(ModelError, match="tide-7b was of no use: HTTP 500"):
        graph.ask(QUESTION, model(chat))
    with pytest.raises(ModelError, match="no http or https address"):
        graph.ask(QUESTION, LanguageModel("ftp://x", "tide-7b"))


def test_the_command_shows_the_query_and_says_whose_it_is(
    kg_command: Run, chat: Chat, all_examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(all_examples.parent)
    chat.writes(SPARQL)
    options = ("--llm-url", chat.url, "--llm-model", "tide-7b", "--format", "json")
    code, out, err = kg_command("ask", QUESTION, *options)
    told = json.loads(out)
    assert (code, told["proposed_by"], told["rows"]) == (0, "tide-7b", [{"name": "Bei Yu"}])
    assert f"{PROPOSED} (tide-7b):" in err
    assert "ORDER BY STRLEN(?name)" in err
    chat.writes("NONE")
    code, out, err = kg_command("ask", QUESTION, *options)
    assert (code, out) == (5, "")
    assert "tide-7b proposes no query" in err
    code, _, err = kg_command("ask", QUESTION, "--llm", chat.url)
    assert (code, "--llm needs --llm-model NAME" in err) == (2, True)


def test_without_the_option_nothing_is_asked(graph: kg.KnowledgeGraph, chat: Chat) -> None:
    with pytest.raises(NotUnderstood):
        graph.ask(QUESTION)
    assert json.dumps(chat.questions) == "[]"
