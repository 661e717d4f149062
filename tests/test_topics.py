"""Topics: concepts by every name they have, cleaned phrases, and what a page does not say."""

from __future__ import annotations

import pytest

from kg import concepts, language, listings, phrases, settings, topics
from kg.extraction import extract
from kg.model import Page, Span
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


def readings(sentence: str) -> dict[str, str]:
    """Labels of everything in a sentence that may be a topic, with the way it was read."""
    (parsed,) = language.parse(sentence, [Span(0, len(sentence))])
    found = [*phrases.known(parsed, 1), *phrases.phrases(parsed, 1)]
    return {h.label: h.way for h in found}


def test_a_list_that_shares_its_head_names_a_concept_with_each_member() -> None:
    found = readings("They compare supervised and unsupervised learning.")
    assert found["supervised learning"] == "list"
    assert "unsupervised learning" in found


def test_a_concept_may_stand_turned_around() -> None:
    assert readings("We study the detection of objects.")["object detection"] == "turned"


def test_no_unknown_phrase_is_made_of_words_that_stand_apart() -> None:
    assert not {"green kettle", "kettle colour"} & set(
        readings("We like green and blue kettles, and the colour of kettles.")
    )


def test_a_word_folds_alone_as_it_does_in_a_phrase() -> None:
    for phrase in (
        "Alzheimer\u2019s disease",
        "Colour modelling",
        "state-of-the-art analyses",
        "AT&T",
    ):
        words = [w for t in language.tokenize(phrase) for w in concepts.key_words(t.text)]
        assert " ".join(words) == concepts.key_of(phrase)


def test_a_name_that_holds_a_possessive_is_found() -> None:
    assert "women's health" in concepts.by_label()
    assert readings("She works on women\u2019s health.")["women's health"] == ""


def test_a_first_word_tells_how_long_a_name_may_be() -> None:
    starts = concepts.starts()
    assert all(len(k.split()) <= starts[k.split()[0]] for k in concepts.vocabulary())


def test_every_sign_has_a_weight_and_every_weight_a_sign() -> None:
    page = Page("page.txt", "Neural networks and tides\nAda Byron, Lund University\n")
    (listing,) = listings.find(page)
    signs = topics.signs(topics.candidates(page, listing), "Neural networks and tides")
    assert {frozenset(s) | {"bias"} for s in signs.values()} == {frozenset(topics.weights())}


def test_phrases_of_another_language_keep_their_words_and_stop_at_small_ones() -> None:
    text = "Presentamos una cartografía nueva de las algas invasoras en la costa vasca."
    (sentence,) = language.parse(text, [Span(0, len(text))])
    found = {hit.label for hit in phrases.phrases(sentence, 1)}
    assert {"cartografía nueva", "algas invasoras", "costa vasca"} <= found
    assert not [label for label in found if set(label.split()) & {"una", "las", "en", "la", "de"}]


def test_neither_addresses_nor_notices_are_topics() -> None:
    found = topics_of(
        "Graph databases at sea",
        "We keep harbour records in graph databases. The slides are at https://slides.example.org/sea/2024 and"
        " www.example.org/graph-databases. This video is licensed under a Creative Commons Attribution International"
        " License (https://creativecommons.org/licenses/by/4.0/).",
    )
    assert "graph database" in found
    assert not [t for t in found if "example" in t or "creative" in t or "license" in t]
