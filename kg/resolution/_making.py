"""Entities of what was noted, each with a key of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg import awards
from kg.corrections import Corrections
from kg.model import Entity
from kg.names import slug
from kg.resolution import _wishes as wishes
from kg.resolution._clustering import Decision
from kg.resolution._comparing import World
from kg.resolution._entities import Entities
from kg.resolution._forms import form as form_of
from kg.resolution._joining import Joined
from kg.resolution._keys import Given, Keys, Wanted
from kg.resolution._ledger import Ledger, Seen, name_of, owner_form, record_id
from kg.resolution._near import near
from kg.resolution._organizations import Known, Registry, known, told_apart
from kg.resolution._people import link
from kg.resolution._records import Record, members

_TITLE_CHARS = 80
_SHOWN = 3
_SAME_WORDS = "the same words once case, accents and small words are set aside"
_Key = tuple[str, str]
_Group = tuple[_Key, ...]
_Reasons = tuple[str, ...]


@dataclass(frozen=True)
class Beyond:
    """What is known beyond the talks: a registry of organizations, and the world that their people are a part of."""

    registry: Registry | None = None
    world: World | None = None


class Making:
    """Makes the entities of one build."""

    def __init__(
        self, ledger: Ledger, corrections: Corrections, keys: Keys, beyond: Beyond
    ) -> None:
        """Start with none."""
        self._ledger, self._corrections, self._keys = ledger, corrections, keys
        self._world = beyond.world
        self._likely = known(ledger.seen, beyond.registry) if beyond.registry else {}
        self._registered = told_apart(self._likely, ledger.seen)
        self._known: dict[str, Known] = {}
        self._proper: dict[_Key, str] = {}
        self._by_form: dict[_Key, Entity] = {}
        self._by_page: dict[_Key, Entity] = {}
        self._units: dict[str, Entity] = {}
        self._outer: dict[str, Entity] = {}
        self._seen: dict[_Key, tuple[Seen, ...]] = {}
        self._matched: set[int] = set()

    def entities(self) -> Entities:
        """All of them."""
        self._note_parted()
        groups = self._groups()
        for kind in sorted({group[0][0] for group, _ in groups}):
            self._named(
                kind, [(group, because) for group, because in groups if group[0][0] == kind]
            )
        self._all_units()
        decisions, records = self._people()
        return Entities(
            by_form=self._by_form,
            by_page=self._by_page,
            units=self._units,
            outer=self._outer,
            seen=self._seen,
            decisions=decisions,
            records=records,
            matched=frozenset(self._matched),
            forms=self._ledger.forms,
            known=self._known,
            ledger=self._ledger,
            near=self._near_to(),
            apart=self._apart(),
        )

    def _near_to(self) -> dict[_Key, tuple[str, str]]:
        """For each form of an organization the id and the form of the institution that it may be joined by."""
        forms, found = self._ledger.forms, dict[_Key, tuple[str, str]]()
        for key in {*self._likely, *self._proper}:
            one, proper = self._likely.get(key), self._proper.get(key)
            found[key] = (
                one.record.id if one else "",
                forms.of("organization", proper) if proper else "",
            )
        return found

    def _apart(self) -> dict[_Key, tuple[str, ...]]:
        """For each thing the names of what corrections keep from it."""
        found: defaultdict[_Key, dict[str, None]] = defaultdict(dict)
        for correction in (c for c in self._corrections.of("different") if c.kind != "person"):
            names = [n.name for n in correction.names]
            for name in names:
                key = correction.kind, self._ledger.forms.of(correction.kind, name)
                if thing := self._by_form.get(key):
                    others = (n for n in names if n != name)
                    found[correction.kind, thing.key] |= dict.fromkeys(others)
        return {key: tuple(others) for key, others in found.items()}

    def _note_parted(self) -> None:
        """Corrections that keep names apart are in use where both are there."""
        forms = self._ledger.forms
        for correction in self._corrections.of("different"):
            keys = [(correction.kind, forms.of(correction.kind, n.name)) for n in correction.names]
            if correction.kind != "person" and all(key in self._ledger.seen for key in keys):
                self._matched.add(correction.line)

    def _groups(self) -> list[tuple[_Group, _Reasons]]:
        """Keys that are one, of all kinds but people and units, with the reasons."""
        joined = Joined[_Key]()
        because: defaultdict[_Key, list[str]] = defaultdict(list)
        for correction, kind, keys in wishes.joins(self._corrections, self._ledger.forms):
            known = sorted({(kind, k) for k in keys if (kind, k) in self._ledger.seen})
            if len(known) > 1:
                self._matched.add(correction.line)
                because[known[0]].append(correction.because)
                joined.join(*known)
        self._join_registered(joined, because)
        self._join_near(joined, because)
        groups: defaultdict[_Key, list[_Key]] = defaultdict(list)
        for key in sorted(k for k in self._ledger.seen if k[0] != "unit"):
            groups[joined.head(key)].append(key)
        return [
            (tuple(group), tuple(reason for key in group for reason in because[key]))
            for group in groups.values()
        ]

    def _join_registered(self, joined: Joined[_Key], because: defaultdict[_Key, list[str]]) -> None:
        """Forms under one id of the registry are one, unless a correction says that they are not."""
        forms = defaultdict[str, list[_Key]](list)
        for key, one in sorted(self._registered.items()):
            because[key].append(one.because)
            forms[one.record.id].append(key)
        for keys in forms.values():
            if not wishes.differ(self._corrections, self._ledger.forms, keys):
                joined.join(*keys)

    def _join_near(self, joined: Joined[_Key], because: defaultdict[_Key, list[str]]) -> None:
        """Forms that are nearly a known institution's are its, under its name where no page prints that."""
        forms = self._ledger.forms
        for key in sorted(k for k in self._ledger.seen if k[0] == "organization"):
            name = name_of([self._ledger.seen[key]])
            if found := near(name):
                proper = ("organization", forms.of("organization", found[0]))
                if not wishes.differ(self._corrections, forms, [key, proper]):
                    because[key].append(f"{name!r} is {found[0]!r} {found[1]}")
                    self._proper[key] = found[0]
                    joined.join(*([key, proper] if proper in self._ledger.seen else [key]))

    def _named(self, kind: str, groups: Sequence[tuple[_Group, _Reasons]]) -> None:
        """Entities of a kind whose names are one on all pages."""
        things = []
        for group, _ in groups:
            wanted = wanted_key(group[0], self._name(group))
            things.append(Wanted(wanted, group[0][1], tuple((name, "") for _, name in group)))
        for (group, because), given in zip(groups, self._keys.give(kind, things), strict=True):
            seen = [self._ledger.seen[key] for key in group]
            told = (*because, *_because(kind, seen))
            entity = self._entity(kind, given, seen, told, self._name(group))
            self._by_form |= dict.fromkeys(group, entity)
            if one := next((self._registered[k] for k in group if k in self._registered), None):
                self._known[given.key] = one

    def _name(self, group: _Group) -> str:
        """The name of a group of forms: the vocabulary's of an award, or where all are only near an institution's."""
        if group[0][0] == "award":
            name = name_of([self._ledger.seen[key] for key in group])
            found = awards.canonical(name)
            return found.name if found else name
        proper = [self._proper.get(key) for key in group]
        return proper[0] if proper[0] and all(proper) else name_of(self._seen_as_named(group))

    def _seen_as_named(self, group: _Group) -> list[Seen]:
        """What was seen of the forms of a group, but for those that are only near the name."""
        exact = [self._ledger.seen[key] for key in group if key not in self._proper]
        return exact or [self._ledger.seen[key] for key in group]

    def _entity(
        self, kind: str, given: Given, seen: Sequence[Seen], because: Iterable[str], name: str = ""
    ) -> Entity:
        """An entity of a kind and key; a correction may give it another name."""
        name = name or name_of(seen)
        forms = {n for s in seen for n in (*s.names, *s.printed)}
        reasons = list(because)
        for correction in self._corrections.of("rename", kind):
            keys = {self._ledger.forms.of(kind, n.name) for n in correction.names}
            pages = {n.page for n in correction.names} - {""}
            here = not pages or any(pages & set(s.pages) for s in seen)
            if here and keys & {self._ledger.forms.of(kind, f) for f in forms}:
                self._matched.add(correction.line)
                name = correction.value("to")
                reasons.append(f"named so by {correction.because}")
        names = (name, *sorted(forms - {name}))
        self._seen[kind, given.key] = tuple(seen)
        return Entity(kind, given.key, name, names, tuple(dict.fromkeys(reasons)), given.replaces)

    def _all_units(self) -> None:
        ledger = self._ledger
        names = sorted(form for kind, form in ledger.seen if kind == "unit")
        owners = [self._by_form["organization", owner_form(name)] for name in names]
        seen = [ledger.seen["unit", name] for name in names]
        things = [
            Wanted(f"{owner.key}-{_short(slug(name_of([one])))}", name)
            for name, owner, one in zip(names, owners, seen, strict=True)
        ]
        given = self._keys.give("unit", things)
        for name, owner, one, key in zip(names, owners, seen, given, strict=True):
            self._by_form["unit", name] = self._entity("unit", key, [one], _because("unit", [one]))
            self._units[key.key] = owner
        for one, key in zip(seen, given, strict=True):
            if one.outer:
                outer = min(one.outer, key=lambda form: (-one.outer[form], form))
                self._outer[key.key] = self._by_form["unit", outer]

    def _people(self) -> tuple[tuple[Decision, ...], dict[str, tuple[Record, ...]]]:
        """The people that records are joined to; where several have one name, pages tell which is meant."""
        keys = {record_id(key): key for key in self._ledger.people}
        by_id = {record.id: record for record in self._ledger.records()}
        wished, first, matched = wishes.people(list(by_id.values()), self._corrections)
        self._matched |= matched
        people, later = link(wished, world=self._world)
        decisions = (*first, *later)
        reasons = _reasons(decisions, by_id)
        held = sorted(
            (sorted((by_id[m] for m in members(p)), key=_place) for p in people),
            key=lambda group: _place(group[0]),
        )
        things = [self._wanted(group, keys) for group in held]
        bearers: defaultdict[str, list[tuple[_Group, Entity]]] = defaultdict(list)
        records: dict[str, tuple[Record, ...]] = {}
        for group, given in zip(held, self._keys.give("person", things), strict=True):
            forms = tuple(sorted(keys[r.id] for r in group))
            because = [reason for r in group for reason in reasons[r.id]]
            seen = [self._ledger.people[key] for key in forms]
            entity = self._entity("person", given, seen, because)
            records[entity.key] = tuple(group)
            for name in {name for name, _ in forms}:
                bearers[name].append((forms, entity))
        self._name_people(bearers)
        return decisions, records

    def _name_people(self, bearers: Mapping[str, Sequence[tuple[_Group, Entity]]]) -> None:
        """The person of each form; of a form that several have, the person on each page."""
        for name, bearing in bearers.items():
            self._by_form["person", name] = bearing[0][1]
            if len(bearing) > 1:
                pages = {key: one for group, one in bearing for key in group if key[0] == name}
                self._by_page |= pages

    def _wanted(self, group: Sequence[Record], keys: Mapping[str, _Key]) -> Wanted:
        """What a person's key is made of: the name, the page it stands on first, and all names with their pages."""
        name = name_of([self._ledger.people[keys[r.id]] for r in group])
        names = tuple((keys[r.id][0], r.where) for r in group)
        return Wanted(_short(slug(name)), "@".join(names[0]), names)


