"""Affiliations to organizations: by an imported registry, and by the bundled vocabulary."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import linking
from kg.errors import MissingPart, ReadError, UnknownName
from kg.linking import _strings as strings

Run = Callable[..., tuple[int, str, str]]
HERON, TERN, GULL, SCHOOL, BANK = (
    f"https://ror.org/{n}" for n in ("0heron", "0tern", "0gull", "0school", "0bank")
)


CODES = {"Norway": "NO", "Japan": "JP", "Peru": "PE", "United States": "US"}


def row(id_: str, name: str, country: str, city: str, **more: Any) -> dict[str, Any]:
    """An organization as the registry writes it."""
    names: list[dict[str, Any]] = [{"value": name, "types": ["ror_display", "label"], "lang": "en"}]
    names += [{"value": v, "types": ["acronym"], "lang": None} for v in more.get("acronyms", ())]
    names += [{"value": v, "types": ["alias"], "lang": None} for v in more.get("aliases", ())]
    return {
        "id": id_,
        "status": more.get("status", "active"),
        "names": names,
        "types": [more.get("kind", "education")],
        "locations": [
            {
                "geonames_details": {
                    "country_name": country,
                    "country_code": CODES[country],
                    "name": city,
                    "lat": 1.0,
                    "lng": 2.0,
                }
            }
        ],
        "links": [
            {"type": "website", "value": f"https://www.{h}/en"} for h in more.get("hosts", ())
        ],
        "relationships": [
            {"type": "parent", "id": p, "label": ""} for p in more.get("parents", ())
        ],
        "external_ids": [{"type": "wikidata", "all": ["Q1"], "preferred": None}],
    }


ROWS = [
    row(
        HERON, "University of Heronia", "Norway", "Heronia", acronyms=["UHX"], hosts=["heronia.no"]
    ),
    row(TERN, "Tern Institute of Technology", "Japan", "Ternville", acronyms=["TIT"]),
    row(GULL, "Gull Institute of Technology", "Peru", "Lima", acronyms=["TIT"]),
    row(SCHOOL, "Heronia School of Medicine", "Norway", "Heronia", parents=[HERON]),
    row(BANK, "Shore (Norway)", "Norway", "Heronia", kind="company", aliases=["Shore Research"]),
    row("https://ror.org/0gone", "Gone University", "Norway", "Heronia", status="withdrawn"),
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TALKGRAPH_HOME", str(folder))
    return folder


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A dump of the registry, as it is published."""
    path = tmp_path / "v2.0-ror-data.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("v2.0-ror-data.json", json.dumps(ROWS))
    return path


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("University of Heronia", HERON),
        ("Dept. of Comput. Sci., Univ. of Heronia, Norway", HERON),
        ("Heronia Univ., Norway", HERON),
        ("Universität Heronia", HERON),
        ("Heronia School of Medicine, Heronia, Norway", HERON),
        ("Laboratory of Tides, UHX, Norway", HERON),
        ("Tern Inst. of Technol., Ternville", TERN),
        ("TIT, Ternville, Japan", TERN),
        ("Shore Research, Heronia, Norway", BANK),
        ("Univerity of Heronia, Norway", HERON),
        ("Universityof Heronia, Norway", HERON),
        ("Heronia Law School, Heronia, Norway", HERON),
        ("Department of Birds#N# University of#N# Heronia", HERON),
        ("Reedbeds Group, x@birds.heronia.no, Heronia", HERON),
        ("TIT", None),
        ("Gone University", None),
        ("Institute of Technology", None),
        ("", None),
    ],
)
def test_an_affiliation_stands_for(text: str, id_: str | None, dump: Path) -> None:
    assert linking.add_ror(dump) == 5
    found = linking.linker().link(text)
    assert found.id == id_
    assert found.because
    assert (found.name is None) == (found.id is None)


def test_the_registry_is_listed_and_replaced(dump: Path, home: Path, kg_command: Run) -> None:
    assert kg_command("authority", "list")[1] == "[]\n"
    code, _, err = kg_command("authority", "add", "ror", dump)
    assert (code, "imported 5 active organizations" in err) == (0, True)
    _, out, _ = kg_command("authority", "list", "--json")
    assert json.loads(out) == [
        {
            "registry": "ror",
            "organizations": 5,
            "source": dump.name,
            "file": str(home / "ror.sqlite"),
        }
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no json", "cannot be read as a ROR dump"),
        ("{}", "one JSON array"),
        ('[{"id": "x"}]', "record 1 is none of ROR's schema v2"),
    ],
)
def test_what_is_no_dump_is_refused_and_the_old_one_stays(
    content: str, said: str, dump: Path, tmp_path: Path
) -> None:
    linking.add_ror(dump)
    bad = tmp_path / "bad.json"
    bad.write_text(content, "utf-8")
    with pytest.raises(ReadError, match=said):
        linking.add_ror(bad)
    assert linking.linker().link("University of Heronia").id == HERON


def test_what_the_registry_knows_of_an_organization(dump: Path) -> None:
    linking.add_ror(dump)
    linker = linking.Linker()
    one = linker.record(HERON)
    assert (one.id, one.name, one.country, one.code, one.city) == (
        HERON, "University of Heronia", "Norway", "NO", "Heronia",
    )  # fmt: skip
    assert (one.latitude, one.longitude, one.wikidata) == (1.0, 2.0, "Q1")
    assert (one.acronyms, one.hosts, one.parents) == (("UHX",), ("heronia.no",), ())
    assert linking.Name("University of Heronia", "label", "en") in one.names
    assert linking.Name("Shore Research", "alias") in linker.record(BANK).names
    assert linker.record(SCHOOL).parents == (HERON,)
    with pytest.raises(UnknownName, match="no organization named 'x'"):
        linker.record("x")


