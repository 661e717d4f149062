"""What the words of a question name in the graph: exactly, in part, or with a slip of spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg import names, ontology, resources
from kg.graph import Hit, KnowledgeGraph
from kg.questions._phrases import Words

_ARTICLES = frozenset("the a an our all any some both either".split())
_EMPTY = _ARTICLES | frozenset(
    "of in at on for and or to who that s 's is are was were by with from award prize".split()
)
_DEGREES = {
    "PhD": "phd ph.d ph.d. doctorate doctoral dphil d.phil phds doctorates",
    "Masters": "masters master's master msc m.sc ma m.a ms mba mphil",
    "Bachelors": "bachelors bachelor's bachelor bsc b.sc ba b.a bs undergraduate",
    "MD": "md m.d",
    "Diploma": "diploma diplom",
    "habilitation": "habilitation",
}
_SLIP = 0.84 * 0.6
"""How alike a name must be that is not spelt as the graph spells it; searches give six tenths of that."""
_CLEAR = 2.5
"""How much weightier the likeliest of several must be."""
_MANY = 12


@dataclass(frozen=True)
class Named:
    """What words name.

    Parameters:
        values: names as the graph has them; several are alternatives.
        labels: what they go by.
        sure: 1 for the whole name, less for a part or a slip.
    """

    values: tuple[str, ...]
    labels: tuple[str, ...]
    sure: float = 1.0


THERE = Named(("there",), ("there",), 0.95)
"""An institution that was told before."""


@dataclass(frozen=True)
class Unclear:
    """Words that several things may be meant by."""

    text: str
    kind: str
    choices: tuple[str, ...]


class Linker:
    """Links words to the names of one graph."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        """Nothing is looked up yet."""
        self._graph = graph
        self._known: dict[tuple[str, str], Named | Unclear | None] = {}

    def link(self, kind: str, words: Words) -> Named | Unclear | None:
        """What words name among things of a kind, or None."""
        if kind == "institution" and words.plain == ("there",):
            return THERE
        if set(words.plain) <= _EMPTY:
            return None
        while len(words) > 1 and words.plain[0] in _ARTICLES:
            words = words[1:]
        text = words.text.strip(" ,")
        key = kind, text
        if key not in self._known:
            self._known[key] = self._link(kind, text) if text else None
        return self._known[key]

    def _link(self, kind: str, text: str) -> Named | Unclear | None:
        plain = names.strip_accents(text).lower()
        if kind in {"year", "percent"}:
            return Named((text,), (text,)) if text.isdecimal() and len(text) <= 4 else None
        if kind == "degree":
            return next(
                (Named((d,), (d,)) for d, said in _DEGREES.items() if plain in said.split()), None
            )
        if kind == "role":
            role = _listed(_roles(), plain)
            return Named(ontology.roles(role.labels[0]), role.labels) if role else None
        if kind == "country":
            return _listed(_countries(), plain)
        return self._thing(None if kind == "entity" else kind, text)

    def _thing(self, kind: str | None, text: str) -> Named | Unclear | None:
        exact = self._graph.named(text, kind)
        if exact:
            return Named(
                tuple(name for _, name in exact), tuple(dict.fromkeys(t.label for t, _ in exact))
            )
        hits = list(self._graph.search(text, kind, 40))
        wanted = names.fold(text).split()
        parts = [h for h in hits if _holds(names.fold(h.name).split(), wanted)]
        if kind in {"award", "series"} and parts:
            begun = [h for h in parts if names.fold(h.name).startswith(" ".join(wanted))] or parts
            return _all(begun) if len(begun) <= _MANY else None
        if kind == "topic":
            parts = []
        if parts:
            return _one_of(parts, text, kind or "name")
        return _slip(hits, text)


def _holds(name: list[str], wanted: list[str]) -> bool:
    return bool(wanted) and set(wanted) <= set(name)


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


def _slip(hits: list[Hit], text: str) -> Named | None:
    near = [h for h in hits if h.score <= 0.6 and h.score >= _SLIP]
    if not near or len(text) < 5 or (len(near) > 1 and near[0].score - near[1].score < 0.005):
        return None
    return Named((near[0].name,), (near[0].thing.label,), 0.8)


def _listed(known: dict[str, str], plain: str) -> Named | None:
    for form in (plain, plain.removesuffix("s"), plain.removesuffix("es")):
        if form in known:
            return Named((known[form],), (known[form],))
    return None


@cache
def _roles() -> dict[str, str]:
    terms = ontology.load()
    found = (
        terms.label(term) for term, types in terms.types.items() if f"{ontology.KG}Role" in types
    )
    return {label.lower(): label for label in found}


@cache
def _countries() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in resources.words("country-codes"):
        code, _, printed = row.partition("\t")
        known |= {names.strip_accents(p).lower(): code for p in [code, *printed.split("|")]}
    return known
