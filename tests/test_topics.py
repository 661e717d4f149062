"""Topics: concepts by every name they have, cleaned phrases, and what a page does not say."""

from __future__ import annotations

import pytest

from kg import concepts, settings
from kg.extraction import extract
from kg.model import Page
from kg.topics import TopicAssignment


def topics_of(title: str, abstract: str = "") -> list[str]:
    """Labels of the topics of a page with one talk, most central first."""
    page = f"{title}\nAda Byron, Lund University\n\n" + (
        f"Abstract: {abstract}\n" if abstract else ""
    )
    (talk,) = extract(Page("page.txt", page))
    return [t.topic for t in talk.topics if isinstance(t, TopicAssignment)]


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("neural networks", "neural network"),
        ("NLP", "natural language processing"),
        ("cybersecurity", "computer security"),
        ("climate modelling", "climate model"),
        ("chatbots", "chatbot"),
        ("automata theory", "automata theory"),
    ],
)
def test_a_concept_has_the_name_that_the_page_says(printed: str, label: str) -> None:
    concept = concepts.acronyms().get(printed) or concepts.vocabulary()[concepts.key_of(printed)]
    assert concept.label == label


def test_a_name_in_other_words_is_a_narrower_topic() -> None:
    assert concepts.vocabulary()["chatbot"].broader == ("dialogue system",)


def test_a_name_whose_marks_matter_is_not_found_without_them() -> None:
    assert not {"c", "category"} & set(concepts.vocabulary())


def test_every_broader_label_is_one_of_the_vocabulary() -> None:
    known = concepts.vocabulary()
    lost = {
        b
        for c in concepts.by_label().values()
        for b in c.broader
        if concepts.key_of(b) not in known
    }
    assert not lost


def test_plurals_of_other_languages_have_a_singular() -> None:
    assert [concepts.singular(w) for w in ("automata", "matrices", "species", "analyses", "bodies")] == [
        "automaton", "matrix", "species", "analysis", "body"]  # fmt: skip


def test_title_and_repetition_count_and_small_talk_does_not() -> None:
    found = topics_of(
        "Soil moisture and plant drought stress",
        "Many colleagues ask how droughts change soil moisture. We measure soil moisture with remote sensing. "
        "Remote sensing of drought stress is a journey of several decades. Register by the deadline.",
    )
    assert {"soil moisture", "remote sensing"} <= set(found[:4])
    assert not {"journey", "deadline", "several decade", "colleague"} & set(found)
    assert len(found) <= settings.DEFAULT.max_topics


def test_a_phrase_of_two_readings_is_given_once() -> None:
    found = topics_of(
        "Learning-based tidal forecasting", "Learning-based tidal forecasting is young."
    )
    assert len([t for t in found if "tidal forecasting" in t]) <= 1


def test_no_person_is_a_topic() -> None:
    assert not [
        t
        for t in topics_of("Rivers that remember", "This is joint work with Maria Schmidt.")
        if "maria" in t
    ]


def test_every_topic_is_printed() -> None:
    page = "Intaglio printing and lithography\nAda Byron, Lund University\n"
    (talk,) = extract(Page("page.txt", page))
    assert talk.topics
    assert all(t.evidence.quote and t.printed in page for t in talk.topics)
