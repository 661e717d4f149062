"""A hidden person is gone under every form of the name, and takes nothing of anybody else along."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

import kg
from kg import corrections, exports
from kg.cli import main
from kg.editing._words import words_of
from kg.facade import KnowledgeGraph

OWN = """Speaker: Rosamund Lindqvarn, Assistant Professor, Lund University
Title: Optics of Ice
Abstract: Rosamund's measurements show how. Lindqvarn (2019) found the law of Lindqvarn scattering.
Bio: Rosamund Lindqvarn is Assistant Professor at Lund University. Her site is https://example.org/~rlindqvarn and mail
rosamund.lindqvarn@lu.se; students call her Rosamund.

Speaker: Mateo Alvarquez, Professor, University of Oslo
Series: Rosamund Lindqvarn Lectures
Title: Numbers in the Snow, after Lindqvarn, Rosamund
Abstract: Counting snow flakes is hard. A result of LINDQVARN and of R. Lindqvarn is generalised.
Bio: Mateo Alvarquez is Professor at the University of Oslo. He won the Rosamund Lindqvarn Prize in 2019.
"""
OTHER = """Title: Glaciers and Lindqvarn scattering
Speaker: Hedda Olsvikson, Professor, University of Bergen
Abstract: With Rosamund Lindqvärn we measured glaciers. Lindqvarn scattering explains the blue of the ice.
Bio: Hedda Olsvikson is Professor at the University of Bergen. She was a postdoc with Prof. Lindqvarn at Lund
University. She received her PhD from Uppsala University in 2011.
"""


def hidden(folder: Path, name: str, *pages: tuple[str, str]) -> KnowledgeGraph:
    """The graph of pages with somebody hidden, in ``talks.kg`` of the folder."""
    files = []
    for page, text in pages:
        (folder / page).write_text(text, "utf-8")
        files.append(folder / page)
    kg.build(*files, workspace=folder / "talks.kg")
    assert main(["correct", "hide", name, "-g", str(folder / "talks.kg"), "-q"]) == 0
    return kg.build(*files, workspace=folder / "talks.kg")


def leaks(folder: Path, graph: KnowledgeGraph, *words: str) -> list[str]:
    """Files of the folder and of all exports that hold a word, in any case."""
    out = folder / "out"
    out.mkdir()
    for suffix in exports.exporters():
        kg.save(graph, out / f"talks{suffix}")
    files = [f for place in (folder / "talks.kg", out) for f in place.rglob("*") if f.is_file()]
    return [f.name for f in files if any(w.encode() in f.read_bytes().lower() for w in words)]


def test_every_form_of_the_name_goes_and_all_else_stays(tmp_path: Path) -> None:
    """Alone, turned round, in capitals, with initials, with accents, in addresses, titles, topics and other bios."""
    graph = hidden(
        tmp_path, "Rosamund Lindqvarn", ("ice.txt", OWN), ("rlindqvarn-glaciers.txt", OTHER)
    )
    assert leaks(tmp_path, graph, "lindqv", "rosamund") == []
    names = graph.names("person")
    assert {"Mateo Alvarquez", "Hedda Olsvikson"} <= set(names)
    assert len(graph.query("phd-from", institution="Uppsala University")) == 1
    assert graph.stats()["talks"] == 3
    assert not any(v.severity == "violation" for v in graph.check())


def test_an_advisor_who_does_not_speak(tmp_path: Path) -> None:
    text = OTHER.replace("with Prof. Lindqvarn", "advised by Torvald Ekbergsson")
    graph = hidden(tmp_path, "Torvald Ekbergsson", ("glaciers.txt", text))
    assert leaks(tmp_path, graph, "ekbergs", "torvald") == []
    assert "Hedda Olsvikson" in graph.names("person")


def test_a_family_name_that_others_have_stays_theirs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """And whoever builds is told."""
    other = OTHER.replace("Hedda Olsvikson", "Hedda Lindqvarn").replace(
        "Prof. Lindqvarn", "Prof. Dahl"
    )
    with caplog.at_level(logging.WARNING, "kg"):
        graph = hidden(tmp_path, "Rosamund Lindqvarn", ("ice.txt", OWN), ("glaciers.txt", other))
    assert "Hedda Lindqvarn" in graph.names("person")
    assert leaks(tmp_path, graph, "rosamund") == []
    assert any("common word or somebody else" in r.getMessage() for r in caplog.records)


def test_hidden_stays_hidden_whatever_else_is_corrected(tmp_path: Path) -> None:
    graph = hidden(tmp_path, "Rosamund Lindqvarn", ("ice.txt", OWN))
    again = kg.build(tmp_path / "ice.txt", workspace=tmp_path / "talks.kg")
    assert again.ntriples() == graph.ntriples()
    assert main(["correct", "same", "Mateo Alvarquez", "-g", str(tmp_path / "talks.kg"), "-q"]) == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Prof. Lindqvarn's law", "Prof. █████████'s law"),
        ("LINDQVARN, Rosamund", "█████████, ████████"),
        ("Lindqvarnian optics", "████████████ optics"),
        ("Rosamund Dahl", "Rosamund Dahl"),
        ("李大明教授", "███教授"),
        ("nothing of theirs", "nothing of theirs"),
    ],
)
def test_words(text: str, left: str) -> None:
    words = words_of(["Rosamund Lindqvarn", "李大明"], ["Rosamund Dahl"])
    assert words.hide(text) == left
    assert len(words.hide(text)) == len(text)


def test_what_cannot_hide_anybody_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ice.txt").write_text(OWN, "utf-8")
    kg.build(tmp_path / "ice.txt", workspace=tmp_path / "talks.kg")
    graph = str(tmp_path / "talks.kg")
    assert main(["correct", "hide", "Rosamund Lindqvarn @ ice.txt", "-g", graph]) == 2
    assert main(["correct", "hide", "Lund University", "--kind", "institution", "-g", graph]) == 2
    assert not (tmp_path / "talks.kg" / corrections.FILE).exists()
    build = [
        "build",
        str(tmp_path / "ice.txt"),
        "-o",
        graph,
        "--corrections",
        str(tmp_path / "none.toml"),
    ]
    assert main(build) == 1
    assert "no such file of corrections" in capsys.readouterr().err
