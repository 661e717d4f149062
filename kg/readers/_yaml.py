"""YAML to values: all scalars are text, one bad record does not sink the others, no bomb goes off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.readers import Skipped

if TYPE_CHECKING:
    import yaml

_DOCUMENT = re.compile(r"^---(?=\s|$)|^\.\.\.\s*$", re.MULTILINE)
_DIRECTIVE = re.compile(r"^%.*$", re.MULTILINE)
_ITEM = re.compile(r"^( *)-(?=[ \t\n])", re.MULTILINE)
_TAB = re.compile(r"^( *)\t+", re.MULTILINE)
_LIQUID = re.compile(r"^[ \t]*\{%.*%\}[ \t]*$", re.MULTILINE)
_PLAIN = re.compile(
    r"^([ \t]*(?:- +)?[\w -]{1,40}:[ \t]+)([^\s\"'|>\[{&*!#\n][^\n]*)$", re.MULTILINE
)
_RISKY = re.compile(r":\s|\s#|^[%@`]|:$")
_NOTHING = frozenset(["", "~", "null", "Null", "NULL"])
_MOST = 400_000


def values(name: str, text: str) -> tuple[list[object], list[Skipped]]:
    """The values of the documents of a text, and what of it cannot be read."""
    found: list[object] = []
    skipped: list[Skipped] = []
    for part, line in _documents(text):
        try:
            value = _load(part)
        except _Bad as error:
            value, lost = _by_items(name, part, line, error)
            skipped += lost
        if value not in (None, "", []):
            found.append(value)
    return found, skipped


class _Bad(Exception):
    """Text that is no YAML.

    Parameters:
        line: where it goes wrong, from 0.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def _documents(text: str) -> list[tuple[str, int]]:
    """The documents of a text, each with its first line, from 0."""
    out, begun = [], 0
    for mark in [*_DOCUMENT.finditer(text), None]:
        end = mark.start() if mark else len(text)
        part = _DIRECTIVE.sub("", text[begun:end]) if mark and mark[0] == "---" else text[begun:end]
        if part.strip():
            out.append((part, text.count("\n", 0, begun)))
        begun = mark.end() if mark else end
    return out


def _load(text: str) -> object:
    """The value of one document, tabs and careless plain texts forgiven.

    Raises:
        _Bad: it is no YAML.
    """
    try:
        return _strict(text)
    except _Bad as error:
        repaired = _PLAIN.sub(_quoted, _LIQUID.sub("", _TAB.sub(r"\1  ", text)))
        if repaired == text:
            raise
        try:
            return _strict(repaired)
        except _Bad:
            raise error from None


def _quoted(match: re.Match[str]) -> str:
    """A plain text that holds what YAML reads otherwise, in quotes: "title: Rivers: an outline"."""
    value = match[2].rstrip()
    if not _RISKY.search(value):
        return match[0]
    return match[1] + "'" + value.replace("'", "''") + "'"


def _strict(text: str) -> object:
    import yaml  # noqa: PLC0415  costs time that text pages need not wait for

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _Bad(mark.line if mark else 0, error.problem or "no YAML") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _Bad(0, str(error).splitlines()[0][:80] if str(error) else "no YAML") from None
    return _Building().value(node) if node is not None else None


class _Building:
    """Nodes to values; what several names refer to is built once."""

    def __init__(self) -> None:
        self._built: dict[int, object] = {}
        self._count = 0

    def value(self, node: yaml.Node) -> object:
        """The value of a node: text, a list, a mapping, or None."""
        import yaml  # noqa: PLC0415  see above

        if isinstance(node, yaml.ScalarNode):
            return None if node.style is None and node.value in _NOTHING else node.value
        if id(node) in self._built:
            return self._built[id(node)]
        self._count += len(node.value)
        if self._count > _MOST:
            raise _Bad(node.start_mark.line, "too many entries")
        if isinstance(node, yaml.SequenceNode):
            items: list[object] = []
            self._built[id(node)] = items
            items += [self.value(child) for child in node.value]
            return items
        fields: dict[str, object] = {}
        self._built[id(node)] = fields
        for key, child in node.value:
            self._put(
                fields, str(key.value) if isinstance(key.value, str) else "?", self.value(child)
            )
        return fields

    def _put(self, fields: dict[str, object], key: str, value: object) -> None:
        """Add a field; of two with one name both are kept, and "<<" brings the fields of another mapping."""
        if key == "<<":
            for other in value if isinstance(value, list) else [value]:
                if isinstance(other, dict):
                    fields.update({k: v for k, v in other.items() if k not in fields})
        elif fields.get(key) in (None, ""):
            fields[key] = value
        elif value not in (None, "") and value != fields[key]:
            fields[key] = [fields[key], value]


def _by_items(name: str, text: str, line: int, error: _Bad) -> tuple[object, list[Skipped]]:
    """The entries of a list whose document is no YAML, each read by itself, and those that cannot be read."""
    text = _TAB.sub(r"\1  ", text)
    indents = [m[1] for m in _ITEM.finditer(text)]
    if len(indents) < 2:
        return None, [Skipped(name, f"line {line + error.line + 1}", error.reason)]
    least = min(indents, key=len)
    starts = [m.start() for m in _ITEM.finditer(text) if m[1] == least]
    found: list[object] = []
    lost: list[Skipped] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        first = line + text.count("\n", 0, start)
        try:
            value = _load(_own(text[start:end], len(least)))
        except _Bad as bad:
            lost.append(Skipped(name, f"line {first + bad.line + 1}", bad.reason))
            continue
        found += value if isinstance(value, list) else []
    return found, lost


def _own(text: str, indent: int) -> str:
    """The lines of one entry: what is indented less belongs to what holds the list."""
    lines = text.split("\n")
    kept = [lines[0]]
    for row in lines[1:]:
        if row.strip() and len(row) - len(row.lstrip(" ")) <= indent:
            break
        kept.append(row)
    return "\n".join(kept)
