"""The house: imports point down, files are small, resource folders hold no Python, public things say what they do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = {
    ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p
    for p in sorted((ROOT / "kg").rglob("*.py"))
    if "_resources" not in p.parts
}
_LINES = 400
_BANNED = {"utils", "util", "helpers", "helper", "common", "misc"}
_FLOOR = re.compile(r"^ *(\d+) {2,}(\S.*)$", re.MULTILINE)


def _floors() -> dict[str, int]:
    """Room -> floor, as drawn in ARCHITECTURE.md."""
    drawing = (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("```floors\n")[1].split("```")[0]
    rows = [(int(number), rooms.split()) for number, rooms in _FLOOR.findall(drawing)]
    return {room: number for number, rooms in rows for room in rooms}


FLOORS = _floors()


def room(module: str) -> str:
    """The room of a module: ``kg.facts.award`` stands in ``facts/``, ``kg.names`` in ``names``."""
    parts = module.split(".")
    if len(parts) == 1:
        return "kg"
    return f"{parts[1]}/" if (ROOT / "kg" / parts[1]).is_dir() else parts[1]


def _typing_only(tree: ast.Module) -> set[ast.AST]:
    blocks = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.unparse(n.test)
    ]
    return {inner for block in blocks for inner in ast.walk(block)}


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports of ours are written in full"
        for alias in node.names:
            full = f"{node.module}.{alias.name}"
            yield full if full in MODULES else str(node.module)


def imports() -> Iterator[tuple[str, str]]:
    """Pairs of our modules, the first importing the second; imports for type checkers count from below only."""
    for module, path in MODULES.items():
        tree = ast.parse(path.read_text("utf-8"))
        skipped = _typing_only(tree)
        for node in ast.walk(tree):
            if node not in skipped:
                yield from ((module, name) for name in _imported(node) if name in MODULES)


def _allowed(module: str, other: str) -> bool:
    mine, theirs = room(module), room(other)
    if mine == theirs:
        folder = module == f"kg.{mine.rstrip('/')}"
        private = other.rpartition(".")[2].startswith("_")
        return private or folder or other == f"kg.{mine.rstrip('/')}" or "/" not in mine
    return FLOORS[theirs] < FLOORS[mine] or FLOORS[mine] == FLOORS[theirs] == 0


def test_every_room_has_a_floor() -> None:
    assert {room(m) for m in MODULES} == set(FLOORS)


def test_imports_point_down() -> None:
    wrong = sorted({f"{m} imports {o}" for m, o in imports() if not _allowed(m, o)})
    assert not wrong, f"imports that do not point down: {wrong}"


def test_imports_for_type_checkers_point_down_too() -> None:
    tops = {"kg", "facade"}
    wrong = []
    for module, path in MODULES.items():
        for node in _typing_only(ast.parse(path.read_text("utf-8"))):
            names = [n for n in _imported(node) if n in MODULES]
            wrong += [
                f"{module} imports {n}"
                for n in names
                if room(module) not in tops and not _allowed(module, n)
            ]
    assert not wrong


@pytest.mark.parametrize("path", [p.relative_to(ROOT).as_posix() for p in MODULES.values()])
def test_files_are_small(path: str) -> None:
    lines = (ROOT / path).read_text("utf-8").count("\n")
    assert lines <= _LINES, f"{path} has {lines} lines"


def test_test_files_are_small_too() -> None:
    long = [
        p.name for p in (ROOT / "tests").glob("*.py") if p.read_text("utf-8").count("\n") > _LINES
    ]
    assert not long


def test_no_file_is_a_drawer_for_everything() -> None:
    found = [p for p in (ROOT / "kg").rglob("*") if p.stem.strip("_") in _BANNED]
    assert not found


@pytest.mark.parametrize("folder", ["ontology", "queries", "viz", "data"])
def test_resource_folders_hold_no_python(folder: str) -> None:
    assert (ROOT / folder).is_dir()
    assert not list((ROOT / folder).rglob("*.py"))


def _public(path: Path) -> Iterator[tuple[str, ast.AST]]:
    tree = ast.parse(path.read_text("utf-8"))
    yield path.name, tree
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            yield from (
                (f"{node.name}.{inner.name}", inner)
                for inner in node.body
                if isinstance(node, ast.ClassDef)
                and isinstance(inner, ast.FunctionDef)
                and not inner.name.startswith("_")
            )


def test_public_things_say_what_they_do() -> None:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    silent = [
        f"{module}: {name}"
        for module, path in MODULES.items()
        if not path.stem.startswith("_") or path.stem.startswith("__")
        for name, node in _public(path)
        if isinstance(node, documented) and not ast.get_docstring(node)
    ]
    assert not silent


def test_only_language_imports_spacy() -> None:
    found = [
        m
        for m, p in MODULES.items()
        if re.search(r"^\s*(?:import|from) spacy\b", p.read_text("utf-8"), re.M)
    ]
    assert found == ["kg.language"]


def test_only_these_import_a_network_library() -> None:
    callers = re.compile(
        r"^\s*(?:import|from) (?:requests|urllib\.request|http\.client|httpx|socket)\b", re.M
    )
    found = [m for m, p in MODULES.items() if callers.search(p.read_text("utf-8"))]
    assert found == [
        "kg.proposals._endpoint",
        "kg.readers._addresses",
        "kg.readers._asking",
        "kg.remote._http",
        "kg.server",
    ]
