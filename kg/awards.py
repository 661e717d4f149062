"""Awards as identities: the key by which two printed names are one award, the known ones, and who gives an award.

A key is a set of words, whatever their order: organizations and venues by the one name they have, years, small words
and the word "award" left out, "fellow" for a fellowship, British spellings as American. What makes an award another
one stays in it: the venue, the body, "finalist", "student", "senior member", "life fellow".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import authorities, concepts, names, resources
from kg.model import Candidate
from kg.vocabularies import remembered

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_YEAR = re.compile(r"(?<=[A-Za-z])\s?['’‘]\d\d\b|(?<=\d\d\d\d)\s?[-–/]\s?(?:\d\d)?\d\d\b")
_DOCTORATE = re.compile(r"\bPh\.\s?D\b\.?", re.IGNORECASE)
_SHORT_FORM = re.compile(r"\s*\(([A-Z][A-Za-z]*[A-Z])\)")
_MERIT = re.compile(
    r"\s+(?:for (?:his|her|their|its|work|contributions|outstanding contributions)|in recognition of)\b.*$",
    re.IGNORECASE,
)
_PAPERS_GIVEN = re.compile(
    r"paper|poster|review|test.of.time|demo|presentation|influential|impact|thesis|dissertation|talk\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"(?P<award>.+?),? in (?:the )?(?P<field>[^,()]+)")
_PLACE = re.compile(r"(?:,| in|\s\(|,? held in)\s*([^,()]+)\)?\s*$")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_IN_ANY_FIELD = frozenset({"fellow", "career", "investigator", "grant"})
_GIVER = re.compile(r"(?:\b(?:by|from|of)(?:\s+the)?)\s+$", re.IGNORECASE)
_LONGEST = 12
_SMALL = frozenset(
    "a an the of for in on at by from to with and as s de la le les du des del della di der die das für pour para pela"
    " do da et y und e el il".split()
)
_AT_MEETINGS = frozenset({"annual", "conference", "meeting", "symposium", "proceedings", "edition"})
_PAPERS = frozenset({"paper", "poster", "dissertation", "thesis", "demo", "presentation", "talk"})
_PUBLICATIONS = frozenset({"review", "magazine", "news", "press", "times", "journal"})
_LONGEST = 300
"""Characters of the longest text that is read as the name of an award."""
_TITLES = frozenset({"fellow", "award", "prize", "grant", "yip", "scholar"})
_ALONE = frozenset({"company", "university"})


@dataclass(frozen=True)
class Known:
    """An award of the vocabulary, or the fellowship of a known society.

    Parameters:
        body: who gives it, by the canonical name if the institutions have it; None where no one body does.
    """

    name: str
    aliases: tuple[str, ...] = ()
    body: str | None = None


@dataclass(frozen=True)
class _Part:
    """A stretch of a printed name: a word, an organization or a venue.

    Parameters:
        key: the word of the key.
        body: the organization that it names.
        given: whether "by", "from" or "of" stands before it.
    """

    key: str
    body: Candidate | None = None
    venue: bool = False
    given: bool = False


def key(name: str) -> str:
    """The key by which awards are compared: that of the known award, else of the name; empty only for an empty name.

    Parameters:
        name: an award as printed.
    """
    if len(name) > _LONGEST:
        return names.fold(name)  # no name of an award
    known = canonical(name)
    return _raw(known.name if known else name)


@remembered
def canonical(name: str) -> Known | None:
    """The known award that a printed name stands for; None where the name says less or more than a known one."""
    if len(name) > _LONGEST:
        return None
    for printed in (name, _MERIT.sub("", name)):
        if found := _index().get(_raw(printed)) or _society_fellow(printed):
            return found
    return _whatever_the_field(name)


def _whatever_the_field(name: str) -> Known | None:
    """The known fellowship or grant that somebody has "in" a field; a prize or chair in another field is another."""
    match = _FIELD.fullmatch(name)
    if match and concepts.known(match["field"]):
        found = _index().get(_raw(match["award"]))
        if found and set(_raw(found.name).split()) & _IN_ANY_FIELD:
            return found
    return None


@remembered
def body(name: str) -> str | None:
    """The organization that gives an award: of a known award, else the one named in the award's name.

    Parameters:
        name: an award as printed.
    """
    if len(name) > _LONGEST:
        return None
    if known := canonical(name):
        return known.body
    parts = [p for p in _parts(name) if p.body]
    for found in ([p for p in parts if p.given], parts):
        bodies = {p.body.name: p.body for p in found if p.body}
        homes = {c.parent for c in bodies.values()}
        least = [name for name in bodies if name not in homes]
        if len(least) == 1:
            return least[0]
    return None


@cache
def known() -> tuple[Known, ...]:
    """Every award of ``data/vocabulary/awards``, in its order."""
    found = []
    for row in resources.rows("awards"):
        name, aliases, giver = (*(cell.strip() for cell in row), "", "")[:3]
        others = tuple(a.strip() for a in aliases.split("|") if a.strip())
        found.append(Known(name, others, giver or None))
    return tuple(found)


@cache
def _index() -> dict[str, Known]:
    table: dict[str, Known] = {}
    for award in known():
        for name in (award.name, *award.aliases):
            table.setdefault(_raw(name), award)
    return table


def _society_fellow(name: str) -> Known | None:
    """The fellowship of a society that the institutions know, where nothing else is said."""
    parts = {p.key: p for p in _parts(name) if p.key}
    bodies = [p.body for p in parts.values() if p.body]
    if set(parts) - {_slug(b) for b in bodies} != {"fellow"} or len(bodies) != 1:
        return None
    (giver,) = bodies
    if giver.kind != "society":
        return None
    article = "the " if len(giver.name.split()) > 1 else ""
    return Known(f"Fellow of {article}{giver.name}", (), giver.name)


@lru_cache(maxsize=1 << 14)
def _raw(name: str) -> str:
    """The key of the words as printed, whatever the vocabulary knows."""
    parts = _parts(name)
    sponsors = {s for p in parts if p.venue for s in _venues()[p.key]}
    kept = {p.key for p in parts if not (p.body and p.body.name in sponsors)}
    kept -= {""}
    if {"test", "time"} <= kept:
        kept -= {"paper"}  # what stood the test is always one
    if kept & _PAPERS:
        kept -= {"prize"}
        if any(p.venue or p.body for p in parts):
            kept -= _AT_MEETINGS
            kept = {word for word in kept if not _ORDINAL.fullmatch(word)}
    bodies = [p.body for p in parts if p.body]
    if len(bodies) == 1 and bodies[0].kind == "company" and kept == {_slug(bodies[0]), "fellow"}:
        # a Fellow of a company has a post of honour, a fellowship of it pays for a doctorate
        kept |= {"fellowship"} if "fellowship" in names.fold(name) else set()
    return " ".join(sorted(kept)) or names.fold(name) or name.strip().casefold()


@lru_cache(maxsize=1 << 14)
def _parts(name: str) -> tuple[_Part, ...]:
    text = _SHORT_FORM.sub(_spelled_before, _DOCTORATE.sub("PhD", _SHORT_YEAR.sub("", name)))
    if _PAPERS_GIVEN.search(text):
        text = _without_place(text)
    words = list(_WORD.finditer(text))
    found: list[_Part] = []
    at = 0
    while at < len(words):
        size, part = _longest(text, words[at : at + _LONGEST])
        found.append(part)
        at += size
    return tuple(_without_programs(found))


def _without_place(text: str) -> str:
    """Without the city and country at the end, where a meeting was held."""
    while (place := _PLACE.search(text)) and names.fold(place[1]) in authorities.places():
        text = text[: place.start()]
    return text


def _spelled_before(match: re.Match[str]) -> str:
    """Nothing for a short form in brackets whose letters begin the words before it."""
    words = [w for w in _WORD.findall(match.string[: match.start()]) if w.lower() not in _SMALL]
    letters = match[1].lower()
    initials = "".join(w[0] for w in words[-len(letters) :]).lower()
    return "" if initials == letters else match[0]


def _longest(text: str, words: list[re.Match[str]]) -> tuple[int, _Part]:
    """The longest organization or venue that begins with a word, else the word; with the number of its words."""
    for size in range(len(words), 0, -1):
        phrase = text[words[0].start() : words[size - 1].end()]
        given = bool(_GIVER.search(text[: words[0].start()]))
        if venue := _venue(phrase, short=bool(_PAPERS_GIVEN.search(text))):
            return size, _Part(venue, venue=True)
        of_its_own = {w.group().lower() for w in words[size : size + 2]} & _PUBLICATIONS
        found = _organization(phrase, size, first=words[0].start() == 0 or given)
        if found and not of_its_own:
            return size, _Part(_slug(found), found, given=given)
    return 1, _Part(_word(words[0].group()))


def _organization(phrase: str, size: int, first: bool) -> Candidate | None:
    """The organization that a stretch of an award's name stands for.

    A single word that is no short form may as well be a surname or a plain word, so it is one only of a company or
    university, and only where an award's name has its body.
    """
    if not phrase[0].isupper() or (size == 1 and len(phrase) < 3):
        return None
    found = authorities.resolve(phrase)
    if found is None or found.because == "slot":
        return None
    if size > 1 or sum(c.isupper() for c in phrase) > 1:
        return found
    return found if first and found.kind in _ALONE else None


def _slug(found: Candidate) -> str:
    return names.slug(found.name)


def _word(printed: str) -> str:
    """The word of the key for a printed word; empty where it does not count."""
    word = names.fold(printed)
    if word in _SMALL or _YEAR.fullmatch(word):
        return ""
    return _words().get(word, word)


def _without_programs(parts: list[_Part]) -> Iterator[_Part]:
    """A "program" between the name of an award and what it is, or at the end, is the award."""
    for part, following in zip(parts, [*parts, None][1:], strict=True):
        if part.key != "program" or (following and following.key and following.key not in _TITLES):
            yield part


@cache
def _words() -> dict[str, str]:
    """Spelling -> the word of the key."""
    return {
        spelling: "" if word == "-" else word
        for word, spellings in resources.rows("award-words")
        for spelling in (word, *spellings.split())
    }


@cache
def _venues() -> dict[str, frozenset[str]]:
    """Key of a venue -> the organizations that hold it."""
    return {
        f"at-{names.slug(row[0])}": frozenset(s.strip() for s in (*row, "", "")[2].split("|"))
        for row in resources.rows("venues")
    }


@cache
def _venue_names() -> dict[str, str]:
    """Short forms as printed, and folded full names, to the key of the venue."""
    table: dict[str, str] = {}
    for short, others, *_ in resources.rows("venues"):
        for name in (short, *others.split("|")):
            printed = name.strip()
            full = " " in printed
            table[names.organization_key(printed) if full else printed] = f"at-{names.slug(short)}"
    return table


def _venue(phrase: str, short: bool) -> str | None:
    """The key of a venue; by its short form only where papers and their like get the award (no "ESA Fellow")."""
    table = _venue_names()
    if " " in phrase and (found := table.get(names.organization_key(phrase))):
        return found
    return table.get(phrase) if short else None
