"""Rows of the state, made of resolved entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import authorities, awards
from kg.increments._state import Form, Key, Person, sign_of
from kg.model import Entity
from kg.names import fold
from kg.resolution import (
    Entities,
    Record,
    Seen,
    families,
    form,
    name_of,
    names,
    tokens,
    wanted_key,
)

REGISTRY = "registry"


def wanted(key: Key, seen: Seen) -> str:
    """The key that a talk would have if no other wanted it."""
    return wanted_key(key, name_of([seen]))


def forms(entities: Entities, keys: Iterable[Key]) -> Iterator[Form]:
    """Rows of forms of all but people."""
    for key in keys:
        seen = entities.ledger.seen[key]
        registry, near = entities.near.get(key, ("", ""))
        claim = wanted(key, seen) if key[0] == "talk" else ""
        yield Form(*key, seen, entities.by_form[key].key, registry, near, claim)


def target(kind: str, name: str) -> str:
    """What is looked for: the thing of a form, or what stands for an id of the registry."""
    return f"{kind}\n{name}"


def looks(entities: Entities) -> Iterator[tuple[str, str, str]]:
    """What things tell of if it is there: the target, and kind and form of the thing."""
    for (kind, name), entity in entities.by_form.items():
        if kind in {"organization", "award"}:
            yield from ((target, kind, name) for target in _targets(entities, entity))


def _targets(entities: Entities, entity: Entity) -> Iterator[str]:
    if entity.kind == "award":
        bodies = filter(None, map(awards.body, entity.aliases))
        yield from (target("organization", form("organization", body)) for body in bodies)
        return
    known = authorities.resolve(entity.name)
    if known and known.parent:
        yield target("organization", form("organization", known.parent))
    if found := entities.known.get(entity.key):
        yield from (target(REGISTRY, parent) for parent in found.record.parents)


def replaced(entities: Entities) -> Iterator[tuple[str, str, str]]:
    """The earlier keys that keys stand in for."""
    for entity in entities.all():
        yield from ((entity.kind, entity.key, old) for old in entity.replaces)


def registered(entities: Entities) -> Iterator[Key]:
    """The keys of records of the registry."""
    yield from ((one.record.id, key) for key, one in entities.known.items())


def persons(entities: Entities, records: Iterable[Record]) -> Iterator[Person]:
    """Rows of people as pages name them."""
    keys = {r.id: key for key, held in entities.records.items() for r in held}
    for family in families(list(records)):
        for record in family:
            name, _, page = record.id.rpartition("@")
            seen = entities.ledger.people[name, page]
            yield Person(name, page, record.where, seen, keys[record.id], family[0].id)


def family_names(
    records: Iterable[Record],
) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """The family of each name, and where it meets its kin."""
    of = {
        name: family[0].id
        for family in families(list(records))
        for r in family
        for name in names(r)
    }
    return of, {(token, name) for name in of for token in tokens(name)}


def signs(records: Iterable[Record]) -> dict[Key, int]:
    """How many records of a name have a sign."""
    found: dict[Key, int] = {}
    for record in records:
        for sign in record.signs:
            key = sign_of(sign), fold(record.name)
            found[key] = found.get(key, 0) + 1
    return found
