"""Corrections hold on every build, whatever changes in the sources; one that matches nothing is told, not lost."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

import kg
from kg import corrections, exports
from kg.cli import main
from kg.errors import CorrectionError
from kg.facade import KnowledgeGraph

RIVERS = """Seminar on Rivers

Floods in deltas
Wei Wang, Delft University of Technology
Abstract: We study floods in deltas and how dikes fail.
Bio: Wei Wang is a professor of hydrology at Delft University of Technology. He received his PhD from ETH Zurich in
2010, advised by Rosa Lindqvist.

How sand moves
R. Lindqvist, ETH Zurich
Abstract: Sand moves in rivers.
Bio: R. Lindqvist is a professor at ETH Zurich. She won the Stockholm Water Prize in 2019.
"""
MACHINES = """Machine learning talks

Bounds for bandits
Wei Wang, University of Toronto
Abstract: We give bounds for linear bandits.
Bio: Wei Wang is a postdoc at the University of Toronto. He obtained his PhD from Princeton University in 2020.

Deep nets at scale
Ada Bergström, Google
Abstract: Deep networks at scale.
Bio: Ada Bergström is a research scientist at Google. Bergström received her PhD from the University of Oslo. She likes
the sea.
"""


class World:
    """Two pages and the folder of their graph."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.graph = folder, folder / "talks.kg"
        self.write("rivers.txt", RIVERS)
        self.write("machines.txt", MACHINES)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def build(self) -> KnowledgeGraph:
        return kg.build(
            self.folder / "rivers.txt", self.folder / "machines.txt", workspace=self.graph
        )

    def correct(self, *words: str) -> int:
        return main(["correct", *words, "-g", str(self.graph), "-q"])


@pytest.fixture
def world(tmp_path: Path) -> World:
    found = World(tmp_path)
    found.build()
    return found


def people(graph: KnowledgeGraph) -> list[str]:
    return [row["name"] for row in graph.identities() if row["kind"] == "person"]


def test_without_corrections(world: World) -> None:
    """The advisor who also speaks is one; the two of a common name are two."""
    graph = world.build()
    assert sorted(people(graph)) == ["Ada Bergström", "R. Lindqvist", "Wei Wang", "Wei Wang"]
    (rosa,) = graph.explain("Rosa Lindqvist")
    assert [d["verdict"] for d in rosa["decisions"]] == ["one"]
    assert any("same page" in text for text, _ in rosa["decisions"][0]["features"])


def test_different_undoes_a_merge_and_same_makes_one(world: World) -> None:
    """On pages that change, too."""
    assert world.correct("different", "R. Lindqvist", "Rosa Lindqvist") == 0
    assert world.correct("same", "Wei Wang @ rivers.txt", "Wei Wang @ machines.txt") == 0
    for _ in range(2):
        graph = world.build()
        names = people(graph)
        assert sorted(n for n in names if "Lind" in n) == ["R. Lindqvist", "Rosa Lindqvist"]
        assert names.count("Wei Wang") == 1
        (wei,) = graph.explain("Wei Wang", "person")
        assert wei["because"] == [wei["because"][0]]
        assert wei["because"][0].startswith("'Wei Wang' and 'Wei Wang': a correction on ")
        world.write(
            "rivers.txt", RIVERS.replace("dikes fail", "dikes break").replace("2010", "2011")
        )
        world.write("machines.txt", "Season two\n\n" + MACHINES)


def test_the_later_of_two_corrections_holds(world: World) -> None:
    """And one that is undone is told."""
    rosa = ("R. Lindqvist", "Rosa Lindqvist")
    for action, count in (("different", 2), ("same", 1), ("different", 2)):
        assert world.correct(action, *rosa) == 0
        assert sum("Lind" in n for n in people(world.build())) == count


