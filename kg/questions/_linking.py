"""What the words of a question name in the graph: exactly, in part, or with a slip of spelling."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kg import names, queries
from kg.graph import Hit, KnowledgeGraph
from kg.questions import _bodies, _lists, _naming, _slips
from kg.questions._asked import THERE, Asked, Named, Unclear
from kg.questions._phrases import Words

_ONE_OF = frozenset(["a", "an", "any"])
_BRANCHES = ("campus", "campuses", "school", "college", "university", "branch")
"""What is one of several that share a name."""
_ORDER = frozenset("his her their first last latest second same other".split())
_NO_OFFICE = _naming.EMPTY | frozenset(
    "but not now one all part post position job role seat no also then as speaker speakers presenter presenters "
    "guest guests person people winner winners advisor advisors supervisor supervisors student students first last "
    "only oldest youngest".split()
)
_QUALIFYING = frozenset(["editorial", "advisory", "journal", "scientific"])
"""Words that only say of which kind a seat is."""
_DESCRIBED = 0.85
"""How sure it is that words tell people by conditions."""
_GUESSED = 0.6
"""How sure it is that some words of a title tell what somebody spoke about."""
_PROPER = frozenset(["person", "institution", "award"])
_NAMES = _PROPER | {"topic", "series"}
_LOOSE = frozenset(
    "who that which and or but not is was are were did does do has have had in at of from to by with on about for "
    "as when where what how then also now ,".split()
)
_OTHERS = frozenset("same another other others different own certain".split())
"""No name begins so: "the same university"."""
_TITLE = 2
"""The fewest telling words of a title that stand for it."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_WITH_YEARS = frozenset(["year", "talk", "series", "entity", "day"])
_ENDING = re.compile(r"(?:ations?|ating|ates?|ated|ings?|ions?|ers?|ed|es|e|s)$")
_STEM = 5
"""The fewest letters that words of a family share, and one more than the most of an ending."""
_MANY, _HITS, _SPELT = 12, 40, 5


