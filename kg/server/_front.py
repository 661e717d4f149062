"""The script and the styles of the explorer, put together once and known by what is in them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kg import resources
from kg.bundle import bundled, styles

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
"""What is known by its content never changes."""


class Part(NamedTuple):
    """A file of the explorer.

    Parameters:
        name: where it lies below ``/static/explorer/``.
    """

    name: str
    kind: str
    text: str

    @property
    def address(self) -> str:
        """Its name with what tells this version from others."""
        return f"{self.name}?v={sha256(self.text.encode()).hexdigest()[:16]}"


@cache
def parts() -> tuple[Part, Part]:
    """The script, and the styles."""
    viz = Path(str(resources.folder("viz")))
    return (
        Part("all.js", "text/javascript; charset=utf-8", bundled(viz / "explorer", "main")),
        Part("all.css", "text/css; charset=utf-8", styles(viz)),
    )
