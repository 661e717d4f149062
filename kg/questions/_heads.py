"""How questions open: whom or what they ask for, whether to count, and what is told at once ("Nobel laureates")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kg import queries
from kg.questions._asked import Atom, Named
from kg.questions._phrases import Words

_PEOPLE = (
    r"(?:speakers?|people|persons?|researchers?|scientists?|scholars?|lecturers?|presenters?|academics?|participants?"
    r"|guests?|names|folks|individuals|invitees|experts?|specialists?)"
)
_TALKS = r"(?:talks?|lectures?|seminars?|presentations?)"
_TIE = r"(?: who| that| which)?"
_WHICH = r"(?:(?:which|what|who (?:is|was|are|were)|what (?:is|was|are|were)|all|every) )?"
_THE = r"(?:the |an |a |our |of the |of our |any |all |these |different |other )*"
_MANY = r"(?P<many>how many (?:of )?)?"
_WHO = (
    r"(?:who|whoever|(?:anyone|anybody|everyone|everybody|someone|somebody"
    r"|those|all those|all(?! (?:the )?(?:talks|lectures|seminars|presentations) ))(?: who| that)?)"
)
_AUXILIARY = r"(?:is|was|are|were|did|does|do|has|have|had)"
_EDGE = r"(?:(?P<first>first|earliest|oldest)|(?P<last>last|latest|newest|most recent|most recently|recently))"
_WHEN = r"(?P<when>when|in (?:which|what) year|on (?:which|what) (?:day|date))"
_HEADS = (
    (rf"{_MANY}{_WHICH}{_THE}{_PEOPLE}{_TIE}", "person"),
    (_WHO, "person"),
    (rf"{_MANY}{_WHICH}{_THE}{_TALKS}{_TIE}", "talk"),
    (rf"who (?:is |was |were |are )?(?:the )?{_EDGE}(?: {_PEOPLE}| one| ones)?(?: to| who| that)?", "person"),
    (rf"who (?:gave|held|presented|delivered) (?:the )?{_EDGE} {_TALKS}{_TIE}", "person"),
    (rf"{_WHICH}{_THE}{_EDGE} {_PEOPLE}(?: to| who| that)?", "person"),
    (rf"{_WHICH}{_THE}{_EDGE} {_TALKS}{_TIE}", "talk"),
    (rf"{_WHEN} (?:is|was|were|are) {_THE}(?:{_EDGE} )?{_TALKS}{_TIE}", "talk"),
)  # fmt: skip
_FRONT = re.compile(rf"{_MANY}{_WHICH}{_THE}(?:{_EDGE} )?")
_LONGEST = 7
_COMPOUNDS = (
    (
        r"(?:laureates?|winners?|recipients?|holders?|prizewinners?|awardees?|medall?ists?|honorees?)",
        ("award", "award", "person"),
    ),
    (r"members?", ("member", "institution", "person")),
    (r"(?:alumni|alumnus|alumna|graduates?|alums?)", ("educated-at", "institution", "person")),
    (
        r"(?:people|speakers?|researchers?|scientists?|scholars?|employees|staff|faculty|academics)",
        ("works-at", "institution", "person"),
    ),
    (r"(?:people|speakers?|researchers?|experts?|specialists?)", ("topic", "topic", "person")),
    (
        r"(?:phds?|phd (?:holders?|graduates?|recipients?)|doctorates?)",
        ("degree-from", "institution", "person"),
    ),
    (r"founders?", ("founded", "institution", "person")),
    (
        r"'s (?:former |phd |doctoral |graduate |own )*(?:students?|advisees?|mentees?|pupils?|trainees?)",
        ("advised-by", "advisor", "person"),
    ),
    (
        r"'s (?:former )?(?:phd |doctoral |thesis |dissertation )(?:advisors?|advisers?|supervisors?|mentors?)",
        ("advised-phd", "student", "person"),
    ),
    (
        r"'s (?:academic |former )*(?:advisors?|advisers?|supervisors?|mentors?)",
        ("advised", "student", "person"),
    ),
    (r"'s (?:colleagues?|coworkers?|co-workers?)", ("colleague", "name", "person")),
    (r"(?:speakers?|people|lecturers?|presenters?)", ("series", "series", "person")),
    (_TALKS, ("topic", "topic", "talk")),
    (_TALKS, ("series", "series", "talk")),
    (_TALKS, ("talk-from", "institution", "talk")),
)
"""What stands behind a name, the condition that both are, its slot, and what is asked for."""
_PARTS = frozenset(
    [
        "member",
        "speaker",
        "panelist",
        "moderator",
        "host",
        "lecturer",
        "researcher",
        "advisor",
        "scientist",
    ]
)
"""Roles that say nothing of a post."""
_SHORT_POST = re.compile(r"C[A-Z]{2,3}s?")
"""Posts that initials stand for."""
_YES_NO = frozenset("is was are were does did do has have had".split())

Slot = Callable[[str, Words], Named | None]


@dataclass(frozen=True)
class Head:
    """An opening: how many words of a question it takes, what they ask for, how many of them tell something of it."""

    target: str
    end: int
    first: tuple[Atom, ...] = ()
    told: float = 0.0
    counts: bool = False
    edge: str = ""
    whether: bool = False
    dated: bool = False


def heads(words: Words, slot: Slot) -> Iterator[Head]:
    """Everything that the first words of a question may be.

    Parameters:
        slot: links words to names of a kind.
    """
    text = "".join(f"{w} " for w in words.plain)
    for form, target in _HEADS:
        if match := re.match(rf"{form} ", text):
            end = match.group().count(" ")
            dated = "when" in match.groupdict()
            yield Head(target, end, (), 0.0, _counts(match), _edge(match), dated=dated)
    front = _FRONT.match(text)
    start = front.group().count(" ") if front else 0
    counts, edge = (_counts(front), _edge(front)) if front else (False, "")
    if start and not re.match(
        rf"(?:{_TALKS}|{_AUXILIARY}) ", text[front.end() :] if front else text
    ):
        yield Head("person", start, (), 0.0, counts, edge)
    for head in (*_compounds(words, start, slot), *_roles(words, start, slot)):
        yield replace(head, counts=counts, edge=edge, told=_told(head, start))
    yield from _whether(words, slot)


def _compounds(words: Words, start: int, slot: Slot) -> Iterator[Head]:
    """ "Nobel laureates", "Stanford alumni", "Ada Byron's students", "machine learning talks"."""
    last = min(len(words), start + _LONGEST)
    for end in range(start + 1, last):
        behind = "".join(f"{w} " for w in words.plain[end : end + 4])
        for noun, (condition, name, target) in _COMPOUNDS:
            match = re.match(rf"{noun} (?:who |that |which )?", behind)
            wanted = queries.conditions()[condition].parameter(name).type
            if match and (named := _surely(slot, wanted, words[start:end], noun)):
                fixed = {"degree": Named(("PhD",), ("PhD",))} if condition == "degree-from" else {}
                atom = Atom(queries.conditions()[condition], {**fixed, name: named})
                yield Head(target, end + match.group().count(" "), (atom,))
            if match and condition == "award":
                yield from _of_field(words, (start, end), slot)
        if re.match(r"(?:fellows?|scholars?|medall?ists?) ", behind) and (
            fellow := slot("award", words[start : end + 1])
        ):
            atom = Atom(queries.conditions()["award"], {"award": fellow})
            if fellow.sure == 1:
                yield Head("person", end + 1 + _tied(words, end + 1), (atom,))


def _of_field(words: Words, at: tuple[int, int], slot: Slot) -> Iterator[Head]:
    """ "Tern laureates in physics": those of the Tern Prize in Physics."""
    start, end = at
    if words.plain[end + 1 : end + 2] != ("in",):
        return
    for last in range(end + 3, min(len(words), end + 6) + 1):
        named = slot("award", words[start:end] + Words.of("Prize") + words[end + 1 : last])
        if named and named.sure == 1:
            atom = Atom(queries.conditions()["award"], {"award": named})
            yield Head("person", last + _tied(words, last), (atom,))


def _surely(slot: Slot, kind: str, words: Words, noun: str) -> Named | None:
    """A name before a noun; one word that is but a part of a name is taken where the noun says what it is."""
    if kind == "award":
        return slot(kind, words + Words.of("prize")) or slot(kind, words)
    named = slot(kind, words)
    least = 1.0 if kind == "topic" else 0.9
    return named if named and named.sure >= least and not named.people else None


def _roles(words: Words, start: int, slot: Slot) -> Iterator[Head]:
    """ "Professors who", "Stanford professors"."""
    once = words.plain[start : start + 1] in {("former",), ("past",), ("ex",)}
    now = words.plain[start : start + 1] == ("current",)
    start += once or now
    for end in range(start + 1, min(len(words), start + 4) + 1):
        role = slot("role", words[start:end])
        if role and role.labels[0] not in _PARTS:
            atom = Atom(queries.conditions()["role-now" if now else "role"], {"role": role})
            yield Head("person", end + _tied(words, end), (atom,))
    yield from _initials(words, start, slot)
    yield from _offices(words, start, slot, "post-called" if once else "post-now")
    for middle in range(start + 1, min(len(words), start + 6)):
        for end in range(middle + 1, min(len(words), middle + 3) + 1):
            role = slot("role", words[middle:end])
            if not role or role.labels[0] in _PARTS:
                continue
            place = slot("institution", words[start:middle])
            if place and place.sure >= 0.9:
                values = {"role": role, "institution": place}
                atom = Atom(queries.conditions()["role-at"], values)
                yield Head("person", end + _tied(words, end), (atom,))


def _offices(words: Words, start: int, slot: Slot, held: str) -> Iterator[Head]:
    """ "Editors-in-chief who", "co-founders of": posts that no kind of post is called so, as pages print them."""
    for end in range(start + 1, min(len(words), start + 3) + 1):
        one = _single(words[start:end])
        office = slot("office", one) if one and not slot("role", words[start:end]) else None
        if office:
            atom = Atom(queries.conditions()[held], {"office": office})
            yield Head("person", end + _tied(words, end), (atom,))


def _single(words: Words) -> Words | None:
    """Words in the plural as one of them: "editors-in-chief"; None where they are no plural."""
    head, dash, rest = words.text.partition("-in-")
    plural = head.endswith("s") and not head.endswith("ss")
    return Words.of(f"{head[:-1]}{dash}{rest}") if plural else None


def _initials(words: Words, start: int, slot: Slot) -> Iterator[Head]:
    """ "CEOs who"."""
    office = None
    if len(words) > start + 1 and _SHORT_POST.fullmatch(words.printed[start]):
        office = slot("office", words[start : start + 1])
    if office:
        atom = Atom(queries.conditions()["post-now"], {"office": office})
        yield Head("person", start + 1 + _tied(words, start + 1), (atom,))


def _tied(words: Words, at: int) -> int:
    return int(at < len(words) and words.plain[at] in {"who", "that", "which"})


def _whether(words: Words, slot: Slot) -> Iterator[Head]:
    """ "Did Ada Byron win ...", "is Ada Byron at ...": the verb in front counts as standing behind the name, too."""
    if len(words) < 3 or words.plain[0] not in _YES_NO:
        return
    for end in range(min(len(words), 6) - 1, 1, -1):
        name = slot("person", words[1:end])
        if name and not name.people:
            atom = Atom(queries.conditions()["named"], {"name": name})
            yield Head("person", end, (atom,), whether=True)
            if name.sure == 1:
                return  # a part of a whole name is no name


def _told(head: Head, start: int) -> float:
    """What the words of a condition in front weigh."""
    return (head.end - start) * (0.5 + 0.5 * head.first[0].sure) - 0.3


def _counts(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("many"))


def _edge(match: re.Match[str]) -> str:
    found = match.groupdict()
    return "first" if found.get("first") else "last" if found.get("last") else ""
