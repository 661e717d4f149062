"""What is not documented fails here; what is documented works."""

from __future__ import annotations

import inspect
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import cli, errors, exports, network, queries

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
Run = Callable[..., tuple[int, str, str]]


def blocks(language: str) -> list[str]:
    """The code blocks of a language in the README."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Every kg command of the README's shell blocks, comments left out."""
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [line.partition("#")[0].strip() for line in lines if line.startswith("kg ")]


@pytest.fixture
def page(tmp_path: Path, example: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a page in it, as a reader of the README has one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_bytes(example.read_bytes())
    return tmp_path


def test_the_commands_of_the_readme_run(kg_command: Run, page: Path) -> None:
    assert len(commands()) == 5
    for command in commands():
        words = [w.replace("Jane Doe", "Max Welling") for w in shlex.split(command)[1:]]
        code, _, err = kg_command(*words)
        assert code == cli.DONE, f"{command}: {err}"


def test_the_python_of_the_readme_runs(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [code] = blocks("python")
    assert len([line for line in code.splitlines() if line]) == 5
    exec(compile(code, "README.md", "exec"), {})
    assert "Max Welling" in capsys.readouterr().out
    assert (page / "talks.ttl").is_file()


@pytest.mark.parametrize("name", ["try", "test"])
def test_the_scripts_of_the_readme_are_there(name: str) -> None:
    assert f"./{name}\n" in "".join(blocks("sh"))
    assert (ROOT / name).stat().st_mode & 0o111


@pytest.mark.parametrize("name", sorted(cli.commands()))
def test_every_command_is_named(name: str) -> None:
    assert f"kg {name}" in README


@pytest.mark.parametrize("name", sorted(queries.catalogue()))
def test_every_query_is_named_with_its_parameters(name: str) -> None:
    [row] = re.findall(rf"^\| `{re.escape(name)}` \|.*$", README, re.MULTILINE)
    assert re.findall(r"--(\w+)", row) == [p.name for p in queries.catalogue()[name].parameters]


def test_no_query_is_named_that_is_not_there() -> None:
    listed = README.split("## Questions it knows")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([\w-]+)` \|", listed, re.MULTILINE)) == set(queries.catalogue())


@pytest.mark.parametrize("suffix", sorted(exports.exporters()))
def test_every_format_is_named(suffix: str) -> None:
    assert f"`{suffix}`" in README


@pytest.mark.parametrize("name", sorted(network.builders()))
def test_every_network_is_named(name: str) -> None:
    assert name in README


@pytest.mark.parametrize("code", [*cli.EXIT_CODES, cli.CLOSED])
def test_every_exit_code_is_documented(code: int) -> None:
    assert f"\n| {code} | " in README


ERRORS = [
    e for _, e in inspect.getmembers(errors, inspect.isclass) if issubclass(e, errors.KgError)
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: e.__name__)
def test_every_error_is_documented_and_drawn(error: type[errors.KgError]) -> None:
    assert f"`{error.__name__}`" in README
    assert re.search(rf"\b{error.__name__}\b", str(errors.__doc__))
    assert error.__doc__


@pytest.mark.parametrize(
    "name", ["LICENSE", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "ARCHITECTURE.md"]
)
def test_the_files_that_the_readme_names_are_there(name: str) -> None:
    assert (ROOT / name).is_file()


def test_files_named_by_the_documents_exist() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"):
        text = (ROOT / name).read_text("utf-8")
        for path in re.findall(r"`((?:kg|tests|data|ontology|queries|viz)/[\w./-]*\w/?)`", text):
            assert "NAME" in path or path == "kg/_resources" or (ROOT / path).exists(), (
                f"{name} names {path}"
            )
