"""Skips are honest: what cannot run says why, and CI accepts no skip of what it must run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

@pytest.mark.shared
def test_data() -> None: ...

@pytest.mark.browser
def test_page() -> None:
    pytest.skip("no browser today")
"""


@pytest.mark.parametrize(
    ("environment", "outcome"),
    [
        ({}, "2 skipped"),
        ({"CI": "true"}, "1 failed, 1 error"),
        ({"CI": "true", "TALKGRAPH_SHARED": "none"}, "1 failed, 1 skipped"),
    ],
)
def test_a_skip_is_a_failure_in_ci(
    tmp_path: Path, environment: dict[str, str], outcome: str
) -> None:
    here = Path(__file__).parent
    folder = tmp_path / "project" / "tests"
    folder.mkdir(parents=True)
    for name in ("conftest.py", "browsing.py"):
        shutil.copy(here / name, folder)
    shutil.copy(here.parent / "pyproject.toml", folder.parent)
    (folder / "test_marked.py").write_text(TESTS, "utf-8")
    kept = {k: v for k, v in os.environ.items() if k not in {"CI", "TALKGRAPH_SHARED"}}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command,
        cwd=folder.parent,
        env=kept | {"TALKGRAPH_BROWSER": sys.executable} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in done.stdout
    assert "no shared evaluation data" in done.stdout
