"""What a site's robots.txt asks of programs, as RFC 9309 has it: the longest rule that fits decides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

AGENT = "talkgraph"
_LINE = re.compile(r"\s*([\w-]+)\s*:\s*([^#\n]*)")
_UNRESERVED = re.compile(r"%([0-9a-fA-F]{2})")
_LONGEST, _MOST_RULES = 2_000, 10_000
_LONGEST_PAUSE = 30.0


@dataclass
class Rules:
    """Rules for this program.

    Parameters:
        rules: patterns of paths, each with whether they may be fetched.
        pause: seconds between two pages; 0 where the site says nothing.
    """

    rules: list[tuple[str, bool]] = field(default_factory=list)
    pause: float = 0.0

    def allow(self, url: str) -> bool:
        """Whether an address may be fetched."""
        parts = urlsplit(url)
        path = _plain((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(len(rule), allowed) for rule, allowed in self.rules if _fits(rule, path)]
        return path == "/robots.txt" or max(fitting, default=(0, True))[1]


EVERYTHING = Rules()
NOTHING = Rules([("/", False)])


def read(text: str) -> Rules:
    """The rules that a robots.txt has for this program; those for all others where it has none of its own."""
    own, others = Rules(), Rules()
    named, reading, found = set[str](), False, False
    for match in map(_LINE.match, text.removeprefix("\ufeff").splitlines()):
        key, value = (match[1].lower(), match[2].strip()) if match else ("", "")
        if key == "user-agent":
            named = named if reading else set()
            named.add(value.split("/")[0].strip().lower())
            reading, found = True, found or AGENT in named
        elif key in ("allow", "disallow", "crawl-delay"):
            reading = False
            for group in [r for r, agent in ((own, AGENT), (others, "*")) if agent in named]:
                _add(group, key, value)
    return own if found else others


def _add(group: Rules, key: str, value: str) -> None:
    if key == "crawl-delay":
        digits = re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", value)
        group.pause = min(float(value), _LONGEST_PAUSE) if digits else group.pause
    elif value.startswith(("/", "*")) and len(group.rules) < _MOST_RULES:
        group.rules.append((_plain(value), key == "allow"))


def _plain(path: str) -> str:
    """A path as it is compared: what need not be written as a number is not."""
    whole = quote(path[:_LONGEST], safe="!#$%&'()*+,/:;=?@[]~-._", errors="replace")
    return _UNRESERVED.sub(_unquoted, whole)


def _unquoted(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else match[0].upper()


def _fits(rule: str, path: str) -> bool:
    """Whether a path begins as a rule says, in which "*" is anything and "$" the end."""
    whole = rule.endswith("$")
    first, *rest = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not whole or at == len(path)
    for piece in rest[:-1]:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    if whole:
        return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= at
    return path.find(rest[-1], at) >= 0
