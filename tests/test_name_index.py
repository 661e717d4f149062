"""Names are found by their beginnings, without accents, with slips; and a graph that grows takes its index along."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.graph._index import FILE, Index
from kg.model import Page, Talk

PAGE = """Tides of {0}
{1}, Lund University

Bio: {1} is a professor at Lund University. She received her PhD from the California Institute of Technology in 2004.
"""
NAMES = ("Zoë Ågren", "Bo Ek", "Bodil Ekström", "Łukasz Żak", "山田 太郎")


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """The names of five speakers, and what their pages name."""
    pages = [Page(f"{n}.txt", PAGE.format(f"Logic {n}", name)) for n, name in enumerate(NAMES)]
    talks: list[Talk] = [talk for page in pages for talk in kg.extract(page)]
    return kg.graph.assemble(talks)._names.index


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("zoe", "Zoë Ågren"),
        ("AGREN", "Zoë Ågren"),
        ("Zoë Ågren", "Zoë Ågren"),
        ("ekst", "Bodil Ekström"),
        ("lukasz zak", "Łukasz Żak"),
        ("lukas", "Łukasz Żak"),
        ("zak luk", "Łukasz Żak"),
        ("Bodil Ekstrom", "Bodil Ekström"),
        ("Bodl Ekström", "Bodil Ekström"),
        ("caltech", "California Institute of Technology"),
        ("californa institute", "California Institute of Technology"),
    ],
)
def test_a_name_is_found(index: Index, text: str, first: str) -> None:
    kind = None if "al" in text.lower() else "person"
    assert index.search(text, kind)[0].thing.label == first


def test_a_name_that_is_its_own_key_is_found_by_its_letters() -> None:
    page = Page(
        "0.txt",
        "On convection\nAda Byron, Lund University\n\nAbstract: Convection in stars. Convection!\n",
    )
    graph = kg.graph.assemble(kg.extract(page))
    assert "convection" in {t.key for t in graph.reader.things(20)}
    for text in ("convec", "convetion", "Convection"):
        assert graph.search(text, "topic")[0].thing.key == "convection"


def test_nothing_is_found_for_nothing(index: Index) -> None:
    assert index.search("") == []
    assert index.search('"*) OR (') == []
    assert index.search("qqqqqq") == []


def test_what_more_point_at_comes_first(index: Index) -> None:
    hits = index.search("lund")
    assert hits[0].thing.label == "Lund University"
    assert hits[0].thing.weight >= 5


def _rows(index: Index) -> list[tuple[object, ...]]:
    rows = index._db.execute(
        "SELECT iri, kind, key, label, weight, form, name, is_key FROM name JOIN thing ON thing.id = name.thing"
    )
    return sorted(rows)


def test_the_index_grows_with_the_graph(tmp_path: Path) -> None:
    pages, folder = tmp_path / "pages", tmp_path / "talks.kg"
    pages.mkdir()
    for n, name in enumerate(NAMES[:3]):
        (pages / f"{n}.txt").write_text(PAGE.format(f"Logic {n}", name), "utf-8")
    kg.build(pages, workspace=folder).find("Bo Ek")
    (pages / "9.txt").write_text(PAGE.format("Sand", "Łukasz Żak"), "utf-8")
    (pages / "1.txt").unlink()
    graph = kg.build(pages, workspace=folder)
    assert list(folder.glob(f"builds/*/{FILE}"))
    assert _rows(graph._names.index) == _rows(Index.of(graph._store))
    assert graph.find("Lukasz Zak")[0].name == "Łukasz Żak"
    with pytest.raises(kg.errors.UnknownName):
        graph.find("Bo Ek")


def test_a_broken_index_is_made_anew(tmp_path: Path) -> None:
    page, folder = tmp_path / "page.txt", tmp_path / "talks.kg"
    page.write_text(PAGE.format("Logic", "Bo Ek"), "utf-8")
    kg.build(page, workspace=folder).find("Bo Ek")
    (file,) = folder.glob(f"builds/*/{FILE}")
    file.write_bytes(b"no database")
    assert kg.load(folder).find("bo ek")[0].name == "Bo Ek"
