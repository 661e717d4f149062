"""Everything that talks name: by kind and form, people also by page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg import authorities, awards, choices, ontology
from kg.model import Fact, Page, Talk
from kg.resolution._forms import form, is_name
from kg.resolution._records import Record, Sign
from kg.resolution._wishes import Forms

_TELLING = 4
"""Words from which a title tells one talk from others; "Opening remarks" does not."""

PersonKey = tuple[str, str]
"""Form of the name and hash of the page."""

_TIES = {"Affiliation": "organization", "Position": "organization", "Education": "school", "Membership": "member",
         "AwardReceipt": "award"}  # fmt: skip


@dataclass
class Seen:
    """What was seen of one form.

    All but signs is counted, so that what a page said can be taken back, and no order of pages matters.

    Parameters:
        names: as read.
        printed: the forms printed for it.
        leading: names on the lines of speakers.
        pages: by their names.
        why: an institution's printed form, and what decided that it was read so.
        outer: the forms of the schools that a department was printed within.
        said: what facts told of it as their object: the field, and the name of what stands there.
        signs: of a person on one page (``Record``).
        apart: forms of others on that page.
    """

    names: Counter[str] = field(default_factory=Counter)
    printed: Counter[str] = field(default_factory=Counter)
    leading: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    why: Counter[tuple[str, str]] = field(default_factory=Counter)
    outer: Counter[str] = field(default_factory=Counter)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    signs: set[Sign] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)


def name_of(seen: Sequence[Seen]) -> str:
    """The commonest name, of a speaker the commonest on speaker lines; then the longest, then by the alphabet."""
    counts: Counter[str] = sum((s.leading for s in seen), Counter()) or sum(
        (s.names for s in seen), Counter()
    )
    return min(counts, key=lambda n: (-counts[n], -len(n), n))


def unit_form(organization: str, name: str) -> str:
    """The form of a unit, which is one within its organization only; that is given by its own form."""
    return f"{organization}\n{form('unit', name)}"


def owner_form(unit: str) -> str:
    """The form of the organization that a form of a unit names."""
    return unit.rpartition("\n")[0]


def talk_form(talk: Talk) -> str:
    """Title, date and speakers; a talk without a title is one of its page."""
    speakers = sorted(form("person", s.name) for s in talk.speakers)
    title = form("talk", talk.title) if talk.title else f"\n{talk.page.sha256}"
    return "\n".join([title, talk.date or "", *speakers])


class Ledger:
    """Everything printed."""

    def __init__(self, forms: Forms) -> None:
        """Start empty."""
        self.forms = forms
        self.seen: defaultdict[tuple[str, str], Seen] = defaultdict(Seen)
        self.people: defaultdict[PersonKey, Seen] = defaultdict(Seen)

    def note(self, kind: str, name: str, page: Page, printed: str = "") -> Seen:
        """Count a name of a kind on a page, with the form printed for it."""
        seen = self._seen(kind, name, page)
        seen.names[name.strip()] += 1
        seen.pages[page.name] += 1
        if printed and is_name(kind, printed):
            seen.printed[" ".join(printed.split())] += 1
        return seen

    def _seen(self, kind: str, name: str, page: Page) -> Seen:
        key = self.forms.of(kind, name)
        return self.people[key, page.sha256] if kind == "person" else self.seen[kind, key]

    def talk(self, talk: Talk) -> None:
        """Note all that a talk names."""
        seen = self.seen["talk", talk_form(talk)]
        seen.pages[talk.page.sha256] += 1
        speakers = ", ".join(s.name for s in talk.speakers)
        seen.names[talk.title or (f"Talk by {speakers}" if speakers else "Untitled talk")] += 1
        if talk.series:
            self.note("series", talk.series, talk.page)
        forms = {form("person", s.name) for s in talk.speakers}
        topics = {
            ("topic", form("topic", t)) for f in talk.topics if (t := getattr(f, "topic", ""))
        }
        for speaker in talk.speakers:
            person = self.note("person", speaker.name, talk.page)
            person.leading[speaker.name.strip()] += 1
            others = forms - {form("person", speaker.name)}
            person.apart |= others
            person.signs |= {("with", other) for other in others} | topics
            if talk.title and len(talk.title.split()) >= _TELLING:
                person.signs.add(("talk", form("talk", talk.title)))
            if talk.series:
                person.signs.add(("series", _every_year(talk.series)))
        for fact in facts(talk):
            self._fact(fact, talk)

    def _fact(self, fact: Fact, talk: Talk) -> None:
        plan = ontology.plan(type(fact))
        subject = self._subject(fact, plan, talk)
        target = getattr(fact, plan.object_field)
        if target is not None:
            named = "" if self._of_unit(fact, target) else fact.printed
            seen = self.note(plan.claim.object, target, talk.page, named)
            if plan.claim.object == "award" and (body := awards.body(target)):
                self.note("organization", body, talk.page)
            if plan.claim.object == "organization" and named not in {"", target}:
                _note_why(seen, fact, target, talk)
            if subject is not None and not fact.retracted:
                _tie(subject, fact, seen, (plan.claim.object, target))
        self._fields(fact, plan, talk.page)

    def _of_unit(self, fact: Fact, target: str) -> bool:
        """Whether the words printed for an organization name a school within it; they are then the school's."""
        unit = getattr(fact, "unit", None)
        school = authorities.school(" ".join(fact.printed.split())) if unit else None
        if unit is None or school is None or school.parent != target:
            return False
        inner, outer = (self._unit(target, name) for name in (unit, school.name))
        self.seen["unit", outer].printed[" ".join(fact.printed.split())] += 1
        if inner != outer:
            self.seen["unit", inner].outer[outer] += 1
        return True

    def _subject(self, fact: Fact, plan: ontology.Plan, talk: Talk) -> Seen | None:
        return (
            self.note("person", fact.subject, talk.page) if plan.claim.subject == "person" else None
        )

    def _fields(self, fact: Fact, plan: ontology.Plan, page: Page) -> None:
        for name, described in plan.fields:
            if not described.kind:
                continue
            for value in listed(getattr(fact, name)):
                owner = getattr(fact, plan.object_field)
                if described.kind == "unit" and owner is not None:
                    self._unit(owner, value)
                elif described.kind != "unit":
                    self.note(described.kind, value, page)
                if described.of_object and owner is not None:
                    self._seen(plan.claim.object, owner, page).said[name, value] += 1

    def _unit(self, organization: str, name: str) -> str:
        """Count a unit within an organization; its form."""
        key = unit_form(self.forms.of("organization", organization), name)
        self.seen["unit", key].names[name.strip()] += 1
        return key

    def records(self) -> list[Record]:
        """The people of every page as plain records."""
        return [
            Record(
                id=record_id((name, sha)),
                name=name_of([seen]),
                names=tuple(sorted({*seen.names, *seen.printed})),
                signs=frozenset({*seen.signs, ("page", sha)}),
                apart=frozenset(record_id((other, sha)) for other in seen.apart),
                where=min(seen.pages, default=""),
            )
            for (name, sha), seen in sorted(self.people.items())
        ]