class Linker:
    """Links words to the names of one graph."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        """Nothing is looked up yet."""
        self._graph = graph
        self._known: dict[tuple[str, str], Named | Unclear | None] = {}
        self._plainly: dict[tuple[str, str], Named | Unclear | None] = {}
        self._cities: dict[str, str] | None = None
        self._of_kind: dict[str, tuple[str, ...]] = {}
        self.described: Callable[[Words], Asked | None] = lambda words: None
        """Reads words that tell people by conditions."""

    def link(self, kind: str, words: Words) -> Named | Unclear | None:
        """What words name among things of a kind, or None."""
        if kind == "institution" and words.plain == ("there",):
            return THERE
        if kind == "institution" and (bodies := _bodies.kind(words.plain)):
            return self._bodies(bodies)
        text = _name(kind, words)
        several = words.plain[:1] and (words.plain[0] in _ONE_OF or len(text.split()) > _TITLE)
        one_of = kind == "institution" and text and several
        if one_of and (group := self._group(text)):
            return group
        if kind == "person" and not text and len(words):
            return self._people(words)  # "those who won it in 2009": no name has a year
        key = kind, text
        if text and key not in self._known:
            self._known[key] = self._link(kind, text)
            if kind == "person" and not isinstance(self._known[key], Named):
                self._known[key] = self._people(words) or self._known[key]
        return self._known[key] if text else None

    def _bodies(self, kind: str) -> Named | None:
        """The institutions of the graph that are of a kind, by the vocabulary or by their names."""
        if kind not in self._of_kind:
            rows = self._graph.query(
                "SELECT ?name WHERE { ?o a kg:Organization ; kg:name ?name }"
            ).rows
            self._of_kind[kind] = tuple(sorted(n for (n,) in rows if n and _bodies.is_one(kind, n)))
        found = self._of_kind[kind]
        return Named(found, (kind,), 0.95) if found else None

    def _group(self, text: str) -> Named | None:
        """Institutions that share the beginning of their names: "a University of California campus", "an IIT"."""
        bare = _naming.one_body(names.fold(text))
        for word in _BRANCHES:
            bare = bare.removesuffix(f" {word}")
        if bare in _lists.bodies() or self._graph.named(text, "institution"):
            return None
        hits = self._graph.search(bare, "institution", _HITS, slips=False)
        found = [h for h in hits if names.fold(h.name).startswith(f"{bare} ")]
        several = len({h.thing.iri for h in found}) > 1
        return _naming.named(found) if several and len(found) <= _MANY else None

    def plainly(self, kind: str, words: Words) -> Named | None:
        """The thing that words name, spelt as the graph spells it."""
        text = _name(kind, words)
        if kind == "institution" and len(text.split()) > _TITLE and (group := self._group(text)):
            return group
        key = kind, text
        if text and key not in self._plainly:
            self._plainly[key] = self._known.get(key) or self._thing(kind, text, False)
        found = self._plainly.get(key)
        return found if isinstance(found, Named) and not found.people else None

    def _people(self, words: Words) -> Named | None:
        """Those whom words tell by conditions."""
        found = self.described(words)
        if found is None:
            return None
        return Named((), (f"all {found.told()}",), min(_DESCRIBED, found.sure), found)

    def _link(self, kind: str, text: str) -> Named | Unclear | None:
        listed: dict[str, Callable[[str], Named | None]] = {
            "year": _lists.year,
            "percent": _lists.year,
            "degree": _lists.degree,
            "number": _lists.number,
            "city": self._city,
            "town": self._town,
            "adjective": lambda said: _lists.listed(_lists.adjectives(), said),
            "country": lambda said: _lists.listed(_lists.countries(), said),
            "office": self._office,
            "role": _lists.role,
            "profession": self._profession,
            "title": self._titled,
            "day": lambda said: None,
            "month": lambda said: None,
        }
        if kind in listed:
            return listed[kind](names.strip_accents(text).lower())
        if kind == "topic":
            text = _lists.fields().get(names.fold(text), text)
        return self._thing(None if kind == "entity" else kind, text)

    def _office(self, plain: str) -> Named | None:
        """Words that posts of the graph are printed with: "president"."""
        if len(plain.split()) > 4 or not re.fullmatch(r"[a-z &-]+", plain):
            return None
        said = set(plain.replace(" in ", " ").split())
        if said & _NO_OFFICE or said <= _QUALIFYING:
            return None
        words = 'CONCAT(" ", REPLACE(LCASE(?name), "[^\\\\p{L}]+", " "), " ")'
        for form in (plain, plain.removesuffix("s")):
            told = []
            for way in _spellings(" ".join(re.findall("[a-z]+", form))):
                test = f"FILTER(CONTAINS({words}, {queries.literal(f' {way} ')}))"
                asked = f"SELECT ?name WHERE {{ ?claim kg:roleName ?name {test} }} LIMIT 1"
                told += [way] if way and len(self._graph.query(asked)) else []
            if told:
                return Named(tuple(told), (told[0],), 0.9)
        return None

    def _profession(self, plain: str) -> Named | None:
        """The field that those who are called so studied, with its branches: "biologists" also molecular biology."""
        field = _lists.professions().get(plain) or _lists.professions().get(plain.removesuffix("s"))
        hits = self._graph.search(field, "topic", _HITS, slips=False) if field else []
        found = [h for h in hits if f" {names.fold(h.name)}".endswith(f" {field}")]
        return replace(_naming.named(found), labels=(str(field),), sure=1.0) if found else None

    def _titled(self, plain: str) -> Named | None:
        """The talk whose title has words that are enough to tell it from its subject."""
        if len(_naming.core(plain)) <= _TITLE:
            return None
        found = self._thing("talk", plain, slips=False)
        return replace(found, sure=_GUESSED) if isinstance(found, Named) else None

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
        school = " " not in plain and any(_naming.is_school(h.name, plain) for h in hits)
        city = None if school else self._city(plain)
        return replace(city, sure=0.95) if city else None

    def _thing(self, kind: str | None, text: str, slips: bool = True) -> Named | Unclear | None:
        if kind == "award" and _naming.is_lecture(text) and self._whole("series", text):
            return None
        if whole := self._whole(kind, text):
            return self._widened(whole, kind, text)
        if kind == "topic" and (wider := self._wider(text)):
            return wider
        parts = [] if kind == "topic" else self._search(text, kind)
        if kind in {"award", "series"} and (found := self._kindred(kind, parts, text)):
            return _naming.named(found) if len({h.thing.iri for h in found}) <= _MANY else None
        if kind == "institution" and set(names.fold(text).split()) <= _lists.bodies():
            return None
        return self._likely(kind, text, _telling(kind, text, parts), slips)

    def _widened(self, whole: Named, kind: str | None, text: str) -> Named:
        """With those whose names say more: of "Best Paper Award" also that of a conference, of a firm also its labs."""
        if kind == "institution" and all(map(_has_labs, whole.labels)):
            hits = self._search(text, "institution")
            more = [h for h in hits if names.fold(h.name).startswith(f"{names.fold(text)} ")]
        elif (
            kind == "award"
            and not _naming.is_fellowship(text)
            and (len(_naming.core(text)) >= _TITLE or _naming.is_grant(text))
        ):
            shorter = _naming.without_kind(text) or text
            hits = self._search(shorter, "award")
            more = [h for h in hits if _naming.core(text) <= _naming.core(h.name)]
        else:
            return whole
        labels = dict.fromkeys((*whole.labels, *(h.thing.label for h in more)))
        if len(labels) > _MANY or len(labels) == len(whole.labels):
            return whole
        return Named(tuple(dict.fromkeys((*whole.values, *(h.name for h in more)))), tuple(labels))

    def _wider(self, text: str) -> Named | None:
        """The topics of which something is the first or the last part: "climate" of "climate change"."""
        plain = names.fold(text)
        found = [
            hit
            for hit in self._graph.search(plain, "topic", _HITS, slips=False)
            if f"{names.fold(hit.name)} ".startswith(f"{plain} ")
        ]
        few = 0 < len({h.thing.iri for h in found}) <= _MANY
        return _naming.named(found) if few and len(plain) >= _SPELT else None

    def _likely(
        self, kind: str | None, text: str, parts: list[Hit], slips: bool
    ) -> Named | Unclear | None:
        """One of those whose names have all words, else what is spelt alike."""
        if not parts and kind == "person" and (clan := self._clan(text)):
            return clan
        if slips and not parts and kind == "person":
            parts = [h for full in _lists.full(text) for h in self._search(full, kind)]
            parts = parts or (_slips.family(self._graph, text) if " " not in text else [])
        if parts:
            return _naming.one_of(parts, text, kind or "name")
        return self._slip(kind, text) if slips else None

    def _slip(self, kind: str | None, text: str) -> Named | None:
        """The one thing that a name spelt otherwise is most like; else that with one word of it spelt otherwise."""
        if found := _slips.nearest(self._graph, kind, text):
            return found
        respelt = _slips.respelt(self._graph, kind, text) if kind in _PROPER else ""
        named = self._link(str(kind), respelt) if respelt else None
        return replace(named, sure=_slips.SURE) if isinstance(named, Named) else None

    def _kindred(self, kind: str, parts: list[Hit], text: str) -> list[Hit]:
        """Awards or series that are called so, with or without the words that only say what they are."""
        found = _naming.called(parts, text)
        if not found and (shorter := _naming.without_kind(text)):
            found = _naming.called(self._search(shorter, kind), text)
        return found

    def _search(self, text: str, kind: str | None) -> list[Hit]:
        """Names with all words of a text; those with an apostrophe are found by what stands behind it, too."""
        hits = self._graph.search(text, kind, _HITS, slips=False)
        if not hits and "'" in text:
            hits = self._graph.search(text.replace("'", " "), kind, _HITS, slips=False)
        return [h for h in hits if _naming.holds(h.name, text)]

    def _whole(self, kind: str | None, text: str) -> Named | None:
        """What a whole name names; a word beside it that only says what it is may be too much."""
        stored: dict[str, list[str]] = {}
        labels: dict[str, None] = {}
        for thing, name in self._graph.named(text, kind):
            stored.setdefault(thing.iri, []).append(name)
            labels[thing.label] = None
        if stored:
            own = dict.fromkeys(text if text in said else min(said) for said in stored.values())
            return Named(tuple(own), tuple(labels))
        if (one := _naming.singular(text)) != text:
            return self._whole(kind, one)
        if kind not in {"series", "award", "topic"} or " " not in text:
            return None
        (shorter, _, last), (first, _, rest) = text.rpartition(" "), text.partition(" ")
        less = [(first, rest), (last, shorter)]
        told = (
            self._whole(kind, name) for word, name in less if names.fold(word) in _naming.GENERIC
        )
        return next(filter(None, told), None)

    def kin(self, words: Words) -> tuple[str, str]:
        """What has another word of the family of one: the shortest topic, or the only talk, with its name; "" for none.

        "hallucination" of "hallucinate".
        """
        stem = _ENDING.sub("", words.plain[0])
        for kind in ("topic", "talk") if len(stem) >= _STEM else ():
            hits = self._graph.search(stem, kind, _HITS, slips=False)
            near = {h.name for h in hits if any(_akin(stem, w) for w in names.fold(h.name).split())}
            near = {n for n in near if kind == "talk" or " " not in n}
            if near and (kind == "topic" or len(near) == 1):
                return kind, min(near, key=lambda name: (len(name), name))
        return "", ""

    def _clan(self, text: str) -> Named | None:
        """Those who share a family name that stands there in the plural: "the Byrons"."""
        one = text.removesuffix("s")
        if one == text or " " in one or len(one) < _SPELT:
            return None
        hits = self._graph.search(one, "person", _HITS, slips=False)
        found = [h for h in hits if names.fold(h.name).split()[-1:] == [names.fold(one)]]
        several = 1 < len({h.thing.iri for h in found}) <= _MANY
        return _naming.named(found) if several else None


def _has_labs(name: str) -> bool:
    """Whether what is called like an institution, and more, is a part of it: a company, and what one word names."""
    return " " not in name or _bodies.is_one("companies", name)


def _telling(kind: str | None, text: str, parts: list[Hit]) -> list[Hit]:
    """Those of the names with all words of a text that it is enough for."""
    if kind in {"award", "series"} or (kind == "talk" and len(_naming.core(text)) < _TITLE):
        return []
    if kind == "institution" and text.islower():
        return [h for h in parts if _naming.stands_for(h.name, text)]
    return parts


def _akin(stem: str, word: str) -> bool:
    """Whether a word begins with a stem and has but an ending behind it."""
    return word.startswith(stem) and len(word) - len(stem) <= _STEM - 1


def _spellings(post: str) -> tuple[str, ...]:
    """A post in its spellings: "cofounder" and "co founder"."""
    if not post.startswith("co") or len(post) < _SPELT:
        return (post,)
    rest = post[2:].strip()
    return (post, f"co{rest}" if post[2] == " " else f"co {rest}")


def _name(kind: str, words: Words) -> str:
    """Words as a name that may be looked up, "" where they are none."""
    dated = kind not in _WITH_YEARS and any(_YEAR.fullmatch(w) for w in words.plain)
    if (
        dated
        or set(words.plain) <= _naming.EMPTY | _ORDER
        or (kind in _NAMES and _loose(kind, words))
    ):
        return ""
    while len(words) > 1 and words.plain[0] in _naming.ARTICLES:
        words = words[1:]
    return words.text.strip(" ,")


def _loose(kind: str, words: Words) -> bool:
    """Whether words begin or end as no name does."""
    first = words.plain[1] if words.plain[0] == "the" and len(words) > 1 else words.plain[0]
    begins = kind in _PROPER and (words.plain[0] in _LOOSE or first in _OTHERS)
    return words.plain[-1] in _LOOSE or begins
