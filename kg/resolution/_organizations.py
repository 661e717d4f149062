"""Organizations that an imported registry knows: forms of one record are one, under its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg import authorities
from kg.linking import Linked, Organization
from kg.names import SMALL, fold, organization_key
from kg.resolution._ledger import Seen, name_of

_Key = tuple[str, str]


class Registry(Protocol):
    """What answers for affiliations, and tells all it knows of an organization."""

    def link(self, text: str) -> Linked:
        """The one organization an affiliation stands for."""

    def record(self, id_: str) -> Organization:
        """All that is known of an organization."""

    def country(self, code: str) -> str:
        """The name of a country by its code, or ""."""


@dataclass(frozen=True)
class Known:
    """A record of a registry, why a form stands for it, and the signs that decided."""

    record: Organization
    because: str
    linked: Linked


def known(seen: Mapping[_Key, Seen], registry: Registry) -> dict[_Key, Known]:
    """What the registry knows, by the key of the form.

    A name counts only if it is one of the record's own, in whatever order of words: what is merely like one, or holds
    one ("Center for Rivers, Lund University"), is no evidence, nor is a bare acronym. What the bundled vocabulary holds
    for two stays two (``told_apart``), and where it knows the country the record must be of that.
    """
    found: dict[_Key, Known] = {}
    for key in sorted(k for k in seen if k[0] == "organization"):
        if one := _known(name_of([seen[key]]), registry):
            found[key] = one
    return found


def _known(name: str, registry: Registry) -> Known | None:
    told = authorities.institutions().get(name)
    place = [told.city, registry.country(told.country)] if told else []
    linked = registry.link(", ".join(filter(None, (name, *place))))
    if linked.id is None:
        return None
    record = registry.record(linked.id)
    own = {
        _bag(form)
        for n in record.names
        if told or n.kind != "acronym"
        for form in (n.bare, n.value)
    }
    mine = {_bag(n) for n in (name, *(authorities.aliases(name) if told else ()))}
    if not own & mine or (told and told.country != record.code):
        return None
    shown = "" if name == record.name else f" as {record.name}"
    return Known(record, f"{name!r} is in the registry{shown} ({record.id})", linked)


def _bag(name: str) -> tuple[str, ...]:
    """The words of a name in whatever order."""
    return tuple(sorted(w for w in organization_key(name).split() if w not in SMALL))


def told_apart(found: Mapping[_Key, Known], seen: Mapping[_Key, Seen]) -> dict[_Key, Known]:
    """Of several institutions of the vocabulary under one id only the one of the record's name keeps it."""
    holders: defaultdict[str, list[_Key]] = defaultdict(list)
    for key, one in found.items():
        if name_of([seen[key]]) in authorities.institutions():
            holders[one.record.id].append(key)
    lost = {key for id_, keys in holders.items() for key in _lesser(keys, found, seen) if id_}
    return {key: one for key, one in found.items() if key not in lost}


def _lesser(
    keys: Sequence[_Key], found: Mapping[_Key, Known], seen: Mapping[_Key, Seen]
) -> Iterable[_Key]:
    if len(keys) < 2:
        return []
    best = min(keys, key=lambda k: (fold(name_of([seen[k]])) != fold(found[k].record.name), k))
    return [key for key in keys if key != best]