def _every_year(series: str) -> str:
    """A series whatever the year or the number of its edition."""
    return " ".join(w for w in form("series", series).split() if not w[0].isdigit()) or series


def record_id(key: PersonKey) -> str:
    """The id of the record of a form on a page."""
    return f"{key[0]}@{key[1]}"


def _tie(subject: Seen, fact: Fact, seen: Seen, target: tuple[str, str]) -> None:
    """What a fact says that can tie its subject, and its object where that is a person, to other records."""
    kind, name = target
    value = form(kind, name)
    if kind == "person":
        subject.signs.add(("advisor", value))
        seen.signs.add(("advised", form("person", fact.subject)))
        subject.apart.add(value)
        seen.apart.add(form("person", fact.subject))
        if place := getattr(fact, "organization", None):
            seen.signs.add(("organization", form("organization", place)))
    elif sign := _TIES.get(type(fact).__name__):
        subject.signs.add((sign, value))
        if getattr(fact, "degree", None) == "PhD":
            subject.signs.add(("doctorate", value))


def _note_why(seen: Seen, fact: Fact, name: str, talk: Talk) -> None:
    """What decided that a printed form means an institution, for explanations."""
    printed = " ".join(fact.printed.split())
    others = sorted({o for f in facts(talk) if (o := getattr(f, "organization", None))} - {name})
    choice = choices.choose(printed, " ".join(fact.evidence.quote.split()), tuple(others))
    if choice.chosen and choice.chosen.name == name:
        seen.why[printed, "; ".join(choice.because)] += 1


def listed(value: object) -> tuple[str, ...]:
    """A field's values: none, one, or those of a tuple; empty texts left out."""
    values = value if isinstance(value, tuple) else (value,)
    return tuple(str(v) for v in values if v is not None and str(v).strip())


def facts(talk: Talk) -> Iterator[Fact]:
    """All facts of a talk."""
    yield from talk.topics
    for speaker in talk.speakers:
        yield from speaker.facts
