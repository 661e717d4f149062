"""The explorer in one script and one sheet of styles: browsers load no modules from disk, and one file comes soonest.

Modules have named exports alone, import each other without a circle and at their top; each becomes a function that is
called once and gives its exports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import KgError

_IMPORT = re.compile(
    r'^import\s+(?:\*\s+as\s+(?P<all>\w+)|\{(?P<names>[^}]*)\})\s+from\s+"\./(?P<file>[\w-]+)\.js";?[ \t]*$',
    re.MULTILINE,
)
_EXPORT = re.compile(
    r"^export\s+(?P<rest>(?:async\s+)?(?:function\*?|const|class)\s+(?P<name>[\w$]+))", re.MULTILINE
)
_LIST = re.compile(r"^export\s*\{(?P<names>[^}]*)\};?[ \t]*$", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*|^(?!\s*[/*]).*\bimport\s*\(.*", re.MULTILINE)
_SERVED = frozenset({"sparql"})
"""Modules that load something when they are used, which none does in a file."""


def bundled(folder: Path, start: str) -> str:
    """A script that does what a module does, with all that it imports.

    Parameters:
        folder: where the modules lie.
        start: the name of the module, without ".js".

    Raises:
        KgError: the modules cannot be bundled.
    """
    texts = {file.stem: _lines(file.read_text("utf-8")) for file in sorted(folder.glob("*.js"))}
    wrapped = (_wrapped(name, texts[name]) for name in _ordered(texts, start, []))
    return '"use strict";\n(() => {\n' + "\n".join(dict.fromkeys(wrapped)) + "\n})();\n"


def styles(viz: Path) -> str:
    """The styles of all pages, those of the server's own first, without comments and spaces that say nothing."""
    files = [viz / "pages" / "pages.css", *sorted((viz / "explorer").glob("*.css"))]
    text = "\n".join(file.read_text("utf-8").replace("\r\n", "\n") for file in files)
    bare = re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip()
    tight = re.sub(r" *([{};]) *", r"\1", bare).replace(";}", "}")
    return re.sub(r"(?<=[{;\n])([\w-]+): +", r"\1:", tight)


def _lines(text: str) -> str:
    """The lines of a module without indents, comments of whole lines and empty lines; templates stay as they are."""
    kept, in_template, in_comment = list[str](), False, False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        bare = line if in_template else line.strip()
        in_comment = in_comment or (not in_template and bare.startswith("/*"))
        if not in_comment and (in_template or (bare and not bare.startswith("//"))):
            kept.append(bare)
            in_template ^= bare.replace(r"\`", "").count("`") % 2 == 1
        elif in_comment and bare.endswith("*/"):
            in_comment = False
    return "\n".join(kept) + "\n"


def _ordered(texts: dict[str, str], name: str, above: list[str]) -> Iterator[str]:
    """A module behind all that it imports."""
    if name in above or name not in texts:
        way = " imports ".join([*above, name])
        raise KgError(f"these modules cannot be one script: {way}")
    for found in _IMPORT.finditer(texts[name]):
        yield from _ordered(texts, found["file"], [*above, name])
    yield name


def _wrapped(name: str, text: str) -> str:
    exports = [m["name"] for m in _EXPORT.finditer(text)]
    exports += [
        ": ".join(reversed(pair)) for m in _LIST.finditer(text) for pair in _pairs(m["names"])
    ]
    body = _EXPORT.sub(lambda m: m["rest"], _LIST.sub("", _IMPORT.sub(_taken, text)))
    left = None if name in _SERVED else _LEFT.search(body)
    if left:
        raise KgError(f"{name}.js cannot be bundled: {left[0].strip()[:100]}")
    return f"const {_variable(name)} = (() => {{\n{body.strip()}\nreturn {{ {', '.join(exports)} }};\n}})();"


def _taken(match: re.Match[str]) -> str:
    """An import as a line of script."""
    if match["all"]:
        return f"const {match['all']} = {_variable(match['file'])};"
    names = ", ".join(": ".join(pair) for pair in _pairs(match["names"]))
    return f"const {{ {names} }} = {_variable(match['file'])};"


def _pairs(names: str) -> Iterator[list[str]]:
    """Names, each alone or with the one that it is known by elsewhere."""
    return (name.split(" as ") for part in names.split(",") if (name := " ".join(part.split())))


def _variable(name: str) -> str:
    return f"${name.replace('-', '_')}"
