"""iCalendar as a tree of components: unfolded lines, parameters, escaped text, and what is left of broken files.

A parser of its own because it says the line of everything, takes events one by one out of files that are cut short or
badly folded, and reads the older vCalendar; the libraries refuse such files as a whole.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_NAME = re.compile(r"([A-Za-z][A-Za-z0-9-]*)\s*([;:])")
_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_LINE = re.compile(
    rf"[A-Za-z][A-Za-z0-9-]*\s*((?:;[A-Za-z0-9-]+(?:={_VALUE}(?:,{_VALUE})*)?)*):(.*)", re.DOTALL
)
_PARAMETER = re.compile(rf";([A-Za-z0-9-]+)(?:=({_VALUE}(?:,{_VALUE})*))?")
_ESCAPED = re.compile(r"\\([\\;,:nN\"])")
_KNOWN = frozenset(
    "BEGIN END ACTION ATTACH ATTENDEE CALSCALE CATEGORIES CLASS COLOR COMMENT COMPLETED CONFERENCE CONTACT"
    " CREATED DESCRIPTION DTEND DTSTAMP DTSTART DUE DURATION EXDATE EXRULE FREEBUSY GEO IMAGE LAST-MODIFIED"
    " LOCATION METHOD NAME ORGANIZER PERCENT-COMPLETE PRIORITY PRODID RDATE RECURRENCE-ID REFRESH-INTERVAL"
    " RELATED-TO REPEAT REQUEST-STATUS RESOURCES RRULE SEQUENCE SOURCE STATUS SUMMARY TRANSP TRIGGER TZID"
    " TZNAME TZOFFSETFROM TZOFFSETTO TZURL UID URL VERSION DALARM AALARM STYLED-DESCRIPTION STRUCTURED-DATA"
    " LOCATION-TYPE PARTICIPANT-TYPE ACKNOWLEDGED TZ DAYLIGHT".split()
)
_TEXTS = frozenset(
    ["DESCRIPTION", "SUMMARY", "COMMENT", "X-ALT-DESC", "LOCATION", "STYLED-DESCRIPTION"]
)


class Property(NamedTuple):
    """A line of a component: its value as written, its parameters, and the line it begins at."""

    value: str
    parameters: dict[str, str]
    line: int

    @property
    def text(self) -> str:
        """The value as text: escapes and quoted-printable undone."""
        if self.parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
            return _printable(self.value, self.parameters.get("CHARSET", "utf-8"))
        return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], self.value).strip()


def _printable(value: str, charset: str) -> str:
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return data.decode(charset, "replace").strip()
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace").strip()


@dataclass
class Component:
    """A calendar, an event, or another part of one; ``ended`` where the file says that it ends."""

    kind: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    inside: list[Component] = field(default_factory=list)
    ended: bool = False

    def first(self, *names: str) -> Property | None:
        """The first property of one of these names that has a value."""
        return next((p for n in names for p in self.properties.get(n, ()) if p.value.strip()), None)

    def text(self, *names: str) -> str:
        """The text of the first such property; "" where there is none."""
        found = self.first(*names)
        return found.text if found else ""

    def all(self, kind: str) -> Iterator[Component]:
        """The components of a kind inside of this one."""
        for inner in self.inside:
            if inner.kind == kind:
                yield inner
            yield from inner.all(kind) if inner.kind in ("VCALENDAR", "") else ()


class _Logical(NamedTuple):
    name: str
    text: str
    line: int


def calendars(text: str) -> list[Component]:
    """The calendars of a file, in order; events outside of any calendar are one without a name."""
    top = Component("", 1)
    stack = [top]
    for name, whole, line in _logical(text):
        if name == "BEGIN":
            _open(stack, whole.partition(":")[2].strip().upper(), line)
        elif name == "END":
            _close(stack, whole.partition(":")[2].strip().upper())
        else:
            stack[-1].properties.setdefault(name, []).append(_property(whole, line))
    alone = Component("VCALENDAR", 1, inside=[c for c in top.inside if c.kind != "VCALENDAR"])
    return [c for c in top.inside if c.kind == "VCALENDAR"] + ([alone] if alone.inside else [])


def _open(stack: list[Component], kind: str, line: int) -> None:
    """Begin a component; what no component of its kind can stand in is closed first."""
    if kind in ("VEVENT", "VTODO", "VJOURNAL", "VCALENDAR", "VFREEBUSY"):
        while len(stack) > 1 and (stack[-1].kind != "VCALENDAR" or kind == "VCALENDAR"):
            stack.pop()
    component = Component(kind, line)
    if len(stack) < 8:
        stack[-1].inside.append(component)
        stack.append(component)


def _close(stack: list[Component], kind: str) -> None:
    if not any(c.kind == kind for c in stack[1:]):
        return
    while stack[-1].kind != kind:
        stack.pop()
    stack.pop().ended = True


def _property(whole: str, line: int) -> Property:
    match = _LINE.fullmatch(whole)
    if match is None:  # parameters that break the rules
        return Property(whole.partition(":")[2], {}, line)
    found = {m[1].upper(): (m[2] or "").strip('"') for m in _PARAMETER.finditer(match[1])}
    return Property(match[2], found, line)


def _logical(text: str) -> Iterator[_Logical]:
    """Lines with their continuations; raw lines behind a text are taken for the rest of it."""
    name, parts, began = "", [""], 0
    for number, line in enumerate(text.split("\n"), 1):
        if name and line[:1] in " \t" and line:
            parts.append(line[1:])
            continue
        if name and _soft(parts):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
            continue
        begins = _begins(line)
        if begins:
            if name:
                yield _Logical(name, "".join(parts), began)
            name, parts, began = begins, [line], number
        elif name in _TEXTS:
            parts += ["\\n", line]
    if name:
        yield _Logical(name, "".join(parts), began)


def _soft(parts: list[str]) -> bool:
    """Whether a line of quoted-printable text goes on."""
    return parts[-1].endswith("=") and "QUOTED-PRINTABLE" in parts[0][:200].upper()


def _begins(line: str) -> str:
    """The name of the property that a line begins; "" where it begins none."""
    match = _NAME.match(line.lstrip("\ufeff"))
    if match is None:
        return ""
    name = match[1].upper()
    known = name in _KNOWN and (
        match[1].isupper() or match[1].islower() or name in ("BEGIN", "END")
    )
    return name if known or name.startswith("X-") else ""
