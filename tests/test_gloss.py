"""Words of other languages beside their English ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import gloss, language
from kg.model import Span


def _english(text: str) -> list[str]:
    (sentence,) = language.parse(text, [Span(0, len(text))])
    return [t.lower for t in sentence.in_english.tokens]


def test_a_sentence_is_read_by_its_english_words() -> None:
    assert _english("Es profesora titular en Granada.") == [
        "is",
        "professor",
        "+",
        "in",
        "granada",
        ".",
    ]


def test_an_article_tied_to_a_word_is_a_word() -> None:
    assert _english("Elle enseigne à l’Université de Lille.")[2:5] == ["at", "the", "universite"]


@pytest.mark.parametrize(
    "text",
    [
        "She is a professor at the Universidad de la República in Montevideo.",
        "Juan de la Cruz is director of the Casa de las Mareas.",
        "Leonardo da Vinci",
    ],
)
def test_english_with_names_of_other_languages_is_english(text: str) -> None:
    assert gloss.read(text.split()) == ()


def test_an_article_that_also_says_of_follows_its_noun() -> None:
    assert _english("Sie ist Mitglied der Akademie.")[2:4] == ["member", "of"]
    assert _english("Sie war an der Akademie.")[2:4] == ["at", "the"]


def test_posts_have_an_english_head() -> None:
    assert gloss.noun("profesora titular") == "professor"
    assert gloss.noun("professor") == ""


@given(st.lists(st.text(min_size=1), max_size=12))
def test_any_words_are_read(words: list[str]) -> None:
    assert len(gloss.read(words)) in {0, len(words)}
