"""One self-contained page: our template, styles and script of ``viz/``, a library and the data, all in one file."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import Any

from kg import resources

_SLOT = re.compile(r"\{\{(\w+)\}\}")


def page(name: str, texts: dict[str, str], data: Any, library: str) -> str:
    """The page ``viz/NAME.html`` with everything inside; it asks nothing of the network.

    Parameters:
        name: of the template, its styles and its script.
        texts: what fills the other slots of the template; escaped here.
        data: what the script finds in the element ``data``.
        library: a script that runs before ours.
    """
    css = lines((resources.folder("viz") / f"{name}.css").read_text("utf-8"))
    own = (resources.folder("viz") / f"{name}.js").read_text("utf-8")
    scripts = [script(library), script(own)]
    slots = {slot: escape(text, quote=True) for slot, text in texts.items()} | {
        "policy": _policy(css, scripts),
        "css": css,
        "data": as_json(data),
        "library": scripts[0],
        "script": scripts[1],
    }
    return filled(name, slots)


def filled(name: str, slots: dict[str, str]) -> str:
    """The template ``viz/NAME.html`` with its slots filled by texts that are markup already."""
    template = lines((resources.folder("viz") / f"{name}.html").read_text("utf-8"))
    return _SLOT.sub(lambda match: slots[match[1]], template)


def script(text: str) -> str:
    """A script that does not end the element it stands in."""
    return re.sub("<(?=/script|!--)", r"\\x3c", lines(text), flags=re.IGNORECASE)


def as_json(data: Any) -> str:
    """JSON that may stand in a script element: no ``<``, and no character that ends a line of script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return re.sub("[\ud800-\udfff\0]", "\ufffd", text)


def lines(text: str) -> str:
    """Line ends as a browser reads them, so that the hashes fit."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _policy(css: str, scripts: list[str]) -> str:
    """A content security policy that lets these very scripts and styles run, and nothing else load."""
    allowed = " ".join(hashed(script) for script in scripts)
    rules = (
        "default-src 'none'",
        f"script-src {allowed}",
        f"style-src {hashed(css)}",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def hashed(text: str) -> str:
    """A text as a content security policy allows it."""
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'"
