"""What commands print: JSON in a pipe and lines for a person, a query alone, further commands that work as printed."""

from __future__ import annotations

import io
import json
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import kg
from kg import corrections
from kg.cli import DONE, FAILED, _terminal
from kg.cli._terminal import Terminal, called
from tests.test_review import PAGE, SAME

Run = Callable[..., tuple[int, str, str]]
PRINTED = {
    "correct list": "hide the name",
    "check": "conforms: ",
    "stats": "triples",
    "explain --segments PAGE": "title",
    "build PAGE -o x.kg": "facts",
    "evaluate gold": "affiliation  P",
    "authority list": "",
}
"""Commands, and what a person sees of them."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, short: Path, workspace: Path) -> Path:
    """A folder with a page, an annotated one, and a graph in which somebody is to be hidden."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(short, "PAGE")
    shutil.copytree(workspace, "talks.kg")
    corrections.append(Path("talks.kg") / corrections.FILE, "hide", {"sha256": "0" * 64})
    records = [kg.to_record(talk) for page in kg.read(short) for talk in kg.extract(page)]
    Path("gold").mkdir()
    told = {"text": short.read_text("utf-8"), "talks": records}
    Path("gold", "page.json").write_text(json.dumps(told), "utf-8")
    return tmp_path


@pytest.mark.parametrize("command", PRINTED)
def test_a_pipe_gets_json_and_a_person_lines(
    kg_command: Run, here: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = command.split()
    code, out, _ = kg_command(*words)
    assert code == DONE
    for text in out.splitlines() if command.startswith(("correct", "explain")) else [out]:
        json.loads(text)
    assert kg_command(*words, "--json")[1] == out
    monkeypatch.setattr(Terminal, "seen", True)
    seen = kg_command(*words)[1]
    assert PRINTED[command] in seen
    assert not seen.startswith(("{", "["))


def test_the_query_behind_an_answer_can_be_taken_away(
    kg_command: Run, workspace: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "who trained at Caltech and works at Wisconsin?"
    code, sparql, err = kg_command("ask", "-q", "--sparql", question, "-g", workspace)
    assert (code, err) == (DONE, "")
    monkeypatch.setattr(sys, "stdin", io.StringIO(sparql))
    rows = json.loads(kg_command("query", "-", "-g", workspace)[1])["rows"]
    assert rows == json.loads(kg_command("ask", question, "-g", workspace)[1])["rows"]
    ways = ("ask", "--sparql", "how is Jason Lee connected to Max Welling?", "-g", workspace)
    code, out, err = kg_command(*ways)
    assert (code, out) == (FAILED, "")
    assert "no query gives this" in err


def test_further_commands_read_the_same_graph(
    kg_command: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that settle an open pair, too."""
    near = {"one": "Tide Water Analytics", "other": "Tidewater Analytics"}
    (here / "PAGE").write_text(PAGE.format_map(SAME | near), "utf-8")
    folder = "my talks.kg"
    assert kg_command("build", "PAGE", "-o", folder)[0] == DONE
    monkeypatch.setattr(Terminal, "seen", True)
    monkeypatch.setenv("NO_COLOR", "1")
    _, out, _ = kg_command("review", "-g", folder)
    commands = [line.strip() for line in out.splitlines() if line.startswith("  kg correct")]
    assert commands
    first, _, second = commands[0].partition("   or   ")
    assert second.endswith(f"-g {shlex.quote(folder)} ...")
    assert kg_command(*shlex.split(first)[1:])[0] == DONE
    assert (here / folder / corrections.FILE).is_file()


@pytest.mark.parametrize("found", ["", "elsewhere", "there"])
def test_a_command_is_printed_as_it_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: str
) -> None:
    for folder in ("there", "elsewhere"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "kg").touch(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "there" / "kg"), "demo"])
    place = str(tmp_path / found / "kg") if found else None
    monkeypatch.setattr(_terminal, "shutil", SimpleNamespace(which=lambda _: place))
    assert called("kg stats") == ("kg stats" if found == "there" else f"{Path('there/kg')} stats")
    assert called("open explorer.html") == "open explorer.html"


def test_title_and_licence_are_stated_and_stay(
    kg_command: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are no part of the graph, and a build that does not name them keeps them."""
    kg_command("build", "PAGE", "-o", "plain.kg")
    kg_command("build", "PAGE", "-o", "x.kg", "--title", "Coast  talks", "--licence", "CC BY 4.0")
    assert Path("plain.kg/graph.nt").read_bytes() == Path("x.kg/graph.nt").read_bytes()
    for words in ((), ("--rebuild",), ("--licence", "CC0")):
        kg_command("build", "PAGE", "-o", "x.kg", *words)
        told = json.loads(kg_command("stats", "-g", "x.kg")[1])
        assert told["title"] == "Coast talks"
        assert told["licence"] == ("CC0" if words[1:] else "CC BY 4.0")
    (here / "PAGE2").write_text(
        (here / "PAGE").read_text("utf-8").replace("Tides", "Ebbs"), "utf-8"
    )
    kg_command("build", "PAGE", "PAGE2", "-o", "x.kg", "--title", "")
    told = json.loads(kg_command("stats", "-g", "x.kg")[1])
    assert (told["talks"], told["licence"], "title" in told) == (2, "CC0", False)
