"""What words name by lists that no graph has: degrees, kinds of posts, countries, numbers; short names in full."""

from __future__ import annotations

from functools import cache

from kg import names, ontology, resources
from kg.questions._asked import Named

DEGREES = {
    word: degree
    for degree, words in {
        "PhD": "phd ph.d ph.d. doctorate doctoral dphil d.phil phds doctorates",
        "Masters": "masters master's master msc m.sc ma m.a ms",
        "Bachelors": "bachelors bachelor's bachelor bsc b.sc ba b.a bs undergraduate undergrad undergrads",
        "MD": "md m.d",
        "Diploma": "diploma diplom",
        "habilitation": "habilitation",
    }.items()
    for word in words.split()
}
_SEVERAL = ("several", "multiple", "many")
_SHIPS = frozenset(["professor", "lecturer", "intern", "director"])
"""What the posts of are called with "ship": professorships."""
_NUMBERS = "one two three four five six seven eight nine ten".split()


def full(text: str) -> tuple[str, ...]:
    """A name with the forms in full that a short given name may stand for."""
    given, _, rest = text.partition(" ")
    return tuple(f"{full} {rest}" for full in _short().get(names.fold(given), ()) if rest)


@cache
def _short() -> dict[str, tuple[str, ...]]:
    """Given names in full by their short forms."""
    lines = (line.split(": ") for line in resources.words("nicknames"))
    return {short: tuple(full.split()) for short, full in lines}


@cache
def fields() -> dict[str, str]:
    """What fields are called by those who are in them."""
    return dict(row.split("\t") for row in resources.words("field-shorts"))


@cache
def professions() -> dict[str, str]:
    """Fields by what those who studied them are called."""
    return dict(row.split("\t") for row in resources.words("professions"))


def listed(known: dict[str, str], plain: str) -> Named | None:
    """What a word or its singular stands for in a list."""
    for form in (plain, plain.removesuffix("s"), plain.removesuffix("es")):
        if form in known:
            return Named((known[form],), (known[form],))
    return None


def year(plain: str) -> Named | None:
    """A year."""
    return Named((plain,), (plain,)) if plain.isdecimal() and len(plain) <= 4 else None


def degree(plain: str) -> Named | None:
    """A kind of degree."""
    found = DEGREES.get(plain)
    return Named((found,), (found,)) if found else None


def role(plain: str) -> Named | None:
    """A kind of post, with all its names."""
    found = listed(_roles(), plain)
    return Named(ontology.roles(found.labels[0]), found.labels) if found else None


def number(plain: str) -> Named | None:
    """A small number in words or figures; "several" is two."""
    said = {word: str(n) for n, word in enumerate(_NUMBERS, 1)} | dict.fromkeys(_SEVERAL, "2")
    number = plain if plain.isdecimal() and len(plain) < 3 else said.get(plain)
    return Named((number,), (number,)) if number else None


@cache
def adjectives() -> dict[str, str]:
    """Countries by their adjectives, in lower case."""
    rows = (row.split("\t") for row in resources.words("country-adjectives"))
    return {word: code for code, words in rows for word in words.split("|")}


@cache
def bodies() -> frozenset[str]:
    """What institutions are called, which is no name of one."""
    heads = {row.split("\t")[0] for row in resources.words("organization-heads")}
    return frozenset(heads | {"academia", "government", "industry", "business", "startup"})


@cache
def _roles() -> dict[str, str]:
    terms = ontology.load()
    found = (
        terms.label(term) for term, types in terms.types.items() if f"{ontology.KG}Role" in types
    )
    known = {label.lower(): label for label in found if label not in {"speaker", "host"}}
    posts = {f"{r}ship": known[r] for r in known if r.split()[-1] in _SHIPS}
    return known | posts


@cache
def countries() -> dict[str, str]:
    """Countries by their names and codes, in lower case."""
    known: dict[str, str] = {}
    for row in resources.words("country-codes"):
        code, _, printed = row.partition("\t")
        known |= {names.strip_accents(p).lower(): code for p in [code, *printed.split("|")]}
    return known
