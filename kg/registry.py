"""A folder is a registry: list the modules of one, or fetch one by name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType


def names(package: ModuleType) -> tuple[str, ...]:
    """Names of the modules in a package's folder, sorted, the package itself left out."""
    folder = Path(str(package.__file__)).parent
    return tuple(sorted(p.stem for p in folder.glob("*.py") if not p.stem.startswith("_")))


def modules(package: ModuleType) -> tuple[ModuleType, ...]:
    """Every module of a package's folder, in the order of their names, imported on this call."""
    return tuple(import_module(f"{package.__name__}.{name}") for name in names(package))