def _place(record: Record) -> tuple[str, str]:
    return record.where, record.id


def _reasons(decisions: Iterable[Decision], by_id: Mapping[str, Record]) -> Mapping[str, list[str]]:
    """For each record why it was joined with another of another name, or by a correction."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        one, other = (by_id[i] for i in (decision.comparison.one, decision.comparison.other))
        told = [text for text, bits in decision.comparison.features if bits > 0]
        wished = bool(told) and told[0].startswith("a correction")
        if decision.verdict == "one" and (one.name != other.name or wished):
            found[one.id].append(f"{one.name!r} and {other.name!r}: {'; '.join(told)}")
    return found


def wanted_key(form: _Key, name: str) -> str:
    """The key that a thing of a name would have if no other wanted it."""
    date = _talk_date(form[1]) if form[0] == "talk" else ""
    return "-".join(filter(None, (date, _short(slug(name)))))


def joinable(form: _Key, seen: Seen, registry: Registry | None) -> tuple[str, str]:
    """What may join a form of an organization with others: an id of the registry, the form of a known institution."""
    name = name_of([seen])
    one = known({form: seen}, registry).get(form) if registry else None
    proper = near(name)
    return (
        one.record.id if one else "",
        form_of("organization", proper[0]) if proper else "",
    )


def _talk_date(first: str) -> str:
    return next(
        (part for part in first.split("\n")[1:3] if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", part)), ""
    )


def _short(text: str) -> str:
    """At most so many characters, cut at a word."""
    if len(text) <= _TITLE_CHARS:
        return text
    return text[:_TITLE_CHARS].rpartition("-")[0] or text[:_TITLE_CHARS]


def _because(kind: str, seen: Sequence[Seen]) -> _Reasons:
    names = sorted({n for s in seen for n in s.names})
    if len(names) == 1 or kind == "talk" or len(seen) > 1:
        return ()
    found = awards.canonical(names[0]) if kind == "award" else None
    why = f"names of {found.name!r}" if found else _SAME_WORDS
    shown = ", ".join(repr(n) for n in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (f"{shown}{more}: {why}",)
