"""What resolution gives: an entity for every name that talks print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.corrections import NONE
from kg.model import Entity, Page, Talk
from kg.resolution._clustering import Decision
from kg.resolution._ledger import Ledger, Seen, talk_form, unit_form
from kg.resolution._organizations import Known
from kg.resolution._records import Record
from kg.resolution._wishes import Forms


@dataclass(frozen=True)
class Entities:
    """An entity for every name, unit and talk.

    Parameters:
        by_form: the entity of each form; where several people have one name, the first of them.
        by_page: the person that a form stands for on a page, where several have that name.
        units: the organization of each unit, by the key of the unit.
        outer: the school of each department that names one, by the key of the department.
        seen: what was seen of each entity, by kind and key.
        decisions: what was decided of pairs of people.
        records: the people as each page names them, by the key of the person.
        matched: lines of the corrections that matched something.
        apart: for things other than people the names of what corrections keep from them.
        known: organizations as an imported registry has them, by the key of the organization.
        ledger: all that was noted.
        near: what forms of organizations may be joined by: an id of the registry, the form of a known institution.
    """

    by_form: Mapping[tuple[str, str], Entity] = field(repr=False)
    by_page: Mapping[tuple[str, str], Entity] = field(repr=False)
    units: Mapping[str, Entity] = field(repr=False)
    outer: Mapping[str, Entity] = field(default_factory=dict, repr=False)
    seen: Mapping[tuple[str, str], tuple[Seen, ...]] = field(default_factory=dict, repr=False)
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    records: Mapping[str, tuple[Record, ...]] = field(default_factory=dict, repr=False)
    matched: frozenset[int] = frozenset()
    known: Mapping[str, Known] = field(default_factory=dict, repr=False)
    apart: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, repr=False)
    ledger: Ledger = field(default_factory=lambda: Ledger(Forms(NONE)), repr=False)
    near: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict, repr=False)
    forms: Forms = field(default_factory=lambda: Forms(NONE), repr=False)

    def of(self, kind: str, name: str, page: Page | None = None) -> Entity:
        """The entity of a kind that a name stands for, on a page.

        Raises:
            KeyError: no talk printed the name.
        """
        key = self.forms.of(kind, name)
        if kind == "person" and page and (found := self.by_page.get((key, page.sha256))):
            return found
        return self.by_form[kind, key]

    def called(self, kind: str, name: str) -> tuple[Entity, ...]:
        """Every entity of a kind that has a name among its names."""
        return tuple(self._by_name.get((kind, self.forms.of(kind, name)), ()))

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[Entity]]:
        found: defaultdict[tuple[str, str], dict[Entity, None]] = defaultdict(dict)
        for entity in self.all():
            for name in entity.aliases:
                found[entity.kind, self.forms.of(entity.kind, name)][entity] = None
        return {key: list(entities) for key, entities in found.items()}

    def unit(self, organization: str, name: str) -> Entity:
        """The unit of this name within an organization."""
        return self.by_form["unit", unit_form(self.forms.of("organization", organization), name)]

    def talk(self, talk: Talk) -> Entity:
        """The entity of a talk."""
        return self.by_form["talk", talk_form(talk)]

    def registered(self, id_: str) -> Entity | None:
        """The organization that stands for a record of the registry."""
        return self._by_id.get(id_)

    @cached_property
    def _by_id(self) -> dict[str, Entity]:
        organizations = {e.key: e for e in self.all() if e.kind == "organization"}
        return {one.record.id: organizations[key] for key, one in self.known.items()}

    def all(self) -> tuple[Entity, ...]:
        """Every entity once, sorted by kind and key."""
        found = {*self.by_form.values(), *self.by_page.values()}
        return tuple(sorted(found, key=lambda e: (e.kind, e.key)))
