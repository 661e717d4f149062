"""The command line: a mirror of the library, one line for every error, documented exit codes."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import cli, queries, resources
from kg.cli import DONE, FAILED, SKIPPED, UNKNOWN, USAGE

Run = Callable[..., tuple[int, str, str]]
HELP_CPU = 0.3


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bad(here: Path) -> dict[str, Path]:
    """Pages that nothing can be built from, by what is wrong with them."""
    contents = {
        "empty": b"",
        "binary": bytes(range(256)) * 8,
        "none": b"Nothing here is a talk, is it?\n",
    }
    for name, data in contents.items():
        (here / f"{name}.txt").write_bytes(data)
    (here / "folder").mkdir()
    return {name: here / f"{name}.txt" for name in ("missing", *contents)} | {
        "folder": here / "folder"
    }


def one_line(err: str) -> bool:
    """Whether an error is one line of ours."""
    return err.count("\n") == 1 and err.startswith("kg: ") and "Traceback" not in err


# ---------------------------------------------------------------- help


def test_help_fits_a_screen_and_has_examples_and_codes(kg_command: Run) -> None:
    code, out, err = kg_command("--help")
    assert (code, err) == (DONE, "")
    assert len(out.splitlines()) <= 40
    assert out.count("\n  kg ") >= 3
    assert all(
        f"  {number}" in out and meaning in out for number, meaning in cli.EXIT_CODES.items()
    )
    assert kg_command() == (DONE, out, "")


@pytest.mark.parametrize("name", sorted(cli.commands()))
def test_every_command_has_help_with_three_examples(kg_command: Run, name: str) -> None:
    code, out, _ = kg_command(name, "--help")
    assert code == DONE
    assert len(cli.commands()[name].EXAMPLES) == 3
    assert all(f"  {line}" in out for line in cli.commands()[name].EXAMPLES)
    assert len(out.splitlines()) <= 40


def test_version(kg_command: Run) -> None:
    code, out, _ = kg_command("--version")
    assert code == DONE
    assert out.startswith("talkgraph ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("qurey",), "nearest: query, queries"),
        (("nonsense",), "no command named 'nonsense'"),
        (("build",), "required: SOURCE"),
        (("stats", "--what"), "unknown argument '--what'; see kg stats --help"),
        (("build", "x", "--min-confidence", "2"), "'2' is no number from 0 to 1"),
        (("build", "x", "--min-confidence", "nan"), "'nan' is no number from 0 to 1"),
        (("query", "trained-at", "--institution"), "--institution needs a value"),
        (("query", "trained-at", "Caltech", "MIT"), "'MIT' is one too many"),
        (("query", "trained-at", "--format", "xml"), "invalid choice: 'xml'"),
    ],
)
def test_wrong_usage_is_one_line(kg_command: Run, words: tuple[str, ...], told: str) -> None:
    code, out, err = kg_command(*words)
    assert (code, out) == (USAGE, "")
    assert one_line(err)
    assert told in err


# ---------------------------------------------------------------- build


def test_build_writes_the_default_folder_and_tells_what_is_in_it(
    kg_command: Run, here: Path, short: Path
) -> None:
    code, out, err = kg_command("build", short)
    assert code == DONE
    assert "talks" in out
    assert err == "kg: wrote talks.kg\n"
    assert (here / "talks.kg" / "manifest.json").is_file()
    assert kg_command("stats", "--json")[0] == DONE


def test_build_tells_in_json_too(kg_command: Run, here: Path, short: Path) -> None:
    _, out, _ = kg_command("build", short, "-o", here / "x.kg", "--json", "--quiet")
    told = json.loads(out)
    assert (told["talks"], told["skipped"], told["graph"]) == (1, [], str(here / "x.kg"))


def test_build_takes_standard_input(
    kg_command: Run, here: Path, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(short.read_bytes())))
    assert kg_command("build", "-")[0] == DONE
    assert b"stdin" in (here / "talks.kg" / "graph.nt").read_bytes()


def test_build_options_reach_the_graph(kg_command: Run, here: Path, short: Path) -> None:
    kg_command("build", short, "--base", "https://talks.example.edu/", "--min-confidence", "1")
    text = (here / "talks.kg" / "graph.nt").read_text("utf-8")
    assert "<https://talks.example.edu/person/ada-bergstrom>" in text
    assert "terms#affiliatedWith> <https://talks" not in text
    assert kg_command("build", short, "--base", "no iri")[0] == FAILED


@pytest.mark.parametrize("kind", ["missing", "empty", "binary", "none", "folder"])
def test_a_page_that_cannot_be_used_is_one_line_and_leaves_the_graph(
    kg_command: Run, here: Path, short: Path, bad: dict[str, Path], kind: str
) -> None:
    kg_command("build", short)
    before = (here / "talks.kg" / "graph.nt").read_bytes()
    code, out, err = kg_command("build", bad[kind])
    assert (code, out) == (FAILED, "")
    assert one_line(err)
    assert bad[kind].name in err
    assert (here / "talks.kg" / "graph.nt").read_bytes() == before


def test_some_bad_pages_are_skipped_and_named(
    kg_command: Run, here: Path, short: Path, bad: dict[str, Path]
) -> None:
    kg_command("build", short, "-o", "good.kg")
    code, _, err = kg_command("build", *bad.values(), short, "--quiet")
    assert code == SKIPPED
    assert err.count("kg: skipped: ") == len(bad)
    assert all(path.name in err for path in bad.values())
    graphs = [(here / name / "graph.nt").read_bytes() for name in ("good.kg", "talks.kg")]
    assert graphs[0] == graphs[1]
    assert kg_command("build", bad["empty"], short, "--strict")[0] == FAILED


def test_all_bad_pages_fail(kg_command: Run, here: Path, bad: dict[str, Path]) -> None:
    code, _, err = kg_command("build", *bad.values())
    assert code == FAILED
    assert "nothing to build" in err
    assert not (here / "talks.kg").exists()


def test_a_folder_of_somebody_else_is_refused(kg_command: Run, here: Path, short: Path) -> None:
    (here / "thesis").mkdir()
    (here / "thesis" / "chapter.tex").touch()
    code, _, err = kg_command("build", short, "-o", "thesis")
    assert code == FAILED
    assert one_line(err)


# ---------------------------------------------------------------- extract


def test_extract_prints_records(kg_command: Run, short: Path) -> None:
    code, out, err = kg_command("extract", short)
    assert (code, err) == (DONE, "")
    [record] = [json.loads(line) for line in out.splitlines()]
    assert record["speakers"][0]["name"] == "Ada Bergström"


def test_extract_writes_a_file_a_page(
    kg_command: Run, here: Path, short: Path, bad: dict[str, Path]
) -> None:
    code, out, _ = kg_command("extract", short, bad["none"], "-o", "records")
    assert (code, out) == (SKIPPED, "")
    assert [p.name for p in (here / "records").iterdir()] == [f"{short.stem}.jsonl"]
    assert kg_command("extract", bad["none"])[0] == FAILED


def test_extract_gives_every_page_a_file_of_its_own(
    kg_command: Run, here: Path, short: Path
) -> None:
    text = short.read_text("utf-8")
    for number, name in enumerate(
        ("a/b.txt", "a-b.txt", "b.txt", "b.text", "x" * 240 + ".txt", "...txt")
    ):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text(text.replace("Tides", f"Tides {number}"), "utf-8")
    words = ("extract", "a", *(p for p in here.iterdir() if p.is_file()), "-o", here / "records")
    assert kg_command(*words)[0] == DONE
    found = [p.read_text("utf-8") for p in (here / "records").iterdir()]
    assert sorted(json.loads(line)["title"] for line in found) == [
        f"Tides {n} of Logic" for n in range(6)
    ]


# ---------------------------------------------------------------- query


def test_the_first_question(kg_command: Run, workspace: Path) -> None:
    answers = [
        kg_command("query", "trained-at", *value, "-g", workspace)
        for value in (
            ["--institution", "Caltech"],
            ["--institution=caltech"],
            ["--institution", "California Institute of Technology"],
            ["Caltech"],
        )
    ]
    assert len(set(answers)) == 1
    told = json.loads(answers[0][1])
    people = {row["person"] for row in told["rows"]}
    assert (len(told["rows"]), told["found"]) == (3, 2)
    assert told["rests_on"] == ["8 of 18 speakers have a degree recorded"]
    assert people == {"Max Welling", "Ramya Korlakai Vinayak"}


def test_formats_say_the_same(kg_command: Run, workspace: Path) -> None:
    words = ("query", "trained-at", "--institution", "Caltech", "-g", workspace)
    rows = json.loads(kg_command(*words, "--json")[1])["rows"]
    for form, mark in (("csv", ","), ("tsv", "\t")):
        text = kg_command(*words, "--format", form)[1]
        assert list(csv.DictReader(io.StringIO(text), delimiter=mark)) == rows
    table = kg_command(*words, "--format", "table")[1]
    assert table.splitlines()[0].split() == [c for c in rows[0] if c != "who"]
    assert max(map(len, table.splitlines())) <= 100


def test_sparql_from_a_file_and_from_standard_input(
    kg_command: Run, here: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(resources.folder("queries") / "trained-at.rq", here / "mine.rq")
    mine = kg_command("query", "mine.rq", "--institution", "MIT", "-g", workspace)
    assert mine == kg_command("query", "trained-at", "--institution", "MIT", "-g", workspace)
    text = "CONSTRUCT { ?p kg:name ?n } WHERE { ?p a kg:Person ; kg:name ?n }"
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    code, out, _ = kg_command("query", "-", "--format", "ttl", "-g", workspace)
    assert code == DONE
    assert 'kg:name "Max Welling"' in out


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ((("query", "trained-att"), UNKNOWN), "nearest: trained-at"),
        ((("query", "trained-at", "--institution", "Caltec"), UNKNOWN), "nearest: Caltech"),
        ((("query", "trained-at", "--place", "Caltech"), UNKNOWN), "known: institution"),
        ((("query", "trained-at"), FAILED), "needs a value for institution (such as 'Caltech')"),
        ((("query", "SELECT * WHERE { ?s ?p "), FAILED), "SPARQL, line 1"),
        ((("query", "DELETE WHERE { ?s ?p ?o }"), FAILED), "SPARQL"),
        (
            (("query", "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"), FAILED),
            "SERVICE is refused",
        ),
        ((("query", "missing.rq"), FAILED), "missing.rq cannot be read"),
        ((("query", ""), FAILED), "the query is empty"),
        ((("query", "phd-schools", "--format", "ttl"), FAILED), "CONSTRUCT"),
        ((("show", "Max Weling"), UNKNOWN), "nearest: Max Welling"),
        ((("save", "talks.what"), UNKNOWN), "known endings: .csv"),
        ((("save", "nowhere/talks.ttl"), FAILED), "nowhere/talks.ttl cannot be written"),
    ],
)
def test_a_wrong_question_is_one_line(
    kg_command: Run, here: Path, workspace: Path, asked: tuple[tuple[str, ...], int], told: str
) -> None:
    words, expected = asked
    code, out, err = kg_command(*words, "-g", workspace)
    assert (code, out) == (expected, "")
    assert one_line(err)
    assert told in err
    assert not list(here.iterdir())


@pytest.mark.parametrize(
    "words", [("stats",), ("check",), ("show", "x"), ("query", "phd-schools"), ("save", "x.ttl")]
)
def test_without_a_graph_the_command_that_makes_one_is_named(
    kg_command: Run, here: Path, words: tuple[str, ...]
) -> None:
    code, _, err = kg_command(*words)
    assert code == FAILED
    assert one_line(err)
    assert "kg build" in err


# ---------------------------------------------------------------- the other commands


def test_queries_lists_the_catalogue(kg_command: Run) -> None:
    listed = {q["name"]: q for q in json.loads(kg_command("queries")[1])}
    assert set(listed) == set(queries.catalogue())
    assert listed["trained-at"]["parameters"][0]["name"] == "institution"


def test_show_tells_each_fact_with_its_sentence(kg_command: Run, workspace: Path) -> None:
    code, out, _ = kg_command("show", "max welling", "-g", workspace)
    assert code == DONE
    [person] = json.loads(out)
    assert person["entity"]["name"] == "Max Welling"
    assert all(s["printed"] in s["sentence"] for s in person["statements"])


def test_save_writes_every_file(kg_command: Run, here: Path, workspace: Path) -> None:
    code, out, err = kg_command("save", "a.ttl", "b.nt", "-g", workspace)
    assert (code, out) == (DONE, "")
    assert err.count("kg: wrote ") == 2
    assert (here / "b.nt").read_bytes() == (workspace / "graph.nt").read_bytes()


def test_save_refuses_an_unknown_ending_before_it_writes(
    kg_command: Run, here: Path, workspace: Path
) -> None:
    assert kg_command("save", "a.ttl", "b.what", "-g", workspace)[0] == UNKNOWN
    assert not list(here.iterdir())


def test_check_conforms(kg_command: Run, workspace: Path) -> None:
    code, out, _ = kg_command("check", "-g", workspace)
    assert code == DONE
    assert json.loads(out)["conforms"] is True


def test_check_fails_on_a_violation(kg_command: Run, here: Path, workspace: Path) -> None:
    lines = (workspace / "graph.nt").read_text("utf-8").splitlines(keepends=True)
    (here / "cut.nt").write_text("".join(x for x in lines if "terms#confidence>" not in x), "utf-8")
    code, out, _ = kg_command("check", "-g", "cut.nt")
    told = json.loads(out)
    assert (code, told["conforms"]) == (FAILED, False)
    assert "violation" in {row["severity"] for row in told["results"]}


def test_demo_answers_and_names_the_next_three_commands(kg_command: Run, here: Path) -> None:
    code, out, _ = kg_command("demo")
    assert code == DONE
    assert "Max Welling" in out
    following = out.split("try next\n")[1].splitlines()
    assert [line.split()[:2] for line in following] == [
        ["kg", "show"],
        ["kg", "save"],
        ["kg", "build"],
    ]
    assert [p.name for p in here.iterdir()] == ["demo.kg"]


def test_stats_counts(kg_command: Run, workspace: Path) -> None:
    assert json.loads(kg_command("stats", "-g", workspace)[1])["talks"] == 18
