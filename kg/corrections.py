"""The corrections file: what people know better than the rules, replayed on every build.

One TOML file beside the graph, an entry a correction, made to be read, written by hand and kept under version control::

    [[same]]                                  # all these names are one
    kind = "person"
    names = ["R. Lind", "Rosa Lind"]

    [[different]]                             # these are not one; "NAME @ PAGE" means the name on that page alone
    names = ["Rosa Lind @ a.txt", "Rosa Lind @ b.txt"]

    [[rename]]
    name = "Rosa Lind"
    to = "Rosa Lindqvist"

    [[drop]]                                  # a fact that is wrong
    subject = "Rosa Lind"
    fact = "education"
    object = "Lund University"
    on = 2026-03-01

    [[add]]                                   # a fact, and who says so
    subject = "Rosa Lind"
    fact = "education"
    object = "Oslo University"
    degree = "PhD"
    source = "https://example.edu/rosa"
    quote = "She holds a PhD from Oslo University."

    [[hide]]                                  # a person who asked not to be shown; a hash keeps the name out of here
    sha256 = "..."

Each may have ``by`` (who says so), ``on`` (the day) and ``reason``. ``kind`` is "person" unless it is said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import CorrectionError
from kg.names import fold

FILE = "corrections.toml"
KINDS = ("person", "organization", "award", "topic", "series", "unit")
_ACTIONS: Mapping[str, tuple[str, ...]] = {
    "same": ("names",), "different": ("names",), "rename": ("name", "to"), "drop": ("subject", "fact", "object", "on"),
    "add": ("subject", "fact", "object", "source", "quote"), "hide": (),
}  # fmt: skip
_OWN = frozenset(
    {
        "kind",
        "names",
        "name",
        "to",
        "subject",
        "fact",
        "object",
        "source",
        "quote",
        "page",
        "sha256",
    }
)
_NOTES = frozenset({"by", "on", "reason"})
_COUNTS = {
    "same": (1, 1000),
    "different": (2, 1000),
    "rename": (1, 1),
    "drop": (1, 1),
    "add": (1, 1),
    "hide": (0, 1),
}
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_DATED = frozenset({"date", "start", "end"})
_AT = " @ "
_SHOWN = 60


class Named(NamedTuple):
    """A name, on one page alone where a page is given."""

    name: str
    page: str = ""


@dataclass(frozen=True)
class Correction:
    """One entry of the file.

    Parameters:
        action: "same", "different", "rename", "drop", "add" or "hide".
        line: where its header stands in the file.
        names: what it is about; of "hide" empty where a hash is given.
        values: what else it says: ``to``, ``fact``, ``object``, ``source``, ``quote``, ``sha256``, fields of a fact.
    """

    action: str
    line: int
    kind: str
    names: tuple[Named, ...]
    values: tuple[tuple[str, str], ...] = ()
    by: str = ""
    on: str = ""
    reason: str = ""

    def value(self, key: str) -> str:
        """What it says under a key, or ""."""
        return dict(self.values).get(key, "")

    def is_of(self, name: str) -> bool:
        """Whether a hidden person has this name."""
        told = self.value("sha256")
        return (
            name_hash(name) == told if told else any(fold(n.name) == fold(name) for n in self.names)
        )

    def __str__(self) -> str:
        """The correction in a line."""
        what = (
            " and ".join(_told(n) for n in self.names)
            or f"the name of hash {self.value('sha256')[:8]}..."
        )
        more = [_short(self.value(k)) for k in ("to", "fact", "object") if self.value(k)]
        return f"{self.action} {what}{': ' if more else ''}{', '.join(more)} (line {self.line})"

    def says_as(self, other: Correction) -> bool:
        """Whether another says the same, whoever says it and when."""
        mine, yours = (
            (c.action, c.kind, c.names, {k: v for k, v in c.values if k != "on"})
            for c in (self, other)
        )
        return mine == yours

    @property
    def place(self) -> str:
        """Where it stands, for messages."""
        return f"corrections, line {self.line}" if self.line else "this correction"

    @property
    def because(self) -> str:
        """Who says so, when and why."""
        told = " ".join(
            filter(None, (f"by {self.by}" if self.by else "", f"on {self.on}" if self.on else ""))
        )
        return f"a correction{' ' if told else ''}{told}{': ' if self.reason else ''}{self.reason}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _told(named: Named) -> str:
    return f"{_short(named.name)!r}{' on ' if named.page else ''}{named.page}"


@dataclass(frozen=True)
class Corrections:
    """The entries of a file in its order, and the hash of its bytes; empty where there is no file."""

    entries: tuple[Correction, ...] = ()
    sha256: str = ""

    def of(self, action: str, kind: str | None = None) -> Iterator[Correction]:
        """Entries of an action, and of a kind."""
        return (c for c in self.entries if c.action == action and kind in {None, c.kind})

    def says(self, wanted: Correction) -> Correction | None:
        """The entry that says the same, unless a later one of the other action may undo it."""
        undoing = {"same": "different", "different": "same"}.get(wanted.action)
        found: Correction | None = None
        for correction in self.entries:
            if correction.says_as(wanted):
                found = correction
            elif correction.action == undoing:
                found = None
        return found

    def told(self, stale: Iterable[Correction]) -> dict[str, Any]:
        """What a manifest says of them."""
        return {
            "sha256": self.sha256,
            "entries": len(self.entries),
            "stale": [str(c) for c in stale],
        }


NONE = Corrections()


def name_hash(name: str) -> str:
    """The hash under which a hidden person's name stands in the file: case and accents do not matter."""
    return sha256(fold(name).encode()).hexdigest()


