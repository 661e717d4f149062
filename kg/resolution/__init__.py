"""Who and what is one: the names that talks print become entities, each with the reasons why its forms are one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from kg import ontology
from kg.model import Entity, Fact, Talk
from kg.names import slug
from kg.resolution._forms import form, is_name
from kg.resolution._people import Seen, clusters, compatible, name_of

__all__ = ["Entities", "compatible", "form", "listed", "resolve"]

_TITLE_CHARS = 80
_SHOWN = 3


@dataclass(frozen=True)
class Entities:
    """What ``resolve`` found: an entity for every name, unit and talk.

    Parameters:
        units: the organization of each unit, by the key of the unit.
    """

    by_form: Mapping[tuple[str, str], Entity] = field(repr=False)
    units: Mapping[str, Entity] = field(repr=False)

    def of(self, kind: str, name: str) -> Entity:
        """The entity of a kind that a name stands for.

        Raises:
            KeyError: no talk printed the name.
        """
        return self.by_form[kind, form(kind, name)]

    def unit(self, organization: str, name: str) -> Entity:
        """The unit of this name within an organization."""
        return self.by_form["unit", _unit_form(organization, name)]

    def talk(self, talk: Talk) -> Entity:
        """The entity of a talk."""
        return self.by_form["talk", _talk_form(talk)]

    def all(self) -> tuple[Entity, ...]:
        """Every entity once, sorted by kind and key."""
        return tuple(sorted(set(self.by_form.values()), key=lambda e: (e.kind, e.key)))


def _unit_form(organization: str, name: str) -> str:
    return f"{form('organization', organization)}\n{form('unit', name)}"


def _talk_form(talk: Talk) -> str:
    """Title, date and speakers; a talk without a title is one of its page."""
    speakers = sorted(form("person", s.name) for s in talk.speakers)
    title = form("talk", talk.title) if talk.title else f"\n{talk.page.sha256}"
    return "\n".join([title, talk.date or "", *speakers])


class _Ledger:
    """Everything printed, by kind and form."""

    def __init__(self) -> None:
        self.seen: defaultdict[tuple[str, str], Seen] = defaultdict(Seen)
        self.units: dict[str, tuple[str, str]] = {}

    def note(self, kind: str, name: str, printed: str = "") -> Seen:
        seen = self.seen[kind, form(kind, name)]
        seen.names[name.strip()] += 1
        if printed and is_name(kind, printed):
            seen.printed.add(" ".join(printed.split()))
        return seen

    def talk(self, talk: Talk) -> None:
        seen = self.seen["talk", _talk_form(talk)]
        speakers = ", ".join(s.name for s in talk.speakers)
        seen.names[talk.title or (f"Talk by {speakers}" if speakers else "Untitled talk")] += 1
        if talk.series:
            self.note("series", talk.series)
        forms = {form("person", s.name) for s in talk.speakers}
        for speaker in talk.speakers:
            person = self.note("person", speaker.name)
            person.leading[speaker.name.strip()] += 1
            person.ties.add(("page", talk.page.sha256))
            person.apart |= forms - {form("person", speaker.name)}
        for fact in _facts(talk):
            self.fact(fact, talk)

    def fact(self, fact: Fact, talk: Talk) -> None:
        plan = ontology.plan(type(fact))
        subject = None
        if plan.claim.subject == "person":
            subject = self.note("person", fact.subject)
            subject.ties.add(("page", talk.page.sha256))
        target = getattr(fact, plan.object_field)
        if target is not None:
            seen = self.note(plan.claim.object, target, fact.printed)
            if subject is not None:
                self._tie(subject, fact.subject, seen, (plan.claim.object, target), talk)
        self._fields(fact, plan, target)

    def _tie(
        self, subject: Seen, name: str, seen: Seen, target: tuple[str, str], talk: Talk
    ) -> None:
        kind, other = target
        if kind == "organization":
            subject.ties.add((kind, form(kind, other)))
        elif kind == "person":
            subject.ties.add((kind, form(kind, other)))
            seen.ties |= {(kind, form(kind, name)), ("page", talk.page.sha256)}
            subject.apart.add(form(kind, other))
            seen.apart.add(form(kind, name))

    def _fields(self, fact: Fact, plan: ontology.Plan, target: str | None) -> None:
        for name, described in plan.fields:
            if not described.kind:
                continue
            for value in listed(getattr(fact, name)):
                if described.kind == "unit":
                    self._unit(target, value)
                else:
                    seen = self.note(described.kind, value)
                    seen.ties.add(("page", fact.evidence.page.sha256))

    def _unit(self, organization: str | None, name: str) -> None:
        if organization is not None:
            key = _unit_form(organization, name)
            self.seen["unit", key].names[name.strip()] += 1
            self.units[key] = (organization, name)


def listed(value: object) -> tuple[str, ...]:
    """A field's values: none, one, or those of a tuple; empty texts left out."""
    values = value if isinstance(value, tuple) else (value,)
    return tuple(str(v) for v in values if v is not None and str(v).strip())


def _facts(talk: Talk) -> Iterator[Fact]:
    yield from talk.topics
    for speaker in talk.speakers:
        yield from speaker.facts


def resolve(talks: Sequence[Talk]) -> Entities:
    """Every name that talks print, as entities. The order of the talks does not matter."""
    ledger = _Ledger()
    for talk in talks:
        ledger.talk(talk)
    groups: dict[tuple[str, str], tuple[str, ...]] = {key: (key[1],) for key in ledger.seen}
    reasons: dict[str, tuple[str, ...]] = {}
    people = {name: seen for (kind, name), seen in ledger.seen.items() if kind == "person"}
    for cluster, because in clusters(people):
        for name in cluster:
            groups["person", name] = cluster
            reasons[name] = because
    return _entities(ledger, groups, reasons)


def _entities(
    ledger: _Ledger,
    groups: Mapping[tuple[str, str], tuple[str, ...]],
    reasons: Mapping[str, tuple[str, ...]],
) -> Entities:
    """An entity for each group of forms; a key that two would share gets a hash of the later one's form."""
    by_form: dict[tuple[str, str], Entity] = {}
    units: dict[str, Entity] = {}
    taken: set[tuple[str, str]] = set()
    for kind, first in sorted({(kind, g[0]) for (kind, _), g in groups.items()}, key=_units_last):
        group = groups[kind, first]
        seen = [ledger.seen[kind, name] for name in group]
        name = name_of(seen)
        owner = (
            by_form["organization", form("organization", ledger.units[first][0])]
            if kind == "unit"
            else None
        )
        key = _key(kind, name, first, owner)
        if (kind, key) in taken:
            key = f"{key}-{sha256(first.encode('utf-8', 'replace')).hexdigest()[:6]}"
        taken.add((kind, key))
        because = reasons.get(first, ()) if kind == "person" else _because(kind, seen)
        entity = Entity(kind, key, name, _aliases(seen, name), because)
        by_form |= {(kind, member): entity for member in group}
        if owner:
            units[key] = owner
    return Entities(by_form, units)


def _units_last(item: tuple[str, str]) -> tuple[bool, str, str]:
    return item[0] == "unit", *item


def _key(kind: str, name: str, first: str, owner: Entity | None) -> str:
    if kind == "talk":
        return "-".join(filter(None, (_talk_date(first), _short(slug(name)))))
    return f"{owner.key}-{_short(slug(name))}" if owner else _short(slug(name))


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
