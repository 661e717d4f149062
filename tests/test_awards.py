"""Awards as identities: what is one award, what is another, and who gives it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import authorities, awards, names, ontology

ONE = [
    [
        "NSF CAREER",
        "National Science Foundation CAREER Award",
        "NSF Career Award",
        "CAREER award from the NSF",
        "Faculty Early Career Development (CAREER) Award",
        "a 2019 NSF CAREER award",
        "NSF CAREER Award (2019)",
        "CAREER Award of the National Science Foundation (NSF)",
    ],
    [
        "IEEE Fellow",
        "Fellow of the IEEE",
        "Fellow, IEEE",
        "Fellow of the Institute of Electrical and Electronics Engineers",
        "Fellow of the Institute of Electrical and Electronics Engineers (IEEE)",
        "elected Fellow of the IEEE",
    ],
    ["Fellow of the Royal Society", "FRS", "Fellow of The Royal Society", "Royal Society Fellow"],
    [
        "Sloan Research Fellowship",
        "Alfred P. Sloan Research Fellow",
        "Sloan Fellow",
        "Sloan Foundation Research Fellowship",
        "recipient of a Sloan Fellowship",
    ],
    [
        "Best Paper Award at ICML 2019",
        "ICML best paper",
        "ICML'19 Best Paper Award",
        "Best Paper Award at the 36th International Conference on Machine Learning (ICML 2019)",
        "Best Paper Award at ICML 2019 in Vienna, Austria",
        "best paper prize, ICML 2018-2019",
    ],
    ["Best Student Paper, IEEE CVPR", "CVPR best student paper award"],
    ["Outstanding Reviewer NeurIPS", "NIPS 2017 Outstanding Reviewer Award"],
    [
        "ONR Young Investigator",
        "Office of Naval Research Young Investigator Program (YIP) Award",
        "ONR Young Investigator Award",
        "Young Investigator Award from the Office of Naval Research",
    ],
    ["ERC Starting Grant", "European Research Council Starting Grant", "ERC StG 2020"],
    ["Turing Award", "ACM A.M. Turing Award", "Turing Award for his work on compilers"],
    ["Gottfried Wilhelm Leibniz-Preis", "Leibniz Prize of the DFG", "Leibniz Prize"],
    ["Médaille Fields", "Fields Medal", "2014 Fields medalist"],
    ["Distinguished Teaching Honour, Lund University", "Lund University Distinguished Teaching Honor"],
    ["Faculty Research Programme Award of Google", "Google Faculty Research Program Award"],
    ["Sloan Research Fellowship in Mathematics", "Sloan Fellow in computer science"],
    ["Legion of Honor", "Légion d’honneur"],
    ["MacArthur Fellow", "MacArthur “Genius” Grant", "MacArthur Foundation Fellowship"],
    ["ACM SIGCOMM Test of Time Paper Award", "SIGCOMM Test-of-Time Award"],
    ["OBE", "Officer of the Order of the British Empire (OBE)"],
    ["Abelprisen", "Prix Abel", "Abel Prize"],
    ["Marie Curie Fellow", "Marie Sklodowska-Curie Fellowship"],
]  # fmt: skip

APART = [
    ["Young Investigator Award", "ONR Young Investigator Award", "AFOSR Young Investigator Award"],
    ["Best Paper Award", "ICML Best Paper Award", "ICLR Best Paper Award", "Best Student Paper Award"],
    ["Outstanding Reviewer NeurIPS", "Outstanding Reviewer ICML"],
    ["Sloan Research Fellowship", "Sloan Foundation grant"],
    ["IEEE Fellow", "IEEE Life Fellow", "IEEE Senior Member", "ACM Fellow", "IET Fellow"],
    ["Turing Award", "Turing Fellow"],
    ["ERC Starting Grant", "ERC Advanced Grant", "ERC grant"],
    ["Nobel Prize", "Nobel Prize in Physics", "Nobel Prize in Chemistry", "Nobel Peace Prize"],
    ["ICML Best Paper Award", "ICML Best Paper Award finalist", "ICML Best Paper Honorable Mention"],
    ["Royal Society Fellow", "Royal Society University Research Fellow", "Royal Society of Canada Fellow"],
    ["Max Planck Medal", "Max Planck Research Award"],
    ["IBM Fellow", "IBM Fellowship"],
    ["Fields Medal", "Fields Institute Fellow"],
    ["Best Paper Award at ICML", "Best Paper Award at the ICML Workshop on Tides"],
    ["Humboldt Research Award", "Humboldt Research Fellowship"],
    ["Dirac Medal of the ICTP", "Dirac Medal of the Institute of Physics"],
    ["Adams Prize", "Adam Prize"],
    ["OBE", "CBE", "MBE", "Order of the British Empire"],
    ["Facebook Fellowship", "Facebook Emerging Scholar"],
    ["ESA Fellow", "ESA best paper award"],
    ["Canada Research Chair", "Canada Research Chair in machine learning"],
    ["Wolf Prize", "Wolf Prize in Mathematics", "Wolf Prize in Art"],
    ["first prize", "second prize"],
]  # fmt: skip


@pytest.mark.parametrize("group", ONE, ids=lambda g: g[0])
def test_one_award(group: list[str]) -> None:
    assert len({awards.key(name) for name in group}) == 1, [awards.key(n) for n in group]


@pytest.mark.parametrize("group", APART, ids=lambda g: g[0])
def test_different_awards(group: list[str]) -> None:
    assert len({awards.key(name) for name in group}) == len(group), [awards.key(n) for n in group]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("NSF CAREER", "National Science Foundation"),
        ("Fellow of the IEEE", "Institute of Electrical and Electronics Engineers"),
        ("Sloan Fellow", "Alfred P. Sloan Foundation"),
        ("Fellow of the Danish Society of Tides", None),
        ("Fellow of the American Statistical Association", "American Statistical Association"),
        ("Early Promise Prize of the Volkswagen Foundation", "Volkswagen Foundation"),
        ("Lund University Teaching Award", "Lund University"),
        ("Best Paper Award at ICML in Stockholm", None),
        ("Kyoto Prize", "Inamori Foundation"),
        ("Oxford Prize", None),
        ("Tern Medal", None),
        ("MIT Technology Review's list of people", None),
        ("", None),
    ],
)
def test_the_body_that_gives_an_award(name: str, body: str | None) -> None:
    assert awards.body(name) == body


def test_a_known_award_has_a_name_and_the_fellowship_of_any_known_society_is_known() -> None:
    found = awards.canonical("a CAREER award from the NSF")
    assert found is not None
    assert found.name == "NSF CAREER Award"
    society = awards.canonical("Fellow of the Swiss Mathematical Society")
    assert society is not None
    assert society.name == "Fellow of the Swiss Mathematical Society"
    assert awards.canonical("Tern Medal") is None
    assert awards.canonical("Fellow of Lund University") is None


def test_the_vocabulary_is_large_and_no_name_leads_to_two_awards() -> None:
    rows = awards.known()
    assert len(rows) >= 400
    assert not [name for name, count in Counter(k.name for k in rows).items() if count > 1]
    wrong = [
        (name, award.name)
        for award in rows
        for name in (award.name, *award.aliases)
        if awards.canonical(name) != award
    ]
    assert not wrong


def test_bodies_are_called_as_the_institutions_call_them() -> None:
    wrong = {
        (award.body, found.name)
        for award in awards.known()
        if award.body and (found := authorities.resolve(award.body)) and found.name != award.body
    }
    assert not wrong


def test_sponsors_of_venues_are_known_institutions() -> None:
    held = {s for sponsors in awards._venues().values() for s in sponsors if s}
    assert held <= set(authorities.institutions())


def test_the_relation_to_the_body_is_described() -> None:
    term = f"{ontology.KG}givenBy"
    known = ontology.load()
    assert known.one(term, f"{ontology.RDFS}range") == f"{ontology.KG}Organization"
    assert known.one(term, f"{ontology.RDFS}domain") == f"{ontology.KG}Award"


@given(st.text(max_size=60))
def test_any_text_has_a_key_and_small_differences_do_not_count(text: str) -> None:
    found = awards.key(text)
    assert found or not text.strip()
    assert found == awards.key(text)
    if names.fold(text) and text.isascii():
        assert awards.key(f" {text} ") == found
