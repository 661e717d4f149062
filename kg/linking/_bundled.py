"""What the bundled vocabulary adds to a registry: further names of organizations that both know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg import authorities
from kg.authorities import Institution
from kg.linking import _keys as keys
from kg.linking import _strings as strings
from kg.linking._keys import Key
from kg.linking._ror import Organization

_PARTS = frozenset({"school", "college", "laboratory", "institute", "hospital"})
_LEVELS = 3


def added(organizations: Iterable[Organization]) -> Iterator[tuple[str, Key]]:
    """Ids with a key more: by the aliases and short forms of an institution that the registry knows by its name; a
    part that only the vocabulary knows leads to what it belongs to."""
    at = _by_name(organizations)
    known = authorities.institutions()
    for institution in known.values():
        own = _found(at, institution)
        home = own or _home(at, known, institution)
        if home:
            for key in _names(institution, part=own is None):
                there = at.get((key.key, institution.country), set())
                if home not in there and (own or not there):
                    yield home, key


def _by_name(organizations: Iterable[Organization]) -> dict[tuple[str, str], set[str]]:
    """Ids by key and country."""
    at = defaultdict[tuple[str, str], set[str]](set)
    for one in organizations:
        for name in one.names:
            if name.kind != "acronym":
                at[strings.key(strings.words(name.bare)), one.code].add(one.id)
    return at


def _found(at: dict[tuple[str, str], set[str]], known: Institution) -> str | None:
    """The one organization of a name in its country; by the name first, then by aliases."""
    for name in (known.name, *_aliases(known)):
        ids = at.get((strings.key(strings.words(name)), known.country), set())
        if len(ids) == 1:
            return next(iter(ids))
    return None


def _aliases(known: Institution) -> tuple[str, ...]:
    """Its other names but those that are names of it in few places only: "Oxford"."""
    return tuple(a for a in known.aliases if not a.endswith("?"))


def _home(
    at: dict[tuple[str, str], set[str]], table: dict[str, Institution], known: Institution
) -> str | None:
    """What a part that the registry lacks belongs to."""
    for _ in range(_LEVELS):
        parent = table.get(known.parent)
        if parent is None or known.kind not in _PARTS:
            return None
        if found := _found(at, parent):
            return found
        known = parent
    return None


def _names(known: Institution, part: bool) -> Iterator[Key]:
    way = keys.PART if part else keys.VOCABULARY
    for name in (known.name, *_aliases(known)):
        if key := strings.key(strings.words(name)):
            yield Key(key, way, 2)
    for acronym in known.acronyms:
        usual = acronym.endswith("*") or authorities.resolve(acronym) is not None
        if not part:
            yield Key(acronym.rstrip("*"), keys.USUAL, 2 if usual else 1)
