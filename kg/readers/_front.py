"""Front matter: the fields before the text of a page, in YAML, TOML or JSON."""

from __future__ import annotations

import json
import re
import tomllib
from typing import NamedTuple

from kg.readers import _yaml

_YAML = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z][\w-]{0,30}):[ \t]*(.*)")
_INNER = re.compile(r"\s*(?:-\s|[\[{]|[\w-]{1,30}:(?:\s|$))")
"""A row that begins a list or a mapping: what is nested is left to YAML."""
_REMARK = re.compile(r"(?:^|\s)#\s.*")
_MOST = 400_000
_DEEPEST = 60
_NESTED = re.compile(r"[\[{]")


class Front(NamedTuple):
    """A page in two parts.

    Parameters:
        fields: of the front matter; None where there is none, or none that can be read.
        body: what stands behind it.
        reason: why front matter cannot be read; "" where nothing is wrong.
    """

    fields: dict[str, object] | None
    body: str
    reason: str = ""


def parted(name: str, text: str) -> Front:
    """The front matter of a page, and the rest."""
    start = text[:_MOST]
    if match := _YAML.match(start):
        return _from_yaml(name, match[1], text[match.end() :])
    if match := _TOML.match(start):
        return _toml(match[1], text[match.end() :])
    if start.lstrip()[:1] == "{":
        return _json(start, text)
    return Front(None, text)


def _from_yaml(name: str, told: str, body: str) -> Front:
    values, skipped = _yaml.values(name, told)
    value = values[0] if values else _by_lines(told) if skipped else None
    if isinstance(value, dict):
        return Front(value, body)
    return Front(None, body, skipped[0].reason if skipped else "")


def _by_lines(told: str) -> dict[str, object] | None:
    """The fields of front matter that is no YAML, each up to the line of the next; None where it has none."""
    found: dict[str, list[str]] = {}
    key = ""
    for row in told.split("\n"):
        if match := _FIELD.match(row):
            key = match[1]
            found.setdefault(key, []).append(_REMARK.sub("", match[2]).strip().strip("\"'>|"))
        elif key and row.strip() and not _INNER.match(row):
            found[key].append(row.strip())
    fields: dict[str, object] = {k: " ".join(rows).strip() for k, rows in found.items()}
    return {k: v for k, v in fields.items() if v} if len(fields) > 1 else None


def _toml(told: str, body: str) -> Front:
    if len(_NESTED.findall(told)) > _MOST // 40:
        return Front(None, body, "nested too deeply")
    try:
        return Front(_plain(tomllib.loads(told), 0), body)  # type: ignore[arg-type]
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return Front(
            None, body, f"no TOML: {str(error).splitlines()[0][:80]}" if str(error) else "no TOML"
        )


def _json(start: str, text: str) -> Front:
    """Fields in braces before a body; a file that is nothing but braces is no page."""
    begin = len(start) - len(start.lstrip())
    try:
        value, end = json.JSONDecoder().raw_decode(start, begin)
    except (ValueError, RecursionError):
        return Front(None, text)
    if not isinstance(value, dict) or not text[end:].strip() or text[end : end + 1] not in "\n\r":
        return Front(None, text)
    return Front(_plain(value, 0), text[end:])  # type: ignore[arg-type]


def _plain(value: object, depth: int) -> object:
    """Values as other sources have them: texts, lists and mappings."""
    if depth > _DEEPEST or value is None:
        return None
    if isinstance(value, dict):
        return {str(k): _plain(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v, depth + 1) for v in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
