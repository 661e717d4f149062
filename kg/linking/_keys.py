"""The keys under which an organization is kept and looked up, each with the way it leads there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.linking import _strings as strings
from kg.linking._ror import Organization

RANKS = {"label": 3, "alias": 2, "acronym": 1}
EXACT, AT, OTHER, SHORT, JOINED = "exact", "at", "other order", "abbreviated", "joined"
ACRONYM, HOST, VOCABULARY, PART, USUAL = (
    "acronym", "host", "by another name", "by a part", "short form"
)  # fmt: skip
WHOLE = frozenset({EXACT, VOCABULARY, PART})
LONG = 12
_PLACE = 4


@dataclass(frozen=True)
class Key:
    """A key that leads to an organization.

    Parameters:
        way: how: ``exact``, ``at`` (of "X, Place", and the place must stand elsewhere), ``other order`` ...
        rank: 3 by a name of its own, 2 by an alias, 1 by an acronym; less by names that the bundled vocabulary adds.
        place: that must stand elsewhere.
    """

    key: str
    way: str
    rank: int
    place: str = ""


def of(organization: Organization) -> set[Key]:
    """All keys of an organization by what its registry knows."""
    city = strings.key(strings.words(organization.city))
    found = {k for n in organization.names for k in of_name(n.bare, n.kind, city)}
    return found | {Key(host, HOST, 3) for host in organization.hosts}


def of_name(name: str, kind: str, city: str) -> Iterator[Key]:
    """The keys of one name of an organization of a city."""
    rank = RANKS[kind]
    if kind == "acronym":
        yield Key(name.replace(".", ""), ACRONYM, rank)
        return
    found = strings.words(name)
    key = strings.key(found)
    if not key:
        return
    yield Key(key, EXACT, rank)
    if " " in key:
        yield Key(strings.bag(key), OTHER, rank)
        yield Key(strings.stems(key), SHORT, rank)
    if len(strings.joined(key)) >= LONG:
        yield Key(strings.joined(key), JOINED, rank)
    for base, place in {*_behind_comma(found), *_around(key, city)}:
        if " " in base and place:
            yield Key(base, AT, rank, place)


def _behind_comma(found: list[str]) -> Iterable[tuple[str, str]]:
    if "," in found:
        comma = len(found) - 1 - found[::-1].index(",")
        yield strings.key(found[:comma]), strings.key(found[comma:])


def _around(key: str, city: str) -> Iterable[tuple[str, str]]:
    """The name without its city: "University of Science" of "Ho Chi Minh City University of Science"."""
    for place in {city, *(w for w in city.split() if len(w) >= _PLACE)}:
        if place and key.endswith(f" {place}"):
            yield key.removesuffix(f" {place}"), place
        if place and key.startswith(f"{place} "):
            yield key.removeprefix(f"{place} "), place
