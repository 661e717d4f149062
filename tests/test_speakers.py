"""Names of speakers on a line, and what parts them from titles."""

from __future__ import annotations

import pytest

from kg import lines, readings, speakers
from kg.model import Span


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yulan He (Warwick)", ["Yulan He"]),
        ("He Wang, Lund University", ["He Wang"]),
        ("Bo An and Ada Byron", ["Bo An", "Ada Byron"]),
        ("An Introduction", []),
        ("C. Titus Brown", ["C. Titus Brown"]),
        ("Sikun Yang, Lund University", ["Sikun Yang"]),
        ("Will Landau", ["Will Landau"]),
        ("Roman Law", []),
        ("TBA", []),
        ("Palestra Relâmpago", []),
        ("Ruth Dahl (Lund University)*; Karl Berg (Ghent University)", ["Ruth Dahl", "Karl Berg"]),
        (
            "Ruth Dahl, Karl Berg, Davis Vaughan, Eva Lind",
            ["Ruth Dahl", "Karl Berg", "Davis Vaughan", "Eva Lind"],
        ),
        ("Mastering LLMs", []),
        ("Ada Byron, MD, Ph.D., and Karl Dahl PhD (Lund University)", ["Ada Byron", "Karl Dahl"]),
        (
            "Ruth Dahl, Quirks Osmankovs and Ada Byron",
            ["Ruth Dahl", "Quirks Osmankovs", "Ada Byron"],
        ),
        ("Ada Byron, Red Hat and Fedora Project", ["Ada Byron"]),
        ("Ruth Dahl, Gary Berg, Ada Byron", ["Ruth Dahl", "Gary Berg", "Ada Byron"]),
    ],
)
def test_names_that_are_also_small_words_or_places(text: str, names: list[str]) -> None:
    who, _ = speakers.find(text, Span(0, len(text)))
    assert [text[slice(*s.name)] for s in who] == names


def test_a_full_stop_parts_a_list_of_authors_from_the_title() -> None:
    text = (
        "Ruth Dahl, Gary Berg, Yulan He and Ada Byron. Tides and their measurement in shallow water"
    )
    (line,) = lines.split(text)
    read = readings.sure(line)["both"]
    assert [text[slice(*s.name)] for s in read.speakers] == [
        "Ruth Dahl", "Gary Berg", "Yulan He", "Ada Byron",
    ]  # fmt: skip
    assert read.title is not None
    assert text[slice(*read.title)] == "Tides and their measurement in shallow water"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Talking to tides - Thor Dahl", "Talking to tides"),
        (
            "Mastering LLMs: from tides to shores - Karl Berg",
            "Mastering LLMs: from tides to shores",
        ),
    ],
)
def test_a_title_first(text: str, title: str) -> None:
    (line,) = lines.split(text)
    read = readings.best(line, "both")
    assert read is not None
    assert read.title is not None
    assert text[slice(*read.title)] == title