def test_facts_are_dropped_and_added(world: World) -> None:
    """A fact that is dropped stays as a claim that backs nothing; one that is added opens its source."""
    assert world.correct("drop", "R. Lindqvist", "award", "Stockholm Water Prize") == 0
    quote = "Wei Wang held a Vanier Scholarship in 2019."
    added = ("add", "Wei Wang @ machines.txt", "award", "Vanier Scholarship")
    assert (
        world.correct(
            *added, "--source", "https://example.edu/w", "--quote", quote, "--set", "date=2019"
        )
        == 0
    )
    graph = world.build()
    assert graph.query("holders-of-award", award="Stockholm Water Prize").rows == ()
    assert len(graph.query("holders-of-award", award="Vanier Scholarship")) == 1
    assert "invalidatedAtTime" in graph.ntriples()
    assert not any(v.severity == "violation" for v in graph.check())
    (wei,) = graph.show("Vanier Scholarship")
    assert [(s.sentence, s.source) for s in wei.statements] == [(quote, "https://example.edu/w")]
    records = (world.graph / "records.jsonl").read_text("utf-8")
    assert "Stockholm" not in json.dumps([json.loads(r)["speakers"] for r in records.splitlines()])


def test_a_new_name_keeps_the_iri(world: World) -> None:
    before = world.build().find("Ada Bergström")[0].key
    assert world.correct("rename", "Ada Bergström", "Ada B. Bergström") == 0
    (ada,) = world.build().find("ada bergstrom")
    assert (ada.name, ada.key) == ("Ada B. Bergström", before)


def test_a_hidden_person_is_gone_everywhere(world: World, tmp_path: Path) -> None:
    """From the folder, every export, every query, every quote, and from the corrections file itself."""
    assert world.correct("hide", "Ada Bergström") == 0
    graph = world.build()
    out = tmp_path / "out"
    out.mkdir()
    for suffix in exports.exporters():
        kg.save(graph, out / f"talks{suffix}")
    for file in (f for folder in (world.graph, out) for f in folder.rglob("*") if f.is_file()):
        data = file.read_bytes().lower()
        for word in ("bergstr", "likes", "university of oslo"):
            assert word.encode() not in data, file.name
    assert graph.stats()["talks"] == 4
    assert "Deep nets at scale" in graph.names("talk")
    with pytest.raises(kg.KgError, match="no person"):
        graph.find("Ada Bergström", "person")
    assert not any(v.severity == "violation" for v in graph.check())


