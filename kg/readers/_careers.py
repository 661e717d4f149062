"""Entries of a person's career that a source gives field by field: degrees, earlier posts, honours, advisors."""

from __future__ import annotations

from collections.abc import Callable

from kg import names
from kg.readers import _records
from kg.readers._composing import DraftSpeaker
from kg.readers._records import Record

_NAMES = {
    "education": "education|degrees|degree",
    "prior": "prior|previous positions|prior positions|past positions|previous affiliations",
    "award": "awards|honors|honours|prizes|awards and honors",
    "advisor": "advisors|advisor|advisers|phd advisor|doctoral advisor",
    "membership": "memberships",
    "affiliation": "affiliations",
}
_KEYS = {name: kind for kind, listed in _NAMES.items() for name in listed.split("|")}


def held(record: Record) -> bool:
    """Whether a record tells of a post somebody holds: a place with a post, as talk records give it."""
    keys = {c.key for c in (*record.cells, *record.rest)}
    return {"organization", "role"} <= keys or {"organization", "as_printed"} <= keys


def tell(speaker: DraftSpeaker, record: Record) -> None:
    """Write the entries of a person's career as lines of the biography, in the words of the quotes that they bring."""
    for cell in (*record.cells, *record.rest):
        kind = _KEYS.get(names.fold(cell.key.replace("_", " ")))
        if kind is None:
            continue
        for value, place in list(_records.each(cell.value, cell.place))[:100]:
            if (
                kind == "affiliation"
                and isinstance(value, dict)
                and _held_now(speaker, value, place)
            ):
                continue
            text = _said(kind, value)
            if text and all(text != known.text for known in speaker.bios):
                speaker.bio(text, place)


def _held_now(speaker: DraftSpeaker, value: dict[str, object], place: str) -> bool:
    """Give a speaker the first of the posts that a record tells field by field."""
    role, unit, organization, start = (
        _records.line(value.get(k)) for k in ("role", "unit", "organization", "start")
    )
    if speaker.posts or start or not organization:
        return False
    whole = f"{unit}, {organization}" if unit and unit not in organization else organization
    speaker.organization(whole, f"{place}.organization")
    speaker.role(role, f"{place}.role")
    return True


def _said(kind: str, value: object) -> str:
    """An entry in words: its quote, or a line put together of its fields."""
    if not isinstance(value, dict):
        text = _records.line(value)
        return "" if kind == "affiliation" or not text else _WORDS[kind]({"name": text, "": text})
    evidence = value.get("evidence")
    quote = _records.line(evidence.get("quote")) if isinstance(evidence, dict) else ""
    if kind != "affiliation" and quote.count(" ") > 3:
        return quote
    return _WORDS[kind](
        {k: _records.line(v) if not isinstance(v, list) else _listed(v) for k, v in value.items()}
    )


def _listed(values: list[object]) -> str:
    return " and ".join(filter(None, map(_records.line, values[:10])))


def _degree(of: dict[str, str]) -> str:
    """ "PhD in physics, Lund University, 2014, advised by Ada Byron"."""
    degree = of.get("degree") or of.get("studyType") or ""
    field = of.get("field") or of.get("area") or of.get("major") or ""
    place = (
        of.get("organization")
        or of.get("institution")
        or of.get("school")
        or of.get("university")
        or ""
    )
    year = of.get("year") or of.get("end") or of.get("date") or ""
    told = f"{degree} in {field}" if degree and field else degree
    told = ", ".join(filter(None, [told, place, year])) or of.get("", "")
    return f"{told}, advised by {of['advisors']}" if told and of.get("advisors") else told


def _post(of: dict[str, str]) -> str:
    """ "Previously postdoctoral researcher at Lund University (2010-2012)"."""
    role = of.get("role") or of.get("position") or of.get("title") or ""
    place = ", ".join(
        filter(None, [of.get("unit", ""), of.get("organization") or of.get("company") or ""])
    )
    if not place:
        return f"Previously {of['']}" if of.get("") else ""
    years = "-".join(filter(None, [of.get("start", ""), of.get("end", "")]))
    told = f"{role} at {place}" if role else f"at {place}"
    return f"Previously {told} ({years})." if years else f"Previously {told}."


def _honour(of: dict[str, str]) -> str:
    return ", ".join(
        filter(None, [of.get("name") or of.get("title", ""), of.get("year") or of.get("date", "")])
    )


def _advisor(of: dict[str, str]) -> str:
    return f"Advised by {of['name']}." if of.get("name") else ""


def _seat(of: dict[str, str]) -> str:
    role, place = of.get("role") or "Member", of.get("organization") or of.get("name") or ""
    since = f" since {of['start']}" if of.get("start") else ""
    return f"{role} of {place}{since}." if place else ""


def _affiliation(of: dict[str, str]) -> str:
    """ "Professor, Department of Physics, Lund University, since 2014"."""
    role, place = of.get("role", ""), of.get("organization", "")
    if not place:
        return ""
    since = f"since {of['start']}" if of.get("start") else ""
    if not role:
        return f"Affiliated with {place}{' ' if since else ''}{since}."
    return ", ".join(filter(None, [role, of.get("unit", ""), place, since]))


_WORDS: dict[str, Callable[[dict[str, str]], str]] = {
    "education": _degree,
    "prior": _post,
    "award": _honour,
    "advisor": _advisor,
    "membership": _seat,
    "affiliation": _affiliation,
}
