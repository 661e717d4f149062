"""The explorer in one file: the page of ``kg serve`` with the graph inside; it works from disk and asks for nothing."""

from __future__ import annotations

import gzip
from base64 import b64encode
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import resources
from kg.bundle import bundled, styles
from kg.errors import KgError
from kg.exports._page import as_json, filled, hashed, script

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

SUFFIXES = (".html",)
_PACKED, _MOST = 200_000, 50_000_000
"""Bytes of data that are packed; bytes of a file."""
_LIBRARY = "force-graph-1.52.0"
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'"
)


def write(graph: KnowledgeGraph, path: Path) -> None:
    """Write the page.

    Raises:
        KgError: the graph is too large for a file.
    """
    path.write_text(page(graph), encoding="utf-8", newline="\n")


def page(graph: KnowledgeGraph, start: str = "") -> str:
    """The page as text.

    Parameters:
        start: the IRI of the thing that it opens at; without one it opens at its beginning.

    Raises:
        KgError: the graph is too large for a file.
    """
    from kg.exports._embedded import embedded  # noqa: PLC0415  heavy, and looking for an exporter imports all

    folder = resources.folder("viz")
    data = embedded(graph)
    text = as_json(data)
    packed = len(text.encode()) > _PACKED
    scripts = [
        script((folder / "vendor" / _LIBRARY / "force-graph.min.js").read_text("utf-8")),
        script(bundled(Path(str(folder / "explorer")), "main")),
    ]
    slots = {
        "policy": _POLICY.format(scripts=" ".join(map(hashed, scripts))),
        "css": styles(Path(str(folder))),
        "licences": _licences(folder / "vendor" / _LIBRARY),
        "data": _packed(text) if packed else text,
        "packed": "gzip" if packed else "",
        "library": scripts[0],
        "script": scripts[1],
        "start": escape(start.removeprefix(graph.base), quote=True),
    }
    made = filled("explorer/file", slots | _texts(data))
    if len(made.encode()) > _MOST:
        raise KgError(
            f"the file would have {len(made.encode()) // 1_000_000} MB, and {_MOST // 1_000_000} MB are the most; "
            "kg serve shows all of the graph"
        )
    return made


def _packed(text: str) -> str:
    return b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def _licences(library: Any) -> str:
    """The terms of the library, which a copy of it must carry."""
    files = sorted(library.glob("LICEN*"))
    return script("\n".join(file.read_text("utf-8").strip() for file in files))


def _texts(data: dict[str, Any]) -> dict[str, str]:
    """What the page says of itself, escaped."""
    home = data["home"]
    counts = ", ".join(_counted(*pair) for pair in home["counts"] if pair[0] != "triples")
    told = [f"Built {home['built']}" if home["built"] else "", counts, home["licence"] or ""]
    texts = {
        "title": home["title"],
        "base": home["base"],
        "about": " · ".join(part for part in told if part),
        "generator": f"TalkGraph {home['version']}",
        "cite": home["cite"],
    }
    return {name: escape(text, quote=True) for name, text in texts.items()}


def _counted(word: str, number: int) -> str:
    """A number with its word: "1 talk", "2 people"."""
    one = {"people": "person", "series": "series"}.get(word, word.removesuffix("s"))
    return f"{number:,} {one if number == 1 else word}"
