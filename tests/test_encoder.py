"""The encoder: pieces of words, windows of lines, what it says of them, and how that is put together."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import chain, encoder, lines, pieces, segments, windows

PAGE = """Colloquium of the Institute, spring term

12 March
How lichens breathe
Speaker: Dr. Aurelio Vantongeren (University of Bergen)
Lichens open and close without muscles. We show how water does it, and what this means for dry summers.

19 March
A map of every hedge
Speaker: Ingeborg Sallow and Tomasz Wierzba, Wageningen University
"""
_words = st.text(st.characters(codec="utf-8"), max_size=300)


@given(_words)
@settings(deadline=None)
def test_words_stand_where_they_say_and_have_pieces(text: str) -> None:
    found = pieces.split(text, 0, len(text))
    assert all(w.pieces and len(w.pieces) <= 8 for w in found)
    ends = [0, *(w.span.end for w in found)]
    assert all(end <= w.span.start for end, w in zip(ends, found, strict=False))
    assert "".join(text[w.span.start : w.span.end] for w in found) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("lichen", pieces.LOWER), ("Lichen", pieces.CAPITALISED), ("NASA", pieces.CAPITALS), ("12", pieces.DIGITS),
        ("2019", pieces.YEAR), ("J", pieces.INITIAL), ("eBay", pieces.MIXED), (",", pieces.PLAIN),
    ],
)  # fmt: skip
def test_shape_of_a_word(word: str, shape: int) -> None:
    assert pieces.split(word, 0, len(word))[0].shape == shape


def test_accents_and_capitals_are_folded() -> None:
    assert pieces.pieces("Müller") == pieces.pieces("muller")


def test_scripts_without_spaces_are_cut_at_every_character() -> None:
    assert len(pieces.split("北京大学", 0, 4)) == 4


@given(
    st.lists(
        st.sampled_from(["", "Ada Lovelace", "a b c " * 70, "Zürich", "x" * 900, "—"]), max_size=60
    )
)
@settings(deadline=None)
def test_every_line_is_some_windows_own_once(rows: list[str]) -> None:
    heads = windows.heads("\n".join(rows))
    assert len(heads) == sum(bool(r.strip()) for r in rows)
    cut = windows.cut(heads)
    assert [n for w in cut for _, n in w.lines] == list(range(len(heads)))
    for window in cut:
        assert len(window.pieces) == len(window.shapes) <= windows.LONGEST + 1
        for mark, n in window.lines:
            assert window.pieces[mark] in {windows.LINE, windows.GAP}
            at = windows.positions(heads[n], mark)
            firsts = [w.pieces[0] for w in heads[n].words]
            assert [window.pieces[i] for i in at if i < len(window.pieces) - 1] == firsts[: len(at)]


def test_a_long_line_is_read_at_both_ends() -> None:
    text = "Start " + "word " * 200 + "Finish"
    words = windows.heads(text)[0].words
    assert text[slice(*words[0].span)] == "Start"
    assert text[slice(*words[-1].span)] == "Finish"
    assert sum(len(w.pieces) for w in words) <= windows.HEAD + windows.TAIL


def test_roles_are_probabilities_a_line() -> None:
    read = encoder.read(PAGE)
    assert len(read) == len(lines.split(PAGE))
    for line in read:
        assert sum(map(math.exp, line.roles.values())) == pytest.approx(1, abs=1e-3)


def test_the_same_page_reads_the_same() -> None:
    assert encoder.read(PAGE) == encoder.read(PAGE)


def test_roles_and_beginnings_of_a_page() -> None:
    found = segments.segment(PAGE)
    assert [r.role for r in found if r.role == "title"] == ["title", "title"]
    assert sum(r.starts for r in found) == 2


def test_entries_of_a_page_open_alike_where_changing_costs() -> None:
    weights = {"title": {"T*": 1.0}, "perhaps a name": {"S*": 0.5}}
    model = chain.Model.of({"roles": ("T*", "S*"), "steps": {}, "weights": weights})
    page = [["title"], ["perhaps a name"], ["title"]]
    assert model.path(page) == ["T*", "S*", "T*"]
    assert [role for role, _ in model.decode(page, turn=1.0)] == ["T*", "T*", "T*"]


def test_what_another_judge_says_is_added() -> None:
    model = chain.Model.of({"roles": ("A", "O"), "steps": {}, "weights": {"x": {"A": 1.0}}})
    assert model.path([["x"]]) == ["A"]
    ((role, margin),) = model.decode([["x"]], [{"A": -2.0, "O": -0.1}])
    assert role == "O"
    assert margin == pytest.approx(0.9)


def test_every_word_of_a_long_paragraph_is_labelled_once() -> None:
    words = ["She", "was", "a", "postdoc", "in", "Kyoto", "and", "Malmö", "."] * 120
    assert [n for w in windows.passages("Ada Byron", words, False) for _, n in w.lines] == list(
        range(len(words))
    )
    assert encoder.labels("Ada Byron", words, False).shape == (len(words), len(encoder.names()[2]))
