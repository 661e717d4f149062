"""Talk records: the interchange form of what was read, one JSON object a talk.

Beside the keys of the contract a record carries its ``source`` (name and hash) and, in every entry, ``evidence``
(quote and offsets), ``rule`` and ``confidence``.
"""

from __future__ import annotations

from typing import Any

from kg.model import Fact, Speaker, Talk

Record = dict[str, Any]


def _backing(fact: Fact) -> Record:
    evidence = fact.evidence
    return {
        "evidence": {"quote": evidence.quote, "start": evidence.start, "end": evidence.end},
        "rule": fact.rule,
        "confidence": round(fact.confidence, 3),
    }


def _entry(fact: Fact, keys: tuple[str, ...], renamed: dict[str, str]) -> Record:
    values = {key: getattr(fact, renamed.get(key, key), None) for key in keys}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()} | _backing(fact)


_PLACES = {
    "Affiliation": ("affiliations", ("organization", "as_printed", "role", "unit", "start")),
    "Position": ("prior", ("organization", "as_printed", "role", "unit", "start", "end")),
    "Education": (
        "education",
        ("organization", "as_printed", "unit", "degree", "field", "year", "advisors"),
    ),
    "AwardReceipt": ("awards", ("name", "year")),
    "Membership": ("memberships", ("organization", "as_printed", "role", "start", "end")),
}
_RENAMED = {"as_printed": "printed", "year": "date", "name": "award"}


def _speaker(speaker: Speaker) -> Record:
    lists: Record = {key: [] for key, _ in _PLACES.values()}
    advisors: dict[str, None] = {}
    for fact in (f for f in speaker.facts if not f.retracted):
        kind = type(fact).__name__
        if kind == "Advising":
            advisors[getattr(fact, "advisor", "")] = None
        elif kind in _PLACES:
            key, keys = _PLACES[kind]
            lists[key].append(_entry(fact, keys, _RENAMED))
    for degree in lists["education"]:
        if degree["organization"] is None:
            degree["as_printed"] = None
    return {"name": speaker.name, **lists, "advisors": list(advisors)}


def to_record(talk: Talk) -> Record:
    """A talk as a record of the interchange form, with evidence beside every entry."""
    return {
        "title": talk.title,
        "series": talk.series,
        "date": talk.date,
        "speakers": [_speaker(s) for s in talk.speakers],
        "topics": [getattr(t, "topic", "") for t in talk.topics if not t.retracted],
        "abstract": talk.abstract,
        "source": {"name": talk.page.name, "sha256": talk.page.sha256},
    }
