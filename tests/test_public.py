"""The public face: an exact, sorted list of names, none of which hides a module, and a quick import."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg

PUBLIC = [
    "Answer", "Entity", "Evidence", "Fact", "KgError", "KnowledgeGraph", "Page", "Query", "Settings", "Speaker", "Talk",
    "build", "catalogue", "connect", "diff", "extract", "load", "read", "save", "serve", "to_networkx", "to_record",
]  # fmt: skip
HEAVY = [
    "spacy",
    "networkx",
    "rdflib",
    "pyvis",
    "pyshacl",
    "numpy",
    "onnxruntime",
    "IPython",
    "pyoxigraph",
    "httpx",
]


def test_the_list_is_exact_and_sorted() -> None:
    assert kg.__all__ == PUBLIC == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_name_is_there_and_documented(name: str) -> None:
    thing = getattr(kg, name)
    assert thing.__name__ == name
    assert thing.__doc__
    assert not thing.__doc__.startswith(f"{name}("), "a signature is no documentation"


def test_no_name_hides_a_module() -> None:
    modules = {path.stem for path in Path(kg.__file__).parent.iterdir()}
    assert not modules & set(PUBLIC)


def test_dir_tells_the_names_and_an_unknown_one_is_refused() -> None:
    assert set(PUBLIC) <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def _loaded(code: str) -> list[str]:
    script = f"{code}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return list(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    ["import kg", "import kg.cli; kg.cli.parser()", "import kg; kg.read; kg.Page; kg.catalogue()"],
)
def test_importing_loads_no_heavy_library(code: str) -> None:
    assert not {name.partition(".")[0] for name in _loaded(code)} & set(HEAVY)


def test_building_loads_neither_the_picture_nor_the_checker() -> None:
    loaded = {name.partition(".")[0] for name in _loaded("import kg; kg.build; kg.save")}
    assert not loaded & {"spacy", "networkx", "pyvis", "pyshacl", "IPython", "rdflib"}