def test_a_registry_kept_by_an_older_version_is_asked_for_again(
    dump: Path, home: Path, kg_command: Run
) -> None:
    linking.add_ror(dump)
    with sqlite3.connect(home / "ror.sqlite") as base:
        base.execute("update about set layout = 1")
    base.close()
    with pytest.raises(MissingPart, match="import the registry again: kg authority add ror"):
        linking.linker()
    code, out, err = kg_command("authority", "list")
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    linking.add_ror(dump)
    assert linking.linker().link("University of Heronia").id == HERON


def test_the_vocabulary_adds_short_forms(tmp_path: Path) -> None:
    mit = "https://ror.org/0mit"
    rows = [row(mit, "Massachusetts Institute of Technology", "United States", "Cambridge")]
    path = tmp_path / "dump.json"
    path.write_text(json.dumps(rows), "utf-8")
    linking.add_ror(path)
    assert linking.linker().link("Laboratory for Tides, MIT, Cambridge, MA, USA").id == mit


def test_a_list_is_resolved_a_line_at_a_time(dump: Path, tmp_path: Path, kg_command: Run) -> None:
    kg_command("authority", "add", "ror", dump)
    names = tmp_path / "names.txt"
    names.write_text("University of Heronia\nnobody knows\n", "utf-8")
    code, out, _ = kg_command("resolve", "--kind", "organization", names)
    one, other = map(json.loads, out.splitlines())
    assert code == 0
    assert set(one) == {"text", "id", "name", "score", "because"}
    assert (one["id"], one["name"], other["id"]) == (HERON, "University of Heronia", None)


def test_without_a_registry_the_bundled_vocabulary_answers() -> None:
    found = linking.linker().link("Department of Physics, University of Oslo, Norway")
    assert (found.id, found.name) == ("organization/university-of-oslo", "University of Oslo")
    assert linking.linker().link("University of Oslo; Lund University").id is None


def test_a_missing_file_is_said(kg_command: Run, tmp_path: Path) -> None:
    for words in (
        ("resolve", tmp_path / "none.txt"),
        ("authority", "add", "ror", tmp_path / "none.zip"),
    ):
        code, out, err = kg_command(*words)
        assert (code, out) == (1, "")
        assert "none." in err
    assert kg_command("authority", "add")[0] == 2


@given(st.text(max_size=60))
def test_any_text_has_words_and_a_key(text: str) -> None:
    assert strings.key(strings.words(text)) == strings.key([w for w, _ in strings.dotted(text)])


@pytest.fixture(scope="module")
def registry(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder with the whole registry, imported once."""
    folder = tmp_path_factory.mktemp("registry")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALKGRAPH_HOME", str(folder))
        linking.add_ror(next((shared / "ror").glob("*.zip")))
    return folder


@pytest.mark.shared
def test_affiliations_of_papers(
    shared: Path, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Floors of what is answered, and right; they only rise."""
    monkeypatch.setenv("TALKGRAPH_HOME", str(registry))
    linker = linking.linker()
    rows = [
        json.loads(line)
        for line in (shared / "affiliations" / "val.jsonl").read_text("utf-8").splitlines()
    ]
    answered = [(r, a) for r in rows if (a := linker.link(r["text"]).id)]
    assert len(answered) / len(rows) >= 0.91
    assert sum(a in r["ror"] for r, a in answered) / len(answered) >= 0.97


@pytest.mark.shared
def test_affiliations_in_our_own_words(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None is answered wrong, and nearly all are answered."""
    monkeypatch.setenv("TALKGRAPH_HOME", str(registry))
    linker = linking.Linker()
    lines = (Path(__file__).parent / "cases" / "affiliations.tsv").read_text("utf-8").splitlines()
    cases = [line.split("\t") for line in lines if not line.startswith("#")]
    found = {text: linker.link(text).name for text, _ in cases}
    named = {text: set(right.split("|")) - {"-"} for text, right in cases}
    assert not {t: n for t, n in found.items() if n and n not in named[t]}
    assert sum(bool(found[t]) for t, right in named.items() if right) >= 160


PAGE = """Birds of the shore
Rosa Lind, Heronia University
Abstract: Birds.
Bio: Rosa Lind is a professor of biology at Heronia University. She got her PhD from the University of Heronia.
"""


def test_a_build_gives_organizations_their_ids(tmp_path: Path, dump: Path) -> None:
    """Forms of one record are one node: its id, names, country, place and Wikidata id; the manifest says so."""
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    assert len(kg.build(page).names("institution")) > 1
    linking.add_ror(dump)
    graph = kg.build(page, workspace=tmp_path / "talks.kg")
    (heron,) = graph.find("heronia university", "institution")
    assert heron == graph.find("University of Heronia")[0]
    text = graph.ntriples()
    node = f"<https://example.org/talkgraph/organization/{heron.key}>"
    match = "<http://www.w3.org/2004/02/skos/core#exactMatch>"
    assert f"{node} {match} <{HERON}> ." in text
    assert f"{node} {match} <http://www.wikidata.org/entity/Q1> ." in text
    assert f'{node} <https://w3id.org/talkgraph/terms#country> "NO" .' in text
    assert "terms#latitude" in text
    (told,) = graph.explain("Heronia University", "institution")
    assert told["registry"]["id"] == HERON
    assert HERON in told["because"][0]
    assert not any(v.severity == "violation" for v in graph.check())
    manifest = json.loads((tmp_path / "talks.kg" / "manifest.json").read_text("utf-8"))
    assert manifest["registries"] == {"ror": dump.name}
