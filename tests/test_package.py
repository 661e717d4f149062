"""The wheel: one top-level package, everything it needs inside, nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RESOURCES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]


def tracked() -> list[str]:
    """Files of the repository: those that git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pytest.importorskip("build")
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(folder),
        str(ROOT),
    ]
    if subprocess.run(
        [sys.executable, "-c", "import hatchling"], check=False, capture_output=True
    ).returncode:
        command.remove("--no-isolation")
    subprocess.run(command, check=True, capture_output=True)
    [made] = folder.glob("*.whl")
    return made


def inside(wheel: Path) -> set[str]:
    """Files of the wheel, its metadata left out."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


@pytest.mark.slow
def test_the_wheel_holds_kg_only(wheel: Path) -> None:
    assert {name.partition("/")[0] for name in inside(wheel)} == {"kg"}


@pytest.mark.slow
def test_the_wheel_equals_what_git_tracks(wheel: Path) -> None:
    expected = {name for name in tracked() if name.startswith("kg/")}
    for folder, place in RESOURCES.items():
        expected |= {
            place + name.removeprefix(folder) for name in tracked() if name.startswith(f"{folder}/")
        }
    assert inside(wheel) == expected


@pytest.mark.slow
def test_the_wheel_works_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import kg.cli, kg.resources, sys; assert kg.resources.ROOT.name == '_resources';"
        "sys.exit(kg.cli.main(['demo']))"
    )
    command, env = [sys.executable, "-c", code], {"PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert b"Max Welling" in done.stdout


def test_every_resource_folder_travels() -> None:
    names = {path.split("/")[0] for path in RESOURCES}
    assert names == {"ontology", "queries", "viz", "data"}
    data = {f"data/{p.name}" for p in (ROOT / "data").iterdir() if p.is_dir()}
    assert data <= set(RESOURCES)


def test_both_commands_are_one() -> None:
    scripts = PROJECT["project"]["scripts"]
    assert scripts == {"kg": "kg.cli:main", "talkgraph": "kg.cli:main"}


def test_constraints_are_within_the_bounds_of_the_metadata() -> None:
    pins = dict(
        re.findall(
            r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE
        )
    )
    pinned = {re.sub(r"[-_.]+", "-", name).lower() for name in pins}
    wanted = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["dev"],
    ]
    assert {re.match(r"[\w-]+", w)[0].lower() for w in wanted} <= pinned  # type: ignore[index]


def test_versions_agree() -> None:
    version = PROJECT["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_no_tests_package_is_made() -> None:
    assert not (ROOT / "tests" / "__init__.py").exists()
