"""What a notebook shows: a card of a graph, the explorer at a thing, answers as data frames; all without a notebook."""

from __future__ import annotations

import re

import pytest

from kg.exports import _embedded
from kg.facade import KnowledgeGraph
from kg.graph import assemble
from kg.model import Page, Speaker, Talk

HOSTILE = ("<img src=x onerror='x'>", "</table><script>x</script>", '"><svg onload="x">')


def talk(name: str) -> Talk:
    """A talk of a hostile name."""
    page = Page(f"{name}.txt", f"{name} speaks.")
    return Talk(page, f"Talk {name}", series=f"Series {name}", speakers=(Speaker(name, ()),))


def test_a_graph_has_a_card(graph: KnowledgeGraph) -> None:
    card = graph._repr_html_()
    assert "recorded-talks.txt" in card
    assert "g.show(" in card


def test_a_card_is_text_of_hostile_names() -> None:
    made = KnowledgeGraph.of(assemble([talk(name) for name in HOSTILE]))
    assert not re.search("<(?:img|script|svg|iframe)", made._repr_html_())


def test_show_is_what_it_was_and_a_frame_in_a_notebook(graph: KnowledgeGraph) -> None:
    shown = graph.show("Max Welling")
    assert isinstance(shown, tuple)
    assert shown[0].entity.name == "Max Welling"
    frame = shown._repr_html_()
    assert frame.startswith("<iframe")
    assert "allow-same-origin" not in frame
    assert frame.count("<") == 2  # the element and its end; all else is escaped


def test_show_of_a_large_graph_is_a_table(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_embedded, "_THINGS", 3)
    told = graph.show("Max Welling")._repr_html_()
    assert "<table>" in told
    assert "kg serve" in told


def test_an_answer_is_a_data_frame(graph: KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    frame = graph.query("frequent-topics").to_frame()
    assert list(frame.columns) == list(graph.query("frequent-topics").shown)
    assert frame["talks"].sum() > 0  # a number, not a text


def test_every_fact_is_a_row_with_its_sentence(graph: KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    frame = graph.facts().to_frame()
    assert len(frame) >= sum(graph.stats()["facts"].values())
    assert frame["confidence"].between(0, 1).all()
    assert frame["sentence"].str.len().min() > 0
    assert len(frame.sample(50, random_state=1)) == 50


def test_a_reply_shows_how_it_was_read_and_its_rows(graph: KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    reply = graph.ask("Which topics do most talks talk about?")
    told = reply._repr_html_()
    assert told.startswith("<p>Read as: ")
    assert f"<td style='text-align:left'>{reply.to_frame().iloc[0, 0]}</td>" in told


def test_rows_are_text_of_hostile_names() -> None:
    made = KnowledgeGraph.of(assemble([talk(name) for name in HOSTILE]))
    assert not re.search(
        "<(?:img|script|svg|/table><script)", made.query("all-speakers")._repr_html_()
    )