def test_what_matches_nothing_is_told_and_kept(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    assert world.correct("same", "R. Lindqvist", "Ada Bergström") == 0
    assert world.correct("drop", "Ada Bergström", "education", "University of Oslo") == 0
    world.write("machines.txt", MACHINES.split("Deep nets", maxsplit=1)[0])
    with caplog.at_level(logging.WARNING, "kg"):
        world.build()
    told = [r.getMessage() for r in caplog.records]
    assert [t.rpartition(" (")[2] for t in told] == ["line 1)", "line 5)"]
    manifest = json.loads((world.graph / "manifest.json").read_text("utf-8"))
    assert manifest["corrections"]["entries"] == len(manifest["corrections"]["stale"]) == 2
    assert len(corrections.read(world.graph / corrections.FILE).entries) == 2


def test_organizations_and_awards(world: World) -> None:
    """What was read as a known institution goes by its printed name; two awards become one."""
    world.write(
        "machines.txt", MACHINES.replace(", Google", ", CMU").replace("at Google", "at CMU")
    )
    assert world.build().find("CMU", "institution")[0].name == "Carnegie Mellon University"
    words = ("different", "CMU", "Carnegie Mellon University", "--kind", "organization")
    assert world.correct(*words) == 0
    assert (
        world.correct("same", "ETH Zurich", "Princeton University", "--kind", "organization") == 0
    )
    graph = world.build()
    assert graph.find("CMU", "institution")[0].name == "CMU"
    (eth,) = graph.find("Princeton University", "institution")
    assert "ETH Zurich" in eth.aliases
    assert eth.because[0].startswith("a correction on ")


def test_iris_of_namesakes_stay(world: World) -> None:
    """When a page that stands before theirs brings a third; and a key that is merged away leads to what is left."""
    before = {str(r["pages"]): r["key"] for r in world.build().explain("Wei Wang", "person")}
    world.write(
        "another.txt", MACHINES.replace("Toronto", "Sydney").replace("Princeton", "Harvard")
    )
    files = [world.folder / n for n in ("another.txt", "rivers.txt", "machines.txt")]
    after = {
        str(r["pages"]): r["key"]
        for r in kg.build(*files, workspace=world.graph).explain("Wei Wang", "person")
    }
    assert len(after) == 3
    assert {k: v for k, v in after.items() if k in before} == before
    assert world.correct("same", "Wei Wang") == 0
    graph = kg.build(*files, workspace=world.graph)
    (wei,) = graph.explain("Wei Wang", "person")
    assert {wei["key"], *wei["replaces"]} == set(after.values())
    gone = f"<https://example.org/talkgraph/person/{wei['replaces'][0]}> <http://purl.org/dc/terms/isReplacedBy>"
    assert gone in graph.ntriples()
    assert kg.build(*files, workspace=world.graph).ntriples() == graph.ntriples()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[same]\n", "no valid TOML"),
        ("[[merge]]\nnames = ['A B']\n", "unknown correction \\[\\[merge\\]\\]; known: same, different"),
        ("\n\n[[same]]\nkind = 'person'\n", "line 3: \\[\\[same\\]\\] lacks names"),
        ("[[different]]\nnames = ['A B']\n", "line 1: .* needs two names"),
        ("[[same]]\nnames = [1, 2]\n", "names that are no texts"),
        ("[[same]]\nkind = 'animal'\nnames = ['A B', 'C D']\n", "has kind 'animal'; known: person"),
        ("[[rename]]\nname = 'A B'\nto = 'C'\ncolour = 'red'\n", "unknown key 'colour'"),
        ("same = 'A'\n", "two brackets"),
        ("[[hide]]\nreason = 'asked'\n", "lacks name, or sha256"),
        ("[[drop]]\nsubject = 'A B'\nfact = 'dream'\nobject = 'X'\non = 2026-01-01\n", "no kind of fact named 'dream'"),
        (
            "[[add]]\nsubject = 'Wei Wang'\nfact = 'award'\nobject = 'X'\nsource = 's'\nquote = 'no such'\n",
            "line 1: .*does not hold 'X'",
        ),
        (
            "[[add]]\nsubject = 'Wei Wang'\nfact = 'education'\nobject = 'X'\nsource = 's'\nquote = 'X'\n",
            "needs degree",
        ),
        (
            "[[add]]\nsubject = 'Wei Wang'\nfact = 'award'\nobject = 'X'\nsource = 's'\nquote = 'X'\nrole = 'r'\n",
            "has no 'role'; it has award, date",
        ),
        ("[[drop]]\nsubject = ['A B', 'C D']\nfact = 'award'\nobject = 'X'\non = 2026-01-01\n", "it has 2"),
        ("[[rename]]\nname = 'A B'\nto = ' '\n", "has nothing for 'to'"),
        ("[[rename]]\nname = 'A B'\nto = \"a\\u001bb\"\n", "cannot be shown"),
        ("[[hide]]\nsha256 = 'zz'\n", "64 hexadecimal digits"),
        ("[[hide]]\nname = 'A B @ p.txt'\n", "on all pages"),
        ("[[hide]]\nkind = 'award'\nname = 'A B'\n", "of people only"),
        ("[[same]]\nnames = ['A B', 'a b']\n", "has a name twice"),
        ("[[same]]\nnames = []\n", "needs one name or more; it has 0"),
        ("[[same]]\nnames = ['A B', 'C D']\non = 'yesterday'\n", "a day that is none"),
        ("a = " + "[" * 5000, "no valid TOML"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_understood_says_where(world: World, text: str, told: str) -> None:
    """And the graph stays as it was."""
    before = (world.graph / "graph.nt").read_bytes()
    (world.graph / corrections.FILE).write_text(text, "utf-8")
    with pytest.raises(CorrectionError, match=told):
        world.build()
    assert (world.graph / "graph.nt").read_bytes() == before


def test_names_with_quotes_and_backslashes_survive_the_file(tmp_path: Path) -> None:
    file = tmp_path / corrections.FILE
    names = ['A "B" C', "back\\slash", "new\nline", "Łukasz \u202e"]
    corrections.append(file, "same", {"names": names})
    corrections.append(file, "hide", {"sha256": "0" * 64, "reason": "asked"})
    same, hide = corrections.read(file).entries
    assert [n.name for n in same.names] == [n.strip() for n in names]
    assert (hide.line, hide.reason) == (4, "asked")


def test_an_unknown_name_is_refused_with_the_nearest(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert world.correct("same", "Rosa Lindquist", "R. Lindqvist") == 4
    assert "nearest: " in capsys.readouterr().err
    assert not (world.graph / corrections.FILE).exists()
    assert world.correct("different", "R. Lindqvist") == 2
    assert world.correct("add", "R. Lindqvist", "award", "X") == 2
    assert world.correct("drop", "R. Lindqvist", "dream", "X") == 1
    added = ("add", "R. Lindqvist", "award", "X", "--source", "s", "--quote", "nothing")
    assert world.correct(*added) == 1
    assert "does not hold 'X'" in capsys.readouterr().err
    assert not (world.graph / corrections.FILE).exists()


def test_a_correction_is_written_once_and_into_folders_only(world: World, tmp_path: Path) -> None:
    for reason in ("her page", "as she said"):
        assert world.correct("same", "R. Lindqvist", "Rosa Lindqvist", "--reason", reason) == 0
    assert len(corrections.read(world.graph / corrections.FILE).entries) == 1
    file = kg.save(world.build(), tmp_path / "talks.nt")
    assert main(["correct", "hide", "Wei Wang", "-g", str(file)]) == 2


def test_what_the_graph_lacks_is_not_written(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page, a fact, a graph; and the fields of a fact are checked."""
    assert world.correct("drop", "R. Lindqvist", "award", "Nobel Prize") == 4
    assert "Stockholm Water Prize" in capsys.readouterr().err
    assert world.correct("same", "Wei Wang @ nowhere.txt", "R. Lindqvist") == 4
    assert world.correct("add", "Wei Wang", "topic", "x", "--source", "s", "--quote", "x") == 1
    assert (
        world.correct(
            "add", "Wei Wang", "award", "x", "--source", "s", "--quote", "x", "--set", "date"
        )
        == 2
    )
    assert main(["correct", "list", "-g", str(world.folder / "none.kg")]) == 1
    assert main(["review", "--most", "-5", "-g", str(world.graph)]) == 2
    assert main(["explain", "Wei Wang", "--kind", "dream", "-g", str(world.graph)]) == 4
    assert not (world.graph / corrections.FILE).exists()


def test_a_link_and_its_line_breaks_stay(world: World) -> None:
    """The file may lie under version control elsewhere."""
    kept = world.folder / "kept.toml"
    kept.write_bytes(b"# ours\r\n")
    (world.graph / corrections.FILE).symlink_to(kept)
    assert world.correct("same", "R. Lindqvist", "Rosa Lindqvist") == 0
    world.build()
    assert (world.graph / corrections.FILE).is_symlink()
    data = kept.read_bytes()
    assert data.startswith(b"# ours\r\n\r\n[[same]]\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_corrections_are_listed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.correct("same", "R. Lindqvist", "Rosa Lindqvist", "--reason", "her page")
    assert world.correct("list") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["text"] == "same 'R. Lindqvist' and 'Rosa Lindqvist' (line 1)"
    assert told["reason"] == "her page"


def test_review_and_explain_on_the_command_line(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.write(
        "machines.txt",
        MACHINES.replace("Ada Bergström", "B. Lindqvist").replace("Wei Wang", "Rose Lindqvist"),
    )
    world.build()
    assert main(["review", "-g", str(world.graph), "--json"]) == 0
    pairs = json.loads(capsys.readouterr().out)
    assert all(p["verdict"] in {"open", "ambiguous"} for p in pairs)
    assert main(["explain", "Rosa Lindqvist", "-g", str(world.graph)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["kind"] == "person"
    assert main(["explain", "-g", str(world.graph)]) == 2


def test_an_award_is_one_and_leads_to_its_giver(world: World) -> None:
    """Under its known name, whatever each page prints; the giver is there though no page names it alone."""
    bio = "She won an NSF CAREER award in 2019."
    world.write("rivers.txt", RIVERS.replace("She won the Stockholm Water Prize in 2019.", bio))
    other = "He received the National Science Foundation CAREER Award in 2021."
    world.write("machines.txt", MACHINES.replace("in 2020.", f"in 2020. {other}"))
    graph = world.build()
    (award,) = graph.find("NSF CAREER", "award")
    assert award.name == "NSF CAREER Award"
    given = "<https://w3id.org/talkgraph/terms#givenBy>"
    giver = "<https://example.org/talkgraph/organization/national-science-foundation>"
    assert (
        f"<https://example.org/talkgraph/award/{award.key}> {given} {giver} ." in graph.ntriples()
    )
    assert len(graph.query("holders-of-award", award="NSF CAREER")) == 2
    assert not any(v.severity == "violation" for v in graph.check())