def read(path: Path, needed: bool = False) -> Corrections:
    """The corrections of a file; none where there is no file.

    Parameters:
        needed: that there is no file is an error too.

    Raises:
        CorrectionError: it cannot be read, or an entry says what cannot be understood; with the line.
    """
    try:
        data = path.read_bytes()
        table = tomllib.loads(data.decode("utf-8-sig"))
    except FileNotFoundError:
        if needed:
            raise CorrectionError(f"{path}: no such file of corrections") from None
        return NONE
    except OSError as error:
        raise CorrectionError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path}: no UTF-8 text: {error}") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CorrectionError(f"{path}: no valid TOML: {error}") from None
    lines = _headers(data.decode("utf-8-sig"))
    if unknown := [key for key in table if key not in _ACTIONS]:
        raise CorrectionError(
            f"{path}: unknown correction [[{unknown[0]}]]; known: {', '.join(_ACTIONS)}"
        )
    found = [
        c
        for action, entries in table.items()
        for c in _entries(path, action, entries, lines.get(action, []))
    ]
    return Corrections(tuple(sorted(found, key=lambda c: c.line)), sha256(data).hexdigest())


def _headers(text: str) -> dict[str, list[int]]:
    """The lines of the headers of each action."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\[\s*(\w+)\s*\]\]", line):
            found.setdefault(header[1], []).append(number)
    return found


def _entries(path: Path, action: str, entries: Any, lines: list[int]) -> Iterator[Correction]:
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise CorrectionError(
            f"{path}: write [[{action}]] with two brackets, once for each correction"
        )
    for n, entry in enumerate(entries):
        line = lines[n] if n < len(lines) else 0
        try:
            yield _entry(action, entry, line)
        except ValueError as error:
            raise CorrectionError(f"{path}, line {line}: [[{action}]] {error}") from None


def _entry(action: str, entry: Mapping[str, Any], line: int) -> Correction:
    """An entry.

    Raises:
        ValueError: it is none; the message goes behind its header.
    """
    if missing := [key for key in _ACTIONS[action] if key not in entry]:
        raise ValueError(f"lacks {', '.join(missing)}")
    kind = str(entry.get("kind", "person"))
    if kind not in KINDS:
        raise ValueError(f"has kind {kind!r}; known: {', '.join(KINDS)}")
    names = _names(action, entry)
    if action == "hide" and kind != "person":
        raise ValueError("is of people only")
    values = {
        k: _text(k, v)
        for k, v in entry.items()
        if k not in _NOTES | {"kind", "names", "name", "subject"}
    }
    if action != "add" and (strange := [k for k in values if k not in _OWN]):
        raise ValueError(f"has an unknown key {strange[0]!r}")
    _check_values(values)
    notes = {k: _text(k, entry[k]) for k in _NOTES if k in entry}
    if not _DATE.fullmatch(notes.get("on", "2000")):
        raise ValueError(f"has a day that is none: {notes['on']!r}; write on = YYYY-MM-DD")
    return Correction(action, line, kind, names, tuple(sorted(values.items())), **notes)


def _names(action: str, entry: Mapping[str, Any]) -> tuple[Named, ...]:
    given = entry.get("names", entry.get("name", entry.get("subject", [])))
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not all(isinstance(t, str) and t.strip() for t in texts):
        raise ValueError("has names that are no texts")
    if action == "hide" and not texts and not entry.get("sha256"):
        raise ValueError("lacks name, or sha256")
    found = tuple(named(t) for t in texts)
    if len({(fold(n.name), n.page) for n in found}) < len(found):
        raise ValueError("has a name twice")
    least, most = _COUNTS[action]
    if not least <= len(found) <= most:
        wanted = {0: "no name", 1: "one name", 2: "two names"}[least]
        raise ValueError(
            f"needs {wanted}{'' if least == most else ' or more'}; it has {len(found)}"
        )
    if action == "hide" and any(n.page for n in found):
        raise ValueError("hides a person on all pages; give the name alone")
    return found


def _check_values(values: Mapping[str, str]) -> None:
    """Refuse values that no graph may hold, and hashes and dates that are none.

    Raises:
        ValueError: one of them is.
    """
    for key, value in values.items():
        if not value.strip():
            raise ValueError(f"has nothing for {key!r}")
        if key != "quote" and not value.isprintable():
            raise ValueError(f"has a character in {key!r} that cannot be shown")
        if key in _DATED and not _DATE.fullmatch(value):
            raise ValueError(
                f"has a date that is none: {value!r}; write YYYY, YYYY-MM or YYYY-MM-DD"
            )
    if "sha256" in values and not re.fullmatch(r"[0-9a-fA-F]{64}", values["sha256"]):
        raise ValueError("has a sha256 that is none: 64 hexadecimal digits")


def named(text: str) -> Named:
    """A name, or "NAME @ PAGE"."""
    name, at, page = text.rpartition(_AT)
    return Named(name.strip(), page.strip()) if at and name.strip() else Named(text.strip())


def _text(key: str, value: Any) -> str:
    if isinstance(value, str | int | date) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"has a value for {key!r} that is no text")


def entry(action: str, values: Mapping[str, Any]) -> Correction:
    """A correction that is not in a file yet.

    Raises:
        CorrectionError: it says what cannot be understood.
    """
    try:
        return _entry(action, values, 0)
    except ValueError as error:
        raise CorrectionError(f"this correction {error}") from None


def written(action: str, entry: Mapping[str, str | Iterable[str]]) -> str:
    """An entry as TOML, to be put at the end of the file."""
    lines = [f"[[{action}]]"]
    for key, value in entry.items():
        lines.append(f"{key} = {_value(key, value)}")
    return "\n".join(lines) + "\n"


def _value(key: str, value: str | Iterable[str]) -> str:
    if key == "on":
        return str(value)
    return _quoted(value) if isinstance(value, str) else f"[{', '.join(_quoted(v) for v in value)}]"


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in escaped) + '"'


def append(path: Path, action: str, entry: Mapping[str, str | Iterable[str]]) -> None:
    """Put a correction at the end of a file, which is made where there is none.

    Raises:
        CorrectionError: the file cannot be read or written, or would not be valid with it; it stays as it was.
    """
    read(path)
    target = path.resolve()
    part = target.with_name(f".{target.name}.part")
    try:
        before = target.read_bytes().decode("utf-8-sig") if target.exists() else ""
        line = "\r\n" if "\r\n" in before else "\n"
        gap = "" if not before else line if before.endswith("\n") else line * 2
        part.write_bytes((before + gap + written(action, entry).replace("\n", line)).encode())
        read(part)
        part.replace(target)
    except OSError as error:
        raise CorrectionError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)
