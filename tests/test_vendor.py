"""What others wrote and the pages use: kept as it was published, with its licences, and all of it listed."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "viz" / "vendor"
PACKAGES: list[dict[str, Any]] = tomllib.loads((VENDOR / "VENDOR.toml").read_text("utf-8"))[
    "package"
]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: str(p["name"]))
def test_a_package_is_as_it_was_published(package: dict[str, Any]) -> None:
    """Each file has the hash that is written down, and none is missing or unlisted."""
    folder = VENDOR / package["folder"]
    found = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }
    assert found == package["sha256"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: str(p["name"]))
def test_a_package_says_where_it_is_from_and_its_licence(package: dict[str, Any]) -> None:
    """Name, version, source, npm's integrity, licence; and the text of the licence lies beside it."""
    assert package["folder"] == f"{package['name'].rpartition('/')[2]}-{package['version']}"
    assert package["source"] == f"npm, {package['name']}@{package['version']}"
    assert package["integrity"].startswith("sha512-")
    assert package["licence"]
    assert any(name.startswith("LICEN") for name in package["sha256"])


def test_every_folder_is_listed() -> None:
    """Nothing of others lies here that the list does not name."""
    assert {p.name for p in VENDOR.iterdir() if p.is_dir()} == {p["folder"] for p in PACKAGES}


def test_the_licences_go_with_the_package() -> None:
    """What is installed holds the licence texts of what it brings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = {
        file.relative_to(ROOT).as_posix()
        for pattern in project["license-files"]
        for file in ROOT.glob(pattern)
    }
    kept = {p.relative_to(ROOT).as_posix() for p in VENDOR.glob("*/LICEN*")}
    assert kept <= listed
