"""A proposed entry to a fact: every value is looked up in the talk's own lines, or dropped and counted."""

from __future__ import annotations

from collections import Counter

from kg import names
from kg.model import Fact, Span
from kg.proposals._answers import Entry
from kg.proposals._makers import MAKERS, Proposal
from kg.proposals._question import EXAMPLE_VALUES
from kg.proposals._stretch import Stretch, covering

_REACH = 600
_SLOTS = {
    "affiliation": ("organization", "role", "unit", "start"),
    "position": ("organization", "role", "unit", "start", "end"),
    "membership": ("organization", "role", "start", "end"),
    "education": ("organization", "degree", "field", "year", "advisor"),
    "advising": ("advisor", "degree", "organization"),
    "award": ("award", "year"),
}
"""The closed set of kinds, and the slots that each takes: the object first."""


def fact(
    entry: Entry, stretch: Stretch, speakers: tuple[str, ...], dropped: Counter[str]
) -> Fact | None:
    """The fact that an entry proposes, as far as the text bears it out.

    Parameters:
        speakers: names of the talk's speakers.
        dropped: counts, by reason, what could not be used.
    """
    slots = _SLOTS.get(entry.get("kind", ""))
    if slots is None:
        dropped["of no known kind"] += 1
        return None
    subject = _speaker(entry.get("speaker", ""), speakers)
    if subject is None:
        dropped["of no speaker of the talk"] += 1
        return None
    looked_up = {s: _found(entry[s], stretch, dropped) for s in slots if s in entry}
    found = {slot: places for slot, places in looked_up.items() if places}
    object_ = slots[0] if slots[0] in found else "degree" if entry["kind"] == "education" else ""
    if object_ not in found or not _names(entry[object_], subject):
        dropped["without an object"] += 1
        return None
    evidence, places = _placed(stretch, object_, found)
    dropped["far from their object"] += len(found) - len(places)
    return MAKERS[entry["kind"]](
        Proposal(stretch, subject, entry["kind"], evidence, places, dropped)
    )


def _speaker(given: str, speakers: tuple[str, ...]) -> str | None:
    """The speaker with this name, or the only one whose name holds all its words."""
    words = set(names.fold(given).split())
    same = [s for s in speakers if names.fold(s) == names.fold(given)]
    fitting = same or [s for s in speakers if words and words <= set(names.fold(s).split())]
    return fitting[0] if len(fitting) == 1 else None


def _found(value: str, stretch: Stretch, dropped: Counter[str]) -> list[Span]:
    places = stretch.places(value)
    if not places:
        dropped["of the prompt's example" if value in EXAMPLE_VALUES else "not in the text"] += 1
    return places


def _names(value: str, subject: str) -> bool:
    """Whether a value can be a name: a letter that is no small one, and not the speaker again."""
    capital = any(c.isalpha() and not c.islower() for c in value)
    return capital and names.fold(value) != names.fold(subject)


def _placed(
    stretch: Stretch, object_: str, found: dict[str, list[Span]]
) -> tuple[Span, dict[str, Span]]:
    """Of the places where the object stands the one with most other values around it, the nearest of each."""
    rest = {slot: places for slot, places in found.items() if slot != object_}
    readings = [_around(stretch, object_, at, rest) for at in found[object_]]
    return max(readings, key=lambda r: (len(r[1]), r[0].start - r[0].end, -r[0].start))


def _around(
    stretch: Stretch, object_: str, at: Span, rest: dict[str, list[Span]]
) -> tuple[Span, dict[str, Span]]:
    """The object's sentence, stretched over the sentences of what stands near; what does not is left out."""
    own, part, places = stretch.around(at), stretch.part(at), {object_: at}
    evidence, most = own, max(_REACH, own.end - own.start)
    for slot, known in rest.items():
        near = min(known, key=lambda s: (not own.holds(s), abs(s.start - at.start), s.start))
        if not part.holds(near):
            continue
        wide = covering([evidence, stretch.around(near)])
        if wide.end - wide.start <= most:
            evidence, places[slot] = wide, near
    return evidence, places
