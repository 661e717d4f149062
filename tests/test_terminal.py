"""The command as a process: exit codes, pipes, terminals, interrupts, and how quick its help is."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import cli, queries
from kg.cli import FAILED
from kg.cli._terminal import Terminal

Run = Callable[..., tuple[int, str, str]]
HELP_CPU = 0.3


def one_line(err: str) -> bool:
    """Whether an error is one line of ours."""
    return err.count("\n") == 1 and err.startswith("kg: ") and "Traceback" not in err


KG = (sys.executable, "-m", "kg")


def _env(**changes: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "COLUMNS"}}
    return {**kept, "PYTHONPATH": str(Path(cli.__file__).parents[2]), **changes}


def _process(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    env = _env(**changes)
    return subprocess.run(
        [*KG, *words], capture_output=True, check=False, env=env, encoding="utf-8"
    )


def test_help_is_quick() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*KG, "--help"], check=True, capture_output=True, env=_env())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < HELP_CPU


def test_the_process_ends_with_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = _process("stats")
    assert (done.returncode, done.stdout) == (FAILED, "")
    assert one_line(done.stderr)


def test_output_is_utf_8_whatever_the_locale(short: Path) -> None:
    done = _process("extract", str(short), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "Ada Bergström" in done.stdout


def test_debug_shows_the_trace(
    kg_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "Traceback" in kg_command("--debug", "stats")[2]
    assert "Traceback" not in kg_command("stats")[2]


def test_what_nobody_foresaw_is_one_line_too(
    kg_command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(queries, "catalogue", broken)
    code, _, err = kg_command("queries")
    assert code == FAILED
    assert one_line(err)
    assert "--debug" in err


def test_an_interrupt_has_its_own_code(kg_command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(queries, "catalogue", interrupted)
    code, _, err = kg_command("queries")
    assert (code, err) == (cli.INTERRUPTED, "kg: interrupted\n")


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_reader_that_stops_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*KG, "queries"], stdout=write, stderr=subprocess.PIPE, check=False, env=_env()
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (cli.CLOSED, b"")


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_a_terminal_gets_a_table_and_a_hint_and_a_file_does_not(
    kg_command: Run, workspace: Path
) -> None:
    words = ["query", "trained-at", "Caltech", "-g", str(workspace)]
    seen = _on_terminal(*words)
    assert "\x1b[1mperson" in seen
    assert "next: kg show" in seen
    assert "\x1b[1m" not in _on_terminal(*words, NO_COLOR="1")
    assert "next:" not in _on_terminal(*words, "--quiet")
    assert not kg_command(*words)[2]


def _on_terminal(*words: str, **changes: str) -> str:
    """What a person sees on a terminal of 100 columns."""
    import pty

    ours, theirs = pty.openpty()
    env = _env(TERM="xterm", COLUMNS="100", **changes)
    with subprocess.Popen([*KG, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=env):
        os.close(theirs)
        seen = b""
        with contextlib.suppress(OSError):
            while chunk := os.read(ours, 4096):
                seen += chunk
    os.close(ours)
    return seen.decode()


def test_cells_cannot_steer_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    terminal.table(
        ("name", "count"), [("\x1b[2J\x07evil\u009b", 3), (None, None), ("漢字" * 40, 1)]
    )
    terminal.close()
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x9b" not in out
    assert out.count("漢字") >= 30


@pytest.mark.parametrize("columns", [1, 20, 60, 200])
def test_a_table_fits_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    terminal = Terminal()
    terminal.table(("a", "b", "c"), [("word " * 30, "x", "longword" * 10), ("", "", "")])
    terminal.close()
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= max(columns, 3 * 12 + 4)
    assert "".join(out.split()).count("x") == 1


def test_an_empty_table_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    terminal.table((), [])
    terminal.table(("only",), [])
    terminal.close()
    assert capsys.readouterr().out.splitlines()[0] == "only"


def test_show_on_a_terminal_tells_fact_and_sentence(workspace: Path) -> None:
    seen = " ".join(_on_terminal("show", "Max Welling", "-g", str(workspace)).split())
    assert "Max Welling" in seen
    assert "affiliated with: University of Amsterdam" in seen
    assert "recorded-talks.txt:" in seen
    place = " ".join(_on_terminal("show", "Caltech", "-g", str(workspace)).split())
    assert "Max Welling: trainee at" in place


def test_a_build_shows_progress_to_a_person_only(tmp_path: Path, short: Path) -> None:
    words = ("build", str(short), "-o", str(tmp_path / "x.kg"))
    assert "reading: 1 of 1 pages" in _on_terminal(*words)
    assert "reading" not in _process(*words).stderr
