"""Descriptions of structured sources: what in them is the abstract, and what tells of which speaker."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import descriptions
from kg.model import Outline
from kg.readers._composing import Composition, DraftTalk

ABSTRACT = "The tide turns twice a day. We show how to tell when."
BIO = "Ada Bergström is a reader in logic at Lund University."


def parted(description: str, *names: str) -> tuple[list[str], dict[int, list[str]]]:
    """Paragraphs of the abstract, and of the biography of each speaker."""
    talk, composition = DraftTalk(), Composition("talks.yml")
    talk.named("Tides", "title")
    for name in names or ("Ada Bergström",):
        talk.speaker(name, "speaker")
    talk.said(description, "description")
    composition.add(talk)
    [page] = composition.pages()
    assert page.outlines
    found: Outline = descriptions.parted(page, page.outlines[0])
    assert found.prose == ()
    told = {n: [page.text[slice(*s)] for s in spans] for n, spans in found.bios}
    return [page.text[slice(*s)] for s in found.abstract], told


@pytest.mark.parametrize(
    "bio",
    [
        BIO,
        "Ada Bergström works at Lund University.",
        "Dr. Bergström received her PhD from Ghent University in 2012.",
        "Ada is a reader in logic at Lund University.",
        "Ada K. Bergström is a reader in logic at Lund University.",
        "Ada Bergström, a reader in logic at Lund University, studies the tide.",
        "Ada Bergström (Lund University) studies the tide and its many turns.",
        "Ada Bergström ist Professorin für Logik an der Universität Lund.",
        "Ada Bergström es profesora de lógica en la Universidad de Lund.",
        "I am a reader in logic at Lund University.",
        "Hi there! I'm a reader in logic at Lund University.",
    ],
)
def test_a_paragraph_that_opens_with_the_speaker_is_a_biography(bio: str) -> None:
    assert parted(f"{ABSTRACT}\n{bio}") == ([ABSTRACT], {0: [bio]})
    assert parted(f"{bio}\n{ABSTRACT}") == ([ABSTRACT], {0: [bio]})


@pytest.mark.parametrize(
    "opening",
    [
        "Ada Bergström will show how the tide turns.",
        "Ada Bergström talks about tides.",
        "Ada Bergström presents a clock of the sea.",
        "In this talk Ada Bergström is going to sea.",
        "I will tell how I am a tide.",
        "Is the tide a clock? It is.",
    ],
)
def test_what_a_talk_does_is_its_abstract(opening: str) -> None:
    assert parted(f"{opening}\n{ABSTRACT}") == ([opening, ABSTRACT], {})


@pytest.mark.parametrize("label", ["Bio:", "About the speaker", "## Biography", "Speaker bio:"])
def test_labels_decide(label: str) -> None:
    told = "Born by the sea, and never far from it since."
    label = label.removeprefix("## ")
    for text in (
        f"Abstract: {ABSTRACT}\n{label}\n{told}\nMore.",
        f"{ABSTRACT}\n{label} {told}\nMore.",
    ):
        if label.endswith(":") or "\n" in text.partition(label)[2][:1]:
            assert parted(text) == ([ABSTRACT], {0: [told, "More."]})
    assert parted(f"{label}\n{told}\nAbstract\n{ABSTRACT}") == ([ABSTRACT], {0: [told]})


def test_a_biography_goes_on_with_a_pronoun() -> None:
    more = "She got her PhD from Ghent University in 2012."
    assert parted(f"{BIO}\n{more}\n{ABSTRACT}") == ([ABSTRACT], {0: [BIO, more]})


def test_each_speaker_has_a_biography() -> None:
    other = "Jonas Okafor was a lecturer at Ghent University. He now sails."
    both = ("Ada Bergström", "Jonas Okafor")
    assert parted(f"{ABSTRACT}\nSpeakers' bios:\n{other}\n{BIO}", *both)[1] == {
        1: [other],
        0: [BIO],
    }
    assert parted(f"{ABSTRACT}\n{other}\n{BIO}", *both) == ([ABSTRACT], {1: [other], 0: [BIO]})


@given(st.text(alphabet="Ada/ Bergström,.(:\nwisI’'\tBiography-é", max_size=80))
def test_any_description_is_parted_and_nothing_is_told_twice(text: str) -> None:
    abstract, bios = parted(f"x\n{text}\nx")
    told = abstract + [p for paragraphs in bios.values() for p in paragraphs]
    assert len(told) <= text.count("\n") + 3
