"""Who and what is one: the names that talks print become entities, each with the reasons why its forms are one.

People are resolved in three steps over plain records: ``_blocking`` (which records are compared at all),
``_comparing`` (what speaks for a pair, in bits) and ``_clustering`` (the surest pairs first, no group that holds two
people). Every weight stands in ``_weights``. Organizations, awards and topics are one where their keys are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from kg.model import Entity, Page, Talk
from kg.names import slug
from kg.resolution._clustering import Decision
from kg.resolution._forms import form
from kg.resolution._ledger import Ledger, Seen, listed, name_of, record_id, talk_form, unit_form
from kg.resolution._people import link
from kg.resolution._records import Record, members

__all__ = ["Decision", "Entities", "Record", "form", "link", "listed", "resolve"]

_TITLE_CHARS = 80
_SHOWN = 3
_Group = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entities:
    """What ``resolve`` found: an entity for every name, unit and talk.

    Parameters:
        by_form: the entity of each form; where several people have one name, the first of them.
        by_page: the person that a form stands for on a page, where several have that name.
        units: the organization of each unit, by the key of the unit.
        decisions: what was decided of pairs of people.
        records: the people as each page names them, by the key of the person.
    """

    by_form: Mapping[tuple[str, str], Entity] = field(repr=False)
    by_page: Mapping[tuple[str, str], Entity] = field(repr=False)
    units: Mapping[str, Entity] = field(repr=False)
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    records: Mapping[str, tuple[Record, ...]] = field(default_factory=dict, repr=False)

    def of(self, kind: str, name: str, page: Page | None = None) -> Entity:
        """The entity of a kind that a name stands for, on a page.

        Raises:
            KeyError: no talk printed the name.
        """
        key = form(kind, name)
        if kind == "person" and page and (found := self.by_page.get((key, page.sha256))):
            return found
        return self.by_form[kind, key]

    def unit(self, organization: str, name: str) -> Entity:
        """The unit of this name within an organization."""
        return self.by_form["unit", unit_form(organization, name)]

    def talk(self, talk: Talk) -> Entity:
        """The entity of a talk."""
        return self.by_form["talk", talk_form(talk)]

    def all(self) -> tuple[Entity, ...]:
        """Every entity once, sorted by kind and key."""
        found = {*self.by_form.values(), *self.by_page.values()}
        return tuple(sorted(found, key=lambda e: (e.kind, e.key)))


def resolve(talks: Sequence[Talk]) -> Entities:
    """Every name that talks print, as entities. The order of the talks does not matter."""
    ledger = Ledger()
    for talk in talks:
        ledger.talk(talk)
    return _Making(ledger).entities()


class _Making:
    """Entities of what was noted, each with a key of its own."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._taken: set[tuple[str, str]] = set()
        self._by_form: dict[tuple[str, str], Entity] = {}
        self._by_page: dict[tuple[str, str], Entity] = {}
        self._units: dict[str, Entity] = {}

    def entities(self) -> Entities:
        for kind, name in sorted(k for k in self._ledger.seen if k[0] != "unit"):
            self._by_form[kind, name] = self._named(kind, name)
        for name in sorted(self._ledger.units):
            self._unit(name)
        decisions, records = self._people()
        return Entities(self._by_form, self._by_page, self._units, decisions, records)

    def _named(self, kind: str, first: str) -> Entity:
        seen = self._ledger.seen[kind, first]
        name = name_of([seen])
        short = _short(slug(name))
        key = "-".join(filter(None, (_talk_date(first), short))) if kind == "talk" else short
        return Entity(
            kind, self._free(kind, key, first), name, _aliases([seen], name), _because(kind, [seen])
        )

    def _unit(self, first: str) -> None:
        seen = self._ledger.seen["unit", first]
        owner = self._by_form["organization", form("organization", self._ledger.units[first][0])]
        name = name_of([seen])
        key = self._free("unit", f"{owner.key}-{_short(slug(name))}", first)
        self._by_form["unit", first] = Entity(
            "unit", key, name, _aliases([seen], name), _because("unit", [seen])
        )
        self._units[key] = owner

    def _free(self, kind: str, key: str, first: str) -> str:
        """The key, or, where it is taken, the key with a hash of what the later one was first known by."""
        if (kind, key) in self._taken:
            key = f"{key}-{sha256(first.encode('utf-8', 'replace')).hexdigest()[:6]}"
        self._taken.add((kind, key))
        return key

    def _people(self) -> tuple[tuple[Decision, ...], dict[str, tuple[Record, ...]]]:
        """The people that records are joined to; where several have one name, pages tell which is meant."""
        keys = {record_id(key): key for key in self._ledger.people}
        by_id = {record.id: record for record in self._ledger.records()}
        people, decisions = link(list(by_id.values()))
        reasons = _reasons(decisions, by_id)
        bearers: defaultdict[str, list[tuple[_Group, Entity]]] = defaultdict(list)
        records: dict[str, tuple[Record, ...]] = {}
        for person in sorted(people, key=lambda p: p.id):
            group = tuple(sorted(keys[m] for m in members(person)))
            entity = self._person(group, [r for m in members(person) for r in reasons[m]])
            records[entity.key] = tuple(by_id[m] for m in members(person))
            for name in {name for name, _ in group}:
                bearers[name].append((group, entity))
        for name, held in bearers.items():
            self._by_form["person", name] = held[0][1]
            if len(held) > 1:
                self._by_page |= {
                    k: entity for group, entity in held for k in group if k[0] == name
                }
        return tuple(decisions), records

    def _person(self, group: _Group, because: Iterable[str]) -> Entity:
        seen = [self._ledger.people[key] for key in group]
        name = name_of(seen)
        key = self._free("person", _short(slug(name)), "@".join(group[0]))
        return Entity("person", key, name, _aliases(seen, name), tuple(dict.fromkeys(because)))


def _reasons(decisions: Iterable[Decision], by_id: Mapping[str, Record]) -> Mapping[str, list[str]]:
    """For each record why it was joined with another."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        one, other = (by_id[i] for i in (decision.comparison.one, decision.comparison.other))
        if decision.verdict == "one" and one.name != other.name:
            told = "; ".join(text for text, bits in decision.comparison.features if bits > 0)
            found[one.id].append(f"{one.name!r} and {other.name!r}: {told}")
    return found


def _talk_date(first: str) -> str:
    return next(
        (part for part in first.split("\n")[1:3] if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", part)), ""
    )


def _short(text: str) -> str:
    """At most so many characters, cut at a word."""
    if len(text) <= _TITLE_CHARS:
        return text
    return text[:_TITLE_CHARS].rpartition("-")[0] or text[:_TITLE_CHARS]


def _aliases(seen: Iterable[Seen], name: str) -> tuple[str, ...]:
    forms = {n for s in seen for n in (*s.names, *s.printed)}
    return (name, *sorted(forms - {name}))


def _because(kind: str, seen: Sequence[Seen]) -> tuple[str, ...]:
    names = sorted({n for s in seen for n in s.names})
    if len(names) == 1 or kind == "talk":
        return ()
    shown = ", ".join(repr(n) for n in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (f"{shown}{more}: the same words once case, accents and small words are set aside",)
