"""What the words of a question name in the graph: exactly, in part, or with a slip of spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache

from kg import names, ontology, queries, resources
from kg.graph import Hit, KnowledgeGraph
from kg.questions._asked import THERE, Asked, Named, Unclear
from kg.questions._phrases import Words

_ARTICLES = frozenset("the a an our all any some both either".split())
_EMPTY = _ARTICLES | frozenset(
    "of in at on for and or to who that s 's is are was were by with from award prize".split()
)
_ORDER = frozenset("his her their first last latest second same other".split())
_NO_OFFICE = _EMPTY | frozenset(
    "but not now one all part no also then as speaker speakers presenter presenters guest guests person people winner "
    "winners advisor advisors supervisor supervisors student students first last only oldest youngest".split()
)
_DEGREES = {
    word: degree
    for degree, words in {
        "PhD": "phd ph.d ph.d. doctorate doctoral dphil d.phil phds doctorates",
        "Masters": "masters master's master msc m.sc ma m.a ms",
        "Bachelors": "bachelors bachelor's bachelor bsc b.sc ba b.a bs undergraduate",
        "MD": "md m.d",
        "Diploma": "diploma diplom",
        "habilitation": "habilitation",
    }.items()
    for word in words.split()
}
_GENERIC = frozenset(
    "series seminar seminars conference workshop lecture lectures award prize medal talk round table panel discussion "
    "webinar colloquium".split()
)
_KINDS = frozenset(
    "award prize medal fellow fellowship grant scholar scholarship lecture seminar winner laureate research".split()
)
"""What an award or a series is called behind its name."""
_DESCRIBED = 0.85
"""How sure it is that words tell people by conditions."""
_SEVERAL = ("several", "multiple", "many")
_PROPER = frozenset(["person", "institution", "award"])
_NAMES = _PROPER | {"topic", "series"}
_LOOSE = frozenset(
    "who that which and or but not is was are were did does do has have had in at of from to by with on about for "
    "as when where what how then also now ,".split()
)
_TITLE = 2
"""The fewest telling words of a title that stand for it."""
_SHIPS = frozenset(["professor", "lecturer", "intern", "director"])
"""What the posts of are called with "ship": professorships."""
_SHARE = 0.25
"""How much of a name one must say."""
_NUMBERS = "one two three four five six seven eight nine ten".split()
_YEAR = re.compile(r"(?:19|20)\d\d")
_WITH_YEARS = frozenset(["year", "talk", "series", "entity", "day"])
_SLIP = 0.84 * 0.6
"""How alike a name must be that is not spelt as the graph spells it; searches give six tenths of that."""
_CLEAR = 2.5
"""How much weightier the likeliest of several must be."""
_MANY, _HITS, _SPELT = 12, 40, 5


class Linker:
    """Links words to the names of one graph."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        """Nothing is looked up yet."""
        self._graph = graph
        self._known: dict[tuple[str, str], Named | Unclear | None] = {}
        self._cities: dict[str, str] | None = None
        self.described: Callable[[Words], Asked | None] = lambda words: None
        """Reads words that tell people by conditions."""

    def link(self, kind: str, words: Words) -> Named | Unclear | None:
        """What words name among things of a kind, or None."""
        if kind == "institution" and words.plain == ("there",):
            return THERE
        text = _name(kind, words)
        key = kind, text
        if text and key not in self._known:
            self._known[key] = self._link(kind, text)
            if kind == "person" and not isinstance(self._known[key], Named):
                self._known[key] = self._people(words) or self._known[key]
        return self._known[key] if text else None

    def plainly(self, kind: str, words: Words) -> Named | None:
        """The thing that words name, spelt as the graph spells it."""
        text = _name(kind, words)
        found = self._known.get((kind, text)) or (self._thing(kind, text, False) if text else None)
        return found if isinstance(found, Named) and not found.people else None

    def _people(self, words: Words) -> Named | None:
        """Those whom words tell by conditions."""
        found = self.described(words)
        if found is None:
            return None
        return Named((), (f"all {found.told()}",), min(_DESCRIBED, found.sure), found)

    def _link(self, kind: str, text: str) -> Named | Unclear | None:
        listed: dict[str, Callable[[str], Named | None]] = {
            "year": _year,
            "percent": _year,
            "degree": _degree,
            "number": _number,
            "city": self._city,
            "town": self._town,
            "adjective": lambda said: _listed(_adjectives(), said),
            "country": lambda said: _listed(_countries(), said),
            "office": self._office,
            "role": _role,
        }
        if kind in listed:
            return listed[kind](names.strip_accents(text).lower())
        return self._thing(None if kind == "entity" else kind, text)

    def _office(self, plain: str) -> Named | None:
        """Words that posts of the graph are printed with: "president"."""
        if len(plain.split()) > 4 or not re.fullmatch(r"[a-z &-]+", plain):
            return None
        if set(plain.split()) & _NO_OFFICE:
            return None
        words = 'CONCAT(" ", REPLACE(LCASE(?name), "[^\\\\p{L}]+", " "), " ")'
        for form in (plain, plain.removesuffix("s")):
            told = " ".join(re.findall("[a-z]+", form))
            test = f"FILTER(CONTAINS({words}, {queries.literal(f' {told} ')}))"
            asked = f"SELECT ?name WHERE {{ ?claim kg:roleName ?name {test} }} LIMIT 1"
            if told and len(self._graph.query(asked)):
                return Named((told,), (told,), 0.9)
        return None

    def _city(self, plain: str) -> Named | None:
        """A place that institutions of the graph are in."""
        if self._cities is None:
            rows = self._graph.query("SELECT DISTINCT ?city WHERE { ?place kg:city ?city }").rows
            self._cities = {names.fold(city): city for (city,) in rows if city}
        city = self._cities.get(names.fold(plain))
        return Named((city,), (city,)) if city else None

    def _town(self, plain: str) -> Named | None:
        """A place that no university goes by."""
        hits = self._graph.search(plain, "organization", _HITS)
        school = " " not in plain and any(_is_school(h.name, plain) for h in hits)
        city = None if school else self._city(plain)
        return replace(city, sure=0.95) if city else None

    def _thing(self, kind: str | None, text: str, slips: bool = True) -> Named | Unclear | None:
        if whole := self._whole(kind, text):
            return whole
        parts = [] if kind == "topic" else self._search(text, kind)
        if kind in {"award", "series"} and (found := self._kindred(kind, parts, text)):
            return _all(found) if len({h.thing.iri for h in found}) <= _MANY else None
        if kind in {"award", "series"}:
            parts = []
        if kind == "talk" and len(_core(text)) < _TITLE:
            parts = []
        if kind == "institution" and set(names.fold(text).split()) <= _bodies():
            return None
        if kind == "institution" and text.islower():
            parts = [h for h in parts if _stands_for(h.name, text)]
        return self._likely(kind, text, parts, slips)

    def _likely(
        self, kind: str | None, text: str, parts: list[Hit], slips: bool
    ) -> Named | Unclear | None:
        """One of those whose names have all words, else what is spelt alike."""
        if slips and not parts and kind == "person" and " " not in text:
            parts = self._family(text)
        if parts:
            return _one_of(parts, text, kind or "name")
        return self._slip(kind, text) if slips else None

    def _slip(self, kind: str | None, text: str) -> Named | None:
        """The one thing that a name spelt otherwise is most like."""
        if len(text) < _SPELT:
            return None
        hits = self._graph.search(text, kind, _HITS)
        shape = _size(text), _ties(text)  # "rust and python" is no slip of one name
        near = [
            h for h in hits if _SLIP <= h.score <= 0.6 and (_size(h.name), _ties(h.name)) == shape
        ]
        if not near or (len(near) > 1 and near[0].score - near[1].score < 0.005):
            return None
        return Named((near[0].name,), (near[0].thing.label,), 0.8)

    def _kindred(self, kind: str, parts: list[Hit], text: str) -> list[Hit]:
        """Awards or series that are called so, with or without the words that only say what they are."""
        found = _called(parts, text)
        if not found and (shorter := _without_kind(text)):
            found = _called(self._search(shorter, kind), text)
        return found

    def _search(self, text: str, kind: str | None) -> list[Hit]:
        """Names with all words of a text; those with an apostrophe are found by what stands behind it, too."""
        hits = self._graph.search(text, kind, _HITS, slips=False)
        if not hits and "'" in text:
            hits = self._graph.search(text.replace("'", " "), kind, _HITS, slips=False)
        return [h for h in hits if _holds(h.name, text)]

    def _whole(self, kind: str | None, text: str) -> Named | None:
        """What a whole name names; a word behind it that only says what it is may be too much."""
        stored: dict[str, list[str]] = {}
        labels: dict[str, None] = {}
        for thing, name in self._graph.named(text, kind):
            stored.setdefault(thing.iri, []).append(name)
            labels[thing.label] = None
        if stored:
            own = dict.fromkeys(text if text in said else min(said) for said in stored.values())
            return Named(tuple(own), tuple(labels))
        if (one := _singular(text)) != text:
            return self._whole(kind, one)
        shorter, _, last = text.rpartition(" ")
        if shorter and kind in {"series", "award", "topic"} and names.fold(last) in _GENERIC:
            return self._whole(kind, shorter)
        return None

    def _family(self, text: str) -> list[Hit]:
        """People whose family name differs from a word by a slip."""
        plain = names.fold(text)
        if len(plain) < 6:
            return []
        hits = self._graph.search(plain[:4], "person", 60)
        last = [(h, names.fold(h.name).rpartition(" ")[2]) for h in hits]
        return [h for h, name in last if SequenceMatcher(None, plain, name).ratio() >= 0.87]


def _name(kind: str, words: Words) -> str:
    """Words as a name that may be looked up, "" where they are none."""
    dated = kind not in _WITH_YEARS and any(_YEAR.fullmatch(w) for w in words.plain)
    if dated or set(words.plain) <= _EMPTY | _ORDER or (kind in _NAMES and _loose(kind, words)):
        return ""
    while len(words) > 1 and words.plain[0] in _ARTICLES:
        words = words[1:]
    return words.text.strip(" ,")


def _loose(kind: str, words: Words) -> bool:
    """Whether words begin or end as no name does."""
    return words.plain[-1] in _LOOSE or (kind in _PROPER and words.plain[0] in _LOOSE)


def _ties(text: str) -> set[str]:
    """The words of a text that tie several names."""
    return {"and", "or", "&"} & set(text.lower().split())


def _holds(name: str, text: str) -> bool:
    """Whether a name has all words of a text."""
    wanted = set(names.fold(text).split())
    return bool(wanted) and wanted <= set(names.fold(name).split())


def _singular(text: str) -> str:
    """A text with what awards are called in the singular: "Fellows of the Tern Society"."""
    return " ".join(
        w[:-1] if w.endswith("s") and w[:-1].lower() in _KINDS else w for w in text.split()
    )


def _without_kind(text: str) -> str:
    """A text without the words that only say what it is: "Tern fellowship"."""
    if {"and", "or", ","} & set(names.fold(text).split()):
        return ""
    kept = [w for w in text.split() if names.fold(w) not in _KINDS | _GENERIC | _EMPTY]
    return " ".join(kept) if kept and len(kept) < len(text.split()) else ""


def _called(hits: list[Hit], text: str) -> list[Hit]:
    """Those of several that one would call so: by their whole names but for what only says what they are, else by
    parts, of which one that is no proper name is told as a prize."""
    wanted = _core(text)
    whole = [h for h in hits if _core(h.name) == wanted]
    if whole and wanted:
        return whole
    told = set(names.fold(text).split()) & (_KINDS | _GENERIC)
    proper = any(word[:1].isupper() or not word.isalpha() for word in text.split())
    return [h for h in hits if _stands_for(h.name, text)] if proper or told else []


def _stands_for(name: str, text: str) -> bool:
    """Whether one may call something of a long name by some of its words: by initials, or by a good part of it."""
    wanted = _core(text)
    if wanted and wanted <= _adjectives().keys() | _countries().keys() | _DEGREES.keys():
        return False
    initials = any(len(w) > 1 and w.isupper() for w in text.split())
    return initials or len(wanted) >= _SHARE * len(_core(name))


def _core(text: str) -> frozenset[str]:
    """The words of a name without those that only say what it is."""
    said = (w.removesuffix("s") for w in names.fold(text).split() if len(w) > 1)
    return frozenset(w for w in said if w not in _KINDS | _GENERIC | _EMPTY)


def _all(hits: Iterable[Hit]) -> Named:
    by_thing = {h.thing.iri: h for h in hits}
    found = tuple(by_thing.values())
    return Named(tuple(h.name for h in found), tuple(h.thing.label for h in found), 0.9)


def _one_of(hits: list[Hit], text: str, kind: str) -> Named | Unclear:
    """The one thing whose name has the words, or the one of several that is far more talked of."""
    by_thing = {h.thing.iri: h for h in reversed(hits)}
    ranked = sorted(by_thing.values(), key=lambda h: (-h.thing.weight, h.thing.label))
    whole = [h for h in ranked if h.thing.kind == "organization" and _is_school(h.name, text)]
    if (
        len(whole) == 1
        or len(ranked) == 1
        or ranked[0].thing.weight >= _CLEAR * max(1, ranked[1].thing.weight)
    ):
        best = whole[0] if len(whole) == 1 else ranked[0]
        return Named((best.name,), (best.thing.label,), 0.9)
    return Unclear(text, kind, tuple(h.thing.label for h in ranked[:6]))


def _is_school(name: str, text: str) -> bool:
    """Whether a name is that of the university of a place: "Stanford", "Princeton"."""
    plain, asked = names.fold(name), names.fold(text)
    return plain in {
        f"{asked} university",
        f"university of {asked}",
        f"{asked} college",
        f"university {asked}",
    }


def _size(name: str) -> int:
    """Words of a name, initials left out."""
    return sum(len(word) > 1 for word in names.fold(name).split())


def _listed(known: dict[str, str], plain: str) -> Named | None:
    for form in (plain, plain.removesuffix("s"), plain.removesuffix("es")):
        if form in known:
            return Named((known[form],), (known[form],))
    return None


def _year(plain: str) -> Named | None:
    return Named((plain,), (plain,)) if plain.isdecimal() and len(plain) <= 4 else None


def _degree(plain: str) -> Named | None:
    degree = _DEGREES.get(plain)
    return Named((degree,), (degree,)) if degree else None


def _role(plain: str) -> Named | None:
    role = _listed(_roles(), plain)
    return Named(ontology.roles(role.labels[0]), role.labels) if role else None


def _number(plain: str) -> Named | None:
    """A small number in words or figures; "several" is two."""
    said = {word: str(n) for n, word in enumerate(_NUMBERS, 1)} | dict.fromkeys(_SEVERAL, "2")
    number = plain if plain.isdecimal() and len(plain) < 3 else said.get(plain)
    return Named((number,), (number,)) if number else None


@cache
def _adjectives() -> dict[str, str]:
    """Countries by their adjectives, in lower case."""
    rows = (row.split("\t") for row in resources.words("country-adjectives"))
    return {word: code for code, words in rows for word in words.split("|")}


@cache
def _bodies() -> frozenset[str]:
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
def _countries() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in resources.words("country-codes"):
        code, _, printed = row.partition("\t")
        known |= {names.strip_accents(p).lower(): code for p in [code, *printed.split("|")]}
    return known
