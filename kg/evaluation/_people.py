"""Everyone who speaks on a page, with all that its talks say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.evaluation import _same

Record = Mapping[str, Any]
Neutral = Callable[[Any], bool]


def _same_award(a: Record, b: Record) -> bool:
    return _same.fold(a.get("name")) == _same.fold(b.get("name")) and a.get("year") == b.get("year")


LISTS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "affiliation": ("affiliations", _same.organization),
    "prior": ("prior", _same.organization),
    "education": ("education", _same.degree),
    "award": ("awards", _same_award),
    "advisor": ("advisors", _same.person),
    "membership": ("memberships", _same.organization),
}
DETAILS = {
    "affiliation": ("role",), "prior": ("role", "start", "end"), "education": ("field", "year"), "award": ("year",),
}  # fmt: skip


def nobody(name: str) -> dict[str, Any]:
    """Somebody of whom nothing is said."""
    return {"name": name, **{key: [] for key, _ in LISTS.values()}}


def gather(talks: Iterable[Record]) -> list[dict[str, Any]]:
    """One entry a person, the facts of all talks together, each once."""
    out: list[dict[str, Any]] = []
    for talk in talks:
        for speaker in talk.get("speakers") or ():
            known = next((p for p in out if _same.person(p["name"], speaker["name"])), None)
            if known is None:
                known = nobody(speaker["name"])
                out.append(known)
            for key, _ in LISTS.values():
                known[key] += speaker.get(key) or []
    for someone in out:
        someone["advisors"] += [a for e in someone["education"] for a in e.get("advisors") or ()]
        for key, same in LISTS.values():
            someone[key] = _distinct(someone[key], same)
    return out


def _distinct(entries: Iterable[Any], same: Callable[[Any, Any], bool]) -> list[Any]:
    """Entries that say different things; the names of an organization are put together."""
    kept: list[Any] = []
    for entry in entries:
        known = next((k for k in kept if same(k, entry)), None)
        if known is None:
            kept.append(dict(entry) if isinstance(entry, dict) else entry)
            continue
        if not isinstance(entry, dict):
            continue
        if "organization" in entry:
            further = (
                entry.get("organization"),
                entry.get("as_printed"),
                *(entry.get("aliases") or ()),
            )
            known["aliases"] = [*(known.get("aliases") or ()), *(n for n in further if n)]
        if not entry.get("optional"):
            known.pop("optional", None)
    return kept


def _honour(entry: Record) -> bool:
    text = _same.fold(f"{entry.get('role')} {entry.get('name')}")
    return bool(re.search(r"fellow|scholar|lecturer|chair", text))


def _words(entry: Record, *keys: str) -> set[str]:
    return set(_same.fold(" ".join(str(entry.get(k)) for k in keys)).split())


def neutral(kind: str, wanted: Record) -> Neutral:
    """Entries of a kind that count neither way: another name of what was found, a post that is an honour."""
    posts = [
        _words(e, "role", "organization")
        for e in (*wanted["prior"], *wanted["affiliations"])
        if _honour(e)
    ]
    offices = [_words(e, "role", "organization", "as_printed") for e in wanted["memberships"]]
    honours = [_words(e, "name") for e in wanted["awards"] if _honour(e)]
    beside = {
        "affiliation": ("affiliations", "memberships"),
        "prior": ("prior", "memberships"),
        "membership": ("memberships", "affiliations", "prior"),
    }.get(kind, ())

    def judge(entry: Any) -> bool:
        if beside and any(_same.organization(w, entry) for key in beside for w in wanted[key]):
            return True
        if kind == "prior" and _honour(entry):
            return any(len(_words(entry, "role", "organization") & h) >= 2 for h in honours)
        if kind == "award" and _honour(entry):
            return any(len(_words(entry, "name") & p) >= 2 for p in (*posts, *offices))
        return False

    return judge


def show(entry: Any) -> str:
    """An entry in a few words."""
    if not isinstance(entry, dict):
        return str(entry)
    keys = ("name", "organization", "degree", "role", "year")
    return ", ".join(str(entry[k]) for k in keys if entry.get(k))
