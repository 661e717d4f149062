"""Questions in English over the graph of the bundled examples: right ones, and those that must be declined."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg import queries
from kg.errors import NotUnderstood
from kg.questions._phrases import Words, compiled
from kg.questions._turned import turned

HERE = Path(__file__).parent
_RIGHT, _WRONG = 0.9, 0.03


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    """All examples in one graph."""
    return kg.build(HERE.parent / "data" / "examples")


@pytest.fixture(scope="module")
def listings(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    """The annotated listings that may be read, in one graph."""
    unread = set((shared / "gold" / "UNREAD.txt").read_text("utf-8").split())
    pages = tmp_path_factory.mktemp("listings")
    for file in sorted((shared / "gold").glob("*.json")):
        if file.stem not in unread and file.name not in unread:
            text = json.loads(file.read_text("utf-8"))["text"]
            (pages / f"{file.stem}.txt").write_text(text, "utf-8")
    return kg.build(pages)


def _asked(name: str) -> Iterator[tuple[str, list[set[str] | None]]]:
    """Questions of a file with what is right in each reading; None where declining is."""
    for line in (HERE / "questions" / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            question, _, right = line.partition("\t")
            yield (
                question,
                [None if r == "-" else set(r.split("; ")) for r in right.split(" || ")],
            )


def _judged(graph: kg.KnowledgeGraph, name: str) -> tuple[float, list[str]]:
    """How much of a file is answered rightly, and what wrongly."""
    asked = list(_asked(name))
    right, wrong = 0, []
    for question, readings in asked:
        try:
            found = {row[0] for row in graph.ask(question).answer.cells() if row[0]} or None
        except NotUnderstood:
            right += None in readings
            continue
        if found is None and None not in readings:
            continue  # nothing found is no wrong answer, but not the right one either
        fits = found in readings or ({"*"} in readings and found is not None)
        right += fits
        if not fits:
            wrong.append(question)
    return right / len(asked), wrong


@pytest.mark.parametrize(
    "name", ["before.tsv", "after.tsv", "blind.tsv", "more.tsv", "strangers.tsv"]
)
def test_most_are_answered_and_few_wrongly(graph: kg.KnowledgeGraph, name: str) -> None:
    """Declining is not wrong, but not right either where there is an answer."""
    right, wrong = _judged(graph, name)
    assert right >= _RIGHT
    assert len(wrong) <= _WRONG * len(list(_asked(name))), wrong


@pytest.mark.shared
def test_those_of_the_listings_are_answered_too(listings: kg.KnowledgeGraph) -> None:
    right, wrong = _judged(listings, "listings.tsv")
    assert right >= _RIGHT
    assert len(wrong) <= _WRONG * len(list(_asked("listings.tsv"))), wrong


def test_a_reply_tells_how_it_was_read(graph: kg.KnowledgeGraph) -> None:
    reply = graph.ask("who trained at caltech and works at wisconsin?")
    assert reply.reading == (
        "people: trained at California Institute of Technology; is at University of Wisconsin-Madison"
    )
    assert reply.notes == ("read as University of Wisconsin-Madison",)
    assert reply.answer.columns == ("person", "sentence", "sentence1", "who")
    assert "VALUES ?institution_1" in reply.answer.sparql
    assert graph.query(reply.answer.sparql).rows == reply.answer.rows


def test_a_phrasing_of_the_catalogue_names_its_query(graph: kg.KnowledgeGraph) -> None:
    reply = graph.ask("Who advised Jason Lee?")
    assert (reply.query, reply.values) == ("advisors-of", {"name": "Jason Lee"})
    assert reply.answer.rests == ("14 of 34 speakers have an advisor recorded",)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", "cannot answer"),
        ("???", "cannot answer"),
        ("who", "cannot answer"),
        ("what is the meaning of life", "cannot answer"),
        ("who trained at Hogwarts", "cannot answer"),
        ("who works at California", "may be"),
        ('who trained at "} DROP ALL', "cannot answer"),
        ("who " * 400, "too long"),
    ],
)
def test_what_is_not_understood_is_declined(
    graph: kg.KnowledgeGraph, question: str, reason: str
) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        graph.ask(question)


def test_phrasings_of_conditions_have_all_their_slots() -> None:
    for name, condition in queries.conditions().items():
        assert condition.of in {"person", "talk"}, name
        for phrasing in condition.phrasings:
            slots = set(re.findall(r"\{(\w+)\}", phrasing))
            assert slots == {p.name for p in condition.parameters}, (name, phrasing)
            assert set(compiled(phrasing).slots) == slots


@pytest.mark.parametrize(
    ("question", "reading", "found"),
    [
        (
            "did John O'Keefe win a Kavli Prize?",
            "whether: John O'Keefe; received",
            ["John O'Keefe"],
        ),
        ("did Max Welling train at Caltech?", "whether: Max Welling; trained at", ["Max Welling"]),
        ("is Max Welling at Princeton?", "whether: Max Welling; is at Princeton University", []),
        ("who was the first to get a PhD from Berkeley?", "first people: ", ["Thomas R. Cech"]),
        ("where do the students of Per Andersen work?", "name: all people: was advised by", None),
        ("how many awards did Mary Beard get?", "The awards of a person", ["3"]),
        ("which topics are rising?", "Topics that rose since a year (year: 2015)", None),
        ("when did Mary Beard last speak?", "The talks of a person", ["2014-02"]),
        ("when was the talk on pulsars?", "talks: spoke on pulsar", ["1993-12-08"]),
    ],
)
def test_questions_of_other_kinds(
    graph: kg.KnowledgeGraph, question: str, reading: str, found: list[str] | None
) -> None:
    reply = graph.ask(question)
    assert reading in reply.reading
    if found is not None:
        assert sorted({row[0] for row in reply.answer.rows if row[0]}) == found


def test_a_question_of_yes_or_no_is_told_so(graph: kg.KnowledgeGraph) -> None:
    assert graph.ask("did Max Welling train at Caltech?").notes[0] == "yes"
    assert graph.ask("is Max Welling at Princeton?").notes[0] == "no source says so"


def test_a_row_says_whose_it_is_where_people_are_told_by_conditions(
    graph: kg.KnowledgeGraph,
) -> None:
    reply = graph.ask("where did the winners of the Lasker Award get their PhDs?")
    assert (reply.query, reply.answer.columns[:2]) == ("", ("institution", "of"))
    assert ("University of Cambridge", "Elizabeth H. Blackburn") in {
        r[:2] for r in reply.answer.rows
    }
    assert graph.query(reply.answer.sparql).rows == reply.answer.rows


def test_the_nearest_questions_ask_about_what_is_named(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(NotUnderstood) as caught:
        graph.ask("what is the shoe size of Roy Fox?")
    assert all("Roy Fox" in near for near in caught.value.nearest)


def test_a_declined_question_comes_with_the_nearest(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(NotUnderstood) as caught:
        graph.ask("who was the tailor of Jason Lee?")
    assert caught.value.nearest


@pytest.mark.parametrize(
    ("phrasing", "text", "slots"),
    [
        ("who (won|received) [the] {award}", "who won the Tern Medal", {"award": "Tern Medal"}),
        ("who (won|received) [the] {award}", "Who received Tern Medal?", {"award": "Tern Medal"}),
        ("what is {name} 's career", "What is Ada Byron's career?", {"name": "Ada Byron"}),
        ("talks by {name}", "talks by Mary O’Hara", {"name": "Mary O'Hara"}),
        ("who is {name}", "who's Ada", {"name": "Ada"}),
        ("who won {award}", "who won", None),
    ],
)
def test_phrasings_fit(phrasing: str, text: str, slots: dict[str, str] | None) -> None:
    found = next(compiled(phrasing).fits(Words.of(text)), None)
    assert ({n: w.text for n, w in found.items()} if found is not None else None) == slots


@pytest.mark.parametrize(
    ("asked", "single"),
    [
        ("before Lund, where was Ada Byron", "where was Ada Byron before Lund"),
        ("apart from Ada Byron, who won it", "who won it other than Ada Byron"),
        ("Ada van der Byron left Lund, so where is she", "where is Ada van der Byron"),
        ("who taught Ada Byron, and where did he study", "where did the person who taught Ada Byron study"),
        ("which speaker is at Lund, and what is her talk about", "what is the person who is at Lund's talk about"),
        # of whom a pronoun tells is not clear, or nobody: the question stays
        ("Ada Byron and Max Born, where do they work", "Ada Byron and Max Born, where do they work"),
        ("Ada Byron had a student who won, where is she", "Ada Byron had a student who won, where is she"),
        ("Ada Byron works at Lund, where did Max Born study", "Ada Byron works at Lund, where did Max Born study"),
    ],
)  # fmt: skip
def test_several_parts_are_asked_as_one(asked: str, single: str) -> None:
    assert turned(f" {asked} ").strip() == single


@pytest.mark.parametrize(
    ("question", "reading", "found"),
    [
        (
            "We need a climate speaker who isn't from Princeton",
            "people: spoke on climate model or climate change or climate variability; not: is at Princeton University",
            {"Klaus Hasselmann"},
        ),
        (
            "Lasker winners that went on to receive a Nobel in physiology",
            "",
            {"Carol W. Greider", "Elizabeth H. Blackburn", "Jack W. Szostak"},
        ),
        ("past president of the American Political Science Association", "", {"Elinor Ostrom"}),
        (
            "Laureates whose own advisor is also a Nobel winner",
            "",
            {"Carol W. Greider", "Jennifer A. Doudna", "May-Britt Moser", "Russell A. Hulse"},
        ),
        ("Did Jean Tirole teach at MIT at some point?", "", {"Jean Tirole"}),
        ("Do Trevor Hastie and Jonathan Taylor have a PhD student in common?", "", {"Jason Lee"}),
        (
            "Which people once worked at UC Berkeley but have since gone somewhere else?",
            "",
            {"Elizabeth H. Blackburn", "Jason Lee"},
        ),
        ("Murat Kocaoglu: which schools did he go to?", "", None),
        ("Year of Elinor Ostrom's master's degree?", "", {"1962"}),
        (
            "Has anyone gone from IBM to Purdue in the course of their career?",
            "",
            {"Murat Kocaoglu"},
        ),
    ],
)
def test_key_words_are_read_where_no_phrasing_fits(
    graph: kg.KnowledgeGraph, question: str, reading: str, found: set[str] | None
) -> None:
    reply = graph.ask(question)
    assert "read by its key words" in reply.notes or not reading
    assert reply.reading == reading or not reading
    answers = {row[0] for row in reply.answer.cells() if row[0]}
    assert answers == found if found else answers


@pytest.mark.parametrize(
    "question",
    [
        "How many people attended Max Welling's talk?",
        "who won the Fields Medal",
        "Which speakers speak Norwegian?",
        "What time does the seminar start?",
        "For which speakers is a PhD recorded but not the university that awarded it?",
        "Who works at Stanford only?",
        "whose advisor",
        "study work",
        "not",
        "or",
        ", the",
    ],
)
def test_key_words_that_are_not_all_told_decline(graph: kg.KnowledgeGraph, question: str) -> None:
    with pytest.raises(NotUnderstood):
        graph.ask(question)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("who got their phd first, blackburn or szostak?", {"Elizabeth H. Blackburn"}),
        ("Between Szostak and Greider, whose PhD came first?", {"Jack W. Szostak"}),
        ("did Jason Lee win more awards than Carol Greider", {"Jason Lee"}),
        ("Does Stanford have more current people than Princeton?", {"Princeton University"}),
        ("were there more talks in 2014 or 2009", {"2014"}),
        ("which advisors have more than one student", {"Per Andersen"}),
        (
            "At which universities did two or more of our speakers take a degree?",
            {
                "Carnegie Mellon University",
                "Harvard University",
                "McGill University",
                "University of California, Berkeley",
                "University of Oslo",
            },
        ),
    ],
)
def test_what_is_compared_and_what_at_least_some_have(
    graph: kg.KnowledgeGraph, question: str, found: set[str]
) -> None:
    assert {row[0] for row in graph.ask(question).answer.cells()} == found
